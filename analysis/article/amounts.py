"""Numbers in a report: money, counts, ordinals, years, periods and dates.

A number is first cut out with everything that may belong to its writing, in one pass without
choices to go back on; then the few characters on either side are looked at. The time is linear.
"""

import re
import unicodedata
from collections.abc import Iterator

from .forms import Amount, Note, Span, listed
from .layout import MONTH, MONTHS
from .units import (
    COMPARATORS,
    CURRENCIES,
    CURRENCY_WORDS,
    SCALES,
    SPACE,
    TIMES,
    UNITS,
    choices,
    chosen,
    spaced,
)
from .unread import DATED, REST, unread

_PREFIX = re.compile(rf"(?<![\w$])(?:{choices(CURRENCIES)}){SPACE}?$")
_COMPARED = re.compile(
    spaced(rf"(?<![\w-])(?:{choices(COMPARATORS)})(?: (?:the|a|an))?{SPACE}{{1,3}}$"),
    re.IGNORECASE,
)
_PAST = re.compile(
    spaced(
        r"(?<![\w-])(?:(?:over|during|in|for|within|throughout|across) )?(?:the )?"
        rf"(past|last|previous|preceding|next|coming|following){SPACE}{{1,3}}$"
    ),
    re.IGNORECASE,
)
_SCALE = re.compile(
    rf"(?:{SPACE}{{0,2}}|-)(thousand|million|billion|trillion|mln|bln|trln|mn|bn|trn|tn)(?!\w)"
    r"|(k|m|b|K|M|B)(?!\w)",
    re.IGNORECASE,
)
_MONEY = re.compile(
    rf"(?:{SPACE}{{0,2}}|-)(?:{spaced(choices(CURRENCY_WORDS))})(?!\w)", re.IGNORECASE
)
_UNIT = re.compile(rf"(?:{SPACE}{{0,2}}|-)(?:{spaced(choices(UNITS))})(?!\w)", re.IGNORECASE)
_TIME = re.compile(rf"(?:{SPACE}{{1,2}}|-)(?:{choices(TIMES)})(?!\w)", re.IGNORECASE)
_PLUS = re.compile(r"\+|-plus(?!\w)")
_RANGE = re.compile(rf"{SPACE}?[–-]{SPACE}?(?=[0-9])|{SPACE}to{SPACE}(?=[0-9$€£])")
#: Nothing that belongs to a number stands after it unless this does.
_BEYOND = re.compile(rf"(?:{SPACE}{{0,3}}|-)[^\W\d_]|{SPACE}{{0,2}}[%$€£₸₺₼₽₾]")
_PART_OF_A_YEAR = re.compile(r"(?<![\w-])(early|mid|late|end)-$", re.IGNORECASE)
_AGO = re.compile(rf"{SPACE}{{1,3}}ago(?!\w)")
_FRACTIONS = "½¼¾⅓⅔⅛"
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?!\w)", re.IGNORECASE)
#: COVID-19, G20: the number is a part of a name.
_IN_A_NAME = re.compile(r"(?:[^\W\d]|[^\W\d_]-)$")
_GLUED = re.compile(r"[^\W\d_]+")
_FOLLOWING = re.compile(rf"{SPACE}?([^\W\d_]+)")
#: Groups after a space are bounded: 240 kB of "123 456 " read as one number took 231 s.
_CHUNK = re.compile(
    r"[0-9](?:[0-9]|[.,:'’/](?=[0-9]))*"
    # Hyphens that part three numbers or more make a telephone number, or another that is not read.
    r"(?:(?:-[0-9]+){2,}|(?:[ \u00a0\u202f][0-9]{3}(?![0-9])(?:[.,:'’/][0-9]+)*){0,6})"
    r"|[^\W\D0-9]\d*"
)
#: A number between two others has no words of its own; tables are read three times as fast.
_BETWEEN = re.compile(r"(?<=[0-9][ \t\r\n])[0-9]{1,15}(?=[ \t\r\n][0-9])")
_GROUPED = re.compile(r"[0-9]{1,3}([, '’\u00a0\u202f])[0-9]{3}(?:\1[0-9]{3}){0,4}(?:\.[0-9]{1,6})?")
_PLAIN = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,6})?")
_DECIMAL_COMMA = re.compile(r"[0-9]{1,15},[0-9]{1,2}")
_TWO_YEARS = re.compile(r"(?:19|20)[0-9]{2}/(?:[0-9]{2}|[0-9]{4})")
_YEAR = re.compile(r"(?:1[5-9]|20|21)[0-9]{2}")
_TO_A_DAY = "(?: to |[-–—])"
_DATES = re.compile(
    r"(?<![\w.-])(?:(?P<y0>[0-9]{4})-(?P<m0>[0-9]{2})-(?P<d0>[0-9]{2})(?![\w-])"
    rf"|(?:(?P<f1>[0-9]{{1,2}}){_TO_A_DAY})?(?P<d1>[0-9]{{1,2}})(?:st|nd|rd|th)? (?P<m1>{MONTH})"
    r"(?:,? (?P<y1>[0-9]{4}))?(?!\w)"
    rf"|(?P<m2>{MONTH}) (?:(?P<f2>[0-9]{{1,2}}){_TO_A_DAY})?(?P<d2>[0-9]{{1,2}})(?:st|nd|rd|th)?"
    r"(?:,? (?P<y2>[0-9]{4}))?(?!\w)"
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
    rf"(?<![\w-])(?:an?{SPACE}{{1,2}}(?=(?:hundred|thousand|million|billion|trillion|dozen)\b))?"
    rf"{_NUMBER_WORD}(?:(?:-|{SPACE}{{1,2}}(?:and{SPACE}{{1,2}})?){_NUMBER_WORD}){{0,9}}"
    rf"(?:(?:-|{SPACE})and(?:-|{SPACE})a(?:-|{SPACE})half)?(?:(?!\w)|(?=fold(?!\w)))",
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
} | {word[:-1] + "ieth": value for word, value in _WORDS.items() if word.endswith("ty")}
_ORDINAL_WORD = re.compile(
    rf"(?<![\w-])(?:(?P<tens>{'|'.join(word for word in _WORDS if word.endswith('ty'))})-)?"
    rf"(?P<ones>{'|'.join(_ORDINAL_WORDS)})(?![\w-])",
    re.IGNORECASE,
)
#: "the XI summit", "V World Nomad Games"; but a name before it makes it a ruler's: Nicholas II.
_ROMAN = re.compile(
    rf"(?<![\w’'-])(?P<ahead>[^\W\d_]{{1,20}}{SPACE}{{1,3}})?(?P<roman>[XVI]{{1,6}})(?=-?{SPACE})"
)
_ROMANS = {
    tens + ones: 10 * t + o
    for t, tens in enumerate(("", "X", "XX", "XXX"))
    for o, ones in enumerate(("", *listed("I II III IV V VI VII VIII IX")))
    if t or o > 1
}
_AT_FIRST = re.compile(rf"(?:at|a){SPACE}$", re.IGNORECASE)
_DECADE = re.compile(
    spaced(
        r"(?<![\w-])(?:(?:(?:over|during|in|for|within|throughout|across) )?(?:the )?"
        r"(?P<when>past|last|previous|preceding|next|coming|following) (?:(?P<half>half|quarter)"
        r"(?: of a |[- ]))?(?P<long>decade|century)"
        r"|(?:the )?(?P<then>past|next|coming) (?P<short>year|month|week)"
        r"|(?:(?P<halved>half) |(?:a )?(?P<fourth>quarter) of )?an? (?P<bare>decade|century)"
        r"|(?:a )?(?P<part>quarter|half)[- ](?P<whole>decade|century))(?!\w)"
    ),
    re.IGNORECASE,
)
#: "twenty-foot", "two-way": the number is a part of an adjective.
_COMPOUND = re.compile(r"-[^\W\d_]")
_VAGUE = re.compile(
    rf"(?<![\w-])(?:(?:tens|hundreds|thousands|millions|billions|dozens|scores){SPACE}of"
    r"|(?:a|one|two|three)[ -](?:third|quarter|fifth|tenth)s?"
    rf"|(?<!first )(?<!second )(?<!other )half{SPACE}(?:of|the))(?!\w)",
    re.IGNORECASE,
)
_NOUN = re.compile(rf"{SPACE}{{1,3}}([^\W\d_](?:[\w’'-]*\w)?)")
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
    for reader in (_dates, _decades, _vague, _ordinals, _figures, _words):
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
        first = parts.get("f" + number)
        if month > 12 or not all(1 <= int(d) <= 31 for d in (first, day) if d):
            continue
        written = [
            f"{year or '-'}-{month:02}" + (f"-{int(d):02}" if d else "")
            for d in ((first, day) if first else (day,))
        ]
        yield Amount(Span(*match.span()), "date", "/".join(written))


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
            word = match["long"] or match["bare"] or match["whole"]
            part = match["half"] or match["halved"] or match["fourth"] or match["part"] or ""
            value = 10 if word.lower() == "decade" else 100
            value, unit = _tidy(value / {"half": 2, "quarter": 4}.get(part.lower(), 1)), "years"
        when = match["when"] or match["then"]
        ago = None if when else _AGO.match(text, match.end(), paragraph.end)
        span = Span(match.start(), ago.end() if ago else match.end())
        yield Amount(span, "period", value, unit, "past" if ago else _direction(when))


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
        between = _BETWEEN.match(text, start, paragraph.end) if lent is None else None
        if between and between.end() == end:
            year = _YEAR.fullmatch(between[0]) is not None
            kind, unit = ("year", "year") if year else ("count", "")
            yield Amount(Span(start, end), kind, int(between[0]), unit)
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
    ahead = text[max(bounds.start, start - 20) : start]
    prefix = _PREFIX.search(ahead)
    currency = chosen(CURRENCIES, prefix) if prefix else lent[0] if lent else ""
    if prefix:
        start -= len(ahead) - prefix.start()
    elif _IN_A_NAME.search(ahead):
        part = _PART_OF_A_YEAR.search(ahead) if _YEAR.fullmatch(text[start:end]) else None
        if part is None:
            return None, REST.match(text, end, bounds.end).end(), None
        start -= len(ahead) - part.start()
        return Amount(Span(start, end), "year", number, "year", part[1].lower()), end, None
    if note := unread(text, Span(start, end), number, "" if prefix else ahead, bounds):
        return note, note.span.end, None
    if written := _written_out(text, Span(start, end), number, bounds):
        return written, written.span.end, None
    if end < bounds.end and text[end] in _FRACTIONS:
        number, end = number + unicodedata.numeric(text[end]), end + 1
    if (minus := text[start - 1 : start]) in {"-", "−"} and minus and start > bounds.start:
        before = text[max(0, start - 2) : start - 1]
        if not before or before.isspace() or before in "([":
            number, start = -number, start - 1
    scaled, end = _scale(text, end, bounds.end, bool(currency))
    # The first of "$40–45 billion" takes the scale of the second, of "10–15 days" the unit.
    follower, second = _RANGE.match(text, end, bounds.end), None
    if follower and not (prefix is None and lent):
        second = _second(text, follower.end(), bounds.end, number)
    if second and scaled == 1:
        scaled, _ = _scale(text, second, bounds.end, bool(currency))
    item, end = _measured(text, Span(start, end), number * scaled, currency, bounds, second)
    lends = (currency,) if follower and currency and end == follower.start() else None
    return item, end, lends


