"""What the once-counted path rests on, how it moved, and which pairs moved it."""

import pandas as pd

from ... import sources, trade
from ...countries import FIVE, NAMES
from ...formats import cite, in_words, listed, spans
from ...quantities import Quantity, keys_of
from ..sentence import Sentence

_ALL = 10
#: Percent, and equal pairs, by less than which something has not moved.
_LEVEL, _EVEN = 0.5, 0.3
#: Years after its own in which a figure was read early.
_YOUNG = 3
#: By less than this two figures are one, rounded.
_SAME = 1e-6
#: By less than this the path agrees with what a member's side stated.
_AGREES = 0.02


def change(by_pair: pd.DataFrame, start: int, end: int) -> Sentence:
    """Say whether the total fell, rose or stayed, for the middle of a sentence."""
    size = trade.absolute_change(by_pair, start, end)
    if size.value < _LEVEL:
        return Sentence("stayed level")
    way = "fell" if trade.change(by_pair, start, end).value < 0 else "rose"
    return Sentence(f"{way} by {{shift}}", {"shift": size})


def direction(by_pair: pd.DataFrame, start: int, end: int, prices: pd.DataFrame) -> str:
    """Say whether it hangs on the source that trade has grown after inflation."""
    least, most = trade.extremes(by_pair, start, end, prices)
    if least.value <= 1 < most.value:
        return "The direction depends on the source."
    return "The direction does not depend on the source; the size does."


def basis(by_pair: pd.DataFrame, flows: pd.DataFrame, pairs: pd.DataFrame) -> Sentence:
    """Say what the path rests on, pair by pair and year by year."""
    ours = by_pair[by_pair["basis"] == "reconciled"]
    series = cite(keys_of(pairs["source_keys"]))
    first, last = by_pair["year"].min(), by_pair["year"].max()
    counts = ours.groupby("year")["pair"].nunique()
    whole = counts.index[counts == _ALL]
    if len(whole) == by_pair["year"].nunique():
        return Sentence(
            f"For all ten pairs CEPII's BACI gives one reconciled figure a year, {first} to {last}"
            f"{series}. No year is an estimate."
        )
    text = (
        f"For {in_words(int(counts.min()))} of the ten pairs CEPII's BACI gives one reconciled "
        f"figure a year, {first} to {last}{series}"
    )
    text += f"; for all ten in {spans(whole)}." if len(whole) else "."
    own = by_pair[by_pair["pair"].str.contains("AZE") & (by_pair["basis"] != "reconciled")]
    if not len(whole):
        text += " The public copy at hand lacks the four pairs of Azerbaijan."
    reported = sorted(set(own.loc[own["basis"] == "reported", "year"]))
    stated = sorted(set(own["year"]) - set(reported))
    sides = []
    if reported:
        mine = flows[(flows["exporter"] == "AZE") & (flows["side"] == "exporter")]
        keys = keys_of(mine.loc[mine["year"].isin(reported), "source_keys"])
        until = f"to {reported[-1]}" if reported[0] == first else f"of {spans(reported)}"
        to = {"the IMF" if key.startswith("imf") else "the United Nations" for key in keys}
        sides.append(f"its reports to {listed(sorted(to))} {until}{cite(keys)}")
    if stated:
        then = "then " if reported and reported[-1] < stated[0] else ""
        which = "" if then else f" for {spans(stated)}"
        sides.append(
            f"{then}the figures that its customs service, ministers and members of parliament gave "
            f"to the press{which}"
        )
    text += (
        f" For {'the rest' if len(whole) else 'these'} the book takes Azerbaijan's own side"
        f"{'' if len(whole) else ' throughout'}: {', '.join(sides)}."
    )
    if own["basis"].isin(trade.ESTIMATED).any():
        text += (
            " Where only part of a year is known it is scaled to twelve months, and marked as an "
            "estimate."
        )
    return Sentence(text)


