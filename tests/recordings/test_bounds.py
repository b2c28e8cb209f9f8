"""What has too many values is left out of a recording, and nothing in it is looked at."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from random import Random
from typing import Any

from upstox_browser_login.evidence.values import LEFT_OUT, MOST_VALUES
from upstox_browser_login.recordings.bounds import MOST_IN_ALL, Bounds
from upstox_browser_login.recordings.capture import RawExchange, RawSocket
from upstox_browser_login.recordings.clean import TOO_MANY_VALUES, Cleaned, Raw, clean

NUMBER = "9876501234"
MANY = json.dumps([{"email": f"one{n}@mail.example"} for n in range(MOST_VALUES)])


def exchange(body: str, **more: Any) -> RawExchange:
    given = {"status": 200, "response_body": body.encode(), **more}
    return RawExchange(0, 0.0, "browser", "fetch", "main", "GET", "https://x.invalid/", **given)


def cleaned(raw: Raw) -> Cleaned:
    return clean(raw, {NUMBER: "mobile number"}, began=0.0, redirect_uri=None, rng=Random(1))


def test_a_body_of_too_many_values_is_left_out() -> None:
    asked = exchange(json.dumps({"mobile": NUMBER}), request_body=MANY.encode())
    made = cleaned(Raw([exchange(MANY), asked]))
    assert set(made.stand_ins.values) == {NUMBER}, "nothing else was looked at"
    assert made.stand_ins.replaced == {TOO_MANY_VALUES: 2, "mobile number": 1}
    texts = [body.decode() for body in made.bodies.values()]
    assert len(texts) == 2
    assert LEFT_OUT in texts
    assert hashlib.sha256(MANY.encode()).hexdigest() in made.digests


def test_the_digest_of_what_is_left_out_is_that_of_its_own_bytes() -> None:
    odd = MANY.replace("[", '["\xff",', 1).encode("latin-1")
    bounds = Bounds()
    assert bounds.exchanges([replace(exchange(MANY), response_body=odd)])[0].response_body != odd
    assert hashlib.sha256(odd).hexdigest() in bounds.digests


def test_json_in_a_value_of_a_form_is_counted() -> None:
    many = f"events=[{'1,' * MOST_VALUES}1]&email=one@mail.example"
    made = cleaned(Raw([exchange(many), exchange("events=[1,1]&email=two@mail.example")]))
    assert set(made.stand_ins.values) == {NUMBER, "two@mail.example"}
    assert LEFT_OUT.encode() in made.bodies.values()
    # A text that has no values is kept, also once no more values may be looked at.
    assert Bounds(left=0).exchanges([exchange("<p>text</p>")])[0].response_body == b"<p>text</p>"


def test_a_frame_of_too_many_values_is_left_out() -> None:
    socket = RawSocket(0, 0.0, "wss://x.invalid/", [(0.0, True, MANY), (0.1, False, "[1]")])
    (line,) = cleaned(Raw([], [socket])).exchanges
    assert [each["text"] for each in line["frames"]] == [LEFT_OUT, "[1]"]


def test_all_of_a_recording_has_a_limit_too() -> None:
    """Else many bodies would cost what one may not."""
    half = json.dumps(["word"] * (MOST_VALUES // 2))
    fits = MOST_IN_ALL // (MOST_VALUES // 2 + 1)
    bounds = Bounds()
    kept = bounds.exchanges([exchange(half)] * (fits + 3))
    left_out = [each for each in kept if each.response_body == LEFT_OUT.encode()]
    assert (len(left_out), bounds.left_out) == (3, 3)


def test_what_is_no_json_has_no_values() -> None:
    script = "var a = {" + '"a":1,' * (MOST_VALUES + 1) + "}"
    (kept,) = Bounds().exchanges([exchange(script)])
    assert kept == exchange(script)
