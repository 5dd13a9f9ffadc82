"""Where the book keeps its things."""

from pathlib import Path

#: The folder that holds ``_config.yml``.
ROOT = Path(__file__).resolve().parents[1]
