"""The rule of each setting by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from upstox_browser_login.settings import Settings, check, variable

from .conftest import SEED, refused
from .given import COMMON, of, refusal

SOMEWHERE = Path("/var/lib/x").absolute()

GOOD = [
    ("username", "6000000000", "6000000000"),
    ("username", "9999999999", "9999999999"),
    ("pin_code", "0000", "0000"),
    ("pin_code", "00420", "00420"),
    ("pin_code", "024680", "024680"),
    (
        "totp_secret",
        "krug kidr ovuw g2za mjzg 653o ebtg 66ba",
        "krug kidr ovuw g2za mjzg 653o ebtg 66ba",
    ),
    ("totp_secret", f"otpauth://totp/x?secret={SEED}", f"otpauth://totp/x?secret={SEED}"),
    ("totp_command", "pass otp 'my upstox'", "pass otp 'my upstox'"),
    ("after_login", "notify 'my box'", "notify 'my box'"),
    ("notify_urls", "ntfys://host/a mailto://u:p@h", "ntfys://host/a mailto://u:p@h"),
    ("notify_on", "always", "always"),
    ("client_id", "abc", "abc"),
    ("client_secret", "abc", "abc"),
    ("redirect_uri", "http://127.0.0.1:5000", "http://127.0.0.1:5000"),
    ("redirect_uri", "https://a.example/cb/?x=1&y=%20", "https://a.example/cb/?x=1&y=%20"),
    ("redirect_uri", "http://[::1]:9/", "http://[::1]:9/"),
    ("debug", "true", True),
    ("debug", "0", False),
    ("sleep_time", "100", 100),
    ("sleep_time", "10000", 10000),
    ("timeout", "5", 5.0),
    ("timeout", "600", 600.0),
    ("timeout", "12.5", 12.5),
    ("headed", "yes", True),
    ("trace", "off", "off"),
    ("trace", "on-failure", "on-failure"),
    ("trace", "on", "on"),
    ("trace_dir", "somewhere/else", Path("somewhere/else")),
    ("state_dir", str(SOMEWHERE), SOMEWHERE),
    ("token_store", "keyring", "keyring"),
    ("token_store", "sqlite:///relative.db", "sqlite:///relative.db"),
    ("token_store", "sqlite:////absolute.db", "sqlite:////absolute.db"),
    ("token_store", "redis://:pass@host:6379/0", "redis://:pass@host:6379/0"),
    ("token_store", "rediss://host", "rediss://host"),
    ("token_store", "unix:///run/redis.sock", "unix:///run/redis.sock"),
    ("browser_path", "/usr/bin/chromium", Path("/usr/bin/chromium")),
    ("browser_channel", "msedge", "msedge"),
    ("browser_url", "ws://127.0.0.1:3000/token", "ws://127.0.0.1:3000/token"),
    ("username", "9876501234", "9876501234"),
    ("username", "+91 98765 01234", "9876501234"),
    ("username", "+91-98765-01234", "9876501234"),
    ("username", "(+91) 98765\u201101234", "9876501234"),
    ("username", "919876501234", "9876501234"),
    ("username", "0091 98765\xa001234", "9876501234"),
    ("username", "09876501234", "9876501234"),
    ("username", "9191919191", "9191919191"),
    ("browser_url", "http://[::1]:9222", "http://[::1]:9222"),
    ("browser_args", "--lang='en IN' --mute-audio", "--lang='en IN' --mute-audio"),
    (
        "browser_args",
        "--proxy-server=host:1 --user-agent=a@b",
        "--proxy-server=host:1 --user-agent=a@b",
    ),
    ("api_base_url", "https://api-v2.upstox.com/", "https://api-v2.upstox.com"),
    ("api_base_url", "http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ("api_base_url", "http://localhost:8000/", "http://localhost:8000"),
    ("api_base_url", "http://[::1]:8000", "http://[::1]:8000"),
]


@pytest.mark.parametrize(("name", "given", "read"), GOOD)
def test_good_values(name: str, given: str, read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """As an argument and from the environment."""
    assert of(name, Settings(**{name: given})) == read
    monkeypatch.setenv(variable(name), given)
    assert of(name, Settings()) == read


BAD = [
    ("username", "5876501234", "10 digits"),
    ("username", "987650123", "10 digits"),
    ("username", "+4419876501234", "10 digits"),
    ("username", "+91 5876501234", "10 digits"),
    ("username", "9876501234 or 9876501235", "there is a space in it"),
    ("username", "98765\u200b01234", "an invisible character in it"),
    ("username", "٩٨٧٦٥٠١٢٣٤", "10 digits"),
    ("pin_code", "123", "4 to 6 digits"),
    ("pin_code", "1234567", "4 to 6 digits"),
    ("pin_code", "12a4", "4 to 6 digits"),
    ("pin_code", "12\n34", "there is a line break in it"),
    ("pin_code", "١٢٣٤", "4 to 6 digits"),
    ("totp_secret", "JBSWY3DPEHPK3PXP", "refused by pyotp"),
    ("totp_secret", "certainly, not base-32!", "must be base32"),
    ("totp_secret", f"otpauth://[{SEED}]/", "cannot be read"),
    ("totp_command", "   ", "must not be empty"),
    ("totp_command", "pass 'otp", "quote"),
    ("after_login", "notify 'my box", "quote"),
    ("after_login", "'' now", "names no program"),
    ("notify_urls", "me at mail.example", "as apprise writes them"),
    ("notify_on", "never", "must be failure or always"),
    ("client_id", "   ", "must not be empty"),
    ("client_secret", "   ", "must not be empty"),
    ("password", "   ", "must not be empty"),
    ("redirect_uri", "callback.example/cb", "absolute http"),
    ("redirect_uri", "ftp://callback.example", "absolute http"),
    ("redirect_uri", "https://", "absolute http"),
    ("redirect_uri", "https://[callback.example", "absolute http"),
    ("redirect_uri", "https://callback.example:99999/", "absolute http"),
    ("redirect_uri", "https://callback.example/a b", "absolute http"),
    ("redirect_uri", "https://callback.example/\x7f", "absolute http"),
    ("redirect_uri", "https://callback.example/\u200bcb", "an invisible character in it"),
    ("redirect_uri", "http://app%20x/cb", "must have a host of letters"),
    ("redirect_uri", "http://a~b/cb", "must have a host of letters"),
    ("redirect_uri", "http://a,b/cb", "must have a host of letters"),
    ("redirect_uri", "http://*/cb", "must have a host of letters"),
    ("redirect_uri", "http://./cb", "must have a host of letters"),
    ("redirect_uri", "http://[fe80::1%25eth0]/cb", "must have a host of letters"),
    ("redirect_uri", f"http://{'ü' * 70}.example/", "must have a host of letters"),
    ("api_base_url", "https://a,b.upstox.com", "must have a host of letters"),
    ("redirect_uri", "https://stra\u00dfe.example/cb", "begins with xn--"),
    ("redirect_uri", "https://b\u03cc\u03bb\u03bf\u03c2.example/cb", "begins with xn--"),
    ("client_id", "5d0e 8e2c", "there is a space in it"),
    ("client_id", "5d0e\n8e2c", "there is a line break in it"),
    ("client_id", "5d0e\u200b8e2c", "there is an invisible character in it"),
    ("client_id", "5d0e\x008e2c", "there is a control character in it"),
    ("client_id", "5d0e8e2ç", "signs of a plain keyboard (ASCII), without spaces"),
    ("client_secret", "hunter2 s3cret", "there is a space in it"),
    ("client_secret", "hunter2\r\ns3cret", "there is a line break in it"),
    ("client_secret", "hunter2\ts3cret", "there is a tab in it"),
    ("client_secret", "hunter2\u00ads3cret", "there is an invisible character in it"),
    ("client_secret", "hunter2\x1bs3cret", "there is a control character in it"),
    ("sleep_time", "99", "must be a whole number, 100 to 10000"),
    ("sleep_time", "10001", "must be a whole number, 100 to 10000"),
    ("sleep_time", "soon", "must be a whole number, 100 to 10000"),
    ("timeout", "4.9", "must be a number, 5 to 600"),
    ("timeout", "601", "must be a number, 5 to 600"),
    ("timeout", "nan", "must be a number, 5 to 600"),
    ("timeout", "inf", "must be a number, 5 to 600"),
    ("debug", "perhaps", "must be true or false"),
    ("trace", "always", "must be off, on-failure or on"),
    ("token_store", "postgres://host/db", "must be file"),
    ("token_store", "sqlite://hunter2.db", "must be sqlite:///relative.db"),
    ("token_store", "sqlite:///", "must be file"),
    ("token_store", "redis://", "must be file"),
    ("token_store", "redis://[hunter2hunter2]", "must be file"),
    ("token_store", "redis://:hunter2@host:port", "must be file"),
    ("browser_url", "127.0.0.1:9222", "must be a ws"),
    ("browser_url", "ftp://host", "must be a ws"),
    ("browser_url", "wss://[hunter2hunter2]/", "must be a ws"),
    ("browser_url", "wss://host:hunter2hunter2/", "must be a ws"),
    ("browser_args", "--lang='en", "quote"),
    ("browser_args", "--proxy-server=http://u:hunter2@host", "set UPSTOX_PROXY"),
    ("browser_args", "--mute-audio '-proxy-server=https=u:hunter2@host'", "set UPSTOX_PROXY"),
    ("browser_args", "--proxy-pac-url=http://u:hunter2@host/x", "set UPSTOX_PROXY"),
    ("api_base_url", "http://api.upstox.com", "neither https on upstox.com"),
    ("api_base_url", "https://upstox.com.evil.example", "neither https on upstox.com"),
    ("api_base_url", "https://evilupstox.com", "neither https on upstox.com"),
    ("api_base_url", "https://upstox.com@evil.example", "without user, query and fragment"),
    ("api_base_url", "https://evil.example\\@api.upstox.com", "without user, query and fragment"),
    ("api_base_url", "https://api.upstox.com?x=secret", "without user, query and fragment"),
    ("api_base_url", "https://api.upstox.com#secret", "without user, query and fragment"),
    ("api_base_url", "https://10.0.0.1", "neither https on upstox.com"),
    ("api_base_url", "http://localhost.evil.example:80", "neither https on upstox.com"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "rule"), BAD)
def test_broken_rules(name: str, value: str, rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The setting and its rule are named, the value is not; by whatever way it came."""
    told = refusal(**{name: value})
    assert variable(name) in told
    assert rule in told
    for word in (value.strip(), "hunter2"):
        assert len(word) < 4 or word in COMMON or word not in told
    if value.isprintable():
        monkeypatch.setenv(variable(name), value)
        assert told.startswith(refused().message)
        found = {each.name: each for each in check()}
        assert found[variable(name)].state == "invalid"
        assert rule in str(found[variable(name)].problem)


@pytest.mark.parametrize("name", ["pin_code", "client_id"])
def test_numbers_are_refused(name: str) -> None:
    """A PIN given as a number has lost its leading zeros: 024680 became 24680."""
    told = refusal(**{name: 24680})
    assert "leading zeros count" in told
    assert "24680" not in told


def test_a_mobile_number_may_be_given_as_a_number() -> None:
    """It begins with none of the zeros that a number loses."""
    username: Any = 9876501234
    assert of("username", Settings(username=username)) == "9876501234"
    assert "must be 10 digits" in refusal(username=username // 10)
