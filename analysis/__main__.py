"""The command line: ``python -m analysis COMMAND``.

A refusal is one line on stderr and exit code 2; the last good book stays in place.
"""

import argparse
import os
import sys

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
        ("claims", "print the ledger of claims"),
        ("bench", "time the book's own work, beside a plain Jupyter Book"),
        ("describe", "write data/datapackage.json from the models"),
    ):
        commands.add_parser(name, help=text, description=text)
    chosen = parser.parse_args(arguments).command
    try:
        _COMMANDS[chosen]()
    except BookError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


def _book() -> None:
    from .publishing import build  # noqa: PLC0415  (other commands need not wait for it)

    for name, path in build.build().items():
        print(f"{name.upper()}: {path}")


def _run() -> None:
    from .publishing import build, notebooks  # noqa: PLC0415

    build.check()
    notebooks.refresh(notebooks.chapters())


def _check() -> None:
    from .publishing import build  # noqa: PLC0415

    build.check()
    print("The article, the tables and the bibliography are in order.")


def _claims() -> None:
    from . import claims  # noqa: PLC0415

    for entry in claims.ledger():
        print(f"{entry.claim.title}\n  {entry.verdict.rating}: {entry.verdict.reason}")


def _bench() -> None:
    from .publishing import bench  # noqa: PLC0415

    bench.run()


def _describe() -> None:
    from . import tables  # noqa: PLC0415

    (ROOT / "data" / "datapackage.json").write_text(tables.package_text(), encoding="utf-8")


_COMMANDS = {
    "book": _book,
    "run": _run,
    "check": _check,
    "claims": _claims,
    "bench": _bench,
    "describe": _describe,
}

if __name__ == "__main__":
    for variable in _NUMBER_THREADS:
        os.environ.setdefault(variable, "1")
    sys.exit(main())
