"""Putting files in place: all of them or none.

Each file is written beside its place first, with a copy of what it replaces; a journal then names
them, and they are moved one by one. If a move fails, what was moved is moved back. If the process
is killed between two moves, the journal is still there: `settle` moves everything back, and the
book refuses to be checked or built until it has.
"""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from analysis.errors import RefreshError
from analysis.project import REFRESH_JOURNAL

_FOLDER = REFRESH_JOURNAL.parent


def write(texts: Mapping[str, str], root: Path) -> None:
    """Write several files of a project, by their path inside it, whole or not at all.

    `RefreshError` where the system refused to write one; all stand as before.
    """
    settle(root)
    place = root / _FOLDER
    shutil.rmtree(place, ignore_errors=True)
    try:
        for path, text in texts.items():
            _write(place / "new" / path, text.encode())
            if (root / path).exists():
                _write(place / "old" / path, (root / path).read_bytes())
        _write(root / REFRESH_JOURNAL, json.dumps(sorted(texts)).encode())
        for path in texts:
            os.replace(place / "new" / path, root / path)
    except BaseException as error:
        settle(root)
        if isinstance(error, OSError):
            raise RefreshError(
                f"the system refuses: {(error.strerror or str(error)).lower()}",
                where=str(error.filename or ""),
                allowed="room to write; nothing was changed",
            ) from None
        raise
    (root / REFRESH_JOURNAL).unlink()
    shutil.rmtree(place, ignore_errors=True)


def settle(root: Path) -> bool:
    """Move back what a cut-off `write` has moved; tell whether there was anything."""
    place = root / _FOLDER
    if not unsettled(root):
        shutil.rmtree(place, ignore_errors=True)
        return False
    for path in json.loads((root / REFRESH_JOURNAL).read_text(encoding="utf-8")):
        old, new = place / "old" / path, place / "new" / path
        if old.exists():
            # A copy, so that being cut off here leaves all to be done again.
            beside = (root / path).with_name(f".{Path(path).name}.settling")
            shutil.copyfile(old, beside)
            os.replace(beside, root / path)
        elif not new.exists():  # it was not there before
            (root / path).unlink(missing_ok=True)
    (root / REFRESH_JOURNAL).unlink()
    shutil.rmtree(place, ignore_errors=True)
    return True


def unsettled(root: Path) -> bool:
    """Tell whether a `write` was cut off between two files."""
    return (root / REFRESH_JOURNAL).exists()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
