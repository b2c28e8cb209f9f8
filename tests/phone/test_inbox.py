"""The messages that are not the one, and what is asked about the one that may be."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.phone.conftest import PATH, Hall, stored, until
from upstox_browser_login.phone import inbox
from upstox_browser_login.redaction import redactor
from upstox_browser_login.store import open_store, token_key
from upstox_browser_login.token import Token


def test_what_is_not_the_message_is_refused_and_logged(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    """Bad, foreign and unknown messages: each has its status, and none of them is repeated."""
    caplog.set_level(logging.DEBUG)
    waiting = hall.wait()
    now = int(hall.desk.clock.time() * 1000)
    good, secret = hall.good_token(), "a-token-that-nobody-may-see-anywhere"
    refused: list[tuple[int, Any, dict[str, Any]]] = [
        (400, b"\xff\xfe\x00", {}),
        (400, b"[" * 60_000, {}),
        (400, [hall.message()], {}),
        (400, hall.message(access_token=""), {}),
        (400, hall.message(access_token="a\r\nX-Other: b"), {}),
        (400, hall.message(access_token="x" * 9000), {}),
        (400, hall.message(access_token={"a": 1}), {}),
        (400, hall.message(user_id=None), {}),
        (400, hall.message(token_type="Basic"), {}),
        (400, hall.message(issued_at="soon"), {}),
        (400, hall.message(issued_at=True), {}),
        (400, hall.message(expires_at="9" * 30), {}),
        (403, hall.message(client_id="somebody-else", access_token=secret), {}),
        (403, hall.message(client_id=None), {}),
        (403, hall.message(client_id="\ud800"), {}),
        (403, hall.message(access_token=secret + "2"), {}),
        (409, hall.message(access_token=secret + "2"), {}),
        (400, hall.message(access_token="data"), {}),
        (403, hall.message(access_token=good, user_id="ZZ9999"), {}),
        (409, hall.message(issued_at=now - 3_600_000), {}),
        (422, hall.message(issued_at=now + 3_600_000), {}),
        (422, hall.message(expires_at=now - 1), {}),
        (422, hall.message(message_type="order_update", access_token=secret + "3"), {}),
        (404, hall.message(), {"path": "/"}),
        (404, hall.message(), {"path": PATH.partition("?")[0]}),
        (405, hall.message(), {"method": "GET"}),
        (405, hall.message(), {"method": "PUT"}),
        (415, hall.message(), {"content_type": "text/plain"}),
        (415, hall.message(), {"content_type": None}),
        (413, b" " * (inbox.MAX_BYTES + 1), {}),
        (413, _chunks(40), {"encode_chunked": True}),
    ]
    for status, body, how in refused:
        before = len(_refusals(caplog))
        answered = hall.post(body, **how)
        # Who is still sending when the answer comes may see the closed door only.
        assert answered == status or (status == 413 and answered == 0), (answered, status, how)
        until(lambda before=before: len(_refusals(caplog)) > before)  # type: ignore[misc]
    assert hall.checks() == 1, "Upstox is asked only about what may be right"
    assert not waiting.done()
    assert stored(hall) is None
    for never in (secret, good, "somebody-else", "order_update"):
        assert never not in caplog.text
    assert hall.replica.approve_token_request() == 200
    assert waiting.result(60).token == stored(hall)


def _refusals(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [each.getMessage() for each in caplog.records if "Refused" in each.getMessage()]


def _chunks(count: int) -> Iterator[bytes]:
    for _ in range(count):
        yield b" " * 2_000


def test_a_message_that_was_refused_is_not_asked_about_again(hall: Hall) -> None:
    """A replay costs Upstox nothing."""
    waiting = hall.wait()
    forged = hall.message()
    assert [hall.post(forged) for _ in range(3)] == [403, 409, 409]
    assert hall.checks() == 1
    assert not waiting.done()


def test_a_message_counts_once(hall: Hall) -> None:
    """Of the same message, sent many times at once, one is taken."""
    waiting = hall.wait()
    message = hall.message(access_token=hall.good_token())

    posts = [hall.pool.submit(hall.post, message) for _ in range(12)]
    statuses = [each.result(60) for each in posts]
    assert statuses.count(200) == 1
    assert set(statuses) <= {200, 409, 429, 0}
    assert hall.checks() == 1
    waiting.result(60)


def test_upstox_is_asked_ten_times_a_minute_at_most(hall: Hall) -> None:
    """Strangers must not make us hammer Upstox; the real message waits its turn."""
    waiting = hall.wait()
    forged = [hall.post(hall.message()) for _ in range(inbox.CHECKS_A_MINUTE)]
    assert forged == [403] * inbox.CHECKS_A_MINUTE
    assert hall.desk.clock.slept == []
    assert hall.replica.approve_token_request() == 200
    assert 50 < sum(hall.desk.clock.slept) <= 60
    waiting.result(60)


@pytest.mark.parametrize("hall", [("slow=profile:0.3",)], indirect=True)
def test_one_message_is_checked_at_a_time(hall: Hall) -> None:
    """And few wait their turn: of twenty at once, most are sent away."""
    hall.wait()
    posts = [hall.pool.submit(hall.post, hall.message()) for _ in range(20)]
    statuses = [each.result(60) for each in posts]
    # On a busy machine the first may be answered before the last has come, who takes its place.
    assert 8 <= statuses.count(403) <= 10
    assert statuses.count(403) + statuses.count(429) == 20
    times = [each.time for each in hall.replica.log.of("profile")]
    assert min(b - a for a, b in itertools.pairwise(times)) >= 0.29


def test_where_upstox_cannot_be_asked_the_message_may_come_again(hall: Hall) -> None:
    """Three tries, then 503; the same message is taken once Upstox answers again."""
    waiting = hall.wait()
    hall.replica.set("http=profile:503")
    message = hall.message(access_token=hall.good_token())
    assert hall.post(message) == 503
    assert hall.checks() == 3
    hall.replica.set("static-ip")
    assert hall.post(message) == 502
    hall.replica.set()
    assert hall.post(message) == 200
    waiting.result(60)


def test_a_token_of_another_user_than_the_last_is_refused(hall: Hall) -> None:
    """Unsigned messages could hand out a stranger's account; the last token's user is known."""
    now = datetime.now(UTC)
    settings = hall.settings
    last = Token.model_validate(
        {
            "access_token": "the-token-of-yesterday",
            "issued_at": now - timedelta(days=1),
            "expires_at": now - timedelta(hours=5),
            "user_id": "OWNER1",
        }
    )
    open_store(settings).save(token_key(settings), last)
    hall.wait(user_id=None)
    assert hall.replica.approve_token_request() == 403
    assert stored(hall) == last
    assert hall.checks() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"access_token": "data"},
        {"client_id": "somebody-else"},
        {"user_id": "ZZ9999"},
        {"message_type": "order_update"},
        {"issued_at": "1"},
        {"expires_at": "1"},
        {"path": "/"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_no_word_of_a_stranger_becomes_a_secret(changes: dict[str, str], hall: Hall) -> None:
    """Our own JSON has such words for its keys, and would print "[redacted]" in their place."""
    hall.wait()
    how = {"path": changes["path"]} if "path" in changes else {}
    words = {"access_token": "ok-and-data-and-error-and-exit_code"} | changes
    words.pop("path", None)
    assert hall.post(hall.message(**words), **how) >= 400
    assert redactor.redact(words["access_token"]) == words["access_token"]
    assert set(redactor.redact_data({"data": 1, "error": 2})) == {"data", "error"}


@pytest.mark.parametrize("hall", [("slow=profile:1",)], indirect=True)
@pytest.mark.parametrize("kind", ["another user", "another time", "the same token", "short"])
def test_posts_that_fail_a_check_take_no_place(kind: str, hall: Hall) -> None:
    """Twenty of them stand at the door while one is checked, and the real message comes in."""
    waiting = hall.wait()
    first = hall.message()
    begun = hall.pool.submit(hall.post, first)
    until(lambda: hall.checks() == 1)
    changes: dict[str, Any] = {
        "another user": {"user_id": "ZZ9999"},
        "another time": {"issued_at": "1"},
        "the same token": {"access_token": first["access_token"]},
        "short": {"access_token": "data"},
    }[kind]
    posts = [hall.pool.submit(hall.post, hall.message(**changes)) for _ in range(20)]
    assert {each.result(60) for each in posts} <= {400, 403, 409}
    assert not begun.done()
    assert hall.replica.approve_token_request() == 200
    waiting.result(60)
