"""What must hold before a book is published.

`chapters` looks at what is about to be built, `screen` and `printed` at what was built beside the
last good book. Each refuses with one line that says where, and that book stays. What a reader would
be shown is compared with what was executed: nothing can change a number, a cell or a picture on its
way from the chapter to the page.
"""

from .beside import same
from .cited import citations
from .notebooks import chapter, chapters, destinations, quotations, ratings
from .pages import files, page, printed, screen

__all__ = [
    "chapter", "chapters", "citations", "destinations", "files", "page", "printed", "quotations",
    "ratings", "same", "screen",
]  # fmt: skip
