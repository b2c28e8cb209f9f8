"""What an answer of Upstox's says, and what nobody can tell from it."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from upstox_browser_login.page.said import Said
from upstox_browser_login.page.wire.answers import Answer, repeats_itself

OTHER_FAILURE = {"error": {"message": "No such segment", "code": "404004"}}
KNOWN_REFUSAL = {"error": {"message": "No", "code": "1017106"}}


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
        (
            500,
            {"code": 1017106, "message": "You have entered an incorrect PIN"},
            False,
            "pin refused",
        ),
        (502, {"errorCode": "1017090"}, False, "locked"),
        (500, {"message": "Invalid OTP"}, False, "trouble"),
        (401, "Incorrect PIN", False, "pin refused"),
        (400, "Invalid OTP", False, "code refused"),
        (500, "Invalid OTP", None, "trouble"),
        (403, "Sorry, you have been blocked. Your access is blocked", None, "challenge"),
        (404, "User not found", None, "trouble"),
        (401, "Unauthorized", None, "challenge"),
        (403, "<p>Incorrect PIN</p>", None, "challenge"),
    ],
)
def test_an_answer(status: int, body: Any, ok: bool | None, meaning: str) -> None:
    raw = body if isinstance(body, str) else json.dumps(body)
    answer = Answer.read(status, raw.encode())
    assert answer.ok is ok
    assert answer.meaning == meaning


def test_a_server_in_trouble_is_in_trouble_whatever_it_calls_that() -> None:
    body = {"code": "E503", "message": "Overloaded"}
    assert Answer.read(503, json.dumps(body).encode()).meaning == "trouble"


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
        ({"s": "error", "c": 1017106, "m": "No"}, False, "1017106"),
        ({"s": "ok", "d": {}}, True, None),
        ({"s": "no_data"}, None, None),
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
        {"data": {"verified": True}},
        # Of tries that are left it tells although it calls what was sent right, or asks for a code.
        {"status": "success", "data": {"verified": True, "attemptsLeft": 5}},
        {"success": True, "data": {"validateOTPToken": "t0ken-t0ken", "retryCount": 1}},
        {"success": True, "data": {"maxAttempts": 5, "failedAttempts": 0, "user": "x"}},
        {"success": True, "data": {"message": "PIN verified. Do not share it", "user": "x"}},
        {
            "success": True,
            "data": {"message": "Never share your PIN, do not share it", "user": "x"},
        },
        {"success": True, "data": {"verificationStatus": "NOT_REQUIRED", "user": "x"}},
        {"success": True, "data": {"attemptId": "a1b2", "attemptsAllowed": 5, "retryLimit": 3}},
        {"success": True, "data": {"lastLoginAttempt": "2026-11-27T09:00", "user": "x"}},
        {"success": True, "data": {"kycStatus": "FAILED", "customerStatus": "ACTIVE"}},
        # An error that is none.
        {"error": "", "data": {"redirectUri": None, "customerStatus": "ACTIVE"}},
        {"success": True, "error": "none", "data": {"redirectUri": None}},
        {"errors": ["No error"], "data": {"redirectUri": None, "customerStatus": "ACTIVE"}},
        {"success": True, "data": {"isLocked": False, "wrongPin": False, "login": "complete"}},
        {"success": True, "data": {"ordersBlocked": True, "customerStatus": "ACTIVE"}},
        {"status": "success", "info": {"lastErrorCode": 1017106, "message": "x"}, "data": {"a": 1}},
    ],
)
def test_an_answer_that_tells_of_success_accepts(body: Any) -> None:
    assert Answer.read(200, json.dumps(body).encode()).ok is True


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
        # That the answer was given is a success, and what it says is none.
        {"success": True, "data": {"pinStatus": "INVALID", "step": "PIN"}},
        {"success": True, "data": {"authStatus": "FAILED", "step": "PIN"}},
        {"success": True, "data": {"result": "MISMATCH", "step": "PIN"}},
        {"success": True, "data": {"state": "RETRY", "step": "PIN"}},
        {"success": True, "code": "AUTH_FAILED", "data": {}},
        {"success": True, "data": {"message": "That didn\u2019t work", "customerStatus": "ACTIVE"}},
        {"success": True, "data": {"errorMessage": "Please re-enter PIN", "step": "PIN"}},
        {"success": True, "data": {"remainingAttempts": 3}},
        {"success": True, "data": {"attemptsLeft": 0, "isSecretPinSet": True}},
        {"success": True, "data": {"failedAttempts": 1, "maxAttempts": 5}},
        {"success": True, "data": {"message": "Do not share it. Please try again", "step": "PIN"}},
        {"success": True, "data": {"authStatus": "NOT_VERIFIED", "attemptId": "a1b2"}},
        {"success": True, "data": {"pin": "incorrect", "step": "PIN"}},
        {"success": True, "data": {"login": "failed", "step": "PIN"}},
        {"success": True, "data": {"wrongPin": True, "step": "PIN"}},
        {"success": True, "data": {"pinMismatch": True, "userType": "CUSTOMER"}},
        {"success": True, "data": {"isValidPin": False, "customerStatus": "ACTIVE"}},
        {"success": True, "data": {"validPin": False, "customerStatus": "ACTIVE"}},
        {"success": True, "data": {"twoFAResult": "MISMATCH", "customerStatus": "ACTIVE"}},
        {"success": True, "data": {"wrongPinCount": 2, "customerStatus": "ACTIVE"}},
        {"success": True, "data": {"errorList": [{"code": "X1"}], "customerStatus": "ACTIVE"}},
        {"success": True, "data": {"failure": {"code": "X1"}, "customerStatus": "ACTIVE"}},
        {"success": True, "data": {"accountLocked": True, "userType": "CUSTOMER"}},
        {"success": True, "message": "Try once more", "data": {"step": "PIN"}},
        {"status": "success", "data": {"valid": 0}},
        {"status": "success", "data": {"pin_verified": "N"}},
        {"success": True, "data": {"userProfile": {"userId": "x"}, "verified": None}},
        {"success": True, "statusCode": 401, "data": {"message": "Unauthorized"}},
        {"success": True, "statusCode": 401, "data": {"step": "PIN", "userType": "CUSTOMER"}},
        {"success": False, "data": {"isSecretPinSet": True, "userType": "CUSTOMER"}},
        {"success": None, "data": {"isSecretPinSet": True}},
        {"status": "success", "result": False, "data": {"isSecretPinSet": True}},
        # One word may only acknowledge that the request has come.
        {"s": "ok"},
        {"success": True},
        {"response": {"status": "SUCCESS"}},
        # What numbers the request adds nothing.
        {"status": "success", "requestId": "WPRO-1", "timestamp": 1790000000},
        {"data": {"ok": True}},
        # So it does in a gateway's envelope, as an object or as a text.
        {"statusCode": 200, "body": {"ok": True}},
        {"statusCode": 200, "body": '{"status": "success"}'},
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


@pytest.mark.parametrize(
    ("body", "denied", "words"),
    [
        (
            {"data": {"step": {"__typename": "Problem", "userMessage": "Invalid OTP"}}},
            True,
            "Invalid OTP",
        ),
        ([{"ok": True}, {"ok": False, "fault": {"message": "Invalid OTP"}}], True, "Invalid OTP"),
        ([{"ok": True}, {"ok": False, "fault": {"code": "1017084"}}], False, None),
        ({"data": {"valid": False}}, True, None),
        ({"data": {"message": "Welcome"}}, False, None),
        (
            {"stage": "SECRET", "hints": [{"tone": "critical", "text": "Incorrect PIN"}]},
            True,
            "Incorrect PIN",
        ),
        (
            {"ok": True, "data": {"authenticated": False, "failure": {"text": "Wrong MPIN"}}},
            True,
            "Wrong MPIN",
        ),
        ({"hints": [{"tone": "neutral", "text": "Incorrect PIN five times locks"}]}, False, None),
        ({"catalog": [{"tone": "critical", "text": "Incorrect PIN"}]}, False, None),
        ({"history": [{"tone": "critical", "text": "Incorrect PIN"}]}, False, None),
        ({"data": {"userType": "CUSTOMER", "isTotpEnabled": True}}, False, None),
    ],
)
def test_an_answer_of_no_known_envelope_may_deny_in_words(
    body: Any, words: str | None, *, denied: bool
) -> None:
    answer = Answer.read(200, json.dumps(body).encode())
    assert answer.denies == denied
    assert (answer.denial.text if answer.denial else None) == words
    assert not (denied and answer.ok)


@pytest.mark.parametrize(
    ("more", "ok"),
    [
        ({}, True),
        ({"error": None, "errors": []}, True),
        ({"twoFAMethod": "SECRET_PIN"}, True),
        ({"error": {"code": 1017106, "message": "You have entered an incorrect PIN"}}, None),
        ({"errorMessage": "No"}, None),
        ({"twoFAStatus": "FAILED"}, None),
        ({"is2faVerified": False}, True),  # the second factor is the next step
        ({"errorCode": "0000", "errorMessage": "NA", "error": {"code": None}}, True),
    ],
)
def test_a_success_with_an_error_in_it_accepts_nothing(more: dict[str, Any], ok: bool) -> None:
    data = {"userType": "CUSTOMER", "customerStatus": "ACTIVE", "redirectUri": None, **more}
    answer = Answer.read(200, json.dumps({"success": True, "data": data}).encode())
    assert answer.ok is ok


def test_an_answer_of_any_length_is_read_in_a_moment() -> None:
    """A hundred million bytes of JSON would take half a minute."""
    body = b'{"success":true,"data":{"x":[' + b'{"a":1},' * 200_000 + b"0]}}"
    began = time.process_time()
    answer = Answer.read(200, body)
    assert answer.is_too_long
    assert answer.ok is None
    assert time.process_time() - began < 0.1
