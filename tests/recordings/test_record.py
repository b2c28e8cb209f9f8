"""Recordings of logins at the replica: complete, clean, and as the login was."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import pytest

from tests.harness import Desk, leaks_below, secrets_of
from tests.recordings.make import FOLDER, VARIANTS
from upstox_browser_login.budget import SHARES, Shares
from upstox_browser_login.evidence.record import OF_A_RECORDING
from upstox_browser_login.recordings.bundle import read_bundle
from upstox_browser_login.recordings.looks import replay_looks
from upstox_browser_login.recordings.record import Recorded, record
from upstox_browser_login.replica import Account, Replica


def personal_of(account: Account) -> dict[str, str]:
    """What is the account's, and no secret."""
    return {
        account.email: "e-mail",
        account.user_id: "client code",
        account.user_name: "name",
        account.first_name: "name",
        account.last_name: "name",
        str(account.profile_id): "profile",
        account.client_id: "API key",
    }


def recorded(desk: Desk, replica: Replica, folder: Path, **changes: Any) -> tuple[Recorded, Path]:
    made = record(desk.settings(replica, **changes), folder, "it")
    return made, made.keep("it")


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.usefixtures("sharing")
def test_a_good_login_is_recorded_whole_and_clean(
    desk: Desk, replica: Replica, tmp_path: Path
) -> None:
    made, kept = recorded(desk, replica, tmp_path / "recorded", trace="on")
    account = replica.account
    assert made.error is None
    assert made.result is not None
    assert made.result.token.user_id == account.user_id
    assert leaks_below(kept, secrets_of(replica) | personal_of(account)) == {}
    assert (kept / "trace.zip").is_file(), made.without_trace

    about = json.loads((kept / "recording.json").read_text())
    assert about["counts"] == dict.fromkeys(("otp", "verify", "pin", "authorize", "exchange"), 1)
    assert about["ending"]["ok"] is True
    assert about["source"] == "replica"
    assert {"mobile number", "name", "e-mail", "client code", "cookie"} <= about["replaced"].keys()

    exchanges = lines(kept / "exchanges.jsonl")
    assert [each["n"] for each in exchanges] == sorted(each["n"] for each in exchanges)
    # The dialog redirects; the last hop carries code and state to where nobody is asked.
    assert exchanges[1]["hop_of"] == exchanges[0]["n"]
    last = exchanges[-2]
    assert last["failed"] == "blocked"
    hop = exchanges[last["hop_of"]]
    assert dict(hop["response"]["headers"])["location"] == last["url"]
    assert exchanges[-1]["by"] == "client"
    cookies = [
        value
        for each in exchanges
        for name, value in (each["response"] or {"headers": []})["headers"]
        if name.lower() == "set-cookie"
    ]
    assert len(cookies) >= 3
    sent = " ".join(
        value
        for each in exchanges
        for name, value in each["request"]["headers"]
        if name == "Cookie"
    )
    assert all(each.partition(";")[0] in sent for each in cookies)

    states = ("mobile", "otp", "pin")
    for state in states:
        assert about["account"]["username"] in (kept / f"page-{states[-1]}.html").read_text()
        assert "textbox" in (kept / f"page-{state}.aria.yaml").read_text()
        width, height = struct.unpack(">II", (kept / f"page-{state}.png").read_bytes()[16:24])
        assert (width, height) == (800, 600)
    verdict = replay_looks(read_bundle(kept))
    assert verdict.passed, verdict.wrong


@pytest.mark.variant
@pytest.mark.usefixtures("sharing")
def test_the_trace_of_a_recording_has_a_limit_of_its_own(
    desk: Desk, replica: Replica, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is that limit which cuts it short, and not the one of evidence."""
    assert SHARES.unhurried < OF_A_RECORDING
    monkeypatch.setattr("upstox_browser_login.budget.SHARES", Shares(unhurried=0.01))
    monkeypatch.setattr("upstox_browser_login.recordings.recording.OF_A_RECORDING", 0.01)
    made, kept = recorded(desk, replica, tmp_path / "recorded", trace="on")
    assert made.error is None
    assert made.without_trace is not None
    assert not (kept / "trace.zip").exists()


@pytest.mark.variant
@pytest.mark.usefixtures("sharing")
@pytest.mark.parametrize("replica", [["wrong-pin"]], indirect=True)
def test_a_login_that_fails_is_recorded_as_well(
    desk: Desk, replica: Replica, tmp_path: Path
) -> None:
    made, kept = recorded(desk, replica, tmp_path / "recorded", trace="off")
    assert made.error is not None
    assert made.without_trace == "none was made"
    about = json.loads((kept / "recording.json").read_text())
    ending = {"ok": False, "code": "PIN_REJECTED", "upstox_code": "1017106", "step": "pin"}
    assert about["ending"] == ending
    assert about["counts"]["pin"] == 1
    assert about["counts"]["exchange"] == 0
    assert leaks_below(kept, secrets_of(replica) | personal_of(replica.account)) == {}
    assert replay_looks(read_bundle(kept)).passed


@pytest.mark.parametrize("name", VARIANTS)
def test_what_is_shipped_holds_nothing_of_the_account_it_was_made_with(name: str) -> None:
    (bundle,) = FOLDER.glob(f"*-{name}")
    about = json.loads((bundle / "recording.json").read_text())
    account = Account()
    known = {
        account.mobile: "mobile number",
        account.pin: "PIN",
        account.totp_secret: "TOTP seed",
        account.client_secret: "client secret",
    }
    assert leaks_below(bundle, known | personal_of(account)) == {}
    assert about["source"] == "replica"
    assert sum(path.stat().st_size for path in bundle.rglob("*") if path.is_file()) < 300_000
