"""What a walk saw and decided is written as what has changed, and read back as it was."""

from __future__ import annotations

import json
from typing import Any, TypeVar, get_args

import pytest
from hypothesis import given
from msgspec import Struct
from msgspec.structs import replace

from tests.page.drawn import VIEWS
from tests.page.looks import button, screen_of
from tests.page.views import (
    BLANK,
    CARRIES_PIN,
    CODE_FORM,
    NUMBER_FORM,
    PIN_FORM,
    PIN_SENT,
    STRANGE,
    TAKEN,
    complaining,
    view,
)
from upstox_browser_login.page.decide import decide
from upstox_browser_login.page.distance import EVERY
from upstox_browser_login.page.here import Evidence, Form, Way
from upstox_browser_login.page.next import Again, End, Fill, Key, Next, Press, Wait
from upstox_browser_login.page.said import Said
from upstox_browser_login.page.view import View
from upstox_browser_login.page.wire.calls import Traffic
from upstox_browser_login.recordings import moments as read
from upstox_browser_login.recordings.moments import (
    Marks,
    Moments,
    State,
    marks_of,
    moments,
    states,
    told,
)

Kept = TypeVar("Kept", bound=Struct)
BEGAN = 40.0
FORM = Form("pin", PIN_FORM.fields[0], None, ())
WAY = Way("approval", button("Allow"), ())


def written(*seen: View) -> list[dict[str, Any]]:
    """The lines of these views, as a file has them."""
    made = Moments(BEGAN)
    lines = [line for each in seen for line in made.lines(each, decide(each), marks_of(each))]
    return [json.loads(json.dumps(line)) for line in lines]


def as_it_was_heard(seen: View) -> View:
    """The same with calls as a walk has them, in their order, and times as they are kept."""
    calls = {each.id: rounded(each, "at", "ended", "answered_at") for each in seen.traffic.calls}
    in_order = sorted(calls.values(), key=lambda each: each.at)
    return replace(
        rounded(seen, "now", "stood", "complained_at", "idle_since"),
        traffic=Traffic(tuple(in_order)),
        sent=rounded(seen.sent, "typed_at", "pressed_at", "acted_at"),
    )


def rounded(value: Kept, *times: str) -> Kept:
    told = {name: getattr(value, name) for name in times}
    return replace(value, **{name: at and round(at, 3) for name, at in told.items()})


@given(VIEWS.map(as_it_was_heard))
def test_a_view_that_is_written_down_is_decided_on_as_it_was(seen: View) -> None:
    made = Moments(0.0).lines(seen, decide(seen), marks_of(seen))
    (last,) = moments(json.loads(json.dumps(line)) for line in made)
    assert told(decide(last.view)) == last.decided == told(decide(seen))
    assert last.view.look == seen.look
    assert last.recognised == marks_of(seen)


def test_times_count_from_the_beginning_and_0_stays_never() -> None:
    seen = view(PIN_FORM, TAKEN, sent=replace(PIN_SENT, passed_at=0.0), now=96.0)
    (moment,) = moments(written(seen))
    back = moment.view
    assert (moment.at, back.now, back.stood, back.idle_since) == (56.0, 56.0, 10.0, 55.0)
    assert (back.sent.typed_at, back.sent.pressed_at, back.sent.passed_at) == (50.0, 51.0, 0.0)
    call = next(each for each in back.traffic.calls if each.id == TAKEN.id)
    assert (call.at, call.ended) == (51.1, 52.0)


def test_a_line_tells_only_what_is_new() -> None:
    first = view(NUMBER_FORM, CARRIES_PIN)
    second = replace(first, now=first.now + 1)
    third = replace(second, look=CODE_FORM)
    kinds = [[*line][1] for line in written(first)]
    assert kinds[0] == "look"
    assert kinds[-1] == "decided"
    assert len(written(first, second)) == len(kinds), "nothing but the time was new"
    assert [[*line][1] for line in written(first, second, third)[len(kinds) :]] == [
        "look",
        "recognised",
        "decided",
    ]


def test_the_complaints_of_a_page_are_kept_with_their_time() -> None:
    seen = view(PIN_FORM, sent=PIN_SENT, **complaining("Incorrect PIN", at=95.0))
    (moment,) = moments(written(seen))
    assert moment.view.complaints == seen.complaints
    assert moment.view.complained_at == 55.0


