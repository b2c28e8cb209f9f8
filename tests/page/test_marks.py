"""A person's own page file: what it may add, and what it can never do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.page.complaints import Complaint, complaints_of
from upstox_browser_login.page.decide import decide
from upstox_browser_login.page.fields.candidate import candidate
from upstox_browser_login.page.here import Form, Nothing, Sent, Stop, Way
from upstox_browser_login.page.look import Control, Field, Look, Text
from upstox_browser_login.page.marks import NO_MARKS, parse_marks, read_marks
from upstox_browser_login.page.next import End
from upstox_browser_login.page.recognise import recognise
from upstox_browser_login.page.said import Said
from upstox_browser_login.page.states.fields import PURPOSES
from upstox_browser_login.page.view import View
from upstox_browser_login.page.wire.calls import Traffic

from .looks import (
    ASKS_FOR_CODE,
    AT,
    CODE_TAKEN,
    MOBILE,
    NUMBER_TAKEN,
    OTP,
    PIN,
    PIN_IS_SET,
    START,
    asked,
    button,
    page,
)

BARE = Field(n=1, id="x7", label="Gupt", form=9, at=AT)
"""A field of which the tables know nothing."""


def marks(text: str) -> Any:
    return parse_marks(text)


BY_ID = '[[field]]\nis = "{}"\nid = "x7"\n'
BY_WORDS = '[[field]]\nis = "{}"\nwords = "gupt"\n'
BY_BOTH = '[[field]]\nis = "{}"\nid = "x7"\nwords = "gupt"\n'


# -- what an entry adds ----------------------------------------------------------------------------


@pytest.mark.parametrize("entry", [BY_ID, BY_WORDS])
@pytest.mark.parametrize(
    ("purpose", "sent", "traffic"),
    [
        ("mobile", START, Traffic()),
        ("otp", NUMBER_TAKEN, ASKS_FOR_CODE),
        ("pin", CODE_TAKEN, PIN_IS_SET),
    ],
)
def test_a_named_field_in_its_place_is_enough(
    entry: str, purpose: str, sent: Sent, traffic: Traffic
) -> None:
    """On a page of an unknown language, with no shape left."""
    look = page(BARE, words="Aage")
    here = recognise(look, Traffic(), replace(sent, accepted=frozenset()))
    assert not isinstance(here, Form)
    here = recognise(look, traffic, sent, marks(entry.format(purpose)))
    assert isinstance(here, Form)
    assert (here.purpose, here.field.id) == (purpose, "x7")
    assert "file" in {each.kind for each in here.why}


@given(
    st.lists(st.sampled_from([BY_ID, BY_WORDS, BY_BOTH]), min_size=1, unique=True),
    st.sampled_from(PURPOSES),
)
def test_entries_alone_are_never_enough(entries: list[str], purpose: Any) -> None:
    """However many there are: they are one kind of evidence together."""
    look = page(BARE, replace(BARE, n=2, id="other", label=""), words="Aage")
    found = candidate(
        look.fields[0],
        purpose,
        look,
        START,
        Traffic(),
        marks=marks("".join(entries).format(*[purpose] * 9)),
    )
    assert found.kinds <= {"file"}
    assert not found.holds


@pytest.mark.parametrize("field", [MOBILE, OTP, PIN])
def test_an_id_or_text_that_is_known_does_not_count_twice(field: Field) -> None:
    """An entry that repeats the table's own mark would make one fact two kinds."""
    purpose: Any = {1: "mobile", 2: "otp", 3: "pin"}[field.n]
    bare = Field(n=field.n, id=field.id, form=9, at=AT)
    entry = f'[[field]]\nis = "{purpose}"\nid = "{field.id}"\n'
    look = page(bare, words="")
    found = candidate(bare, purpose, look, START, Traffic(), marks=marks(entry))
    assert found.kinds == {"identity"}
    assert not found.holds


def test_a_field_that_is_named_for_one_form_is_none_of_another() -> None:
    entry = marks(BY_ID.format("pin"))
    look = page(replace(BARE, maxlength=10), words="Aage")
    assert candidate(look.fields[0], "mobile", look, START, Traffic(), marks=entry).forbidden


