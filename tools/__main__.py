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
    command = commands.add_parser("mutate", help=text, description=text)
    command.add_argument("tables", nargs="*", metavar="table", help="all by default")
    command.add_argument("--sample", type=int, default=0, help="so many, drawn by chance")
    command.add_argument("--seed", type=int, default=0, help="of the chance")
    text = "time the book's own work, beside a plain Jupyter Book"
    command = commands.add_parser("bench", help=text, description=text)
    command.add_argument("--at-size", action="store_true", help="only the reduction of BACI")
    full = "it at its own size, 25 files of 11 million rows: an hour and 4 GB of disk"
    command.add_argument("--full", action="store_true", help=full)
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "mutate":
            from . import mutate  # noqa: PLC0415  (each loads much)

            mutate.run(chosen.tables, chosen.sample, chosen.seed)
        else:
            from . import bench, bench_baci  # noqa: PLC0415

            if not chosen.at_size:
                bench.run()
            bench_baci.run(full=chosen.full)
    except BookError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    sys.exit(main())
