"""Who speaks, of what and when: membership, chairmanship, size, counts of events, wordings.

Every function takes frames of ``data/`` and gives frames or a `Quantity`.
"""

from datetime import date, timedelta

import pandas as pd

from .countries import Membership
from .errors import ReckoningError
from .quantities import Quantity, keys_of, merge

_UNITS = {"area": "million km²", "population": "million", "gdp": "USD billion"}
_YEAR, _MONTH, _DAY = 4, 7, 10


def day(text: str) -> date:
    """Read a date that is exact to the day.

    Parameters
    ----------
    text : str
        ISO 8601.

    Raises
    ------
    ReckoningError
        The date is only a month or a year.

    Examples
    --------
    >>> day("2024-11-06")
    datetime.date(2024, 11, 6)
    """
    if len(text) != _DAY:
        raise ReckoningError(f"date {text!r} is not exact to the day", allowed="YYYY-MM-DD")
    return date.fromisoformat(text)


def decimal_year(text: str) -> float:
    """Place a date on an axis of years; a bare month or year stands at its middle.

    Examples
    --------
    >>> decimal_year("2024")
    2024.5
    >>> round(decimal_year("2023-12-31"), 3)
    2023.997
    """
    if len(text) == _YEAR:
        return int(text) + 0.5
    exact = date.fromisoformat(text if len(text) == _DAY else f"{text}-15")
    first = date(exact.year, 1, 1)
    return exact.year + (exact - first).days / (date(exact.year + 1, 1, 1) - first).days


def parties(members: pd.DataFrame, role: str, by: str = "9999") -> tuple[str, ...]:
    """List the codes of the states that had a role by a date, in alphabetical order.

    Parameters
    ----------
    members : DataFrame
        Table ``members``.
    role : str
        ``member`` or ``observer``.
    by : str, optional
        ISO date; today's list by default.

    Returns
    -------
    tuple of str
        Parties without a code of their own are left out.

    Examples
    --------
    >>> frame = pd.DataFrame({"country": ["UZB", "AZE"], "role": ["member"] * 2,
    ...                       "since": ["2019-10", "2009-10-03"]})
    >>> parties(frame, "member"), parties(frame, "member", by="2019-09")
    (('AZE', 'UZB'), ('AZE',))
    """
    rows = members[(members["role"] == role) & (members["since"] <= by)]
    return tuple(sorted(rows["country"].dropna()))


def terms(events: pd.DataFrame) -> pd.DataFrame:
    """Lay out the chairmanships: who, from when, to when, how many days.

    Parameters
    ----------
    events : DataFrame
        Table ``events``; a term ends on the day on which the next begins.

    Returns
    -------
    DataFrame
        Columns ``country``, ``name``, ``start``, ``end``, ``days``, ``source_keys``, by start. The
        term that has no successor in the table has no end.
    """
    rows = events[events["kind"] == "chairmanship"].sort_values("date").reset_index(drop=True)
    ends = rows["date"].shift(-1)
    return pd.DataFrame(
        {
            "country": rows["country"],
            "name": rows["short"],
            "start": rows["date"],
            "end": ends,
            "days": pd.array(
                [
                    None if pd.isna(end) else (day(end) - day(start)).days
                    for start, end in zip(rows["date"], ends, strict=True)
                ],
                dtype="Int64",
            ),
            "source_keys": [
                " ".join(dict.fromkeys(f"{own} {nxt}".split()))
                for own, nxt in zip(
                    rows["source_keys"], rows["source_keys"].shift(-1, fill_value=""), strict=True
                )
            ],
        }
    )


def chairmanship_days(events: pd.DataFrame, country: str) -> Quantity:
    """Count the days that a state held the chair.

    Parameters
    ----------
    events : DataFrame
        Table ``events``.
    country : str
        Code of the state.

    Returns
    -------
    Quantity
        In days, from the day it took the chair to the day it passed it on.

    Raises
    ------
    ReckoningError
        The table holds no ended term of that state, or more than one.
    """
    term = _term(events, country)
    return Quantity(
        float(term["days"]),
        "days",
        f"from {term['start']} to {term['end']}",
        tuple(term["source_keys"].split()),
        ("events",),
        int(term["end"][:4]),
    )


