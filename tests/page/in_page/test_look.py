"""What is told of fields and controls, in Chromium."""

from __future__ import annotations

import pytest

from .watched import Watched, named

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_a_choice_is_made_in_a_list_box(watched: Watched) -> None:
    look = await watched.shows(
        """<select aria-label="How to verify" onchange="window.chosen = this.value">
            <option value=sms>SMS</option><option value=app>Authenticator app</option></select>"""
    )
    sms, app = look.controls
    assert (sms.chosen, app.chosen) == (True, False)
    assert (app.role, app.heading) == ("option", "How to verify")
    assert await watched.hands.press(app) == ""
    await watched.until(lambda look: named(look, "Authenticator").chosen)
    assert await watched.page.evaluate("window.chosen") == "app"


async def test_a_field_that_holds_the_countrys_code_alone_says_so(watched: Watched) -> None:
    await watched.shows("<input value='+91 '><input value='+91 98'><button>Go</button>")
    look = await watched.until(lambda look: len(look.fields) == 2)
    assert [each.prefixed for each in look.fields] == [True, False]


async def test_a_form_that_takes_no_press_is_closed(watched: Watched) -> None:
    """A field alone may take none, where something else is drawn for it."""
    off = "pointer-events: none"
    look = await watched.shows(
        f"<form style='{off}'><input><button>Next</button></form>"
        f"<form><input style='{off}'><button>Next</button></form>"
        f"<form style='{off}'><input><button style='pointer-events: auto'>Next</button></form>"
    )
    assert [each.disabled for each in look.fields] == [True, False, False]


async def test_what_keeps_its_place_in_the_window_says_so(watched: Watched) -> None:
    look = await watched.shows(
        """<input><button>Next</button><div style="position: fixed; right: 0; bottom: 0">
            <div role=button>Continue</div></div>"""
    )
    assert [each.fixed for each in look.controls] == [False, True]


@pytest.mark.parametrize(
    ("form", "posts"),
    [
        ("action='https://stranger.test/take'", "https://stranger.test"),
        ("action='//stranger.test:8443'", "https://stranger.test:8443"),
        ("action='/login'", ""),
        ("action=''", ""),
        ("", ""),
        ("action='javascript:void(0)'", ""),
        ("action='https://'", ""),
        ("action='#'><base href='https://stranger.test/'", ""),
        ("action='take'><base href='https://stranger.test/'", "https://stranger.test"),
    ],
)
async def test_where_a_form_would_be_sent_is_told(form: str, posts: str, watched: Watched) -> None:
    """Also of a field that lies elsewhere, and where one of its fields is called `action`."""
    look = await watched.shows(
        f"<form id=sent {form}><input name=action></form><input form=sent><button>Go on</button>"
    )
    assert [each.posts for each in look.fields] == [posts, posts]


async def test_controls_that_say_the_same_are_told_apart_by_their_rows(watched: Watched) -> None:
    rows = "".join(
        f"<tr><td>{each}</td><td><button>Select</button></td></tr>" for each in ("SMS", "App")
    )
    look = await watched.shows(f"<table>{rows}</table><p>Or</p><div>Alone<button>Go</button></div>")
    told = [(each.words, each.row) for each in look.controls]
    assert told == [("Select", "SMS Select"), ("Select", "App Select"), ("Go", "")]
    many = "<p>Row<button>Select</button></p>" * 9
    await watched.page.evaluate("(html) => { document.body.innerHTML = html; }", many)
    look = await watched.until(lambda look: len(look.controls) == 9)
    assert {each.row for each in look.controls} == {""}


async def test_what_a_fieldset_closes_is_closed(watched: Watched) -> None:
    form = "<fieldset disabled><label>Code <input></label><button>Check</button></fieldset>"
    look = await watched.shows(form)
    assert look.fields[0].disabled
    assert look.controls[0].disabled
    await watched.page.evaluate("document.querySelector('fieldset').disabled = false")
    look = await watched.until(lambda look: not look.fields[0].disabled)
    assert not look.controls[0].disabled


async def test_a_tab_is_chosen_where_the_button_in_its_shadow_is(watched: Watched) -> None:
    await watched.shows("<a-tab class=tab-button>SMS</a-tab><button>Go on</button>")
    await watched.page.evaluate(
        "() => { document.querySelector('a-tab').attachShadow({mode: 'open'}).innerHTML ="
        " '<button role=tab aria-selected=true><slot></slot></button>' }"
    )
    look = await watched.until(lambda look: any(each.chosen for each in look.controls))
    assert [each.words for each in look.controls if each.chosen] == ["SMS"]
