"""How tests look at a whole number, at a whole refusal, and alter the evidence."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.claims import Evidence
from analysis.errors import BookError
from analysis.quantities import Quantity


def same(found, value, unit, rule, sources, tables, year=None, *, estimate=False):
    """Hold a quantity against its value, to the last digits, and against all else exactly."""
    assert found.value == pytest.approx(value, rel=1e-12)
    assert replace(found, value=0.0) == Quantity(0.0, unit, rule, sources, tables, year, estimate)


def refused(call, words):
    """Hold the whole line of a refusal: where, what came, and what was allowed."""
    with pytest.raises(BookError) as refusal:
        call()
    assert str(refusal.value) == words


def act(date, field, name="A treaty", stage="signed", by=None, keys="imf2022"):
    """Make a row of the table ``acts``."""
    return {"date": date, "field": field, "act": name, "stage": stage, "by": by, "note": None,
            "source_keys": keys}  # fmt: skip


def with_acts(evidence, *rows):
    """Give the evidence with these acts alone on record."""
    return altered(evidence, acts=pd.DataFrame(list(rows)))


def altered(evidence, **tables):
    """Give the evidence with other rows in some of its tables."""
    return Evidence({**evidence.tables, **tables})