def timeline(events: pd.DataFrame) -> pd.DataFrame:
    """Place the events on an axis of years, and the terms of the chair beside them.

    Returns
    -------
    DataFrame
        Columns ``kind``, ``label``, ``date``, ``when`` (decimal year), ``until`` (decimal year,
        for ended terms), ``days`` (for ended terms).
    """
    chairs = terms(events).set_index("start")
    rows = events.sort_values(["date", "kind"]).reset_index(drop=True)
    is_term = rows["kind"] == "chairmanship"
    end = rows["date"].map(chairs["end"]).where(is_term)
    return pd.DataFrame(
        {
            "kind": rows["kind"],
            "label": rows["short"],
            "date": rows["date"],
            "when": rows["date"].map(decimal_year),
            "until": end.map(decimal_year, na_action="ignore").astype(float),
            "days": rows["date"].map(chairs["days"]).where(is_term).astype("Int64"),
        }
    )


def sums(sizes: pd.DataFrame, lists: tuple[Membership, ...]) -> pd.DataFrame:
    """Add up area, population and GDP over each list of countries, for each year and release.

    Parameters
    ----------
    sizes : DataFrame
        Table ``sizes``.
    lists : tuple of Membership
        The lists.

    Returns
    -------
    DataFrame
        Columns ``measure``, ``list``, ``year``, ``vintage``, ``value``, ``unit`` (million km²,
        million, USD billion), ``source_keys``.

    Raises
    ------
    ReckoningError
        A country of a list has no figure for a measure, year and release that others have.
    """
    found = []
    for (measure, year, vintage), rows in sizes.groupby(["measure", "year", "vintage"], sort=False):
        for each in lists:
            chosen = rows[rows["country"].isin(each.codes)]
            missing = sorted(set(each.codes) - set(chosen["country"]))
            if missing:
                raise ReckoningError(
                    f"no {measure} of {', '.join(missing)} in {year}, {vintage}",
                    where=f"sum over {each.name}",
                    allowed="a figure for every country of the list",
                )
            value = chosen["value"].sum() / (1e6 if measure == "area" else 1)
            found.append(
                (
                    measure,
                    each.name,
                    year,
                    vintage,
                    value,
                    _UNITS[measure],
                    " ".join(keys_of(chosen["source_keys"])),
                )
            )
    return pd.DataFrame(
        found, columns=["measure", "list", "year", "vintage", "value", "unit", "source_keys"]
    )


def size(totals: pd.DataFrame, measure: str, group: str, year: int, vintage: str) -> Quantity:
    """Pick one sum of `sums`.

    Raises
    ------
    ReckoningError
        There is no such sum.
    """
    rows = totals[
        (totals["measure"] == measure)
        & (totals["list"] == group)
        & (totals["year"] == year)
        & (totals["vintage"] == vintage)
    ]
    if len(rows) != 1:
        raise ReckoningError(
            f"{len(rows)} sums of {measure} over {group} in {year}, {vintage}", allowed="one"
        )
    row = rows.iloc[0]
    return Quantity(
        float(row["value"]),
        row["unit"],
        f"sum over {group}, {vintage}",
        tuple(row["source_keys"].split()),
        ("sizes",),
        int(year),
    )


def stated_size(statements: pd.DataFrame, measure: str, when: str, speaker: str) -> Quantity:
    """Pick one statement of size.

    Raises
    ------
    ReckoningError
        Nobody of that name stated that measure on that date.
    """
    rows = statements[
        (statements["measure"] == measure)
        & (statements["date"] == when)
        & (statements["speaker"] == speaker)
    ]
    if len(rows) != 1:
        raise ReckoningError(f"no {measure} stated by {speaker} on {when}")
    row = rows.iloc[0]
    return Quantity(
        float(row["value"]),
        row["unit"],
        f"as stated: {row['bound']}",
        tuple(row["source_keys"].split()),
        ("size_statements",),
        int(when[:4]),
    )


def one_size(sizes: pd.DataFrame, country: str, measure: str, year: int, vintage: str) -> Quantity:
    """Look up one figure of one country in one release.

    Raises
    ------
    ReckoningError
        There is none.
    """
    rows = sizes[
        (sizes["country"] == country)
        & (sizes["measure"] == measure)
        & (sizes["year"] == year)
        & (sizes["vintage"] == vintage)
    ]
    if rows.empty:
        raise ReckoningError(f"no {measure} of {country} in {year}, {vintage}")
    row = rows.iloc[0]
    return Quantity(
        float(row["value"]),
        row["unit"],
        f"as published, {vintage}",
        tuple(row["source_keys"].split()),
        ("sizes",),
        year,
    )


