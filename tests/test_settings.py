"""Every rule of the settings: what is accepted, what wins, and that no value is ever told."""

from __future__ import annotations

import logging
import os
import pickle
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.redaction import MASK, redactor
from upstox_browser_login.settings import (
    NEEDED_FOR_LOGIN,
    Finding,
    Settings,
    check,
    is_loopback,
    is_upstox_host,
    profile_file,
    variable,
)

SEED = "KRUGKIDROVUWG2ZAMJZG653OEBTG66BA"
COMMAND = f'"{sys.executable}" -c "print(123456)"'
WHOLE = {
    "username": "9876501234",
    "pin_code": "024680",
    "totp_secret": SEED,
    "client_id": "5d0e8e2c-7f0b",
    "client_secret": "r3pl1cas3cret",
    "redirect_uri": "https://callback.invalid/upstox?tenant=7",
}


def plain(value: Any) -> Any:
    return value.get_secret_value() if isinstance(value, SecretStr) else value


def refusal(**values: Any) -> str:
    """What is told of settings that break a rule."""
    with pytest.raises(ConfigurationError) as caught:
        Settings(**values)
    error = caught.value
    assert error.exit_code == 3
    assert error.code == "CONFIGURATION"
    assert error.__cause__ is None
    return str(error)


# -- rules -----------------------------------------------------------------------------------------

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
    ("state_dir", "/var/lib/x", Path("/var/lib/x")),
    ("token_store", "keyring", "keyring"),
    ("token_store", "sqlite:///relative.db", "sqlite:///relative.db"),
    ("token_store", "sqlite:////absolute.db", "sqlite:////absolute.db"),
    ("token_store", "redis://:pass@host:6379/0", "redis://:pass@host:6379/0"),
    ("token_store", "rediss://host", "rediss://host"),
    ("token_store", "unix:///run/redis.sock", "unix:///run/redis.sock"),
    ("browser_path", "/usr/bin/chromium", Path("/usr/bin/chromium")),
    ("browser_channel", "msedge", "msedge"),
    ("browser_url", "ws://127.0.0.1:3000/token", "ws://127.0.0.1:3000/token"),
    ("browser_url", "http://[::1]:9222", "http://[::1]:9222"),
    ("browser_args", "--lang='en IN' --mute-audio", "--lang='en IN' --mute-audio"),
    ("api_base_url", "https://api-v2.upstox.com/", "https://api-v2.upstox.com"),
    ("api_base_url", "http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ("api_base_url", "http://localhost:8000/", "http://localhost:8000"),
    ("api_base_url", "http://[::1]:8000", "http://[::1]:8000"),
]


