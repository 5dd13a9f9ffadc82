"""Each source's documented form is read; each fault is told in a line, and changes nothing."""

import functools
import json
import re

import pytest

from analysis import __main__, tables
from analysis.errors import RefreshError
from refresh import command
from refresh.fetch import Fetcher
from refresh.proposal import propose
from refresh.sources import comtrade, imf, worldbank

YEARS = (2021, 2022)
#: What Azerbaijan and Kazakhstan report of each other, in whole dollars.
REPORTS = {
    ("AZE", "XG_FOB_USD", "KAZ", 2021): 40_000_000,
    ("AZE", "MG_CIF_USD", "KAZ", 2021): 95_700_000,
    ("KAZ", "XG_FOB_USD", "AZE", 2021): 91_000_000,
    ("KAZ", "MG_CIF_USD", "AZE", 2021): 42_500_000,
}
UN = [
    (31, "X", 398, 2021, 40_000_000.4),
    (31, "M", 398, 2021, 95_700_000),
    (398, "X", 31, 2021, 91_000_000),
]


def bank(form, reply, change=None, **options):
    """Answer every series with one row a country and year, its value from its code and year."""

    def answer(handler):
        path, query = form.query(handler)
        countries = path.split("/")[2].split(";")
        first, last = map(int, query["date"].split(":"))
        rows = [
            (country, year, 1e9 if ".CD." in path else 1.5)
            for country in countries
            for year in range(first, last + 1)
        ]
        return reply(form.worldbank(change(rows) if change else rows, **options))

    return answer


# --- what each source gives ---------------------------------------------------------------------


def test_the_imf_gives_each_flow_by_both_reports(service, fetcher, form, reply):
    service.replies = [reply(form.imf(REPORTS))]
    delivery = imf.read(fetcher, YEARS, service.address)
    path, headers = service.asked[0]
    assert headers["Accept"] == "application/vnd.sdmx.structurespecificdata+xml;version=2.1"
    codes = "AZE+HUN+KAZ+KGZ+TKM+TUR+UZB"
    assert path == (
        f"/data/IMF.STA,IMTS/{codes}.XG_FOB_USD+MG_CIF_USD.{codes}.A?endPeriod=2022&startPeriod=2021"
    )
    rows = delivery.rows["trade_flows"]
    # SCALE is a hint for display: dollars stay dollars. An import is a flow from the partner.
    assert rows[["exporter", "importer", "year", "side", "value_usd"]].to_numpy().tolist() == [
        ["AZE", "KAZ", 2021, "exporter", 40_000_000],
        ["AZE", "KAZ", 2021, "importer", 42_500_000],
        ["KAZ", "AZE", 2021, "exporter", 91_000_000],
        ["KAZ", "AZE", 2021, "importer", 95_700_000],
    ]
    assert set(rows["source_keys"]) == {delivery.entries[0].key}


def test_xml_that_could_name_files_is_refused(service, fetcher, form, reply):
    odd = form.imf(REPORTS).replace(
        b"<message:Header>",
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hosts">]><message:Header>',
    )
    service.replies = [reply(odd)]
    with pytest.raises(RefreshError, match="XML with a DOCTYPE"):
        imf.read(fetcher, YEARS, service.address)


def test_a_missing_value_of_sdmx_is_no_figure(service, fetcher, form, reply):
    flows = REPORTS | {("AZE", "XG_FOB_USD", "TUR", 2021): "NaN"}
    service.replies = [reply(form.imf(flows))]
    assert len(imf.read(fetcher, YEARS, service.address).rows["trade_flows"]) == 4