def excess(stated: Quantity, summed: Quantity) -> Quantity:
    """Say by how many per cent a stated figure is above a sum (below it: negative).

    Raises
    ------
    ReckoningError
        The two are not in one unit.

    Examples
    --------
    >>> said = Quantity(4.5, "million km²", "stated", ("a",), ("size_statements",))
    >>> found = Quantity(4.0, "million km²", "sum", ("b",), ("sizes",))
    >>> excess(said, found).value
    12.5
    """
    if stated.unit != summed.unit:
        raise ReckoningError(f"{stated.unit} against {summed.unit}", allowed="one unit")
    return Quantity(
        100 * (stated.value / summed.value - 1),
        "%",
        "the stated figure over the sum, less one",
        merge(stated.sources, summed.sources),
        merge(stated.tables, summed.tables),
        summed.year,
    )


def share_of_world(sizes: pd.DataFrame, group: Membership, year: int, vintage: str) -> Quantity:
    """Compare the GDP of a list of countries with the world's, in per cent.

    Raises
    ------
    ReckoningError
        The release has no figure for the world.
    """
    rows = sizes[
        (sizes["measure"] == "gdp") & (sizes["year"] == year) & (sizes["vintage"] == vintage)
    ]
    world = rows.loc[rows["country"] == "WLD", "value"]
    if world.empty:
        raise ReckoningError(f"no GDP of the world in {year}, {vintage}")
    part = size(sums(rows, (group,)), "gdp", group.name, year, vintage)
    return part.like(
        100 * part.value / float(world.iloc[0]),
        "%",
        f"GDP of {group.name} over GDP of the world, {vintage}",
    )


def size_comparison(
    totals: pd.DataFrame, statements: pd.DataFrame, releases: tuple[tuple[str, int, str], ...]
) -> pd.DataFrame:
    """Put sums and statements under one another, measure by measure.

    Parameters
    ----------
    totals : DataFrame
        From `sums`.
    statements : DataFrame
        Table ``size_statements``.
    releases : tuple of (str, int, str)
        Measure, year and release of the sums to show.

    Returns
    -------
    DataFrame
        Columns ``measure``, ``kind`` (``sum`` or ``stated``), ``label``, ``bound``, ``value``,
        ``unit``: area first, then population, then GDP; GDP in USD trillion.
    """
    named = zip(totals["measure"], totals["year"], totals["vintage"], strict=True)
    totals = totals[[each in releases for each in named]]
    added = pd.DataFrame(
        {
            "measure": totals["measure"],
            "kind": "sum",
            "label": [
                f"{name[0].upper()}{name[1:]}" + ("" if measure == "area" else f", {year}")
                for measure, name, year in zip(
                    totals["measure"], totals["list"], totals["year"], strict=True
                )
            ],
            "bound": "exactly",
            "value": totals["value"],
            "unit": totals["unit"],
            "vintage": totals["vintage"],
        }
    )
    said = statements.sort_values("date")
    spoken = pd.DataFrame(
        {
            "measure": said["measure"],
            "kind": "stated",
            "label": [
                f"{who.split('. ')[-1]}, {_month(when)}"
                for who, when in zip(said["speaker"], said["date"], strict=True)
            ],
            "bound": said["bound"],
            "value": said["value"],
            "unit": said["unit"],
            "vintage": "",
        }
    )
    both = pd.concat([added, spoken], ignore_index=True)
    money = both["measure"] == "gdp"
    both["value"] = both["value"].where(~money, both["value"] / 1000)
    both["unit"] = both["unit"].where(~money, "USD trillion")
    rank = both["measure"].map({name: place for place, name in enumerate(_UNITS)})
    return both.loc[rank.sort_values(kind="stable").index].reset_index(drop=True)


def count_history(counts: pd.DataFrame, events: pd.DataFrame, chair: str) -> pd.DataFrame:
    """Follow the stated number of events of one chairmanship, statement by statement.

    Parameters
    ----------
    counts : DataFrame
        Table ``event_counts``.
    events : DataFrame
        Table ``events``.
    chair : str
        Code of the state in the chair.

    Returns
    -------
    DataFrame
        Columns ``date``, ``day`` (days since the term began), ``speaker``, ``bound``, ``count``,
        ``term`` (its length in days), ``start``, ``end``, ``source_keys``, by date.

    Raises
    ------
    ReckoningError
        Nobody stated a number for that chair.
    """
    term = _term(events, chair)
    rows = counts[counts["chair"] == chair].sort_values("date")
    if rows.empty:
        raise ReckoningError(f"no number of events was stated for the chair of {chair}")
    return pd.DataFrame(
        {
            "date": rows["date"],
            "day": [(day(when) - day(term["start"])).days for when in rows["date"]],
            "speaker": rows["speaker"],
            "bound": rows["bound"],
            "count": rows["count"],
            "term": int(term["days"]),
            "start": term["start"],
            "end": term["end"],
            "source_keys": rows["source_keys"],
        }
    ).reset_index(drop=True)


