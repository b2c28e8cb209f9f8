"""The dialog, the hop and the exchange."""

from __future__ import annotations

import pytest

from tests.replica.conftest import Visit
from tests.replica.visitor import api_code_of


def test_the_dialog_hides_what_the_app_asked_for(visit: Visit) -> None:
    visitor = visit()
    answer = visitor.dialog()
    location = answer.headers["location"]
    assert answer.status_code == 302
    assert location.startswith(f"{visitor.replica.login_url}/login/v2/oauth/authorize?")
    assert "callback.invalid" not in location
    assert "st-8" not in location
    assert (
        visitor.inner["redirect_uri"] == f"{visitor.replica.api_url}/login/authorization/redirect"
    )
    assert visitor.inner["client_id"].startswith("IND-")
    assert len(visitor.inner["client_id"]) == 28
    assert len(visitor.inner["user_id"]) == 22


def test_the_dialog_does_without_a_response_type(visit: Visit) -> None:
    """The official SDK sends none; another than `code` is refused all the same."""
    visitor = visit()
    account = visitor.replica.account
    query = {"client_id": account.client_id, "redirect_uri": account.redirect_uri}
    url = f"{visitor.replica.api_url}/v2/login/authorization/dialog"
    assert visitor.client.get(url, params=query).status_code == 302
    answer = visitor.client.get(url, params={**query, "response_type": ""})
    assert answer.json()["errors"][0]["errorCode"] == "UDAPI100068"


def test_the_hop_keeps_the_query_of_redirect_uri(visit: Visit) -> None:
    answer = visit().hop()
    assert answer.status_code == 302
    location = answer.headers["location"]
    assert location.startswith("https://callback.invalid/upstox?tenant=7&code=")
    assert location.endswith("&state=st-8")


def test_a_redirect_uri_without_a_query_gets_one(visit: Visit) -> None:
    answer = visit(redirect_uri="http://127.0.0.1:9/back").hop()
    assert answer.headers["location"].startswith("http://127.0.0.1:9/back?code=")


@pytest.mark.parametrize(
    "changes",
    [{"client_id": "x"}, {"redirect_uri": "https://callback.invalid/"}, {"response_type": "token"}],
)
def test_the_dialog_refuses_in_raw_json(visit: Visit, changes: dict[str, str]) -> None:
    answer = visit().dialog(**changes)
    assert 400 <= answer.status_code < 500
    assert api_code_of(answer) == "UDAPI100068"


@pytest.mark.parametrize(
    ("scenario", "code"), [("bad-client", "UDAPI100068"), ("inactive-client", "UDAPI100073")]
)
def test_the_dialog_refuses_clients(visit: Visit, scenario: str, code: str) -> None:
    assert api_code_of(visit(scenario).dialog()) == code


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"code": None}, 400, "UDAPI1022"),
        ({"client_id": None}, 400, "UDAPI1017"),
        ({"client_secret": None}, 400, "UDAPI1024"),
        ({"redirect_uri": None}, 400, "UDAPI1018"),
        ({"grant_type": None}, 400, "UDAPI1023"),
        ({"client_id": "x"}, 401, "UDAPI100069"),
        ({"client_id": "x", "client_secret": "y"}, 401, "UDAPI100016"),
        ({"redirect_uri": "https://other.invalid/"}, 401, "UDAPI100070"),
        ({"code": "abc123"}, 401, "UDAPI100057"),
    ],
)
def test_the_exchange_says_what_is_wrong(
    visit: Visit, changes: dict[str, str | None], status: int, code: str
) -> None:
    visitor = visit()
    answer = visitor.exchange(visitor.code(), **changes)
    assert (answer.status_code, api_code_of(answer)) == (status, code)
