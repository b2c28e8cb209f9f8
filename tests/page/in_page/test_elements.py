"""What an element is, and what names it, in Chromium."""

from __future__ import annotations

import pytest

from .watched import Watched, named

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


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


async def test_where_a_link_leads_is_told_without_what_it_hands_over(watched: Watched) -> None:
    asked: list[str] = []

    def returns(url: str) -> bool:
        asked.append(url)
        return "/cb" in url

    watched.eyes._returns = returns
    look = await watched.shows(
        "<a href='https://app.test/cb?code=s3cret&state=t#f'>Open</a><a href='/cb?code=1'>Here</a>"
        "<a href='mailto:a@app.test'>Mail</a><a href='https://['>None</a><a>Nowhere</a>"
        "<a href='https://app.test:8/x?%26=1'>Other</a><button>Go</button>"
    )
    assert set(asked) == {"https://app.test/cb?code&state", "https://app.test:8/x?%26"}
    assert [each.words for each in look.controls if each.returns] == ["Open"]


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


@pytest.mark.parametrize(
    ("group", "pressed", "roles"),
    [
        ("<div role=group>{}</div>", ("true", "false"), ["radio", "radio"]),
        ("<fieldset>{}</fieldset>", ("true", "false"), ["radio", "radio"]),
        # Buttons that are pressed each by itself, such as an eye or those of an editor.
        ("<div role=group>{}</div>", ("false", "false"), ["", ""]),
        ("<div role=group>{}</div>", ("true", "true"), ["", ""]),
        ("<div>{}</div>", ("true", "false"), ["", ""]),
        ("<div role=group>{}</div>", ("true",), [""]),
    ],
)
async def test_buttons_of_a_group_of_which_one_is_pressed_are_choices(
    group: str, pressed: tuple[str, ...], roles: list[str], watched: Watched
) -> None:
    names = "".join(
        f"<button aria-pressed={each}>Way {n}</button>" for n, each in enumerate(pressed)
    )
    look = await watched.shows(group.format(names))
    assert [each.role for each in look.controls] == roles


async def test_a_row_that_only_leads_into_its_field_is_no_control(watched: Watched) -> None:
    look = await watched.shows(
        """<div onclick="this.querySelector('input').focus()" style="width: 300px">
        <small>Enter OTP or TOTP</small><input maxlength=6 readonly></div>
        <div onclick="window.pressed = 1" style="width: 300px">Authenticator</div>"""
    )
    assert [each.words for each in look.controls] == ["Authenticator"]
    (field,) = look.fields
    assert field.near[0] == "Enter OTP or TOTP"
    assert field.readonly