def matrices(flows: pd.DataFrame) -> Sentence:
    """Say for which years a whole reconciled matrix is at hand."""
    rows = flows[flows["side"] == "reconciled"]
    years, keys = sorted(set(rows["year"])), cite(keys_of(rows["source_keys"]))
    if len(years) == 1:
        return Sentence(
            f"For {years[0]} a full BACI matrix of all pairs and both observers exists{keys}: it "
            "is the firmest year in this book."
        )
    return Sentence(
        f"For {spans(years)} full BACI matrices of all pairs and both observers exist{keys}: they "
        "are the firmest years in this book."
    )


def one_sided(flows: pd.DataFrame) -> str:
    """Say for which years no total by one side can be given."""
    last, end = trade.last_mirrored_year(flows), int(flows["year"].max())
    if last >= end:
        return "Reports of both sides are at hand to the last year."
    return (
        f"Importers' figures for {spans(range(last + 1, end + 1))} are absent from it: reconciled "
        "data cannot answer for one side."
    )


def two_sided(flows: pd.DataFrame, year: int) -> str:
    """Say whether a year is the last one with both sides at hand."""
    which = "the last" if trade.last_mirrored_year(flows) == year else "a"
    return f"{which} year with both sides at hand"


def decade(by_pair: pd.DataFrame) -> Sentence:
    """Say where the path was least and where its largest step lies."""
    end = int(by_pair["year"].max())
    start, middle = end - _ALL, end - _ALL + 3
    once = {year: trade.total_of(by_pair, year) for year in (start, middle)}
    still = "still no higher than" if once[middle].value <= once[start].value else "higher than"
    rise, last = (trade.absolute_change(by_pair, *ends) for ends in ((2020, 2022), (end - 1, end)))
    way = "rise" if trade.change(by_pair, 2020, 2022).value > 0 else "fall"
    text = f"In {middle} it was {still} in {start}, at {{middle}}. The largest step is the "
    if last.value > rise.value:
        late = "rise" if trade.change(by_pair, end - 1, end).value > 0 else "fall"
        text += (
            f"{late} of {{last}} from {end - 1} to {end}; that from 2020 to 2022, after the "
            f"pandemic and into the war in Ukraine, is a {way} of {{rise}}."
        )
    else:
        text += (
            f"{way} of {{rise}} from 2020 to 2022, after the pandemic and into the war in Ukraine."
        )
    numbers = {"middle": once[middle], "rise": rise, "last": last}
    return Sentence(text + " We note the timing and name no cause.", numbers)


def other_side(by_pair: pd.DataFrame, partners: pd.DataFrame, start: int, end: int) -> Sentence:
    """Say what hangs on the choice of Azerbaijan's side or its partners'."""
    own = by_pair[by_pair["pair"].str.contains("AZE") & (by_pair["basis"] != "reconciled")]
    if own.empty:
        return Sentence(
            "Every pair is CEPII's reconciled figure, which weighs both: there is no such choice "
            "to make."
        )
    stated = own[~own["basis"].isin(("reported", "substitute"))]
    first, mine = (trade.total_of(frame, start).value for frame in (partners, by_pair))
    text = ""
    if len(stated):
        text = (
            f"Azerbaijan's pairs of {spans(set(stated['year']))} come from its customs service "
            "through the press. "
        )
    if first == mine:
        return Sentence(f"{text}Of {start} its partners' reports change nothing.")
    return Sentence(
        f"{text}By the partners' reports the start is {'higher' if first > mine else 'lower'}, and "
        f"{end} is {{growth}} {start}.",
        {"growth": trade.growth(partners, start, end)},
    )


def vintage(by_pair: pd.DataFrame) -> Sentence:
    """Say which early readings of national reports the path still rests on."""
    own = by_pair[trade.own_reports(by_pair, "AZE")]
    read = max(
        (
            int(sources.lookup(key).year)
            for key in keys_of(own["source_keys"])
            if key.startswith("imf")
        ),
        default=0,
    )
    late = sorted(set(own["year"]) & {read - _YOUNG, read - _YOUNG + 1})
    if not late:
        return Sentence("No figure of the path rests on an early reading of the IMF's data.")
    return Sentence(
        f"The IMF figures of {spans(late)} were read in {read}. No later reading is at hand, so "
        "what a revision would change cannot be shown; it would touch Azerbaijan's four pairs, "
        f"{{part}} of the total of {late[-1]}.",
        {"part": trade.weight(by_pair, late[-1], ("AZE",))},
    )


