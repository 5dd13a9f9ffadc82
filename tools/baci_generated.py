"""Files of BACI's shape, made up by a seeded generator: for tests and timings, never for the book.

Every number in them is invented. Form and bulk are those of a release: sorted by exporter, importer
and product, a few thousand products, unequal countries, three decimals, now and then no quantity.
"""

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

#: Numeric codes of ISO 3166-1, as BACI uses them.
MEMBERS = {"AZE": 31, "KAZ": 398, "KGZ": 417, "TUR": 792, "UZB": 860, "HUN": 348, "TKM": 795}
#: The one chapter that the Harmonized System keeps free.
_FREE = 77
#: How many countries a release has, the members among them; the others are stand-ins.
_COUNTRIES = 226
_PRODUCTS = 5_000
#: Rows that are made, and held in memory, at a time.
_CHUNK = 1_000_000
#: How many times as much the members, of middling size, trade with each other.
_NEARNESS = 8
VERSION = "202501"


def countries() -> pd.DataFrame:
    """List the members with their codes, and stand-ins for the rest of the world."""
    free = (code for code in range(4, 999) if code not in MEMBERS.values())
    others = {f"{number:03d}": next(free) for number in range(_COUNTRIES - len(MEMBERS))}
    codes = pd.Series({**MEMBERS, **others}).sort_values()
    return pd.DataFrame(
        {
            "country_code": codes.to_numpy(),
            "country_name": [f"Country, called {iso}" for iso in codes.index],
            "country_iso2": [iso[:2] for iso in codes.index],
            "country_iso3": codes.index,
        }
    )


def products() -> list[str]:
    """List products of every chapter, and the one that nobody specified."""
    chapters = [chapter for chapter in range(1, 98) if chapter != _FREE]
    each = _PRODUCTS // len(chapters)
    known = [f"{c:02d}{n // 10 + 1:02d}{n % 10}0" for c in chapters for n in range(each)]
    return [*known, "999999"]


def chunks(year: int, rows: int, seed: int = 0) -> Iterator[pd.DataFrame]:
    """Make one year's flows, about so many rows, part by part; the year moves the seed too.

    A part has the columns t, i, j, k, v (thousand USD) and q (tonnes, or missing); no flow twice.
    """
    chance = np.random.default_rng([seed, year])
    codes, codes_k = countries()["country_code"].to_numpy(), np.array(products())
    first, second = (axis.ravel() for axis in np.meshgrid(codes, codes, indexing="ij"))
    near = np.isin(codes, list(MEMBERS.values()))
    size = np.where(near, 1.0, np.exp(chance.normal(0, 1.5, len(codes))))
    weight = np.outer(size, size) * np.where(np.outer(near, near), _NEARNESS, 1)
    weight = np.where(first == second, 0, weight.ravel())
    counts = _spread(weight, rows, len(codes_k))
    ends = np.cumsum(counts)
    start = 0
    while start < len(counts):
        stop = int(np.searchsorted(ends, (ends[start - 1] if start else 0) + _CHUNK)) + 1
        part = slice(start, min(stop, len(counts)))
        n = counts[part]
        total = int(n.sum())
        begins = np.repeat(np.cumsum(n) - n, n)
        place = np.arange(total) - begins + np.repeat(chance.random(len(n)), n)
        value = np.round(np.exp(chance.normal(3, 2.5, total)) + 0.001, 3)
        tonnes = np.round(value * np.exp(chance.normal(-1, 1, total)), 3)
        tonnes[chance.random(total) < 0.02] = np.nan
        yield pd.DataFrame(
            {
                "t": np.int16(year),
                "i": np.repeat(first[part], n),
                "j": np.repeat(second[part], n),
                "k": codes_k[(place * len(codes_k) / np.repeat(n, n)).astype(int)],
                "v": value,
                "q": tonnes,
            }
        )
        start = part.stop


def _spread(weight: np.ndarray, rows: int, most: int) -> np.ndarray:
    """Share rows out by weight, none of them more than ``most``."""
    counts = np.zeros(len(weight))
    for _ in range(20):
        open_ = counts < most
        counts[open_] += (rows - counts.sum()) * weight[open_] / weight[open_].sum()
        counts = np.minimum(counts, most)
    return np.diff(np.round(np.cumsum(counts)), prepend=0).astype(int)


def release(path: Path, years: Iterable[int], rows: int, *, seed: int = 0, level: int = 1) -> Path:
    """Write a release as CEPII publishes one: a file a year, of about so many rows.

    ``level`` says how hard to compress, 1 (fast) to 9.
    """
    import pyarrow as pa  # noqa: PLC0415  (the book does without it)
    from pyarrow import csv  # noqa: PLC0415

    plain = csv.WriteOptions(include_header=False, quoting_style="none")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as box:
        for year in years:
            with box.open(f"BACI_HS92_Y{year}_V{VERSION}.csv", "w", force_zip64=True) as out:
                out.write(b"t,i,j,k,v,q\n")
                for chunk in chunks(year, rows, seed):
                    csv.write_csv(pa.Table.from_pandas(chunk, preserve_index=False), out, plain)
        box.writestr(f"country_codes_V{VERSION}.csv", countries().to_csv(index=False))
        named = pd.DataFrame({"code": products(), "description": "A product, of a test"})
        box.writestr(f"product_codes_HS92_V{VERSION}.csv", named.to_csv(index=False))
        box.writestr("Readme.txt", "Invented figures in the form of a BACI release.\n")
    return path
