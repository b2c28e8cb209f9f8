"""A refusal that comes over a socket is an answer; nothing else that comes over it is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstox_browser_login.page.ears import Ears
from upstox_browser_login.page.frames import MOST_CHARACTERS, names_of, refusal_in
from upstox_browser_login.page.wire.calls import Call

from .network import PIN, Network, listen

LINE = "wss://service.upstox.com/line"
REFUSED = {"success": False, "error": {"code": 1017106, "message": "You have entered a wrong PIN"}}


def back(network: Network, data: Any, *, opcode: int = 1, line: str = "1") -> None:
    """A frame comes."""
    text = data if isinstance(data, str) else json.dumps(data)
    told = {"opcode": opcode, "mask": False, "payloadData": text}
    network.tell("webSocketFrameReceived", requestId=line, response=told)


def send(network: Network, text: str, *, line: str = "1", after: float = 1.0) -> None:
    """The page sends a frame."""
    network.monotonic += after
    network.tell("webSocketFrameSent", requestId=line, response={"payloadData": text})


async def typed(url: str = LINE) -> tuple[Ears, Network]:
    """A page with a socket, into which the PIN was just typed."""
    ears, network = await listen()
    network.tell("webSocketCreated", requestId="1", url=url)
    network.tell("webSocketCreated", requestId="2", url=LINE)
    network.monotonic += 1
    ears.look_out_for("pin", PIN)
    return ears, network


def answered(ears: Ears) -> list[Call]:
    return [each for each in ears.traffic.calls if each.answer is not None]


@pytest.mark.parametrize(
    "envelope",
    [
        REFUSED,
        {"status": "error", "errors": [{"errorCode": "1017106", "message": "Wrong PIN"}]},
        {"re": 7, "error": {"code": "1017106", "message": "Wrong PIN"}},
    ],
)
async def test_a_refusal_answers_the_frame_that_held_the_pin(envelope: dict[str, Any]) -> None:
    ears, network = await typed()
    send(network, f'{{"pin": "{PIN}"}}')
    send(network, '{"op": "alive"}')
    network.monotonic = 99.0
    back(network, envelope)
    (call,) = answered(ears)
    assert call.carries == {"pin"}
    assert (call.trusted, call.ended, call.answered_at) == (True, 99.0, 99.0)
    assert call.answer is not None
    assert call.answer.ok is False
    assert call.answer.meaning == "pin refused"


@pytest.mark.parametrize(
    "told",
    [
        {"success": True, "data": {"message": "welcome"}},
        {"price": 1017106},
        {"error": {"code": "E-1", "message": "You have entered an incorrect PIN"}},
        {"error": "You have entered an incorrect PIN [1017106]"},
        [REFUSED],
        "1017106",
        "",
        json.dumps({**REFUSED, "more": "x" * MOST_CHARACTERS}),
        "[" * 50_000,
    ],
)
async def test_what_is_no_known_refusal_is_no_answer(told: Any) -> None:
    """Whether it says that all is well or that something is wrong."""
    ears, network = await typed()
    send(network, PIN)
    back(network, told)
    assert answered(ears) == []


@pytest.mark.parametrize(
    ("url", "opcode", "line"),
    [
        ("wss://evil.example/line", 1, "1"),
        ("ws://service.upstox.com/line", 1, "1"),
        (LINE, 2, "1"),  # no text
        (LINE, 1, "2"),  # another socket, over which nothing was sent
        (LINE, 1, "3"),  # one that nobody has heard of
    ],
)
async def test_other_frames_are_not_believed(url: str, opcode: int, line: str) -> None:
    ears, network = await typed(url)
    send(network, PIN)
    back(network, REFUSED, opcode=opcode, line=line)
    assert answered(ears) == []


async def test_a_refusal_from_before_anything_was_typed_is_none() -> None:
    ears, network = await listen()
    network.tell("webSocketCreated", requestId="1", url=LINE)
    send(network, "hello")
    back(network, REFUSED)
    network.monotonic += 1
    ears.look_out_for("pin", PIN)
    back(network, REFUSED)
    assert answered(ears) == []


async def test_a_frame_is_refused_once() -> None:
    ears, network = await typed()
    send(network, PIN)
    back(network, REFUSED)
    before = ears.traffic
    back(network, {"error": {"code": 1017090, "message": "Locked"}})
    assert ears.traffic == before


async def test_a_name_tells_which_frame_is_refused() -> None:
    """The answer to a question of before, which comes late, says nothing of the PIN."""
    ears, network = await typed()
    send(network, '{"requestId": "a1", "op": "limits"}')
    network.monotonic += 1
    ears.look_out_for("pin", PIN)
    send(network, f'{{"requestId": "a2", "pin": "{PIN}"}}')
    send(network, '{"requestId": "a3", "op": "alive"}')
    back(network, {"requestId": "a1", **REFUSED})
    assert answered(ears) == []
    back(network, {"requestId": "a2", **REFUSED})
    (call,) = answered(ears)
    assert call.carries == {"pin"}


async def test_a_name_that_all_frames_have_hides_no_refusal() -> None:
    """As the id of the user, which a sign of life has as well."""
    ears, network = await typed()
    send(network, f'{{"userId": "7ABC12", "pin": "{PIN}"}}')
    send(network, '{"userId": "7ABC12", "op": "alive"}')
    back(network, {"userId": "7ABC12", **REFUSED})
    (call,) = answered(ears)
    assert call.carries == {"pin"}


async def test_an_encrypted_pin_is_what_was_sent_last() -> None:
    ears, network = await typed()
    send(network, "c2VhbGVk")
    network.monotonic += 1
    back(network, REFUSED)
    (call,) = answered(ears)
    assert call.carries == frozenset()


MEMBERS = st.sampled_from(["id", "error", "errors", "code", "message", "success"])
JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=5) | st.just(1017106),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(MEMBERS, inner, max_size=3),
    max_leaves=6,
)


@given(st.text(max_size=60) | JSON.map(json.dumps))
def test_any_frame_is_read(payload: str) -> None:
    """Without an error, and as a refusal only by a known code."""
    answer = refusal_in(payload)
    assert answer is None or (answer.ok is False and answer.meaning != "unknown")
    assert all(name.lower().endswith("id") for name, _ in names_of(payload))
