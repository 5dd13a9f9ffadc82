"""The sections of the Harmonized System, and which chapters each of them holds.

The division is that of the World Customs Organization's nomenclature (``wco2022hs``). It is the
same in all seven editions that BACI is published in, 1992 to 2022: editions move products between
headings, never chapters between sections. So it is a constant here and no row of evidence.

Chapter 77 is kept free by the nomenclature. Chapters 98 and 99 are left to national use and belong
to no section; BACI has products there that the reporters did not specify, such as 999999.
"""

from dataclasses import dataclass

from .errors import RefreshError


@dataclass(frozen=True)
class Section:
    """One section: its number, the chapters it holds, and what it is called.

    Parameters
    ----------
    number : str
        Roman, as the nomenclature writes it; empty for goods that are in no section.
    first, last : int
        Its first and its last chapter.
    name : str
        A short name for readers.
    """

    number: str
    first: int
    last: int
    name: str

    @property
    def chapters(self) -> tuple[str, ...]:
        """Its chapters, as the first two digits of a product's code.

        Examples
        --------
        >>> SECTIONS[14].chapters[4:6]
        ('76', '78')
        """
        held = range(self.first, self.last + 1)
        return tuple(f"{chapter:02d}" for chapter in held if chapter != FREE)


#: The one chapter between the first and the last that the nomenclature keeps free.
FREE = 77
#: What stands for goods of no section.
UNSPECIFIED = "none"

SECTIONS = (
    Section("I", 1, 5, "Animals and animal products"),
    Section("II", 6, 14, "Vegetable products"),
    Section("III", 15, 15, "Fats and oils"),
    Section("IV", 16, 24, "Prepared food, drink, tobacco"),
    Section("V", 25, 27, "Minerals, oil and gas"),
    Section("VI", 28, 38, "Chemicals"),
    Section("VII", 39, 40, "Plastics and rubber"),
    Section("VIII", 41, 43, "Hides, leather, furs"),
    Section("IX", 44, 46, "Wood, cork, basketware"),
    Section("X", 47, 49, "Paper and print"),
    Section("XI", 50, 63, "Textiles and clothing"),
    Section("XII", 64, 67, "Footwear and headgear"),
    Section("XIII", 68, 70, "Stone, ceramics, glass"),
    Section("XIV", 71, 71, "Precious metals and stones"),
    Section("XV", 72, 83, "Base metals"),
    Section("XVI", 84, 85, "Machinery and electronics"),
    Section("XVII", 86, 89, "Vehicles, ships, aircraft"),
    Section("XVIII", 90, 92, "Instruments, clocks"),
    Section("XIX", 93, 93, "Arms and ammunition"),
    Section("XX", 94, 96, "Furniture, toys, other goods"),
    Section("XXI", 97, 97, "Works of art"),
    Section(UNSPECIFIED, 98, 99, "Not specified"),
)

NAMES = {section.number: section.name for section in SECTIONS}


def section_of(chapter: int) -> str:
    """Say which section a chapter is in.

    Parameters
    ----------
    chapter : int
        The first two digits of a product's code.

    Returns
    -------
    str
        The section's number, a key of `NAMES`.

    Raises
    ------
    RefreshError
        The nomenclature has no such chapter.

    Examples
    --------
    >>> section_of(27), section_of(99)
    ('V', 'none')
    """
    for section in SECTIONS:
        if f"{chapter:02d}" in section.chapters:
            return section.number
    raise RefreshError(
        f"chapter {chapter:02d} of the Harmonized System", allowed="01 to 76, 78 to 99"
    )
