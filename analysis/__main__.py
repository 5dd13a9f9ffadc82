"""The command line: ``python -m analysis COMMAND``.

A refusal is one line on stderr and exit code 2; the last good book stays in place. So it does after
Ctrl-C or SIGTERM, which end the command in a line too, with 128 and the signal's number.
"""

import argparse
import multiprocessing
import os
import re
import signal
import sys
from collections.abc import Callable
from json import dumps
from pathlib import Path
from typing import Any

from .errors import BookError
from .project import ROOT

_NUMBER_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def main(arguments: list[str] | None = None) -> int:
    """Run one command: 0, or 2 after a refusal; 130 after Ctrl-C, 143 after SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m analysis", description=__doc__)
    parser.add_argument("--version", action=_Version, help="print the book's version")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in (
        ("book", "run stale chapters, build HTML, PDF and EPUB, publish them"),
        ("run", "run chapters in place, all or those named"),
        ("check", "read the article, its claims, the tables and the bibliography"),
        ("claims", "print the ledger of claims; --json for programs"),
        ("describe", "write data/datapackage.json from the models"),
        ("page", "build the page of one chapter as it is being written, in _build/page"),
    ):
        command = commands.add_parser(name, help=text, description=text)
        if name == "run":
            command.add_argument("names", nargs="*", metavar="chapter", help="all by default")
        if name == "page":
            command.add_argument("name", metavar="chapter")
        if name == "check":
            command.add_argument("--chapters", action="store_true", help="and every chapter fresh")
        if name == "claims":
            command.add_argument("--json", action="store_true", help="for programs")
    text = "what would move with another assumption or another figure, in words; nothing is changed"
    whatif = commands.add_parser("whatif", help=text, description=text)
    whatif.add_argument("chapter", help="the reading; its page of evidence comes with it")
    whatif.add_argument("given", nargs="*", metavar="NAME=VALUE", help="of its first cell")
    whatif.add_argument("--data", type=Path, metavar="FOLDER", help="tables in place of the book's")
    whatif.add_argument("--html", action="store_true", help="and pages, in _build/whatif")
    _add_refresh(commands)
    chosen = vars(parser.parse_args(arguments))
    try:
        _COMMANDS[chosen.pop("command")](**chosen)
        sys.stdout.flush()
    except BookError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt as stopped:
        print("error: stopped; nothing more is written or published", file=sys.stderr)
        return 128 + int(*stopped.args or (signal.SIGINT,))
    except BrokenPipeError:
        # Who reads has read enough, as in `| head`; nothing more can be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        reason = (error.strerror or str(error)).lower()
        print(f"error: {where}the system refuses: {reason}", file=sys.stderr)
        return 2
    return 0


def _stop(number: int, _frame: object) -> None:
    """End the command: what it has started first, and deaf to a second call while it clears up."""
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.SIG_IGN)
    for child in multiprocessing.active_children():
        child.kill()
    raise KeyboardInterrupt(number)


class _Version(argparse.Action):
    """Print what is in the folder: an installed package's metadata may be older."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, nargs=0, default=argparse.SUPPRESS)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
        print(*re.findall("(?m)^version: (.+)", text))
        parser.exit()


def _add_refresh(commands: Any) -> None:
    text = "fresh figures from an official source: what they would change; --apply writes it"
    refresh = commands.add_parser("refresh", help=text, description=text)
    kinds = refresh.add_subparsers(dest="source", required=True)
    for name, text in (
        ("baci", "CEPII BACI, the release as CEPII publishes it"),
        ("imf", "IMF, International Trade in Goods by partner country"),
        ("worldbank", "World Bank, trade with the world and indicators"),
        ("comtrade", "UN Comtrade; with a key in COMTRADE_API_KEY, if there is one"),
    ):
        kind = kinds.add_parser(name, help=text, description=text)
        if name == "baci":
            kind.add_argument(
                "--baci", required=True, metavar="PATH", help="the zip, or its address"
            )
            kind.add_argument("--engine", default="duckdb://", help="a connection string of Ibis")
        else:
            kind.add_argument("--server", default="", help="another address of the service")
        kind.add_argument("--years", default="", help="2024, or 2005:2024; the book's by default")
        kind.add_argument("--only", default="", metavar="TABLES", help="change these tables alone")
        kind.add_argument("--chapters", action="store_true", help="say which of them would stop")
        kind.add_argument("--apply", action="store_true", help="write it, whole or not at all")
        kind.add_argument("--json", action="store_true", help="for programs")
        kind.add_argument("--again", action="store_true", help="ask anew, whatever came today")
        kind.add_argument("--minutes", type=float, default=15.0, help="time limit of an answer")
    text = "take back what a refresh that was cut off has changed"
    kinds.add_parser("undo", help=text, description=text)


def _book() -> None:
    from publishing import build  # noqa: PLC0415  (other commands need not wait for it)

    for name, path in build.build().items():
        print(f"{name.upper()}: {path}")


def _run(*, names: list[str]) -> None:
    from publishing import build  # noqa: PLC0415

    build.run(names)


def _check(*, chapters: bool) -> None:
    from publishing import build, checks  # noqa: PLC0415

    from . import tables  # noqa: PLC0415
    from .tables import entered  # noqa: PLC0415

    build.check()
    checks.citations(planned=True)
    entered.check()
    tables.sealed()
    if chapters:
        checks.chapters()
    print("The article, the tables and the bibliography are in order.")


def _claims(*, json: bool) -> None:
    from . import claims  # noqa: PLC0415
    from .chapter import ledger  # noqa: PLC0415

    entries = claims.ledger()
    if json:
        found = [ledger.record(entry) for entry in entries]
        print(dumps(found, ensure_ascii=False, indent=1))
    else:
        print(ledger.text(entries))


def _page(*, name: str) -> None:
    from publishing import preview  # noqa: PLC0415

    print(preview.page(name))


def _whatif(*, chapter: str, given: list[str], data: Path | None, html: bool) -> None:
    from publishing import preview, whatif  # noqa: PLC0415

    print(whatif.report(whatif.run(chapter, given, data, html=html)))
    if html:
        print(f"Pages: {preview.WHATIF / 'html' / 'chapters' / f'{chapter}.html'}")


def _refresh(**options: Any) -> None:
    from refresh import command  # noqa: PLC0415

    if options["source"] == "undo":
        command.undo()
    else:
        command.run(command.Request(**options))


def _describe() -> None:
    from . import tables  # noqa: PLC0415

    (ROOT / "data" / "datapackage.json").write_text(tables.package_text(), encoding="utf-8")


_COMMANDS: dict[str, Callable[..., None]] = {
    "book": _book,
    "run": _run,
    "check": _check,
    "claims": _claims,
    "describe": _describe,
    "page": _page,
    "whatif": _whatif,
    "refresh": _refresh,
}

if __name__ == "__main__":
    for variable in _NUMBER_THREADS:
        os.environ.setdefault(variable, "1")
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, _stop)
    sys.exit(main())
