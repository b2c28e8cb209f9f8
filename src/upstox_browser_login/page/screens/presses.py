"""What each control of a screen between the forms would do."""

from __future__ import annotations

from upstox_browser_login.page.here import Sent
from upstox_browser_login.page.look import Control, Look
from upstox_browser_login.page.marks import Marks
from upstox_browser_login.page.said import meaning_of
from upstox_browser_login.page.sentences import sentences_in
from upstox_browser_login.page.states.duties import (
    HAS_A_CONDITION,
    NEEDS_NOTHING,
    RETURNS_UNUSED_FUNDS,
    SETTLES,
    TELLS_MORE,
    TRIES_AGAIN,
)
from upstox_browser_login.page.states.fields import LOGIN
from upstox_browser_login.page.states.going_on import (
    ACKNOWLEDGES,
    ASSENTS,
    CLICKS_HERE,
    DOES_ANOTHER_THING,
    GIVES_UP,
    GLAD,
    GOES_BY_ITSELF,
    IS_FINE,
    NEXT_FORM,
    RETURNS,
    SAVES,
    TRIES_ANEW,
    TURNS_A_SLIDE,
)
from upstox_browser_login.page.states.kinds import (
    ASKS_TO_CHANGE_THE_PIN,
    BETWEEN,
    PIN_ENDS_LATER,
)
from upstox_browser_login.page.states.logins import SWITCHES_ACCOUNT
from upstox_browser_login.page.states.passing import (
    CALLS_OFF,
    DECLINE,
    HIDES,
    KEEPS,
    PASS_BY,
    SHUTS,
)
from upstox_browser_login.page.states.questions import (
    ASKS_TO_CONFIRM,
    ASKS_TO_KEEP,
    CHOOSES_LANGUAGE,
    CORRECTS,
    CORRECTS_THE_NUMBER,
)
from upstox_browser_login.page.states.terms import TERMS

from .declines import (
    Told,
    asks_if_so,
    declining,
    is_stated_by_a_no,
    own_controls,
    passing,
    prevents,
)
from .front import (
    is_radio,
    is_taken_already,
    is_ticked,
    leaves_or_binds,
    pressable,
    states_by_a_tick,
    takes_by_a_tick,
    without_those_of_fields,
)
from .stakes import (
    asks_to_choose,
    binds_by_going_on,
    does_besides,
    does_nothing,
    gives_up_protection,
    is_asked,
    is_neutral,
    passing_does_something,
    something_is_at_stake,
    that_do_what_is_told,
)
from .texts import body, headings, joined, titles


