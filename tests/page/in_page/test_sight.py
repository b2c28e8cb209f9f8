"""Which fields and controls a person could see and reach, in Chromium."""

from __future__ import annotations

import pytest

from .watched import Watched, named

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


BAR = "<div style='position: fixed; left: 0; right: 0; background: white; z-index: 9; {}'>x</div>"
TALL = "<div style='height: {}px'></div>"
LOW = BAR.format("bottom: 0; height: 200px")
FIELD = "<label>PIN <input></label><button onclick='window.at = 1'>Continue</button>"
FAR = TALL.format(300) + FIELD + TALL.format(1400)
HEADER = (
    "<header style='position: fixed; top: 0; left: 0; right: 0; height: 60px'>{}"
    "<style>p {{ left: 0; right: 0; margin: 0 }}</style></header>"
)
AROUND = "<style>header::before { content: ''; position: fixed; inset: 0 }</style>"
SCROLLED = LOW.replace(
    ">x<", "><div style='height: 200px; overflow: auto'>" + TALL.format(900) + "x</div><"
)


@pytest.mark.parametrize(
    ("body", "covered"),
    [
        (
            TALL.format(640) + FIELD + TALL.format(400) + BAR.format("bottom: 0; height: 200px"),
            False,
        ),
        (TALL.format(640) + FIELD + LOW, True),
        (TALL.format(640) + FIELD + TALL.format(400) + BAR.format("inset: 0"), True),
        (FIELD + TALL.format(1400) + BAR.format("top: 0; height: 200px"), True),
        # What hangs out of a bar goes on covering, however far the page is scrolled.
        (FAR + HEADER.format("<div style='position: fixed; inset: 0'>x</div>"), True),
        (FAR + HEADER.format("<p style='position: absolute; top: 0; height: 700px'>x</p>"), True),
        (FAR + AROUND + HEADER.format("x"), True),
        # A bar whose own words are scrolled is as high as it looks.
        (TALL.format(640) + FIELD + TALL.format(400) + SCROLLED, False),
    ],
)
async def test_a_field_under_a_bar_is_there_where_the_page_can_be_scrolled(
    body: str, covered: bool, watched: Watched
) -> None:
    look = await watched.shows(body)
    (field,) = look.fields
    assert field.covered == covered
    assert named(look, "Continue").covered == covered


async def test_what_lies_under_a_bar_is_scrolled_from_under_it(watched: Watched) -> None:
    look = await watched.shows(TALL.format(640) + FIELD + TALL.format(400) + LOW)
    # The bar's words are near the field no more, of which there is another look first.
    while await watched.hands.fill(look.fields[0], "135790") == "changed":
        look = watched.eyes.look
    visible = "() => { const box = document.querySelector('input').getBoundingClientRect();"
    visible += " return document.elementFromPoint(box.left + 5, box.top + 5).tagName; }"
    assert await watched.page.evaluate(visible) == "INPUT"
    await watched.page.evaluate("scrollTo(0, 0)")
    look = await watched.until(lambda look: look.fields[0].length == 6)
    assert await watched.hands.press(named(look, "Continue")) == ""
    assert await watched.page.evaluate("window.at") == 1


async def test_a_frame_that_something_lies_over_asks_for_nothing(watched: Watched) -> None:
    frame = "<iframe title='captcha' width=300 height=80></iframe><button>Continue</button>"
    look = await watched.shows(frame)
    assert [each.title for each in look.frames] == ["captcha"]
    for over in (
        "<div role=dialog aria-modal=true><p>We use cookies.</p><button>Fine</button></div>",
        BAR.format("inset: 0") + "<button style='position: relative; z-index: 10'>Fine</button>",
    ):
        await watched.page.evaluate("(html) => { document.body.innerHTML = html; }", frame + over)
        look = await watched.until(lambda look: "Fine" in look.says())
        assert look.frames == ()
        await watched.shows(frame)


