"""Who says what: direct speech with its speaker, and what is reported in other words.

The reading goes by form: a word of saying, and beside it a pronoun, or capitalised words and
titles. Every walk from a word of saying is bounded, so the time is linear.
"""

import re
from bisect import bisect_right
from dataclasses import replace

from .forms import Note, Quotation, Span, listed
from .layout import trimmed
from .marks import Parts, marked

#: Shorter quotations are words under discussion, such as a newspaper's name, unless a word of
#: saying follows them.
_LEAST = 20
_FAR = 160
_ENDS_OF_SPEECH = frozenset(",.!?")
_FINITE = (
    "said|says|stated|noted|emphasi[sz]ed|stressed|underlined|underscored|highlighted|told|"
    "announced|declared|affirmed|reaffirmed|reiterated|recalled|explained|pointed out|remarked|"
    "observed|reflected on|mentioned|confirmed|claimed|warned|argued|asked|wrote|concluded|"
    "insisted|acknowledged|admitted|commented|replied|reported|reports|added|continued|"
    "went on to say|say|argues?|warns?|insists?|"
    r"(?:was|were|is|are) quoted as saying|quoted (?:[\w.’'-]{1,20} ){1,4}as saying|"
    "described|called|according to"
)
_PARTICIPLES = (
    "saying|stating|noting|emphasi[sz]ing|stressing|underlining|underscoring|adding|recalling|"
    "explaining|pointing out|remarking|warning|arguing|affirming|reiterating|declaring"
)
_SAYING = re.compile(
    rf"(?<![\w-])(?:{_FINITE}|{_PARTICIPLES})(?![\w-])".replace(" ", r"\s{1,3}"), re.IGNORECASE
)
#: Words of saying that as often say something else, when no quotation is beside them.
_ONLY_BESIDE_QUOTATIONS = frozenset(listed("added continued observed described called asked"))
_TOKEN = re.compile(r"[^\W_][\w’'.-]*|[^\w\s]")
_PRONOUNS = frozenset(listed("he she they i we it"))
_OBJECTS = frozenset(listed("him her them"))
_TITLES = frozenset(
    listed(
        "president presidents minister ministers prime foreign deputy vice secretary general "
        "chairman chairwoman chair head spokesman spokeswoman spokesperson official officials "
        "director leader leaders ambassador envoy statement ministry government agency report "
        "press service office expert experts analyst analysts economist economists source sources "
        "company bank diplomat diplomats trade economy transport energy finance senior "
        "chief executive premier"
    )
)
_LINKS = frozenset(listed("of for the and de bin at - – & ’s 's"))
_ARTICLES = frozenset(listed("the a an"))
_DETERMINERS = _ARTICLES | {"its", "his", "her", "their"}
_NO_NAMES = frozenset(
    listed(
        "in on at after before during when while as but and or if for from by with yesterday today "
        "earlier later meanwhile however also then thus monday tuesday wednesday thursday friday "
        "saturday sunday that this these those there what which who our their his her its"
    )
)
_SKIPPED = frozenset(listed("also has had have then further later earlier once again previously"))
_ASIDE_MARKS = frozenset(",–—")
_APPOSITION = (
    frozenset(listed("in at on of for")) | _ARTICLES | _TITLES | {"who", "his", "her", "its"}
)
_LEAD = re.compile(r"[\s,;—–-]{0,10}")
_ASIDE = re.compile(
    r"\s{1,3}(?:in|on|at|during|to|while|after|earlier|late|yesterday|today|monday|tuesday|"
    r"wednesday|thursday|friday|saturday|sunday|reporters|journalists)(?!\w)|\s*(?:[.,;]|$)",
    re.IGNORECASE,
)
_THAT = re.compile(r"\s{1,3}that(?!\w)")
_NO_CLAUSE = re.compile(
    r"(?:\w{1,20}ing|in|on|at|during|after|before|while|when|as|asked|for|by|with|from|since|"
    r"according|meanwhile|however|earlier|later)(?!\w)",
    re.IGNORECASE,
)
_AGENCY = re.compile(r"\([^()]{1,60}\)\s{0,9}")
_DAYS = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday"
#: "Omar on Monday said": the day stands between the speaker and the word of saying.
_WHEN = re.compile(rf",?\s{{1,3}}(?:(?:late |early )?on\s)?(?:{_DAYS}),?\s{{1,3}}$")
_MEETING = (
    r"(?:an?|the)\s(?:[\w-]{1,20}\s){0,3}(?:conference|briefing|meeting|forum|summit|session)"
)
_ADDRESSEE = re.compile(
    rf"\s{{1,3}}(?:reporters|journalists|lawmakers|parliament|{_MEETING}"
    r"|[A-Z][\w’'-]{0,20}(?:\.?\s[A-Z][\w’'-]{0,20}){0,5}"
    r"(?=[,.]|\s(?:in|on|at|by|during|after)\s))(?!\w)"
)
_UNNAMED = (
    r"(?:(?:two|three|four|five|several|some)\s)?(?:people|persons?|sources?|officials?)\s"
    r"(?:familiar\swith|close\sto|briefed\son|with\sknowledge\sof)\s(?:the|its|their)\s\w{1,20}"
)
_ENDS_UNNAMED = re.compile(rf"(?<!\w)({_UNNAMED})\s{{1,3}}$", re.IGNORECASE)
_BEGINS_UNNAMED = re.compile(rf"\s{{1,3}}({_UNNAMED})(?!\w)", re.IGNORECASE)
#: "He said this at a briefing": what was said stands in another sentence.
_QUOTED = re.compile(r"quoted\s{1,3}(.{1,90}?)\s{1,3}as\s{1,3}saying$", re.IGNORECASE | re.DOTALL)
#: "the Law “On ...”, titled “...”": what follows is the name of something.
_TITLED = re.compile(
    r"(?<!\w)(?:titled|entitled|dubbed|themed|named|theme|motto|slogan|title|law|decree|agreement|"
    r"resolution|convention|declaration|programme|program|project|book|film|exhibition|song)"
    r",?\s{0,3}(?:of|is|was)?\s{0,3}$",
    re.IGNORECASE,
)
_NAME_AND_COLON = re.compile(r"\s*[^\W\d_][\w.’'-]{0,30}(?:\s[^\W\d_][\w.’'-]{0,30}){0,5}:\s{0,9}")
_POINTS_BACK = re.compile(r"\s{1,3}(?:this|so)(?=\s{1,3}(?:in|on|at|during|to|while|after)\s|[.,])")
_SAYS_NO_MORE = re.compile(rf".(?:{_POINTS_BACK.pattern}|{_ASIDE.pattern})", re.IGNORECASE)
_DASH = re.compile(r"[–—-]\s")