def test_an_entry_lifts_no_veto() -> None:
    new_pin = replace(BARE, label="Create a new PIN", masked=True, maxlength=6)
    found = candidate(
        new_pin, "pin", page(new_pin), CODE_TAKEN, PIN_IS_SET, marks=marks(BY_ID.format("pin"))
    )
    assert found.forbidden


@pytest.mark.parametrize("named", ["", '[[field]]\nis = "{wrong}"\nid = "{id}"\n'])
@pytest.mark.parametrize(
    ("field", "own", "wrong", "sent", "traffic"),
    [
        (OTP, "otp", "pin", CODE_TAKEN, PIN_IS_SET),
        (OTP, "otp", "password", CODE_TAKEN, PIN_IS_SET),
        (PIN, "pin", "otp", NUMBER_TAKEN, ASKS_FOR_CODE),
        (MOBILE, "mobile", "pin", CODE_TAKEN, PIN_IS_SET),
    ],
)
def test_no_entry_hides_whose_field_it_is(
    field: Field, own: str, wrong: str, sent: Sent, traffic: Traffic, named: str
) -> None:
    """A code in the PIN's field would be a refused PIN that nobody has counted."""
    hides = f'[[field]]\nis = "{own}"\nid = "none"\nreplaces = ["words", "identity"]\n'
    entry = marks(hides + named.format(wrong=wrong, id=field.id))
    here = recognise(page(field), traffic, sent, entry)
    assert not isinstance(here, Form) or here.purpose == own


def test_an_entry_may_take_the_place_of_marks_that_have_become_wrong() -> None:
    """The page calls its number's field by a name of the PIN's."""
    odd = replace(MOBILE, id="pinCode", near=("Your PIN",))
    assert not isinstance(recognise(page(odd), Traffic(), START), Form)
    entry = marks(
        '[[field]]\nis = "mobile"\nid = "pinCode"\n'
        '[[field]]\nis = "pin"\nwords = "Geheim"\nreplaces = ["words", "identity"]\n'
    )
    here = recognise(page(odd), Traffic(), START, entry)
    assert isinstance(here, Form)
    assert here.purpose == "mobile"


def test_a_button_by_its_words() -> None:
    other = Control(n=8, tag="div", role="button", words="Aage", at=(500, 360, 240, 44))
    look = Look(ready=True, fields=(MOBILE,), controls=(other,))
    here = recognise(look, Traffic(), START)
    assert isinstance(here, Form)
    assert here.button is not None
    odd = replace(other, words="Zzyzx")
    look = replace(look, controls=(odd,))
    here = recognise(look, Traffic(), START)
    assert isinstance(here, Form)
    assert here.button is None
    here = recognise(look, Traffic(), START, marks('[[button]]\nsends="mobile"\nwords="zzyzx"'))
    assert isinstance(here, Form)
    assert here.button == odd


def test_no_entry_makes_a_forbidden_control_a_button() -> None:
    look = page(MOBILE, words="Forgot PIN?")
    entry = marks('[[button]]\nsends = "mobile"\nwords = "Forgot PIN?"')
    here = recognise(look, Traffic(), START, entry)
    assert isinstance(here, Form)
    assert here.button is None


def test_a_way_on_by_its_words() -> None:
    look = Look(ready=True, controls=(button("Zzyzx", form=0),), texts=(Text("Qwrtz uiop"),))
    assert isinstance(recognise(look, Traffic(), START), Nothing)
    here = recognise(look, Traffic(), START, marks('[[way]]\nwords = "Zzyzx"'))
    assert isinstance(here, Way)
    assert {each.kind for each in here.why} == {"file", "shape"}


def test_no_way_on_is_one_that_agrees_or_leaves_an_ending() -> None:
    entry = marks('[[way]]\nwords = "I agree to all"\n[[way]]\nwords = "Unlock account"')
    agrees = Look(ready=True, controls=(button("I agree to all"),), texts=(Text("New terms"),))
    here = recognise(agrees, Traffic(), START, entry)
    assert isinstance(here, Stop)
    assert here.name == "agreement"
    locked = Look(
        ready=True,
        controls=(button("Unlock account"),),
        texts=(Text("Your account has been locked.", live="alert"),),
    )
    here = recognise(locked, Traffic(), Sent(mobile=True), entry)
    assert isinstance(here, Stop)
    assert here.meaning == "locked"


