"""Words as they are compared: what a page may change in them changes nothing."""

import re

#: Signs that an alternative text has at least.
LEAST_ALT = 40
_FILE_NAME = re.compile(r"_images|\.(?:svg|png)")
#: Sphinx makes straight quotes curly and rows of hyphens dashes; no number changes by that.
_SIGNS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "."})


def normal(text: str) -> str:
    """Give a text with straight quotes, single spaces, hyphens and full stops."""
    return re.sub(r"([-.])\1+", r"\1", " ".join(text.translate(_SIGNS).split()))


def letters(text: str) -> str:
    """Give a text without its spaces, for pages break it where they like."""
    return "".join(normal(text).split())


def is_poor(alt: str) -> bool:
    """Say whether an alternative text is too short, without figures, or the name of a file."""
    return len(alt) < LEAST_ALT or not re.search(r"\d", alt) or bool(_FILE_NAME.search(alt))