class Between(Told, frozen=True):
    """A screen without a field to fill, and its controls by what a press of them does."""

    stays: list[Control]
    """Controls that neither leave the login nor bind a person. Boxes to tick are left out."""
    passes: list[Control]
    """Controls that pass the screen by."""
    declines: list[Control]
    """Controls that say no to the screen."""
    goes_on: list[Control]
    """Controls that say neither yes nor no."""
    only: Control | None
    """The only control that is the screen's own; None if there are several."""
    binds: bool
    """Whether to go on does something in a person's name, costs money, or makes a choice."""

    @property
    def neutral(self) -> list[Control]:
        """Controls that go on and do nothing else; none where going on binds."""
        return [] if self.binds else self.goes_on

    @property
    def is_known(self) -> bool:
        """Whether the screen is of a known kind, or nothing is at stake on it.

        On an unknown screen, a control that says yes, or stands beside one that corrects something,
        may have something done. So may one beside a control that nobody here understands, since
        that may be the no to what is offered.
        """
        return self.is_of_a_known_kind or (
            self.is_quiet
            and not self._only_assents
            and not any(map(self._corrects, self.front))
            and all(map(self._is_understood, own_controls(self.front, self.sent)))
        )

    @property
    def is_of_a_known_kind(self) -> bool:
        """Whether the screen's own words say what it is, or the page knows nobody yet."""
        return (
            self.tells
            or self.asks
            or (self.look.modal and not self.sent.mobile)
            or self.is_to_be_read
            or (self.only is not None and NEEDS_NOTHING.search(self.own) is not None)
            or BETWEEN.search(self.own) is not None
            or any(map(LOGIN.search, titles(self.look)))
            or tells_of_the_refusal(self.look, self.sent)
            or self._tells_when_the_pin_ends
            or self._is_a_row_of_pictures
            or (not self.sent.pin and any(NEXT_FORM.search(e.words) for e in self.goes_on))
            # Before the number was sent nothing can be done for anybody.
            or (not self.sent.mobile and self.only is not None and self.only in self.goes_on)
        )

    @property
    def _tells_when_the_pin_ends(self) -> bool:
        """Whether the screen only tells when the PIN must be changed, and asks for nothing."""
        heads = titles(self.look)
        tells = bool(heads) and all(map(PIN_ENDS_LATER.search, heads))
        asks = "?" in self.own or ASKS_TO_CHANGE_THE_PIN.search(self.own)
        return tells and not (asks or self.passes or self.declines)

    @property
    def _is_a_row_of_pictures(self) -> bool:
        """Whether the screen is one of several pictures that offer nothing to take."""
        turns = any(TURNS_A_SLIDE.search(each.words) for each in self.front)
        return turns and not something_is_at_stake(self.text)

    @property
    def _only_assents(self) -> bool:
        """Whether all controls that go on say yes, which may have something done."""
        return self.sent.mobile and all(ASSENTS.search(each.words) for each in self.goes_on)

    def _is_understood(self, control: Control) -> bool:
        """Whether it is known what a control does, or that it only explains or leads back."""
        if not self.knows or control in (*self.goes_on, *self.passes, *self.declines):
            return True
        known = (
            TELLS_MORE,
            PASS_BY,
            DECLINE,
            CALLS_OFF,
            GIVES_UP,
            TURNS_A_SLIDE,
            TRIES_AGAIN,
            DOES_ANOTHER_THING,
        )
        is_choice = is_radio(control) or is_ticked(control)
        at_the_foot = any(
            e.footer and e.control and e.text == control.words for e in self.look.texts
        )
        says_nothing = not control.words or is_choice or at_the_foot
        return says_nothing or any(said.search(control.words) for said in known)

    def _corrects(self, control: Control) -> bool:
        """Whether a control corrects something that only a person knows to be right.

        Until the code was accepted, a number that is shown is the one that the login has typed.
        """
        is_ours = self.sent.mobile and "otp" not in self.sent.accepted
        return CORRECTS.search(control.words) is not None and not (
            is_ours and CORRECTS_THE_NUMBER.search(control.words)
        )

    @property
    def is_to_be_read(self) -> bool:
        """Whether all that can be pressed says that the screen was read, or leads to more to read.

        On a screen about terms, the same words may agree to them.
        """
        own = own_controls(self.front, self.sent)
        does = [e for e in own if not (TELLS_MORE.search(e.words) or e.tag == "a")]
        return (
            len(does) == 1
            and does[0] in self.stays
            and ACKNOWLEDGES.search(does[0].words) is not None
            and TERMS.search(headings(self.look)) is None
        )


def read_screen(look: Look, sent: Sent, marks: Marks) -> Between | None:
    """Read a screen; None if all that can be pressed belongs to its fields."""
    front = without_those_of_fields(pressable(look), look, sent)
    if not front:
        return None
    text = f"{look.title if not look.fields else ''} | {headings(look)} | {body(look)}"
    told = Told(look, sent, marks, text, _said_by_itself(look, front) or text, front)
    said = sentences_in(text)
    does = that_do_what_is_told(front, said)
    stays = [
        each
        for each in front
        if not (leaves_or_binds(each.words) or is_taken_already(each) or each in does)
        and not does_besides(each.words)
    ]
    does_by_passing = passing_does_something(text)
    passes = [] if does_by_passing else passing(told, stays)
    declines = [] if does_by_passing else declining(told, stays)
    only = _only_control(front, stays, sent)
    if only is None and told.tells and NEEDS_NOTHING.search(told.own) and len(stays) == 1:
        only = stays[0]  # the other control says that a stranger has logged in
    goes_on = _going_on(told, [each for each in stays if each not in passes], only)
    if told.closes:
        passes = [each for each in passes if not KEEPS.search(each.words)]
        declines = [each for each in declines if HIDES.search(each.words)]
    if told.finished or told.is_under_way:
        declines = [each for each in declines if not CALLS_OFF.search(each.words)]
    return Between(
        look=look,
        sent=sent,
        marks=marks,
        text=text,
        own=told.own,
        front=front,
        stays=stays,
        passes=passes,
        declines=declines,
        goes_on=goes_on,
        only=only,
        binds=bool(does) or does_by_passing or _binds(told, stays, goes_on),
    )


