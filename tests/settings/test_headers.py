"""Headers for a browser elsewhere: what is taken, and that no refusal quotes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstox_browser_login.redaction import MASK, redactor
from upstox_browser_login.settings import Settings
from upstox_browser_login.settings.headers import read_headers

from .conftest import Refusal


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Authorization: Bearer a:b", {"Authorization": "Bearer a:b"}),
        ('{"X-One": "1", "X-Two": "2"}', {"X-One": "1", "X-Two": "2"}),
    ],
)
def test_headers(text: str, read: dict[str, str]) -> None:
    assert read_headers(text) == read


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Bearer s3cr3t-token", "Name: value"),
        ("Bad Name: s3cr3t-token", "whose name is none"),
        ("X-One:", "whose value is not visible"),
        ("X-One: s3cr3t\u2026token", "whose value is not visible"),
        ('{"X-One": "s3cr3t-token"', "cannot be read"),
        ('{"X-One": 7}', "whose value is not visible"),
        ('{"X-One": "s3cr3t\\r\\nX-Two: token"}', "whose value is not visible"),
    ],
)
def test_what_is_no_header(text: str, rule: str, refusal: Refusal) -> None:
    told = refusal(browser_headers=text)
    assert rule in told
    assert "UPSTOX_BROWSER_HEADERS" in told
    assert "s3cr3t" not in told


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Authorization: Bearer key-0f-the-browser", "key-0f-the-browser"),
        ("authorization: basic dXNlcjpjMHJyZWN0LWhvcnNl", "dXNlcjpjMHJyZWN0LWhvcnNl"),
        ("Authorization: Basic dXNlcjpjMHJyZWN0LWhvcnNl", "c0rrect-horse"),
        ('{"X-Key": "key-0f-the-browser", "X-Two": "2"}', "key-0f-the-browser"),
    ],
)
def test_the_key_in_a_header_is_known_by_itself(text: str, key: str) -> None:
    """A log need not show the header as a whole."""
    Settings(browser_headers=text)
    assert key not in redactor.redact(f"connecting with {key}")


@pytest.mark.parametrize(
    "address",
    [
        "wss://key-0f-the-browser@browsers.example/",
        "wss://browsers.example/?token=key-0f-the-browser&stealth=true",
        "https://browsers.example/?x=1&apiKey=key%2D0f-the-browser",
    ],
)
def test_the_key_in_a_browsers_address_is_known_by_itself(address: str) -> None:
    Settings(browser_url=address)
    assert redactor.redact("key-0f-the-browser") == MASK
    assert redactor.redact("browsers.example, true") == "browsers.example, true"


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    """And nothing that is read could begin another header."""
    try:
        found = read_headers(text)
    except ValueError:
        return
    assert all("\n" not in f"{name}{value}" for name, value in found.items())
