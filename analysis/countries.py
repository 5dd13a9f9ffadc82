"""Country codes, the names readers see, and the membership lists that totals use.

Names are those the United Nations uses. Accession dates and their sources are in
``data/members.csv``; a test holds the two together.
"""

import re
from dataclasses import dataclass
from itertools import combinations

NAMES = {
    "AZE": "Azerbaijan",
    "KAZ": "Kazakhstan",
    "KGZ": "Kyrgyzstan",
    "TUR": "Türkiye",
    "UZB": "Uzbekistan",
    "HUN": "Hungary",
    "TKM": "Turkmenistan",
    "CHN": "China",
    "GEO": "Georgia",
    "ARM": "Armenia",
    "RUS": "Russia",
    "BLR": "Belarus",
    "IRN": "Iran",
    "POL": "Poland",
    "DEU": "Germany",
    "NLD": "Netherlands",
    "ROU": "Romania",
    "BGR": "Bulgaria",
    "EGY": "Egypt",
    "DJI": "Djibouti",
    "SGP": "Singapore",
    "ZAF": "South Africa",
    "USA": "United States",
    "WLD": "World",
}


@dataclass(frozen=True)
class Membership:
    """A named list of countries that a total covers.

    Examples
    --------
    >>> FIVE.name, len(FIVE.pairs())
    ('five members', 10)
    """

    name: str
    codes: tuple[str, ...]

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every unordered pair, in alphabetical order of the codes."""
        return tuple(combinations(sorted(self.codes), 2))


#: The members since Uzbekistan joined in October 2019.
FIVE = Membership("five members", ("AZE", "KAZ", "KGZ", "TUR", "UZB"))
#: The four that founded the organisation in 2009: what a total meant before October 2019.
FOUR = Membership("four founding members", ("AZE", "KAZ", "KGZ", "TUR"))
#: Members with the observer whose trade is the larger.
WITH_HUNGARY = Membership("five with Hungary", (*FIVE.codes, "HUN"))
#: Members and the two observer states with trade statistics of their own.
WITH_OBSERVERS = Membership("with Hungary and Turkmenistan", (*FIVE.codes, "HUN", "TKM"))


def pair_name(first: str, second: str) -> str:
    """Name an unordered pair by its codes, alphabetically.

    Examples
    --------
    >>> pair_name("TUR", "AZE")
    'AZE–TUR'
    """
    return "–".join(sorted((first, second)))


def spelled(text: str) -> str:
    """Write out the country codes of a text that readers see.

    Examples
    --------
    >>> spelled("AZE–TUR both ways, by the OTS")
    'Azerbaijan–Türkiye both ways, by the OTS'
    """
    return re.sub(r"\b[A-Z]{3}\b", lambda found: NAMES.get(found[0], found[0]), text)
