"""Words of other languages, marked as such, so that a screen reader speaks them as they sound.

Names of people, places and publishers are left as they are; so does WCAG 3.1.2.
"""

import re

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

#: Words -> language, BCP 47.
WORDS = {
    "Ana Tili": "kk-Latn",
    "Ana Dili": "az",
    "duchowa stolica": "pl",
    "kokpar": "kk-Latn",
    "tenge": "kk-Latn",
}
_FOUND = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, WORDS))})(?!\w)")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]+(?:[ -][\u0400-\u04ff]+)*")
#: Letters that Kazakh writes and Russian does not.
_KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)


def language(words: str) -> str:
    """Give the language of words that are not English.

    Examples
    --------
    >>> language("Ana Tili"), language("Түркістан"), language("саммит")
    ('kk-Latn', 'kk', 'ru')
    """
    return WORDS.get(words) or ("kk" if _KAZAKH.search(words) else "ru")


class Marked(SphinxPostTransform):
    """Put the words of other languages into spans that name the language."""

    default_priority = 900

    def run(self, **_: object) -> None:
        """Mark every text of the page but code and addresses."""
        for text in list(self.document.findall(nodes.Text)):
            if isinstance(text.parent, nodes.literal | nodes.literal_block | nodes.raw):
                continue
            pieces = marked(text.astext())
            if len(pieces) > 1 or (pieces and isinstance(pieces[0], nodes.inline)):
                text.parent.replace(text, pieces)


def marked(text: str) -> list[nodes.Node]:
    """Part a text into plain words and words of other languages.

    Examples
    --------
    >>> [node.astext() for node in marked("told Ana Tili in January")]
    ['told ', 'Ana Tili', ' in January']
    """
    found = sorted(
        [*_FOUND.finditer(text), *_CYRILLIC.finditer(text)], key=lambda match: match.start()
    )
    pieces: list[nodes.Node] = []
    at = 0
    for match in found:
        pieces += [nodes.Text(text[at : match.start()])] if match.start() > at else []
        # docutils writes the class as the attribute `lang`.
        pieces.append(nodes.inline("", match[0], classes=[f"language-{language(match[0])}"]))
        at = match.end()
    return [*pieces, *([nodes.Text(text[at:])] if at < len(text) else [])]
