"""A way of four legs, 1,000 km, for tests of routes: rail, sea, rail, rail, from A to E."""

import pandas as pd

from analysis import routes

#: On the equator a degree is 111 km; the places stand a degree apart.
PLACES = pd.DataFrame(
    [(name, 0.0, float(i)) for i, name in enumerate("ABCDE")],
    columns=["place", "latitude", "longitude"],
)
LEGS = pd.DataFrame(
    [
        ("A", "B", "rail", "KAZ", 550.0, 500.0, 600.0, "stated", None, "s1"),
        ("B", "C", "sea", None, 120.0, 115.0, 130.0, "derived", None, "s2 s1"),
        ("C", "D", "rail", "AZE", 200.0, 200.0, 220.0, "stated", "E", "s3"),
        ("D", "E", "rail", "GEO", 130.0, 120.0, 140.0, "stated", None, "s4"),
    ],
    columns=["start", "end", "mode", "country", "km", "km_low", "km_high", "basis", "via",
             "source_keys"],
)  # fmt: skip
NET = routes.build_network(LEGS, PLACES)
WAY = routes.way(NET, "A", "E")