@pytest.mark.parametrize(("name", "given", "read"), GOOD)
def test_good_values(name: str, given: str, read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """As an argument and from the environment."""
    assert plain(getattr(Settings(**{name: given}), name)) == read
    monkeypatch.setenv(variable(name), given)
    assert plain(getattr(Settings(), name)) == read


BAD = [
    ("username", "5876501234", "10 digits"),
    ("username", "987650123", "10 digits"),
    ("username", "+919876501234", "without +91"),
    ("username", "98765 01234", "there is a space in it"),
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
    ("notify_on", "never", "must be"),
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
        assert refusal() == told
        found = {each.name: each for each in check()}
        assert found[variable(name)].state == "invalid"
        assert rule in str(found[variable(name)].problem)


@pytest.mark.parametrize("name", ["pin_code", "username", "client_id"])
def test_numbers_are_refused(name: str) -> None:
    """A PIN given as a number has lost its leading zeros: 024680 became 24680."""
    told = refusal(**{name: 24680})
    assert "leading zeros count" in told
    assert "24680" not in told


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


# -- where a value comes from ----------------------------------------------------------------------

PLACES = ("argument", "environment", "file variable", "env file", "file variable in env file")


def put(place: str, value: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Say at one place that the client id is `value`."""
    secret = folder / f"secret-{value}"
    secret.write_text(f"{value}\n")
    env_file = folder / ".env"
    match place:
        case "argument":
            return {"client_id": value}
        case "environment":
            monkeypatch.setenv("UPSTOX_CLIENT_ID", value)
        case "file variable":
            monkeypatch.setenv("UPSTOX_CLIENT_ID_FILE", str(secret))
        case "env file":
            env_file.write_text(f"UPSTOX_CLIENT_ID={value}\n")
        case "file variable in env file":
            env_file.write_text(f"UPSTOX_CLIENT_ID_FILE={secret}\n")
    return {}


PAIRS = [
    (stronger, weaker)
    for at, stronger in enumerate(PLACES)
    for weaker in PLACES[at + 1 :]
    # Both set at one place is an error.
    if (stronger, weaker) not in {(PLACES[1], PLACES[2]), (PLACES[3], PLACES[4])}
]


@pytest.mark.parametrize(("stronger", "weaker"), PAIRS)
def test_precedence(stronger: str, weaker: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two places the one that stands first wins."""
    values = {
        **put(weaker, "weaker", Path.cwd(), monkeypatch),
        **put(stronger, "stronger", Path.cwd(), monkeypatch),
    }
    assert Settings(**values).client_id == "stronger"


@pytest.mark.parametrize("where", ["environment", "env file"])
def test_name_and_name_file_both_set(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = Path("pin")
    secret.write_text("024680")
    if where == "environment":
        monkeypatch.setenv("UPSTOX_PIN_CODE", "135790")
        monkeypatch.setenv("UPSTOX_PIN_CODE_FILE", str(secret))
    else:
        Path(".env").write_text(f"UPSTOX_PIN_CODE=135790\nUPSTOX_PIN_CODE_FILE={secret}\n")
    told = refusal()
    assert "UPSTOX_PIN_CODE and UPSTOX_PIN_CODE_FILE are both set" in told
    assert "135790" not in told
    assert {each.state for each in check() if each.name == "UPSTOX_PIN_CODE"} == {"invalid"}


@pytest.mark.parametrize("content", ["024680", "024680\n", "024680\r\n"])
def test_name_file_without_its_line_end(content: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("pin").write_bytes(content.encode())
    monkeypatch.setenv("UPSTOX_PIN_CODE_FILE", "pin")
    assert Settings().secret("pin_code") == "024680"


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "No such file"), (b"\xff\xff", "not UTF-8"), ("folder", "Is a directory")],
)
def test_name_file_that_cannot_be_read(
    content: bytes | str | None, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path("run-secrets-pin")
    if content == "folder":
        path.mkdir()
    elif isinstance(content, bytes):
        path.write_bytes(content)
    monkeypatch.setenv("UPSTOX_PIN_CODE_FILE", str(path))
    told = refusal()
    assert "UPSTOX_PIN_CODE_FILE" in told
    assert reason in told
    assert [each.state for each in check() if each.name == "UPSTOX_PIN_CODE"] == ["invalid"]
    # Where something stronger says it, the file is nobody's business.
    assert Settings(pin_code="0000").secret("pin_code") == "0000"


def test_name_file_of_a_value_that_breaks_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("pin").write_text("not-digits-at-all")
    monkeypatch.setenv("UPSTOX_PIN_CODE_FILE", "pin")
    told = refusal()
    assert "UPSTOX_PIN_CODE: must be 4 to 6 digits" in told
    assert "not-digits-at-all" not in told


def test_empty_variables_are_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compose files and shells export names without values."""
    for name in Settings.model_fields:
        monkeypatch.setenv(variable(name), "")
        monkeypatch.setenv(f"{variable(name)}_FILE", "")
    assert Settings() == Settings(state_dir=Settings().state_dir)
    assert {each.state for each in check()} == {"missing", "default"}


def test_unknown_variables_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UPSTOX_ANALYTICS_TOKEN", "x" * 20)
    Path(".env").write_text("UPSTOX_SOMETHING=1\nOTHER=2\naccess_token=abc\nUPSTOX_PIN_CODE=0042\n")
    assert Settings().secret("pin_code") == "0042"


def test_names_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("upstox_pin_code", "0042")
    assert Settings().secret("pin_code") == "0042"


def test_env_file_is_the_one_of_the_current_folder() -> None:
    Path(".env").write_text("export UPSTOX_PIN_CODE='0042' # mine\n")
    Path("other.env").write_text("UPSTOX_PIN_CODE=0043\n")
    assert Settings().secret("pin_code") == "0042"
    assert Settings(env_file="other.env").secret("pin_code") == "0043"
    assert Settings(env_file=Path("other.env").absolute()).username is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "does not exist"), (b"\xff\xfe\x00", "not UTF-8"), ("folder", "is a folder")],
)
def test_env_file_that_cannot_be_read(content: bytes | str | None, reason: str) -> None:
    path = Path("mine.env")
    if content == "folder":
        path.mkdir()
    elif isinstance(content, bytes):
        path.write_bytes(content)
    for call in (Settings, check):
        with pytest.raises(ConfigurationError, match=reason) as caught:
            call(env_file=path)
        assert "mine.env" in str(caught.value)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_env_file_that_may_not_be_read() -> None:
    path = Path("mine.env")
    path.touch(mode=0)
    with pytest.raises(ConfigurationError, match="Permission denied"):
        Settings(env_file=path)


def test_profile_replaces_the_env_file() -> None:
    Path(".env").write_text("UPSTOX_PIN_CODE=0042\nUPSTOX_TIMEOUT=90\n")
    path = profile_file("second")
    path.parent.mkdir(parents=True)
    path.write_text("UPSTOX_PIN_CODE=0043\n")
    found = Settings(profile="second")
    assert found.secret("pin_code") == "0043"
    assert found.timeout == 60
    assert found.profile == "second"
    assert Settings().profile is None


def test_profile_is_no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """It chooses the file that the variables stand in."""
    monkeypatch.setenv("UPSTOX_PROFILE", "second")
    assert Settings().profile is None


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "x" * 65, "a\0", "a b"])
def test_names_that_are_no_profile(name: str) -> None:
    with pytest.raises(ConfigurationError, match="profile's name"):
        Settings(profile=name)


def test_profile_that_does_not_exist() -> None:
    with pytest.raises(ConfigurationError, match="does not exist"):
        Settings(profile="nobody")


# -- no value is ever told -------------------------------------------------------------------------

TEXTS = st.one_of(
    st.text(min_size=4),
    st.text(min_size=4).map(lambda text: f"https://[{text}]"),
    st.text(min_size=4).map(lambda text: f"redis://{text}"),
    st.text(min_size=4).map(lambda text: f"otpauth://totp/x?{text}"),
    st.from_regex(r"[A-Z2-7]{4,40}", fullmatch=True),
    st.from_regex(r"[0-9]{4,12}", fullmatch=True),
)
NAMES = sorted(set(Settings.model_fields) - {"profile"})
COMMON = (
    "must be 4 to 6 digits, the first of them 6 to 9 10 base32: letters A to Z and 2 to 7 empty "
    "absolute http or https address neither on upstox.com nor loopback keep one of the two "
    "file keyring sqlite:///PATH redis://HOST sqlite:///relative.db "
    "must be true or false must be a whole number, 100 to 10000 off, on-failure or on "
    "letters, digits and signs of a plain keyboard (ASCII), without spaces"
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(NAMES), TEXTS)
@example("browser_url", "http://[hunter2hunter2]")
@example("token_store", "redis://[hunter2hunter2]")
@example("totp_secret", "otpauth://[hunter2hunter2]")
@example("pin_code", "\ud800\ud801\ud802\ud803")
def test_no_text_is_told_back(name: str, text: str) -> None:
    """Whatever is given as whatever setting: it is taken, or refused without being quoted."""
    redactor.forget()
    text = text.replace("\0", "0")
    try:
        found = Settings(**{name: text})
    except ConfigurationError as error:
        told = f"{error} {error!r} {error.__dict__}"
    else:
        # What is taken does not show itself either, where it is a secret.
        if not isinstance(getattr(found, name), SecretStr):
            return
        told = f"{found!r} {found}"
    core = text.partition("://")[2].strip("[]") or text
    if len(core) >= 4 and core not in COMMON and core not in repr(Settings()):
        assert core not in told


def test_secrets_are_known_to_the_redactor_from_birth() -> None:
    Settings(
        **WHOLE,
        password="correct horse 7",
        token_store="redis://:store-pass@host/0",
        browser_url="wss://host/?token=browser-pass",
    )
    for name in ("username", "pin_code", "totp_secret", "client_secret"):
        assert redactor.redact(f"<{WHOLE[name]}>") == f"<{MASK}>"
    for text in ("correct horse 7", "store-pass", "token=browser-pass"):
        assert text not in redactor.redact(f"<{text}>")


def test_seed_is_known_in_the_form_given_and_the_form_used() -> None:
    pasted = " ".join(SEED[i : i + 4] for i in range(0, 32, 4)).lower()
    Settings(totp_secret=pasted)
    for text in (SEED, pasted):
        assert redactor.redact(f"<{text}>") == f"<{MASK}>"


def test_settings_do_not_show_their_secrets() -> None:
    found = Settings(**WHOLE, password="correct horse 7")
    for text in (repr(found), str(found), f"{found.model_dump()}", found.model_dump_json()):
        for name in ("username", "pin_code", "totp_secret", "client_secret"):
            assert WHOLE[name] not in text
    with suppress(TypeError):
        assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301


def test_no_warning_names_a_value(caplog: pytest.LogCaptureFixture) -> None:
    """A line that python-dotenv cannot read is reported by it, without the line."""
    Path(".env").write_text("UPSTOX_PIN_CODE=0042\nthis is hunter2 line\n='hunter2\n")
    caplog.set_level(logging.DEBUG)
    assert Settings().secret("pin_code") == "0042"
    assert "hunter2" not in caplog.text


# -- what is needed, and check() -------------------------------------------------------------------


def test_require_names_everything_that_is_missing() -> None:
    with pytest.raises(ConfigurationError) as caught:
        Settings().require(*NEEDED_FOR_LOGIN)
    assert all(variable(name) in caught.value.message for name in NEEDED_FOR_LOGIN)
    assert "`upstox-browser-login configure` asks" in caught.value.hint
    assert "Set them " in caught.value.hint
    with pytest.raises(ConfigurationError, match=r"UPSTOX_PIN_CODE is not set\.") as caught:
        Settings(**{**WHOLE, "pin_code": None}).require(*NEEDED_FOR_LOGIN)
    assert "Set it " in caught.value.hint
    Settings(**WHOLE).require(*NEEDED_FOR_LOGIN)


def test_a_command_stands_in_for_the_seed() -> None:
    values = {**WHOLE, "totp_secret": None, "totp_command": COMMAND}
    Settings(**values).require(*NEEDED_FOR_LOGIN)


def test_a_command_that_is_not_there_is_found_before_a_login() -> None:
    """And not told: one may hold a seed."""
    values = {**WHOLE, "totp_secret": None, "totp_command": "hunter2-otp upstox"}
    with pytest.raises(ConfigurationError, match="UPSTOX_TOTP_COMMAND names a program") as caught:
        Settings(**values).require(*NEEDED_FOR_LOGIN)
    assert "hunter2" not in str(caught.value)
    Settings(**values).require("client_id")  # nobody needs it for that
    found = states(**values)["UPSTOX_TOTP_COMMAND"]
    assert found.state == "invalid"
    assert "hunter2" not in str(found.problem)


def test_require_names_the_file_that_was_asked_for() -> None:
    Path("my.env").touch()
    path = profile_file("papa")
    path.parent.mkdir(parents=True)
    path.touch()
    here = Path.cwd()
    for found, place in (
        (Settings(), f"the environment or in {here / '.env'}"),
        (Settings(env_file="my.env"), str(here / "my.env")),
        (Settings(profile="papa"), str(path)),
        (Settings(env_file="my.env", profile="papa"), str(here / "my.env")),
    ):
        with pytest.raises(ConfigurationError) as caught:
            found.require("username")
        assert f"Set it in {place} (`" in caught.value.hint


def states(**values: Any) -> dict[str, Finding]:
    return {each.name: each for each in check(**values)}


def test_check_of_nothing() -> None:
    found = states()
    # Every setting a user may set, and no other; `profile` is an option.
    assert set(found) == {variable(name) for name in Settings.model_fields if name != "profile"}
    for name in NEEDED_FOR_LOGIN:
        each = found.pop(variable(name))
        assert (each.state, each.problem) == ("missing", "is needed for a login")
    assert {(each.state, each.problem) for each in found.values()} == {("default", None)}


def test_check_of_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("seed").write_text(SEED)
    Path(".env").write_text("UPSTOX_USERNAME=9876501234\nUPSTOX_TOTP_SECRET_FILE=seed\n")
    monkeypatch.setenv("UPSTOX_PIN_CODE", "0042")
    found = states(client_id="abc", client_secret="abc", redirect_uri="http://localhost")
    assert {found[variable(name)].state for name in NEEDED_FOR_LOGIN} == {"set"}
    assert all(each.problem is None for each in found.values())


def test_check_with_a_command_for_the_seed() -> None:
    found = states(totp_command=COMMAND)
    assert found["UPSTOX_TOTP_COMMAND"].state == "set"
    assert found["UPSTOX_TOTP_SECRET"].state == "default"


def test_check_of_rules_that_span_two() -> None:
    found = states(totp_secret=SEED, totp_command="pass otp")
    assert found["UPSTOX_TOTP_SECRET"].state == found["UPSTOX_TOTP_COMMAND"].state == "invalid"
    assert "both set" in str(found["UPSTOX_TOTP_SECRET"].problem)
    found = states(api_base_url="https://evil.example")
    assert found["UPSTOX_API_BASE_URL"].state == "invalid"
    assert found["UPSTOX_ALLOW_UNTRUSTED_ORIGIN"].state == "default"
    assert "settings:" not in refusal(api_base_url="https://evil.example")


@pytest.mark.parametrize(
    ("store", "extra"),
    [("keyring", "keyring"), ("redis://host", "redis"), ("unix:///run/redis.sock", "redis")],
)
def test_check_of_a_store_whose_package_is_missing(
    store: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert states(token_store=store)["UPSTOX_TOKEN_STORE"].state == "set"
    monkeypatch.setattr("upstox_browser_login.settings.report.find_spec", lambda _: None)
    found = states(token_store=store)["UPSTOX_TOKEN_STORE"]
    problem = f"needs the package {extra}: pip install 'upstox-browser-login[{extra}]'"
    assert (found.state, found.problem) == ("invalid", problem)


def test_check_of_a_browser_that_is_not_there() -> None:
    found = states(browser_path="no/chromium")["UPSTOX_BROWSER_PATH"]
    assert (found.state, found.problem) == ("invalid", "does not exist")
    # One elsewhere is used in its place.
    found = states(browser_path="no/chromium", browser_url="ws://host")["UPSTOX_BROWSER_PATH"]
    assert found.state == "set"


def test_check_of_a_browser_that_cannot_be_run(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a-folder").mkdir()
    Path("text").touch(mode=0o600)
    for path, problem in (
        ("a-folder", "is a folder, not a program"),
        ("text", "is not a program that may be run"),
        ("./text", "is not a program that may be run"),
    ):
        found = states(browser_path=path)["UPSTOX_BROWSER_PATH"]
        assert (found.state, found.problem) == ("invalid", problem)
    folder = Path("programs")
    folder.mkdir()
    (folder / "chromium").touch(mode=0o700)
    assert states(browser_path="programs/chromium")["UPSTOX_BROWSER_PATH"].state == "set"
    # A bare name is looked for on PATH, as the login does.
    monkeypatch.setenv("PATH", str(folder.absolute()))
    assert states(browser_path="chromium")["UPSTOX_BROWSER_PATH"].state == "set"


def test_check_of_a_state_folder_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("file").touch()
    for path in ("file", "file/below/that"):
        found = states(state_dir=Path(path).absolute())["UPSTOX_STATE_DIR"]
        assert (found.state, found.problem) == ("invalid", "is no folder: a file is in the way")
    folder = Path("new/folder").absolute()
    assert states(state_dir=folder)["UPSTOX_STATE_DIR"].state == "set"
    assert not Path("new").exists()
    monkeypatch.setattr("upstox_browser_login.settings.report.os.access", lambda *_: False)
    for values in ({}, {"state_dir": folder}):
        found = states(**values)["UPSTOX_STATE_DIR"]
        assert (found.state, found.problem) == ("invalid", "is no folder that may be written to")
    # There, only copies are kept in it.
    assert states(token_store="redis://host")["UPSTOX_STATE_DIR"].state == "default"


def test_check_tells_everything_that_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """One broken setting hides no other, nor a rule that spans several."""
    Path(".env").write_text("UPSTOX_PASSWORD=a\nUPSTOX_PASSWORD_FILE=b\n")
    monkeypatch.setenv("UPSTOX_PIN_CODE_FILE", "not-there")
    monkeypatch.setenv("UPSTOX_CLIENT_SECRET_FILE", "not-there-either")
    monkeypatch.setenv("UPSTOX_TIMEOUT", "1")
    values = {
        "username": "1",
        "totp_secret": SEED,
        "totp_command": COMMAND,
        "api_base_url": "https://evil.example",
        "browser_path": "no/chromium",
    }
    found = states(**values)
    expected = {
        "PIN_CODE": "UPSTOX_PIN_CODE_FILE names cannot be read",
        "CLIENT_SECRET": "UPSTOX_CLIENT_SECRET_FILE names cannot be read",
        "PASSWORD": "UPSTOX_PASSWORD_FILE are both set in /",
        "TIMEOUT": "must be a number, 5 to 600",
        "USERNAME": "must be 10 digits",
        "TOTP_SECRET": "both set; keep",
        "TOTP_COMMAND": "both set; keep",
        "API_BASE_URL": "neither https on upstox.com",
        "BROWSER_PATH": "does not exist",
    }
    wrong = {name: each.problem for name, each in found.items() if each.state == "invalid"}
    assert set(wrong) == {f"UPSTOX_{name}" for name in expected}
    for name, problem in expected.items():
        assert problem in str(wrong[f"UPSTOX_{name}"])
    # So does what is raised, which tells of rules only.
    told = refusal(**values)
    assert all(problem in told for name, problem in expected.items() if name != "BROWSER_PATH")
    assert told.count("both set; keep") == 1


def test_a_rule_that_spans_two_is_not_asked_of_what_breaks_its_own() -> None:
    found = states(totp_secret="not base32!", totp_command=COMMAND)
    assert found["UPSTOX_TOTP_COMMAND"].state == "set"
    assert "must be base32" in str(found["UPSTOX_TOTP_SECRET"].problem)


def test_check_tells_what_is_missing_beside_what_is_wrong() -> None:
    found = states(pin_code="x")
    assert found["UPSTOX_PIN_CODE"].state == "invalid"
    assert found["UPSTOX_USERNAME"].state == "missing"


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
