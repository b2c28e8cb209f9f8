"""What the servers of one replica share."""

from __future__ import annotations

import asyncio
import random
import re

import pytest

from upstox_browser_login.replica import Account
from upstox_browser_login.replica.dice import Dice
from upstox_browser_login.replica.scenarios import Script
from upstox_browser_login.replica.world import Addresses, World

from .visitor import Clock


def world(*scenarios: str, seed: int = 1) -> World:
    ports = (f"http://127.0.0.1:{port}" for port in range(1, 6))
    return World(
        Account(),
        Clock(1000.0),
        Dice(random.Random(seed)),
        Script.parse(scenarios),
        Addresses(*ports),
    )


def test_its_time_is_the_clocks_with_the_scenarios_skew() -> None:
    made = world("skew=-90")
    assert made.now() == 910.0
    made.play([])
    assert made.now() == 1000.0


def test_once_is_once_until_the_scenarios_are_others_or_all_is_forgotten() -> None:
    made = world()
    assert made.first_time("wrong-otp")
    assert not made.first_time("wrong-otp")
    assert made.first_time("another")
    made.play(["wrong-otp=once"])
    assert made.first_time("wrong-otp")
    made.reset()
    assert made.first_time("wrong-otp")


def test_a_reset_forgets_what_happened_and_keeps_the_scenarios() -> None:
    made = world("wrong-pin")
    made.state.generate_otp("9876501234")
    before = made.state
    made.reset()
    assert made.state is not before
    assert made.state.last_sms is None
    assert made.script.texts() == ["wrong-pin"]


def test_scenarios_that_do_not_exist_change_nothing() -> None:
    made = world("wrong-pin")
    with pytest.raises(ValueError, match="nonsense"):
        made.play(["nonsense"])
    assert made.script.texts() == ["wrong-pin"]


def test_class_names_are_the_same_throughout_a_run_and_others_in_the_next() -> None:
    made = world()
    name = made.class_name("k-card")
    assert re.fullmatch(r"_[0-9a-f]{5}_[0-9a-f]{5}", name)
    assert made.class_name("k-card") == name != made.class_name("k-field")
    assert world(seed=2).class_name("k-card") != name


async def test_a_pause_is_not_longer_than_the_servers_live() -> None:
    made = world()
    loop = asyncio.get_running_loop()
    began = loop.time()
    await made.pause(0.05)
    assert loop.time() - began >= 0.05
    loop.call_later(0.01, made.closing.set)
    async with asyncio.timeout(5):
        await made.pause(3600.0)


def test_the_foreign_address_is_the_same_server_by_another_name() -> None:
    assert Addresses.foreign("http://127.0.0.1:5/a?b=//127.0.0.1:6") == (
        "http://localhost:5/a?b=//127.0.0.1:6"
    )
