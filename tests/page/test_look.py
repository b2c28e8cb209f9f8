"""A look as it is written down, and read again; and what a page tells that is none."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from upstox_browser_login.page.look import MOST, Control, Frame, Look, Text

from .looks import MOBILE, OTP, PIN, page


def test_a_look_that_is_written_down_is_read_as_it_was() -> None:
    look = page(MOBILE, OTP, PIN, texts=("Let us get started",), path="/x", title="Login")
    look = replace(look, frames=(Frame("https://a.test/", "x", 10, 20),), modal=True, seen=False)
    assert Look.read(look.to_json()) == look


def test_a_link_is_told_by_whether_it_returns_to_our_app() -> None:
    """Its address is not kept."""
    links = [{"n": 1, "to": "https://app.test/cb?code"}, {"n": 2, "to": "https://b.test/"}]
    other = [{"n": 3, "to": ""}, {"n": 4, "to": 7}, {"n": 5}]
    look = Look.read(json.dumps({"controls": links + other}), "", lambda url: "app.test" in url)
    assert [each.n for each in look.controls if each.returns] == [1]
    assert "app.test" not in look.to_json()
    assert Look.read(look.to_json()) == look


def test_the_looks_of_many_frames_are_no_longer_than_that_of_one() -> None:
    frame = Look(texts=(Text("a"),) * MOST, controls=(Control(n=1),) * MOST)
    whole = Look(texts=(Text("own"),)).with_frames((frame, frame))
    assert (len(whole.texts), len(whole.controls)) == (MOST, MOST)
    assert whole.texts[0].text == "own"


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "{",
        "null",
        "[]",
        '"look"',
        "7",
        '{"broken": "Error: no"}',
        '{"fields": [null]}',
        '{"fields": ["x"]}',
        '{"fields": [{}]}',
        '{"texts": [{}]}',
        '{"texts": 7}',
        '{"controls": {"n": 1}}',
        '{"frames": [[]]}',
        pytest.param("[" * 100_000, id="deep"),
    ],
)
def test_what_is_no_look(payload: str) -> None:
    """Whoever told it, the look before it stands."""
    with pytest.raises((ValueError, TypeError, RecursionError)):
        Look.read(payload)


def test_a_look_is_no_longer_than_it_can_be() -> None:
    """No text of a page is kept whole, and nothing that has no name."""
    text = "x" * 1_000_000
    told = {
        "path": text,
        "title": text,
        "ready": "yes",
        "spinner": 1,
        "fields": [{"n": 1, "id": text, "near": [text, text], "value": "135790", "frame": "other"}],
        "texts": [{"text": text, "live": text}],
    }
    look = Look.read(json.dumps(told), "ours")
    assert max(map(len, (look.path, look.title, look.fields[0].id, look.texts[0].text))) <= 400
    assert [len(each) for each in look.fields[0].near] == [400, 400]
    assert look.fields[0].frame == "ours"
    assert not hasattr(look.fields[0], "value")
    assert (look.ready, look.spinner) == (False, False)