def test_a_screen_that_ends_a_login() -> None:
    look = Look(ready=True, texts=(Text("Seva thodi der mein"),))
    here = recognise(
        look, Traffic(), START, marks('[[screen]]\nis="maintenance"\nwords="thodi der"')
    )
    assert isinstance(here, Stop)
    assert here.meaning == "maintenance"


# -- messages --------------------------------------------------------------------------------------


def complained(text: str, entry: str, sent: Sent, traffic: Traffic, field: Field) -> Any:
    """What is decided after the page has complained of what was sent, by an answer in no words."""
    unread = replace(asked("90", 89.1), status=200, ended=89.5)
    look = page(replace(field, holds=True, length=6), texts=())
    complaint = Complaint(Said.of(text), "message", marks(entry).meaning_of(Said.of(text)))
    view = View(
        now=100.0,
        look=look,
        stood=10.0,
        traffic=Traffic((*traffic.calls, unread)),
        sent=sent,
        complaints=(complaint,),
        complained_at=90.0,
        idle_since=90.0,
        marks=marks(entry),
    )
    return decide(view)


OTP_SENT = replace(
    NUMBER_TAKEN, last="otp", codes=1, field=2, typed_at=88.0, pressed_at=89.0, acted_at=89.0
)
PIN_SENT = replace(
    CODE_TAKEN, last="pin", pin=True, field=3, typed_at=88.0, pressed_at=89.0, acted_at=89.0
)


def test_a_message_in_another_language_ends_the_login() -> None:
    entry = '[[text]]\nmeans = "pin refused"\nwords = "gupt ank galti"\n'
    step = complained("Gupt ank galti", entry, PIN_SENT, PIN_IS_SET, PIN)
    assert isinstance(step, End)
    assert step.meaning == "pin refused"


def test_no_entry_lets_a_second_code_be_sent() -> None:
    """Without the entry the code's message would end the login, so with it it does as well."""
    entry = '[[code]]\nmeans = "code refused"\ncode = "1017431"\n'
    step = complained("Qwrtz [1017431]", entry, OTP_SENT, ASKS_FOR_CODE, OTP)
    assert isinstance(step, End)
    assert step.meaning == "code refused"


@pytest.mark.parametrize("means", ["trouble", "maintenance", "network", "rate limited"])
def test_no_entry_makes_a_message_after_a_pin_harmless(means: str) -> None:
    """It counts as a refusal as long as nobody knows it, so that the PIN is not sent again."""
    entry = f'[[code]]\nmeans = "{means}"\ncode = "1017431"\n'
    step = complained("Qwrtz [1017431]", entry, PIN_SENT, PIN_IS_SET, PIN)
    assert isinstance(step, End)
    assert step.meaning == "unknown"


def test_a_text_that_nobody_knows_is_heard() -> None:
    look = Look(ready=True, texts=(Text("Qwrtz uiop", live="alert"),))
    assert complaints_of(look, frozenset(), 1) == []
    entry = marks('[[text]]\nmeans = "rate limited"\nwords = "qwrtz"')
    (heard,) = complaints_of(look, frozenset(), 1, entry)
    assert heard.meaning == "rate limited"


