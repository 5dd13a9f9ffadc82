"""What the route carried, by whose count it is: the ministry's and the association's never join."""

from calendar import month_name

import pandas as pd

from .. import rows
from ..errors import ReckoningError
from ..quantities import Quantity, keys_of, merge
from .legs import Spread

#: Tonnes in a TEU of the route: 276,000 t in about 23,000 TEU, 2024.
TONNES = 12
_TONNES_KEY = "ktz2025xian"


def cargo(volumes: pd.DataFrame) -> pd.DataFrame:
    """List the yearly counts of cargo: the ministry's, the association's, and what else was stated.

    The association's is published for one year with its growth; the year before follows from that
    growth, as the middle between the speakers, and is marked as an estimate. Counts of part of a
    year are left out.

    Returns
    -------
    DataFrame
        ``series``, ``year``, ``mt`` (million t), ``low``, ``high``, ``estimate``, ``speaker``,
        ``source_keys``; sorted, one row a year in each of the two series.
    """
    cargo_rows = (volumes["metric"] == "cargo") & (volumes["kind"] == "all")
    whole = volumes[cargo_rows & (volumes["months"] == 12)]
    found = [
        (row.series, row.year, row.value, row.value, row.value, False, row.speaker, row.source_keys)
        for row in whole.itertuples()
        if row.series != "association"
    ]
    for year, group in whole[whole["series"] == "association"].groupby("year"):
        speakers = " and ".join(dict.fromkeys(group["speaker"]))
        cited = speakers, " ".join(keys_of(group["source_keys"]))
        now, before = group["value"], _before(group)
        found += [
            ("association", year - 1, before.central, before.low, before.high, True, *cited),
            ("association", year, now.mean(), now.min(), now.max(), False, *cited),
        ]
    columns = ["series", "year", "mt", "low", "high", "estimate", "speaker", "source_keys"]
    out = pd.DataFrame(found, columns=columns).sort_values(["series", "year", "mt"])
    out[["mt", "low", "high"]] /= 1000
    return out.reset_index(drop=True)


def cargo_in(volumes: pd.DataFrame, series: str, year: int) -> Quantity:
    """Give one year's cargo by one of the two counts, in million t.

    Raises
    ------
    ReckoningError
        The series has no figure for the year.
    """
    row = rows.one(cargo(volumes), "yearly cargo", series=series, year=year)
    rule = f"cargo as counted by {row['speaker']}"
    if row["estimate"]:
        rule += f"; from the count of {year + 1} and its stated growth"
    return Quantity.of(row, row["mt"], "million t", rule, ("route_volumes",), year=year)


def cargo_growth(volumes: pd.DataFrame, series: str, year: int) -> Quantity:
    """Give the growth of a series on the year before, in %.

    For the association's this is the middle of the growth that its speakers state.
    """
    now, before = cargo_in(volumes, series, year), cargo_in(volumes, series, year - 1)
    value = 100 * (now.value / before.value - 1)
    rule = f"cargo by the {series}'s count, {year} on {year - 1}"
    if before.estimate:
        rule += ", the middle of the growth rates stated"
    return now.derived(value, "%", rule, before)


def cargo_gap(volumes: pd.DataFrame, year: int) -> Quantity:
    """Give what the ministry counts above the association in one year, in million t."""
    wide, narrow = (cargo_in(volumes, series, year) for series in ("ministry", "association"))
    rule = "the ministry's count less the association's"
    return wide.derived(wide.value - narrow.value, "million t", rule, narrow)


def cargo_by_kind(volumes: pd.DataFrame, year: int) -> pd.DataFrame:
    """Split a year's cargo by kind, as far as it is known.

    Oil and containers are taken from the ministry's count of all cargo; what is left is other
    cargo, grain among it. Containers are turned into tonnes at 12 t a TEU.

    Returns
    -------
    DataFrame
        ``kind`` (``"oil"``, ``"containers"``, ``"other"``), ``mt`` (million t), ``estimate``,
        ``source_keys``.

    Raises
    ------
    ReckoningError
        The year has no count of all cargo, oil or containers, or the parts exceed the whole.
    """
    oil = rows.one(volumes, "route_volumes", metric="cargo", kind="oil", year=year, months=12)
    boxes = containers_in(volumes, year)
    whole = cargo_in(volumes, "ministry", year)
    parts = {"oil": oil["value"] / 1000, "containers": boxes.value * TONNES / 1000}
    rest = whole.value - sum(parts.values())
    if rest < 0:
        raise ReckoningError(
            f"oil and containers of {sum(parts.values()):g} million t in {year}",
            allowed=f"the whole, {whole.value:g}, or less",
        )
    keys = {
        "oil": oil["source_keys"],
        "containers": " ".join((*boxes.sources, _TONNES_KEY)),
        "other": " ".join(merge(whole.sources, boxes.sources, keys_of([oil["source_keys"]]))),
    }
    found = [(kind, mt, kind != "oil", keys[kind]) for kind, mt in {**parts, "other": rest}.items()]
    return pd.DataFrame(found, columns=["kind", "mt", "estimate", "source_keys"])


