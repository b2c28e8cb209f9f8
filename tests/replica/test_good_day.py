"""The whole way, call by call."""

from __future__ import annotations

import jwt
import pytest

from .conftest import Visit
from .visitor import Clock, api_code_of


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


def test_the_calls_answer_as_upstox_does(visit: Visit) -> None:
    visitor = visit()
    visitor.dialog()
    otp = visitor.otp()["data"]
    assert otp["message"] == "Enter the 6-digit OTP received on 98****1234"
    assert otp["nextRequestInterval"] == 120
    assert otp["isTotpEnabled"] is True
    profile = visitor.verify()["data"]["userProfile"]
    assert profile["firstName"] == "Asha"
    assert visitor.client.cookies["auth_identity_token"]
    assert visitor.pin()["data"] == {
        "redirectUri": None,
        "customerStatus": "ACTIVE",
        "isExternalClientOAuthApp": True,
    }
    hop = visitor.approve()["data"]["redirectUri"]
    assert hop.startswith(f"{visitor.replica.api_url}/login/authorization/redirect?code=")
    assert "&ucc=" in hop


def test_the_hop_keeps_the_query_of_redirect_uri(visit: Visit) -> None:
    answer = visit().hop()
    assert answer.status_code == 302
    location = answer.headers["location"]
    assert location.startswith("https://callback.invalid/upstox?tenant=7&code=")
    assert location.endswith("&state=st-8")


def test_a_redirect_uri_without_a_query_gets_one(visit: Visit) -> None:
    answer = visit(redirect_uri="http://127.0.0.1:9/back").hop()
    assert answer.headers["location"].startswith("http://127.0.0.1:9/back?code=")


def test_the_token_is_flat_and_a_jwt_until_half_past_three(visit: Visit, clock: Clock) -> None:
    clock.now = 1_790_000_000.0  # 2026-09-21 19:43:20 in India
    visitor = visit()
    answer = visitor.exchange(visitor.code())
    assert answer.status_code == 200
    body = answer.json()
    assert {"email", "exchanges", "user_id", "access_token", "extended_token"} <= body.keys()
    claims = jwt.decode(body["access_token"], options={"verify_signature": False})
    assert claims["sub"] == visitor.replica.account.user_id
    assert claims["iss"] == "udapi-gateway-service"
    assert claims["iat"] == 1_790_000_000
    assert claims["exp"] == 1_790_028_000  # 2026-09-22 03:30 in India
    assert {"jti", "isMultiClient", "isPlusPlan"} <= claims.keys()


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


def test_a_token_ends_by_the_clock(visit: Visit, clock: Clock) -> None:
    visitor = visit()
    token = visitor.token()
    clock.advance(86400)
    assert visitor.user("/v2/user/profile", token).status_code == 401


def test_nothing_but_known_paths(visit: Visit) -> None:
    visitor = visit()
    answer = visitor.client.get(f"{visitor.replica.api_url}/v2/nothing")
    assert api_code_of(answer) == "UDAPI10000"


def test_dates_follow_the_clock_and_its_skew(visit: Visit, clock: Clock) -> None:
    clock.now = 1_790_000_000.0
    visitor = visit("skew=90")
    assert visitor.dialog().headers["date"] == "Mon, 21 Sep 2026 14:14:50 GMT"


def test_counts_and_log(visit: Visit) -> None:
    visitor = visit()
    visitor.token()
    counts = visitor.replica.counts
    assert (counts.otp_requests, counts.pins, counts.approvals) == (1, 1, 1)
    assert (counts.hops, counts.exchanges, counts.codes_issued) == (1, 1, 1)
    assert counts.codes == [visitor.totp()]
    steps = [entry.step for entry in visitor.replica.log]
    assert steps == ["dialog", "otp", "verify", "pin", "approve", "hop", "token"]
    assert visitor.replica.log[-1].body["grant_type"] == "authorization_code"
    assert visitor.replica.log[1].body["data"]["mobileNumber"] == "9876501234"
    visitor.replica.reset()
    assert len(visitor.replica.log) == 0
    assert visitor.replica.counts.otp_requests == 0


def test_settings_point_here(visit: Visit) -> None:
    replica = visit().replica
    settings = replica.settings()
    assert settings["UPSTOX_API_BASE_URL"] == replica.api_url
    assert settings["UPSTOX_PIN_CODE"] == "024680"


@pytest.mark.parametrize("version", ["v4", "v5", "v9"])
def test_versions_in_paths_are_nobody_s_business(visit: Visit, version: str) -> None:
    visitor = visit()
    path = f"/login/open/{version}/auth/1fa/otp/generate"
    assert visitor.call(path, {"mobileNumber": "9876501234"})["success"] is True
    assert visitor.replica.counts.otp_requests == 1