def _written_out(text: str, span: Span, number: float | str, bounds: Span) -> Amount | None:
    """Read a number whose own writing tells what it is: 2023/24, 5th, the 1990s."""
    if isinstance(number, str):
        return Amount(span, "year", number, "year")
    if ordinal := _ORDINAL.match(text, span.end, bounds.end):
        whole = Span(span.start, ordinal.end())
        return Amount(whole, "ordinal", number, of=_noun(text, whole.end, bounds))
    if text[span.end : span.end + 1] == "s" and _YEAR.fullmatch(span.of(text)):
        return Amount(Span(span.start, span.end + 1), "year", number, "decade")
    return None


def _scale(text: str, at: int, high: int, money: bool) -> tuple[float, int]:
    scale = _SCALE.match(text, at, high)
    if scale is None or (scale[2] and not (money or scale[2] in "kK")):
        return 1, at
    return SCALES[(scale[1] or scale[2]).lower()], scale.end()


def _second(text: str, at: int, high: int, first: float) -> int | None:
    """Say where a range's second number ends, if the first is the smaller figure and no year.

    "From 5 to 10 million" starts at five million; "from 800 to 2 million" does not.
    """
    second = _CHUNK.match(text, at + (not text[at].isdigit()), high)
    if second is None or len(second[0]) > 20 or _YEAR.fullmatch(str(first)):
        return None
    value, end = _number(text, *second.span())
    return end if isinstance(value, int | float) and value > first else None


