"""Reading what a service answered: each cell checked, each fault refused in a line."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.errors import RefreshError

from .fetch import Answer, place_of

#: No figure of ours comes near it: the whole world's trade in a year is in tens of trillions.
_BEYOND = 1e15
_NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,9})?", re.ASCII)

#: A flow as one side reports it: exporter, importer, year, side, US dollars.
Flow = tuple[str, str, int, str, float]


def whole_json(answer: Answer) -> Any:
    """Read an answer as JSON; `RefreshError` where it is not, such as a page for people."""
    data = answer.path.read_bytes()
    try:
        # As they stand: a figure in exponent form has lost digits.
        return json.loads(data, parse_float=str, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        place = place_of(answer.address)
        raise RefreshError(f"{kind_of(data)} came", where=place, allowed="JSON") from None


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def kind_of(data: bytes) -> str:
    """Say what some bytes are that are not what was asked for.

    Examples
    --------
    >>> kind_of(b"<!DOCTYPE html><title>Sign in</title>"), kind_of(b""), kind_of(b"[1, 2")
    ('an HTML page', 'nothing', "'[1, 2'")
    """
    if data[:300].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        return "an HTML page"
    return repr(data[:60].decode("utf-8", "replace")) if data.strip() else "nothing"


def other_form(message: object, where: str, allowed: str) -> RefreshError:
    """Make the refusal of JSON that is not arranged as the service documents it."""
    problem = f"JSON of another form: {str(message)[:60]!r}"
    return RefreshError(problem, where=where, allowed=allowed)


def cells(row: object, fields: Iterable[str], where: str) -> list[Any]:
    """Read the cells of a row by their names; `RefreshError` where one is not there."""
    found = row if isinstance(row, Mapping) else {}
    for name in fields:
        if name not in found:
            problem = f"no {name} in {str(row)[:60]!r}"
            raise RefreshError(problem, where=where, allowed=", ".join(fields))
    return [found[name] for name in fields]


def one_of(what: str, cell: object, allowed: Collection[object], where: str) -> None:
    """Raise `RefreshError` for a cell that holds none of the allowed values."""
    if cell not in list(allowed):
        raise RefreshError(f"{what} {cell!r}", where=where, allowed=", ".join(map(str, allowed)))


def number(cell: object, where: str) -> float:
    """Read a figure; `RefreshError` where it is no number, or beyond all trade.

    Examples
    --------
    >>> number("12.5", "x"), number(3, "x")
    (12.5, 3.0)
    """
    value = float(str(cell)) if _NUMBER.fullmatch(str(cell)) else float("nan")
    if not abs(value) < _BEYOND:
        raise RefreshError(f"the figure {cell!r}", where=where, allowed="a number below 10^15")
    return value


def dollars(cell: object, where: str) -> float:
    """Read whole US dollars; `RefreshError` where they are negative, or have lost digits.

    Examples
    --------
    >>> dollars("1.23456789E8", "x")
    123456789.0
    >>> dollars("1.2E9", "x")
    Traceback (most recent call last):
    analysis.errors.RefreshError: x: '1.2E9' dollars (allowed: every digit of them)
    """
    value = number(cell, where)
    if value < 0:
        raise RefreshError(f"{value:g} dollars", where=where, allowed="0 or more")
    digits, _, exponent = str(cell).lower().partition("e")
    if exponent and len(digits.partition(".")[2]) < int(exponent):
        raise RefreshError(f"{cell!r} dollars", where=where, allowed="every digit of them")
    return value


def year_of(cell: object, where: str) -> int:
    """Read a year; `RefreshError` where it is not four digits."""
    if not (isinstance(cell, str | int) and re.fullmatch("[0-9]{4}", str(cell))):
        raise RefreshError(f"the year {cell!r}", where=where, allowed="a year of four digits")
    return int(cell)


@dataclass(frozen=True)
class Reports:
    """How a service writes down what countries report of their trade with each other."""

    #: Names of the cells: reporter, partner, direction, year, US dollars.
    fields: tuple[str, str, str, str, str]
    #: The service's code of each country -> ISO alpha-3; what it calls a direction, and its code of
    #: each -> whose report it is, and whether the reporter sold.
    countries: Mapping[Any, str]
    direction: str
    sides: Mapping[str, tuple[str, bool]]

    def flows(self, rows: Iterable[object], where: str) -> Iterator[Flow]:
        """Read rows; `RefreshError` for another country or direction, and for odd figures."""
        for row in rows:
            *pair, direction, period, value = cells(row, self.fields, where)
            for code in pair:
                one_of("country", code, self.countries, where)
            one_of(self.direction, direction, self.sides, where)
            reporter, partner = (self.countries[code] for code in pair)
            year = year_of(period, where)
            usd = dollars(value, f"{where}, {reporter} {partner} {year}")
            if reporter != partner:  # else goods that came back
                side, sold = self.sides[direction]
                ends = (reporter, partner) if sold else (partner, reporter)
                yield (*ends, year, side, round(usd))