def editions(
    compared: pd.DataFrame, by_pair: pd.DataFrame, ladder: pd.DataFrame, year: int
) -> Sentence:
    """Say by how much editions differ, and where the path goes from one to another."""
    found = trade.breaks(by_pair)
    at = [int(it) for it in found.loc[found["kind"] == "edition", "year"]]
    text = f"No year stands in two editions, so none can be compared for {year}."
    numbers: dict[str, Quantity] = {}
    if len(compared):
        order = compared.reindex(compared["difference"].abs().sort_values().index)["pair"]
        gap = {name: trade.edition_gap(compared, pair, year) for name, pair in
               zip(("least", "next", "most"), order.iloc[[0, max(len(order) - 2, 0), -1]],
                   strict=True)}  # fmt: skip
        numbers = {name: it.derived(abs(it.value), "%", it.rule) for name, it in gap.items()}
        least, following, most = (f"{{{name}:{int(it.value < 1)}}}" for name, it in gap.items())
        text = (
            f"For {year} two editions of BACI differ by {least} to {following} for "
            f"{in_words(len(order) - 1)} pairs and by {most} for "
            f"{trade.names_of(order.iloc[-1])}."
        )
    if not at:
        return Sentence(f"{text} The path is of one edition throughout.", numbers)
    text += f" The path changes edition between {at[-1] - 1} and {at[-1]}"
    if at[-1] == year + 1:
        signed = trade.change(by_pair, year, year + 1).value
        if abs(signed) >= _LEVEL:
            text += f", the year of the {'fall' if signed < 0 else 'rise'}"
        if len(compared):
            matrix = trade.ladder_total(ladder, year, "once", FIVE)
            text += (
                ". Measured from the matrix of the other edition, the change in "
                f"{year + 1} is {{step}}"
            )
            step = trade.relative_change(matrix, trade.total_of(by_pair, year + 1))
            numbers["step"] = step
    return Sentence(f"{text}.", numbers)


def largest_contributions(split: pd.DataFrame, others: dict[str, tuple[float, float]]) -> Sentence:
    """Say which two pairs made the growth of the decade, and how sure they are."""
    top = split.head(2)
    pairs = tuple(top["pair"])
    whole, share = float(split["change"].sum()), trade.share_of_change(split, pairs)
    names = listed(trade.names_of(pair) for pair in pairs)
    if whole <= 0:
        return Sentence(
            "All ten pairs together did not grow ({numref}`fig-trade-waterfall`): "
            f"{trade.names_of(split.iloc[-1]['pair'])} lost most."
        )
    if share.value > 100:
        text = f"{names} added more than the whole growth ({{numref}}`fig-trade-waterfall`)."
    elif all("TUR" in pair for pair in pairs):
        text = (
            "Türkiye is one side of the two pairs that made {share} of the growth "
            "({numref}`fig-trade-waterfall`)."
        )
    else:
        text = f"{names} made {{share}} of the growth ({{numref}}`fig-trade-waterfall`)."
    if set(others) & set(pairs):
        text += (
            " Azerbaijan–Türkiye is also the least certain: the line through its step runs from "
            "what Türkiye's statistics give to what its minister says."
        )
    return Sentence(text, {"share": share})


def since(by_pair: pd.DataFrame, pair: str, year: int) -> str:
    """Say how a pair has moved since a year: fallen, risen or neither."""
    end = int(by_pair["year"].max())
    before, now = (trade.of_pair(by_pair, pair, it).value for it in (year, end))
    if abs(now / before - 1) < _LEVEL / 100:
        return "has stayed there since"
    return f"has {'fallen' if now < before else 'risen'} since"


def spread(by_pair: pd.DataFrame, start: int, end: int) -> str:
    """Say whether trade is concentrated in fewer pairs than before."""
    was, now = (trade.equal_pairs(by_pair, year).value for year in (start, end))
    if abs(now - was) < _EVEN:
        return "Concentration did not change"
    return f"Concentration {'rose' if now < was else 'fell'}"