def kind_in(volumes: pd.DataFrame, kind: str, year: int) -> Quantity:
    """Give one kind of cargo in one year, in million t: see `cargo_by_kind`."""
    row = rows.one(cargo_by_kind(volumes, year), "cargo by kind", kind=kind)
    rule = {
        "oil": "oil from Aktau to Azerbaijan, as stated",
        "containers": f"containers of the route at {TONNES} t a TEU",
        "other": "the ministry's count less oil and containers",
    }[kind]
    return Quantity.of(row, row["mt"], "million t", rule, ("route_volumes",), year=year)


def containers(volumes: pd.DataFrame) -> pd.DataFrame:
    """List the containers of the whole route by year.

    A year without a count, whose next year is published with its growth, follows from that growth
    and is marked as an estimate.

    Returns
    -------
    DataFrame
        ``year``, ``teu_thousand``, ``estimate``, ``source_keys``; sorted by year.
    """
    counts = volumes[(volumes["metric"] == "containers") & (volumes["series"] == "route")]
    years = set(counts["year"])
    found = []
    for row in counts.itertuples():
        found.append((row.year, row.value / 1000, False, row.source_keys))
        if row.year - 1 not in years and pd.notna(row.growth_percent):
            before = row.value / (1 + row.growth_percent / 100)
            found.append((row.year - 1, before / 1000, True, row.source_keys))
    columns = ["year", "teu_thousand", "estimate", "source_keys"]
    return pd.DataFrame(found, columns=columns).sort_values("year", ignore_index=True)


def containers_in(volumes: pd.DataFrame, year: int) -> Quantity:
    """Give one year's containers of the whole route in thousand TEU.

    Raises
    ------
    ReckoningError
        No figure for the year.
    """
    row = rows.one(containers(volumes), "yearly containers", year=year)
    rule = "containers of the whole route, as stated"
    if row["estimate"]:
        rule = f"containers of {year + 1} over 1 + their stated growth"
    value, tables = row["teu_thousand"], ("route_volumes",)
    return Quantity.of(row, value, "thousand TEU", rule, tables, year=year)


def stated(volumes: pd.DataFrame, source: str, metric: str, year: int, **more: str) -> Quantity:
    """Give one figure as one source states it.

    Parameters
    ----------
    volumes : DataFrame
        As the table ``route_volumes``.
    source : str
        A key that the row rests on.
    metric : str
        ``"cargo"`` (given in million t), ``"containers"`` (in thousand TEU), ``"trains"``.
    year : int
        The year described, or of which a part is described.
    **more : str
        Other columns of the row, such as ``kind``.

    Raises
    ------
    ReckoningError
        Not exactly one row fits.
    """
    where = f"route_volumes, {source}"
    cites = volumes["source_keys"].map(lambda cell: source in cell.split())
    row = rows.one(volumes[cites], where, metric=metric, year=year, **more)
    months = "" if row["months"] == 12 else f", January to {month_name[row['months']]}"
    value, unit = float(row["value"]), row["unit"]
    if unit in ("thousand t", "TEU"):
        value, unit = value / 1000, {"TEU": "thousand TEU"}.get(unit, "million t")
    rule = f"{metric} as stated by {row['speaker']}{months}"
    return Quantity(value, unit, rule, (source,), ("route_volumes",), year)


def _before(group: pd.DataFrame) -> Spread:
    """Reckon the year before from a count and its stated growth, over all who stated one."""
    found = group["value"] / (1 + group["growth_percent"] / 100)
    return Spread(found.min(), (found.min() + found.max()) / 2, found.max())
