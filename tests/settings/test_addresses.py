"""Addresses of stores and browsers: what would be read as something else is refused."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.harness import Notes
from upstox_browser_login.errors import ConfigurationError, StoreError
from upstox_browser_login.session import login_result
from upstox_browser_login.settings import (
    NEEDED_FOR_LOGIN,
    Settings,
    is_loopback,
    is_upstox_host,
)
from upstox_browser_login.store import open_store

from .conftest import VALUES, Refusal


@pytest.mark.parametrize("character", ["#", "?", "@", "/", "[", "%", "\\", " "])
@pytest.mark.parametrize(
    ("name", "start"),
    [("token_store", "redis"), ("token_store", "rediss"), ("browser_url", "wss")],
)
def test_special_characters_in_a_password(
    name: str, start: str, character: str, refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`redis://:a?b@host` would mean the host "a", and be contacted there."""
    monkeypatch.setattr(socket, "create_connection", None)
    told = refusal(**{name: f"{start}://user:hunter{character}2pass@host:6379/0"})
    assert "has a special character in its user, password or options" in told
    assert "percent-encode" in told
    for piece in ("hunter", "2pass", "user:", "host"):
        assert piece not in told


def test_encoded_characters_are_taken() -> None:
    text = "redis://user:a%23b%3Fc%40d%2Fe%25@host:6379/0?socket_timeout=2"
    assert Settings(token_store=text).token_store.get_secret_value() == text


@pytest.mark.parametrize(
    ("address", "option"),
    [
        ("redis://:hunter2@host/0?tiemout=5", "tiemout"),
        ("redis://host/0?socket_timeout=soon", "socket_timeout"),
        ("unix:///run/redis.sock?databse=1", "databse"),
    ],
)
def test_options_that_redis_does_not_take(address: str, option: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        open_store(Settings(token_store=address))
    assert f"UPSTOX_TOKEN_STORE has the option `{option}`, which redis-py" in caught.value.message
    assert "hunter2" not in str(caught.value)


def test_options_that_sqlite_does_not_take(refusal: Refusal) -> None:
    assert "has options, which sqlite:///PATH does not take" in refusal(
        token_store="sqlite:///tokens.db?mode=ro"
    )


# -- clear text ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    ["ws://10.0.0.7:3000/", "http://chrome:9222", "ws://[fd00::1]:3000", "cdp+ws://chrome:1/x"],
)
def test_a_browser_elsewhere_in_clear_text_is_warned_of(url: str) -> None:
    (warning,) = Settings(browser_url=url).loud_warnings()
    assert "your credentials WILL CROSS THE NETWORK IN CLEAR TEXT" in warning
    assert "UPSTOX_BROWSER_URL is " in warning


@pytest.mark.parametrize(
    "url",
    [
        "ws://127.0.0.1:3000/",
        "http://localhost:9222",
        "ws://[::1]:3000",
        "wss://chrome:3000",
        "cdp+wss://chrome:3000",
        "cdp+ws://127.0.0.1:9222/devtools/browser/x",
    ],
)
def test_a_browser_here_or_behind_tls_is_not(url: str) -> None:
    assert Settings(browser_url=url).loud_warnings() == []


@pytest.mark.parametrize("url", ["http://api.upstox.com", "HTTP://api.upstox.com:8080/x"])
def test_upstox_in_clear_text_is_warned_of(url: str) -> None:
    """It is Upstox's own host, and whoever is on the way reads what is typed."""
    (warning,) = Settings(api_base_url=url, allow_untrusted_origin=True).loud_warnings()
    assert warning.startswith("UPSTOX_API_BASE_URL is http:// to api.upstox.com: your credentials")
    assert "WILL CROSS THE NETWORK IN CLEAR TEXT" in warning


def test_another_host_in_clear_text_is_warned_of_twice() -> None:
    found = Settings(api_base_url="http://10.0.0.7:8000", allow_untrusted_origin=True)
    assert [each.split()[0] for each in found.loud_warnings()] == [
        "UPSTOX_ALLOW_UNTRUSTED_ORIGIN",
        "UPSTOX_API_BASE_URL",
    ]


@pytest.mark.parametrize(
    "url",
    ["https://api.upstox.com", "http://127.0.0.5:1", "http://localhost:8000", "http://[::1]:8000"],
)
def test_upstox_behind_tls_and_a_replica_here_are_not(url: str) -> None:
    assert Settings(api_base_url=url, allow_untrusted_origin=True).loud_warnings() == []


def test_both_warnings_are_given() -> None:
    found = Settings(
        browser_url="ws://10.0.0.7:3000/",
        api_base_url="https://evil.example",
        allow_untrusted_origin=True,
    )
    assert [each.split()[0] for each in found.loud_warnings()] == [
        "UPSTOX_ALLOW_UNTRUSTED_ORIGIN",
        "UPSTOX_BROWSER_URL",
    ]


def test_a_login_of_the_library_warns_too(tmp_path: Path) -> None:
    """Before anything is started: here the state folder cannot be made."""
    (tmp_path / "file").touch()
    notes = Notes()
    found = Settings(
        **{name: VALUES[name] for name in NEEDED_FOR_LOGIN},
        browser_url="ws://10.0.0.7:3000/",
        state_dir=tmp_path / "file" / "state",
    )
    with pytest.raises(StoreError):
        login_result(found, progress=notes)
    assert notes.warnings == found.loud_warnings()
    assert len(notes.warnings) == 1


# -- hosts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1"])
def test_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["", "localhost.", "localhost.example", "0.0.0.0", "10.0.0.1", "::", "127.0.0.1.nip.io"]
)
def test_not_loopback(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize("host", ["upstox.com", "api.upstox.com", "a.b.upstox.com"])
def test_upstox(host: str) -> None:
    assert is_upstox_host(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evilupstox.com",
        "upstox.com.evil.example",
        "upstox.co",
        "upstox.com.",
        ".com",
        "a\\.upstox.com",
    ],
)
def test_not_upstox(host: str) -> None:
    assert not is_upstox_host(host)