def first_stated(history: pd.DataFrame, count: int) -> Quantity:
    """Find the day of the term on which a number was first stated.

    Parameters
    ----------
    history : DataFrame
        From `count_history`.
    count : int
        The number.

    Raises
    ------
    ReckoningError
        The number was never stated.
    """
    rows = history[history["count"] == count]
    if rows.empty:
        raise ReckoningError(
            f"{count} events were never stated",
            allowed=", ".join(str(value) for value in sorted(set(history["count"]))),
        )
    row = rows.iloc[0]
    return Quantity(
        float(row["day"]),
        "days into the term",
        f"first stated on {row['date']}",
        tuple(row["source_keys"].split()),
        ("event_counts", "events"),
        int(row["date"][:4]),
    )


def stated_count(history: pd.DataFrame, when: str) -> Quantity:
    """Give the number stated on a date.

    Raises
    ------
    ReckoningError
        Nothing was stated on that date.
    """
    rows = history[history["date"] == when]
    if rows.empty:
        raise ReckoningError(f"no number stated on {when}", allowed=", ".join(history["date"]))
    row = rows.iloc[0]
    return Quantity(
        float(row["count"]),
        "events",
        f"as stated on {when}: {row['bound']}",
        tuple(row["source_keys"].split()),
        ("event_counts",),
        int(when[:4]),
    )


def first_date(history: pd.DataFrame, count: int) -> date:
    """Give the date on which a number was first stated (see `first_stated`)."""
    found = first_stated(history, count)
    return day(history["start"].iloc[0]) + timedelta(days=int(found.value))


def pace(history: pd.DataFrame, count: int) -> Quantity:
    """Say how many events a day were held for a stated number to be reached.

    Parameters
    ----------
    history : DataFrame
        From `count_history`.
    count : int
        A stated number.

    Returns
    -------
    Quantity
        In events a day, since the last lower number was stated, or since the term began.

    Raises
    ------
    ReckoningError
        The number was never stated.
    """
    later = first_stated(history, count)
    before = history[(history["day"] < later.value) & (history["count"] < count)]
    base, since, keys = 0, 0, ()
    if len(before):
        row = before.iloc[-1]
        base, since, keys = int(row["count"]), int(row["day"]), tuple(row["source_keys"].split())
    return Quantity(
        (count - base) / (later.value - since),
        "events a day",
        f"({count} − {base}) over the days from day {since} to day {later.value:.0f}",
        merge(keys, later.sources),
        ("event_counts", "events"),
        later.year,
    )


def days_left(history: pd.DataFrame, count: int) -> Quantity:
    """Count the days of the term that were left when a number was first stated.

    Raises
    ------
    ReckoningError
        The number was never stated.
    """
    found = first_stated(history, count)
    return found.like(
        float(history["term"].iloc[0]) - found.value,
        "days",
        f"{found.rule}, to the end of the term on {history['end'].iloc[0]}",
    )


def stated_times(history: pd.DataFrame, count: int) -> Quantity:
    """Count how often a number was stated."""
    rows = history[history["count"] == count]
    return Quantity(
        float(len(rows)),
        "times",
        f"statements of {count} events",
        keys_of(rows["source_keys"]),
        ("event_counts",),
    )


def has_list(counts: pd.DataFrame, chair: str) -> bool:
    """Tell whether a list of the events of a chairmanship was found."""
    return bool((counts.loc[counts["chair"] == chair, "list_published"] == "found").any())


def counts_by_period(counts: pd.DataFrame) -> pd.DataFrame:
    """Give the lowest and the highest number stated for each period as a whole.

    Parameters
    ----------
    counts : DataFrame
        Table ``event_counts``; numbers of a part of a period are left out.

    Returns
    -------
    DataFrame
        Columns ``period``, ``lowest`` and ``highest`` with their ``lowest_bound`` and ``bound``,
        ``statements`` (how many), ``source_keys``, in the order of the table.
    """
    found = []
    for period, rows in counts[counts["covers"] == "whole"].groupby("period", sort=False):
        top, low = rows.loc[rows["count"].idxmax()], rows.loc[rows["count"].idxmin()]
        found.append(
            (
                period,
                int(low["count"]),
                low["bound"],
                int(top["count"]),
                top["bound"],
                len(rows),
                " ".join(keys_of(rows["source_keys"])),
            )
        )
    return pd.DataFrame(
        found,
        columns=[
            "period",
            "lowest",
            "lowest_bound",
            "highest",
            "bound",
            "statements",
            "source_keys",
        ],
    )


