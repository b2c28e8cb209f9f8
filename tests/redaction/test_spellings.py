"""How a secret can be spelled, by secrets that are made up."""

from __future__ import annotations

import base64
import re

import pytest

from upstox_browser_login.redaction.spellings import (
    TOO_SHORT,
    digests_of,
    digests_of_secret,
    forms_of,
    loose_forms,
    numbers_apart,
    one_pattern,
    part_forms,
    sha1_of,
    ways_of,
    without_zeros,
)


@pytest.mark.parametrize(
    ("secret", "spelling"),
    [
        ("a b/c&d", "a%20b%2Fc%26d"),
        ("a b/c&d", "a+b%2Fc%26d"),
        ("a b/c&d", "a%2520b%252Fc%2526d"),
        ("a b/c&d", "a b/c&amp;d"),
        ("a b/c&d", r"a b\/c&d"),
        ('say "so"', r"say \"so\""),
        ('say "so"', "say &quot;so&quot;"),
        ("a&b<c>'d=", r"a\u0026b\u003cc\u003e'd="),
        ("a&b<c>'d=", r"a\u0026b\u003Cc\u003E\u0027d="),
        ("a&b<c>'d=", r"a\u0026b\u003cc\u003e\u0027d\u003d"),
        ("a&b<c>'d=", r"a\\u0026b\\u003cc\\u003e\\u0027d\\u003d"),
        ("QUJDREVGR0g=", r"QUJDREVGR0g\u003d"),
        ("a&b<c>", "a&#38;b&#60;c&#62;"),
        ("a&b<c>", "a&#x26;b&#x3c;c&#x3e;"),
        ("a&b<c>", "a&#x26;b&#x3C;c&#x3E;"),
        ("käse", r"k\u00e4se"),
        ("käse", "k%c3%a4se"),
        ("secret", b"secret".hex()),
        ("secret", b"secret".hex().upper()),
        ("secret", base64.b64encode(b"secret").decode()),
        ("secret", "s\0e\0c\0r\0e\0t\0"),
        ("482915", "४८२९१५"),
        ("482915", "&#52;&#56;&#50;&#57;&#49;&#53;"),
        ("ABCDEFGHIJKLMNOP", "abcd efgh ijkl mnop"),
        ("ABCDEFGHIJKLMNOP", "ABCD-EFGH-IJKL-MNOP"),
        ("ABCDEFGHIJKLMNOP", "abcd-efgh-ijkl-mnop"),
    ],
)
def test_a_secret_has_this_spelling(secret: str, spelling: str) -> None:
    assert spelling in forms_of(secret)


@pytest.mark.parametrize("lead", ["", "x", "xy", "xyz"])
@pytest.mark.parametrize("tail", ["", "p", "pq", "pqr"])
def test_a_secret_is_found_within_any_base64(lead: str, tail: str) -> None:
    encoded = base64.b64encode(f"{lead}hunter-2-hunter{tail}".encode()).decode()
    assert any(form in encoded for form in forms_of("hunter-2-hunter"))


@pytest.mark.parametrize("lead", ['{"v":"', '{"v2":"', '{"v_3":"'])
@pytest.mark.parametrize("tail", ['"}', '","x":1}', ""])
@pytest.mark.parametrize("number", ["2468", "135790", "9876501234"])
def test_a_number_in_base64_is_found_within_any_base64(number: str, lead: str, tail: str) -> None:
    """As one who records requests writes down what Upstox's page sends."""
    inner = base64.b64encode(number.encode()).decode()
    outer = base64.b64encode(f"{lead}{inner}{tail}".encode()).decode()
    assert any(form in outer for form in forms_of(number))
    other = base64.b64encode(f"{lead}MTExMTEx{tail}".encode()).decode()
    assert not any(form in other for form in forms_of(number))


def test_spellings_too_short_are_left_out() -> None:
    assert forms_of("abc")
    assert all(len(form) >= TOO_SHORT for form in forms_of("abc"))


def test_two_secrets_have_as_many_spellings() -> None:
    assert len(ways_of("482915")) == len(ways_of("135790"))
    assert len(ways_of("d'Souza <a@b.example>")) == len(ways_of("Asha Rao"))
    for one, other in zip(ways_of("482915"), ways_of("135790"), strict=True):
        assert one != other


@pytest.mark.parametrize(
    ("secret", "number"),
    [("004829", "4829"), ("482915", ""), ("000123", ""), ("00abcdef", ""), ("000000", "")],
)
def test_a_number_may_lose_its_zeros(secret: str, number: str) -> None:
    assert without_zeros(secret) == number


def found(patterns: list[str], text: str) -> bool:
    return any(re.search(pattern, text) for pattern in patterns)


@pytest.mark.parametrize(
    ("secret", "text", "is_found"),
    [
        ("482915", "482-915", True),
        ("482915", "4 8 2 9 1 5", True),
        ("482915", "519284", True),
        ("482915", "48291", False),
        ("9876543210", "98765 43210", True),
        ("9876543210", "98****3210", True),
        ("9876543210", "98••••••10", True),
        ("4829", "48-29", True),
        ("4829", "148-291", False),
        ("a-word", "a-word", False),
    ],
)
def test_a_number_as_pages_write_it(secret: str, text: str, *, is_found: bool) -> None:
    assert found(loose_forms(secret), f" {text} ") == is_found


@pytest.mark.parametrize(
    ("text", "is_found"),
    [("48291", True), ("82915", True), ("4829", False), ("482915", False), ("348291", False)],
)
def test_the_greater_part_of_a_number(text: str, *, is_found: bool) -> None:
    assert found(part_forms("482915"), f" {text} ") == is_found


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("[4,8,2,9,1,5]", True),
        ('["4","8","2","9","1","5"]', True),
        ("482, 915", True),
        ("4%2C8%2C2%2C9%2C1%2C5", True),
        ("[52,56,50,57,49,53]", True),
        ("d1=4&d2=8&d3=2&d4=9&d5=1&d6=5", True),
        ("482.915 seconds", False),
        ("[4,8,2,9,1,6]", False),
        ("d1=4&d2=8&d3=2&d4=9&d5=1", False),
    ],
)
def test_a_number_in_pieces(text: str, *, is_found: bool) -> None:
    assert bool(list(numbers_apart(text, ["482915"]))) == is_found


def test_digests_are_spellings_of_a_secret() -> None:
    sha1 = sha1_of(b"9876543210")
    assert sha1 in digests_of(b"9876543210")
    assert sha1 in digests_of_secret("9876543210")
    assert sha1_of(b"+919876543210") in digests_of_secret("9876543210")
    assert sha1_of(b"+91482915") not in digests_of_secret("482915")


@pytest.mark.parametrize("text", ["abc", "abcd", "abx", "b.d", "12-34"])
def test_one_pattern_finds_the_longest_of_all(text: str) -> None:
    pattern = re.compile(one_pattern(["abc", "abcd", "abx", "b.d"], ["12-?34"]))
    match = pattern.search(f"<{text}>")
    assert match is not None
    assert match[0] == text
    assert pattern.search("<bxd>") is None, "a dot is no pattern"
