"""Numbers in a report: money, counts, ordinals, years, periods and dates.

A number is first cut out with everything that may belong to its writing, in one pass without
choices to go back on; then the few characters on either side are looked at. The time is linear.
"""

import re
import unicodedata
from collections.abc import Iterator

from .forms import Amount, Note, Span, listed
from .layout import MONTH, MONTHS

_CURRENCIES = {
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
}
_CURRENCY_WORDS = {
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
}
_UNITS = {
    "%": r"%|(?:percent|per cent)(?! points?)",
    "percentage points": "percentage points?|(?:percent|per cent) points?|pp",
    "km": r"km|kilomet(?:re|er)s?",
    "tonnes": r"tonnes?|tons?|t",
    "TEU": "TEUs?",
    "barrels": "barrels?",
    "MW": "MW|megawatts?",
    "GW": "GW|gigawatts?",
    "kWh": r"kWh|kilowatt.hours?",
    "hectares": "hectares?|ha",
    "cubic metres": "cubic met(?:re|er)s?",
    "billion cubic metres": "bcm",
    "times": "times|-?fold",
}
_TIMES = {
    "years": "years?",
    "months": "months?",
    "weeks": "weeks?",
    "days": "days?",
    "hours": "hours?",
    "decades": "decades?",
    "centuries": "centur(?:y|ies)",
}
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3, "k": 1e3,
    "million": 1e6, "mln": 1e6, "mn": 1e6, "m": 1e6,
    "billion": 1e9, "bln": 1e9, "bn": 1e9, "b": 1e9,
    "trillion": 1e12, "trln": 1e12, "trn": 1e12, "tn": 1e12,
}  # fmt: skip
_COMPARATORS = {
    "more than": "more than|over|above|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|topped|topping|"
    "in excess of|greater than|upwards of",
    "at least": "at least|no less than|not less than|no fewer than|not fewer than|a minimum of",
    "less than": "less than|fewer than|under|below",
    "at most": "at most|up to|no more than|not more than|as many as|as much as|a maximum of",
    "almost": "almost|nearly|close to|just under",
    "about": "about|around|approximately|roughly|some|circa|an estimated",
}
_BEFORE_A_YEAR = "in|since|by|until|till|before|after|from|during|throughout"

#: The space is written out, so that `_spaced` leaves it alone.
_SPACE = r"[\x20\t\u00a0\u202f\r\n]"


def _choices(table: dict[str, str]) -> str:
    """Join the patterns of a table into one, each with a group of its own."""
    return "|".join(f"(?P<_{n}>{pattern})" for n, pattern in enumerate(table.values()))


def _chosen(table: dict[str, str], match: re.Match[str]) -> str:
    return list(table)[int(match.lastgroup[1:])]


def _spaced(pattern: str) -> str:
    return pattern.replace(" ", rf"{_SPACE}{{1,3}}")