def versions(games: pd.DataFrame) -> pd.DataFrame:
    """Set out the Games item by item: what was reported, what had been announced.

    Parameters
    ----------
    games : DataFrame
        Table ``games``.

    Returns
    -------
    DataFrame
        Columns ``item``, ``reported`` and ``announced`` (versions joined by " / "), ``disputed``
        (more than one version reported), ``source_keys``, in the order of the table.
    """
    found = []
    for item, rows in games.groupby("item", sort=False):
        said = rows.loc[rows["stage"] == "reported", "version"]
        told = rows.loc[rows["stage"] == "announced", "version"]
        found.append(
            (
                item,
                " / ".join(said),
                " / ".join(told),
                len(said) > 1,
                " ".join(keys_of(rows["source_keys"])),
            )
        )
    return pd.DataFrame(found, columns=["item", "reported", "announced", "disputed", "source_keys"])


def disputed(games: pd.DataFrame) -> Quantity:
    """Count the items of the Games that were reported in more than one version."""
    rows = versions(games)
    rows = rows[rows["disputed"]]
    return Quantity(
        float(len(rows)),
        "items",
        "items reported in more than one version",
        keys_of(rows["source_keys"]),
        ("games",),
        2024,
    )


def reported(games: pd.DataFrame, item: str) -> Quantity:
    """Give a figure of the Games that sources agree on.

    Raises
    ------
    ReckoningError
        The item is not reported, not a figure, or reported in several versions.
    """
    rows = games[(games["item"] == item) & (games["stage"] == "reported")]
    if len(rows) != 1 or rows["value"].isna().any():
        raise ReckoningError(
            f"{len(rows)} reported versions of {item!r}", allowed="one version, with a figure"
        )
    row = rows.iloc[0]
    return Quantity(
        float(row["value"]),
        row["unit"] if isinstance(row["unit"], str) else "",
        f"{item}, as reported",
        tuple(row["source_keys"].split()),
        ("games",),
        2024,
    )


def readings(wordings: pd.DataFrame) -> pd.DataFrame:
    """Count the documents, other than the article, by what their wording leaves open.

    Parameters
    ----------
    wordings : DataFrame
        Table ``place_wordings``.

    Returns
    -------
    DataFrame
        Columns ``reading`` (``shared``, ``sole``), ``documents``, ``own_text`` (whether the
        summit's own text is among them), ``source_keys``.
    """
    others = wordings[wordings["kind"] != "article"]
    found = []
    for reading in ("shared", "sole"):
        rows = others[others["reading"] == reading]
        found.append(
            (
                reading,
                len(rows),
                bool((rows["kind"] == "own text").any()),
                " ".join(keys_of(rows["source_keys"])),
            )
        )
    return pd.DataFrame(found, columns=["reading", "documents", "own_text", "source_keys"])


def documents(wordings: pd.DataFrame, reading: str) -> Quantity:
    """Count the documents of one reading (see `readings`).

    Raises
    ------
    ReckoningError
        No such reading.
    """
    rows = readings(wordings)
    rows = rows[rows["reading"] == reading]
    if rows.empty:
        raise ReckoningError(f"no reading {reading!r}", allowed="shared, sole")
    return Quantity(
        float(rows.iloc[0]["documents"]),
        "documents",
        f"documents besides the article whose wording is {reading}",
        tuple(rows.iloc[0]["source_keys"].split()),
        ("place_wordings",),
        2021,
    )


def shared_words(wordings: pd.DataFrame) -> pd.DataFrame:
    """Measure how far the article repeats the earlier speech, topic by topic.

    Parameters
    ----------
    wordings : DataFrame
        Table ``statement_wordings``: each topic once in the speech and once in the interview.

    Returns
    -------
    DataFrame
        Columns ``topic``, ``words`` (distinct words of the interview), ``shared`` (those that the
        speech has too), ``share`` (per cent), ``source_keys``. Case, points and commas are ignored;
        ``V`` and ``5th`` are taken for the same word.

    Raises
    ------
    ReckoningError
        A topic lacks one of its two wordings.
    """
    found = []
    for topic, rows in wordings.groupby("topic", sort=False):
        said = dict(zip(rows["occasion"], rows["wording"], strict=True))
        try:
            later, earlier = _words(said["Ana Tili interview"]), _words(said["Bishkek summit"])
        except KeyError as missing:
            raise ReckoningError(f"no wording for {missing}", where=f"topic {topic}") from None
        common = len(later & earlier)
        found.append(
            (
                topic,
                len(later),
                common,
                100 * common / len(later),
                " ".join(keys_of(rows["source_keys"])),
            )
        )
    return pd.DataFrame(found, columns=["topic", "words", "shared", "share", "source_keys"])


