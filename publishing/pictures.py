"""Pictures in other forms: a figure as PNG, the card that social networks show.

Typst sets and draws both, with the types that it carries, so the bytes do not hang on the machine.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from analysis.errors import BuildError

_DOTS_PER_INCH = 200
_FIGURE = '#set page(width: auto, height: auto, margin: 6pt)\n#image("picture.svg")\n'
#: The size that social networks ask for, 1200 by 630 dots at 72 an inch.
_CARD = """
#let card = json("card.json")
#set page(width: 1200pt, height: 630pt, margin: (x: 84pt, y: 70pt), fill: rgb("#1b2a36"))
#set text(font: "Libertinus Serif", fill: white, size: 30pt, lang: "en")
#set par(leading: 0.5em)
#text(size: 24pt, fill: rgb("#b9c3cb"), tracking: 0.06em, upper(card.line))
#v(1fr)
#text(size: 62pt, weight: "bold", card.title)
#v(0.2em)
#line(length: 70pt, stroke: 5pt + rgb("#e08a00"))
#v(0.5em)
#text(size: 34pt)[“#{
  let (before, after) = card.quotation.split(card.marked)
  [#before#underline(stroke: 4pt + rgb("#ff9d94"), offset: 7pt, card.marked)#after]
}”]
#v(1fr)
#text(size: 28pt, style: "italic", fill: rgb("#dfe5e9"), card.question)
"""


def png(svg: bytes) -> bytes:
    """Draw a figure that is stored as SVG, at 200 dots an inch, with a small margin.

    What is no SVG is a `BuildError`.

    Examples
    --------
    >>> png(b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')[1:4]
    b'PNG'
    """
    return draw(_FIGURE, {"picture.svg": svg}, _DOTS_PER_INCH)


def card(texts: dict[str, str]) -> bytes:
    """Draw the card of the book: 1200 by 630 dots, PNG.

    Its texts are ``line``, ``title``, ``quotation``, ``marked`` (words of it) and ``question``.
    """
    return draw(_CARD, {"card.json": json.dumps(texts).encode()}, 72)


def draw(text: str, files: dict[str, bytes], dots: int) -> bytes:
    """Draw the first page of a Typst text that reads files, as PNG of so many dots an inch.

    Raises
    ------
    BuildError
        What the compiler says against it.
    """
    # On disk, for the compiler takes no picture of bytes from memory.
    with TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        main = Path(folder) / "main.typ"
        main.write_text(text, encoding="utf-8")
        try:
            pages: Any = typst.compile(
                main, root=Path(folder), format="png", ppi=float(dots), ignore_system_fonts=True
            )
        except typst.TypstError as error:
            raise BuildError(error.message, where="a picture") from error
    return bytes(pages[0] if isinstance(pages, list) else pages)
