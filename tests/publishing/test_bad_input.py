"""Whatever comes, the book reads it or refuses it in one line of its own."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import article, tables
from analysis.errors import ArticleError, BookError, TableError
from analysis.project import ROOT
from tools import fuzz

CASES = 150
QUIET = settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
PRICES = pd.read_csv(ROOT / "data" / "prices.csv", dtype=str)
ANYTHING = st.text(st.characters(codec="utf-8"), max_size=80)


def test_spoiled_files_are_read_or_refused_in_a_line():
    outcomes = fuzz.campaign(CASES, seed=2025)
    assert len(outcomes) == CASES
    assert [o for o in outcomes if o.met == "raised"] == [], fuzz.report(outcomes)
    # The corpus does spoil: most cases are refused, and some are harmless.
    met = [outcome.met for outcome in outcomes]
    assert met.count("refused") > CASES / 2
    assert met.count("read") > 5


def test_the_same_seed_gives_the_same_cases():
    first, second = (list(fuzz.cases(20, seed=1)) for _ in range(2))
    assert first == second
    assert first != list(fuzz.cases(20, seed=2))


@QUIET
@given(ANYTHING)
def test_any_text_is_an_article_or_is_refused(text):
    message = ""
    try:
        report = article.parse(f"date 2025-01-04 (X) {text}")
        assert all(span.of(report.text) for span in report.sentences)
    except ArticleError as error:
        message = str(error)
    assert message.isprintable()


@QUIET
@given(row=st.integers(0, len(PRICES) - 1), column=st.sampled_from(list(PRICES)), cell=ANYTHING)
def test_any_cell_is_valid_or_is_refused_with_its_place(row, column, cell):
    frame = PRICES.copy()
    frame.loc[row, column] = cell or None
    message = f"data/prices.csv, row {row + 2}, {column}: in order"
    try:
        tables.accept(frame, "prices")
    except TableError as error:
        message = str(error)
    assert message.startswith("data/prices.csv, row ")
    assert message.isprintable()
    assert column in message


@pytest.mark.parametrize(
    "cell", ["inf", "-inf", "nan", "1e999", "1_000", "٣", "0x10", " 17", "9" * 400]
)
def test_only_plain_numbers_are_numbers(cell):
    frame = PRICES.copy()
    frame.loc[0, "index_1982_84"] = cell
    with pytest.raises(TableError, match="row 2, column index_1982_84"):
        tables.accept(frame, "prices")


def test_a_row_with_more_cells_than_the_header_is_refused(copy):
    path = copy / "data" / "prices.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], *(f"{line},more" for line in lines[1:])]) + "\n")
    with pytest.raises(TableError, match="rows have more cells than the header"):
        tables.read("prices", copy)


def test_what_came_is_told_in_one_line_that_ends():
    message = str(BookError("a\nb\x1b[2J\u202e" + "x" * 10_000, where="here\n"))
    assert message.isprintable()
    assert message.startswith(r"here\n: a\nb\x1b[2J\u202e")
    assert len(message) < 600