def repetition(wordings: pd.DataFrame) -> Quantity:
    """Give the share of words repeated over all topics of `shared_words`, in per cent."""
    rows = shared_words(wordings)
    return Quantity(
        float(100 * rows["shared"].sum() / rows["words"].sum()),
        "%",
        "distinct words of the interview that the speech has too, over all topics compared",
        keys_of(rows["source_keys"]),
        ("statement_wordings",),
        2025,
    )


def days_between(wordings: pd.DataFrame) -> Quantity:
    """Count the days from the speech to the interview."""
    dates = sorted(set(wordings["date"]))
    return Quantity(
        float((day(dates[-1]) - day(dates[0])).days),
        "days",
        f"from {dates[0]} to {dates[-1]}",
        keys_of(wordings["source_keys"]),
        ("statement_wordings",),
        int(dates[-1][:4]),
    )


def outlets(reports: pd.DataFrame) -> Quantity:
    """Count the outlets, besides the article's own, that reported the interview."""
    others = reports[reports["source_keys"] != "tokayev2025ana"]
    return Quantity(
        float(len(others)),
        "outlets",
        "publishers besides the article's",
        keys_of(others["source_keys"]),
        ("interview_reports",),
        2025,
    )


def first_report(reports: pd.DataFrame) -> date:
    """Give the earliest day on which the interview was reported."""
    exact = [text for text in reports["date"] if len(text) == _DAY]
    if not exact:
        raise ReckoningError("no report of the interview is dated to the day")
    return day(min(exact))


def neighbours(borders: pd.DataFrame, country: str, group: Membership) -> Quantity:
    """Count the other members of a group that share a land border with a country.

    Parameters
    ----------
    borders : DataFrame
        Table ``borders``.
    country : str
        Code of the country.
    group : Membership
        The group; the country itself is left out.
    """
    rows = borders[
        (borders["country"] == country) & borders["neighbour"].isin(set(group.codes) - {country})
    ]
    return Quantity(
        float(len(rows)),
        "members",
        f"{group.name} with a land border with {country}",
        keys_of(rows["source_keys"]),
        ("borders",),
        2026,
    )


def acts_on_record(
    acts: pd.DataFrame, fields: tuple[str, ...], start: str, end: str
) -> pd.DataFrame:
    """List, for each field, the acts of a span of time by how far they went.

    Parameters
    ----------
    acts : DataFrame
        Table ``acts``.
    fields : tuple of str
        Fields to look in; one with nothing on record is kept with zeros.
    start, end : str
        ISO dates, both included.

    Returns
    -------
    DataFrame
        Columns ``field``, ``done``, ``not_done`` (proposed or announced), ``acts`` (their names
        joined by "; "), ``source_keys``.
    """
    found = []
    span = acts[(acts["date"] >= start) & (acts["date"] <= end)]
    for field in fields:
        rows = span[span["field"] == field]
        done = rows["stage"] == "done"
        found.append(
            (
                field,
                int(done.sum()),
                int((~done).sum()),
                "; ".join(rows["act"]),
                " ".join(keys_of(rows["source_keys"])),
            )
        )
    return pd.DataFrame(found, columns=["field", "done", "not_done", "acts", "source_keys"])


def _term(events: pd.DataFrame, country: str) -> pd.Series:
    rows = terms(events)
    rows = rows[(rows["country"] == country) & rows["days"].notna()]
    if len(rows) != 1:
        raise ReckoningError(
            f"{len(rows)} ended chairmanships of {country!r}", where="table events", allowed="one"
        )
    return rows.iloc[0]


def _month(text: str) -> str:
    return date.fromisoformat(text if len(text) == _DAY else f"{text}-01").strftime("%b %Y")


def _words(text: str) -> set[str]:
    plain = "".join(c if c.isalnum() or c in "$-" else " " for c in text.lower())
    return {{"v": "5th"}.get(word, word) for word in plain.split()}
