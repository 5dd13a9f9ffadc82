"""Sentences of the trade chapter and the first page that change with the evidence.

A refresh may close a gap that the book had to estimate, or turn a fall into a rise. What is said of
it is chosen here, from the values: less or more, measured or estimated, one, many or none.
"""

from . import counts, uncertainty
from . import growth as path

__all__ = ["counts", "path", "uncertainty"]
