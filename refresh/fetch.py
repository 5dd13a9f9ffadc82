"""Fetching: over HTTP into a cache, politely, and whole or not at all.

The only module of the book that opens a connection, and only for ``python -m analysis refresh``.

An answer lies in the cache as two files: its bytes, and a small record of where they came from, on
which day, how many there are and what their SHA-256 is. The record is written last and holds the
bytes to account on every reading, so nothing half-written is ever trusted. What was cut off is kept
apart under another name and continued by a range request (RFC 9110, section 14), but only where the
server's validator says that it is still the same file.
"""

import datetime
import hashlib
import json
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode, urlsplit

from analysis.errors import RefreshError

if TYPE_CHECKING:
    import requests
    import tenacity

_AGENT = "turkic-states-in-figures/0.1 (a book of cited figures; a few requests a run)"
_CHUNK = 1 << 16
#: Answers that may be better in a while: RFC 9110, section 15; RFC 6585 for 429.
_PASSING = {408, 425, 429, 500, 502, 503, 504}
Parsed = TypeVar("Parsed")


@dataclass(frozen=True)
class Manners:
    """How patient and how polite a fetch is.

    Parameters
    ----------
    tries : int
        Attempts at one answer.
    limit : float
        Seconds that one answer may take with all its attempts and waits.
    patience : float
        Seconds without a byte after which an attempt is given up.
    pause : float
        Seconds before the second attempt; twice as many before each later one, a minute at most,
        and never less than the server asks for.

    Raises
    ------
    RefreshError
        A number that is not above zero.
    """

    tries: int = 5
    limit: float = 900.0
    patience: float = 60.0
    pause: float = 2.0

    def __post_init__(self) -> None:
        for name in ("tries", "limit", "patience", "pause"):
            if getattr(self, name) <= 0:
                raise RefreshError(f"{name} {getattr(self, name):g}", allowed="a number above zero")


@dataclass(frozen=True)
class Answer:
    """Bytes that came whole, and where they came from.

    Attributes
    ----------
    path : Path
        Where they lie.
    address : str
        What was asked; it never holds a key.
    day : date
        When they came.
    sha256 : str
        64 hexadecimal digits.
    size : int
        Bytes.
    """

    path: Path
    address: str
    day: datetime.date
    sha256: str
    size: int

    @property
    def host(self) -> str:
        """Who answered."""
        return urlsplit(self.address).netloc


class _Passing(Exception):
    """An attempt failed in a way that another may not; ``after`` is what the server asks for."""

    def __init__(self, told: str, after: float = 0.0) -> None:
        super().__init__(told)
        self.after = after