def test_the_united_nations_give_each_flow_by_both_reports(service, fetcher, form, reply):
    service.replies = [reply(form.comtrade(UN)), reply(form.comtrade([]))]
    delivery = comtrade.read(fetcher, YEARS, service.address)
    assert [path.split("?")[0] for path, _ in service.asked] == ["/public/v1/preview/C/A/HS"] * 2
    rows = delivery.rows["trade_flows"]
    assert rows[["exporter", "importer", "year", "side", "value_usd"]].to_numpy().tolist() == [
        ["AZE", "KAZ", 2021, "exporter", 40_000_000],
        ["KAZ", "AZE", 2021, "exporter", 91_000_000],
        ["KAZ", "AZE", 2021, "importer", 95_700_000],
    ]


def test_with_a_key_the_whole_data_base_is_asked(service, fetcher, form, reply):
    service.replies = [reply(form.comtrade(UN))]
    comtrade.read(fetcher, (2021,), service.address, "hush")
    path, headers = service.asked[0]
    assert path.startswith("/data/v1/get/C/A/HS?cmdCode=TOTAL&customsCode=C00&flowCode=X")
    assert headers["Ocp-Apim-Subscription-Key"] == "hush"
    assert "hush" not in path


def test_the_preview_is_not_taken_for_the_whole(service, fetcher, form, reply):
    service.replies = [reply(form.comtrade(UN * 167))]
    with pytest.raises(RefreshError, match="501 rows, the most that come without a key"):
        comtrade.read(fetcher, (2021,), service.address)


def test_the_world_bank_gives_totals_and_indicators(service, fetcher, form, reply):
    service.replies = [bank(form, reply)]
    delivery = worldbank.read(fetcher, YEARS, service.address, [2022])
    totals, indicators = delivery.rows["trade_totals"], delivery.rows["indicators"]
    assert len(totals) == 5 * 2 + 1  # the five members, and the world in the year asked for
    assert set(totals["exports_usd"]) == {10**9}
    assert len(indicators) == 8 * 5 * 2
    errors = indicators.groupby("indicator")["standard_error"].count()
    assert set(errors[errors > 0].index) == {name for name in worldbank.SERIES if "wgi" in name}
    assert {entry.key[-3:] for entry in delivery.entries} == {"wdi", "wgi"}


def test_every_page_of_the_world_bank_is_read(service, fetcher, form, reply):
    def answer(handler):
        _, query = form.query(handler)
        page = int(query["page"])
        return reply(form.worldbank([("KAZ", 2020 + page, 2e9)], page, 2))

    service.replies = [answer]
    totals = worldbank.read(fetcher, YEARS, service.address).rows["trade_totals"]
    assert totals["year"].tolist() == [2021, 2022]


def test_a_series_of_ours_is_one_of_the_list_with_its_unit():
    listed = tables.read("indicator_list").set_index("indicator")["unit"]
    for name, series in worldbank.SERIES.items():
        assert listed[name] == series.unit


# --- what they would change ---------------------------------------------------------------------


def test_a_revised_figure_is_told_old_and_new(service, fetcher, form, reply, copy):
    flows = tables.read("trade_flows", copy)
    known = flows[(flows["year"] == 2020) & flows["side"].isin(("exporter", "importer"))]
    words = {
        (row.exporter, "XG_FOB_USD", row.importer, 2020)
        if row.side == "exporter"
        else (row.importer, "MG_CIF_USD", row.exporter, 2020): int(row.value_usd)
        for row in known.itertuples()
    }
    assert len(words) == 40
    words["KAZ", "XG_FOB_USD", "TUR", 2020] += 1_000_000
    service.replies = [reply(form.imf(words))]
    proposal = propose(imf.read(fetcher, (2020,), service.address), copy)
    figures = proposal.figures
    revised = figures[figures["old"] != figures["new"]]
    assert revised["figure"].tolist() == ["KAZ to TUR, exporter side"]
    assert (revised["new"] - revised["old"]).tolist() == [1_000_000]
    assert set(revised["old_edition"]) == {"IMF DOTS, February 2022"}
    assert not proposal.left


