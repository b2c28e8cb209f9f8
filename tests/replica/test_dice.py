"""Identifiers of the kinds that Upstox hands out, and the same ones again from the same seed."""

from __future__ import annotations

import random
import re

import pytest

from upstox_browser_login.replica.dice import Dice


@pytest.mark.parametrize("seed", range(50))
def test_each_kind_has_its_shape(seed: int) -> None:
    dice = Dice(random.Random(seed))
    assert re.fullmatch(r"[A-Za-z0-9]{22}", dice.text(22))
    assert re.fullmatch(r"[ab]{5}", dice.text(5, "ab"))
    assert re.fullmatch(r"[1-9]\d{5}", dice.digits(6))
    assert re.fullmatch(r"[a-z][a-z0-9]{7}", dice.identifier())
    code = dice.authorization_code()
    assert re.fullmatch(r"(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9]{6}", code)


def test_a_number_has_both_its_ends() -> None:
    dice = Dice(random.Random(1))
    assert {dice.number(3, 5) for _ in range(100)} == {3, 4, 5}


def test_a_seed_makes_the_same_again_and_the_system_does_not() -> None:
    one, other = (Dice(random.Random(7)).text(30) for _ in range(2))
    assert one == other
    assert Dice().text(30) != Dice().text(30)
