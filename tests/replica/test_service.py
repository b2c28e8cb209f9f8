"""The calls that the login page makes."""

from __future__ import annotations

import pytest

from tests.replica.conftest import Visit
from tests.replica.visitor import code_of


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


@pytest.mark.parametrize("version", ["v4", "v5", "v9"])
def test_versions_in_paths_are_nobody_s_business(visit: Visit, version: str) -> None:
    visitor = visit()
    path = f"/login/open/{version}/auth/1fa/otp/generate"
    assert visitor.call(path, {"mobileNumber": "9876501234"})["success"] is True
    assert visitor.replica.counts.otp_requests == 1


def test_the_mobile_number_is_checked(visit: Visit) -> None:
    assert code_of(visit().otp("1234567890")) == 1017016


def test_a_strange_number_is_a_lead(visit: Visit) -> None:
    assert visit().otp("9000000001")["data"]["userType"] == "LEAD"


def test_a_pin_without_a_session_is_lost(visit: Visit) -> None:
    assert code_of(visit().pin()) == 1017079


def test_an_approval_without_a_session_is_lost(visit: Visit) -> None:
    visitor = visit()
    visitor.dialog()
    assert code_of(visitor.approve()) == 1017105
