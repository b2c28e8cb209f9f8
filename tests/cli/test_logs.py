"""What is logged on a terminal."""

from __future__ import annotations

import logging

import pytest

from upstox_browser_login.cli.logs import log_on
from upstox_browser_login.cli.screen import Screen


def test_log_records_of_stamina_are_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with log_on(Screen()):
        logging.getLogger("stamina").warning("stamina.retry_scheduled")
        logging.getLogger("else").warning("heard")
    assert capsys.readouterr().err == "warning: heard\n"
