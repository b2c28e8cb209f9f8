"""What came of the last submission, as far as the wire tells."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from upstox_browser_login.page.outcome import own_calls
from upstox_browser_login.page.said import Said
from upstox_browser_login.page.view import View
from upstox_browser_login.page.wire.answers import Answer
from upstox_browser_login.page.wire.calls import Call, Traffic

from .looks import asked, ended
from .views import (
    BLANK,
    CARRIES_NUMBER,
    CARRIES_PIN,
    LOADS,
    NOW,
    NUMBER_SENT,
    NUMBER_TYPED,
    PIN_SENT,
    SEALED,
    came,
)

REFUSED: dict[str, Any] = {"ok": False, "said": Said("Incorrect PIN", "1017106")}


@pytest.mark.parametrize(
    ("calls", "state"),
    [
        ((), "none"),
        ((CARRIES_PIN,), "pending"),
        ((ended(CARRIES_PIN, 92.0, ok=True),), "taken"),
        ((ended(CARRIES_PIN, 92.0, **REFUSED),), "failed"),
        ((ended(CARRIES_PIN, 92.0, 503),), "failed"),
        ((ended(CARRIES_PIN, 92.0, ok=None, is_json=False),), "unclear"),
        (
            (replace(CARRIES_PIN, ended=92.0, answer=Answer.read(200, b"<h1>Just a moment")),),
            "failed",
        ),
        ((replace(CARRIES_PIN, ended=92.0, failure="ERR_CONNECTION_RESET"),), "failed"),
        ((ended(CARRIES_PIN, 92.0),), "unclear"),
        # Each success of Upstox has data; an empty answer says nothing, and none is a failure.
        ((replace(CARRIES_PIN, ended=92.0, answer=Answer.read(200, b"{}")),), "unclear"),
        ((replace(CARRIES_PIN, ended=92.0, answer=Answer.read(200, b'{"data":null}')),), "unclear"),
        (
            (
                replace(
                    CARRIES_PIN,
                    ended=92.0,
                    answer=Answer.read(200, b'{"success":true,"data":{}}'),
                ),
            ),
            "taken",
        ),
        ((replace(CARRIES_PIN, ended=92.0, answer=Answer.read(204, b"")),), "unclear"),
        ((replace(CARRIES_PIN, kind="socket", ended=92.0),), "unclear"),
        # The second of two has no answer yet.
        ((ended(CARRIES_PIN, 92.0, **REFUSED), replace(CARRIES_PIN, id="10")), "pending"),
        ((ended(CARRIES_PIN, 92.0, ok=True), replace(CARRIES_PIN, id="10")), "taken"),
        # An encrypted PIN: whatever was posted to Upstox since may hold it, or be a line for a log.
        ((ended(SEALED, 92.0, ok=True, facts={"isSecretPinSet": True}),), "taken"),
        ((ended(SEALED, 92.0, ok=True),), "unclear"),
        ((ended(replace(SEALED, carries=frozenset({"mobile"})), 92.0, ok=True),), "unclear"),
        ((ended(SEALED, 92.0, **REFUSED),), "failed"),
        ((replace(SEALED, trusted=False),), "none"),
        ((replace(SEALED, same=True),), "none"),
        ((replace(SEALED, blocked=True),), "none"),
        # From before the typing.
        ((ended(replace(CARRIES_PIN, at=89.0), 92.0, ok=True),), "none"),
    ],
)
def test_outcome(calls: tuple[Call, ...], state: str) -> None:
    assert came(*calls).state == state


def test_a_number_that_is_looked_up_while_it_is_typed_is_no_submission() -> None:
    """A GET counts once the button was pressed; from then on polls that hold it count as well."""
    look_up = asked("1", 90.5, carries=frozenset({"mobile"}), **LOADS)
    for sent in (NUMBER_TYPED, NUMBER_SENT):
        assert own_calls(View(NOW, BLANK, 1.0, Traffic((look_up,)), sent)) == ()
    after = replace(look_up, at=91.5, same=True)
    assert own_calls(View(NOW, BLANK, 1.0, Traffic((after,)), NUMBER_SENT)) == (after,)


def test_calls_that_hold_it_hide_those_that_may() -> None:
    traffic = Traffic((SEALED, CARRIES_PIN))
    assert own_calls(View(NOW, BLANK, 1.0, traffic, PIN_SENT)) == (CARRIES_PIN,)


def test_the_calls_of_the_login_hide_others_that_may_hold_it() -> None:
    """Such as a person's settings, whose failure is none of the login."""
    sealed = replace(ended(SEALED, 92.0), answer=Answer(200, None, is_json=True))
    settings = ended(asked("10", 91.2, path="/v2/settings"), 91.5, 404, ok=False)
    assert came(sealed, settings).state == "unclear"
    assert came(settings).state == "failed"


def test_the_answer_to_another_field_of_the_form_has_not_taken_the_pin() -> None:
    """Number and PIN may stand on one form: the number's call is answered before the PIN's."""
    of_number = ended(CARRIES_NUMBER, 92.0, ok=True, facts={"isTotpEnabled": True})
    assert came(of_number).state == "unclear"
    assert came(of_number, ended(CARRIES_PIN, 93.0, **REFUSED)).state == "failed"
    unseen = ended(SEALED, 92.0, ok=True, facts={"customerStatus": "ACTIVE"})
    assert came(unseen).state == "taken"
