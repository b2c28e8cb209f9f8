"""The rehearsal has compiled every pattern that a plain login seeks."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.page.looks import (
    ASKS_FOR_CODE,
    CODE_TAKEN,
    MOBILE,
    NUMBER_TAKEN,
    OTP,
    PIN,
    PIN_IS_SET,
    SILENT,
    START,
    page,
    purpose,
)
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.rehearsal import rehearse
from upstox_browser_login.page.wire.answers import Answer


def test_each_example_is_taken_for_what_it_is() -> None:
    assert [purpose(each) for each in rehearse()] == ["mobile", "otp", "pin", "Way"]


def test_a_plain_login_compiles_nothing_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    rehearse()
    compiled: list[str] = []
    monkeypatch.setattr(re, "compile", compiled.append)
    for look, traffic, sent, form in (
        (page(MOBILE, words="Get OTP"), SILENT, START, "mobile"),
        (page(OTP), ASKS_FOR_CODE, NUMBER_TAKEN, "otp"),
        (page(PIN), PIN_IS_SET, CODE_TAKEN, "pin"),
    ):
        assert purpose(recognise(look, traffic, sent)) == form
    answer = b'{"success": true, "data": {"message": "A code was sent", "nextRequestInterval": 30}}'
    assert Answer.read(200, answer).ok is True
    assert compiled == []


_REHEARSED = """
import re, sys
from pathlib import Path
from upstox_browser_login.page import kept
from upstox_browser_login.page.rehearsal import rehearse

first, new = kept._first_step, []
kept._first_step = lambda text: new.append(text) or first(text)
rehearse(Path(sys.argv[1]))
print(len(new))
"""


def test_another_process_takes_the_patterns_that_one_has_kept(tmp_path: Path) -> None:
    def compiled_anew() -> int:
        command = [sys.executable, "-c", _REHEARSED, str(tmp_path)]
        return int(subprocess.run(command, check=True, capture_output=True).stdout)

    assert compiled_anew() > 100
    assert compiled_anew() == 0
