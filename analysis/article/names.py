"""Names that the book knows, in their variants."""

import re
from collections import defaultdict

from .forms import Name, Span

#: kind -> canonical name -> further spellings. The United Nations' name where it has one.
KNOWN: dict[str, dict[str, tuple[str, ...]]] = {
    "member": {
        "Azerbaijan": ("Republic of Azerbaijan",),
        "Kazakhstan": ("Republic of Kazakhstan", "Qazaqstan"),
        "Kyrgyzstan": ("Kyrgyz Republic", "Kirghizstan", "Kirgizstan"),
        "Türkiye": ("Republic of Türkiye", "Republic of Turkey", "Turkey", "Turkiye", "TÜRKİYE"),
        "Uzbekistan": ("Republic of Uzbekistan",),
    },
    "observer": {
        "Hungary": (),
        "Turkmenistan": (),
        "Northern Cyprus": ("Turkish Republic of Northern Cyprus", "TRNC", "KKTC"),
    },
    "adjective": {
        "Azerbaijan": ("Azerbaijani",),
        "Kazakhstan": ("Kazakh", "Kazakhstani"),
        "Kyrgyzstan": ("Kyrgyz", "Kirghiz"),
        "Türkiye": ("Turkish",),
        "Uzbekistan": ("Uzbek",),
        "Hungary": ("Hungarian",),
        "Turkmenistan": ("Turkmen",),
    },
    "body": {
        "Organization of Turkic States": (
            "Organisation of Turkic States",
            "OTS",
            "Turkic Council",
            "Cooperation Council of Turkic Speaking States",
        ),
        "TURKSOY": (
            "Turksoy",
            "Türksoy",
            "TÜRKSOY",
            "International Organization of Turkic Culture",
        ),
        "TURKPA": ("TÜRKPA", "Parliamentary Assembly of Turkic States"),
        "Turkic Academy": ("International Turkic Academy",),
        "Turkic Culture and Heritage Foundation": (),
        "Turkic Investment Fund": (),
        "Union of Turkic Chambers of Commerce and Industry": ("Turkic Chamber of Commerce", "TCCI"),
        "Economic Cooperation Organization": ("Economic Cooperation Organisation", "ECO"),
        "Shanghai Cooperation Organization": ("Shanghai Cooperation Organisation", "SCO"),
        "Eurasian Economic Union": ("EAEU", "EEU"),
        "Commonwealth of Independent States": ("CIS",),
        "European Union": ("EU",),
        "United Nations": ("UN",),
        "UNESCO": (),
        "World Bank": (),
        "International Monetary Fund": ("IMF",),
        "Asian Development Bank": ("ADB",),
        "Eurasian Development Bank": ("EDB",),
        "European Bank for Reconstruction and Development": ("EBRD",),
    },
    "route": {
        "Trans-Caspian International Transport Route": (
            "Transcaspian International Transport Route",
            "TITR",
            "TCITR",
            "TMTM",
            "Middle Corridor",
            "Trans-Caspian Route",
            "Trans-Caspian Corridor",
        ),
        "Northern Corridor": (),
        "Zangezur Corridor": ("Zangazur Corridor",),
        "Lapis Lazuli Corridor": ("Lapis Lazuli Route",),
        "Baku–Tbilisi–Kars railway": ("Baku-Tbilisi-Kars railway", "Baku-Tbilisi-Kars", "BTK"),
        "Baku–Tbilisi–Ceyhan pipeline": ("Baku-Tbilisi-Ceyhan",),
        "China–Kyrgyzstan–Uzbekistan railway": (
            "China-Kyrgyzstan-Uzbekistan railway",
            "China-Kyrgyzstan-Uzbekistan",
            "CKU",
        ),
        "International North–South Transport Corridor": (
            "International North-South Transport Corridor",
            "North-South Corridor",
            "INSTC",
        ),
    },
    "event": {"World Nomad Games": (), "World Nomads Games": (), "CIS Games": ()},
    "place": {
        "Turkistan": ("Turkestan", "Türkistan"),
        "Astana": ("Nur-Sultan",),
        "Ankara": (),
        "Ashgabat": (),
        "Baku": (),
        "Bishkek": (),
        "Budapest": (),
        "Istanbul": ("İstanbul",),
        "Samarkand": (),
        "Shusha": ("Şuşa",),
        "Tashkent": (),
        "Caspian Sea": (),
    },
}
_CANONICAL = {"World Nomads Games": "World Nomad Games"}
_WORD = re.compile(r"[^\W\d_]+")


def _pattern(spelling: str) -> re.Pattern[str]:
    """Match a spelling across a line's end, a dash of any length, and a house's capitals.

    A name of one word must be as it stands or in capitals throughout; the words after the first
    letter of a longer one may be in either case.
    """
    words = [re.escape(word) for word in re.split(r"[ –-]", spelling)]
    joints = iter([r"\s{1,9}" if j == " " else "[-‐‑–—]" for j in re.findall("[ –-]", spelling)])
    body = words[0] + "".join(next(joints) + word for word in words[1:])
    if len(words) == 1:
        return re.compile(rf"(?:{body}|{re.escape(spelling.upper())})(?!\w)")
    first, rest = body[0], body[1:]
    return re.compile(rf"{first}(?i:{rest})(?!\w)")


def _index() -> dict[str, list[tuple[re.Pattern[str], str, str]]]:
    """File every spelling under its first word, the longest first."""
    rows = [
        (spelling, kind, _CANONICAL.get(canonical, canonical))
        for kind, group in KNOWN.items()
        for canonical, others in group.items()
        for spelling in ((canonical, *others) if kind != "adjective" else others)
    ]
    index = defaultdict(list)
    for spelling, kind, canonical in sorted(rows, key=lambda row: -len(row[0])):
        first = _WORD.match(spelling)[0]
        for key in {first, first.upper()}:
            index[key].append((_pattern(spelling), kind, canonical))
    return dict(index)


_INDEX = _index()


def names(text: str, paragraphs: tuple[Span, ...]) -> tuple[Name, ...]:
    """Find the known names, the longest at each place.

    Adjectives ("Kazakh", "Turkish") have a kind of their own: they speak of a state, a language or
    a people, which the word alone does not tell.

    Examples
    --------
    >>> text = "Turkey and the OTS built the Middle Corridor to Turkestan."
    >>> for name in names(text, (Span(0, len(text)),)):
    ...     print(name.span.of(text), "|", name.kind, "|", name.canonical)
    Turkey | member | Türkiye
    OTS | body | Organization of Turkic States
    Middle Corridor | route | Trans-Caspian International Transport Route
    Turkestan | place | Turkistan
    """
    found, free = [], 0
    for paragraph in paragraphs:
        for word in _WORD.finditer(text, paragraph.start, paragraph.end):
            at = word.start()
            if word[0] not in _INDEX or at < free or (at and text[at - 1].isalnum()):
                continue
            for pattern, kind, canonical in _INDEX[word[0]]:
                if match := pattern.match(text, at, paragraph.end):
                    found.append(Name(Span(*match.span()), kind, canonical))
                    free = match.end()
                    break
    return tuple(found)
