"""One customer, one run: what the servers know, what they were sent, and what they answered."""

from __future__ import annotations

import random
import string
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyotp

MOBILE = "9876501234"
PIN = "024680"
SEED = "KRUGKIDROVUWG2ZAMJZG653OEBTG66BA"
CLIENT_ID = "5d0e8e2c-7f0b-4d2e-9a35-6c1f0a9b7e21"
CLIENT_SECRET = "dr1ft-made-up"  # noqa: S105  (made up, as all of these)
PERIOD = 30

MESSAGES = {
    1017016: "Please enter a valid mobile number.",
    1017069: "You have exceeded the maximum number of times you can generate an OTP. "
    "Kindly, try again after 10 mins.",
    1017072: "This version is outdated. Please update to the latest version to continue.",
    1017078: "You have exceeded the maximum number of attempts to enter the OTP. "
    "Kindly, try again after 10 mins.",
    1017079: "Your session has expired, please try again.",
    1017090: "Due to too many incorrect PIN attempts, your account has been locked. "
    "Unlock your account by verifying your details.",
    1017093: "You have entered an incorrect OTP.",
    1017106: "You have entered an incorrect PIN",
}
MEANINGS = {
    1017016: "MOBILE_REJECTED",
    1017069: "RATE_LIMITED",
    1017078: "RATE_LIMITED",
    1017090: "ACCOUNT_LOCKED",
    1017093: "TOTP_REJECTED",
    1017106: "PIN_REJECTED",
    1017007: "SESSION_LOST",
    1017079: "SESSION_LOST",
}


class RefusedError(Exception):
    """A call that fails, with Upstox's number and message."""

    def __init__(self, code: int, message: str | None = None) -> None:
        self.code = code
        self.message = message or MESSAGES[code]
        super().__init__(self.message)


