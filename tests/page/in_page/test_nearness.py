"""Which texts belong to a field, in Chromium."""

from __future__ import annotations

import pytest

from .watched import Watched, named

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_what_stands_at_a_box_to_tick_names_no_field_beside_it(watched: Watched) -> None:
    look = await watched.shows(
        "<label><input type=checkbox> I have an authenticator app</label>"
        "<p>Code</p><input><button>Next</button>"
    )
    assert look.fields[0].near == ("Code",)


async def test_what_names_a_switch_names_no_field_beside_it(watched: Watched) -> None:
    look = await watched.shows(
        "<span id=l>Use authenticator app</span><div role=switch aria-labelledby=l>○</div>"
        "<p>Code</p><input><button>Next</button>"
    )
    assert look.fields[0].near == ("Code",)
    assert "Use authenticator app" in named(look, "authenticator").words


async def test_a_label_before_the_country_code_is_that_fields_and_not_the_next_ones(
    watched: Watched,
) -> None:
    look = await watched.shows(
        "<table><tr><td>Mobile number<td>+91 <input maxlength=10>"
        "<tr><td>PIN<td><input type=password></table><button>Go on</button>"
    )
    number, pin = look.fields
    assert set(number.near) == {"Mobile number", "+91"}
    assert pin.near == ("PIN",)


async def test_words_that_a_style_draws_round_a_field_are_near_it(watched: Watched) -> None:
    look = await watched.shows(
        "<style>.l::before { content: attr(data-label) } .i::before { content: '!?' }"
        " .h::before { content: 'Hidden'; display: none }</style>"
        "<div class=l data-label='Your &quot;mobile&quot;'><div class=i><input></div></div>"
        "<div class=h><input></div><div class=l data-label=Both><input><input></div>"
        "<button>Next</button>"
    )
    assert [each.near for each in look.fields] == [('Your "mobile"',), (), (), ()]


async def test_a_picture_beside_a_field_names_it_after_all_texts(watched: Watched) -> None:
    look = await watched.shows(
        "<p>Log in</p><div><svg role=img aria-label='Mobile number' width=20 height=20></svg>"
        "<input></div><div><img alt='Your PIN' width=20 height=20><input></div>"
        "<div><svg width=20 height=20><title>Your code</title></svg><input></div>"
        # One word names the picture, which is an ornament.
        "<div><svg role=img aria-label=pin width=20 height=20></svg><input></div>"
        "<div><svg role=img aria-label=Hidden style='display: none'></svg><input></div>"
        "<div><button aria-label=Show><svg></svg></button><input></div>"
    )
    assert look.fields[0].near == ("Log in", "Mobile number")
    assert [each.near for each in look.fields[1:]] == [("Your PIN",), ("Your code",), (), (), ()]


async def test_a_picture_may_stand_before_what_is_round_a_field_alone(watched: Watched) -> None:
    picture = "<svg role=img aria-label='Your PIN' width=20 height=20></svg>"
    look = await watched.shows(
        f"<form>{picture}<div><div><input></div></div></form>"
        f"<form>{picture}<div><input><input></div></form>"
        f"<form>{picture}<button>Help</button><div><input></div></form>"
    )
    assert [each.near for each in look.fields] == [("Your PIN",), (), (), ()]


async def test_a_dash_between_two_boxes_names_no_field(watched: Watched) -> None:
    boxes = "<span>-</span>".join(["<input maxlength=1 style='width: 30px'>"] * 6)
    look = await watched.shows(
        f"<p>Enter PIN</p><div style='display: flex'>{boxes}</div><button>Go on</button>"
    )
    assert look.fields[0].near == ("Enter PIN",)


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("<span>+1</span><input>", "+1"),
        ("<span>🇺🇸 +1</span><input>", "🇺🇸 +1"),
        ("<span>IN +91</span><input>", "IN +91"),
        (
            "<div style='position: relative'><input><b style='position: absolute; left: 8px'>+44",
            "+44",
        ),
        ("<p>+120</p><input>", ""),
        ("<span>+5 more</span><input>", ""),
        ("<span style='margin-right: 80px'>+1</span><input>", ""),
        ("<input><span>+1</span>", ""),
    ],
)
async def test_a_countrys_code_right_before_a_field_is_told(
    html: str, code: str, watched: Watched
) -> None:
    look = await watched.shows(f"{html}<button>Go on</button>")
    assert look.fields[0].code == code
