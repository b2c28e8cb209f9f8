"""Logins that a person types, and their recordings."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pyotp
import pytest

from tests.harness import Desk, Notes, leaks_below, secrets_of
from tests.recordings.person import Distracted, Elsewhere, Person, Stranger, by_hand
from upstox_browser_login.errors import (
    ConfigurationError,
    CredentialsRejectedError,
    LoginBlockedError,
    UpstoxUnavailableError,
)
from upstox_browser_login.ledger import Ledger
from upstox_browser_login.recordings.bundle import read_bundle
from upstox_browser_login.recordings.looks import replay_looks
from upstox_browser_login.recordings.record import record
from upstox_browser_login.recordings.recording import NothingKeptError
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import login_result
from upstox_browser_login.session.parts import Parts
from upstox_browser_login.settings import Settings


def person(
    replica: Replica, *pins: str, mobile: str | None = None, kind: type[Person] = Person
) -> Person:
    account = replica.account
    code = pyotp.TOTP(account.totp_secret).now
    return kind(mobile or account.mobile, code, *(pins or (account.pin,)))


@pytest.mark.usefixtures("sharing")
def test_a_login_by_hand_is_caught_and_stored(desk: Desk, replica: Replica) -> None:
    settings = by_hand(desk, replica)
    typing = person(replica)
    result = login_result(settings, progress=typing, by_hand=True)
    assert result.token.user_id == replica.account.user_id
    assert Parts.of(settings, desk.clock).store.load(Parts.of(settings, desk.clock).key) is not None
    assert typing.steps[:2] == ["open", "mobile"]
    assert replica.counts.pins == 1
    assert ledger(settings, desk).history()[-1].outcome == "succeeded"


def test_nothing_but_number_and_app_is_needed(desk: Desk, replica: Replica) -> None:
    with pytest.raises(ConfigurationError, match="UPSTOX_CLIENT_SECRET is not set"):
        login_result(by_hand(desk, replica, client_secret=None), by_hand=True)
    with pytest.raises(ConfigurationError, match="UPSTOX_PIN_CODE, UPSTOX_TOTP_SECRET are not set"):
        login_result(by_hand(desk, replica))


@pytest.mark.usefixtures("sharing")
@pytest.mark.parametrize("replica", [["wrong-pin"]], indirect=True)
def test_a_refused_pin_counts_though_a_person_typed_it(desk: Desk, replica: Replica) -> None:
    """The person may try again; a later login of ours may not send that PIN."""
    settings = by_hand(desk, replica)
    with pytest.raises(CredentialsRejectedError, match="incorrect PIN"):
        login_result(settings, progress=person(replica, "135791", "135792"), by_hand=True)
    assert replica.counts.pins == 2
    refused = [each for each in ledger(settings, desk).history() if each.outcome == "refused"]
    assert [each.what for each in refused] == ["pin", "pin"]
    for pin in ("135791", "135792"):
        block = ledger(settings, desk).block(pin)
        assert block is not None, pin
        assert block.code == "COOLING_DOWN"
    assert ledger(settings, desk).block("864209") is None


@pytest.mark.usefixtures("sharing")
@pytest.mark.variant
def test_another_number_is_no_login_for_these_settings(desk: Desk, replica: Replica) -> None:
    typing = person(replica, mobile="9123456780")
    with pytest.raises(LoginBlockedError, match="Another mobile number"):
        login_result(by_hand(desk, replica), progress=typing, by_hand=True)


@pytest.mark.usefixtures("sharing")
def test_a_recorded_login_by_hand_holds_nothing_that_was_typed(
    desk: Desk, replica: Replica, tmp_path: Path
) -> None:
    """A stray digit was typed and taken back: that is a secret as well."""
    settings = by_hand(desk, replica, trace="off")
    recorded = record(settings, tmp_path, "hand", progress=person(replica), by_hand=True)
    kept = recorded.keep("hand")
    account = replica.account
    typed = {account.pin[:length]: "typed" for length in (5, 6)}
    assert leaks_below(kept, secrets_of(replica) | typed) == {}
    about = json.loads((kept / "recording.json").read_text())
    assert about["how"] == "watch"
    assert [each["state"] for each in about["states"]] == ["mobile", "otp", "pin"]
    assert about["counts"]["pin"] == about["counts"]["exchange"] == 1
    assert len(about["account"]["pin_code"]) == len(account.pin)
    assert replay_looks(read_bundle(kept)).passed


@pytest.mark.usefixtures("sharing")
@pytest.mark.parametrize("replica", [["renamed-everything"]], indirect=True)
def test_a_page_that_nobody_knows_is_recorded_by_hand(
    desk: Desk, replica: Replica, tmp_path: Path
) -> None:
    """No form of it is recognised, and all that is typed into it is replaced."""
    settings, account = by_hand(desk, replica, trace="off"), replica.account
    typing = person(replica, kind=Stranger)
    recorded = record(settings, tmp_path, "hand", progress=typing, by_hand=True)
    assert recorded.error is None
    assert recorded.unreadable is None
    kept = recorded.keep("hand")
    typed = {account.pin[:length]: "typed" for length in (5, 6)}
    assert leaks_below(kept, secrets_of(replica) | typed) == {}
    bundle = read_bundle(kept)
    assert [each.state for each in bundle.about.states if each.state in {"otp", "pin"}] == []
    # Once the page is known, a replay types what the recording has.
    sent = b" ".join(bundle.bodies.values()).decode("utf-8", "replace")
    pin = bundle.about.account.pin_code
    assert pin != "000000"
    assert any(form in sent for form in (pin, base64.b64encode(pin.encode()).decode()))


def keeps_nothing(
    desk: Desk,
    replica: Replica,
    folder: Path,
    kind: type[Person] = Distracted,
    where: str = "a frame of localhost",
    **more: Any,
) -> None:
    typing = person(replica, kind=kind)
    settings = by_hand(desk, replica, trace="off", **more)
    with pytest.raises(NothingKeptError, match=f"typed into {where} could not be read"):
        record(settings, folder, "x", progress=typing, by_hand=True)
    assert typing.steps[-1] == "store"
    assert not folder.exists()


@pytest.mark.variant  # of test_nor_where_another_window_was_typed_into
@pytest.mark.usefixtures("sharing")
@pytest.mark.parametrize("replica", [["foreign-frame"]], indirect=True)
def test_of_a_login_in_which_a_foreign_frame_was_typed_into_nothing_is_kept(
    desk: Desk, replica: Replica, tmp_path: Path
) -> None:
    keeps_nothing(desk, replica, tmp_path / "recorded")


@pytest.mark.browser
@pytest.mark.variant
@pytest.mark.browser
@pytest.mark.parametrize("replica", [["foreign-frame"]], indirect=True)
def test_nor_where_that_frame_has_a_process_of_its_own(
    desk: Desk, replica: Replica, tmp_path: Path
) -> None:
    keeps_nothing(desk, replica, tmp_path / "recorded", browser_args="--site-per-process")


@pytest.mark.usefixtures("sharing")
def test_nor_where_another_window_was_typed_into(
    desk: Desk, replica: Replica, tmp_path: Path
) -> None:
    keeps_nothing(desk, replica, tmp_path / "recorded", Elsewhere, "a window of another site")


@pytest.mark.usefixtures("sharing")
def test_of_a_login_in_which_nobody_typed_nothing_is_kept(
    desk: Desk, replica: Replica, tmp_path: Path
) -> None:
    """That is told as it is: nobody looks for a field that could not be read."""
    told = Notes()
    settings = by_hand(desk, replica, trace="off", timeout=5)
    with pytest.raises(UpstoxUnavailableError, match="not done within"):
        record(settings, tmp_path / "recorded", "x", progress=told, by_hand=True)
    (warning,) = [each for each in told.warnings if "kept" in each]
    assert warning.startswith("Nothing was typed in the window")
    assert not (tmp_path / "recorded").exists()


def ledger(settings: Settings, desk: Desk) -> Ledger:
    return Parts.of(settings, desk.clock).ledger


@pytest.mark.usefixtures("sharing")
def test_evidence_of_what_could_not_be_read_is_not_kept(desk: Desk, replica: Replica) -> None:
    """What nobody knows cannot be taken out of a trace either."""
    settings = by_hand(desk, replica, trace="on")
    typing = person(replica, kind=Elsewhere)
    assert login_result(settings, progress=typing, by_hand=True).trace is None
    assert not settings.trace_dir.exists() or not list(settings.trace_dir.iterdir())