def speech(
    text: str, paragraphs: tuple[Span, ...], sentences: tuple[Span, ...]
) -> tuple[tuple[Quotation, ...], list[Note]]:
    """Find what is quoted, with its speaker.

    Examples
    --------
    >>> text = "“Trade grew by any measure,” A. Omar said. He also noted the role of ports."
    >>> everything = Span(0, len(text))
    >>> for q in speech(text, (everything,), (Span(0, 42), Span(43, len(text))))[0]:
    ...     print(q.kind, "|", q.speaker.of(text), "|", q.verb.of(text), "|", q.span.of(text))
    direct | A. Omar | said | Trade grew by any measure,
    reported | He | noted | the role of ports
    """
    quoted, notes = marked(text, paragraphs)
    notes += [
        Note(Span(at, at + 1), "a dash opens the paragraph: speech in this style is not read")
        for at in (paragraph.start for paragraph in paragraphs)
        if _DASH.match(text, at)
    ]
    reading = _Reading(text, paragraphs, sentences, quoted)
    found = reading.direct() + reading.reported()
    return tuple(_name_speakers(text, _carry(found, paragraphs))), notes + reading.notes


class _Reading:
    """One pass over a report's sentences and quotations."""

    def __init__(
        self,
        text: str,
        paragraphs: tuple[Span, ...],
        sentences: tuple[Span, ...],
        quoted: list[Parts],
    ) -> None:
        self.text, self.paragraphs, self.sentences, self.quoted = (
            text,
            paragraphs,
            sentences,
            quoted,
        )
        self.paragraph_starts = [span.start for span in paragraphs]
        self.sentence_starts = [span.start for span in sentences]
        #: From a quotation's first mark to its last.
        self.outer = [Span(parts[0].start - 1, parts[-1].end + 1) for parts in quoted]
        self.outer_starts = [span.start for span in self.outer]
        self.used: set[int] = set()
        self.notes: list[Note] = []

    def direct(self) -> list[Quotation]:
        """Read each quotation between marks that is speech."""
        found = []
        for number, parts in enumerate(self.quoted):
            short = sum(part.end - part.start for part in parts) < _LEAST
            # Most short ones are told by their end: a million bare marks are looked at once each.
            if short and not self._ends_as_speech(parts[-1]):
                continue
            verb, speaker = self._after(number)
            followed = verb is not None
            if short and not followed and not self._is_sentence(parts):
                continue
            if not followed:
                verb, speaker = self._before(number)
            if verb is None and self._is_title(number):
                self.notes.append(Note(self.outer[number], "the name of something, not speech"))
                continue
            if verb is not None:
                self.used.add(verb.start)
            # "President Omar said: “...,” he added": the pronoun's name stands before.
            pronoun = speaker is not None and _is_pronoun(speaker.of(self.text))
            named = self._before(number)[1] if followed and pronoun else None
            span = Span(parts[0].start, parts[-1].end)
            found.append(Quotation(span, speaker, verb, "direct", parts, named))
        return found

    def _ends_as_speech(self, part: Span) -> bool:
        """Tell the end of something said, "No," or 'No', from that of words under discussion."""
        return part.start < part.end and (
            part.of(self.text).rstrip()[-1:] in _ENDS_OF_SPEECH
            or self.text[part.end + 1 : part.end + 2] in _ENDS_OF_SPEECH
        )

    def _is_sentence(self, parts: Parts) -> bool:
        """Tell whether a quotation is a sentence of the report by itself: “It is so.”"""
        opening = parts[0].start - 1
        index = bisect_right(self.sentence_starts, opening) - 1
        whole = parts[-1].of(self.text).rstrip()[-1:] in {".", "!", "?"}
        return whole and self.sentence_starts[index] == opening

    def _is_title(self, number: int) -> bool:
        opening = self.outer[number].start
        return _TITLED.search(self.text[max(0, opening - 30) : opening]) is not None

    def _after(self, number: int) -> tuple[Span | None, Span | None]:
        """Read "...,” he said" or "...,” said Omar"."""
        close = self.outer[number].end
        high = self.paragraphs[bisect_right(self.paragraph_starts, close - 1) - 1].end
        if number + 1 < len(self.outer):
            high = min(high, self.outer[number + 1].start)
        lead = _LEAD.match(self.text, close, max(close, high)).end()
        if lead >= high or (self.text[close - 2] == "." and not self.text[lead].islower()):
            return None, None
        verb = _SAYING.search(self.text, lead, min(high, lead + _FAR))
        if verb is None:
            return None, None
        if verb.start() == lead:
            return Span(*verb.span()), self._forward(verb.end(), high)
        speaker = self._backward(lead, verb.start())
        if speaker is None or speaker.start != lead:
            return None, None
        return Span(*verb.span()), _whom(verb) or speaker

    def _before(self, number: int) -> tuple[Span | None, Span | None]:
        """Read "he said: “..." in the same sentence, or in a paragraph that ends in a colon."""
        opening = self.outer[number].start
        index = bisect_right(self.sentence_starts, opening) - 1
        low = self.sentences[index].start
        high = opening
        if low == opening and index:
            before = self.sentences[index - 1]
            if self.text[before.end - 1] != ":":
                return None, None
            low, high = before.start, before.end
        if number:
            low = max(low, self.outer[number - 1].end)
        verbs = list(_SAYING.finditer(self.text, max(low, high - 2 * _FAR), high))
        for place in range(len(verbs) - 1, -1, -1):
            verb = verbs[place]
            speaker = self._speaker(verb, low, high)
            if _is_participle(verb[0]) and speaker is None:
                # "The President affirmed this, stating": the subject stands by an earlier verb.
                for other in reversed(verbs[:place]):
                    speaker = speaker or self._speaker(other, low, high)
                speaker = speaker or self._forward(low, high)
            if speaker is not None:
                return Span(*verb.span()), speaker
        if agency := _AGENCY.match(self.text, low, high):
            low = agency.end()
        if high - low < _FAR and _NAME_AND_COLON.fullmatch(self.text, low, high):
            # "Omar: “We will see.”" needs no word of saying.
            return None, self._forward(low, high)
        return None, None

    def _speaker(self, verb: re.Match[str], low: int, high: int) -> Span | None:
        if whom := _whom(verb):
            return whom
        if verb[0].lower().startswith("according"):
            return self._forward(verb.end(), high)
        return self._backward(low, verb.start())

    def reported(self) -> list[Quotation]:
        """Read, for each sentence, the first thing that is said in the reporter's words."""
        verbs = [m for m in _SAYING.finditer(self.text) if self._outside(m.start())]
        found, at = [], 0
        for sentence in self.sentences:
            own = []
            while at < len(verbs) and verbs[at].start() < sentence.end:
                if verbs[at].start() >= sentence.start:
                    own.append(verbs[at])
                at += 1
            for place, verb in enumerate(own):
                quotation = self._reported(sentence, verb, own[place + 1 : place + 9])
                if quotation is not None:
                    found.append(quotation)
                    break
        return found

    def _outside(self, at: int) -> bool:
        """Tell whether a word of saying stands outside quotations."""
        index = bisect_right(self.outer_starts, at) - 1
        return index < 0 or at >= self.outer[index].end

    def _reported(
        self, sentence: Span, verb: re.Match[str], later: list[re.Match[str]]
    ) -> Quotation | None:
        word = verb[0].lower()
        if verb.start() in self.used:
            return None
        if word in _ONLY_BESIDE_QUOTATIONS or _is_participle(word):
            return None
        low = sentence.start
        index = bisect_right(self.outer_starts, verb.start()) - 1
        if index >= 0:
            low = max(low, min(self.outer[index].end, verb.start()))
        speaker = self._speaker(verb, low, sentence.end)
        if speaker is None:
            return None
        if word.startswith("according"):
            opens = verb.start() - sentence.start <= 2
            part = Span(speaker.end, sentence.end) if opens else Span(sentence.start, verb.start())
        elif self._ends_clause(sentence, verb, speaker):
            part = Span(low, speaker.start)
        else:
            part = self._complement(sentence, verb, later)
        part = self._stripped(part)
        if part.end - part.start < 3:
            return None
        return Quotation(part, speaker, Span(*verb.span()), "reported")

    def _ends_clause(self, sentence: Span, verb: re.Match[str], speaker: Span) -> bool:
        """Tell "Trade grew, Omar said on Monday" from "On Monday, Omar said trade grew"."""
        opening = Span(sentence.start, min(speaker.start, sentence.start + _FAR))
        clause = self._stripped(opening)
        high = min(sentence.end, verb.end() + _FAR)
        addressed = verb[0].lower() == "told" and _THAT.search(self.text, verb.end(), high) is None
        return (
            self.text[max(sentence.start, speaker.start - 9) : speaker.start].rstrip()[-1:] == ","
            and (addressed or _ASIDE.match(self.text, verb.end(), sentence.end) is not None)
            and _NO_CLAUSE.match(self.text, clause.start, clause.end) is None
        )

    def _complement(self, sentence: Span, verb: re.Match[str], later: list[re.Match[str]]) -> Span:
        """Give what follows a word of saying, up to a quotation that the sentence goes on to."""
        start, end = verb.end(), sentence.end
        told = verb[0].lower() == "told"
        if _POINTS_BACK.match(self.text, start, end):
            return Span(start, start)
        if that := _THAT.match(self.text, start, end):
            start = that.end()
        elif told or _ASIDE.match(self.text, start, end):
            that = _THAT.search(self.text, start, min(end, start + _FAR))
            addressee = _ADDRESSEE.match(self.text, start, end) if told else None
            start = that.end() if that else addressee.end() if addressee else start
            if addressee and not that and _SAYS_NO_MORE.match(self.text, start - 1, end):
                return Span(start, start)
        for word in later:
            ahead = self.text[max(start, word.start() - 3) : word.start()].rstrip()
            if _is_participle(word[0]) and ahead.endswith(","):
                end = word.start()
                break
        index = bisect_right(self.outer_starts, verb.start())
        if index < len(self.outer) and (opening := self.outer_starts[index]) < end:
            before = self.text[max(start, opening - 3) : opening].rstrip()
            if not before or before.endswith((",", ":")):
                end = max(start, opening)
        return Span(start, end)

    def _stripped(self, span: Span) -> Span:
        """Take space, commas and an agency in brackets off a clause."""
        start, end = span.start, max(span.start, span.end)
        span = trimmed(self.text, Span(start, end))
        start, end = span.start, span.end
        if agency := _AGENCY.match(self.text, start, end):
            start = agency.end()
        while end > start and (self.text[end - 1] in ",.;:!?…—–" or self.text[end - 1].isspace()):
            end -= 1
        while start < end and (self.text[start] in ",;:—–" or self.text[start].isspace()):
            start += 1
        return Span(start, end)

    def _backward(self, low: int, high: int) -> Span | None:
        """Find the speaker that ends right before a word of saying."""
        low = max(low, high - _FAR)
        if unnamed := _ENDS_UNNAMED.search(self.text[low:high]):
            return Span(low + unnamed.start(1), low + unnamed.end(1))
        if when := _WHEN.search(self.text[low:high]):
            # In "Omar, 41, on Monday said" the comma before the day ends the aside.
            ends_aside = when[0].startswith(",") and not when[0].rstrip().endswith(",")
            high = low + when.start() + ends_aside
        tokens = list(_TOKEN.finditer(self.text, low, high))
        last = len(tokens) - 1
        while last >= 0 and (
            tokens[last][0].lower() in _SKIPPED or tokens[last][0].lower().endswith("ly")
        ):
            last -= 1
        if last >= 0 and tokens[last][0] in _ASIDE_MARKS:
            # "Omar, the minister of trade, said": the speaker stands before the aside.
            mark = tokens[last][0]
            begins = next((k for k in range(last - 1, -1, -1) if tokens[k][0] == mark), None)
            if begins is None or not (mark != "," or _is_aside(tokens[begins + 1][0].lower())):
                return None
            last = begins - 1
        first, at = None, last
        while at >= 0:
            word = tokens[at][0]
            if word.lower() in _PRONOUNS:
                first = at if at == last else first
                break
            if _is_name(word) or (first is not None and word.endswith(("'s", "’s"))):
                first = at
            elif first is None or word.lower() not in _LINKS:
                break
            at -= 1
        if first is None:
            return None
        if first and tokens[first - 1][0].lower() in _DETERMINERS:
            first -= 1
        if all(tokens[k][0].lower() in _ARTICLES for k in range(first, last + 1)):
            return None
        return Span(tokens[first].start(), tokens[last].end())

    def _forward(self, low: int, high: int) -> Span | None:
        """Find the speaker that begins right after a word of saying."""
        first = last = None
        if unnamed := _BEGINS_UNNAMED.match(self.text, low, high):
            return Span(*unnamed.span(1))
        for token in _TOKEN.finditer(self.text, low, min(high, low + _FAR)):
            word = token[0].rstrip(".'’-")
            first = token.start() if first is None else first
            if _is_pronoun(word) and last is None:
                return Span(token.start(), token.end())
            if word.lower() in _ARTICLES or word.lower() in _LINKS:
                continue
            if not _is_name(word):
                break
            last = token.start() + len(word)
            if word != token[0]:
                if len(word) > 2:
                    break
                last = token.end()  # an initial or a title: K., Dr.
        return None if last is None else Span(first, last)


