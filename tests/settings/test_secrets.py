"""No value is ever told back."""

from __future__ import annotations

import logging
import pickle
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.redaction import MASK, redactor
from upstox_browser_login.settings import Settings

from .conftest import SEED, SETTABLE
from .given import COMMON, WHOLE

TEXTS = st.one_of(
    st.text(min_size=4),
    st.text(min_size=4).map(lambda text: f"https://[{text}]"),
    st.text(min_size=4).map(lambda text: f"redis://{text}"),
    st.text(min_size=4).map(lambda text: f"otpauth://totp/x?{text}"),
    st.from_regex(r"[A-Z2-7]{4,40}", fullmatch=True),
    st.from_regex(r"[0-9]{4,12}", fullmatch=True),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(SETTABLE), TEXTS)
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


def test_a_short_key_in_an_address_is_one_by_its_name() -> None:
    """Short values of other names are words, and stay."""
    Settings(browser_url="wss://host/?token=abc1234&stealth=true&auth=none&api_key=k%3D12")
    for text in ("abc1234", "k=12"):
        assert redactor.redact(f"<{text}>") == f"<{MASK}>"
    assert redactor.redact("true, none") == "true, none"


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


def test_secrets_of_unpickled_settings_are_known_to_the_redactor() -> None:
    """Settings may come from another process."""
    pickled = pickle.dumps(Settings(**WHOLE))
    redactor.forget()
    pickle.loads(pickled)  # noqa: S301  (our own)
    for name in ("username", "pin_code", "totp_secret", "client_secret"):
        assert redactor.redact(f"<{WHOLE[name]}>") == f"<{MASK}>"


def test_no_warning_names_a_value(caplog: pytest.LogCaptureFixture) -> None:
    """A line that python-dotenv cannot read is reported by it, without the line."""
    Path(".env").write_text(
        "UPSTOX_PIN_CODE=0042\nthis is hunter2 line\n='hunter2\n", encoding="utf-8"
    )
    caplog.set_level(logging.DEBUG)
    assert Settings().secret("pin_code") == "0042"
    assert "hunter2" not in caplog.text
