"""When a server is asked again: urllib3's rules, with the first pause kept and a deadline."""

import time
from collections.abc import Callable
from typing import Any, Self

from urllib3.exceptions import InvalidHeader, MaxRetryError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Retry

#: Answers that may be better in a while: RFC 9110, section 15; RFC 6585 for 429.
_PASSING = (408, 425, 429, 500, 502, 503, 504)


class _Retry(Retry):
    """Waits as long as the server asks, and gives up where that would outlast the deadline."""

    deadline: float = float("inf")
    wait: Callable[[float], None] = staticmethod(time.sleep)

    def new(self, **changes: Any) -> Self:
        following = super().new(**changes)
        following.deadline, following.wait = self.deadline, self.wait
        return following

    def increment(self, *place: Any, **attempt: Any) -> Self:
        following = super().increment(*place, **attempt)
        if time.monotonic() + following.pause(attempt.get("response")) > self.deadline:
            url = place[1] if len(place) > 1 else ""
            raise MaxRetryError(attempt.get("_pool"), url, attempt.get("error"))  # type: ignore[arg-type]
        return following

    def sleep(self, response: BaseHTTPResponse | None = None) -> None:
        self.wait(self.pause(response))

    def pause(self, response: BaseHTTPResponse | None) -> float:
        """Seconds before the next attempt; urllib3 itself would not wait before the second."""
        asked_for = self.get_retry_after(response) if response else None
        return max(self.backoff_factor, self.get_backoff_time(), asked_for or 0.0)

    def parse_retry_after(self, retry_after: str) -> float:
        try:
            return super().parse_retry_after(retry_after)
        except InvalidHeader:
            return 0.0


def waiting(tries: int, pause: float, deadline: float, wait: Callable[[float], None]) -> Retry:
    """Give the rules for one answer.

    Parameters
    ----------
    tries : int
        Attempts in all.
    pause : float
        Seconds before the second attempt, doubled for each later one, a minute at most.
    deadline : float
        By `time.monotonic`; no wait is begun that would end after it.
    wait : callable
        Sleeps so many seconds.
    """
    retries = _Retry(
        tries - 1, status_forcelist=_PASSING, backoff_factor=pause, backoff_max=60,
        raise_on_status=False,
    )  # fmt: skip
    retries.deadline, retries.wait = deadline, wait
    return retries
