"""What a person is told while a login goes on."""

from __future__ import annotations

import pytest

from upstox_browser_login.cli.progress import Plain
from upstox_browser_login.cli.screen import Screen


def test_plain_lines_tell_what_failed_and_what_is_waited_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    progress = Plain(Screen())
    progress.step_started("totp")
    progress.waiting("Waiting 3 s for a fresh TOTP window.")
    progress.step_done("totp", 3.2)
    progress.step_started("pin")
    progress.end(failed=True)
    progress.end(failed=True)
    assert capsys.readouterr().err == (
        "Waiting 3 s for a fresh TOTP window.\nTOTP code: done in 3.2 s\nPIN: failed after 0.0 s\n"
    )
