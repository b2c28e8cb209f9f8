"""The remote flags that the login page waits for."""

from __future__ import annotations

import time

import pytest

from upstox_browser_login.replica.config import FLAGS

from .conftest import Visit


@pytest.mark.parametrize("flag", FLAGS)
def test_a_scenario_turns_its_flag_on_and_no_other(flag: str, visit: Visit) -> None:
    visitor = visit(FLAGS[flag])
    answer = visitor.client.get(f"{visitor.replica.config_url}/login-config.json")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert [name for name, on in answer.json()["flags"].items() if on] == [flag]


def test_no_flag_is_on_by_itself(visit: Visit) -> None:
    visitor = visit()
    answer = visitor.client.get(f"{visitor.replica.config_url}/login-config.json")
    assert answer.json()["flags"] == dict.fromkeys(FLAGS, False)


def test_it_can_come_late(visit: Visit) -> None:
    visitor = visit("slow-config=0.3")
    began = time.monotonic()
    assert visitor.client.get(f"{visitor.replica.config_url}/login-config.json").is_success
    assert time.monotonic() - began >= 0.3
