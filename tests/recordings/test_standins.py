"""Stand-ins: of the same shape, the same everywhere, and nothing of what they stand for."""

from __future__ import annotations

import base64
import json
import random
import re
from urllib.parse import quote

import jwt
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from upstox_browser_login.recordings.standins import StandIns
from upstox_browser_login.recordings.times import EPOCH, Times
from upstox_browser_login.redaction import Redactor

BEGAN = 1_795_000_000.0
MOBILE, PIN, SECRET = "9876501234", "024680", "r3pl1cas3cret"

values = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), min_size=6, max_size=40)


def made(found: dict[str, str], seed: int = 7) -> StandIns:
    stand_ins = StandIns(random.Random(seed), Times(BEGAN))
    stand_ins.add_all(found)
    return stand_ins


def shape(text: str) -> str:
    ascii_only = re.sub("[0-9]", "9", re.sub("[a-z]", "a", re.sub("[A-Z]", "A", text)))
    return "".join(each if each.isascii() else _kind(each) for each in ascii_only)


def _kind(sign: str) -> str:
    return "é" if sign.isalpha() else "९" if sign.isdecimal() else sign


@given(values, st.integers(0, 2**32))
@example("Ünïcode42x", 1)
@example("a b/c?d=e&f", 2)
@example("00000\N{TAMIL DIGIT ZERO}", 0)
def test_a_stand_in_has_the_shape_of_its_value(value: str, seed: int) -> None:
    assume(any(each.isascii() and each.isalnum() for each in value))
    assume(len(re.sub(r"[^0-9A-Za-z]", "", value)) >= 3)
    other = made({value: "token"}, seed).of(value)
    assert shape(other) == shape(value)
    assert len(other.encode()) == len(value.encode())
    assert other != value


def test_no_stand_in_happens_to_be_a_spelling_of_another_value() -> None:
    """As the reverse of a half typed PIN would be: the recording would count as not clean."""
    random_digits = random.Random(2)
    whole = [f"{random_digits.randrange(10**8):08}" for _ in range(50)]
    found = {number[:length]: "typed text" for number in whole for length in (4, 5, 8)}
    seeking = Redactor()
    for value, kind in found.items():
        seeking.register(value, kind)
    stand_ins = made(found)
    alike = [value for value in found if seeking.find(stand_ins.of(value))]
    assert alike == []


@settings(max_examples=15)
@given(st.text("0123456789", min_size=6, max_size=10), st.integers(0, 2**32))
def test_no_spelling_of_a_number_is_left(value: str, seed: int) -> None:
    stand_ins = made({value: "number"}, seed)
    seeking = Redactor(digests=True)
    seeking.register(value, "number")
    encoded = base64.b64encode(value.encode()).decode()
    text = (
        f"{value} +91{value} {' '.join(value)} {value[:3]}-{value[3:]} {value[:5]}!"
        f" {encoded} {value.encode().hex()} \\u0022{value}\\u0022"
    )
    clean = stand_ins.text(text)
    assert seeking.find(clean) == set()
    assert len(clean) == len(text)
    assert stand_ins.text(value) == stand_ins.of(value)


def test_it_is_the_same_one_in_every_spelling() -> None:
    """So a body, its base64 and its quotation in an address still refer to each other."""
    stand_ins = made({PIN: "PIN", MOBILE: "mobile number", "a+b/c=d 42": "token"})
    pin, mobile, token = (stand_ins.of(each) for each in (PIN, MOBILE, "a+b/c=d 42"))
    assert re.fullmatch(r"[6-9]\d{9}", mobile)
    encoded = base64.b64encode(PIN.encode()).decode()
    assert stand_ins.text(encoded) == base64.b64encode(pin.encode()).decode()
    assert stand_ins.text(quote("a+b/c=d 42", safe="")) == quote(token, safe="")
    assert stand_ins.text(f"98****{MOBILE[-4:]}") == f"{mobile[:2]}****{mobile[-4:]}"
    assert stand_ins.text(f"ending in ****{MOBILE[-4:]}.") == f"ending in ****{mobile[-4:]}."
    assert stand_ins.text(f"{MOBILE[:5]} {MOBILE[5:]}") == f"{mobile[:5]} {mobile[5:]}"
    assert stand_ins.text(f"{PIN[:3]}-{PIN[3:]}") == f"{pin[:3]}-{pin[3:]}"


def test_a_value_that_was_found_in_base64_as_well_stays_the_same_one() -> None:
    """The longer spelling is no value of its own, whatever its field was called."""
    encoded = base64.b64encode(b"024680").decode()
    stand_ins = made({"024680": "pin code", encoded: "token"})
    other = base64.b64encode(stand_ins.of("024680").encode()).decode()
    assert stand_ins.text(f"inputText={encoded}") == f"inputText={other}"
    assert stand_ins.replaced == {"pin code": 1}


@pytest.mark.parametrize("name", ["A*** ***", "Asha -- Rao", "Asha \N{THUMBS UP SIGN}\ufe0f"])
def test_a_word_of_signs_is_no_part_of_a_name(name: str) -> None:
    """No stand-in could be found for it, and the search would never end."""
    assert made({name: "name"}).text("-- *** Hi") == "-- *** Hi"


