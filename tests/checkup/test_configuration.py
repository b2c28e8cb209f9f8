"""The checks of the settings and of the page file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from upstox_browser_login.checkup.configuration import check_page_file, check_settings
from upstox_browser_login.settings import Settings, examine, read_env_file

GOOD = {
    "username": "9876501234",
    "pin_code": "024680",
    "totp_secret": "KRUGKIDROVUWG2ZAMJZG653OEBTG66BA",
    "client_id": "5d0e8e2c",
    "client_secret": "made-up",
    "redirect_uri": "https://callback.invalid/",
}


def state_of(tmp_path: Path, **values: Any) -> tuple[str, str, str]:
    report = examine(**{"state_dir": tmp_path, **values})
    found = check_settings(report, read_env_file(None, None))
    return found.state, found.message, "" if found.error is None else found.error.code


def test_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert state_of(tmp_path, **GOOD)[0] == "ok"
    state, message, code = state_of(tmp_path, **{**GOOD, "pin_code": "12"})
    assert (state, code) == ("error", "CONFIGURATION")
    assert "UPSTOX_PIN_CODE (invalid)" in message
    assert state_of(tmp_path)[2] == "CONFIGURATION"
    monkeypatch.setenv("UPSTOX_MPIN", "024680")
    state, message, _ = state_of(tmp_path, **GOOD)
    assert (state, "UPSTOX_MPIN is no setting" in message) == ("warning", True)
    monkeypatch.delenv("UPSTOX_MPIN")
    loud = {"api_base_url": "http://10.0.0.1", "allow_untrusted_origin": "true"}
    assert state_of(tmp_path, **GOOD, **loud)[0] == "warning"
    state, message, code = state_of(tmp_path, **GOOD, after_login="no-such-program")
    said = "UPSTOX_AFTER_LOGIN: names a program that is not there"
    assert (state, said in message, code) == ("error", True, "CONFIGURATION")


def test_page_file(tmp_path: Path) -> None:
    assert check_page_file(Settings()) == (None, None)
    file = tmp_path / "page.toml"
    file.write_text('[[field]]\nis = "pin"\nid = "geheim"\n', "utf-8")
    check, marks = check_page_file(Settings(page_file=file))
    assert check is not None
    assert marks is not None
    assert (check.state, "has 1 entry" in check.message) == ("ok", True)
    file.write_text('[[field]]\nis = "pin"\n', "utf-8")
    check, marks = check_page_file(Settings(page_file=file))
    assert check is not None
    assert check.error is not None
    assert (check.state, check.error.exit_code, marks) == ("error", 3, None)
