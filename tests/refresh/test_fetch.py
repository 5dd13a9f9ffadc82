"""Fetching is polite, whole or nothing, and remembers what came."""

import datetime
import gzip
import json

import pytest

from analysis.errors import RefreshError
from refresh.answers import kind_of
from refresh.fetch import Fetcher, Limits, sha256

BODY = bytes(range(256)) * 400  # 102,400 bytes, every value among them
TAG = {"ETag": '"one"'}


def test_an_answer_is_kept_with_its_day_its_size_and_its_checksum(service, fetcher, reply):
    service.replies = [reply(b"whole")]
    fetcher.today = lambda: datetime.date(2026, 11, 26)
    answer = fetcher.get(service.address, parameters={"b": "2:3", "a": "1;2+3"})
    assert service.asked[0][0] == "/?a=1;2+3&b=2:3"
    assert answer.path.read_bytes() == b"whole"
    assert (answer.day.isoformat(), answer.size) == ("2026-11-26", 5)
    # By `printf whole | sha256sum`.
    assert answer.sha256 == "5d5766cf2d78701614200418ee1450690d9af12c84d52545e4802f001ad53099"


def test_it_says_who_asks_and_a_key_is_kept_nowhere(service, fetcher, reply):
    service.replies = [reply(b"{}")]
    answer = fetcher.get(service.address, headers={"Ocp-Apim-Subscription-Key": "hush"})
    path, headers = service.asked[0]
    assert headers["User-Agent"].startswith("turkic-states-in-figures/")
    assert headers["Ocp-Apim-Subscription-Key"] == "hush"
    kept = b"".join(file.read_bytes() for file in fetcher.cache.iterdir())
    assert "hush" not in path + answer.address
    assert b"hush" not in kept


def test_an_answer_serves_for_its_day(service, fetcher, reply):
    service.replies = [reply(b"first"), reply(b"second"), reply(b"third")]
    days = [datetime.date(2026, 11, 26)]
    fetcher.today = lambda: days[-1]
    first = fetcher.get(service.address)
    assert fetcher.get(service.address) == first
    days.append(datetime.date(2026, 11, 27))
    assert fetcher.get(service.address).path.read_bytes() == b"second"
    fetcher.again = True
    assert fetcher.get(service.address).path.read_bytes() == b"third"


def test_a_numbered_release_serves_for_good(service, fetcher, reply):
    service.replies = [reply(b"first"), reply(b"second")]
    fetcher.today = lambda: datetime.date(2026, 1, 1)
    fetcher.get(service.address, release=True)
    fetcher.today = lambda: datetime.date(2027, 1, 1)
    assert fetcher.get(service.address, release=True).day.year == 2026
    assert len(service.asked) == 1


def test_what_lies_damaged_in_the_cache_is_not_trusted(service, fetcher, reply):
    service.replies = [reply(b"good")]
    answer = fetcher.get(service.address)
    record = answer.path.with_suffix(".json")
    for number, harm in enumerate(
        [
            lambda: answer.path.write_bytes(b"gOod"),
            lambda: answer.path.write_bytes(b"go"),
            record.unlink,
            lambda: record.write_text(json.dumps({"address": answer.address})),
        ]
    ):
        harm()
        assert fetcher.get(service.address).path.read_bytes() == b"good"
        assert len(service.asked) == number + 2


def test_an_answer_that_cannot_be_read_leaves_the_cache(service, fetcher, reply):
    def refuse(answer):
        raise RefreshError("odd", where=answer.host)

    service.replies = [reply(b"<html>"), reply(b"good")]
    with pytest.raises(RefreshError, match="odd"):
        fetcher.read(service.address, refuse)
    assert fetcher.get(service.address).path.read_bytes() == b"good"


# --- what fails and may not fail again ----------------------------------------------------------


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again_after_longer_and_longer_waits(
    service, fetcher, reply, waits, status
):
    service.replies = [reply(status=status), reply(status=status), reply(b"good")]
    assert fetcher.get(service.address).path.read_bytes() == b"good"
    assert waits == [2, 4]


def test_it_waits_as_long_as_the_server_asks_or_until_the_date(service, fetcher, reply, waits):
    due = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=12)
    service.replies = [
        reply(status=429, headers={"Retry-After": "7"}),
        reply(status=503, headers={"Retry-After": f"{due:%a, %d %b %Y %H:%M:%S} GMT"}),
        reply(status=503, headers={"Retry-After": "soon"}),  # no wait at all: our own
        reply(b"good"),
    ]
    assert fetcher.get(service.address).path.read_bytes() == b"good"
    assert waits[0] == 7
    assert 8 < waits[1] <= 12
    assert waits[2] == 8