_PREFIX = re.compile(rf"(?<![\w$])(?:{_choices(_CURRENCIES)}){_SPACE}?$")
_COMPARED = re.compile(
    _spaced(rf"(?<![\w-])(?:{_choices(_COMPARATORS)})(?: (?:the|a|an))?{_SPACE}{{1,3}}$"),
    re.IGNORECASE,
)
_DATED = re.compile(rf"(?<![\w-])({_BEFORE_A_YEAR}){_SPACE}{{1,3}}$", re.IGNORECASE)
_PAST = re.compile(
    _spaced(
        r"(?<![\w-])(?:(?:over|during|in|for|within|throughout|across) )?(?:the )?"
        rf"(past|last|previous|preceding|next|coming|following){_SPACE}{{1,3}}$"
    ),
    re.IGNORECASE,
)
_SCALE = re.compile(
    rf"(?:{_SPACE}{{0,2}}|-)(thousand|million|billion|trillion|mln|bln|trln|mn|bn|trn|tn)(?!\w)"
    r"|(k|m|b|K|M|B)(?!\w)",
    re.IGNORECASE,
)
_MONEY = re.compile(
    rf"(?:{_SPACE}{{0,2}}|-)(?:{_spaced(_choices(_CURRENCY_WORDS))})(?!\w)", re.IGNORECASE
)
_UNIT = re.compile(rf"(?:{_SPACE}{{0,2}}|-)(?:{_spaced(_choices(_UNITS))})(?!\w)", re.IGNORECASE)
_TIME = re.compile(rf"(?:{_SPACE}{{1,2}}|-)(?:{_choices(_TIMES)})(?!\w)", re.IGNORECASE)
_PLUS = re.compile(r"\+|-plus(?!\w)")
_RANGE = re.compile(rf"{_SPACE}?[–-]{_SPACE}?(?=[0-9])|{_SPACE}to{_SPACE}(?=[0-9$€£])")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?!\w)", re.IGNORECASE)
#: COVID-19, G20: the number is a part of a name.
_IN_A_NAME = re.compile(r"(?:[^\W\d]|[^\W\d_]-)$")
_REST = re.compile(r"(?:-?\w)*")
_GLUED = re.compile(r"[^\W\d_]+")
_FOLLOWING = re.compile(rf"{_SPACE}?([^\W\d_]+)")
#: Groups after a space are bounded: 240 kB of "123 456 " read as one number took 231 s.
_CHUNK = re.compile(
    r"[0-9](?:[0-9]|[.,:'’/](?=[0-9]))*"
    r"(?:[ \u00a0\u202f][0-9]{3}(?![0-9])(?:[.,:'’/][0-9]+)*){0,6}"
    r"|[^\W\D0-9]\d*"
)
_GROUPED = re.compile(r"[0-9]{1,3}([, '’\u00a0\u202f])[0-9]{3}(?:\1[0-9]{3}){0,4}(?:\.[0-9]{1,6})?")
_PLAIN = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,6})?")
_DECIMAL_COMMA = re.compile(r"[0-9]{1,15},[0-9]{1,2}")
_TWO_YEARS = re.compile(r"(?:19|20)[0-9]{2}/(?:[0-9]{2}|[0-9]{4})")
_YEAR = re.compile(r"(?:1[5-9]|20|21)[0-9]{2}")
_DATES = re.compile(
    r"(?<![\w.-])(?:(?P<y0>[0-9]{4})-(?P<m0>[0-9]{2})-(?P<d0>[0-9]{2})(?![\w-])"
    rf"|(?P<d1>[0-9]{{1,2}})(?:st|nd|rd|th)? (?P<m1>{MONTH})(?:,? (?P<y1>[0-9]{{4}}))?(?!\w)"
    rf"|(?P<m2>{MONTH}) (?P<d2>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<y2>[0-9]{{4}}))?(?!\w)"
    rf"|(?P<m3>{MONTH}),? (?P<y3>[0-9]{{4}})(?!\w))"
)
_WORDS = {
    word: value
    for value, word in enumerate(
        listed(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
            "fifteen sixteen seventeen eighteen nineteen"
        )
    )
} | {
    word: 10 * value
    for value, word in enumerate(
        listed("twenty thirty forty fifty sixty seventy eighty ninety"), start=2
    )
}
_BIG_WORDS = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_NUMBER_WORD = rf"(?:{'|'.join([*_WORDS, *_BIG_WORDS, 'dozen'])})"
_IN_WORDS = re.compile(
    rf"(?<![\w-])(?:an?{_SPACE}{{1,2}}(?=(?:hundred|thousand|million|billion|trillion|dozen)\b))?"
    rf"{_NUMBER_WORD}(?:(?:-|{_SPACE}{{1,2}}(?:and{_SPACE}{{1,2}})?){_NUMBER_WORD}){{0,9}}(?!\w)",
    re.IGNORECASE,
)
_ORDINAL_WORDS = {
    word: value
    for value, word in enumerate(
        listed(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
            "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "
            "twentieth"
        ),
        start=1,
    )
}
_ORDINAL_WORD = re.compile(rf"(?<![\w-])(?:{'|'.join(_ORDINAL_WORDS)})(?![\w-])", re.IGNORECASE)
_AT_FIRST = re.compile(rf"(?:at|a){_SPACE}$", re.IGNORECASE)
_DECADE = re.compile(
    _spaced(
        r"(?<![\w-])(?:(?:(?:over|during|in|for|within|throughout|across) )?(?:the )?"
        r"(?P<when>past|last|previous|preceding|next|coming|following) (?:(?P<half>half)-)?"
        r"(?P<long>decade|century)|(?:the )?(?P<then>past|next|coming) (?P<short>year|month|week)"
        r"|(?:(?P<halved>half) )?an? (?P<bare>decade|century))(?!\w)"
    ),
    re.IGNORECASE,
)
_VAGUE = re.compile(
    rf"(?<![\w-])(?:(?:tens|hundreds|thousands|millions|billions|dozens|scores){_SPACE}of"
    r"|(?:a|one|two|three)[ -](?:third|quarter|fifth|tenth)s?"
    rf"|(?<!first )(?<!second )(?<!other )half{_SPACE}(?:of|the))(?!\w)",
    re.IGNORECASE,
)
_NOUN = re.compile(rf"{_SPACE}{{1,3}}([^\W\d_][\w’'-]*)")
_NO_NOUN = frozenset(
    listed(
        "of in on at to for from by with and or but nor have has had were was are is be been will "
        "would can could may might must should that which who whom whose as than over during since "
        "between among per this last next a an the including such while when where after before "
        "until through across into out up down also not more less if so its their his her our it "
        "he she they we i"
    )
)
_NOT_COUNTED = frozenset(listed("of another by day can must may thing way should hand"))