def _is_participle(verb: str) -> bool:
    """Tell "stating" from "stated" and "according to"."""
    first = verb.lower().split()[0]
    return first.endswith("ing") and first != "according"


def _whom(verb: re.Match[str]) -> Span | None:
    """Give the speaker of "the press service quoted him as saying"."""
    quoted = _QUOTED.match(verb[0])
    return Span(verb.start() + quoted.start(1), verb.start() + quoted.end(1)) if quoted else None


def _is_aside(word: str) -> bool:
    """Tell a word that an aside begins with: Omar, speaking in Baku; Omar, 41; Omar, the head."""
    return word in _APPOSITION or word.endswith("ing") or word.isdigit()


def _is_pronoun(words: str) -> bool:
    """Tell whether a speaker is only pointed at: he, "according to him"."""
    return words.lower() in _PRONOUNS or words.lower() in _OBJECTS


def _is_name(word: str) -> bool:
    """Tell whether a token may be a part of a speaker: a capitalised word or a title."""
    lower = word.lower()
    return lower in _TITLES or (word[:1].isupper() and lower not in _NO_NAMES)


def _carry(found: list[Quotation], paragraphs: tuple[Span, ...]) -> list[Quotation]:
    """Give a quotation without a word of saying the speaker before it in its paragraph."""
    starts = [span.start for span in paragraphs]
    carried: list[Quotation] = []
    for quotation in sorted(found, key=lambda q: (q.span.start, q.span.end)):
        before = carried[-1] if carried else None
        if (
            quotation.speaker is None
            and quotation.verb is None
            and before is not None
            and bisect_right(starts, before.span.end) == bisect_right(starts, quotation.span.start)
        ):
            quotation = replace(quotation, speaker=before.speaker)  # noqa: PLW2901
        carried.append(quotation)
    return carried


def _name_speakers(text: str, found: list[Quotation]) -> list[Quotation]:
    """Read each pronoun as the nearest speaker before it that is none."""
    spans = {span for q in found for span in (q.speaker, q.named) if span}
    spoken = sorted(spans, key=lambda span: span.start)
    reading: dict[Span, Span | None] = {}
    last: Span | None = None
    for speaker in spoken:
        words = speaker.of(text).lower()
        if not _is_pronoun(words):
            last = speaker
        # "I" and "we" are the reporter, or a quotation without its marks: nobody named before.
        reading[speaker] = None if words in {"i", "we"} else last
    return [replace(q, named=reading[q.speaker]) if q.speaker else q for q in found]
