"""Pandoc, called so that what it writes hangs on nothing but its input and the edition's day."""

import json
import os
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pypandoc

from analysis.errors import BuildError

#: How the cleaned pages are read: no anchors of pandoc's own, quotations as they were printed.
_READER = "html-auto_identifiers-smart"


def midnight(day: date) -> datetime:
    """Give the moment that a file is dated with: never that of the build."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def convert(
    html: str, options: dict[str, Any], folder: Path | None = None, day: date | None = None
) -> str:
    """Write HTML as another format.

    Parameters
    ----------
    html : str
        The cleaned pages.
    options : dict
        As in a file of pandoc's defaults; texts of its metadata are taken letter by letter.
    folder : Path, optional
        Where pandoc finds pictures, and writes if the options name a file.
    day : date, optional
        What the file will say of when it was made.

    Returns
    -------
    str
        What was written, if the options name no file.

    Raises
    ------
    BuildError
        What pandoc says against the pages, a warning too, in one line.
    """
    environment = dict(os.environ)
    if day:
        environment["SOURCE_DATE_EPOCH"] = f"{midnight(day).timestamp():.0f}"
    with TemporaryDirectory() as temporary:
        defaults = Path(temporary) / "defaults.json"
        defaults.write_text(json.dumps(options), encoding="utf-8")
        done = subprocess.run(
            [pypandoc.get_pandoc_path(), f"--from={_READER}", f"--defaults={defaults}"],
            cwd=folder, env=environment, input=html, capture_output=True, encoding="utf-8",
            check=False,
        )  # fmt: skip
    if done.returncode or done.stderr:
        line = " ".join(done.stderr.split())[:200]
        raise BuildError(f"pandoc refused the pages: {line}", where="the book")
    return done.stdout
