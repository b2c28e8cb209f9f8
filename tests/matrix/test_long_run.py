"""A process that stays: its hundredth login is as quick to redact as its first."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

import pytest

from upstox_browser_login.redaction import PASSING, Redactor

JWT = "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9."


@dataclass(frozen=True)
class Lived:
    """A redactor after many logins, and the secrets of the first and of the last of them."""

    redactor: Redactor
    first: list[str]
    latest: list[str]


def logins(redactor: Redactor, number: int) -> list[str]:
    """Let `redactor` live through so many logins; the last one's secrets."""
    latest: list[str] = []
    for _ in range(number):
        latest = [
            f"{secrets.randbelow(10**6):06}",
            secrets.token_urlsafe(24),
            f"q{secrets.token_hex(8)}",
            f"r{secrets.token_hex(8)}",
            secrets.token_urlsafe(24),
            JWT + secrets.token_urlsafe(150),
            JWT + secrets.token_urlsafe(150),
        ]
        for kind, secret in zip(PASSING, latest, strict=True):
            redactor.register(secret, kind)
    return latest


def seconds_of_a_login(redactor: Redactor) -> float:
    """The time that one more login's secrets, each with a line of a log, take at best."""
    best = float("inf")
    for _ in range(5):
        began = time.process_time()
        for secret in logins(redactor, 1):
            assert secret not in redactor.redact(f"GET http://127.0.0.1/x?y={secret} 200")
        best = min(best, time.process_time() - began)
    return best


@pytest.fixture(scope="module")
def lived() -> Lived:
    """So many logins that of each kind some are forgotten; both tests look at the same ones."""
    redactor = Redactor()
    redactor.register("024680", "pin code")
    first = logins(redactor, 1)
    return Lived(redactor, first, logins(redactor, 5 * max(PASSING.values()) // 4))


def test_secrets_of_the_day_are_forgotten_in_the_end(lived: Lived) -> None:
    """Those of the account never are; the last logins' are known as well."""
    redactor = lived.redactor
    assert len(redactor._secrets) <= 1 + sum(PASSING.values()) * 1.25
    for secret in lived.first:
        assert not redactor.find(secret)
    for secret in ["024680", *lived.latest]:
        assert secret not in redactor.redact(f"a line with {secret} in it")


def test_the_time_of_a_login_does_not_grow(lived: Lived) -> None:
    """One pattern of everything took a minute to compile after some hundred logins."""
    young = Redactor()
    logins(young, 20)
    assert seconds_of_a_login(lived.redactor) < 20 * seconds_of_a_login(young) + 0.5
