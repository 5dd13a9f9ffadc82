"""The sections of the Harmonized System hold each chapter once."""

import pytest

from analysis.errors import RefreshError
from analysis.sections import NAMES, SECTIONS, UNSPECIFIED, section_of

#: The last chapter of each section, from the contents of the nomenclature (WCO, 2022 edition).
LAST = {
    "I": 5, "II": 14, "III": 15, "IV": 24, "V": 27, "VI": 38, "VII": 40, "VIII": 43, "IX": 46,
    "X": 49, "XI": 63, "XII": 67, "XIII": 70, "XIV": 71, "XV": 83, "XVI": 85, "XVII": 89,
    "XVIII": 92, "XIX": 93, "XX": 96, "XXI": 97,
}  # fmt: skip


def test_there_are_21_sections_and_one_for_the_rest():
    assert [*LAST, UNSPECIFIED] == [section.number for section in SECTIONS] == list(NAMES)


def test_a_section_ends_where_the_next_begins():
    for chapter in range(1, 98):
        if chapter != 77:
            expected = next(number for number, last in LAST.items() if chapter <= last)
            assert section_of(chapter) == expected


def test_every_chapter_is_in_one_section():
    held = [chapter for section in SECTIONS for chapter in section.chapters]
    assert sorted(held) == [f"{chapter:02d}" for chapter in range(1, 100) if chapter != 77]


@pytest.mark.parametrize("chapter", [0, 77, 100])
def test_other_chapters_are_refused(chapter):
    with pytest.raises(RefreshError, match=r"allowed: 01 to 76, 78 to 99"):
        section_of(chapter)
