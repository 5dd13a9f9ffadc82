"""The same reduction as most would write it: each year read whole with pandas, then grouped.

It shares no line with `refresh.sources.baci`, so that tests can hold the two against each other,
and timings stand beside it.
"""

import zipfile
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis.countries import WITH_OBSERVERS


def reduce(path: Path, *, years: Iterable[int] | None = None) -> pd.DataFrame:
    """Read a sound release of BACI with ``read_csv`` a file, and group it; nothing is checked.

    Returns a frame as `refresh.sources.baci.reduce` gives it for the members and observers.
    """
    wanted = None if years is None else {str(year) for year in years}
    found = []
    with zipfile.ZipFile(path) as box:
        (named,) = (name for name in box.namelist() if name.startswith("country_codes"))
        countries = pd.read_csv(box.open(named)).set_index("country_code")["country_iso3"]
        countries = countries[countries.isin(WITH_OBSERVERS.codes)]
        for name in sorted(box.namelist()):
            if not name.startswith("BACI_") or (wanted and name.split("_Y")[1][:4] not in wanted):
                continue
            flows = pd.read_csv(box.open(name), dtype={"k": str})
            flows = flows[flows["i"].isin(countries.index) & flows["j"].isin(countries.index)]
            kept = pd.DataFrame(
                {
                    "year": flows["t"],
                    "exporter": flows["i"].map(countries),
                    "importer": flows["j"].map(countries),
                    "usd": flows["v"] * 1000,
                }
            )
            keys = ["year", "exporter", "importer"]
            found.append(kept.groupby(keys, as_index=False)["usd"].sum())
    return pd.concat(found, ignore_index=True)
