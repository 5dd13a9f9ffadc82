"""Fetching: over HTTP into a cache for the day, politely, and whole or not at all.

The only module of the book that opens a connection, and only for ``python -m analysis refresh``.

An answer lies in the cache as two files: its bytes, and a small record of where they came from, on
which day, how many there are and what their SHA-256 is. The record is written last and holds the
bytes to account on every reading, so nothing half-written is ever trusted. A numbered release,
which is large, is kept apart where it broke off and continued by a range request (RFC 9110, section
14), but only where the server's validator says that it is still the same file.
"""

import datetime
import hashlib
import ipaddress
import json
import os
import re
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

import requests
import urllib3
from tqdm import tqdm

from analysis.errors import RefreshError

_AGENT = "turkic-states-in-figures/0.1 (a book of cited figures; a few requests a run)"
_CHUNK = 1 << 16
#: Answers that may be better in a while: RFC 9110, section 15; RFC 6585 for 429.
_PASSING = (408, 425, 429, 500, 502, 503, 504)
#: Bytes that an answer may have, and a numbered release; and how many times its packed bytes may
#: unpack to. Trade figures, in JSON, XML or CSV, pack to a fifth or a thirtieth.
LARGEST, LARGEST_RELEASE, MOST_PACKED = 100_000_000, 8_000_000_000, 200
#: Bytes under which it does not matter how they were packed.
_SMALL = 1_000_000
#: Signs of a server's own words that are shown; seconds that a pause has at most by itself.
_WORDS, _LONGEST_PAUSE = 200, 60.0
Parsed = TypeVar("Parsed")


@dataclass(frozen=True)
class Limits:
    """How patient and how polite a fetch is; `RefreshError` for a number that is not above zero."""

    #: Attempts at one answer.
    tries: int = 5
    #: Seconds that one answer may take with all its attempts and pauses.
    total: float = 900.0
    #: Seconds without a byte after which an attempt is given up.
    silence: float = 60.0
    #: Seconds before the second attempt; twice as many before each later one, a minute at most, and
    #: never less than the server asks for.
    pause: float = 2.0

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if not value > 0:
                raise RefreshError(f"{name} {value:g}", allowed="a number above zero")


@dataclass(frozen=True)
class Answer:
    """Bytes that came whole: where they lie, from which address (without a key), and when."""

    path: Path
    address: str
    day: datetime.date
    sha256: str
    size: int

    @property
    def host(self) -> str:
        """Who answered."""
        return urlsplit(self.address).netloc


class _Session(requests.Session):
    """One that goes nowhere else with a key: ``requests`` would drop `Authorization` alone."""

    keyed = False

    def rebuild_auth(
        self, prepared_request: requests.PreparedRequest, response: requests.Response
    ) -> None:
        """Look at a redirect before it is followed."""
        was, to = str(response.request.url), str(prepared_request.url)
        if self.keyed and self.should_strip_auth(was, to):
            problem = f"a redirect to {urlsplit(to).netloc}, with a key"
            raise RefreshError(problem, where=place_of(was), allowed="the same host")
        super().rebuild_auth(prepared_request, response)


class _PassingError(Exception):
    """An attempt failed in a way that another may not, ``after`` so many seconds at the least."""

    def __init__(self, problem: str, after: float = 0.0) -> None:
        super().__init__(problem)
        self.after = after


