"""Where the book keeps its things."""

from pathlib import Path

#: The folder that holds ``_config.yml``.
ROOT = Path(__file__).resolve().parents[1]
#: Lies there while a refresh puts files in place; what finds it knows that one was cut off.
REFRESH_JOURNAL = Path(".cache", "refresh", "applying", "journal.json")
