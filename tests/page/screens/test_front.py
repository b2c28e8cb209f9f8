"""What can be pressed on a screen, and what is never pressed there."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.page.looks import (
    ASKS_FOR_CODE,
    AT,
    CODE_TAKEN,
    LOGGED_IN,
    NUMBER_TAKEN,
    OTP,
    PIN_IS_SET,
    SEARCH,
    SILENT,
    button,
    page,
    screen_of,
    screen_that_says,
)
from upstox_browser_login.page.here import Nothing, Stop, Way
from upstox_browser_login.page.look import Control, Field, Look, Text
from upstox_browser_login.page.recognise import recognise


def test_what_stood_beside_the_form_is_not_the_next_screens() -> None:
    """A menu, a chat and their buttons stay; the screen has one thing to press of its own."""
    look = screen_of("All set", "Prices", "Take me back to the app")
    chat = Field(n=9, placeholder="Type a message", at=AT)
    ours = replace(NUMBER_TAKEN, stood=frozenset({"Prices"}), beside=(chat.likeness,))
    look = replace(look, fields=(chat,))
    look = replace(look, controls=tuple(replace(e, at=(10, 600, 80, 30)) for e in look.controls))
    here = recognise(look, SILENT, ours)
    assert isinstance(here, Way)
    assert here.control.words == "Take me back to the app"
    assert not isinstance(recognise(look, SILENT, NUMBER_TAKEN), Way)
    typed = replace(look, fields=(replace(chat, holds=True),))
    assert not isinstance(recognise(typed, SILENT, ours), Way)


def test_a_screen_is_passed_beside_a_search_that_stood_beside_the_last_form() -> None:
    """One that came with the screen, or that nobody can tell, may be what the screen is about."""
    search = Field(n=70, placeholder="Type a company's name", at=(500, 700, 240, 40))
    look = replace(screen_of("Risk disclosures", "Got it, continue"), fields=(search,))
    assert not isinstance(recognise(look, PIN_IS_SET, CODE_TAKEN), Way)
    beside = replace(CODE_TAKEN, beside=(search.likeness,))
    assert isinstance(recognise(look, PIN_IS_SET, beside), Way)
    unnamed = replace(search, placeholder="Sanket")
    look = replace(look, fields=(unnamed,))
    beside = replace(CODE_TAKEN, beside=(unnamed.likeness,))
    assert not isinstance(recognise(look, PIN_IS_SET, beside), Way)


@pytest.mark.parametrize("words", ["Continue", "Skip"])
def test_the_button_of_an_unknown_field_is_no_way_past_it(words: str) -> None:
    """It stood beside the last form, and may be the next one's: to send it empty is an attempt."""
    field = Field(n=5, label="Six digits", at=AT)
    control = button(words, form=0, at=(500, 440, 240, 44))
    look = Look(
        ready=True, fields=(field,), controls=(control,), texts=(Text("Welcome back", head=True),)
    )
    here = recognise(look, SILENT, replace(NUMBER_TAKEN, beside=(field.likeness,)))
    assert not isinstance(here, Way)


@pytest.mark.parametrize(
    ("title", "words", "way"),
    [
        ("Stay signed in?", ["No", "Yes"], 0),
        ("Charts are faster now", ["Close"], 0),
        ("Turn on alerts?", ["Turn on", "Maybe later"], 1),
    ],
)
@pytest.mark.parametrize(
    "box",
    [
        Control(n=90, tag="input", type="checkbox", words="Don’t show this again"),  # noqa: RUF001
        Control(n=90, role="switch", words="Not now, and never again"),
        Control(n=90, tag="div", role="checkbox", words="Skip this next time"),
    ],
)
def test_a_box_to_tick_leads_nowhere(title: str, words: list[str], way: int, box: Control) -> None:
    look = screen_of(title, *words)
    here = recognise(replace(look, controls=(box, *look.controls)), SILENT, NUMBER_TAKEN)
    assert isinstance(here, Way)
    assert here.control.words == words[way]


def test_a_box_that_is_ticked_may_do_something() -> None:
    """Whoever goes on takes it along."""
    look = screen_of("Charts are faster now", "Done")
    box = Control(n=90, tag="input", type="checkbox", words="Send me more", chosen=True)
    ticked = replace(look, controls=(box, replace(look.controls[0], words="Looks good to me")))
    assert isinstance(recognise(ticked, SILENT, NUMBER_TAKEN), Nothing)