def test_a_wait_beyond_the_time_limit_is_not_begun(service, fetcher, reply, waits):
    service.replies = [reply(status=429, headers={"Retry-After": "3600"})]
    with pytest.raises(RefreshError, match=r"429 Too Many Requests; it asks to wait 3600 s"):
        fetcher.get(service.address)
    assert waits == []
    assert len(service.asked) == 1


def test_it_gives_up_after_so_many_tries(service, fetcher, reply, waits):
    service.replies = [reply(status=500)]
    with pytest.raises(
        RefreshError, match=r"500 Internal Server Error \(allowed: an answer within"
    ):
        fetcher.get(service.address)
    assert len(service.asked) == 5
    assert waits == [2, 4, 8, 16]


def test_a_refusal_for_good_is_not_repeated(service, fetcher, reply, waits):
    service.replies = [reply(status=404)]
    with pytest.raises(RefreshError, match=r"127\.0\.0\.1:\d+/data: 404 Not Found"):
        fetcher.get(f"{service.address}/data")
    assert len(service.asked) == 1
    assert waits == []


def test_a_silent_server_is_given_up(tmp_path, service, reply, waits):
    fetcher = Fetcher(tmp_path, Limits(tries=2, total=5, silence=0.1), wait=waits.append)
    service.replies = [reply(silent=True)]
    with pytest.raises(RefreshError, match=r"no answer for 0\.1 s"):
        fetcher.get(service.address)
    assert waits == [2]  # between two tries, however late the server takes note of them


def test_a_server_that_drips_does_not_outlast_the_time_limit(tmp_path, service, reply, waits):
    fetcher = Fetcher(
        tmp_path, Limits(tries=9, total=0.5, silence=5), wait=waits.append, shown=False
    )
    service.replies = [reply(b"x" * 500, drip=0.05)]
    with pytest.raises(RefreshError, match=r"\d+ bytes came in time"):
        fetcher.get(service.address)
    assert len(service.asked) == 1


def test_nobody_there_is_told(tmp_path, service, waits):
    service.close()
    fetcher = Fetcher(tmp_path, Limits(tries=2), wait=waits.append)
    with pytest.raises(RefreshError, match="no connection"):
        fetcher.get(service.address)
    assert waits == [2]


def test_odd_limits_are_refused():
    for name, value in (("tries", 0), ("total", -1), ("silence", 0), ("pause", 0)):
        with pytest.raises(RefreshError, match=f"^{name} {value} .*a number above zero"):
            Limits(**{name: value})


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(RefreshError, match=r"none.zip: no such file.* \(allowed: a readable file"):
        sha256(tmp_path / "none.zip")
    with pytest.raises(RefreshError, match="is a directory"):
        sha256(tmp_path)


def test_only_http_is_asked(fetcher):
    with pytest.raises(RefreshError, match="address 'file:///etc/hosts'"):
        fetcher.get("file:///etc/hosts")


# --- what breaks off ----------------------------------------------------------------------------


def ranged(service, reply, body=BODY, tag='"one"'):
    """Serve as RFC 9110 says: from the byte asked for, if the file is still the same."""

    def answer(handler):
        asked = handler.headers.get("Range", "")
        headers = {"ETag": tag, "Accept-Ranges": "bytes"}
        if not asked or handler.headers.get("If-Range") != tag:
            return reply(body, headers=headers)
        start = int(asked.removeprefix("bytes=").removesuffix("-"))
        headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        return reply(body[start:], status=206, headers=headers)

    return answer


def test_a_download_that_breaks_off_goes_on_where_it_stopped(service, fetcher, reply, waits):
    service.replies = [reply(BODY, headers=TAG, cut=51_200), ranged(service, reply)]
    answer = fetcher.get(service.address, release=True)
    assert answer.path.read_bytes() == BODY
    (_, first), (_, second) = service.asked
    assert "Range" not in first
    assert (second["Range"], second["If-Range"]) == ("bytes=51200-", '"one"')
    assert waits == [2]


def test_it_goes_on_in_another_run_too(service, fetcher, reply):
    fetcher.limits = Limits(tries=1)
    service.replies = [reply(BODY, headers=TAG, cut=1000), ranged(service, reply)]
    with pytest.raises(RefreshError, match="broke off"):
        fetcher.get(service.address, release=True)
    again = Fetcher(fetcher.cache, shown=False)
    assert again.get(service.address, release=True).path.read_bytes() == BODY
    assert service.asked[1][1]["Range"] == "bytes=1000-"