def test_a_side_of_a_year_is_never_of_two_editions(service, fetcher, form, reply, copy):
    one = {("KAZ", "XG_FOB_USD", "TUR", 2020): 1, ("AZE", "XG_FOB_USD", "KAZ", 2021): 2}
    service.replies = [reply(form.imf(one))]
    proposal = propose(imf.read(fetcher, (2020, 2021), service.address), copy)
    assert proposal.figures["figure"].tolist() == ["AZE to KAZ, exporter side"]
    assert proposal.left == (
        "trade_flows: the exporter side of 2020 among the five members stays as it is, for 19 of "
        "its 20 figures did not come",
    )


def test_an_indicator_is_replaced_whole_or_not_at_all(service, fetcher, form, reply, copy):
    without = [("UZB", 1.5)]
    service.replies = [
        bank(form, reply, lambda rows: [(c, y, v) for c, y, v in rows if (c, v) not in without])
    ]
    proposal = propose(worldbank.read(fetcher, range(2005, 2025), service.address), copy)
    assert "indicators" not in set(proposal.figures["table"])
    assert sum("indicator" in words for words in proposal.left) == 8


# --- faults -------------------------------------------------------------------------------------

#: Source -> a whole answer.
GOOD = {
    "imf": lambda form, reply: reply(form.imf(REPORTS)),
    "worldbank": bank,
    "comtrade": lambda form, reply: reply(form.comtrade(UN)),
}


def everywhere(fault):
    return dict.fromkeys(GOOD, lambda form, reply: fault(reply))