# -- reading ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            '[[feld]]\nid = "a"',
            "'feld' is no entry of a page file; there are [[field]],",
        ),
        ('[field]\nis = "pin"', "write [[field]], with two brackets"),
        (
            '[[field]]\nis = "mobil"\nid = "a"',
            "[[field]] number 1: 'is' must be one of mobile",
        ),
        ('[[field]]\nis = "pin"', "[[field]] number 1: it needs an id, or words, or both"),
        ('[[field]]\nis = "pin"\nid = "a b"', "'id' must be a text without spaces"),
        ('[[field]]\nis = "pin"\nid = 7', "'id' must be a text"),
        ('[[field]]\nis = "pin"\nwords = "1"', "at least two letters"),
        ('[[field]]\nis = "pin"\nwords = ["a"]', "'words' must be a text"),
        (
            '[[field]]\nis = "pin"\nid = "a"\nlabel = "b"',
            "it cannot have 'label'; it can have is, id",
        ),
        (
            '[[field]]\nis = "pin"\nid = "a"\nreplaces = ["against"]',
            "'replaces' must be a list with",
        ),
        (
            '[[way]]\nid = "a"\n[[way]]\nis = "a"',
            "[[way]] number 2: it cannot have 'is'; it can",
        ),
        (
            '[[screen]]\nis = "approval"\nwords = "abc"',
            "'is' must be one of challenge,",
        ),
        ('[[code]]\nmeans = "trouble"\ncode = "1017106"', "is known and means 'pin refused'"),
        ('[[code]]\nmeans = "session lost"\ncode = "1017999"', "'means' must be one of"),
        ('[[code]]\nmeans = "trouble"\ncode = "abc"', "'code' must be a code of Upstox's"),
        (
            '[[text]]\nmeans = "trouble"\nwords = "incorrect PIN"',
            "is known and means 'pin refused'",
        ),
        ('[[screen]]\nis = "maintenance"', "'words' is missing"),
        ('[[field]]\nid = "a"', "'is' must be one of mobile, otp, pin, password; it is missing"),
        (f"a = {'[' * 9_000}", "it is not written as TOML is"),
        ("[[field]\n", "it is not written as TOML is"),
    ],
)
def test_an_error_names_the_bad_entry(text: str, why: str, tmp_path: Path) -> None:
    file = tmp_path / "page.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        read_marks(file)
    assert caught.value.exit_code == 3
    assert f"UPSTOX_PAGE_FILE, {file}: " in caught.value.message
    assert why in caught.value.message


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            '[[field]]\nis = "pin"\nwords = "Gupt ank"\n[[field]]\nis = "otp"\nwords = "gupt  ANK"',
            "[[field]] number 1 and number 2 name the same, and say different things",
        ),
        (
            '[[way]]\nid = "a"\n[[way]]\nid = "b"\n[[way]]\nid = "a"',
            "[[way]] number 1 and number 3 name the same (a control with the id 'a' leads on)",
        ),
        (
            '[[code]]\nmeans = "locked"\ncode = "123"\n[[code]]\nmeans = "trouble"\ncode = "123"',
            "[[code]] number 1 and number 2 name the same, and say different things",
        ),
    ],
)
def test_two_entries_for_the_same_are_both_named(text: str, why: str, tmp_path: Path) -> None:
    file = tmp_path / "page.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        read_marks(file)
    assert caught.value.exit_code == 3
    assert why in caught.value.message


def test_one_control_may_send_several_forms_and_one_id_have_several_words() -> None:
    found = marks(
        '[[button]]\nsends = "otp"\nwords = "On"\n[[button]]\nsends = "pin"\nwords = "On"\n'
        '[[field]]\nis = "otp"\nid = "x"\nwords = "On"\n[[field]]\nis = "pin"\nid = "x"\n'
    )
    assert len(found.told) == 4


def test_no_file_no_marks(tmp_path: Path) -> None:
    assert read_marks(None) is NO_MARKS
    with pytest.raises(ConfigurationError, match="cannot be read: No such file") as caught:
        read_marks(tmp_path / "none.toml")
    assert caught.value.hint.startswith("Name a file that is there")
    large = tmp_path / "large.toml"
    large.write_text("#" * 70_000)
    with pytest.raises(ConfigurationError, match="more than 64 kB"):
        read_marks(large)
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\x00")
    with pytest.raises(ConfigurationError, match="cannot be read: line 1 of it is") as caught:
        read_marks(binary)
    assert caught.value.hint.startswith("Make it a UTF-8 text file")


@given(st.text(max_size=80))
def test_whatever_a_file_holds_it_is_read_or_refused(text: str) -> None:
    try:
        parse_marks(text)
    except ValueError:
        return


def test_every_entry_is_told_in_words() -> None:
    found = marks(
        '[[field]]\nis = "pin"\nid = "a"\nwords = "bcd"\nreplaces = ["words"]\n'
        '[[button]]\nsends = "otp"\nid = "b"\n[[way]]\nwords = "cde"\n'
        '[[screen]]\nis = "challenge"\nwords = "def"\n'
        '[[text]]\nmeans = "locked"\nwords = "efg"\n[[code]]\nmeans = "locked"\ncode = "123"\n'
    )
    assert found.told == (
        "a field with the id 'a' and the words 'bcd' wants the pin, in place of the known words",
        "a control with the id 'b' sends the otp",
        "a control with the words 'cde' leads on",
        "a page with the words 'def' is the screen challenge",
        "a message with the words 'efg' means: locked",
        "the code 123 means: locked",
    )
