"""Answers of Upstox, in its envelopes and in others."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from upstox_browser_login.page.wire import Answer, Call, Traffic, repeats_itself, said_of
from upstox_browser_login.page.words import Said


@pytest.mark.parametrize(
    ("status", "body", "ok", "meaning"),
    [
        (200, {"success": True, "data": {}}, True, "unknown"),
        (200, {"success": False}, False, "unknown"),
        (200, {"status": "error"}, False, "unknown"),
        (200, {"success": False, "error": {"code": 1017106, "message": "x"}}, False, "pin refused"),
        (401, {"errors": [{"errorCode": "1017106", "message": "x"}]}, False, "pin refused"),
        (400, {"error": "Invalid OTP"}, False, "code refused"),
        (500, {"error": {"code": "1017999", "message": "x"}}, False, "unknown"),
        (200, {"success": "false"}, False, "unknown"),
        (200, {"success": None, "message": "No"}, False, "unknown"),
        (200, {"status": "FAILURE"}, False, "unknown"),
        (429, {"error": {"code": "1017106"}}, False, "pin refused"),
        (429, {"error": {"code": "1017090"}}, False, "locked"),
        (429, {"error": {"code": "1017999"}}, False, "rate limited"),
        (503, {}, False, "trouble"),
        (200, [1], None, "unknown"),
        (500, [1], False, "trouble"),
        (200, "<p>hello", None, "trouble"),
        (502, "<p>bad gateway", None, "trouble"),
        (403, "<p>no", None, "challenge"),
        (200, "<title>Just a moment", None, "challenge"),
        (503, "We are under maintenance", None, "maintenance"),
    ],
)
def test_an_answer(status: int, body: Any, ok: bool | None, meaning: str) -> None:
    raw = body if isinstance(body, str) else json.dumps(body)
    answer = Answer.read(status, raw.encode())
    assert answer.ok is ok
    assert answer.meaning == meaning


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
        (400, {"result": None, "fault": {"reasonCode": 1017106, "message": "No"}}),
    ],
)
def test_a_refusal_is_found_in_any_envelope(status: int, body: Any) -> None:
    answer = Answer.read(status, json.dumps(body).encode())
    assert answer.ok is False
    assert (answer.meaning, answer.said) == ("pin refused", Said("No", "1017106"))


@pytest.mark.parametrize(
    "body",
    [
        {"result": {"isSecretPinSet": True, "userProfile": {}}},
        [{"result": {"data": {"json": {"isSecretPinSet": True, "userProfile": {}}}}}],
        {"data": {"type": "verify", "attributes": {"isSecretPinSet": True, "userProfile": {}}}},
        {"responseCode": "00", "responseBody": {"isSecretPinSet": True, "userProfile": {}}},
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


def test_a_server_in_trouble_is_in_trouble_whatever_it_calls_that() -> None:
    body = {"code": "E503", "message": "Overloaded"}
    assert Answer.read(503, json.dumps(body).encode()).meaning == "trouble"


def test_a_number_that_is_no_code_of_upstox_refuses_nothing() -> None:
    answer = Answer.read(
        200, json.dumps({"data": {"statusCode": 1017999, "pin": 1017106}}).encode()
    )
    assert answer.ok is None


@given(st.integers(100, 599), st.binary() | st.text().map(str.encode))
@example(200, b"[" * 100_000)
@example(200, b'{"data": {"accounts": "x", "userProfile": 1}, "errors": [null]}')
def test_any_body_is_an_answer(status: int, body: bytes) -> None:
    answer = Answer.read(status, body)
    assert answer.ok is not True or status < 400
    assert len(answer.text) <= 4000


def test_what_an_answer_says_of_the_customer() -> None:
    data = {
        "userType": "LEAD",
        "isTotpEnabled": True,
        "accounts": [{}, {}],
        "userProfile": {"name": "Asha"},
        "validateOTPToken": "t0ken-t0ken",
        "other": 1,
    }
    answer = Answer.read(200, json.dumps({"success": True, "data": data}).encode())
    assert answer.facts == {
        "userType": "LEAD",
        "isTotpEnabled": True,
        "accounts": 2,
        "knows the user": True,
        "asks for a code": True,
    }


def test_the_newest_word_counts_and_only_of_trusted_hosts() -> None:
    def call(number: str, at: float, status: str, *, of_upstox: bool = True) -> Call:
        answer = Answer(200, ok=True, facts={"customerStatus": status})
        call = Call(number, 1.0, "POST", "h", "/login/p", "data", of_upstox, posts=True)
        return replace(call, answer=answer, answered_at=at)

    calls = (call("1", 9.0, "ACTIVE"), call("2", 5.0, "DORMANT"))
    assert Traffic(calls).facts == {"customerStatus": "ACTIVE"}
    foreign = call("3", 20.0, "DORMANT", of_upstox=False)
    assert Traffic((*calls, foreign)).facts == {"customerStatus": "ACTIVE"}


@pytest.mark.parametrize(
    ("about", "is_believed"),
    [
        ({"path": "/login/open/v9/auth", "posts": True}, True),
        ({"path": "/graphql", "posts": True, "carries": frozenset({"mobile"})}, True),
        ({"path": "/graphql", "carries": frozenset({"code"})}, True),
        # A banner, the page's settings, a list of offers, a foreign host.
        ({"path": "/graphql", "posts": True}, False),
        ({"path": "/login/open/v1/offers"}, False),
        ({"path": "/settings.json"}, False),
        ({"path": "/login/open", "posts": True, "trusted": False}, False),
    ],
)
def test_only_the_logins_own_calls_say_something_of_the_customer(
    about: dict[str, Any], is_believed: bool
) -> None:
    answer = Answer(200, ok=True, facts={"userType": "LEAD", "isTotpEnabled": False})
    call = Call("1", 1.0, "POST", "service.upstox.com", "/", "data", trusted=True, answer=answer)
    facts = Traffic((replace(call, **about),)).facts
    assert facts == (answer.facts if is_believed else {})


def test_after_which_answers_a_page_asks_again_by_itself() -> None:
    assert repeats_itself(Answer(401, ok=False, said=Said("x", "4000001")))
    assert not repeats_itself(Answer(401, ok=False, said=Said("x", "1017106")))
    assert not repeats_itself(Answer(401, ok=False))


@pytest.mark.parametrize(
    ("body", "ok", "code"),
    [
        ({"ok": False, "code": 1017106, "reason": "No"}, False, "1017106"),
        ({"success": False, "message": "No"}, False, None),
        ({"ok": True, "code": 0}, True, None),
        # Nobody can tell what it says.
        ({"payload": "eyJzdWNjZXNzIjpmYWxzZSwiZXJyb3IiOnsiY29kZSI6MTAxNzEwNn19"}, None, None),
        ({"payload": "short"}, None, None),
        # One long word is a refusal still, where it is an error's.
        ({"error": "incorrect_username_or_password_or_pin_code"}, False, None),
    ],
)
def test_what_an_answer_of_status_200_says(body: Any, ok: bool | None, code: str | None) -> None:
    answer = Answer.read(200, json.dumps(body).encode())
    assert answer.ok is ok
    assert (answer.said.code if answer.said else None) == code


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


KNOWN_REFUSAL = {"error": {"message": "No", "code": "1017106"}}
OTHER_FAILURE = {"error": {"message": "No such segment", "code": "404004"}}


@pytest.mark.parametrize(
    ("body", "ok", "meaning"),
    [
        # Nobody knows which of several calls the form's was, unless the code tells.
        ([{"result": {"userProfile": {}}}, OTHER_FAILURE], None, "unknown"),
        ([OTHER_FAILURE, {"result": {"userProfile": {}}}], None, "unknown"),
        ([OTHER_FAILURE, KNOWN_REFUSAL], False, "pin refused"),
        ([{"result": {}}, KNOWN_REFUSAL], False, "pin refused"),
    ],
)
def test_another_calls_failure_refuses_nothing(body: Any, ok: object, meaning: str) -> None:
    answer = Answer.read(200, json.dumps(body).encode())
    assert (answer.ok, answer.meaning) == (ok, meaning)


@pytest.mark.parametrize(
    "told",
    [
        {"message": "No", **{f"m{each}": each for each in range(200_000)}},
        {"message": "No", "type": "x" * 200_000},
        {"message": "No", "number": "1" * 200_000 + "x"},
    ],
    ids=["members", "letters", "digits"],
)
def test_a_very_large_answer_is_read_in_no_time(told: dict[str, Any]) -> None:
    """It would take seconds or minutes, in which no time-out is kept."""
    body = json.dumps(told).encode()
    began = time.process_time()
    assert Answer.read(422, body).said == Said("No")
    assert time.process_time() - began < 2.0


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
        {"meta": {"status": "SUCCESS"}, "data": {"customerStatus": "ACTIVE"}},
        {"header": {"responseStatus": "OK"}, "body": {"result": "failed logins: 0"}},
        {"hasError": False, "errorInfo": None, "content": {"userType": "CUSTOMER"}},
        {"success": True, "data": None},
        {"success": True, "meta": {"status": "failed"}, "data": {"isSecretPinSet": True}},
        {"data": {"last": {"status": "failed"}, "isSecretPinSet": True}},
        {"ok": True, "data": {"status": "SUCCESS", "next": "pin"}, "id": 1},
        {"data": {"verified": True}, "id": 1},
        {"status": "success", "info": {"lastErrorCode": 1017106, "message": "x"}, "data": {"a": 1}},
    ],
)
def test_an_answer_that_tells_of_success_accepts(body: Any) -> None:
    assert Answer.read(200, json.dumps(body).encode()).ok is True


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


@pytest.mark.parametrize(
    ("body", "ok"),
    [
        # Each is a success whatever the page then shows.
        ({"components": [{"effects": {"html": "<div>Incorrect PIN</div>"}}]}, None),
        ({"component": "Login/Pin", "props": {"errors": {"pin": "Incorrect PIN"}}}, None),
        ({"fragments": {"#step": "<form><input name=pin></form>"}}, None),
        # What says that it is a success, or tells of the customer, is no part of a page.
        ({"success": True, "data": {"message": "<b>Sent</b>"}}, True),
        ({"data": {"message": "<b>Sent</b>", "isTotpEnabled": True}}, True),
        ({"message": "a < b and c > d"}, None),
        ({"type": "failure", "status": 400, "data": "[]"}, False),
        ({"data": {"type": "failure"}}, False),
    ],
)
def test_a_part_of_a_page_says_neither_yes_nor_no(body: Any, ok: bool | None) -> None:
    answer = Answer.read(200, json.dumps(body).encode())
    assert answer.ok is ok


@pytest.mark.parametrize("guard", [")]}',\n", ")]}'\n", "while(1);", "for (;;);"])
def test_json_behind_a_guard_is_json(guard: str) -> None:
    body = f'{guard}{{"error":{{"code":1017106,"message":"No"}}}}'
    assert Answer.read(200, body.encode()).meaning == "pin refused"


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


@pytest.mark.parametrize(
    ("status", "body", "is_wordless"),
    [
        (200, {"success": False, "error": {"code": "AUTH_017"}}, True),
        (401, {"error": {"code": "AUTH-017", "message": "Denied"}}, True),
        (422, "<p>Incorrect PIN</p>", True),
        (200, {"success": False, "error": {"code": 7, "message": "Gateway timed out"}}, False),
        (200, {"success": False, "error": {"code": 1017106, "message": ""}}, False),
        (429, {"success": False}, False),
        (503, {"success": False}, False),
        (403, "<title>Just a moment</title>", False),
        (200, {"success": True, "data": {}}, False),
    ],
)
def test_which_failures_have_no_word_for_what_was_refused(
    status: int, body: Any, is_wordless: bool
) -> None:
    raw = body if isinstance(body, str) else json.dumps(body)
    assert Answer.read(status, raw.encode()).is_wordless is is_wordless


@pytest.mark.parametrize(
    "body",
    [
        {"data": {"customerStatus": "ACTIVE", "isSecretPinSet": True}, "meta": {"failed": True}},
        {"data": {"isSecretPinSet": True}, "info": {"status": "failed"}},
    ],
)
def test_what_tells_of_the_customer_and_names_no_error_has_taken_what_was_sent(body: Any) -> None:
    assert Answer.read(200, json.dumps(body).encode()).ok is True


@pytest.mark.parametrize(
    "body",
    [
        {"message": "Incorrect PIN"},
        {"data": "Incorrect PIN"},
        {"status": "INVALID_PIN"},
        {"errorCode": "1017106"},
        {"data": {"isPinValid": False, "attemptsLeft": 3}},
        {"data": {"verifyPin": {"__typename": "PinError", "message": "Incorrect PIN"}}},
        # What passed it on was a success, and what it tells of was none.
        {"success": True, "data": {"success": False, "message": "Incorrect PIN"}},
        {"status": "success", "data": {"status": "failed", "code": "1017106", "message": "No"}},
        {"success": True, "data": {"verified": False, "attemptsLeft": 3}},
        {"success": True, "data": {"message": "Incorrect PIN"}},
        {"success": True, "code": "INVALID_PIN"},
        {"success": True, "data": {"code": "1017106", "message": "No"}},
        {"success": False, "data": {"isSecretPinSet": True, "userType": "CUSTOMER"}},
        {"success": None, "data": {"isSecretPinSet": True}},
        {"status": "success", "result": False, "data": {"isSecretPinSet": True}},
    ],
)
def test_what_may_be_a_refusal_in_words_that_nobody_knows_takes_nothing(body: Any) -> None:
    """A refused PIN that counts as taken would be sent again, until the account is locked."""
    assert Answer.read(200, json.dumps(body).encode()).ok is None


@pytest.mark.parametrize(
    "body",
    [
        [{"success": True}, {"success": False, "message": "Incorrect PIN"}],
        [{"result": {"userProfile": {}}}, {"status": "error", "message": "Incorrect PIN"}],
        # The page's own session is another call's business.
        [{"result": {"userProfile": {}}}, {"error": {"message": "No", "code": "1017084"}}],
        [{"success": True}, {}],
    ],
)
def test_of_several_answers_that_differ_nobody_can_tell_which_is_the_forms(body: Any) -> None:
    answer = Answer.read(200, json.dumps(body).encode())
    assert (answer.ok, answer.said) == (None, None)
