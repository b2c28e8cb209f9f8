"""What of a page is in front, and under which heading, in Chromium."""

from __future__ import annotations

import pytest

from .watched import Watched, named

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_a_modal_that_something_covers_is_not_in_front(watched: Watched) -> None:
    veil = "<div style='position: fixed; inset: 0; background: white; z-index:"
    await watched.shows(
        f"{veil} 5'><div role=dialog aria-modal=true><button>Offer</button></div></div>"
        f"{veil} 9'><div role=dialog><p>We use cookies.</p><button>Fine</button></div></div>"
    )
    look = await watched.until(lambda look: "cookies" in look.says())
    assert not look.modal
    assert not named(look, "Fine").covered
    assert named(look, "Offer").covered


async def test_of_two_modals_side_by_side_both_are_seen(watched: Watched) -> None:
    """Else the form that opens an account would hide that of the login."""
    login = "<div role=dialog aria-modal=true><h2>Log in</h2><input><button>Go on</button>"
    other = login.replace("Log in", "Open an account")
    look = await watched.shows(f"<input placeholder=Search>{login}</div>{other}</div>")
    assert look.modal
    assert [each.heading for each in look.fields] == ["Log in", "Open an account"]
    inner = "<div role=dialog aria-modal=true><button>Fine</button></div>"
    await watched.shows(f"{login}{inner}</div>")
    look = await watched.until(lambda look: "Fine" in look.says())
    assert (look.modal, look.fields) == (True, ())


async def test_a_heading_below_a_dialog_is_none_of_the_dialogs(watched: Watched) -> None:
    look = await watched.shows(
        "<h1>Open a demat account</h1><div role=dialog aria-labelledby=t><b id=t>Log in</b>"
        "<input></div><p>or</p><button>Go on</button>"
    )
    assert look.fields[0].heading == "Log in"
    assert named(look, "Go on").heading == "Open a demat account"


@pytest.mark.parametrize(
    ("chosen", "told"),
    [("India (+91)", []), ("Nepal (+977)", ["India (+91)", "Nepal (+977)"])],
)
async def test_of_a_list_of_countries_india_is_told_where_another_is_chosen(
    chosen: str, told: list[str], watched: Watched
) -> None:
    names = [*(f"Land {each}" for each in range(20)), "India (+91)", "Nepal (+977)"]
    options = "".join(f"<option {'selected' * (e == chosen)}>{e}</option>" for e in names)
    look = await watched.shows(f"<select aria-label=Country>{options}</select><button>Go</button>")
    assert [each.words for each in look.controls if each.tag == "option"] == told


async def test_a_long_list_in_hindi_tells_india(watched: Watched) -> None:
    names = [*(f"Land {each}" for each in range(20)), "भारत"]
    options = "".join(f"<option>{each}</option>" for each in names)
    look = await watched.shows(f"<select aria-label=देश>{options}</select><button>Go</button>")
    assert [each.words for each in look.controls if each.tag == "option"] == ["Land 0", "भारत"]


@pytest.mark.parametrize(
    ("html", "near"),
    [
        (
            "<p>My mobile number is +91 <input>, and I would like to log in.</p>",
            ("My mobile number is +91", "My mobile number is +91 , and I would like to log in."),
        ),
        (
            "<p>From <input> to <input> please</p>",
            ("From", "From to please"),
        ),
        # A label beside the field, or one that is bound to it, is no part of a sentence.
        ("<p>Mobile number <input></p>", ("Mobile number",)),
        ("<p>Mine is <input aria-label='Mobile number'> today</p>", ("Mine is today",)),
        ("<p><input> is my number</p>", ("is my number",)),
    ],
)
async def test_the_words_before_a_gap_in_a_sentence_come_first(
    html: str, near: tuple[str, ...], watched: Watched
) -> None:
    look = await watched.shows(f"{html}<button>Go on</button>")
    assert look.fields[0].near == near
