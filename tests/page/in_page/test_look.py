"""What is told of fields and controls, and what names them, in Chromium."""

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


async def test_what_opens_a_list_is_told_and_nothing_of_what_was_entered(watched: Watched) -> None:
    countries = "".join(f"<option>Country {number}" for number in range(40))
    look = await watched.shows(
        f"""<button aria-haspopup=listbox aria-expanded=false>SMS</button>
        <button aria-haspopup=menu aria-expanded=true>Menu</button>
        <button aria-haspopup=dialog aria-expanded=false>Authenticator app</button>
        <input role=combobox readonly value=entered aria-label=Way>
        <details><summary>More</summary><p>Hidden</p></details>
        <select>{countries}</select><input type=radio value=entered aria-label=One>"""
    )
    opens = {each.words: each.opens for each in look.controls}
    # What opens a sheet says nothing of what is chosen in it.
    shut = {"Menu": False, "Authenticator app": False, "One": False}
    assert opens == {"SMS": True, "Way": True, "More": True, **shut}
    assert "entered" not in look.to_json()
    assert not look.fields


async def test_words_are_read_without_what_nobody_sees_of_them(watched: Watched) -> None:
    look = await watched.shows(
        "<label>En\u00adter \u200bOTP <input placeholder='Co\u00adde'></label><button>Go</button>"
    )
    (field,) = look.fields
    assert (field.label, field.placeholder) == ("Enter OTP", "Code")


async def test_a_field_that_shows_the_digits_of_another_script_holds_what_was_typed(
    watched: Watched,
) -> None:
    look = await watched.shows(
        """<label>मोबाइल <input oninput="value = value.replace(/[0-9]/g,
          (each) => '०१२३४५६७८९'[each])"></label><button>Next</button>"""
    )
    assert await watched.hands.fill(look.fields[0], "9876501234") == "typed"
    look = await watched.until(lambda look: look.fields[0].length == 10)
    assert look.fields[0].holds


async def test_a_field_that_holds_the_countrys_code_alone_says_so(watched: Watched) -> None:
    await watched.shows("<input value='+91 '><input value='+91 98'><button>Go</button>")
    look = await watched.until(lambda look: len(look.fields) == 2)
    assert [each.prefixed for each in look.fields] == [True, False]


async def test_a_box_of_the_countrys_code_is_a_part_of_the_number_behind_it(
    watched: Watched,
) -> None:
    await watched.shows(
        "<style>input { width: 200px } .code { width: 50px }</style>"
        "<p>Contact</p><div style='display: flex'><input class=code value='+91' readonly>"
        "<input id=number></div><div style='display: flex'><input id=wide value='+91'>"
        "<input id=other></div><button>Go</button>"
    )
    look = await watched.until(lambda look: look.fields)
    assert [each.id for each in look.fields] == ["number", "wide", "other"]
    assert set(look.fields[0].near) == {"Contact", "+91"}


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


# -- what names a field ----------------------------------------------------------------------------


async def test_a_label_round_a_field_names_it_by_what_stands_before_it(watched: Watched) -> None:
    look = await watched.shows(
        "<label>Mobile number<input maxlength=10><small>Write to support</small></label>"
        "<label><input id=after> Phone</label><button>Next</button>"
    )
    assert [each.label for each in look.fields] == ["Mobile number", "Phone"]


async def test_a_placeholder_that_nobody_sees_is_none(watched: Watched) -> None:
    look = await watched.shows(
        "<style>.unseen::placeholder { color: transparent } .faint::placeholder { opacity: 0 }"
        "</style><input class=unseen placeholder='name@mail'><input class=faint placeholder='x'>"
        "<input placeholder='Mobile number'><button>Next</button>"
    )
    assert [each.placeholder for each in look.fields] == ["", "", "Mobile number"]


async def test_words_that_a_slot_shows_are_those_of_the_button_round_it(watched: Watched) -> None:
    await watched.page.evaluate(
        "() => document.body.setHTMLUnsafe('<my-button><template shadowrootmode=open><button>"
        "<slot name=icon></slot><slot></slot></button></template>Send code</my-button>')"
    )
    look = await watched.until(lambda look: look.controls and "Get OTP" not in look.says())
    assert named(look, "Send code").tag == "button"


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


async def test_a_line_break_parts_the_words_of_a_button(watched: Watched) -> None:
    look = await watched.shows("<button>Send code<br><small>Free of charge</small></button>")
    assert look.controls[0].words == "Send code Free of charge"


async def test_a_picture_that_a_font_draws_for_a_word_is_no_text(watched: Watched) -> None:
    look = await watched.shows(
        "<h2>Verify</h2><form>"
        '<label><i class="material-icons">smartphone</i>Phone <input></label>'
        '<button type="button"><i class="material-icons">arrow_back</i></button>'
        '<button><span class="material-symbols-outlined">login</span>Sign me in</button>'
        '<button><i class="fa">&#xf061;</i></button>'
        '<button class="icon">next</button><span class="icon-label">mobile</span></form>'
    )
    assert look.fields[0].label == "Phone"
    told = [(each.words, each.icon) for each in look.controls[:3]]
    assert told == [("arrow back", True), ("Sign me in", False), ("", True)]
    assert look.controls[3].words == "next"
    assert "mobile" in look.says()
    assert "arrow" not in look.says()


async def test_what_a_fieldset_closes_is_closed(watched: Watched) -> None:
    form = "<fieldset disabled><label>Code <input></label><button>Check</button></fieldset>"
    look = await watched.shows(form)
    assert look.fields[0].disabled
    assert look.controls[0].disabled
    await watched.page.evaluate("document.querySelector('fieldset').disabled = false")
    look = await watched.until(lambda look: not look.fields[0].disabled)
    assert not look.controls[0].disabled
