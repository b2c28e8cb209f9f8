"""A browser's part of a login, played over plain HTTP."""

from __future__ import annotations

import base64
from typing import Any

import httpx2
import pyotp

from upstox_browser_login.replica import Replica

OTP = "/login/open/v6/auth/1fa/otp/generate"
VERIFY = "/login/open/v4/auth/1fa/otp-totp/verify"
PIN = "/login/open/v3/auth/2fa"
APPROVE = "/login/v2/oauth/authorize"


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: float = 1_790_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        """Move on."""
        self.now += seconds


class Visitor:
    """One browser session; each method is one thing that the page does."""

    def __init__(self, replica: Replica, client: httpx2.Client, clock: Clock) -> None:
        self.replica = replica
        self.client = client
        self.clock = clock
        self.inner: dict[str, str] = {}
        self.otp_token = ""

    def dialog(self, **changes: str | None) -> httpx2.Response:
        account = self.replica.account
        query = {
            "response_type": "code",
            "client_id": account.client_id,
            "redirect_uri": account.redirect_uri,
            "state": "st-8",
            **changes,
        }
        answer = self.client.get(
            f"{self.replica.api_url}/v2/login/authorization/dialog",
            params={name: value for name, value in query.items() if value is not None},
        )
        if answer.is_redirect:
            self.inner = dict(httpx2.URL(answer.headers["location"]).params)
        return answer

    def call(self, path: str, data: dict[str, Any], **query: str) -> dict[str, Any]:
        """Make a call of the page; returns the body whatever it says."""
        answer = self.client.post(
            self.replica.service_url + path, json={"data": data}, params=query
        )
        assert answer.status_code == 200
        body: dict[str, Any] = answer.json()
        return body

    def totp(self, windows_ago: int = 0) -> str:
        totp = pyotp.TOTP(self.replica.account.totp_secret)
        return totp.at(int(self.clock() - 30 * windows_ago))

    def otp(self, mobile: str | None = None) -> dict[str, Any]:
        body = self.call(OTP, {"mobileNumber": mobile or self.replica.account.mobile})
        self.otp_token = body.get("data", {}).get("validateOTPToken", "")
        return body

    def verify(self, code: str | None = None) -> dict[str, Any]:
        return self.call(
            VERIFY,
            {"otp": self.totp() if code is None else code, "validateOtpToken": self.otp_token},
        )

    def pin(self, pin: str | None = None) -> dict[str, Any]:
        text = self.replica.account.pin if pin is None else pin
        secret = base64.b64encode(text.encode()).decode()
        return self.call(PIN, {"twoFAMethod": "SECRET_PIN", "inputText": secret})

    def approve(self, *, approval: bool = True) -> dict[str, Any]:
        return self.call(APPROVE, {"userOAuthApproval": approval}, **self.inner)

    def hop(self) -> httpx2.Response:
        """Everything up to the answer that leads to redirect_uri."""
        self.dialog()
        self.otp()
        self.verify()
        self.pin()
        return self.client.get(self.approve()["data"]["redirectUri"])

    def code(self) -> str:
        """Return a fresh authorization code."""
        return str(httpx2.URL(self.hop().headers["location"]).params["code"])

    def exchange(self, fresh: str, **changes: str | None) -> httpx2.Response:
        account = self.replica.account
        form = {
            "code": fresh,
            "client_id": account.client_id,
            "client_secret": account.client_secret,
            "redirect_uri": account.redirect_uri,
            "grant_type": "authorization_code",
            **changes,
        }
        return self.client.post(
            f"{self.replica.api_url}/v2/login/authorization/token",
            data={name: value for name, value in form.items() if value is not None},
        )

    def token(self) -> str:
        """Return a fresh access token."""
        return str(self.exchange(self.code()).json()["access_token"])

    def user(self, path: str, token: str, method: str = "GET") -> httpx2.Response:
        return self.client.request(
            method,
            f"{self.replica.api_url}{path}",
            headers={"Authorization": f"Bearer {token}"},
        )


def code_of(body: dict[str, Any]) -> Any:
    """Return the error code of a page's call."""
    assert body["success"] is False
    return body["error"]["code"]


def api_code_of(answer: httpx2.Response) -> str:
    """Return the error code of an API call."""
    body = answer.json()
    assert body["status"] == "error"
    assert body["errors"][0]["errorCode"] == body["errors"][0]["error_code"]
    return str(body["errors"][0]["error_code"])