TRAPS = {
    "opacity: .2": "faint",
    "filter: opacity(0)": "faint",
    "-webkit-mask-image: linear-gradient(transparent, transparent)": "faint",
    "clip-path: inset(49%)": "covered",
    "transform: rotateY(180deg); backface-visibility: hidden": "covered",
    "position: fixed; left: calc(100vw - 4px)": "away",
    "position: absolute; z-index: -1": "covered",
    "filter: drop-shadow(0 0 1px rgb(0 0 0))": "",
}


@pytest.mark.parametrize(("style", "told"), TRAPS.items())
async def test_what_makes_a_field_hard_to_see_is_told(
    style: str, told: str, watched: Watched
) -> None:
    look = await watched.shows(
        f"<main style='background: white'><p style='{style}'><input id=trap></p></main>"
        "<button>Go on</button>"
    )
    found = [each for each in look.fields if each.id == "trap"]
    assert bool(found) == (told != "away")
    assert [(each.faint, each.covered) for each in found] == [
        (told == "faint", told == "covered") for _ in found
    ]


@pytest.mark.parametrize("clip", ["clip: rect(0, 0, 0, 0)", "clip-path: inset(50%)"])
async def test_a_field_that_is_clipped_away_is_covered_by_its_own_label(
    clip: str, watched: Watched
) -> None:
    look = await watched.shows(
        f"<form><input id=trap style='position: absolute; height: 40px; {clip}'>"
        "<label for=trap style='display: block; height: 40px'>PIN</label>"
        "<input id=pin></form><button>Go on</button>"
    )
    assert [(each.id, each.covered) for each in look.fields] == [("trap", True), ("pin", False)]


@pytest.mark.parametrize(
    ("ground", "style", "faint"),
    [
        ("white", "color: #fff; background: transparent; border: 0", True),
        ("", "color: #fefefe; background: none", True),
        ("#123", "color: #123; background: transparent", True),
        ("white", "color: transparent", True),
        ("white", "-webkit-text-fill-color: white; background: white", True),
        ("white", "width: 14px; padding: 0", True),
        ("#123", "color: white; background: transparent; border: 0", False),
        ("white", "color: #777; background: transparent; border: 0", False),
        ("linear-gradient(white, white)", "color: white; background: transparent", False),
        ("white", "", False),
    ],
)
async def test_what_nobody_could_read_in_a_field_is_told(
    ground: str, style: str, faint: bool, watched: Watched
) -> None:
    look = await watched.shows(
        f"<main style='background: {ground}'><p><input style='{style}'></p></main>"
        "<button>Go on</button>"
    )
    assert [each.faint for each in look.fields] == [faint]


async def test_words_that_are_slotted_into_a_button_do_not_cover_it(watched: Watched) -> None:
    """The browser says of them that they belong to the host of the button's shadow root."""
    await watched.page.evaluate(
        """() => document.body.setHTMLUnsafe(`<p>Login</p><a-button style="display: inline-block">
            <template shadowrootmode="open"><button style="height: 36px"><span><slot></slot></span>
            </button></template>Send code</a-button>`)"""
    )
    look = await watched.until(lambda look: "Send code" in look.says())
    assert not named(look, "Send code").covered
    await watched.page.evaluate("() => { document.onclick = (e) => { window.at = e.target } }")
    assert await watched.hands.press(named(look, "Send code")) == ""
    assert await watched.page.evaluate("window.at.tagName") == "A-BUTTON"


@pytest.mark.parametrize("style", ["", "opacity: 0"])
async def test_a_field_behind_drawn_boxes_is_not_covered_by_what_shows_between_them(
    style: str, watched: Watched
) -> None:
    """Its centre lies in the gap between the third box and the fourth."""
    box = "<div style='width: 40px; height: 48px; border: 1px solid; background: white'></div>"
    look = await watched.shows(
        "<p>Enter PIN</p><div style='position: relative; background: white; display: "
        "flex; gap: 12px; width: 312px'>"
        "<input id=pin maxlength=6 style='position: absolute; inset: 0; width: 312px; z-index: -1; "
        f"{style}'>"
        f"{box * 6}</div><button>Continue</button>"
    )
    assert [(each.id, each.covered) for each in look.fields] == [("pin", False)]