def _unit(text: str, at: int, high: int, currency: str) -> tuple[str, str, float, int]:
    """Read what a number counts in: the kind, the unit, what it multiplies by, and where it ends.

    Examples
    --------
    >>> _unit("two decades", 3, 11, ""), _unit("80 events", 2, 9, "")
    (('period', 'years', 10, 11), ('count', '', 1, 2))
    """
    if match := _MONEY.match(text, at, high):
        return "money", currency or chosen(CURRENCY_WORDS, match), 1, match.end()
    if currency:
        return "money", currency, 1, at
    if match := _TIME.match(text, at, high):
        unit = chosen(TIMES, match)
        times = {"decades": 10, "centuries": 100}.get(unit)
        return "period", "years" if times else unit, times or 1, match.end()
    if match := _UNIT.match(text, at, high):
        unit = chosen(UNITS, match)
        kind = "percent" if unit in {"%", "percentage points"} else "measure"
        return kind, unit, 1, match.end()
    return "count", "", 1, at


def _measured(
    text: str, span: Span, value: float, currency: str, bounds: Span, second: int | None = None
) -> tuple[Amount | Note, int]:
    """Add the unit after a number, or after the second of a range, and the comparator before it."""
    start, end, value = span.start, span.end, _tidy(round(value, 6))
    plus = _PLUS.match(text, end, bounds.end)
    end = plus.end() if plus else end
    kind, unit, times = ("money", currency, 1) if currency else ("count", "", 1)
    followed = _BEYOND.match(text, end, bounds.end) is not None
    if second is not None:
        _, after = _scale(text, second, bounds.end, bool(currency))
        kind, unit, times, _ = _unit(text, after, bounds.end, currency)
    elif followed:
        kind, unit, times, end = _unit(text, end, bounds.end, currency)
    value *= times
    if followed and kind == "count":
        word = _FOLLOWING.match(text, end, bounds.end)
        if word and not _is_latin(word[1][0]):
            why = "a scale or a unit that is not in Latin letters"
            return Note(Span(start, word.end()), why), word.end()
        if glued := _GLUED.match(text, end, bounds.end):
            return Note(Span(start, glued.end()), "letters after a number"), glued.end()
    low = max(bounds.start, start - 40)
    ahead = text[low:start]
    # Only a word and a space can compare; most numbers are spared three searches.
    ahead = ahead if ahead[-1:].isspace() and ahead.rstrip()[-1:].isalpha() else ""
    if kind == "period" and (match := _PAST.search(ahead)):
        span = Span(low + match.start(), end)
        return Amount(span, kind, value, unit, _direction(match[1])), end
    if kind == "period" and (ago := _AGO.match(text, end, bounds.end)):
        return Amount(Span(start, ago.end()), kind, value, unit, "past"), ago.end()
    compared = _COMPARED.search(ahead)
    comparator = chosen(COMPARATORS, compared) if compared else ""
    if kind == "count" and not plus and _is_year(text, Span(start, end), comparator, bounds):
        dated = DATED.search(ahead)
        start = low + dated.start() if dated else start
        return Amount(Span(start, end), "year", value, "year", dated[1].lower() if dated else ""), (
            end
        )
    start = low + compared.start() if compared else start
    comparator = comparator or ("at least" if plus else "")
    of = None
    if followed:
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
    dated = DATED.search(text[max(bounds.start, span.start - 40) : span.start])
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


