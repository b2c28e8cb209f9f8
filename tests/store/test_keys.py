"""Under which names documents are kept."""

from __future__ import annotations

import re
from typing import Any

import pytest

from upstox_browser_login.errors import ConfigurationError, StoreError
from upstox_browser_login.redaction import redactor
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import account_key, token_key

MOBILE = "9876543210"
OTHER_MOBILE = "9876543211"


@pytest.fixture
def profiles(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """Two profiles, whose files say nothing."""
    for name in ("one", "two"):
        (tmp_path / f"{name}.env").touch()
    monkeypatch.setattr(
        "upstox_browser_login.settings.env_file.profile_file", lambda name: tmp_path / f"{name}.env"
    )


def settings(
    mobile: str = MOBILE, app: str = "app", profile: str | None = None, **more: Any
) -> Settings:
    return Settings(username=mobile, client_id=app, profile=profile, **more)


@pytest.mark.usefixtures("profiles")
def test_another_app_mobile_or_profile_is_another_token() -> None:
    """Nobody is handed another's token."""
    all_settings = [
        settings(mobile, app, profile)
        for mobile in (MOBILE, OTHER_MOBILE)
        for app in ("app", "other")
        for profile in (None, "one", "two")
    ]
    keys = {token_key(each) for each in all_settings}
    assert len(keys) == len(all_settings)


@pytest.mark.usefixtures("profiles")
def test_the_account_is_the_mobile_alone() -> None:
    """Upstox counts refused PINs per account, whichever app or profile sent them."""
    same = {account_key(settings(app=app, profile=who)) for app in "ab" for who in (None, "one")}
    assert len(same) == 1
    assert account_key(settings(OTHER_MOBILE)) not in same


def test_a_key_is_the_same_tomorrow() -> None:
    """A change here would lose every stored token and, worse, every count of refused PINs."""
    assert token_key(settings()) == "b3f3aa5dc3f2186d1d7ed5f733b6e439"
    assert account_key(settings()) == "444a65c17ce4a54e6a51f99fb3e977d8"


def test_another_api_is_another_token_and_account() -> None:
    """A real token is sent to no replica, and no success there lifts a real block."""
    bases = [
        "https://api.upstox.com",
        "http://127.0.0.1:8000",
        "http://127.0.0.1:8001",
        "https://127.0.0.1:8000",
        "http://localhost:8000",
        "http://localhost",
        "https://upstox.com.evil.example",
    ]
    found = [settings(api_base_url=base, allow_untrusted_origin=True) for base in bases]
    assert len({token_key(each) for each in found}) == len(bases)
    assert len({account_key(each) for each in found}) == len(bases)


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("https://api.upstox.com", "https://API-V2.upstox.com/v2"),
        ("http://localhost", "http://LOCALHOST:80/v2"),
    ],
)
def test_the_same_api_in_other_words(one: str, same: str) -> None:
    first, second = settings(api_base_url=one), settings(api_base_url=same)
    assert token_key(first) == token_key(second)
    assert account_key(first) == account_key(second)


def test_a_key_depends_on_nothing_else() -> None:
    """A new PIN or a longer timeout is no other token."""
    assert token_key(settings(pin_code="0123", timeout=90)) == token_key(settings())


def test_keys_show_nothing() -> None:
    """32 hexadecimal digits, apart from each other."""
    keys = {token_key(settings()), account_key(settings())}
    assert len(keys) == 2
    assert all(re.fullmatch("[0-9a-f]{32}", key) for key in keys)


def test_what_a_key_needs_is_asked_for() -> None:
    """By the names of the variables."""
    with pytest.raises(ConfigurationError, match="UPSTOX_USERNAME, UPSTOX_CLIENT_ID"):
        token_key(Settings())
    with pytest.raises(ConfigurationError, match="UPSTOX_USERNAME"):
        account_key(Settings(client_id="app"))


def test_a_name_is_in_no_message() -> None:
    """The mobile number can be found from it by trying all; the folder and the kind are told."""
    for make in (account_key, token_key):
        redactor.forget()
        name = make(settings())
        error = StoreError(f"/state/ledger/ledger-{name}.json is damaged.", code="STORE_UNREADABLE")
        assert error.message == "/state/ledger/ledger-[redacted].json is damaged."
        assert name in redactor.secrets()
