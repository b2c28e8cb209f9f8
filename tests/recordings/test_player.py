"""The answers of a replay: as they were recorded, as late, and with times that hold today."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

import pytest

from tests.recordings.handmade import SERVICE, bundle, call
from upstox_browser_login.clock import Clock
from upstox_browser_login.recordings.bundle import Bundle
from upstox_browser_login.recordings.player import Player, ReplayClock, origins_of
from upstox_browser_login.recordings.stage import Answer
from upstox_browser_login.recordings.tape import Asked

EPOCH = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


class Machine(Clock):
    """A clock that stands still unless it is moved."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.slept: list[float] = []

    def time(self) -> float:
        return NOW.timestamp() + self.passed

    def monotonic(self) -> float:
        return 50.0 + self.passed

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.passed += seconds


def player(recorded: Bundle, *, fast: bool = True) -> Player:
    clock = ReplayClock(EPOCH, Machine(), fast=fast)
    return Player(recorded, clock, now=NOW, fast=fast)


def of(*calls: dict[str, Any], **about: Any) -> Bundle:
    return bundle(*calls, epoch=EPOCH, **about)


def header(answer: Answer, name: str) -> str | None:
    return next((value for key, value in answer.headers if key.lower() == name), None)


def test_the_clock_keeps_the_time_of_day_and_is_never_behind_the_machines() -> None:
    """03:30 is then as far away as it was."""
    clock = ReplayClock(EPOCH, Machine(), fast=True)
    assert clock.now() == datetime(2026, 11, 30, 8, 30, tzinfo=UTC)
    late = ReplayClock(EPOCH.replace(hour=23), Machine(), fast=True)
    assert late.now() == datetime(2026, 11, 29, 23, 30, tzinfo=UTC)


async def test_the_clock_runs_with_the_machines_and_a_wait_may_take_no_time() -> None:
    machine = Machine()
    fast, slow = (ReplayClock(EPOCH, machine, fast=each) for each in (True, False))
    began = fast.time()
    machine.passed = 7.0
    assert (fast.time() - began, fast.monotonic()) == (7.0, 57.0)
    await fast.sleep(30.0)
    assert (fast.time() - began, fast.monotonic(), machine.slept) == (37.0, 57.0, [])
    await slow.sleep(30.0)
    assert (slow.time() - began, machine.slept) == (37.0, [30.0])


def test_a_call_gets_what_was_recorded_without_the_headers_of_that_connection() -> None:
    kept = [("Content-Type", "application/json"), ("X-Frame-Options", "DENY")]
    gone = [
        ("Content-Length", "99"),
        ("Transfer-Encoding", "chunked"),
        ("Content-Encoding", "gzip"),
        ("Alt-Svc", 'h3=":443"'),
        ("NEL", "{}"),
    ]
    told = {"success": True, "data": {"message": "sent"}}
    recorded = of(call("/otp/generate", {"a": 1}, told, headers=[*kept, *gone], status=202))
    answer = player(recorded).answer(Asked("POST", f"{SERVICE}/otp/generate", b'{"a": 1}'))
    assert (answer.status, json.loads(answer.body)) == (202, told)
    assert answer.headers == kept


def test_a_call_that_nobody_recorded_breaks_and_is_remembered() -> None:
    played = player(of(call("/a", None, {})))
    assert played.answer(Asked("POST", f"{SERVICE}/b")) == Answer(0)
    assert [each.name for each in played.tape.unknown] == [f"POST {SERVICE}/b"]


def test_what_a_browser_asks_by_itself_is_answered_and_is_no_unknown_call() -> None:
    played = player(of(call("/a", None, {})))
    asked = {
        "origin": "https://login.upstox.com",
        "access-control-request-method": "POST",
        "access-control-request-headers": "x-device-details",
    }
    answer = played.answer(Asked("OPTIONS", f"{SERVICE}/a", headers=asked))
    assert answer.status == 204
    assert header(answer, "access-control-allow-origin") == "https://login.upstox.com"
    assert header(answer, "access-control-allow-credentials") == "true"
    assert header(answer, "access-control-allow-methods") == "POST"
    assert header(answer, "access-control-allow-headers") == "x-device-details"
    assert played.answer(Asked("GET", f"{SERVICE}/favicon.ico")) == Answer(404)
    socket = {"connection": "Upgrade", "upgrade": "websocket"}
    assert played.answer(Asked("GET", f"{SERVICE}/qr", headers=socket)) == Answer(0)
    assert played.tape.unknown == []


