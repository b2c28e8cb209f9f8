"""What an answer says is found in any envelope, and nowhere else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from upstox_browser_login.page.wire.answers import Answer


@pytest.mark.parametrize(
    "body",
    [
        {"result": {"isSecretPinSet": True, "userProfile": {}}},
        [{"result": {"data": {"json": {"isSecretPinSet": True, "userProfile": {}}}}}],
        {"data": {"type": "verify", "attributes": {"isSecretPinSet": True, "userProfile": {}}}},
        {"responseCode": "00", "responseBody": {"isSecretPinSet": True, "userProfile": {}}},
        {"s": "ok", "d": {"isSecretPinSet": True, "userProfile": {}}},
    ],
)
def test_what_is_said_of_the_customer_is_found_in_any_envelope(body: Any) -> None:
    answer = Answer.read(200, json.dumps(body).encode())
    assert answer.ok is True
    assert answer.facts == {"isSecretPinSet": True, "knows the user": True}


@pytest.mark.parametrize(
    "body",
    [
        {"flags": {"isTotpEnabled": False}},
        {"data": {"segments": [{"userType": "LEAD"}], "colour": "red"}},
        {"data": {"banner": {"userType": "LEAD"}, "footer": {}}},
        # Whom a banner is for, in the way of GraphQL.
        {"data": {"promo": {"userType": "LEAD"}}},
        {"data": {"promo": {"customerStatus": "DORMANT", "colour": "red"}}},
        {"data": {"userType": "LEAD", "customerStatus": "DORMANT"}},
    ],
)
def test_what_lies_elsewhere_in_an_answer_says_nothing_of_the_customer(body: Any) -> None:
    assert Answer.read(200, json.dumps(body).encode()).facts == {}


@pytest.mark.parametrize(
    "body", [{"meta": {"id": "x"}, "data": None}, {"result": {}, "time": 7}, {"body": [], "id": 1}]
)
def test_an_envelope_without_content_accepts_nothing(body: Any) -> None:
    answer = Answer.read(200, json.dumps(body).encode())
    assert answer.ok is None


def test_an_answer_without_an_envelope_tells_of_a_customer_only_by_several_members() -> None:
    told = {"message": "x", "userType": "LEAD", "isTotpEnabled": False, "nextRequestInterval": 120}
    assert Answer.read(200, json.dumps(told).encode()).facts["userType"] == "LEAD"
    setting = {"isTotpEnabled": True, "userType": "LEAD", "theme": "dark"}
    assert Answer.read(200, json.dumps(setting).encode()).facts == {}


def test_an_envelope_may_hold_its_answer_as_a_text() -> None:
    refused = {"success": False, "error": {"code": 1017106, "message": "You have entered an"}}
    answer = Answer.read(200, json.dumps({"statusCode": 401, "body": json.dumps(refused)}).encode())
    assert answer.ok is False
    assert answer.said is not None
    assert answer.said.code == "1017106"
    taken = {"success": True, "data": {"isSecretPinSet": True}}
    answer = Answer.read(200, json.dumps({"statusCode": 200, "body": json.dumps(taken)}).encode())
    assert answer.ok is True
    assert answer.facts == {"isSecretPinSet": True}
    assert Answer.read(200, b'{"body": "{ no JSON"}').ok is None


def test_a_text_beside_the_answer_is_not_the_answer() -> None:
    body = {"data": {"isSecretPinSet": True}, "payload": json.dumps({"mobileNumber": "…"})}
    answer = Answer.read(200, json.dumps(body).encode())
    assert answer.ok is True
    assert answer.facts == {"isSecretPinSet": True}
