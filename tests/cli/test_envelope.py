"""Every command: help, one JSON object, an exit status that is the object's."""

from __future__ import annotations

import pytest

from upstox_browser_login import errors
from upstox_browser_login.replica import Replica
from upstox_browser_login.token import Token

from .conftest import Call

WITHOUT_SETTINGS = {
    ("login",): (),
    ("generate-token",): (),
    ("token",): (),
    ("exec",): ("--", "true"),
    ("profile",): (),
    ("funds",): (),
    ("status",): (),
    ("logout",): (),
    ("unlock",): (),
    ("auth-url",): (),
    ("exchange",): ("aB3xY9",),
    ("check-env",): (),
    ("totp",): (),
    ("traces", "show"): (),
}
"""Commands that cannot do their job without settings, and the arguments they need."""


@pytest.mark.parametrize("command", list(WITHOUT_SETTINGS), ids=" ".join)
def test_without_settings_it_says_so(ask: Call, command: tuple[str, ...]) -> None:
    done = ask(*command, *WITHOUT_SETTINGS[command])
    assert done.status == 3
    assert done.code == "CONFIGURATION"
    assert done.err.startswith("error: ")
    assert "\nhint: " in done.err


def test_an_unexpected_error_is_one_line(
    ask: Call, call: Call, monkeypatch: pytest.MonkeyPatch, upstox: Replica, stored: Token
) -> None:
    del stored

    def broken(*_: object) -> None:
        raise RuntimeError(f"a bug with {upstox.account.pin} in it")

    monkeypatch.setattr("upstox_browser_login.ledger.Ledger.block", broken)
    done = ask("status")
    assert done.status == 1
    assert done.code == "UNEXPECTED"
    assert "RuntimeError: a bug with [redacted] in it" in done.object["error"]["message"]
    assert "Traceback" not in done.err
    done = call("status", "--debug")
    assert done.status == 1
    assert "Traceback" in done.err
    assert upstox.account.pin not in done.err


@pytest.mark.parametrize(
    "kind", [each for each in vars(errors).values() if isinstance(each, type)], ids=str
)
def test_the_status_is_that_of_the_error(
    ask: Call, monkeypatch: pytest.MonkeyPatch, kind: type, upstox: Replica
) -> None:
    del upstox
    if not issubclass(kind, errors.UpstoxError):
        pytest.skip("no error of ours")
    for code in kind.codes:
        error = kind("What happened.", code=code, upstox_code="1017106", step="pin")
        error.trace = "traces/x"

        def fail(*_: object, raised: Exception = error, **__: object) -> None:
            raise raised

        monkeypatch.setattr("upstox_browser_login.session.login_result", fail)
        done = ask("login")
        assert done.status == kind.exit_code
        assert done.object["error"] == {
            "code": code,
            "message": "What happened.",
            "hint": error.hint,
            "step": "pin",
            "upstox_code": "1017106",
            "trace": "traces/x",
        }
        assert done.err == (
            f"error: What happened. [1017106]\nhint: {error.hint}\nevidence: traces/x\n"
        )