def test_a_file_that_changed_meanwhile_is_read_from_its_start(service, fetcher, reply):
    other = BODY[::-1]
    service.replies = [
        reply(BODY, headers=TAG, cut=51_200), ranged(service, reply, other, '"two"'),
    ]  # fmt: skip
    assert fetcher.get(service.address, release=True).path.read_bytes() == other


@pytest.mark.parametrize("headers", [{}, {"ETag": 'W/"one"'}])
def test_without_a_strong_validator_parts_are_never_joined(service, fetcher, reply, headers):
    service.replies = [reply(BODY, headers=headers, cut=51_200), reply(BODY)]
    assert fetcher.get(service.address, release=True).path.read_bytes() == BODY
    assert "Range" not in service.asked[1][1]


def test_another_range_than_asked_for_is_refused(service, fetcher, reply):
    wrong = {"Content-Range": f"bytes 0-{len(BODY) - 1}/{len(BODY)}", **TAG}
    service.replies = [
        reply(BODY, headers=TAG, cut=51_200), reply(BODY, status=206, headers=wrong),
    ]  # fmt: skip
    with pytest.raises(RefreshError, match="the range 'bytes 0-"):
        fetcher.get(service.address, release=True)


def test_an_answer_that_always_breaks_off_is_told_and_never_trusted(service, fetcher, reply):
    service.replies = [reply(BODY, cut=100)]
    with pytest.raises(RefreshError, match="broke off"):
        fetcher.get(service.address, release=True)
    assert not list(fetcher.cache.glob("*.body"))
    assert not list(fetcher.cache.glob("*.json"))


def test_packed_answers_are_not_asked_for_and_are_unpacked_if_they_come(service, fetcher, reply):
    # Lengths and ranges would count packed bytes.
    packed = {"Content-Encoding": "gzip", **TAG}
    service.replies = [
        reply(gzip.compress(BODY), headers=packed, cut=300),
        reply(gzip.compress(BODY), headers=packed),
    ]
    assert fetcher.get(service.address, release=True).path.read_bytes() == BODY
    assert service.asked[0][1]["Accept-Encoding"] == "identity"
    assert "Range" not in service.asked[1][1]


def test_a_part_that_the_server_does_not_know_is_dropped(service, fetcher, reply):
    service.replies = [
        reply(BODY, headers=TAG, cut=51_200), reply(status=416), reply(BODY, headers=TAG),
    ]  # fmt: skip
    assert fetcher.get(service.address, release=True).path.read_bytes() == BODY
    assert ["Range" in headers for _, headers in service.asked] == [False, True, False]


def test_what_came_instead_is_named():
    assert kind_of(b"  <HTML>") == "an HTML page"
    assert kind_of(b"\xff\xfe") == "'\ufffd\ufffd'"


def test_the_words_of_a_refusal_are_shown_and_a_key_in_them_is_not(service, fetcher, reply):
    page = b"<!DOCTYPE html><title>Access denied</title><p>hush</p>"
    service.replies = [
        reply(b'{"message": "key hush has expired"}', status=401), reply(page, status=403),
        reply(b"x" * 5_000, status=404),
    ]  # fmt: skip
    for words in (r"401 .*it says: key … has expired \(", "403 .*says: Access denied ",
                  r"404 .*says: x{200} …"):  # fmt: skip
        with pytest.raises(RefreshError, match=words) as refusal:
            fetcher.get(service.address, headers={"Key": "hush"})
        assert "hush" not in str(refusal.value)


# --- a key, and what is meant to harm ------------------------------------------------------------

KEY = {"Ocp-Apim-Subscription-Key": "hush-hush"}


@pytest.mark.parametrize("key", ["hush-hush\n", "hush-hush€", "hush hush-hush"])
def test_a_key_that_is_no_header_is_not_shown(service, fetcher, key):
    with pytest.raises(RefreshError, match="a key that no header can hold") as refusal:
        fetcher.get(service.address, headers={"Key": key})
    assert "hush" not in str(refusal.value)
    assert service.asked == []


