"""Settings that break a rule, several together, and what they are by default."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from upstox_browser_login.settings import NEEDED_FOR_LOGIN, Settings, variable
from upstox_browser_login.settings.deferred import Deferred
from upstox_browser_login.settings.names import NOT_FOR_A_LOGIN

from .conftest import SEED
from .given import WHOLE, printing, refusal
from .test_rules import BAD


@pytest.mark.parametrize(
    ("name", "value", "rule"), [each for each in BAD if each[0] in NOT_FOR_A_LOGIN]
)
def test_what_a_login_does_without_is_left_out_where_it_breaks_its_rule(
    name: str, value: str, rule: str, caplog: pytest.LogCaptureFixture
) -> None:
    """It stops who would use it, and is a warning to everybody else; the value is not told."""
    settings = Settings(**WHOLE, **{name: value})
    assert getattr(settings, name) == getattr(Settings(**WHOLE), name)
    (told,) = caplog.messages
    assert told.startswith(f"{variable(name)}: ")
    assert (rule in told, value in told) == (True, False)
    assert [*settings.unusable(name)] == [variable(name)]
    settings.refuse_unusable(*{*NOT_FOR_A_LOGIN} - {name})
    # Beside one that stops every command it is named with it.
    both = refusal(**{**WHOLE, "pin_code": "1", name: value})
    assert (rule in both, "4 to 6 digits" in both) == (True, True)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("pincode", "'pin_code'"),
        # As other programs call it, and as the variable is called.
        ("api_key", "'client_id'"),
        ("upstox_pin_code", "'pin_code'"),
        ("_env_file", "'env_file'"),
        ("nothing_like_it", "setting"),
    ],
)
def test_a_keyword_that_is_no_setting_is_refused(name: str, meant: str) -> None:
    """Left out without a word, a PIN would be missing, or another one be used."""
    values: dict[str, Any] = {name: "024680"}
    with pytest.raises(TypeError, match=name) as caught:
        Settings(**values)
    assert meant in str(caught.value)
    assert "024680" not in str(caught.value)


def test_several_broken_rules_are_all_named() -> None:
    told = refusal(username="1", pin_code="2", timeout="x")
    assert all(variable(name) in told for name in ("username", "pin_code", "timeout"))


def test_seed_or_command_but_not_both() -> None:
    told = refusal(totp_secret=SEED, totp_command="pass otp")
    assert "UPSTOX_TOTP_SECRET and UPSTOX_TOTP_COMMAND are both set" in told
    assert SEED not in told


def test_defaults_of_the_interface() -> None:
    found = Settings()
    assert all(getattr(found, name) is None for name in NEEDED_FOR_LOGIN)
    assert (found.debug, found.headed, found.sleep_time) == (False, False, None)
    assert (found.timeout, found.trace, found.trace_dir) == (60.0, "on-failure", Path("traces"))
    assert found.token_store.get_secret_value() == "file"
    assert found.api_base_url == "https://api.upstox.com"
    assert found.state_dir.is_absolute()
    assert {found.browser_path, found.browser_channel, found.browser_url} == {None}
    assert (found.browser_args, found.password, found.totp_command) == (None, None, None)


def test_a_setting_that_another_thread_has_just_fetched_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """That thread is done after Python has missed the field here, and before it is looked for."""
    monkeypatch.setenv("UPSTOX_USERNAME_COMMAND", printing("9876501234"))
    found, deferred = Settings(), Settings.deferred

    def late(settings: Settings, name: str) -> Deferred | None:
        monkeypatch.setattr(Settings, "deferred", deferred)
        settings.secret("username")
        return deferred(settings, name)

    monkeypatch.setattr(Settings, "deferred", late)
    assert found.username is not None
    assert found.username.get_secret_value() == "9876501234"
