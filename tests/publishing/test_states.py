"""Every sentence of every chapter reads in each state that its words are written for."""

import re
import warnings

import pytest

from analysis.chapter import Chapter, outputs
from analysis.chapter.sentences import Choice, compose
from analysis.errors import ChapterError
from publishing import execute, trial
from publishing.trial import instead

CHAPTERS = {path.stem: path for path in execute.chapters()}
#: A space too many, an end of a clause after a space, two ends, a name in braces left over.
FAULTS = re.compile(r"(?<=\S)  |\s[,;.:](?:\s|$)|[,;:.]{2}|,\.|\{\w+\}|\(\)|^\s*[,;.]", re.M)


def said(path):
    """Run a chapter and give its sentences as they were written: template, values."""
    found = []

    def recorded(template, values, chapter):
        found.append((template, values))
        return compose(template, values, chapter)

    space = {"__name__": "__main__"}
    with (
        instead(outputs, "compose", recorded),
        instead(outputs, "display", lambda data, **_: None),
        instead(Chapter, "figure", lambda *_, **__: None),  # what costs time and says nothing
        instead(Chapter, "table", lambda *_, **__: None),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        for cell in trial.script_of(path).cells:
            exec(cell, space)
    return found


def states(values):
    """Give the values of a sentence once for each state of each choice."""
    for name, choice in values.items():
        if isinstance(choice, Choice):
            for state in choice.words:
                yield f"{name} = {state}", values | {name: Choice(state, choice.words)}


def fault(template, values, chapter):
    """Give the words around what nobody would print, and the state that they are of."""
    for state, other in [("as it is", values), *states(values)]:
        text = compose(template, other, chapter).text
        bare = re.sub(r"\]\([^)\s]*(?: \"[^\"]*\")?\)|\{[\w:]+\}`[^`]*`", "]", text)
        if found := FAULTS.search(bare):
            return state, bare[max(0, found.start() - 60) : found.end() + 20]
    return None


@pytest.mark.parametrize("name", CHAPTERS)
def test_each_sentence_reads_in_every_state_of_each_choice(name):
    for template, values in said(CHAPTERS[name]):
        assert fault(template, values, name) is None
        # What may be true or false has words for both.
        for choice in values.values():
            if isinstance(choice, Choice) and {"True", "False"} & set(choice.words):
                assert set(choice.words) == {"True", "False"}, choice


@pytest.mark.parametrize(
    "words", [{"fell": "fell ", "rose": "rose"}, {"fell": "fell", "rose": ", rose"},
              {"fell": "fell", "rose": "rose."}],
)  # fmt: skip
def test_a_state_that_the_evidence_is_not_in_is_read_as_well(words):
    for state in words:
        assert fault("Trade {moved}.", {"moved": Choice(state, words)}, "trade")


def test_a_state_with_a_value_missing_or_a_number_typed_is_refused():
    for words, refusal in (("rose by {change}", "no value for {change}"),
                           ("rose by 12%", "'12%' is typed in prose")):  # fmt: skip
        choice = Choice("fell", {"fell": "fell", "rose": words})
        with pytest.raises(ChapterError, match=refusal):
            fault("Trade {moved}.", {"moved": choice}, "trade")