#: Goods come "in trade"; "in Astana" and "in Q3" are a place and a time.
_OF = re.compile(rf"{SPACE}{{1,3}}(?:(?:worth{SPACE})?of(?={SPACE})|in(?={SPACE}{{1,3}}[a-z]))")


def _of(text: str, at: int, bounds: Span) -> Span | None:
    """Give what an amount is of, as in "$45 billion in trade" or "40 tonnes of goods"."""
    match = _OF.match(text, at, bounds.end)
    return _noun(text, match.end(), bounds) if match else None


def _words(text: str, paragraph: Span) -> Iterator[Amount | Note]:
    for match in _IN_WORDS.finditer(text, paragraph.start, paragraph.end):
        words = re.findall(r"[a-z]+", match[0].lower())
        half = words[-3:] == ["and", "a", "half"]
        value = _spoken(words[:-3] if half else words)
        value = value + 0.5 if half and value is not None else value
        span = Span(*match.span())
        if value is None:
            yield Note(span, "number words that make no one number")
            continue
        item, _ = _measured(text, span, value, "", paragraph)
        bare = isinstance(item, Amount) and item.kind == "count" and not item.comparator
        if bare and _COMPOUND.match(text, span.end, paragraph.end):
            continue
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
        tens = _WORDS.get((match["tens"] or "").lower(), 0)
        value = tens + _ORDINAL_WORDS[match["ones"].lower()]
        if of is not None and not (adverb and value == 1):
            yield Amount(span, "ordinal", value, of=of)
    for match in _ROMAN.finditer(text, paragraph.start, paragraph.end):
        span = Span(*match.span("roman"))
        ruler = (match["ahead"] or "a")[0].isupper() and match.start() > paragraph.start
        of = _noun(text, span.end, paragraph)
        if match["roman"] in _ROMANS and of is not None and not ruler:
            yield Amount(span, "ordinal", _ROMANS[match["roman"]], of=of)
