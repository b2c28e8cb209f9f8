"""What every error tells, and that it tells the same once it has come to another process."""

from __future__ import annotations

import pickle
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from upstox_browser_login.errors import (
    CredentialsRejectedError,
    LoginBlockedError,
    StoreError,
    UpstoxError,
    with_upstox_code,
)
from upstox_browser_login.redaction import MASK, redactor


def kinds(kind: type[UpstoxError] = UpstoxError) -> Iterator[type[UpstoxError]]:
    yield kind
    for each in kind.__subclasses__():
        yield from kinds(each)


OURS = [each for each in kinds() if each.__module__ == "upstox_browser_login.errors"]


@pytest.mark.parametrize("kind", OURS)
def test_every_code_comes_with_what_to_do(kind: type[UpstoxError]) -> None:
    for code in kind.codes:
        assert kind("It went wrong.", code=code).hint


def test_no_hint_of_a_code_says_what_was_typed() -> None:
    """The error may come at any step: a number or a code may have been typed before it."""
    said = [kind("It went wrong.", code=code).hint for kind in OURS for code in kind.codes]
    assert not [
        hint for hint in said if re.search(r"(?i)\b(nothing|was|were) (typed|sent)\b", hint)
    ]


def test_a_code_belongs_to_one_kind_of_error() -> None:
    counted = Counter(code for kind in OURS for code in kind.codes)
    assert set(counted.values()) == {1}
    assert len({kind.exit_code for kind in OURS}) == len(OURS)


def test_a_kind_has_no_code_of_another() -> None:
    with pytest.raises(ValueError, match="StoreError has no code TIMEOUT"):
        StoreError("It went wrong.", code="TIMEOUT")


def test_an_error_keeps_all_it_tells_in_another_process() -> None:
    error = LoginBlockedError(
        "Too often.",
        code="RATE_LIMITED",
        hint="Wait.",
        upstox_code="1017069",
        step="open",
        trace="a-folder",
    )
    error.until = 5.0
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301  (our own)
    assert type(copy) is LoginBlockedError
    assert copy.__dict__ == error.__dict__
    assert str(copy) == str(error) == "Too often. [1017069] (Wait.)"


def test_an_error_is_one_line_without_secrets() -> None:
    redactor.register("a-secret-of-this-test", "word")
    error = CredentialsRejectedError("No:\na-secret-of-this-test", hint="Look\nhere.")
    assert error.message.endswith(MASK)
    assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("message", "code", "told"),
    [
        ("Too often.", None, "Too often."),
        ("Too often.", "", "Too often."),
        ("Too often.", "1017069", "Too often. [1017069]"),
        ("Too often (1017069).", "1017069", "Too often (1017069)."),
    ],
)
def test_upstoxs_own_code_is_told_once(message: str, code: str | None, told: str) -> None:
    assert with_upstox_code(message, code) == told


def test_hint_and_code_hold_no_secret() -> None:
    redactor.register("Gk3v-9tYpQ2w", "password")
    error = UpstoxError("No.", hint="Ask Gk3v-9tYpQ2w.", upstox_code="Gk3v-9tYpQ2w")
    assert (error.hint, error.upstox_code) == ("Ask [redacted].", "[redacted]")
