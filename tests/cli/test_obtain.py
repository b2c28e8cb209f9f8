"""How the result of a login is told, to programs and to people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from upstox_browser_login.cli.obtain import login_data, login_text, owner, token_data
from upstox_browser_login.session import LoginResult, StepTime
from upstox_browser_login.token import Token

TEXT = "header.a-token.signature"


def result(source: Any = "login", **about: Any) -> LoginResult:
    now = datetime.now(UTC)
    values = {"issued_at": now, "expires_at": now + timedelta(hours=5), **about}
    token = Token.model_validate({"access_token": TEXT, **values})
    return LoginResult(token, source, "file", (StepTime("pin", 0.5),))


OWNED = {"user_name": "ASHA RAO", "user_id": "7ABC12"}


def test_programs_get_the_token_only_where_it_is_to_be_shown() -> None:
    made = result(**OWNED)
    data = login_data(made, show_token=False)
    assert TEXT not in str(data)
    assert (data["user_id"], data["store"], data["source"]) == ("7ABC12", "file", "login")
    assert data["steps"] == [{"step": "pin", "seconds": 0.5}]
    assert datetime.fromisoformat(data["expires_at"]) == made.token.expires_at.replace(
        microsecond=0
    )
    assert login_data(made, show_token=True)["access_token"] == TEXT


@pytest.mark.parametrize(("told", "shown"), [("bearer", "bearer"), ("Bearer", "Bearer")])
def test_who_asks_for_the_token_gets_it_with_its_type(told: str, shown: str) -> None:
    data = token_data(result("store", token_type=told, **OWNED))
    assert (data["access_token"], data["token_type"]) == (TEXT, shown)
    assert (data["source"], data["user_id"]) == ("store", "7ABC12")


@pytest.mark.parametrize(
    ("about", "who"),
    [
        (OWNED, "ASHA RAO (7ABC12)"),
        ({"user_id": "7ABC12"}, "(7ABC12)"),
        ({"user_name": "ASHA RAO"}, "ASHA RAO"),
        ({}, ""),
    ],
)
def test_the_owner_is_called_by_what_upstox_has_told(about: dict[str, str], who: str) -> None:
    assert owner(result(**about).token) == who


def test_people_are_told_whose_token_it_is_and_where_it_lies() -> None:
    first, dies, stored = login_text(result(**OWNED), where="the file x", show_token=False)
    assert first == "Logged in as ASHA RAO (7ABC12)."
    assert dies.startswith("The token dies ")
    assert stored == "Stored in the file x."
    lines = login_text(result(), where="x", show_token=True, took=12.34)
    assert lines[0] == "Logged in."
    assert lines[-2:] == ["Took 12.3 s.", TEXT]


def test_a_token_that_another_login_has_stored_is_told_as_that() -> None:
    (first, *_) = login_text(result("store", **OWNED), where="x", show_token=False)
    assert first == ("Another login has just stored a token of ASHA RAO (7ABC12); it is used.")
    (first, *_) = login_text(result("store"), where="x", show_token=False)
    assert first == "Another login has just stored a token; it is used."
