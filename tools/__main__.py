"""The maintainers' command line: ``python -m tools COMMAND``."""

import argparse
import os
import sys
from importlib import import_module

from analysis.errors import BookError

from . import mutants


def main(arguments: list[str] | None = None) -> int:
    """Run one campaign; 0, or 2 after a refusal, which is one line."""
    parser = argparse.ArgumentParser(prog="python -m tools", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    text = "change each number of the evidence in turn, and see who notices"
    mutate = commands.add_parser("mutate", help=text, description=text)
    mutate.add_argument("tables", nargs="*", metavar="table", help="all by default")
    mutate.add_argument("--sample", type=mutants.count, default=0, help="so many, drawn by chance")
    mutate.add_argument("--seed", type=int, default=0, help="of the chance")
    text = "let the book read spoiled files: it reads them, or refuses them in a line"
    fuzz = commands.add_parser("fuzz", help=text, description=text)
    fuzz.add_argument("--cases", type=mutants.count, default=5_000, help="how many files")
    fuzz.add_argument("--seed", type=int, default=1, help="of the chance")
    text = "time the book's own work"
    bench = commands.add_parser("bench", help=text, description=text)
    bench.add_argument("parts", nargs="*", metavar="part", help="models, baci or book; else all")
    bench.add_argument("--peer", action="store_true", help="the book beside a plain Jupyter Book")
    full = "BACI at its own size, 25 files of 11 million rows: an hour and 4 GB of disk"
    bench.add_argument("--full", action="store_true", help=full)
    options = vars(parser.parse_args(arguments))
    try:
        # Each loads much.
        import_module(f".{options.pop('command')}", "tools").run(**options)
    except BookError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    sys.exit(main())
