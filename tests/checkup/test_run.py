"""Which checks are made, and which are left out for a setting that breaks a rule."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.checkup.test_configuration import GOOD
from upstox_browser_login.checkup.run import Checkup
from upstox_browser_login.settings import examine, read_env_file


@pytest.fixture
def values(tmp_path: Path) -> dict[str, Any]:
    return GOOD | {
        "state_dir": tmp_path / "state",
        "trace_dir": tmp_path / "traces",
        # Nothing listens there.
        "api_base_url": "http://127.0.0.1:9",
    }


def checkup(values: dict[str, Any], **more: Any) -> Checkup:
    return Checkup(examine(**values | more), read_env_file(None, None))


def test_what_is_here_is_looked_at_in_the_order_in_which_a_login_needs_it(
    values: dict[str, Any],
) -> None:
    assert [each.name for each in checkup(values).here()] == [
        "settings",
        "state folder",
        "trace folder",
        "store",
        "lock",
        "token",
        "past logins",
        "proxy",
        "certificates",
    ]


@pytest.mark.parametrize(
    ("broken", "left_out"),
    [
        (
            {"state_dir": "relative"},
            {"state folder", "store", "lock", "token", "past logins"},
        ),
        (
            {"token_store": "ftp://store"},
            {"state folder", "store", "lock", "token", "past logins"},
        ),
        ({"trace_dir": "$HOME/traces"}, {"trace folder"}),
        ({"proxy": "ftp://proxy"}, {"proxy"}),
    ],
)
def test_what_a_broken_setting_names_is_not_looked_at(
    broken: dict[str, str], left_out: set[str], values: dict[str, Any]
) -> None:
    """A default stands in its place, which may be another folder, store or proxy."""
    whole = {each.name for each in checkup(values).here()}
    found = {each.name for each in checkup(values, **broken).here()}
    assert whole - found == left_out


def test_a_page_file_is_told_of_only_where_there_is_one(
    tmp_path: Path, values: dict[str, Any]
) -> None:
    file = tmp_path / "page.toml"
    file.write_text("", "utf-8")
    assert "page file" in [each.name for each in checkup(values, page_file=file).here()]


def test_upstox_that_cannot_be_reached_is_asked_nothing_more(values: dict[str, Any]) -> None:
    found = {each.name: each.state for each in checkup(values).there()}
    assert found == {"Upstox": "error", "clock": "warning"}


@pytest.mark.parametrize(
    "broken", [{"api_base_url": "https://elsewhere.example"}, {"proxy": "ftp://proxy"}]
)
def test_upstox_is_not_asked_by_the_default_in_place_of_a_broken_setting(
    broken: dict[str, str], values: dict[str, Any]
) -> None:
    assert list(checkup(values, **broken).there()) == []


def test_no_browser_is_started_where_the_setting_that_names_it_is_broken(
    values: dict[str, Any],
) -> None:
    assert list(checkup(values, browser_url="ftp://browser").browser()) == []


def test_no_page_is_looked_at_with_a_broken_setting(values: dict[str, Any]) -> None:
    asked = checkup(values, pin_code="12")
    check = asked.page(save=False)
    assert (check.state, asked.look) == ("error", None)
    assert "UPSTOX_PIN_CODE" in check.message
