from __future__ import annotations

import pytest

from upstox_browser_login.replica import SCENARIOS, Replica
from upstox_browser_login.replica.scenarios import Script


def test_every_scenario_says_what_it_does() -> None:
    for name, scenario in SCENARIOS.items():
        assert scenario.name == name
        assert scenario.summary
        assert bool(scenario.parameter) == bool(scenario.pattern)


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"'nonsense'.*qr-layout"):
        Replica("nonsense")


@pytest.mark.parametrize(
    "text",
    ["blank=1", "hang", "hang=nowhere", "error=otp", "slow=otp", "redirect=200", "wrong-otp=9"],
)
def test_a_value_that_does_not_fit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="it is written"):
        Script.parse([text])


@pytest.mark.parametrize(
    ("text", "usage"),
    [
        ("slow=otp:0.5", "slow=STEP:SECONDS"),
        ("wrong-otp", "wrong-otp[=once]"),
        ("html=hop", "html=STEP[:STATUS]"),
        ("blank", "blank"),
    ],
)
def test_usage_shows_how_a_scenario_is_written(text: str, usage: str) -> None:
    Script.parse([text])
    assert SCENARIOS[text.partition("=")[0]].usage == usage


def test_scenarios_combine_and_one_may_name_several_steps() -> None:
    script = Script.parse(["error=otp:1017016", "error=pin:1017106", "skew=-90"])
    assert script.at("error", "otp") == "1017016"
    assert script.at("error", "pin") == "1017106"
    assert script.at("error", "verify") is None
    assert script.seconds("skew") == -90
    assert script.texts() == ["error=otp:1017016", "error=pin:1017106", "skew=-90"]
