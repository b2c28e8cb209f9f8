"""What a recording hears of a login, and what keeps it from being kept."""

from __future__ import annotations

import asyncio
import base64
import json
from random import Random

import pytest

from tests.harness import Desk
from tests.recordings.person import Person, by_hand
from upstox_browser_login.recordings.bundle import About
from upstox_browser_login.recordings.capture import RawExchange
from upstox_browser_login.recordings.clean import Raw, clean
from upstox_browser_login.recordings.recording import NothingKeptError, Recording
from upstox_browser_login.replica import Replica


def test_a_pin_that_nobody_heard_of_is_known_by_what_was_sent(desk: Desk, replica: Replica) -> None:
    """By the body of the call, whatever the page has made of the person's hands."""
    recording = Recording(by_hand(desk, replica), Person("", str), by_hand=True)
    body = json.dumps({"data": {"p": base64.b64encode(b"120341").decode()}}).encode()
    exchange = RawExchange(0, 1.0, "browser", "fetch", "main", "POST", "https://login/x")
    exchange.request_body = body
    recording._capture.exchanges.append(exchange)
    asyncio.run(recording.ending())
    assert recording.cleaned is not None
    assert recording.cleaned.stand_ins.values["120341"] == "typed text"
    kept = b" ".join(recording.cleaned.bodies.values())
    assert base64.b64encode(b"120341") not in kept


def test_what_could_not_be_read_keeps_the_recording_from_being_kept(
    desk: Desk, replica: Replica
) -> None:
    recording = Recording(by_hand(desk, replica), Person("", str), by_hand=True)
    recording.refuse_unread()
    recording.typed("mobile", "9876501234")
    recording.refuse_unread()
    recording.typed(None, None)
    with pytest.raises(NothingKeptError, match="could not be read"):
        recording.refuse_unread()


def test_a_pin_that_was_taken_back_is_not_the_recorded_account_s(
    desk: Desk, replica: Replica
) -> None:
    """Of a refused PIN the person often clears the field: a recording of that can be read."""
    recording = Recording(by_hand(desk, replica), Person("", str), by_hand=True)
    for text in ("0246", "02468", "024680", "02", ""):
        recording.typed("pin", text)
    secrets = dict.fromkeys(("024680", "02468", "0246"), "pin code")
    recording.cleaned = clean(Raw([]), secrets, began=0.0, redirect_uri=None, rng=Random(1))
    about = recording.about("hand", None, "watch")
    assert About.model_validate(about).account.pin_code == recording.cleaned.stand_ins.of("024680")
