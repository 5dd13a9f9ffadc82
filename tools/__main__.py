"""The maintainers' command line: ``python -m tools COMMAND``."""

import argparse
import os
import sys

from analysis.errors import BookError


def main(arguments: list[str] | None = None) -> int:
    """Run one campaign; 0, or 2 after a refusal, which is one line."""
    parser = argparse.ArgumentParser(prog="python -m tools", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    text = "change each number of the evidence in turn, and see who notices"
    mutating = commands.add_parser("mutate", help=text, description=text)
    mutating.add_argument("tables", nargs="*", metavar="table", help="all by default")
    mutating.add_argument("--sample", type=int, default=0, help="so many, drawn by chance")
    mutating.add_argument("--seed", type=int, default=0, help="of the chance")
    text = "let the book read spoiled files: it reads them, or refuses them in a line"
    fuzzing = commands.add_parser("fuzz", help=text, description=text)
    fuzzing.add_argument("--cases", type=int, default=5_000, help="how many files")
    fuzzing.add_argument("--seed", type=int, default=1, help="of the chance")
    text = "time the book's own work"
    timing = commands.add_parser("bench", help=text, description=text)
    timing.add_argument("parts", nargs="*", metavar="part", help="models, baci or book; else all")
    timing.add_argument("--peer", action="store_true", help="the book beside a plain Jupyter Book")
    full = "BACI at its own size, 25 files of 11 million rows: an hour and 4 GB of disk"
    timing.add_argument("--full", action="store_true", help=full)
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "mutate":
            from . import mutate  # noqa: PLC0415  (each loads much)

            mutate.run(chosen.tables, chosen.sample, chosen.seed)
        elif chosen.command == "fuzz":
            from . import fuzz  # noqa: PLC0415

            print(fuzz.report(fuzz.campaign(chosen.cases, chosen.seed)))
        else:
            from . import bench  # noqa: PLC0415

            bench.run(chosen.parts or bench.PARTS, peer=chosen.peer, full=chosen.full)
    except BookError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    sys.exit(main())
