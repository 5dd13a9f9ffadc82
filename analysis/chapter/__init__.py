"""What a chapter's cell calls: figures, tables and numbers become its outputs."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .outputs import Chapter
    from .table import Badge, Cite, Column, Link, Links, Table

__all__ = ["Badge", "Chapter", "Cite", "Column", "Link", "Links", "Table"]


def __getattr__(name: str) -> Any:
    # When asked for: the names of the outputs alone, which Sphinx reads, need no matplotlib.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(".outputs" if name == "Chapter" else ".table", __package__)
    return getattr(module, name)
