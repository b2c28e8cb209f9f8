"""The evidence of whole logins, at the replica."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.harness import Desk, leaks_below, secrets_of
from upstox_browser_login.evidence import record
from upstox_browser_login.evidence.record import Recorder
from upstox_browser_login.replica import Replica

pytestmark = pytest.mark.usefixtures("sharing")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """One that keeps evidence of what fails."""
    desk.trace = "on-failure"
    return desk


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Recorder]:
    """The records that have begun."""
    begun: list[Recorder] = []
    start = Recorder._start

    async def told(recorder: Recorder, *args: Any, **kwargs: Any) -> None:
        begun.append(recorder)
        await start(recorder, *args, **kwargs)

    monkeypatch.setattr(Recorder, "_start", told)
    return begun


def test_a_good_login_is_not_recorded(
    desk: Desk, replica: Replica, started: list[Recorder]
) -> None:
    assert desk.log_in(replica).code == "OK"
    assert started == []
    assert desk.log_in(replica, trace="on").code == "OK"
    assert len(started) == 1


@pytest.mark.parametrize("replica", [["wrong-otp"]], indirect=True)
def test_a_retry_starts_the_record(desk: Desk, replica: Replica, started: list[Recorder]) -> None:
    """Once, at the code that was refused first."""
    attempt = desk.log_in(replica)
    assert attempt.code == "TOTP_REJECTED"
    assert len(started) == 1
    (folder,) = desk.evidence
    assert leaks_below(folder, secrets_of(replica)) == {}


@pytest.mark.parametrize("replica", [["wrong-pin"]], indirect=True)
def test_the_report_tells_what_was_recognised_and_why(desk: Desk, replica: Replica) -> None:
    assert desk.log_in(replica).code == "PIN_REJECTED"
    (folder,) = desk.evidence
    told = json.loads((folder / "report.json").read_text())
    looks = {each["state"]: each for each in told["looks"]}
    assert {"mobile", "otp", "pin"} <= looks.keys()
    assert looks["mobile"]["at"] < looks["otp"]["at"] < looks["pin"]["at"]
    for each in ("mobile", "otp", "pin"):
        kinds = {reason.partition(":")[0] for reason in looks[each]["why"]}
        assert len(kinds) >= 2, looks[each]
    verified = [each for each in told["requests"] if each["request"].endswith("2fa 200")]
    assert all(
        looks["pin"]["at"] <= each["at"] <= each["at"] + each["seconds"] for each in verified
    )
    assert len(verified) == 2  # the browser asks first whether it may
    assert told["missing"] == []


@pytest.mark.parametrize(
    ("replica", "logins"), [(["otp-blocked"], 1), (["reset=pin"], 2)], indirect=["replica"]
)
def test_the_report_has_the_hint_of_the_error(desk: Desk, replica: Replica, logins: int) -> None:
    """The one that knows what the login has left in the way of the next one."""
    hint = ""
    for _ in range(logins):
        error = desk.log_in(replica).error
        assert error is not None
        assert error.trace is not None
        told = json.loads(Path(error.trace, "report.json").read_text("utf-8"))
        assert (told["code"], told["hint"]) == (error.code, error.hint)
        hint = error.hint
    assert hint.startswith("A login may not be tried: ")


@pytest.mark.parametrize("replica", [["wrong-pin"]], indirect=True)
def test_a_browser_that_tells_nothing_leaves_looks_and_requests(
    desk: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one that has gone away: the report says so."""
    monkeypatch.setattr(record, "ITEM_SECONDS", 0.0)
    monkeypatch.setattr(record, "TRACE", 0.0)
    assert desk.log_in(replica).code == "PIN_REJECTED"
    (folder,) = desk.evidence
    assert {path.name for path in folder.iterdir()} == {"report.md", "report.json"}
    told = json.loads((folder / "report.json").read_text())
    assert {"trace", "screenshot.png", "page.html"} <= {each["what"] for each in told["missing"]}
    assert len(told["looks"]) >= 3
    assert len(told["requests"]) >= 5
    assert "left out: trace" in (folder / "report.md").read_text()