@dataclass
class World:
    """What one run of a changed page does on the servers' side. All of it may be read at any time.

    *clock* gives epoch seconds; *options* are the page's changes.
    """

    options: Mapping[str, Any]
    clock: Callable[[], float]
    redirect_uri: str
    seed: int = 1
    person: bool = False
    pins: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    mobiles: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    issued: list[str] = field(default_factory=list)
    exchanged: list[str] = field(default_factory=list)
    returned: list[dict[str, str]] = field(default_factory=list)
    state: str | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)
    error: dict[str, Any] | None = None
    windows: set[int] = field(default_factory=set)
    lock: threading.RLock = field(default_factory=threading.RLock)
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Draw the run's random numbers from its seed."""
        self.random = random.Random(self.seed)  # noqa: S311  (no secret)
        self.run = self._text(10)
        if self.options.get("check") and not self.person:
            self.refusals.append("MOBILE_REJECTED")  # the page's own, which asks no server

    def _text(self, length: int) -> str:
        return "".join(self.random.choices(string.ascii_letters + string.digits, k=length))

    def fails(self, name: str) -> int | None:
        """The code with which the call *name* fails, if it does."""
        code = self.options.get(f"fail.{name}")
        once = self.options.get(f"failonce.{name}")
        if code is None and once is not None and self.counts[f"failed {name}"] == 0:
            code = once
        if code is not None:
            self.counts[f"failed {name}"] += 1
        return code

    def shakes(self, name: str) -> bool:
        """Whether the call *name* finds nobody at home, as the first ones do."""
        with self.lock:
            self.counts[f"shaken {name}"] += 1
            shaken = self.counts[f"shaken {name}"] <= int(self.options.get(f"shaky.{name}", 0))
            if shaken:
                self.refusals.append("SERVER_ERROR")
            return shaken

    def arrived(self, name: str, data: Mapping[str, Any]) -> None:
        """Note what a call of the page carries, before it is answered."""
        places = {
            "generate": (self.mobiles, "mobileNumber"),
            "verify": (self.codes, "otp"),
            "pin": (self.pins, "inputText"),
        }
        if name in places:
            sent, key = places[name]
            with self.lock:
                sent.append(str(data.get(key, "")))

    def ask(self, name: str, data: Mapping[str, Any]) -> dict[str, Any]:
        """Answer a call of the page. Raises `RefusedError`."""
        with self.lock:
            self.counts[name] += 1
            try:
                reply: dict[str, Any] = getattr(self, f"_{name}")(data)
            except RefusedError as error:
                self.refusals.append(MEANINGS.get(error.code, str(error.code)))
                raise
            self.accepted.append(name)
            return reply

    def _refuse(self, name: str) -> None:
        code = self.fails(name)
        if code is not None:
            raise RefusedError(code, self.options.get(f"says.{name}"))

    def _generate(self, data: Mapping[str, Any]) -> dict[str, Any]:
        mobile = str(data.get("mobileNumber", ""))
        self._refuse("generate")
        if mobile != MOBILE:
            raise RefusedError(1017016)
        lead = self.options.get("lead") is True
        if lead:
            self.refusals.append("MOBILE_REJECTED")
        totp = not (lead or self.options.get("sms-only"))
        if not totp:
            self.refusals.append("TOTP_NOT_ENABLED")
        return {
            "message": f"Enter the 6-digit OTP received on {mobile[:2]}****{mobile[-4:]}",
            "validateOTPToken": self._text(32),
            "nextRequestInterval": 120,
            "userType": "LEAD" if lead else "CUSTOMER",
            "isTotpEnabled": totp,
        }

    def _verify(self, data: Mapping[str, Any]) -> dict[str, Any]:
        code = str(data.get("otp", ""))
        self._refuse("verify")
        if not self._matches(code):
            raise RefusedError(1017093)
        lead = bool(self.options.get("lead"))
        if lead:
            self.refusals.append("MOBILE_REJECTED")
        accounts: list[dict[str, str]] = []
        if self.options.get("accounts"):
            accounts = [
                {"userId": "7ABC12", "name": "ASHA RAO", "type": "Individual"},
                {"userId": "9XYZ88", "name": "RAO FAMILY HUF", "type": "HUF"},
            ]
        return {
            "message": "OTP verified successfully",
            "userType": "LEAD" if self.options.get("lead") == "told" else "CUSTOMER",
            "isSecretPinSet": not self.options.get("no-pin"),
            "userProfile": {"profileId": 4711207, "userId": "7ABC12", "firstName": "asha"},
            "accounts": accounts,
        }

    def _matches(self, code: str) -> bool:
        totp, window = pyotp.TOTP(SEED), int(self.clock() // PERIOD)
        for each in (window, window - 1):
            if code == totp.generate_otp(each) and each not in self.windows:
                self.windows.add(each)
                return True
        return False

    def _pin(self, data: Mapping[str, Any]) -> dict[str, Any]:
        pin = str(data.get("inputText", ""))
        self._refuse("pin")
        if pin != PIN:
            raise RefusedError(1017106)
        dormant = bool(self.options.get("dormant"))
        if dormant:
            self.refusals.append("ACCOUNT_INACTIVE")
        return {
            "redirectUri": None,
            "customerStatus": "DORMANT" if dormant else "ACTIVE",
            "isExternalClientOAuthApp": not dormant,
        }

    def _approve(self, _data: Mapping[str, Any]) -> dict[str, Any]:
        self._refuse("approve")
        if not {"verify", "pin"} <= set(self.accepted):
            raise RefusedError(1017079)
        code = self._text(6)
        self.issued.append(code)
        return {"code": code, "userType": "individual"}

    def exchange(self, form: Mapping[str, str]) -> dict[str, Any] | None:
        """Turn a code into a token; ``None`` for a request that is wrong in any way."""
        with self.lock:
            right = (
                form.get("client_id") == CLIENT_ID
                and form.get("client_secret") == CLIENT_SECRET
                and form.get("redirect_uri") == self.redirect_uri
                and form.get("grant_type") == "authorization_code"
                and form.get("code") in self.issued
                and form.get("code") not in self.exchanged
            )
            self.exchanged.append(form.get("code", ""))
            if not right:
                return None
            return {"access_token": self._text(64), "user_id": "7ABC12", "user_name": "ASHA RAO"}