@dataclass
class Fetcher:
    """Asks servers and keeps what they answer.

    An answer serves for the day it came on: what ``--apply`` writes is what the report was made of.
    """

    #: The folder of answers.
    cache: Path
    limits: Limits = field(default_factory=Limits)
    #: Whether to ask even where today's answer is in the cache; to draw a bar on a terminal.
    again: bool = False
    shown: bool = True
    #: Sleeps so many seconds; gives the date.
    wait: Callable[[float], None] = time.sleep
    today: Callable[[], datetime.date] = datetime.date.today

    def read(
        self,
        address: str,
        parse: Callable[[Answer], Parsed],
        *,
        parameters: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Parsed:
        """Ask as `get` does, and read what came; what ``parse`` refuses leaves the cache."""
        answer = self.get(address, parameters=parameters, headers=headers)
        try:
            return parse(answer)
        except (RefreshError, RecursionError) as error:
            answer.path.with_suffix(".json").unlink(missing_ok=True)
            answer.path.unlink(missing_ok=True)
            if isinstance(error, RecursionError):
                place = place_of(answer.address)
                raise RefreshError("an answer nested too deep", where=place) from None
            raise

    def get(
        self,
        address: str,
        *,
        parameters: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        release: bool = False,
    ) -> Answer:
        """Ask for one answer.

        ``headers`` are sent along and kept nowhere; each but ``Accept`` is taken for a key, which
        goes to no other host, to none but this machine in the open, and into no message. A
        ``release`` is numbered and large: its address always gives the same bytes, so that an
        answer serves for good, and is continued where it broke off.

        Raises
        ------
        RefreshError
            Nobody answers, or not in time; the server refuses, or fails as often as it was asked;
            the answer breaks off each time, is too large, or repeats the key.
        """
        # Codes of an SDMX key are joined by + and countries by ; as the services document it.
        query = urlencode(dict(sorted((parameters or {}).items())), safe=":;+,")
        whole = f"{address}?{query}" if query else address
        _refuse_address(whole, _keys(headers or {}))
        part = self.cache / f"{hashlib.sha256(whole.encode()).hexdigest()[:32]}.part"
        if not self.again and (kept := self._kept(whole, part, release=release)):
            return kept
        self.cache.mkdir(parents=True, exist_ok=True)
        deadline, tried = time.monotonic() + self.limits.total, 0
        # urllib3's Retry ends where the headers have come: one loop serves a busy server and an
        # answer that breaks off alike, and heeds the time limit.
        while True:
            try:
                self._attempt(whole, dict(headers or {}), part, deadline, release=release)
                if any(key.encode() in part.read_bytes() for key in _keys(headers or {})):
                    part.unlink()
                    problem, allowed = "the answer repeats the key", "one that can be kept"
                    raise RefreshError(problem, where=place_of(whole), allowed=allowed)
                return self._file(whole, part)
            except _PassingError as error:
                pause = max(min(_LONGEST_PAUSE, self.limits.pause * 2**tried), error.after)
                tried += 1
                if tried == self.limits.tries or time.monotonic() + pause > deadline:
                    within = f"within {self.limits.tries} tries and {self.limits.total:.0f} s"
                    raise RefreshError(
                        str(error), where=place_of(whole), allowed=f"an answer {within}"
                    ) from None
            self.wait(pause)

    # --- one answer -----------------------------------------------------------------------------

    def _attempt(
        self, address: str, headers: dict[str, str], part: Path, deadline: float, *, release: bool
    ) -> None:
        """Ask once, and write what comes."""
        size, validator = _begun(part) if release else (0, "")
        sent = {"User-Agent": _AGENT, "Accept-Encoding": "identity", **headers}
        if size:
            sent |= {"Range": f"bytes={size}-", "If-Range": validator}
        silence = self.limits.silence
        try:
            with ExitStack() as stack:
                session = stack.enter_context(_Session())
                session.keyed = bool(_keys(headers))
                # In the open a key may go to this machine, and through no proxy.
                session.trust_env = not (session.keyed and address.startswith("http:"))
                reply = stack.enter_context(
                    session.get(address, headers=sent, stream=True, timeout=silence)
                )
                if size and reply.status_code == 416:  # what is there is no beginning of it now
                    part.with_suffix(".validator").unlink(missing_ok=True)
                    raise _PassingError("the server has no such range")
                _refuse(reply, size, headers)
                start = size if reply.status_code == 206 else 0
                self._save(reply, part, start, deadline, release=release)
        except (requests.Timeout, urllib3.exceptions.ReadTimeoutError):
            raise _PassingError(f"no answer for {silence:g} s") from None
        except urllib3.exceptions.HTTPError:
            raise _PassingError("the answer broke off") from None
        except requests.ConnectionError:
            raise _PassingError("no connection") from None
        except (requests.RequestException, ValueError) as error:  # the latter of odd addresses
            problem = _without(f"{type(error).__name__}: {error}", headers)
            raise RefreshError(problem, where=place_of(address)) from None

    def _save(
        self, reply: requests.Response, part: Path, start: int, deadline: float, *, release: bool
    ) -> None:
        """Write what comes behind what is there, and say at once whose it is."""
        # A server that packs although it was asked not to: what is kept is what was packed.
        packed = reply.headers.get("Content-Encoding", "identity").lower() != "identity"
        length = reply.headers.get("Content-Length", "")
        due = start + int(length) if re.fullmatch("[0-9]{1,15}", length) and not packed else None
        if not start:
            # A weak tag does not promise the same bytes.
            tag = reply.headers.get("ETag", "")
            validator = tag if tag.startswith('"') else reply.headers.get("Last-Modified", "")
            part.unlink(missing_ok=True)
            if release:
                part.with_suffix(".validator").write_text("" if packed else validator, "utf-8")
        size = start
        bar = tqdm(
            desc=urlsplit(reply.url).netloc, total=due, initial=start, unit="B", unit_scale=True,
            leave=False, disable=None if self.shown else True,
        )  # fmt: skip
        with part.open("ab") as file, bar:
            # What has come, at once: a server that drips must not outlast the time limit.
            while chunk := reply.raw.read1(_CHUNK, decode_content=packed):
                file.write(chunk)
                size += len(chunk)
                bar.update(len(chunk))
                largest = LARGEST_RELEASE if release else LARGEST
                refuse_bomb(
                    size, reply.raw.tell() if packed else size, largest, place_of(reply.url)
                )
                if time.monotonic() > deadline:
                    raise _PassingError(f"{size} bytes came in time")
        if due is not None and size != due:
            raise _PassingError(f"the answer broke off: {size} of {due} bytes")

    # --- the cache ------------------------------------------------------------------------------

    def _file(self, address: str, part: Path) -> Answer:
        """Give what came whole its name, and write its record last."""
        record, path = part.with_suffix(".json"), part.with_suffix(".body")
        record.unlink(missing_ok=True)
        os.replace(part, path)
        part.with_suffix(".validator").unlink(missing_ok=True)
        answer = Answer(path, address, self.today(), sha256(path), path.stat().st_size)
        fields = vars(answer) | {"path": path.name, "day": answer.day.isoformat()}
        record.write_text(json.dumps(fields, indent=1), encoding="utf-8")
        return answer

    def _kept(self, address: str, part: Path, *, release: bool) -> Answer | None:
        """Find an answer that is still good: whole, of this address, and of today."""
        path = part.with_suffix(".body")
        try:
            record = json.loads(part.with_suffix(".json").read_text(encoding="utf-8"))
            day = datetime.date.fromisoformat(record["day"])
            kept = Answer(path, address, day, sha256(path), path.stat().st_size)
            came = [record[name] for name in ("address", "sha256", "size")]
        except (OSError, ValueError, KeyError, TypeError, RefreshError):
            return None
        good = came == [address, kept.sha256, kept.size] and (release or day == self.today())
        return kept if good else None


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file of any size; `RefreshError` where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        problem = (error.strerror or str(error)).lower()
        raise RefreshError(problem, where=str(path), allowed="a readable file") from None


def refuse_bomb(size: int, packed: int, largest: int, where: str) -> None:
    """Refuse what has unpacked so far: `RefreshError` where it is too large, or was packed to less.

    Examples
    --------
    >>> refuse_bomb(30_000_000, 100_000, LARGEST, "x.org")
    Traceback (most recent call last):
    analysis.errors.RefreshError: x.org: 30000000 bytes or more out of 100000 (allowed: 200 times)
    """
    if size > largest:
        problem, allowed = f"{size} bytes or more", f"{largest} at most"
        raise RefreshError(problem, where=where, allowed=allowed)
    if size > _SMALL and size > MOST_PACKED * packed:
        problem = f"{size} bytes or more out of {packed}"
        raise RefreshError(problem, where=where, allowed=f"{MOST_PACKED} times")


def place_of(address: str) -> str:
    """Give an address without its scheme and query, for messages."""
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}"


