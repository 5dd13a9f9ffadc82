"""The command line: ``python -m analysis COMMAND``.

A refusal is one line on stderr and exit code 2; the last good book stays in place.
"""

import argparse
import os
import sys
from json import dumps
from pathlib import Path

from .errors import BookError
from .places import ROOT

_NUMBER_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    arguments : list of str, optional
        As given on the command line.

    Returns
    -------
    int
        0, or 2 after a refusal.
    """
    parser = argparse.ArgumentParser(prog="python -m analysis", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in (
        ("book", "run stale chapters, build HTML and PDF, publish both"),
        ("run", "run every chapter in place"),
        ("check", "read the article, the tables and the bibliography"),
        ("claims", "print the ledger of claims; --json for programs"),
        ("article", "show what is read from any report: article PATH"),
        ("mutate", "change each number of the evidence in turn, and see who notices"),
        ("bench", "time the book's own work, beside a plain Jupyter Book"),
        ("describe", "write data/datapackage.json from the models, and the notebook for Colab"),
    ):
        command = commands.add_parser(name, help=text, description=text)
        if name == "check":
            command.add_argument("--chapters", action="store_true", help="and every chapter fresh")
        if name == "claims":
            command.add_argument("--json", action="store_true", help="for programs")
        if name == "article":
            command.add_argument("path", type=Path, help="a report, UTF-8")
        if name == "mutate":
            command.add_argument("tables", nargs="*", metavar="table", help="all by default")
            command.add_argument("--sample", type=int, default=0, help="so many, drawn by chance")
            command.add_argument("--seed", type=int, default=0, help="of the chance")
    chosen = vars(parser.parse_args(arguments))
    try:
        _COMMANDS[chosen.pop("command")](**chosen)
        sys.stdout.flush()
    except BookError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Who reads has read enough, as in `| head`; nothing more can be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _book() -> None:
    from .publishing import build  # noqa: PLC0415  (other commands need not wait for it)

    for name, path in build.build().items():
        print(f"{name.upper()}: {path}")


def _run() -> None:
    from .publishing import build  # noqa: PLC0415

    build.run()


def _check(*, chapters: bool) -> None:
    from .publishing import build, gates  # noqa: PLC0415

    build.check()
    if chapters:
        gates.chapters()
    print("The article, the tables and the bibliography are in order.")


def _claims(*, json: bool) -> None:
    from . import claims  # noqa: PLC0415
    from .publishing import ledger  # noqa: PLC0415

    entries = claims.ledger()
    if json:
        found = [ledger.record(entry) for entry in entries]
        print(dumps(found, ensure_ascii=False, indent=1))
    else:
        print(ledger.Ledger(entries).text())


def _article(path: Path) -> None:
    from . import article  # noqa: PLC0415

    print(article.outline(article.read(path, described=path.with_suffix(".toml").is_file())))


def _mutate(*, tables: list[str], sample: int, seed: int) -> None:
    from .publishing import mutate  # noqa: PLC0415

    mutate.run(tables, sample, seed)


def _bench() -> None:
    from .publishing import bench  # noqa: PLC0415

    bench.run()


def _describe() -> None:
    from . import tables  # noqa: PLC0415

    (ROOT / "data" / "datapackage.json").write_text(tables.package_text(), encoding="utf-8")
    from .publishing.appendices import launch  # noqa: PLC0415

    launch.write_starter(ROOT)


_COMMANDS = {
    "book": _book,
    "run": _run,
    "check": _check,
    "claims": _claims,
    "article": _article,
    "mutate": _mutate,
    "bench": _bench,
    "describe": _describe,
}

if __name__ == "__main__":
    for variable in _NUMBER_THREADS:
        os.environ.setdefault(variable, "1")
    sys.exit(main())