def truncated(make):
    def answer(form, reply):
        def cut(handler):
            whole = make(form, reply)
            whole = whole(handler) if callable(whole) else whole
            return reply(whole.body, cut=len(whole.body) // 2)

        return cut

    return answer


def flow(reporter, usd):
    return {(reporter, "XG_FOB_USD", "KAZ", 2021): usd}


#: Fault -> by source, the answer that has it; and what the refusal says.
FAULTS = {
    "time-out": (everywhere(lambda reply: reply(silent=True)), "no answer for"),
    "429": (
        everywhere(lambda reply: reply(status=429, headers={"Retry-After": "9"})),
        "429 Too Many Requests; it asks to wait 9 s",
    ),
    "500": (everywhere(lambda reply: reply(status=500)), "500 Internal Server Error"),
    "truncated": ({name: truncated(make) for name, make in GOOD.items()}, "broke off"),
    "half, yet said to be whole": (
        {
            "imf": lambda form, reply: reply(form.imf(REPORTS)[:900]),
            "worldbank": lambda form, reply: reply(form.worldbank([("KAZ", 2021, 1.0)])[:90]),
            "comtrade": lambda form, reply: reply(form.comtrade(UN)[:90]),
        },
        "SDMX-ML|JSON",
    ),
    "changed column": (
        {
            "imf": lambda form, reply: reply(form.imf(REPORTS, partner="PARTNER")),
            "worldbank": lambda form, reply: bank(form, reply, value="amount"),
            "comtrade": lambda form, reply: reply(
                form.comtrade(UN).replace(b"primaryValue", b"tradeValue")
            ),
        },
        "no COUNTERPART_COUNTRY|no value|no primaryValue",
    ),
    "HTML": (
        everywhere(lambda reply: reply(b"<!DOCTYPE html><title>Sign in</title>")),
        "an HTML page came",
    ),
    "empty": (
        {
            "imf": lambda form, reply: reply(form.imf({})),
            "worldbank": lambda form, reply: bank(form, reply, lambda rows: []),
            "comtrade": lambda form, reply: reply(form.comtrade([])),
        },
        "an empty answer",
    ),
    "nothing": (everywhere(lambda reply: reply(b"")), "nothing came"),
    "unknown country": (
        {
            "imf": lambda form, reply: reply(form.imf(flow("XKX", 1))),
            "worldbank": lambda form, reply: bank(
                form, reply, lambda rows: [*rows, ("XKX", 2021, 1.0)]
            ),
            "comtrade": lambda form, reply: reply(form.comtrade([(412, "X", 398, 2021, 1)])),
        },
        "country ('XKX'|412)",
    ),
    "no figure": (
        {
            "imf": lambda form, reply: reply(form.imf(flow("AZE", "1e99999"))),
            "worldbank": lambda form, reply: bank(
                form, reply, lambda rows: [(c, y, "many") for c, y, _ in rows]
            ),
            "comtrade": lambda form, reply: reply(form.comtrade([(31, "X", 398, 2021, -5)])),
        },
        "the figure '(1e99999|many)'|-5 dollars",
    ),
}


@pytest.mark.parametrize("source", GOOD)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_line_and_changes_nothing(
    service, form, reply, copy, digests, capsys, monkeypatch, source, fault
):
    makes, words = FAULTS[fault]
    service.replies = [makes[source](form, reply)]
    monkeypatch.setattr(command, "ROOT", copy)
    monkeypatch.setattr(command, "Fetcher", functools.partial(Fetcher, wait=lambda _: None))
    before = digests(copy)
    minutes = "0.005" if fault == "time-out" else "1"
    asked = ["refresh", source, "--server", service.address, "--years", "2021:2022", "--apply"]
    assert __main__.main([*asked, "--minutes", minutes]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("error: ")
    assert err.count("\n") == 1
    assert re.search(words, err), err
    assert digests(copy) == before
    # Only whole answers that could be read are left in the cache; none of them is the faulty one.
    for record in (copy / ".cache" / "refresh").glob("*.json"):
        json.loads(record.read_text())
        assert source == "worldbank" or fault == "empty"


@pytest.mark.parametrize("server", ["", "http://mirror.example"])
def test_what_another_address_gives_is_no_official_source(
    service, fetcher, form, reply, monkeypatch, copy, server
):
    service.replies = [bank(form, reply)]
    came = []
    own = worldbank.read(fetcher, YEARS, service.address)
    monkeypatch.setattr(command, "_deliver", lambda *_: own)
    monkeypatch.setattr(command, "propose", lambda delivery, root: came.append(delivery) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        command.run(command.Request("worldbank", server=server), copy)
    for entry in came[0].entries:
        grade, address, author = ("C", server, "World Bank, as given by mirror.example") if server \
            else ("A", entry.url, "World Bank")  # fmt: skip
        assert (entry.grade, entry.url, entry.author) == (grade, address, author)
        assert f"grade = {{{grade}}}" in entry.bibtex


def test_the_services_own_error_is_told(service, fetcher, form, reply):
    service.replies = [
        reply(b'[{"message": [{"id": "120", "key": "Invalid value", "value": "Not valid"}]}]')
    ]
    with pytest.raises(RefreshError, match="Not valid"):
        worldbank.read(fetcher, YEARS, service.address)
    fetcher.again = True
    service.replies = [reply(form.comtrade([], error="Quota exceeded"))]
    with pytest.raises(RefreshError, match="Quota exceeded"):
        comtrade.read(fetcher, YEARS, service.address)


@pytest.mark.parametrize(
    "body",
    [
        b'{"statusCode": 429, "message": "Out of call volume quota"}',
        b'{"data": [], "error": {"code": 3, "message": "Out of call volume quota"}}',
        b'{"errorMessage": ["x"], "message": "Out of call volume quota"}',
    ],
)
@pytest.mark.parametrize("status", [200, 403])
def test_a_refusal_of_comtrade_is_told_in_its_own_words(service, fetcher, reply, body, status):
    service.replies = [reply(body, status=status)]
    with pytest.raises(RefreshError, match=r": (.* says: )?Out of call volume quota \("):
        comtrade.read(fetcher, YEARS, service.address)


NONE = b'[{"message": [{"id": "120", "key": "Invalid value", "value": "No such indicator"}]}]'


def test_an_indicator_that_the_service_does_not_have_is_left(service, fetcher, form, reply):
    whole = bank(form, reply)

    def answer(handler):
        path, _ = form.query(handler)
        return reply(NONE) if path.endswith(("RL.STD.ERR", "IT.NET.USER.ZS")) else whole(handler)

    service.replies = [answer]
    delivery = worldbank.read(fetcher, YEARS, service.address)
    came = set(delivery.rows["indicators"]["indicator"])
    # An estimate without its error says less than the book has.
    assert set(worldbank.SERIES) - came == {"wgi_rule_of_law", "internet_users"}
    assert sorted(words.split(" stays")[0] for words in delivery.left) == [
        "indicators: internet_users", "indicators: wgi_rule_of_law",
    ]  # fmt: skip
    assert all("No such indicator" in words for words in delivery.left)


@pytest.mark.parametrize(
    ("ends", "change", "stays", "says"),
    [
        ("IT.NET.USER.ZS", lambda head, rows: [head, []], "indicators: internet_users", "empty"),
        ("IT.NET.USER.ZS", lambda head, rows: [head, None], "indicators: internet_users", "empty"),
        ("RL.STD.ERR", lambda head, rows: [head, rows[1:]], "indicators: wgi_rule_of_law",
         "RL.STD.ERR says: no value for AZE in 2021"),
        ("IT.NET.USER.ZS", lambda head, rows: [{"pages": 1}, rows], "indicators: internet_users",
         "no lastupdated"),
        ("TX.VAL.MRCH.CD.WT", lambda head, rows: [head | {"lastupdated": None}, rows],
         "trade_totals", "no lastupdated"),
        ("TM.VAL.MRCH.CD.WT", lambda head, rows: [head, []], "trade_totals", "empty"),
    ],
)  # fmt: skip
def test_a_series_that_did_not_come_whole_is_left_and_the_rest_is_taken(
    service, fetcher, form, reply, ends, change, stays, says
):
    whole = bank(form, reply)

    def answer(handler):
        path, _ = form.query(handler)
        came = whole(handler)
        if not path.endswith(ends):
            return came
        return reply(json.dumps(change(*json.loads(came.body))).encode())

    service.replies = [answer]
    delivery = worldbank.read(fetcher, YEARS, service.address)
    (words,) = delivery.left
    assert words.startswith(f"{stays} stays as it is; ")
    assert says in words
    assert "trade_totals" in delivery.rows or stays == "trade_totals"
    wanted = set(worldbank.SERIES) - {stays.removeprefix("indicators: ")}
    assert set(delivery.rows["indicators"]["indicator"]) == wanted


def test_pages_have_a_number_at_the_most(service, fetcher, form, reply):
    service.replies = [reply(form.worldbank([("KAZ", 2021, 1.0)], pages=10**9))]
    with pytest.raises(RefreshError, match=r"1000000000 pages \(allowed: 100 at most\)"):
        worldbank.read(fetcher, YEARS, service.address)
    assert len(service.asked) == 1


def test_governance_is_asked_for_under_its_older_name_too(service, fetcher, form, reply):
    whole = bank(form, reply)

    def answer(handler):
        path, _ = form.query(handler)
        return reply(NONE) if "GOV_WGI" in path else whole(handler)

    service.replies = [answer]
    delivery = worldbank.read(fetcher, YEARS, service.address)
    assert set(delivery.rows["indicators"]["indicator"]) == set(worldbank.SERIES)
    assert delivery.left == ()


def test_a_total_given_twice_is_refused(service, fetcher, form, reply):
    service.replies = [reply(form.comtrade([*UN, (31, "X", 398, 2021, 7)]))]
    with pytest.raises(RefreshError, match="two figures for AZE to KAZ in 2021"):
        comtrade.read(fetcher, (2021,), service.address)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("--only trade_pears", "table 'trade_pears' (allowed: trade_pairs, trade_flows"),
        ("--only indicators,", "table ''"),
        ("--minutes -1", "-1 minutes (allowed: above 0"),
        ("--minutes nan", "nan minutes"),
        ("--minutes inf", "inf minutes"),
        ("--years 2024:2020", "years '2024:2020'"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anybody_is_asked(service, capsys, words, says):
    asked = ["refresh", "imf", "--server", service.address, *words.split()]
    assert __main__.main(asked) == 2
    assert capsys.readouterr().err.startswith(f"error: {says}")
    assert service.asked == []


def test_odd_years_are_refused():
    assert command.Request("imf", years="2020:").span() == [2020]
    for years in ("24", "2024:2020", "abcd", "2020:20x4"):
        with pytest.raises(RefreshError, match="such as 2024 or 2005:2024"):
            command.Request("imf", years=years)


@pytest.mark.parametrize(
    ("source", "body", "match"),
    [
        (comtrade, lambda form: b'{"rows": []}', "JSON of another form"),
        (comtrade, lambda form: form.comtrade([(31, "Z", 398, 2021, 1)]), "flow 'Z'"),
        (comtrade, lambda form: form.comtrade([(31, "X", 398, 2020, 1)]), "the year 2020"),
        (comtrade, lambda form: form.comtrade([(31, "X", 398, "21", 1)]), "year of four digits"),
        (imf, lambda form: form.imf({("AZE", "XX", "KAZ", 2021): 1}), "indicator 'XX'"),
        (imf, lambda form: form.imf(REPORTS, value="AMOUNT"), "no OBS_VALUE"),
        (imf, lambda form: form.imf(REPORTS).replace(b'Y="A"', b'Y="M"'), "frequency 'M'"),
        (comtrade, lambda form: form.comtrade([([31], "X", 398, 2021, 1)]), r"country \[31\]"),
        (worldbank, lambda form: b'{"a": 1}', "JSON of another form"),
        (worldbank, lambda form: b"[" * 100_000, r"'\[\[\[.* came .*JSON"),
        (worldbank, lambda form: b"[" * 900 + b"]" * 900, "another form|nested too deep|came"),
        (comtrade, lambda form: b'{"data": [NaN]}', r"\[NaN\].* came .*JSON"),
        (comtrade, lambda form: b'{"data": [' + b"9" * 5_000 + b"]}", r"999.* came .*JSON"),
        (comtrade, lambda form: form.comtrade([(31, "X", 398, 2021, 10**300)]), "the figure 1000"),
        (comtrade, lambda form: form.comtrade([(31, "X", 398, 2021, "1_0")]), "the figure '1_0'"),
        (comtrade, lambda form: form.comtrade([(31, "X", 398, "²⁰²¹", 1)]), "the year '²⁰²¹'"),
        (
            comtrade,
            lambda form: form.comtrade([(31, "X", 398, 2021, 7)]).replace(b": 7}", b": 4E7}"),
            "'4E7' dollars",
        ),
        (
            imf,
            lambda form: form.imf(REPORTS | {("AZE", "XG_FOB_USD", "TUR", 2021): "1.2E9"}),
            r"'1.2E9' dollars \(allowed: every digit",
        ),
        (imf, lambda form: form.imf(REPORTS)[:20] + b"<!DOCTYPE", "DOCTYPE"),
        (imf, lambda form: b"<!DOCTYPE x []>" + form.imf(REPORTS).partition(b"?>")[2], "DOCTYPE"),
        (
            imf,
            lambda form: form.imf(REPORTS).decode().replace("UTF-8", "UTF-16").encode("utf-16"),
            "came",
        ),
        (imf, lambda form: form.imf(REPORTS).replace(b"UTF-8", b"UTF-7"), "came"),
    ],
)
def test_an_answer_in_another_form_is_refused(service, fetcher, form, reply, source, body, match):
    service.replies = [reply(body(form))]
    with pytest.raises(RefreshError, match=match):
        source.read(fetcher, (2021,), service.address)


def test_a_source_that_is_not_known_is_refused(copy):
    with pytest.raises(RefreshError, match=r"source 'eurostat' \(allowed: baci, imf, worldbank"):
        command.run(command.Request("eurostat"), copy)