@dataclass
class Fetcher:
    """Asks servers and keeps what they answer.

    Parameters
    ----------
    cache : Path
        The folder of answers.
    manners : Manners, optional
        How patient.
    again : bool
        Ask even where today's answer is in the cache.
    shown : bool
        Draw a bar for long answers, on a terminal.
    wait : callable
        Sleeps so many seconds.
    today : callable
        Gives the date.

    Notes
    -----
    An answer serves for the day it came on: what ``--apply`` writes is what the report was made of.
    """

    cache: Path
    manners: Manners = field(default_factory=Manners)
    again: bool = False
    shown: bool = True
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
        """Ask, and read what came; an answer that cannot be read does not stay in the cache.

        Parameters
        ----------
        address : str
            Without the query.
        parse : callable
            Takes the `Answer`; raises `RefreshError` on what it cannot read.
        parameters : mapping, optional
            The query.
        headers : mapping, optional
            Sent along and kept nowhere: the place for a key.

        Raises
        ------
        RefreshError
            See `get`; or as ``parse`` does.
        """
        answer = self.get(address, parameters=parameters, headers=headers)
        try:
            return parse(answer)
        except RefreshError:
            self.forget(answer)
            raise

    def get(
        self,
        address: str,
        *,
        parameters: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        lasting: bool = False,
    ) -> Answer:
        """Ask for one answer.

        Parameters
        ----------
        address, parameters, headers
            As `read` takes them.
        lasting : bool
            The address always gives the same bytes, as a numbered release does: an answer serves
            for good.

        Raises
        ------
        RefreshError
            Nobody answers, or not in time; the server refuses, or fails as often as it was asked;
            the answer breaks off each time.
        """
        import tenacity  # noqa: PLC0415  (the build need not load it)

        # Codes of an SDMX key are joined by + and countries by ; as the services document it.
        query = urlencode(dict(sorted((parameters or {}).items())), safe=":;+,")
        whole = f"{address}?{query}" if query else address
        if not whole.startswith(("https://", "http://")):
            raise RefreshError(f"address {whole!r}", allowed="https:// or http://")
        if not self.again and (found := self._kept(whole, lasting=lasting)):
            return found
        retrying = tenacity.Retrying(
            sleep=self.wait,
            wait=self._pause,
            stop=tenacity.stop_after_attempt(self.manners.tries)
            | tenacity.stop_before_delay(self.manners.limit),
            retry=tenacity.retry_if_exception_type(_Passing),
            reraise=True,
        )
        deadline = time.monotonic() + self.manners.limit
        try:
            retrying(self._attempt, whole, dict(headers or {}), deadline)
        except _Passing as error:
            asks = f"; it asks to wait {error.after:.0f} s" if error.after else ""
            raise RefreshError(
                f"{error}{asks}",
                where=_place(whole),
                allowed=f"an answer within {self.manners.tries} tries and "
                f"{self.manners.limit:.0f} s",
            ) from None
        return self._file(whole)

    def forget(self, answer: Answer) -> None:
        """Drop an answer from the cache."""
        self._record(answer.address).unlink(missing_ok=True)
        answer.path.unlink(missing_ok=True)

    # --- one attempt ----------------------------------------------------------------------------

    def _attempt(self, address: str, headers: dict[str, str], deadline: float) -> None:
        import requests  # noqa: PLC0415
        import urllib3  # noqa: PLC0415

        self.cache.mkdir(parents=True, exist_ok=True)
        part, note = self._part(address), self._part(address).with_suffix(".partly")
        begun = _begun(part, note)
        asked = {"User-Agent": _AGENT, "Accept-Encoding": "identity", **headers}
        if begun:
            asked |= {"Range": f"bytes={begun[0]}-", "If-Range": begun[1]}
        wait = self.manners.patience
        try:
            with requests.get(address, headers=asked, stream=True, timeout=(wait, wait)) as reply:
                if reply.status_code == 416:  # what is there is no beginning of what is asked for
                    part.unlink(missing_ok=True)
                    note.unlink(missing_ok=True)
                    raise _Passing("the server has no such range")
                start = _start(reply, begun, address)
                self._save(reply, part, note, start, deadline)
        except (requests.Timeout, urllib3.exceptions.ReadTimeoutError):
            raise _Passing(f"no answer for {wait:g} s") from None
        except requests.ConnectionError:
            raise _Passing("no connection") from None
        except urllib3.exceptions.HTTPError:
            raise _Passing("the answer broke off") from None
        except requests.RequestException as error:
            raise RefreshError(f"{type(error).__name__}: {error}", where=_place(address)) from None

    def _save(
        self, reply: "requests.Response", part: Path, note: Path, start: int, deadline: float
    ) -> None:
        """Write what comes behind what is there, and say at once whose it is."""
        # A server that packs although it was asked not to: what is kept is what was packed.
        packed = reply.headers.get("Content-Encoding", "identity").lower() != "identity"
        length = reply.headers.get("Content-Length", "")
        due = start + int(length) if length.isdigit() and not packed else None
        validator = "" if packed else _validator(reply)
        if start == 0:
            note.unlink(missing_ok=True)
        with part.open("ab" if start else "wb") as file:
            if validator and start == 0:
                _write(note, json.dumps({"validator": validator}))
            come = start
            bar = self._bar(reply.url, start, due)
            try:
                # What has come, at once: a server that drips must not outlast the time limit.
                while chunk := reply.raw.read1(_CHUNK, decode_content=packed):
                    file.write(chunk)
                    come += len(chunk)
                    bar.update(len(chunk))
                    if time.monotonic() > deadline:
                        raise _Passing(f"{come} bytes came in time")
            finally:
                bar.close()
            _settle(file)
        if due is not None and come != due:
            raise _Passing(f"the answer broke off: {come} of {due} bytes")

    def _bar(self, address: str, start: int, due: int | None) -> Any:
        from tqdm import tqdm  # noqa: PLC0415

        return tqdm(
            desc=urlsplit(address).netloc, total=due, initial=start, unit="B", unit_scale=True,
            leave=False, disable=None if self.shown else True,
        )  # fmt: skip

    def _pause(self, state: "tenacity.RetryCallState") -> float:
        error = state.outcome.exception() if state.outcome else None
        doubled = min(60.0, self.manners.pause * 2 ** (state.attempt_number - 1))
        return max(doubled, getattr(error, "after", 0.0))

    # --- the cache ------------------------------------------------------------------------------

    def _part(self, address: str) -> Path:
        return self.cache / f"{_name(address)}.part"

    def _record(self, address: str) -> Path:
        return self.cache / f"{_name(address)}.json"

    def _file(self, address: str) -> Answer:
        """Give what came whole its name, and write its record last."""
        part, path = self._part(address), self.cache / f"{_name(address)}.body"
        self._record(address).unlink(missing_ok=True)
        os.replace(part, path)
        part.with_suffix(".partly").unlink(missing_ok=True)
        size, digest = path.stat().st_size, sha256(path)
        answer = Answer(path, address, self.today(), digest, size)
        told = {
            "address": address, "day": answer.day.isoformat(), "size": size, "sha256": digest,
        }  # fmt: skip
        _write(self._record(address), json.dumps(told, indent=1))
        return answer

    def _kept(self, address: str, *, lasting: bool) -> Answer | None:
        """Find an answer that is still good: whole, of this address, and of today."""
        path = self.cache / f"{_name(address)}.body"
        try:
            told = json.loads(self._record(address).read_text(encoding="utf-8"))
            day = datetime.date.fromisoformat(told["day"])
            good = (
                told["address"] == address
                and (lasting or day == self.today())
                and path.stat().st_size == told["size"]
                and sha256(path) == told["sha256"]
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return Answer(path, address, day, told["sha256"], told["size"]) if good else None


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file of any size, as 64 hexadecimal digits.

    Raises
    ------
    RefreshError
        The file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise RefreshError(
            (error.strerror or str(error)).lower(), where=str(path), allowed="a readable file"
        ) from None


def whole_json(answer: Answer) -> Any:
    """Read an answer as JSON.

    Raises
    ------
    RefreshError
        It is something else, such as a page for people.
    """
    data = answer.path.read_bytes()
    try:
        return json.loads(data)
    except ValueError:
        raise RefreshError(
            f"{told_kind(data)} came", where=_place(answer.address), allowed="JSON"
        ) from None


def told_kind(data: bytes) -> str:
    """Say what some bytes are that are not what was asked for.

    Examples
    --------
    >>> told_kind(b"<!DOCTYPE html><title>Sign in</title>"), told_kind(b""), told_kind(b"[1, 2")
    ('an HTML page', 'nothing', "'[1, 2'")
    """
    start = data[:300].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "an HTML page"
    return repr(data[:60].decode("utf-8", "replace")) if data.strip() else "nothing"


def _start(reply: "requests.Response", begun: tuple[int, str] | None, address: str) -> int:
    """Say from which byte on the reply writes, or what is wrong with it."""
    status = reply.status_code
    if status == 200:
        return 0
    if status == 206 and begun:
        came = reply.headers.get("Content-Range", "")
        if came.startswith(f"bytes {begun[0]}-"):
            return begun[0]
        raise RefreshError(
            f"the range {came!r}", where=_place(address), allowed=f"bytes {begun[0]} to the end"
        )
    if status in _PASSING:
        raise _Passing(f"{status} {reply.reason}".strip(), _after(reply))
    raise RefreshError(f"{status} {reply.reason}".strip(), where=_place(address), allowed="200 OK")


def _after(reply: "requests.Response") -> float:
    """Read ``Retry-After``: seconds, or a date (RFC 9110, section 10.2.3)."""
    told = reply.headers.get("Retry-After", "").strip()
    if told.isdigit():
        return float(told)
    try:
        due = parsedate_to_datetime(told)
        return max(0.0, (due - datetime.datetime.now(datetime.UTC)).total_seconds())
    except (TypeError, ValueError):
        return 0.0


def _validator(reply: "requests.Response") -> str:
    """Give what makes sure that two parts are of one file: a strong tag, or a date of change."""
    tag = reply.headers.get("ETag", "")
    return tag if tag.startswith('"') else reply.headers.get("Last-Modified", "")


def _begun(part: Path, note: Path) -> tuple[int, str] | None:
    """Say how much of an answer is there, if it can be continued."""
    try:
        size = part.stat().st_size
        validator = json.loads(note.read_text(encoding="utf-8"))["validator"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return (size, validator) if size and validator else None


def _name(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:32]


def _place(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}"


def _write(path: Path, text: str) -> None:
    """Write a small file whole."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    with aside.open("w", encoding="utf-8") as file:
        file.write(text)
        _settle(file)
    os.replace(aside, path)


def _settle(file: IO[Any]) -> None:
    file.flush()
    os.fsync(file.fileno())
