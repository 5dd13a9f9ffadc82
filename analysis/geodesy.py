"""The shortest way over the Earth, taken as a sphere."""

import numpy as np
import pandas as pd

#: Mean radius of the Earth, km (IUGG).
EARTH_RADIUS = 6371.0088


def great_circle(
    first: tuple[float, float] | pd.Series, second: tuple[float, float] | pd.Series
) -> float:
    """Measure the shortest way over a sphere of the Earth's mean radius (haversine formula), in km.

    Each end is a latitude and a longitude in degrees.

    Examples
    --------
    A quarter of the way round the equator:

    >>> round(great_circle((0, 0), (0, 90)))
    10008
    """
    (lat1, lon1), (lat2, lon2) = np.radians([tuple(first), tuple(second)])
    half = np.sin((lat2 - lat1) / 2) ** 2
    half += np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return float(2 * EARTH_RADIUS * np.arcsin(np.sqrt(half)))
