"""The shapes of refusals: inside an answer of 200 for the page, an envelope for the API."""

from __future__ import annotations

import json

import pytest

from upstox_browser_login.replica.refusals import (
    WRONG_OTP,
    api_refusal,
    service_refusal,
    wrong_otp,
)


def test_a_call_of_the_page_fails_inside_of_an_answer_that_is_ok() -> None:
    answer = service_refusal(1017106).response()
    assert answer.status_code == 200
    assert json.loads(bytes(answer.body)) == {
        "success": False,
        "error": {"code": 1017106, "message": "You have entered an incorrect PIN"},
    }


@pytest.mark.parametrize("code", [1017431, "1017431"])
def test_a_number_stays_one(code: int | str) -> None:
    assert service_refusal(code).code == 1017431
    assert service_refusal("ABC-1").code == "ABC-1"


def test_a_code_of_its_own_gets_a_general_message() -> None:
    assert service_refusal(42).message == "Something went wrong. Please try again later."
    assert (api_refusal("UDAPI1").status, api_refusal("UDAPI1").message) == (
        400,
        "Something went wrong",
    )


@pytest.mark.parametrize(("left", "said"), [(4, "4 attempts left."), (1, "1 attempt left.")])
def test_a_refused_code_says_how_many_attempts_are_left(left: int, said: str) -> None:
    refused = wrong_otp(left)
    assert refused.code == WRONG_OTP
    assert refused.message.endswith(said)


@pytest.mark.parametrize(
    ("code", "status"),
    [("UDAPI100068", 401), ("UDAPI10005", 429), ("UDAPI100072", 423), ("UDAPI100500", 500)],
)
def test_a_call_of_the_api_fails_with_a_status_and_both_spellings(code: str, status: int) -> None:
    answer = api_refusal(code).response()
    assert answer.status_code == status
    (error,) = json.loads(bytes(answer.body))["errors"]
    assert error["errorCode"] == error["error_code"] == code
    assert error["message"]
    assert error["propertyPath"] is error["property_path"] is None