def test_a_ticked_box_that_takes_something_holds_up_what_goes_on() -> None:
    look = screen_that_says("Welcome back", "Markets open at 9:15.", "Continue")
    box = Control(9, tag="input", type="checkbox", words="Add insurance, ₹99 a year")
    for chosen, way in ((False, Way), (True, Stop)):
        boxed = replace(look, controls=(*look.controls, replace(box, chosen=chosen)))
        assert isinstance(recognise(boxed, SILENT, LOGGED_IN), way)


@pytest.mark.parametrize("chosen", [True, False])
@pytest.mark.parametrize(
    ("words", "stated"),
    [
        ("I have read and agree to the updated document", True),
        ("I’ve read the document and understood it", True),  # noqa: RUF001
        ("I have read and understood the updated document", True),
        ("I confirm that my details are correct", True),
        ("Yes, I am a resident of India", True),
        ("I hereby declare that I trade for myself", True),
        ("My income range and occupation are unchanged", True),
        ("My address is still the same", True),
        ("Nothing has changed", True),
        ("All of these details are up to date", True),
        ("Read and understood", True),
        ("Agreed", True),
        ("We accept the changes", True),
        ("मैंने दस्तावेज़ पढ़ लिया है", True),
        ("मेरी आय नहीं बदली है", True),
        ("मैं सहमत हूँ", True),
        ("Maine document padh liya hai", True),
        ("Meri income nahi badli hai", True),
        ("Main sehmat hoon", True),
        ("Remember my device", False),
        ("I trust this device", False),
        ("Remember me on this device", False),
        ("Keep me logged in", False),
        ("Don’t show me this again", False),  # noqa: RUF001
        ("I understand, do not show this again", False),
        ("I have seen this, skip it next time", False),
        ("Mujhe yeh dobara mat dikhao", False),
        ("मुझे यह दोबारा न दिखाएँ", False),
        ("Show market summary after login", False),
        ("Send me updates", False),
    ],
)
def test_what_a_box_states_in_a_name_is_stated_by_nobody_else(
    words: str, stated: bool, chosen: bool
) -> None:
    look = screen_that_says("Welcome back", "Markets open at 9:15.", "Continue")
    box = Control(9, tag="input", type="checkbox", words=words, chosen=chosen)
    here = recognise(replace(look, controls=(*look.controls, box)), SILENT, LOGGED_IN)
    assert isinstance(here, Stop if stated else Way)


def test_a_box_that_states_something_is_no_bar_to_what_passes_the_screen_by() -> None:
    look = screen_that_says("Welcome back", "Is your profile fresh?", "Continue", "Not now")
    box = Control(9, tag="input", type="checkbox", words="My income is unchanged")
    here = recognise(replace(look, controls=(*look.controls, box)), SILENT, LOGGED_IN)
    assert isinstance(here, Way)
    assert here.control.words == "Not now"


@pytest.mark.parametrize(
    ("text", "stated"), [("I have read the revised rules.", True), ("Show it next time", False)]
)
def test_a_box_without_words_is_named_by_a_text(text: str, stated: bool) -> None:
    look = screen_that_says("Welcome back", text, "Continue")
    box = Control(9, tag="input", type="checkbox")
    here = recognise(replace(look, controls=(*look.controls, box)), SILENT, LOGGED_IN)
    assert isinstance(here, Stop if stated else Way)


def test_a_box_of_a_form_beside_the_screen_states_nothing_on_it() -> None:
    look = screen_that_says("Number verified", "Markets open at 9:15.", "Continue")
    letter = Field(5, type="email", label="E-mail for news", form=7, at=(20, 900, 200, 30))
    box = Control(9, tag="input", type="checkbox", words="I agree to receive it", form=7)
    sent = replace(LOGGED_IN, beside=(letter.likeness,))
    for top, way in ((905, Way), (100, Stop)):
        boxed = replace(box, at=(230, top, 20, 20))
        here = recognise(
            replace(look, fields=(letter,), controls=(*look.controls, boxed)), SILENT, sent
        )
        assert isinstance(here, way)


@pytest.mark.parametrize("stood", [True, False])
def test_a_search_in_a_form_round_all_of_the_page_has_only_the_buttons_close_to_it(
    stood: bool,
) -> None:
    search = replace(SEARCH, form=7, at=(900, 10, 200, 30))
    near = Control(n=21, words="Go", form=7, at=(1110, 10, 40, 30))
    own = Control(n=22, words="Continue", form=7, at=(300, 300, 90, 30))
    look = replace(screen_of("Number verified"), fields=(search,), controls=(near, own))
    sent = replace(CODE_TAKEN, beside=(search.likeness,) if stood else ())
    here = recognise(look, PIN_IS_SET, sent)
    assert (here.control.words if isinstance(here, Way) else "") == ("Continue" if stood else "")