def amounts(text: str, paragraphs: tuple[Span, ...]) -> tuple[tuple[Amount, ...], list[Note]]:
    """Find the numbers, and note those that are left alone.

    Examples
    --------
    >>> text = "In 2024 trade exceeded US$1.2bn; 45 млрд over the past decade, more than 80 events."
    >>> found, notes = amounts(text, (Span(0, len(text)),))
    >>> for a in found:
    ...     print(a.span.of(text), "|", a.kind, "|", a.value, a.unit or "-", "|", a.comparator)
    In 2024 | year | 2024 year | in
    exceeded US$1.2bn | money | 1200000000 USD | more than
    over the past decade | period | 10 years | past
    more than 80 | count | 80 - | more than
    >>> [(note.span.of(text), note.why) for note in notes]
    [('45 млрд', 'a scale or a unit that is not in Latin letters')]
    """
    found: list[Amount] = []
    notes: list[Note] = []
    taken = bytearray(len(text))
    # The most particular first: a date keeps its day from being counted, a period its number.
    for reader in (_dates, _vague, _decades, _figures, _words, _ordinals):
        for paragraph in paragraphs:
            for item in reader(text, paragraph):
                span = item.span
                if taken.find(1, span.start, span.end) >= 0:
                    continue
                taken[span.start : span.end] = b"\1" * (span.end - span.start)
                (found if isinstance(item, Amount) else notes).append(item)
    return tuple(sorted(found, key=lambda amount: amount.span.start)), notes


def _dates(text: str, paragraph: Span) -> Iterator[Amount]:
    for match in _DATES.finditer(text, paragraph.start, paragraph.end):
        parts = match.groupdict()
        number = next(n for n in "0123" if parts.get("m" + n))
        month = parts["m" + number]
        month = int(month) if month.isdigit() else MONTHS[month[:3].lower()]
        year, day = parts.get("y" + number), parts.get("d" + number)
        if month > 12 or (day and not 1 <= int(day) <= 31):
            continue
        written = f"{year or '-'}-{month:02}" + (f"-{int(day):02}" if day else "")
        yield Amount(Span(*match.span()), "date", written)