def shares(found: pd.DataFrame, start: int, end: int) -> Sentence:
    """Say whether trade among the members grew faster than all their trade, and for whom."""
    ends = {
        code: [trade.share_of(found, code, year) for year in (start, end)]
        for code in ("OTS", *sorted(FIVE.codes))
    }
    first, last = ends.pop("OTS")
    faster = "faster" if last.value > first.value else "slower"
    rose = [NAMES[code] for code, (was, now) in ends.items() if now.value > was.value]
    rest = [NAMES[code] for code in ends if NAMES[code] not in rose]
    text = (
        f"The members' trade with each other grew {faster} than their trade with the world: from "
        f"{{first:1}} of it in {start} to {{last:1}} in {end} ({{numref}}`fig-trade-shares`). "
    )
    if not rest:
        text += "The share rose for all five."
    elif not rose:
        text += "The share rose for none of the five."
    else:
        text += (
            f"The share rose for {listed(rose)}; for {listed(rest)} it is no higher than before."
        )
    return Sentence(text, {"first": first, "last": last})


def two_readings(by_pair: pd.DataFrame, flows: pd.DataFrame, pair: str, year: int) -> Sentence:
    """Give what the path has for a pair, and what the matrix has where that is another figure."""
    series = trade.of_pair(by_pair, pair, year)
    first, second = pair.split("–")
    matrix = trade.side_of(flows, first, second, year, "reconciled")
    same = abs(matrix.value / series.value - 1) < _SAME
    return Sentence(
        "{series}" if same else "{series} or {matrix}, by edition",
        {"series": series, "matrix": matrix},
    )


def own_totals(checked: pd.DataFrame, reports: Quantity, twice: Quantity) -> Sentence:
    """Say how what members stated of their own totals stands to the path."""
    far = checked.assign(gap=checked["ratio"] - 1)
    agree = far[far["gap"].abs() <= _AGREES]
    parts = [
        f"{NAMES[code]}'s ({spans(set(rows['year']))}) agree{'s' if len(rows) == 1 else ''} with it"
        for code, rows in agree.groupby("reporter")
    ]
    for word, rows in (
        ("lower", far[far["gap"] > _AGREES]),
        ("higher", far[far["gap"] < -_AGREES]),
    ):
        names = [
            f"{'another of ' if code in set(agree['reporter']) else ''}{NAMES[code]}'s "
            f"({spans(set(it['year']))})"
            for code, it in rows.groupby("reporter")
        ]
        if names:
            parts.append(f"{listed(names)} {'are' if len(rows) > 1 else 'is'} {word}")
    why = (
        " The path also weighs what the partner reports. That is why the members' reports add up "
        "to less than our double count."
        if reports.value < twice.value
        else " The members' reports add up to more than our double count."
    )
    return Sentence(
        "Members' own totals part from the path in the same way ({numref}`tab-trade-members`). "
        f"{'; '.join(parts)}.{why}"
    )


def growing(by_pair: pd.DataFrame, start: int, end: int) -> Sentence:
    """Say by how much a year trade grew or shrank."""
    growth = trade.annual_growth(by_pair, start, end)
    way = "grew" if growth.value >= 0 else "shrank"
    size = growth.derived(abs(growth.value), growth.unit, growth.rule)
    return Sentence(
        f"{way} by {{pace:1}} a year from {start} to {end}, to {{growth}} the first total",
        {
            "pace": size,
            "growth": trade.growth(by_pair, start, end),
        },
    )


def ahead(needed: Quantity, due: int) -> Sentence:
    """Say which growth a target takes, or that it is met."""
    if needed.value <= 0:
        return Sentence("more than that was traded already")
    return Sentence(f"met in {due}, it takes {{needed:1}} a year", {"needed": needed})


def estimates(by_pair: pd.DataFrame) -> str:
    """Say in which years trade with members rests on estimates, if in any."""
    years = sorted(set(by_pair.loc[by_pair["basis"].isin(trade.ESTIMATED), "year"]))
    if not years:
        return "No figure of trade with members is an estimate."
    return f"Trade with members rests in part on estimates for {spans(years)}."
