"""Which of Upstox's own calls a recorded one is, and which of its values are personal."""

from __future__ import annotations

import re

import pytest

from upstox_browser_login.page.wire.recorded import CALLS, PERSONAL


@pytest.mark.parametrize(
    ("path", "call"),
    [
        ("/login/open/v6/auth/1fa/otp/generate", "otp"),
        ("/login/open/v5/auth/1fa/otp-totp/verify", "verify"),
        ("/login/open/v4/auth/2fa", "pin"),
        ("/login/v2/oauth/authorize", "authorize"),
        ("/v2/login/authorization/token", "exchange"),
        ("/login/open/v4/auth/2fa/secret-pin/set", None),
        ("/v2/user/profile", None),
    ],
)
@pytest.mark.parametrize("end", ["", "/"])
def test_a_call_is_one_at_most_whatever_its_version(path: str, end: str, call: str | None) -> None:
    found = [name for name, pattern in CALLS.items() if pattern.search(path + end)]
    assert found == ([] if call is None else [call])


def test_every_name_is_written_as_it_is_compared() -> None:
    """In small letters and digits alone; another one would never be found."""
    names = [name for names, _ in PERSONAL.values() for name in names]
    assert [name for name in names if not re.fullmatch(r"[a-z0-9]+", name)] == []
    assert len(names) == len(set(names)), "a name has one meaning"


@pytest.mark.parametrize("value", ["", "null", "{}", "0"])
def test_what_everybody_may_have_fits_no_shape(value: str) -> None:
    """Of a name no word can be excluded."""
    fitting = {kind for kind, (_, shape) in PERSONAL.items() if re.fullmatch(shape, value)}
    assert fitting <= {"name"}