def _keys(headers: Mapping[str, str]) -> list[str]:
    return [value for name, value in headers.items() if name != "Accept" and value]


def _refuse_address(address: str, keys: list[str]) -> None:
    """Refuse an address that is none, and to send a key to other machines in the open."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        if parts.scheme not in ("https", "http") or not host:
            raise ValueError
    except ValueError:
        raise RefreshError(f"address {address!r}", allowed="https:// or http://") from None
    for key in keys:
        if not re.fullmatch("[!-~]+", key):
            allowed = "printable signs of ASCII"
            raise RefreshError("a key that no header can hold", where=host, allowed=allowed)
    if keys and parts.scheme == "http" and not _here(host):
        raise RefreshError("a key over plain http", where=host, allowed="https://")


def _here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _refuse(reply: requests.Response, size: int, headers: Mapping[str, str]) -> None:
    """Refuse a reply that is neither whole nor the range that was requested."""
    status, where = reply.status_code, _without(place_of(reply.url), headers)
    if status == 206 and size:
        came = reply.headers.get("Content-Range", "")
        if not came.startswith(f"bytes {size}-"):
            allowed = f"bytes {size} to the end"
            raise RefreshError(f"the range {came!r}", where=where, allowed=allowed)
    elif status != 200:
        problem = f"{status} {reply.reason}".strip()
        if after := reply.headers.get("Retry-After", "").strip():
            problem += f"; it asks to wait {f'{after} s' if after.isdigit() else after}"
        if words := _without(_own_words(reply), headers):
            problem += f"; it says: {words if len(words) <= _WORDS else f'{words[:_WORDS]} …'}"
        problem = _without(problem, headers)
        if status in _PASSING:
            raise _PassingError(problem, _seconds(after))
        raise RefreshError(problem, where=where, allowed="200 OK")


def _seconds(after: str) -> float:
    try:
        return float(urllib3.Retry().parse_retry_after(after))
    except (urllib3.exceptions.InvalidHeader, OverflowError, ValueError):
        return 0.0


def _own_words(reply: requests.Response) -> str:
    """Give what a server writes under its refusal: its message, a page's title, or the text."""
    try:
        data = reply.raw.read(1 << 14, decode_content=True).decode("utf-8", "replace")
    except (urllib3.exceptions.HTTPError, OSError):  # the refusal is clear without them
        return ""
    if title := re.search(r"<title[^>]*>(.*?)</title>", data, re.IGNORECASE | re.DOTALL):
        data = title[1]
    with suppress(ValueError, RecursionError):
        data = words_of(json.loads(data)) or data
    return " ".join(re.sub(r"<[^>]*>", " ", data).split())


def words_of(message: object) -> str:
    """Find the words of a refusal that came as JSON; none where it is no refusal.

    Examples
    --------
    >>> words_of({"statusCode": 401, "message": "Access denied"}), words_of({"data": []})
    ('Access denied', '')
    >>> words_of({"error": {"code": 3, "message": "Too many"}, "data": []})
    'Too many'
    """
    if isinstance(message, Mapping):
        for name in ("error", "errorMessage", "message"):
            if words := words_of(message.get(name)):
                return words
    return message.strip() if isinstance(message, str) else ""


def _without(words: str, headers: Mapping[str, str]) -> str:
    """Take a key out of words that repeat it."""
    for value in headers.values():
        words = words.replace(value.strip(), "…") if value.strip() else words
    return words


def _begun(part: Path) -> tuple[int, str]:
    """Say how much of a release is there, if it can be continued, and by which validator."""
    try:
        validator = part.with_suffix(".validator").read_text(encoding="utf-8")
        size = part.stat().st_size
    except OSError:
        return 0, ""
    return (size, validator) if size and validator else (0, "")
