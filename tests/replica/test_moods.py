"""Scenarios of the account, the calls, the way back and the API."""

from __future__ import annotations

import httpx2
import jwt
import pytest

from .conftest import Visit
from .visitor import api_code_of, code_of


@pytest.mark.parametrize("step", ["otp", "verify", "pin", "approve"])
def test_a_step_can_fail_with_any_code(visit: Visit, step: str) -> None:
    visitor = visit(f"error={step}:1017072")
    visitor.dialog()
    answers = {"otp": visitor.otp(), "verify": visitor.verify(), "pin": visitor.pin()}
    answers["approve"] = visitor.approve()
    assert code_of(answers[step]) == 1017072
    assert "outdated" in answers[step]["error"]["message"]


def test_an_unheard_of_code_gets_a_general_message(visit: Visit) -> None:
    error = visit("error=otp:4711").otp()["error"]
    assert error["code"] == 4711
    assert error["message"]


def test_an_error_once(visit: Visit) -> None:
    visitor = visit("error-once=otp:1017076")
    assert code_of(visitor.otp()) == 1017076
    assert visitor.otp()["success"]


def test_wrong_otp_once_and_always(visit: Visit) -> None:
    visitor = visit("wrong-otp=once")
    visitor.otp()
    refusal = visitor.verify()
    assert code_of(refusal) == 1017093
    assert "4 attempts left" in refusal["error"]["message"]
    assert visitor.verify()["success"]
    visitor.replica.set("wrong-otp")
    visitor.otp()
    assert [code_of(visitor.verify()) for _ in range(2)] == [1017093] * 2


@pytest.mark.parametrize(
    ("scenario", "code"), [("otp-blocked", 1017078), ("unknown-error", 1017431)]
)
def test_the_code_step_refuses(visit: Visit, scenario: str, code: int) -> None:
    visitor = visit(scenario)
    visitor.otp()
    assert code_of(visitor.verify()) == code


@pytest.mark.parametrize(("scenario", "code"), [("wrong-pin", 1017106), ("locked", 1017090)])
def test_the_pin_step_refuses(visit: Visit, scenario: str, code: int) -> None:
    visitor = visit(scenario)
    visitor.otp()
    visitor.verify()
    assert code_of(visitor.pin()) == code


@pytest.mark.parametrize("status", ["dormant", "inactive"])
def test_sleeping_customers(visit: Visit, status: str) -> None:
    visitor = visit(status)
    visitor.otp()
    visitor.verify()
    assert visitor.pin()["data"]["customerStatus"] == status.upper()


def test_what_the_code_step_tells_of_the_account(visit: Visit) -> None:
    visitor = visit("create-pin", "chooser", "unknown-page", "lead=verify")
    assert visitor.otp()["data"]["userType"] == "CUSTOMER"
    answer = visitor.verify()["data"]
    assert answer["isSecretPinSet"] is False
    assert len(answer["accounts"]) == 2
    assert answer["nextStep"]
    assert answer["userType"] == "LEAD"


def test_a_password_before_the_code(visit: Visit) -> None:
    visitor = visit("password")
    assert visitor.otp()["data"]["nextStep"] == "PASSWORD"
    assert code_of(visitor.verify()) == 1017079
    path = "/login/open/v1/auth/1fa/password/verify"
    wrong = {"password": "guess", "validateOtpToken": visitor.otp_token}
    assert code_of(visitor.call(path, wrong)) == 1017107
    right = {**wrong, "password": visitor.replica.account.password}
    assert visitor.call(path, right)["success"]
    assert visitor.verify()["success"]


def _params(answer: httpx2.Response) -> dict[str, str]:
    return dict(httpx2.URL(answer.headers["location"]).params)


def test_states_that_are_missing_or_other(visit: Visit) -> None:
    assert "state" not in _params(visit("no-state").hop())
    assert _params(visit("wrong-state").hop())["state"] != "st-8"


def test_denials(visit: Visit) -> None:
    assert _params(visit("denied").hop()) == {
        "tenant": "7",
        "error": "access_denied",
        "state": "st-8",
    }
    visitor = visit("consent")
    visitor.dialog()
    visitor.otp()
    visitor.verify()
    assert visitor.pin()["data"]["isConsentRequired"] is True
    hop = visitor.approve(approval=False)["data"]["redirectUri"]
    assert _params(visitor.client.get(hop))["error"] == "access_denied"
    assert visitor.replica.counts.codes_issued == 0


@pytest.mark.parametrize("status", [301, 303, 307, 308])
def test_redirects_of_every_kind(visit: Visit, status: int) -> None:
    answer = visit(f"redirect={status}").hop()
    assert answer.status_code == status
    assert "code" in _params(answer)


def test_a_chain_of_hops(visit: Visit) -> None:
    visitor = visit("hop-chain")
    first = visitor.hop()
    assert first.headers["location"].startswith("/login/authorization/continue?")
    second = visitor.client.get(visitor.replica.api_url + first.headers["location"])
    assert second.headers["location"].startswith("https://callback.invalid/")


@pytest.mark.parametrize("kind", ["script", "meta"])
def test_redirects_that_are_pages(visit: Visit, kind: str) -> None:
    answer = visit(f"{kind}-redirect").hop()
    assert answer.status_code == 200
    assert "https://callback.invalid/upstox?tenant=7&" in answer.text


@pytest.mark.parametrize(
    ("code", "status"),
    [("UDAPI100058", 401), ("UDAPI10005", 429), ("UDAPI100500", 500), ("UDAPI999", 400)],
)
def test_exchanges_that_fail(visit: Visit, code: str, status: int) -> None:
    answer = visit(f"token-error={code}").exchange("any")
    assert (answer.status_code, api_code_of(answer)) == (status, code)


def test_tokens_of_other_shapes(visit: Visit) -> None:
    visitor = visit("no-otp-limit", "sparse-token")
    assert visitor.exchange(visitor.code()).json().keys() == {"access_token"}
    visitor.replica.reset()
    visitor.replica.set("opaque-token", "no-extended-token")
    body = visitor.exchange(visitor.code()).json()
    assert "extended_token" not in body
    with pytest.raises(jwt.DecodeError):
        jwt.decode(body["access_token"], options={"verify_signature": False})
    assert visitor.user("/v2/user/profile", body["access_token"]).status_code == 200
    visitor.replica.reset()
    visitor.replica.set("token-charset")
    answer = visitor.exchange(visitor.code())
    assert answer.headers["content-type"] == "application/json;charset=ISO-8859-1"
    assert '"José Müller"' in answer.content.decode("iso-8859-1")
    visitor.replica.reset()
    visitor.replica.set("token-html")
    assert visitor.exchange("any").text.startswith("<html>")


def test_refusals_that_say_nothing_of_the_token(visit: Visit) -> None:
    visitor = visit()
    token = visitor.token()
    visitor.replica.set("static-ip")
    answer = visitor.user("/v2/user/profile", token)
    assert (answer.status_code, api_code_of(answer)) == (403, "UDAPI1154")
    visitor.replica.set("funds-closed")
    answer = visitor.user("/v3/user/get-funds-and-margin", token)
    assert (answer.status_code, api_code_of(answer)) == (423, "UDAPI100072")
    assert visitor.user("/v2/user/profile", token).status_code == 200
