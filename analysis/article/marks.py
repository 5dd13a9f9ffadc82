"""Quotation marks: where a quotation opens, runs on and closes."""

import re

from .forms import Note, Span
from .layout import trimmed

#: What may close each opening mark.
_CLOSING = {"“": "”", "„": "“”", "«": "»", '"': '"', "‘": "’", "'": "'"}
_MARK = re.compile("[“”„\"«»‘’']")
_SINGLE = "‘'"

#: A quotation is its parts, one for each paragraph it runs through, without the marks.
Parts = tuple[Span, ...]


def marked(text: str, paragraphs: tuple[Span, ...]) -> tuple[list[Parts], list[Note]]:
    """Find what stands between quotation marks; what is nested stays inside.

    A quotation may run on over paragraphs, or lines, if each of them opens with the mark again. A
    mark that has no partner is noted.

    Examples
    --------
    >>> text = "He said: “Trade in the 'new' sense grew.\\n\\n“It doubled.”"
    >>> found, _ = marked(text, (Span(0, 40), Span(42, len(text))))
    >>> [[part.of(text) for part in parts] for parts in found]
    [["Trade in the 'new' sense grew.", 'It doubled.']]
    """
    found: list[Parts] = []
    notes: list[Note] = []
    held: list[Span] = []
    for number, paragraph in enumerate(paragraphs, 1):
        following = text[paragraphs[number].start] if number < len(paragraphs) else ""
        pairing = _Pairing(text, paragraph, held)
        pairing.run(following)
        held = pairing.held
        found += pairing.found
        notes += pairing.notes
    return found, notes


class _Pairing:
    """The pairing of the marks in one paragraph.

    Single marks are also apostrophes, so an opening one may turn out to be none: the scan then
    goes back to it, once for each kind of mark, and the time stays linear.
    """

    def __init__(self, text: str, paragraph: Span, held: list[Span]) -> None:
        self.text, self.paragraph, self.held = text, paragraph, held
        self.marks = [m.start() for m in _MARK.finditer(text, paragraph.start, paragraph.end)]
        self.found: list[Parts] = []
        self.notes: list[Note] = []
        self.apostrophes: set[str] = set()
        self.at = 0
        self.opened: int | None = None  # the index of a mark
        self.perhaps: int | None = None  # the index of a mark that closes, or is an apostrophe

    def run(self, following: str) -> None:
        """Pair all marks; ``following`` is what the next paragraph begins with."""
        if self.held:
            self.opened, self.at = 0, 1
        while True:
            if self.at < len(self.marks):
                if self.opened is not None:
                    self._inside(self.marks[self.at])
                elif self._is_empty(self.marks[self.at]):
                    self.at += 1
                else:
                    self._outside(self.marks[self.at])
                self.at += 1
            elif self.opened is None or self._at_the_end(following):
                return

    def _around(self, at: int) -> tuple[str, str]:
        before = self.text[at - 1] if at > self.paragraph.start else ""
        return before, self.text[at + 1] if at + 1 < self.paragraph.end else ""

    def _is_empty(self, at: int) -> bool:
        """Tell two straight marks with nothing between them: no quotation, and a quick step."""
        return self.text[at] == '"' and self.text[at + 1 : at + 2] == '"'

    def _outside(self, at: int) -> None:
        mark, (before, after) = self.text[at], self._around(at)
        if mark in "”»":
            self._note(at, "a quotation closes here that did not open")
        elif (
            mark in "“„«"
            or (mark == '"' and after.strip() and not (before.isdigit() and not after.isalnum()))
            or (
                mark in _SINGLE
                and mark not in self.apostrophes
                and after.isalpha()
                and (mark == "‘" or not before.isalnum())
            )
        ):
            self.opened = self.at

    def _inside(self, at: int) -> None:
        mark, kind = self.text[at], self.text[self.marks[self.opened]]
        before, after = self._around(at)
        if kind in _SINGLE:
            self._inside_single(at, mark, kind)
        elif mark in _CLOSING[kind]:
            if kind == '"' and after.isalnum() and self._begins_line(at):
                self._hold(at)
            elif kind == '"' and (not before or before.isspace()) and after.isalnum():
                self._reopen(at)  # a word begins here: the mark before it had no partner
            else:
                self._close(self.at)
        elif mark == kind:
            if self._begins_line(at):
                self._hold(at)
            else:
                self._reopen(at)

    def _inside_single(self, at: int, mark: str, kind: str) -> None:
        before, after = self._around(at)
        opens = mark == kind and after.isalpha() and not before.isalnum()
        if opens and self.perhaps is not None:
            self._close(self.perhaps)
        elif mark in _CLOSING[kind] and not opens and not after.isalnum():
            beyond = self.text[at + 2 : at + 3]
            if before in "sS" and after.isspace() and beyond.islower():
                self.perhaps = self.at  # ‘the members’ trade’, or ‘the members’ said
            else:
                self._close(self.at)

    def _at_the_end(self, following: str) -> bool:
        """Settle a quotation that is open at the paragraph's end; tell whether that is all."""
        at = self.marks[self.opened]
        kind = self.text[at]
        if self.perhaps is not None:
            self._close(self.perhaps)
            self.at += 1
            return False
        if kind != "'" and following == kind:
            self.held.append(Span(at + 1, self.paragraph.end))
            return True
        self.held = []
        if kind in _SINGLE:
            self.apostrophes.add(kind)
            self.at, self.opened = self.opened + 1, None
            return False
        self._note(at, "a quotation opens here and does not close")
        return True

    def _close(self, index: int) -> None:
        part = Span(self.marks[self.opened] + 1, self.marks[index])
        self.found.append((*self.held, part))
        self.held, self.opened, self.perhaps, self.at = [], None, None, index

    def _begins_line(self, at: int) -> bool:
        """Tell whether a mark opens a line, the one before it having ended with a sentence."""
        before = self.text[max(self.paragraph.start, at - 9) : at]
        return before[-1:] in {"\n", "\r"} and before.rstrip()[-1:] in set(".!?…")

    def _hold(self, at: int) -> None:
        """Go on with a quotation whose mark stands again at the start of a line."""
        part = trimmed(self.text, Span(self.marks[self.opened] + 1, at))
        if part.start < part.end:
            self.held.append(part)
        self.opened = self.at

    def _reopen(self, at: int) -> None:
        self._note(self.marks[self.opened], "a quotation opens here and does not close")
        self.held, self.opened = [], self.at

    def _note(self, at: int, why: str) -> None:
        self.notes.append(Note(Span(at, at + 1), why))