def _going_on(told: Told, stays: list[Control], only: Control | None) -> list[Control]:
    """Of the controls that pass nothing by, those that say neither yes nor no."""
    text, knows = told.text, told.knows
    asked = is_asked(text, told.front)
    is_of_a_refusal = tells_of_the_refusal(told.look, told.sent)
    switches = any(SWITCHES_ACCOUNT.search(each.words) for each in told.front)
    about = {"tells": told.tells, "asks": told.asks, "switches": switches, "asked": asked}
    goes_on = [
        each
        for each in stays
        if is_neutral(each.words, told.own, text, **about)
        or (not knows and SAVES.search(each.words) and CHOOSES_LANGUAGE.search(text))
        or (not knows and GLAD.search(each.words))
        or (knows and NEXT_FORM.search(each.words))
        or (is_of_a_refusal and TRIES_ANEW.search(each.words))
        or (CLICKS_HERE.search(each.words) and GOES_BY_ITSELF.search(f"{text} | {each.words}"))
    ]
    if not goes_on and only is not None and told.is_quiet and does_nothing(only.words, asked=asked):
        goes_on = [only]
    return goes_on or (_returning(told.front, told.sent) if told.finished else [])


def _binds(told: Told, stays: list[Control], goes_on: list[Control]) -> bool:
    """Whether to go on does something in a person's name, costs money or chooses."""
    heads = titles(told.look)
    about = [each for each in heads if not _is_done_by_a_rule(told, goes_on, each)]
    return (
        binds_by_going_on(about, told.text)
        or (told.carries_out and len(about) == len(heads))
        or (told.knows and asks_to_choose(about))
        or told.states_by_a_no
        or ASKS_TO_KEEP.search(told.own) is not None
        or (told.knows and any(map(ASKS_TO_CONFIRM.search, sentences_in(told.own))))
        or _may_take_what_is_prevented(told, stays, goes_on)
        or (told.changes and not all(ACKNOWLEDGES.search(each.words) for each in goes_on))
        or gives_up_protection(told.text)
        or bool(takes_by_a_tick(told.look))
        or bool(states_by_a_tick(told.look, told.sent))
        or (told.closes and not all(ACKNOWLEDGES.search(each.words) for each in goes_on))
        or asks_if_so(told.text)
        or _is_answered(stays, told.text)
    )


def _may_take_what_is_prevented(told: Told, stays: list[Control], goes_on: list[Control]) -> bool:
    """Whether a yes such as "OK" stands beside what prevents something, so that it may do that."""
    reads = all(ACKNOWLEDGES.search(each.words) for each in goes_on)
    return not reads and any(prevents(told, each) for each in stays)


def _is_done_by_a_rule(told: Told, goes_on: list[Control], title: str) -> bool:
    """Whether a title names what SEBI has brokers do, and the screen only wants to be read."""
    read = [ACKNOWLEDGES.search(e.words) or IS_FINE.search(e.words) for e in goes_on]
    asks = not NEEDS_NOTHING.search(told.own) or HAS_A_CONDITION.search(told.own)
    tells = SETTLES.search(title) is not None and RETURNS_UNUSED_FUNDS.search(told.own) is not None
    return tells and bool(read) and all(read) and not asks


def _said_by_itself(look: Look, front: list[Control]) -> str:
    """What a dialog says; nothing if no control is in a dialog."""
    is_dialog = look.modal or any(each.dialog for each in front)
    return joined(e.text for e in look.texts if is_dialog and e.dialog and not e.control)


def tells_of_the_refusal(look: Look, sent: Sent) -> bool:
    """Whether a box over the form only says that the first code was refused.

    "Try again" then only closes the box: the code is typed anew, and no other one is sent.
    """
    waits = sent.refused_codes > 0 and sent.last is None and "otp" not in sent.accepted
    covered = look.modal or (bool(look.fields) and all(each.covered for each in look.fields))
    if not (waits and covered):
        return False
    told = {meaning_of(e.text) for e in look.texts if e.is_told} - {None}
    return told == {"code refused"}


def _returning(front: list[Control], sent: Sent) -> list[Control]:
    """The control that leads back to our own app, if only that can be pressed or called off."""
    own = [e for e in own_controls(front, sent) if not CALLS_OFF.search(e.words)]
    return own if len(own) == 1 and RETURNS.search(own[0].words) else []


def _is_answered(stays: list[Control], text: str) -> bool:
    """Whether a declaration can be denied. To go on beside the no is then to declare it."""
    denies = any(DECLINE.search(e.words) and not SHUTS.search(e.words) for e in stays)
    return denies and is_stated_by_a_no(text)


def _only_control(front: list[Control], stays: list[Control], sent: Sent) -> Control | None:
    """The only control of a screen; None if there are several."""
    own = own_controls(front, sent)
    return own[0] if len(own) == 1 and own[0] in stays and not own[0].opens else None