@pytest.mark.parametrize(
    ("style", "over"),
    [
        ("", ""),
        ("opacity: 0", ""),
        ("filter: opacity(0)", ""),
        ("", "<div style='position: fixed; inset: 0; background: white'></div>"),
    ],
)
async def test_a_field_of_a_frame_that_nobody_sees_is_covered(
    style: str, over: str, watched: Watched
) -> None:
    await watched.page.evaluate(
        """([style, over]) => {
            const size = "width=400 height=300";
            document.body.innerHTML =
                `<iframe srcdoc='<input id=inner>' ${size} style='${style}'></iframe>${over}`;
        }""",
        [style, over],
    )
    look = await watched.until(lambda look: [each for each in look.fields if each.id == "inner"])
    assert [each.covered for each in look.fields] == [bool(style or over)]


async def test_a_form_far_down_in_a_part_that_scrolls_by_itself_is_filled(watched: Watched) -> None:
    """Farther than the page itself is high."""
    look = await watched.shows(
        "<div style='height: 300px; overflow: auto'><p style='height: 2400px'></p>"
        "<label>PIN <input></label><button onclick='window.pressed = true'>Continue</button></div>"
    )
    assert [each.covered for each in look.fields] == [False]
    assert await watched.hands.fill(look.fields[0], "135790") == "typed"
    assert await watched.hands.press(named(look, "Continue")) == ""
    assert await watched.page.evaluate("window.pressed") is True


@pytest.mark.parametrize("height", [0, 30])
async def test_a_field_in_a_part_too_low_to_scroll_is_covered(
    height: int, watched: Watched
) -> None:
    look = await watched.shows(
        f"<div style='height: {height}px; overflow: auto'><p style='height: 90px'></p>"
        "<input id=trap></div><label>PIN <input></label><button>Continue</button>"
    )
    assert all(each.covered for each in look.fields if each.id == "trap")


@pytest.mark.parametrize(
    ("over", "covered"), [("background: white", True), ("outline: 1px solid gray", False)]
)
async def test_a_field_below_a_blank_ground_is_covered(
    over: str, *, covered: bool, watched: Watched
) -> None:
    """Though that stands in one small part of the page with it, as the frame of a field does."""
    look = await watched.shows(
        "<div style='position: relative; width: 240px'><label>Mobile number <input id=trap></label>"
        f"<div style='position: absolute; inset: 0; {over}'></div></div>"
        "<label>Mobile number <input></label><button>Continue</button>"
    )
    assert [(each.id, each.covered) for each in look.fields] == [("trap", covered), ("", False)]


@pytest.mark.parametrize(
    "above", ["position: absolute; top: -90px", "transform: translateY(-110px)"]
)
async def test_a_field_that_no_scrolling_brings_into_sight_is_covered(
    above: str, watched: Watched
) -> None:
    look = await watched.shows(
        "<div style='height: 150px'></div><div style='position: relative; height: 200px; "
        f"overflow: auto'><p style='{above}'><input id=trap></p><label>PIN <input></label></div>"
        "<button>Continue</button>"
    )
    assert [(each.id, each.covered) for each in look.fields if each.id] == [("trap", True)]


async def test_a_field_is_covered_however_far_the_page_is_scrolled(watched: Watched) -> None:
    """Of a body that hides what is too wide the style reads as if it scrolled by itself."""
    style = "html, body { height: 100%; margin: 0 } body { overflow-x: hidden }"
    over = "<div style='position: absolute; background: white; left: 0; right: 0; height: 60px'>x"
    await watched.shows(
        f"<style>{style}</style>{TALL.format(1100)}{over}</div><input id=trap>"
        f"{TALL.format(600)}<button>Continue</button>"
    )
    await watched.page.evaluate("scrollTo(0, 620)")
    look = await watched.until(lambda look: look.fields[0].covered)
    assert look.fields[0].id == "trap"


async def test_what_a_style_shows_is_there_though_it_is_marked_as_hidden(watched: Watched) -> None:
    """As a browser shows it; without such a style the attribute hides it."""
    form = "<form hidden {}><label>PIN <input></label><button>Go on</button></form>"
    look = await watched.shows(form.format("style='display: flex'") + form.format(""))
    assert [each.label for each in look.fields] == ["PIN"]