@pytest.mark.parametrize("kind", ["password", "typed text", "client code"])
def test_digits_of_another_script_get_others_of_it(kind: str) -> None:
    value = "१२३४५६"
    other = made({value: kind}).of(value)
    assert other != value
    assert int(other) >= 0
    assert all(ord(each) - int(each) == ord("१") - 1 for each in other)


@pytest.mark.parametrize("value", ["\N{GRINNING FACE}" * 4, "²²²²", "\x01\x02\x03\x04"])
def test_a_password_without_letters_and_signs_gets_letters(value: str) -> None:
    """Its own shape leaves no choice, and the recording is made all the same."""
    other = made({value: "typed text"}).of(value)
    assert len(other.encode()) == len(value.encode())
    assert other.isalpha()


def test_blanks_that_were_typed_stay() -> None:
    """They would be replaced wherever a page has so many of them."""
    assert made({"    ": "typed text"}).text("<p>    </p>") == "<p>    </p>"


def test_a_name_is_replaced_as_a_word_in_its_own_case() -> None:
    stand_ins = made({"asha": "name", "Rao": "name", "ASHA RAO": "name"})
    clean = stand_ins.text("Hi asha, ASHA RAO (Asha). Trash that is washable, %20Rao")
    assert "Trash that is washable" in clean
    assert not re.search(r"\b(asha|rao)\b", clean, re.IGNORECASE)
    first = stand_ins.text("asha")
    assert clean.startswith(f"Hi {first}, {first.upper()} ")
    assert f"({first.title()})" in clean


def test_what_was_typed_so_far_stays_the_beginning_of_the_whole() -> None:
    stand_ins = made({"987650": "mobile number", MOBILE: "mobile number"})
    assert stand_ins.of(MOBILE).startswith(stand_ins.of("987650"))


def test_a_token_becomes_a_token_with_its_times_moved() -> None:
    claims = {"sub": "7ABC12", "iat": int(BEGAN) + 5, "exp": int(BEGAN) + 3600, "iss": "udapi"}
    token = jwt.encode(claims, "k" * 32, algorithm="HS256")
    stand_ins = made({token: "token", "7ABC12": "client code"})
    other = stand_ins.text(f"Bearer {token}").removeprefix("Bearer ")
    assert len(other) == len(token)
    told = jwt.decode(other, options={"verify_signature": False})
    assert told["sub"] == stand_ins.of("7ABC12") != "7ABC12"
    assert told["iat"] == int(EPOCH.timestamp()) + 5
    assert told["exp"] - told["iat"] == 3595
    assert told["iss"] == "udapi"
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(other, "k" * 32, algorithms=["HS256"], options={"verify_exp": False})


def test_two_recordings_share_no_stand_in() -> None:
    """They come from randomness, not from the value."""
    one, other = (made({SECRET: "client secret"}, seed).of(SECRET) for seed in (1, 2))
    assert one != other
    assert made({SECRET: "client secret"}, 1).of(SECRET) == one


def test_what_was_replaced_is_counted_by_kind() -> None:
    stand_ins = made({PIN: "PIN", MOBILE: "mobile number"})
    stand_ins.text(json.dumps({"pin": PIN, "to": [MOBILE, f"+91{MOBILE}"]}))
    assert stand_ins.replaced == {"PIN": 1, "mobile number": 2}


@pytest.mark.parametrize(
    ("value", "kind"),
    [("*****@*****.com", "e-mail"), ("------", "address"), ("........", "device id")],
)
def test_what_holds_signs_alone_needs_no_stand_in(value: str, kind: str) -> None:
    """A page writes such a thing where it knows nothing; a recording must not fail of it."""
    assert made({value: kind}).text(value) == value


@pytest.mark.parametrize("seed", range(5))
def test_the_signs_of_a_password_are_replaced_too(seed: int) -> None:
    stand_ins = made({"!@$%^&*(": "password", "P@ss!!w0rd<>": "typed text"}, seed)
    assert stand_ins.text("!@$%^&*(") != "!@$%^&*("
    own = stand_ins.of("P@ss!!w0rd<>")
    assert len(own) == len("P@ss!!w0rd<>")
    assert not set("<>") & set(own)


def test_no_stand_in_happens_to_be_a_persons_name() -> None:
    """It would count as the name itself, and the whole recording would be deleted."""
    values = {f"{number}Ab{number}": "client code" for number in range(1000, 1300)}
    names = [f"{first}{second}" for first in "AJKNOST" for second in "aeimou"]
    stand_ins = made({f"{each} Rao": "name" for each in names} | values)
    named = re.compile(rf"\d({'|'.join(names)})\d")
    assert not [each for each in values if named.search(stand_ins.of(each))]


def test_nor_does_the_signature_of_a_token() -> None:
    part = base64.urlsafe_b64encode(b'{"a":1}').decode().rstrip("=")
    tokens = {f"{part}.{part}.{'1Ab2' * 50}{number}": "token" for number in range(1000, 1040)}
    stand_ins = made({"Om Rao": "name"} | tokens)
    assert not [each for each in tokens if re.search(r"\dOm\d", stand_ins.of(each))]
