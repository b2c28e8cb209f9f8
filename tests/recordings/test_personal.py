"""What is personal is found by the name of its field and by its shape."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest

from upstox_browser_login.recordings.capture import RawExchange, RawSocket
from upstox_browser_login.recordings.clean import Raw, clean
from upstox_browser_login.recordings.personal import kind_of, personal_values, sent_numbers


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("mobileNumber", "9876501234", "mobile number"),
        ("$phone", "+919876501234", "mobile number"),
        ("userId", "7ABC12", "client code"),
        ("profileId", "4711207", "client code"),
        ("ucc", "221047", "client code"),
        ("firstName", "asha", "name"),
        ("user_name", "ASHA RAO", "name"),
        ("email", "asha.rao@mail.invalid", "e-mail"),
        ("panNumber", "ABCDE1234F", "PAN"),
        ("dateOfBirth", "1990-02-28", "date of birth"),
        ("deviceId", "f0e1d2c3b4", "device id"),
        ("clientIp", "203.0.113.9", "IP address"),
        ("X-Request-ID", "WPRO-o27wTJJmii", "request id"),
        ("state", "Y7k9o90lzY2M", "OAuth state"),
        ("code", "Lm484Z", "secret value"),
        ("anything", "5d0e8e2c-7f0b-4d2e-9a35-6c1f0a9b7e21", "identifier"),
        ("anything", "ULFh00U5e2z3YrDYOiMGaC52OyQmS06b", "identifier"),
    ],
)
def test_a_value_is_known_by_its_field(name: str, value: str, kind: str) -> None:
    assert kind_of(name, value) == kind


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("code", "1017106"),  # an error's
        ("code", "UDAPI100057"),
        ("userType", "individual"),
        ("userId", ""),
        ("firstName", "{}"),
        ("email", "none"),
        ("isTotpEnabled", "true"),
        ("token_type", "Bearer"),
        ("message", "Enter the 6-digit OTP"),
    ],
)
def test_what_everybody_gets_is_left(name: str, value: str) -> None:
    assert kind_of(name, value) is None


def exchange(**more: Any) -> RawExchange:
    given: dict[str, Any] = {
        "n": 0,
        "at": 0.0,
        "by": "browser",
        "type": "fetch",
        "frame": "main",
        "method": "POST",
        "url": "https://service.upstox.com/login",
        "status": 200,
    }
    return RawExchange(**(given | more))


def test_it_is_found_in_every_part_of_the_traffic() -> None:
    found, volatile = personal_values(
        [
            exchange(
                url="https://api.upstox.com/r?code=Lm484Z&ucc=350750&state=Y7k9o90lzY2M",
                request_headers=[
                    ("Cookie", "session=abcdef123456; flag=true; expiry=1770176403189"),
                    ("X-Device-Details", "platform=WEB|uuid=g07ZQLV9rR|osName=Linux"),
                ],
                request_body=b"data=%7B%22deviceId%22%3A%22f0e1d2c3b4%22%7D&otp=123456",
                response_headers=[("set-cookie", "sid=k8Jq2mZt5Rw1; Path=/; HttpOnly")],
                response_body=json.dumps(
                    {"data": {"userProfile": {"firstName": "asha", "profileId": 4711207}}}
                ).encode(),
            )
        ]
    )
    assert {"Lm484Z", "350750", "Y7k9o90lzY2M", "abcdef123456", "g07ZQLV9rR", "f0e1d2c3b4"} < {
        *found
    }
    assert {"k8Jq2mZt5Rw1", "asha", "4711207", "123456"} < {*found}
    assert not {"true", "WEB", "Linux", "1770176403189"} & {*found}
    assert {"state", "session", "sid"} <= volatile


def test_a_script_is_the_same_for_everybody() -> None:
    body = b'{"deviceId": "f0e1d2c3b4"}'
    assert personal_values([exchange(type="script", response_body=body)]) == ({}, set())


def test_an_id_that_looks_like_a_time_is_the_same_everywhere() -> None:
    """Moved in one place and replaced in another, it would refer to nothing."""
    drawn = "1795000000123"
    each = exchange(request_body=f'{{"requestId":"{drawn}"}}'.encode())
    each.url = f"https://login.upstox.com/x?requestId={drawn}"
    each.request_headers = [("X-Request-ID", drawn)]
    cleaned = clean(Raw([each]), {}, began=1_795_000_000.0, redirect_uri=None, rng=Random(1))
    own = cleaned.stand_ins.of(drawn)
    line = cleaned.exchanges[0]
    assert own != drawn
    assert line["url"].endswith(f"requestId={own}")
    assert line["request"]["headers"] == [["X-Request-ID", own]]
    assert json.loads(cleaned.bodies[line["request"]["body"]]) == {"requestId": own}


@pytest.mark.parametrize(
    "body",
    [
        '{"data":{"inputText":"MTIwMzQx"}}',
        '{"a":[{"b":"120341"}]}',
        "x=abc&secret=120341",
        "120341",
        "MTIwMzQx",
        '--x\r\nContent-Disposition: form-data; name="p"\r\n\r\n120341\r\n--x--',
    ],
)
def test_what_may_be_a_pin_is_found_in_what_was_sent(body: str) -> None:
    sent = exchange(at=2.0, request_body=body.encode())
    assert sent_numbers([sent], [], None) == {"120341"}
    assert sent_numbers([sent], [], 3.0) == set()
    socket = RawSocket(
        1, 0.0, "wss://login.upstox.com/s", [(2.0, True, body), (2.5, False, "2468")]
    )
    assert sent_numbers([], [socket], 1.0) == {"120341"}


@pytest.mark.parametrize(
    "body",
    [
        b'{"value":246801}',
        b'{"keys":[2,4,6,8,0,1]}',
        b'{"keys":["2","4","6","8","0","1"]}',
    ],
)
def test_a_pin_that_was_sent_as_a_number_or_digit_by_digit_is_found(body: bytes) -> None:
    assert sent_numbers([exchange(request_body=body)], [], None) == {"246801"}


def test_a_pin_that_was_sent_in_an_address_is_found() -> None:
    asked = exchange(url="https://service.upstox.com/x?value=246801&w=1080&v=2026")
    assert sent_numbers([asked], [], None) == {"246801"}


def test_other_words_and_numbers_that_were_sent_are_no_pin() -> None:
    body = b'{"width":1920,"type":"SECRET_PIN","n":"123","word":"Continue","at":[1,2],"is":true}'
    assert sent_numbers([exchange(request_body=body)], [], None) == set()