def test_calls_come_in_the_order_in_which_they_were_made() -> None:
    late = replace(CARRIES_PIN, id="late", at=95.0)
    early = replace(CARRIES_PIN, id="early", at=91.0)
    (moment,) = moments(written(replace(view(PIN_FORM), traffic=Traffic((late, early)))))
    assert [each.id for each in moment.view.traffic.calls] == ["early", "late"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ({"look": {"fields": [{"n": "two"}]}}, "Expected `int`, got `str` - at `$.fields[0].n`"),
        ({"sent": {"last": "9876501234"}}, "Not one of the values that it can have - at `$.last`"),
        ({"decided": 7, "at": 1.0}, "Expected `str`, got `int` - at `$.decided`"),
    ],
)
def test_a_line_that_is_none_names_its_place_and_no_value(
    line: dict[str, Any], problem: str
) -> None:
    with pytest.raises(ValueError, match=r".*") as raised:
        list(moments([line]))
    assert str(raised.value) == problem


def test_very_many_calls_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MOST_CALLS", 3)
    lines = written(view(PIN_FORM, *(replace(CARRIES_PIN, id=f"more{n}") for n in range(4))))
    with pytest.raises(ValueError, match="more than 3 calls"):
        list(moments(lines))


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Fill(FORM), "fill pin"),
        (Fill(FORM, keys=True), "fill pin key by key"),
        (Press(button("Continue"), purpose="pin"), "press pin"),
        (Press(button("Allow"), way=WAY), "pass approval"),
        (Key(PIN_FORM.fields[0], "pin"), "press Enter in pin"),
        (Key(PIN_FORM.fields[0], "pin", blur=True), "leave pin"),
        (Again(Said("Invalid OTP")), "try the next code"),
        (End("pin refused", purpose="pin"), "end PIN_REJECTED"),
        (Wait(), "wait"),
    ],
)
def test_a_decision_in_words(step: Next, words: str) -> None:
    assert told(step) == words


def test_every_kind_of_decision_has_words_of_its_own() -> None:
    samples: dict[type, Next] = {
        Fill: Fill(FORM),
        Press: Press(button("x"), purpose="pin"),
        Key: Key(PIN_FORM.fields[0], "pin"),
        Again: Again(Said("x")),
        End: End("outdated"),
        Wait: Wait(),
    }
    assert set(samples) == set(get_args(Next))
    assert len({told(each) for each in samples.values()}) == len(samples)


def test_the_marks_of_a_form_tell_which_kinds_of_evidence_spoke_and_which_were_silent() -> None:
    marks = marks_of(view(NUMBER_FORM))
    assert marks.state == "mobile"
    assert {*marks.spoke, *marks.silent} == set(EVERY)
    assert not {*marks.spoke} & {*marks.silent}
    assert "identity" in marks.spoke
    assert "identity: " in marks.why
    against = Evidence("words", -2.0, "asks for an OTP")
    forbidden = marks_of(view(NUMBER_FORM), Form("mobile", NUMBER_FORM.fields[0], None, (against,)))
    assert (forbidden.spoke, forbidden.against) == ((), ("asks for an OTP",))


def test_of_a_screen_no_kind_is_called_silent() -> None:
    asks = marks_of(view(screen_of("We are under scheduled maintenance.")))
    assert asks.state == "maintenance"
    assert asks.silent == ()
    assert asks.spoke


def test_of_an_unknown_page_the_marks_are_those_of_its_likeliest_form() -> None:
    """They say what was missing; of a page without a field there are none."""
    assert marks_of(view(BLANK)) == marks_of(view(STRANGE)) == Marks("")
    vague = replace(PIN_FORM, fields=(replace(PIN_FORM.fields[0], id="", label=""),), controls=())
    marks = marks_of(view(vague))
    assert marks.state == ""
    assert marks.why


def test_a_state_is_one_until_another_comes_with_the_marks_of_its_first_sight() -> None:
    met = [
        (1.0, Marks("mobile", spoke=("words",))),
        (2.0, Marks("")),
        (3.0, Marks("mobile", spoke=("identity",))),
        (4.0, Marks("otp", silent=("wire",), against=("a veto",))),
        (5.0, Marks("mobile")),
    ]
    assert states(met) == [
        State("mobile", 1.0, ("words",)),
        State("otp", 4.0, (), ("wire",), ("a veto",)),
        State("mobile", 5.0),
    ]