def _vague(text: str, paragraph: Span) -> Iterator[Note]:
    for match in _VAGUE.finditer(text, paragraph.start, paragraph.end):
        vague = match[0].lower().endswith("of") and not match[0].lower().startswith("half")
        why = "no exact number" if vague else "a fraction in words"
        yield Note(Span(*match.span()), why)


def _decades(text: str, paragraph: Span) -> Iterator[Amount]:
    for match in _DECADE.finditer(text, paragraph.start, paragraph.end):
        if short := match["short"]:
            value, unit = 1, short.lower() + "s"
        else:
            value = 10 if (match["long"] or match["bare"]).lower() == "decade" else 100
            value, unit = (value // 2 if match["half"] or match["halved"] else value), "years"
        when = match["when"] or match["then"]
        yield Amount(Span(*match.span()), "period", value, unit, _direction(when))


def _direction(word: str | None) -> str:
    if word is None:
        return ""
    return "next" if word.lower() in {"next", "coming", "following"} else "past"


def _figures(text: str, paragraph: Span) -> Iterator[Amount | Note]:
    at, low = paragraph.start, paragraph.start
    lent = None
    while chunk := _CHUNK.search(text, at, paragraph.end):
        start, end = chunk.span()
        if chunk[0][0] not in "0123456789":
            yield Note(Span(start, end), "figures of another script")
            at = low = end
            continue
        number, end = _number(text, start, end)
        item, end, lent = _figure(text, Span(start, end), number, Span(low, paragraph.end), lent)
        if item is not None:
            yield item
        at = low = end


def _number(text: str, start: int, end: int) -> tuple[float | str | None, int]:
    """Read the figures of a number; where a space parts two numbers, the first of them."""
    written = text[start : min(end, start + 60)]
    if _TWO_YEARS.fullmatch(written):
        return written, end
    if _GROUPED.fullmatch(written):
        return _tidy(float(re.sub(r"[, '’\u00a0\u202f]", "", written))), end
    if " " in written:
        return _number(text, start, start + written.index(" "))
    if _PLAIN.fullmatch(written):
        return _tidy(float(written)), end
    if _DECIMAL_COMMA.fullmatch(written):
        return float(written.replace(",", ".")), end
    return None, end


def _tidy(value: float) -> float:
    """Give a whole number as one."""
    return int(value) if value == int(value) else value


def _figure(
    text: str, span: Span, number: float | str | None, bounds: Span, lent: tuple | None
) -> tuple[Amount | Note | None, int, tuple | None]:
    """Read a number with what stands around it.

    ``lent`` is the currency of a range's first number. Gives what was read, where reading goes
    on, and the currency for the second number of a range.
    """
    start, end = span.start, span.end
    ahead = text[max(bounds.start, start - 12) : start]
    prefix = _PREFIX.search(ahead)
    currency = _chosen(_CURRENCIES, prefix) if prefix else lent[0] if lent else ""
    if prefix:
        start -= len(ahead) - prefix.start()
    elif _IN_A_NAME.search(ahead):
        return None, _REST.match(text, end, bounds.end).end(), None
    if why := _unreadable(number, "" if prefix else ahead[-1:]):
        return Note(Span(start - why.startswith("the currency"), end), why), end, None
    if isinstance(number, str):
        return Amount(Span(start, end), "year", number, "year"), end, None
    if ordinal := _ORDINAL.match(text, end, bounds.end):
        span = Span(start, ordinal.end())
        return Amount(span, "ordinal", number, of=_noun(text, span.end, bounds)), span.end, None
    if text[end : end + 1] == "s" and _YEAR.fullmatch(text[start:end]):
        return Amount(Span(start, end + 1), "year", number, "decade"), end + 1, None
    if (minus := text[start - 1 : start]) in {"-", "−"} and minus and start > bounds.start:
        before = text[max(0, start - 2) : start - 1]
        if not before or before.isspace() or before in "([":
            number, start = -number, start - 1
    scaled, end = _scale(text, end, bounds.end, bool(currency))
    # The first of "$40–45 billion" takes the scale of the second.
    follower = _RANGE.match(text, end, bounds.end)
    if follower and scaled == 1 and not (prefix is None and lent):
        scaled = _lent_scale(text, follower.end(), bounds.end, number, bool(currency))
    item, end = _measured(text, Span(start, end), number * scaled, currency, bounds)
    lends = (currency,) if follower and currency and end == follower.start() else None
    return item, end, lends


def _unreadable(number: float | str | None, before: str) -> str:
    """Say why a number cannot be read, if so."""
    if number is None:
        return "a number written in a way that is not read"
    if before and unicodedata.category(before) == "Sc":
        return f"the currency {before} is not known"
    return ""


def _scale(text: str, at: int, high: int, money: bool) -> tuple[float, int]:
    scale = _SCALE.match(text, at, high)
    if scale is None or (scale[2] and not (money or scale[2] in "kK")):
        return 1, at
    return _SCALES[(scale[1] or scale[2]).lower()], scale.end()


def _lent_scale(text: str, at: int, high: int, first: float, money: bool) -> float:
    """Give the scale of a range's second number, if the first is the smaller figure and no year.

    "From 5 to 10 million" starts at five million; "from 800 to 2 million" does not.
    """
    second = _CHUNK.match(text, at + (not text[at].isdigit()), high)
    if second is None or len(second[0]) > 20 or _YEAR.fullmatch(str(first)):
        return 1
    value, end = _number(text, *second.span())
    if not isinstance(value, int | float) or value <= first:
        return 1
    return _scale(text, end, high, money)[0]


def _measured(
    text: str, span: Span, value: float, currency: str, bounds: Span
) -> tuple[Amount | Note, int]:
    """Add the unit after a number and the comparator before it."""
    start, end, value = span.start, span.end, _tidy(round(value, 6))
    plus = _PLUS.match(text, end, bounds.end)
    end = plus.end() if plus else end
    kind, unit = ("money", currency) if currency else ("count", "")
    if match := _MONEY.match(text, end, bounds.end):
        kind, unit, end = "money", currency or _chosen(_CURRENCY_WORDS, match), match.end()
    elif not currency and (match := _TIME.match(text, end, bounds.end)):
        kind, unit, end = "period", _chosen(_TIMES, match), match.end()
        if unit in {"decades", "centuries"}:
            value, unit = value * (10 if unit == "decades" else 100), "years"
    elif not currency and (match := _UNIT.match(text, end, bounds.end)):
        unit, end = _chosen(_UNITS, match), match.end()
        kind = "percent" if unit in {"%", "percentage points"} else "measure"
    elif (word := _FOLLOWING.match(text, end, bounds.end)) and not _is_latin(word[1][0]):
        return Note(Span(start, word.end()), "a scale or a unit that is not in Latin letters"), (
            word.end()
        )
    elif glued := _GLUED.match(text, end, bounds.end):
        return Note(Span(start, glued.end()), "letters after a number"), glued.end()
    low = max(bounds.start, start - 40)
    ahead = text[low:start]
    # Only a word and a space can compare; most numbers are spared three searches.
    ahead = ahead if ahead[-1:].isspace() and ahead.rstrip()[-1:].isalpha() else ""
    if kind == "period" and (match := _PAST.search(ahead)):
        span = Span(low + match.start(), end)
        return Amount(span, kind, value, unit, _direction(match[1])), end
    compared = _COMPARED.search(ahead)
    comparator = _chosen(_COMPARATORS, compared) if compared else ""
    if kind == "count" and not plus and _is_year(text, Span(start, end), comparator, bounds):
        dated = _DATED.search(ahead)
        start = low + dated.start() if dated else start
        return Amount(Span(start, end), "year", value, "year", dated[1].lower() if dated else ""), (
            end
        )
    start = low + compared.start() if compared else start
    comparator = comparator or ("at least" if plus else "")
    of = _noun(text, end, bounds) if kind == "count" else _of(text, end, bounds)
    return Amount(Span(start, end), kind, value, unit, comparator, of), end


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")


def _is_year(text: str, span: Span, comparator: str, bounds: Span) -> bool:
    """Tell a year from a count: 2000 participants are counted, "2024 results" are dated."""
    written = span.of(text)
    if comparator or not _YEAR.fullmatch(written):
        return False
    noun = _noun(text, span.end, bounds)
    dated = _DATED.search(text[max(bounds.start, span.start - 40) : span.start])
    round_number = written.endswith("00")
    return not (round_number and not dated and noun is not None and noun.of(text).endswith("s"))


def _noun(text: str, at: int, bounds: Span) -> Span | None:
    """Give the words that a number counts: at most four, up to one that cannot belong to them."""
    first = last = None
    for _ in range(4):
        match = _NOUN.match(text, at, bounds.end)
        if match is None or len(match[0]) > 40:
            break
        word = match[1].lower()
        # "12 agreements signed": a participle after the noun is not counted.
        if word in _NO_NOUN or (first is not None and word.endswith(("ed", "ing"))):
            break
        first = match.start(1) if first is None else first
        last = at = match.end()
        if word.endswith("s") and word == match[1]:
            break  # a plural: "89 countries sent athletes"
    return None if first is None or last is None else Span(first, last)


_OF = re.compile(rf"{_SPACE}{{1,3}}(?:of|in|worth{_SPACE}of)(?={_SPACE})")


def _of(text: str, at: int, bounds: Span) -> Span | None:
    """Give what an amount is of, as in "$45 billion in trade" or "40 tonnes of goods"."""
    match = _OF.match(text, at, bounds.end)
    return _noun(text, match.end(), bounds) if match else None


def _words(text: str, paragraph: Span) -> Iterator[Amount | Note]:
    for match in _IN_WORDS.finditer(text, paragraph.start, paragraph.end):
        value = _spoken(re.findall(r"[a-z]+", match[0].lower()))
        span = Span(*match.span())
        if value is None:
            yield Note(span, "number words that make no one number")
            continue
        item, _ = _measured(text, span, value, "", paragraph)
        bare = isinstance(item, Amount) and item.kind == "count" and not item.comparator
        if match[0].lower() == "one" and bare:
            # "one of the", "one another", "one day": no count of anything.
            noun = item.of.of(text).split()[0].lower() if item.of else "of"
            before = text[max(paragraph.start, span.start - 3) : span.start].lower()
            if noun in _NOT_COUNTED or before == "no ":
                continue
        yield item


def _spoken(words: list[str]) -> float | None:
    """Work out a number in words, or None where the words make no one number.

    Examples
    --------
    >>> _spoken(listed("two hundred and forty five thousand"))
    245000
    >>> _spoken(listed("a dozen")), _spoken(listed("two three"))
    (12, None)
    """
    total = part = 0
    least = 1000.0  # what the last word left room for
    for word in words:
        if word in {"and", "a", "an"}:
            continue
        if word in _WORDS:
            value = _WORDS[word]
            if value >= least:
                return None
            part += value
            least = 10 if value >= 20 else 0
        elif word == "dozen":
            part, least = max(part, 1) * 12, 0
        elif word == "hundred":
            if part >= 100:
                return None
            part, least = max(part, 1) * 100, 100
        else:
            total, part, least = total + max(part, 1) * _BIG_WORDS[word], 0, 1000
    return _tidy(total + part)


def _ordinals(text: str, paragraph: Span) -> Iterator[Amount]:
    for match in _ORDINAL_WORD.finditer(text, paragraph.start, paragraph.end):
        span = Span(*match.span())
        of = _noun(text, span.end, paragraph)
        adverb = _AT_FIRST.search(text[max(paragraph.start, span.start - 4) : span.start])
        if of is not None and not (adverb and match[0].lower() == "first"):
            yield Amount(span, "ordinal", _ORDINAL_WORDS[match[0].lower()], of=of)