@pytest.mark.parametrize(
    ("heading", "form", "passed"),
    [
        ("New to Upstox?", 4, True),
        # Something else can be pressed under it: nobody knows what belongs to the form.
        ("Number verified", 4, False),
        ("New to Upstox?", 0, False),
    ],
)
def test_what_a_form_beside_the_screen_offers_under_a_heading_of_its_own_is_not_the_screens(
    heading: str, form: int, *, passed: bool
) -> None:
    shown = screen_of("Number verified", "Continue", "Open account")
    offers = (Text("New to Upstox?", head=True), Text("Open a free demat account in 5 minutes."))
    go, opens = (replace(each, heading="Number verified") for each in shown.controls)
    opens = replace(opens, form=form, heading=heading, at=(600, 400, 120, 30))
    field = Field(
        n=8, type="tel", maxlength=10, label="Mobile number", heading=heading, form=4, at=AT
    )
    texts = (*shown.texts[:2], *offers, shown.texts[2])  # as they stand on the page
    look = replace(shown, texts=texts, fields=(field,), controls=(go, opens))
    sent = replace(CODE_TAKEN, field=OTP.n, beside=(field.likeness,))
    assert isinstance(recognise(look, PIN_IS_SET, sent), Way) is passed


def test_a_heading_that_only_begins_as_that_of_a_form_beside_the_screen_is_the_screens() -> None:
    shown = screen_of("Support plan", "Continue")
    told = Text("By continuing you accept it for 99 rupees a month.")
    field = Field(n=8, type="tel", maxlength=10, label="Phone", heading="Support", form=4, at=AT)
    go = replace(shown.controls[0], heading="Support plan")
    look = replace(shown, texts=(*shown.texts, told), fields=(field,), controls=(go,))
    sent = replace(CODE_TAKEN, field=OTP.n, beside=(field.likeness,))
    assert not isinstance(recognise(look, PIN_IS_SET, sent), Way)


@pytest.mark.parametrize(
    ("title", "words", "way"),
    [
        ("Earn 7% on idle cash", ["Start now", "Dismiss"], "Dismiss"),
        ("Add a nominee", ["Add", "Not now"], "Not now"),
        ("Sell all your holdings", ["OK"], None),
        ("Terms of use", ["I agree"], None),
        ("Code verified", ["Resend by call"], None),
        ("Setting things up", ["Cancel"], None),
    ],
)
@pytest.mark.parametrize("taken", [True, False])
def test_what_comes_beside_a_form_that_was_taken_is_passed(
    title: str, words: list[str], way: str | None, *, taken: bool
) -> None:
    """Though it covers nothing of the form, which the page has not taken away."""
    came = screen_of(title, *words)
    stood = (Text("Verify your number", head=True), Text("Continue", control=True))
    look = replace(page(replace(OTP, holds=True, length=6)), texts=(*stood, *came.texts))
    look = replace(look, controls=(*look.controls, *came.controls))
    sent = replace(
        CODE_TAKEN if taken else NUMBER_TAKEN,
        last="otp",
        field=OTP.n,
        stood=frozenset({"Continue"}),
        headings=frozenset({"Verify your number"}),
    )
    here = recognise(look, PIN_IS_SET if taken else ASKS_FOR_CODE, sent)
    assert (here.control.words if isinstance(here, Way) else None) == (way if taken else None)


@pytest.mark.parametrize(
    ("text", "passed"),
    [
        ("", True),
        ("By continuing you agree to Upstox Plus for 99 rupees a month.", False),
        ("You will be charged ₹99 a month.", False),
        ("Continue activates MTF.", False),
    ],
)
def test_small_print_behind_a_form_beside_the_screen_is_the_screens(
    text: str, *, passed: bool
) -> None:
    """It may be of the whole page, and binds whoever goes on."""
    shown = screen_of("Number verified", "Continue")
    texts = (
        *shown.texts,
        Text("New to Upstox?", head=True),
        Text("Open a free demat account in 5 minutes."),
        Text("Open account", control=True),
        Text(text),
    )
    go = replace(shown.controls[0], heading="Number verified")
    opens = Control(
        n=31, words="Open account", form=4, heading="New to Upstox?", at=(600, 400, 120, 30)
    )
    field = Field(n=8, label="Mobile number", heading="New to Upstox?", form=4, at=AT)
    look = replace(shown, texts=texts, fields=(field,), controls=(go, opens))
    sent = replace(CODE_TAKEN, field=OTP.n, beside=(field.likeness,))
    assert isinstance(recognise(look, PIN_IS_SET, sent), Way) is passed
