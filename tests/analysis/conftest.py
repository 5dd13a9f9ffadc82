"""What every number of the subject must say of itself, whichever test makes it."""

import re

import pytest

from analysis.quantities import Quantity

#: Units as readers meet them; what is counted is a noun in the plural.
UNITS = {
    "international dollar billion", "%", "USD", "USD million", "USD billion", "times", "million",
    "t", "million t", "thousand TEU", "thousand TEU a year", "million t a year", "km", "km²",
    "million km²", "billion cubic metres", "days", "days into the term", "events a day", "years",
    "words", "acts", "claims", "countries", "documents", "elements", "events", "items",
    "journeys", "members", "months", "outlets", "pairs", "plans", "priorities", "stages",
    "statements", "steps", "trains", "trips",
}  # fmt: skip
#: Two words in a row in capitals: a phrase that is shouted.
SHOUTED = re.compile(r"\b[A-Z]{2,} [A-Z]{2,}\b")

#: The name of a file in ``data/``.
TABLE = re.compile(r"[a-z_]+")


@pytest.fixture(autouse=True)
def _numbers_are_whole(monkeypatch):
    """Refuse a number whose unit or rule no reader would understand."""
    born = Quantity.__init__

    def checked(self, *given, **named):
        born(self, *given, **named)
        assert self.unit in UNITS or not self.unit.strip(), f"no unit of the book: {self.unit!r}"
        assert not SHOUTED.search(self.rule), f"no rule for a reader: {self.rule!r}"
        assert all(map(TABLE.fullmatch, self.tables)), f"no names of tables: {self.tables!r}"

    monkeypatch.setattr(Quantity, "__init__", checked)