def test_what_was_recorded_of_these_is_told_as_it_was() -> None:
    played = player(
        of(
            call("/a", None, "", method="OPTIONS", status=403),
            call("/favicon.ico", None, "icon", method="GET"),
        )
    )
    assert played.answer(Asked("OPTIONS", f"{SERVICE}/a")).status == 403
    assert played.answer(Asked("GET", f"{SERVICE}/favicon.ico")).body == b"icon"


@pytest.mark.parametrize(("failed", "on_end"), [(None, True), ("net::ERR_CONNECTION_RESET", False)])
def test_a_call_without_an_answer_breaks_if_it_broke_and_else_is_never_answered(
    failed: str | None, on_end: bool
) -> None:
    answer = player(of(call("/a", None, None, failed=failed))).answer(Asked("POST", f"{SERVICE}/a"))
    assert (answer.status, answer.on_end) == (0, on_end)


@pytest.mark.parametrize(("fast", "after"), [(True, 0.0), (False, 1.5)])
def test_an_answer_takes_its_time_unless_all_is_to_be_fast(fast: bool, after: float) -> None:
    recorded = of(call("/a", None, {}))
    exchanges = (recorded.exchanges[0].model_copy(update={"took": 1.5}),)
    slow = Bundle(recorded.about, exchanges, (), recorded.bodies)
    assert player(slow, fast=fast).answer(Asked("POST", f"{SERVICE}/a")).after == after


@pytest.mark.parametrize("skew", [-40, 0, 600])
def test_the_date_of_an_answer_is_as_far_from_the_logins_clock_as_it_was(skew: int) -> None:
    recorded = of(
        call("/a", None, {}, headers=[("Date", format_datetime(EPOCH + timedelta(seconds=skew)))])
    )
    answer = player(recorded).answer(Asked("POST", f"{SERVICE}/a"))
    told = header(answer, "date")
    assert told is not None
    assert parsedate_to_datetime(told) == datetime(2026, 11, 30, 8, 30, tzinfo=UTC) + timedelta(
        seconds=skew
    )
    assert [name for name, _ in answer.headers].count("Date") == 1


def test_a_date_that_is_none_is_left_out() -> None:
    answer = player(of(call("/a", None, {}, headers=[("Date", "yesterday")]))).answer(
        Asked("POST", f"{SERVICE}/a")
    )
    assert header(answer, "date") is None


def test_times_in_a_body_are_moved_to_the_clock_of_whoever_reads_them() -> None:
    """The page compares them with the browser's clock, our own client with the login's."""
    expires = EPOCH + timedelta(hours=1)
    recorded = of(
        call("/a", None, {"exp": int(expires.timestamp())}, headers=[("Content-Type", "text/json")])
    )
    exchange = recorded.exchanges[0]
    for by, began in (("browser", NOW), ("client", datetime(2026, 11, 30, 8, 30, tzinfo=UTC))):
        exchanges = (exchange.model_copy(update={"by": by}),)
        played = player(Bundle(recorded.about, exchanges, (), recorded.bodies))
        body = json.loads(played.answer(Asked("POST", f"{SERVICE}/a")).body)
        assert body["exp"] == int((began + timedelta(hours=1)).timestamp())


def test_this_runs_own_values_are_told_back_and_a_picture_stays() -> None:
    state = "RecordedState-0123456789"
    own = "MyOwnStateOfThisRun-0123456789"
    recorded = of(
        call(f"/dialog?state={state}", None, f"go to /next?state={state}", method="GET"),
        call("/logo.png", None, "x", method="GET"),
    )
    picture = b"\x89PNG\xff\xfe" + state.encode()
    name = recorded.exchanges[1].response
    assert name is not None
    bodies = {**recorded.bodies, name.body or "": picture}
    played = player(Bundle(recorded.about, recorded.exchanges, (), bodies))
    asked = Asked("GET", f"{SERVICE}/dialog?state={own}")
    assert played.answer(asked).body.decode() == f"go to /next?state={own}"
    assert played.answer(Asked("GET", f"{SERVICE}/logo.png")).body == picture


def test_the_origins_are_those_of_every_call_that_was_let_out_and_of_the_api() -> None:
    recorded = of(
        call("/a", None, {}),
        call("/b", None, None, failed="blocked"),
        api_base_url="http://127.0.0.1:8000",
    )
    blocked = recorded.exchanges[1].model_copy(update={"url": "https://stranger.example/b"})
    whole = Bundle(recorded.about, (recorded.exchanges[0], blocked))
    assert origins_of(whole) == ["http://127.0.0.1:8000", SERVICE]