def test_a_key_goes_to_no_other_host(service, fetcher, reply):
    other = service.address.replace("127.0.0.1", "localhost")
    service.replies = [reply(status=302, headers={"Location": f"{other}/data"}), reply(b"good")]
    with pytest.raises(RefreshError, match=r"a redirect to localhost:\d+, with a key"):
        fetcher.get(service.address, headers=KEY)
    assert len(service.asked) == 1
    # On the same host it goes along; and without a key anybody may be followed.
    service.replies = [reply(status=302, headers={"Location": "/data"}), reply(b"good")]
    assert fetcher.get(service.address, headers=KEY).path.read_bytes() == b"good"
    assert service.asked[-1][1].items() >= KEY.items()
    fetcher.again = True
    service.replies = [reply(status=302, headers={"Location": f"{other}/data"}), reply(b"good")]
    assert fetcher.get(service.address, headers={"Accept": "*/*"}).path.read_bytes() == b"good"


def test_a_key_goes_over_plain_http_to_this_machine_alone(service, fetcher, reply, monkeypatch):
    for host in ("comtrade.example", "127.0.0.1.example", "192.0.2.1"):
        with pytest.raises(RefreshError, match=f"^{host}: a key over plain http .*https://"):
            fetcher.get(f"http://{host}/data", headers=KEY)
    # Nor by way of a proxy, which would be another machine.
    monkeypatch.setenv("HTTP_PROXY", "http://192.0.2.1:9")
    service.replies = [reply(b"good")]
    assert fetcher.get(service.address, headers=KEY).size == 4


def test_an_answer_that_repeats_the_key_is_not_kept(service, fetcher, reply):
    service.replies = [reply(b'{"error": "hush-hush has no quota"}')]
    with pytest.raises(RefreshError, match="repeats the key") as refusal:
        fetcher.get(service.address, headers=KEY)
    assert "hush" not in str(refusal.value)
    assert list(fetcher.cache.iterdir()) == []
    # A message is cut to its length after the key has gone, of which else a half would stay.
    service.replies = [reply(b"x" * 196 + b" hush-hush", status=403)]
    with pytest.raises(RefreshError, match="403") as refusal:
        fetcher.get(service.address, headers=KEY)
    assert "hu" not in str(refusal.value)


def test_a_small_answer_that_unpacks_to_a_large_one_is_given_up(service, fetcher, reply):
    bomb = gzip.compress(bytes(50_000_000))  # 49 kB
    service.replies = [reply(bomb, headers={"Content-Encoding": "gzip"})]
    with pytest.raises(RefreshError, match=r"out of \d+ \(allowed: 200 times\)"):
        fetcher.get(service.address)
    # As much as 200 times what came, and one piece: how much comes at a time is the network's.
    written = sum(path.stat().st_size for path in fetcher.cache.iterdir())
    assert written <= 200 * len(bomb) + 65_536


def test_an_answer_has_a_size_at_the_most(service, fetcher, reply, monkeypatch):
    monkeypatch.setattr("refresh.fetch.LARGEST", 100_000)
    service.replies = [reply(BODY)]
    with pytest.raises(RefreshError, match=r"\d+ bytes or more \(allowed: 100000 at most\)"):
        fetcher.get(service.address)
    assert fetcher.get(service.address, release=True).size == len(BODY)


@pytest.mark.parametrize(
    ("status", "headers", "match"),
    [
        (503, {"Retry-After": "9" * 5_000}, "it asks to wait 999"),
        (503, {"Retry-After": "Sat, 99 Foo 99999 99:99:99 GMT"}, "it asks to wait Sat"),
        (302, {"Location": "http://[::1"}, "(InvalidURL|ValueError|LocationParse)"),
        (302, {"Location": "file:///etc/hosts"}, "InvalidSchema"),
        (302, {"Location": "/"}, "TooManyRedirects"),
        (200, {f"X-{n}": "x" for n in range(200)}, "no connection"),
        (200, {"X": "x" * 70_000}, "no connection"),
        (404, {"X": "\x1b[2J"}, "404"),
    ],
)
def test_hostile_headers_are_one_line(service, fetcher, reply, status, headers, match):
    service.replies = [reply(status=status, headers=headers)]
    with pytest.raises(RefreshError, match=match) as refusal:
        fetcher.get(service.address)
    assert str(refusal.value).isprintable()


@pytest.mark.parametrize("length", ["\xb2", "9" * 5_000, "-1", "many"])
def test_a_length_that_is_none_is_not_looked_at(service, fetcher, reply, length):
    service.replies = [reply(b"good", headers={"Content-Length": length})]
    assert fetcher.get(service.address).path.read_bytes() == b"good"


@pytest.mark.parametrize("address", ["https://[::1", "https://", "http:///data", "//x.org", ""])
def test_an_address_that_is_none_is_refused(fetcher, address):
    with pytest.raises(RefreshError, match=r"^address "):
        fetcher.get(address)
