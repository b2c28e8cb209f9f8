"""Which error an answer tells of, in whatever envelope."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from upstox_browser_login.page.said import Said
from upstox_browser_login.page.wire.answers import Answer
from upstox_browser_login.page.wire.envelopes import MOST_MEMBERS
from upstox_browser_login.page.wire.errors import error_of, said_of
from upstox_browser_login.redaction import redactor


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, None),
        ({"error": None}, None),
        ({"error": {}}, None),
        ({"errors": []}, None),
        ({"error": 7}, None),
        ({"error": "No"}, Said("No")),
        ({"error": {"code": 1, "message": "No"}}, Said("No", "1")),
        ({"error": {"code": "500", "message": "No"}}, Said("No", status=500)),
        ({"error": {"message": ["No"]}}, Said("no message")),
        ({"errors": [{"message": "No", "extensions": {"code": 1017106}}]}, Said("No", "1017106")),
        (
            {"errors": [{"error_code": "UDAPI1", "description": "No"}, {"message": "x"}]},
            Said("No", "UDAPI1"),
        ),
        ({"error": {"message": "x" * 999, "code": "y" * 99}}, Said("x" * 300, "y" * 20)),
    ],
)
def test_the_message_of_an_error(told: dict[str, Any], said: Said | None) -> None:
    assert said_of(told) == said


@pytest.mark.parametrize(
    ("status", "body"),
    [
        # Each envelope in which a server may put the code and the message of one refusal.
        (200, {"error": {"code": -32000, "message": "No", "data": {"reason": 1017106}}}),
        (422, [{"error": {"json": {"message": "No", "data": {"appCode": 1017106}}}}]),
        (422, {"errors": [{"status": "422", "code": "1017106", "detail": "No"}]}),
        (422, {"type": "https://errors.example/1017106", "title": "x", "detail": "No"}),
        (200, {"responseCode": "1017106", "responseMessage": "No", "responseBody": None}),
        (200, {"status": {"errorCode": 1017106, "description": "No"}}),
        (200, {"rc": "AU-1017106", "rd": "No"}),
        (400, {"result": None, "fault": {"reasonCode": 1017106, "message": "No"}}),
    ],
)
def test_a_refusal_is_found_in_any_envelope(status: int, body: Any) -> None:
    answer = Answer.read(status, json.dumps(body).encode())
    assert answer.ok is False
    assert (answer.meaning, answer.said) == ("pin refused", Said("No", "1017106"))


def test_a_number_that_is_no_code_of_upstox_refuses_nothing() -> None:
    answer = Answer.read(
        200, json.dumps({"data": {"statusCode": 1017999, "pin": 1017106}}).encode()
    )
    assert answer.ok is None


@pytest.mark.parametrize(
    "body",
    [
        # A success may tell of another login, of all errors that there are, or of a share.
        {"success": True, "data": {"lastLogin": {"status": "failed", "reason": "1017106"}}},
        {"success": True, "data": {"history": [{"type": "login", "errorCode": "1017090"}]}},
        {"success": True, "data": {"errors": [{"code": "1017090", "message": "Locked"}]}},
        {"data": {"errorCatalogue": [{"code": "1017106", "message": "Incorrect PIN"}]}},
        {"data": {"errorMessages": {"code": "1017106", "message": "Incorrect PIN"}}},
        {"type": "tick", "code": "1017106", "ltp": 12.5},
        {"data": {"order": {"statusCode": 1017090}}},
    ],
)
def test_a_known_code_in_a_success_refuses_nothing(body: Any) -> None:
    answer = Answer.read(200, json.dumps(body).encode())
    assert answer.ok is not False
    assert answer.meaning == "unknown"


def _seconds_for(told: dict[str, Any]) -> float:
    """The least time of the processor for such an answer."""
    body = json.dumps({"message": "No", **told}).encode()
    taken = []
    for _ in range(3):
        began = time.process_time()
        assert Answer.read(422, body).said == Said("No")
        taken.append(time.process_time() - began)
    return min(taken)


@pytest.mark.parametrize(
    "sized",
    [
        lambda size: {f"m{each}": each for each in range(size)},
        lambda size: {"type": "x" * size},
        lambda size: {"number": "1" * size + "x"},
    ],
    ids=["members", "letters", "digits"],
)
def test_an_answer_of_eight_times_as_much_takes_some_eight_times_as_long(
    sized: Callable[[int], dict[str, Any]],
) -> None:
    """And not 64 times, which would be minutes, in which no time-out is kept."""
    assert _seconds_for(sized(48_000)) < 0.02 + 24 * _seconds_for(sized(6_000))


def test_of_very_many_members_the_first_are_read() -> None:
    """All of them are searched several times."""
    many = {f"m{each}": each for each in range(MOST_MEMBERS)}
    body = json.dumps({"message": "No", **many, "code": "UDAPI100500"}).encode()
    assert Answer.read(422, body).said == Said("No")


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (403, {"message": "Denied", "help": {"codes": [{"code": "1017090"}]}}),
        (200, {"success": False, "message": "Denied", "data": {"lastLogin": {"code": "1017090"}}}),
    ],
)
def test_an_error_that_names_another_one_is_not_that(status: int, body: Any) -> None:
    assert Answer.read(status, json.dumps(body).encode()).said == Said("Denied")


@pytest.mark.parametrize(
    "body",
    [
        {"meta": {"status": "FAILED", "code": 1017106, "displayMessage": "x"}, "data": None},
        {"header": {"responseStatus": "NOT_OK", "subCode": "UPX-1017106", "msg": "x"}, "body": {}},
        {"hasError": True, "errorInfo": {"number": 1017106, "text": "x"}, "content": None},
        {"response": {"Status": "Failure", "ErrorCode": "1017106", "ErrorMessage": "x"}},
        {"error": True, "message": "The PIN is incorrect"},
        {"isSuccess": False, "msg": "The PIN is incorrect"},
        {"errors": {"pin": ["The PIN is incorrect"]}},
        {"data": {"status": "rejected", "errorDescription": "The PIN is incorrect"}},
        {"outcome": "DENIED", "reasonText": None, "statusDesc": "The PIN is incorrect"},
    ],
)
def test_a_refusal_is_read_wherever_an_answer_tells_how_the_call_went(body: Any) -> None:
    answer = Answer.read(200, json.dumps(body).encode())
    assert answer.ok is False
    assert answer.meaning == "pin refused"


@pytest.mark.parametrize(
    "body",
    [
        {"message": "The given data was invalid.", "errors": {"pin": ["Incorrect PIN"]}},
        {"title": "One or more errors", "errors": {"Pin": ["Incorrect PIN"]}},
        {"errors": {"base": [], "pin": "Incorrect PIN"}},
        {"error": {"code": 400, "message": "INVALID_PIN"}},
        {"error": {"code": "INVALID_PIN"}},
        {"error": "INVALID_PIN"},
        {"error": "invalid_grant", "error_description": "Incorrect PIN"},
        {"detail": [{"loc": ["body", "pin"], "msg": "Incorrect PIN", "type": "value_error"}]},
    ],
)
def test_a_refusal_is_read_in_the_words_of_any_framework(body: Any) -> None:
    answer = Answer.read(422, json.dumps(body).encode())
    assert (answer.ok, answer.meaning) == (False, "pin refused")


@pytest.mark.parametrize("name", ["message", "error"])
def test_a_message_that_is_cut_holds_no_half_of_a_secret(name: str) -> None:
    secret = "Gk3v-9tYpQ2w-Xc7Lr5-0aMd"
    redactor.register(secret, "password")
    said = error_of({"code": 1017106, name: "no " * 96 + secret})
    assert secret[:4] not in said.text


_NAMED_PIN = {"name": "PIN_MISMATCH"}


@pytest.mark.parametrize(
    ("status", "body", "meaning"),
    [
        (400, {"kind": "failure", "failure": _NAMED_PIN | {"title": "No"}}, "pin refused"),
        (200, {"kind": "failure", "failure": _NAMED_PIN}, "pin refused"),
        (400, {"problem": {"title": "Incorrect PIN"}}, "pin refused"),
        (422, {"fault": {"title": "Request failed", "key": "INCORRECT_OTP"}}, "code refused"),
        (400, {"error": {"kind": "ACCOUNT_LOCKED"}}, "locked"),
        (400, {"result": 0, "notice": "Incorrect PIN"}, "pin refused"),
        # A message tells more, and a name that is no constant may be a person's.
        (400, {"error": _NAMED_PIN | {"message": "Our system is busy"}}, "unknown"),
        (400, {"error": {"name": "Incorrect PIN"}}, "unknown"),
        (400, {"customer": _NAMED_PIN}, "unknown"),
        (200, {"data": {"failure": None, "kind": "session", **_NAMED_PIN}}, "unknown"),
    ],
)
def test_an_error_without_a_message_is_told_by_its_title_or_name(
    status: int, body: Any, meaning: str
) -> None:
    assert Answer.read(status, json.dumps(body).encode()).meaning == meaning


@pytest.mark.parametrize(
    ("body", "denies"),
    [
        ({"result": 0, "notice": "Incorrect PIN"}, True),
        ({"d": {"result": 0, "notice": "Incorrect PIN"}}, True),
        ({"result": 0, "notice": "Markets are closed on Friday"}, False),
        ({"result": 1, "notice": "Incorrect PIN attempts lock your account"}, False),
        ({"success": True, "data": {"notice": "Incorrect PIN attempts lock your account"}}, False),
    ],
)
def test_a_notice_denies_only_where_nothing_came_of_the_call(body: Any, *, denies: bool) -> None:
    assert Answer.read(200, json.dumps(body).encode()).denies is denies
