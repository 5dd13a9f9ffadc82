"""Currencies, units, scales and comparators, as reports write them."""

import re

CURRENCIES = {
    "USD": r"US\s?\$|U\.S\.\s?\$|USD|\$",
    "EUR": "EUR|€",
    "GBP": "GBP|£",
    "KZT": "KZT|₸",
    "TRY": "TRY|₺",
    "AZN": "AZN|₼",
    "RUB": "RUB|₽",
    "UZS": "UZS",
    "KGS": "KGS",
    "CNY": "CNY|RMB",
    "GEL": "GEL|₾",
    "HUF": "HUF",
    "TMT": "TMT",
    "JPY": "JPY",
    "AUD": r"AU?\$|AUD",
    "CAD": r"CA?\$|CAD",
}
CURRENCY_WORDS = {
    "USD": r"(?:US |U\.S\. |American )?dollars?|USD|US\$|\$",
    "EUR": "euros?|EUR|€",
    "GBP": "pounds sterling|GBP|£",
    "KZT": "tenges?|KZT|₸",
    "TRY": "(?:Turkish )?liras?|TRY|₺",
    "AZN": "(?:Azerbaijani )?manats?|AZN|₼",
    "RUB": "rou?bles?|RUB|₽",
    "UZS": "(?:Uzbek )?(?:soums?|sums?)|UZS",
    "KGS": "(?:Kyrgyz )?soms?|KGS",
    "CNY": "(?:Chinese )?yuan|CNY|RMB",
    "GEL": "(?:Georgian )?laris?|GEL",
    "HUF": "(?:Hungarian )?forints?|HUF",
    "TMT": "Turkmen manats?|TMT",
    "JPY": "(?:Japanese )?yen|JPY",
    "AUD": "Australian dollars?|AUD",
    "CAD": "Canadian dollars?|CAD",
}
UNITS = {
    "%": r"%|(?:percent|per cent)(?! points?)",
    "percentage points": r"percentage points?|(?:percent|per cent) points?|pp|p\.p\.",
    "basis points": "basis points?|bps",
    "km²": r"(?:square|sq\.?) (?:km|kilomet(?:re|er)s?)|km²|km2",
    "km": r"km|kilomet(?:re|er)s?",
    "tonnes": r"(?:metric )?(?:tonnes?|tons?)|t",
    "TEU": "TEUs?|twenty-foot equivalent units?",
    "barrels": "barrels?",
    "MW": "MW|megawatts?",
    "GW": "GW|gigawatts?",
    "kWh": r"kWh|kilowatt.hours?",
    "hectares": "hectares?|ha",
    "cubic metres": "cubic met(?:re|er)s?",
    "billion cubic metres": "bcm",
    "times": "times|-?fold|x",
}
TIMES = {
    "years": "years?",
    "months": "months?",
    "weeks": "weeks?",
    "days": "days?",
    "hours": "hours?",
    "decades": "decades?",
    "centuries": "centur(?:y|ies)",
}
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3, "k": 1e3,
    "million": 1e6, "mln": 1e6, "mn": 1e6, "m": 1e6,
    "billion": 1e9, "bln": 1e9, "bn": 1e9, "b": 1e9,
    "trillion": 1e12, "trln": 1e12, "trn": 1e12, "tn": 1e12,
}  # fmt: skip
COMPARATORS = {
    "more than": "more than|over|above|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|topped|topping|"
    "in excess of|greater than|upwards of",
    "at least": "at least|no less than|not less than|no fewer than|not fewer than|a minimum of",
    "less than": "less than|fewer than|under|below",
    "at most": "at most|up to|no more than|not more than|as many as|as much as|a maximum of",
    "almost": "almost|nearly|close to|just under",
    "about": "about|around|approximately|roughly|some|circa|an estimated",
}
BEFORE_A_YEAR = "in|since|by|until|till|before|after|from|during|throughout"

#: The space is written out, so that `spaced` leaves it alone.
SPACE = r"[\x20\t\u00a0\u202f\r\n]"


def choices(table: dict[str, str]) -> str:
    """Join the patterns of a table into one, each with a group of its own."""
    return "|".join(f"(?P<_{n}>{pattern})" for n, pattern in enumerate(table.values()))


def chosen(table: dict[str, str], match: re.Match[str]) -> str:
    """Give the key whose pattern was met."""
    return list(table)[int(match.lastgroup[1:])]


def spaced(pattern: str) -> str:
    """Let each space of a pattern be up to three of any kind, a line's end among them."""
    return pattern.replace(" ", rf"{SPACE}{{1,3}}")
