"""Names that are no settings, and look like some."""

from __future__ import annotations

from pathlib import Path

import pytest

from upstox_browser_login.settings import Settings, examine


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("UPSTOX_API_KEY", "UPSTOX_CLIENT_ID"),
        ("UPSTOX_API_SECRET", "UPSTOX_CLIENT_SECRET"),
        ("UPSTOX_PIN", "UPSTOX_PIN_CODE"),
        ("UPSTOX_MOBILE", "UPSTOX_USERNAME"),
        ("UPSTOX_MOBILE_NUMBER", "UPSTOX_USERNAME"),
        ("UPSTOX_PINCODE", "UPSTOX_PIN_CODE"),
        ("UPSTOX_REDIRECT_URL", "UPSTOX_REDIRECT_URI"),
        ("UPSTOX_STATE_DR", "UPSTOX_STATE_DIR"),
        ("UPSTOX_API_SECRET_FILE", "UPSTOX_CLIENT_SECRET_FILE"),
        ("upstox_totp_secert", "UPSTOX_TOTP_SECRET"),
        ("UPSTOX_TIMEOUT_COMMAND", "UPSTOX_TIMEOUT"),
    ],
)
@pytest.mark.parametrize("where", ["environment", "env file"])
def test_names_near_a_setting_are_named(
    where: str,
    name: str,
    meant: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    if where == "environment":
        monkeypatch.setenv(name, "hunter2")
    else:
        Path(".env").write_text(f"{name}=hunter2\n", "utf-8")
    Settings()
    shown = name if where == "environment" else name.upper()
    assert caplog.messages == [f"{shown} is no setting, and not read: {meant} may be meant."]
    assert [(each.name, each.meant) for each in examine().unknown] == [(shown, meant)]


def test_other_names_are_nobodys_business(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("UPSTOX_ACCESS_TOKEN", "UPSTOX_ANALYTICS_TOKEN", "UPSTOX_SANDBOX", "API_KEY"):
        monkeypatch.setenv(name, "x")
    Settings()
    assert caplog.messages == []


def test_no_warning_where_the_right_name_is_set_too(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Another program may read that one; `check-env` names it all the same."""
    monkeypatch.setenv("UPSTOX_API_KEY", "x")
    monkeypatch.setenv("UPSTOX_CLIENT_ID", "x")
    Settings()
    assert caplog.messages == []
    assert [each.name for each in examine().unknown] == ["UPSTOX_API_KEY"]
