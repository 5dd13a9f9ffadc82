"""Made-up files have the form and the bulk of BACI, and repeat."""

import zipfile

import pandas as pd

from tools import baci_generated

MEMBER = "BACI_HS92_Y2020_V202501.csv"


def written(folder, name="a.zip", **options):
    path = baci_generated.release(folder / name, [2020], 30_000, **options)
    with zipfile.ZipFile(path) as box:
        return box.read(MEMBER)


def test_a_year_is_sorted_and_holds_no_flow_twice(tmp_path):
    written(tmp_path)
    with zipfile.ZipFile(tmp_path / "a.zip") as box:
        frame = pd.read_csv(box.open(MEMBER), dtype={"k": str})
        known = pd.read_csv(box.open("country_codes_V202501.csv"))
    assert list(frame.columns) == ["t", "i", "j", "k", "v", "q"]
    assert abs(len(frame) - 30_000) < 0.05 * 30_000
    assert frame[["i", "j", "k"]].equals(frame.sort_values(["i", "j", "k"])[["i", "j", "k"]])
    assert not frame.duplicated(["i", "j", "k"]).any()
    assert (frame["i"] != frame["j"]).all()
    assert set(frame["i"]) <= set(known["country_code"])
    assert (frame["v"] > 0).all()
    assert 0 < frame["q"].isna().mean() < 0.05


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(tmp_path):
    first = written(tmp_path, seed=3)
    assert written(tmp_path, "b.zip", seed=3) == first
    assert written(tmp_path, "c.zip", seed=4) != first


def test_the_members_trade_with_each_other(tmp_path):
    frame = pd.concat(baci_generated.chunks(2020, 200_000))
    codes = list(baci_generated.MEMBERS.values())
    assert (frame["i"].isin(codes) & frame["j"].isin(codes)).sum() > 50
