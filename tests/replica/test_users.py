"""What a token opens, and the way to ask for one by phone."""

from __future__ import annotations

import pytest

from tests.replica.conftest import Visit
from tests.replica.visitor import api_code_of


def test_token_requests_that_are_refused(visit: Visit) -> None:
    visitor = visit()
    account = visitor.replica.account
    base = f"{visitor.replica.api_url}/v3/login/auth/token/request"
    post = visitor.client.post
    assert api_code_of(post(f"{base}/{account.client_id}", json={})) == "UDAPI1024"
    assert api_code_of(post(f"{base}/{account.client_id}", content=b"?")) == "UDAPI100036"
    secret = {"client_secret": account.client_secret}
    assert api_code_of(post(f"{base}/other", json=secret)) == "UDAPI100069"
    assert api_code_of(post(f"{base}/{account.client_id}", json=secret)) == "UDAPI1123"


def test_the_token_opens_the_user_endpoints(visit: Visit) -> None:
    visitor = visit()
    token = visitor.token()
    profile = visitor.user("/v2/user/profile", token).json()
    assert profile["status"] == "success"
    assert profile["data"]["ddpi"] is False
    funds = "/v2/user/get-funds-and-margin"
    assert visitor.user(funds, token).json()["data"].keys() == {"equity", "commodity"}
    assert visitor.user(f"{funds}?segment=SEC", token).json()["data"].keys() == {"equity"}
    assert visitor.user(f"{funds}?segment=COM", token).json()["data"].keys() == {"commodity"}
    v3 = visitor.user("/v3/user/get-funds-and-margin", token).json()["data"]
    assert v3["available_to_trade"]["total"] > 0


def test_logout_ends_the_token(visit: Visit) -> None:
    visitor = visit()
    token = visitor.token()
    answer = visitor.user("/v2/logout", token, "DELETE")
    assert answer.json() == {"status": "success", "data": True}
    after = visitor.user("/v2/user/profile", token)
    assert after.status_code == 401
    assert api_code_of(after) == "UDAPI100050"
    assert visitor.replica.counts.logouts == 1


@pytest.mark.parametrize("header", [None, "Bearer nonsense", "Basic abc"])
def test_users_need_a_token(visit: Visit, header: str | None) -> None:
    visitor = visit()
    headers = {"Authorization": header} if header else {}
    for path in ("/v2/user/profile", "/v3/user/get-funds-and-margin"):
        answer = visitor.client.get(visitor.replica.api_url + path, headers=headers)
        assert (answer.status_code, api_code_of(answer)) == (401, "UDAPI100050")
