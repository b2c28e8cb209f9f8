"""What a screen between the forms says, and which of its controls decline it or pass it by."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct

from upstox_browser_login.page.fields.carried_out import carries_something_out
from upstox_browser_login.page.here import Sent
from upstox_browser_login.page.look import Control, Look
from upstox_browser_login.page.marks import Marks
from upstox_browser_login.page.sentences import sentences_in
from upstox_browser_login.page.states.besides import (
    HAPPENS_BY_ITSELF,
    KEEPS_PROTECTION,
    SKIPS_PROTECTION,
)
from upstox_browser_login.page.states.consent import (
    APPROVAL,
    APPROVE,
    MOVES,
    NOT_OUR_APPROVAL,
    PERMITS,
)
from upstox_browser_login.page.states.deeds import (
    CHANGES_WHAT_IS_A_PERSONS,
    CHARGES,
    OFFERS_A_CHANGE,
)
from upstox_browser_login.page.states.duties import DECLARES
from upstox_browser_login.page.states.going_on import ACKNOWLEDGES, NEUTRAL
from upstox_browser_login.page.states.kinds import BETWEEN, FINISHED, OF_A_CLOSURE
from upstox_browser_login.page.states.logins import TELLS_OF_LOGIN
from upstox_browser_login.page.states.passing import (
    ACTS_FOR_NOW,
    ACTS_LATER,
    BLOCKS,
    CALLS_OFF,
    CHOOSES,
    DECLINE,
    DENIES,
    KEEPS,
    KEEPS_ONE_THING,
    KEEPS_THE_PIN,
    LOGS_OUT,
    LOGS_OUT_LATER,
    MORE_THAN_NO,
    NO_THANKS,
    OFFERS_ANOTHER_PROOF,
    OFFERS_TO_STAY,
    PASS_BY,
    SHUTS,
    SKIPS_ONE_THING,
    STAYS_IN,
)
from upstox_browser_login.page.states.questions import (
    ANSWERS_A_REQUEST,
    ASKS_FOR_NUMBER,
    ASKS_IF_RIGHT,
    ASKS_IF_STILL_SO,
    ASKS_OF_A_PERSON,
    ASKS_TO_GO_ON,
    ASKS_TO_KEEP,
    BARE_NO,
    WAITS_FOR_AN_ANSWER,
)

from .front import is_ticked
from .stakes import (
    announces_a_deed,
    asks_to_choose,
    asks_who_did_it,
    does_besides,
    is_about_what_is_done,
    offers_or_does,
    something_is_at_stake,
    states_by_a_no,
)
from .texts import titles


class Told(Struct, frozen=True, dict=True):
    """What a screen says, whatever its controls do."""

    look: Look
    sent: Sent
    marks: Marks
    text: str
    """All that the page says."""
    own: str
    """All that the screen itself says. A dialog does not say what the page below it says."""
    front: list[Control]
    """All controls that can be pressed there."""

    @property
    def knows(self) -> bool:
        """Whether the page knows somebody for whom something could be done or chosen."""
        return self.sent.mobile

    @cached_property
    def carries_out(self) -> bool:
        """Whether the screen, or its dialog, tells of one deed in particular."""
        is_dialog = self.look.modal or any(each.dialog for each in self.front)
        told = [each for each in self.look.texts if each.is_told]
        own = [each.text for each in told if each.dialog or not is_dialog]
        return self.knows and carries_something_out(own, ())

    @cached_property
    def tells(self) -> bool:
        """Whether the screen tells of a login."""
        return TELLS_OF_LOGIN.search(self.own) is not None

    @cached_property
    def asks(self) -> bool:
        """Whether the screen asks if the number is right."""
        if not self.knows:
            return False
        # Right after the number was sent no other number can be meant.
        is_ours = self.sent.last == "mobile" and "mobile" not in self.sent.accepted
        asks = is_ours and ASKS_IF_RIGHT.search(self.own) is not None
        return asks or ASKS_FOR_NUMBER.search(self.own) is not None

    @cached_property
    def states_by_a_no(self) -> bool:
        """Whether a bare no says something in a person's name."""
        words = [each.words for each in self.front]
        return self.knows and states_by_a_no(titles(self.look), self.own, words)

    @cached_property
    def waits_for_an_answer(self) -> bool:
        """Whether the screen asks for a yes or no to what somebody has requested.

        "Approve" is the yes to that, and not to an offer. A permission may be refused.
        """
        if not self.knows:
            return False
        answers = any(ANSWERS_A_REQUEST.search(each.words) for each in self.front)
        if answers and not _asks_for_a_permission(self.text):
            return True
        said = (*titles(self.look), *sentences_in(self.own))
        return any(map(WAITS_FOR_AN_ANSWER.search, said))

    @cached_property
    def offers_another_proof(self) -> bool:
        """Whether the screen offers to log in by something else than the PIN."""
        return OFFERS_ANOTHER_PROOF.search(self.own) is not None

    @cached_property
    def may_give_up_protection(self) -> bool:
        """Whether a control gives up what protects the account, and nothing is carried out."""
        gives_up = any(SKIPS_PROTECTION.search(each.words) for each in self.front)
        return gives_up and not self.carries_out

    @cached_property
    def changes(self) -> bool:
        """Whether the screen offers to change, or changes, something that a person has."""
        offers = any(map(OFFERS_A_CHANGE.search, titles(self.look)))
        return self.knows and (
            offers or any(map(CHANGES_WHAT_IS_A_PERSONS.search, sentences_in(self.own)))
        )

    @cached_property
    def is_a_notice(self) -> bool:
        """Whether the screen tells of something of a person's that happens by itself.

        Or wants to be read, as "Got it" shows. What would pass an offer by may prevent that.
        """
        reads = any(ACKNOWLEDGES.search(each.words) for each in self.front)
        return self.knows and (reads or self.happens)

    @cached_property
    def announces(self) -> bool:
        """Whether the screen says that something of a person's is going to be done."""
        return announces_a_deed(self.text)

    @property
    def happens(self) -> bool:
        """Whether the screen tells of something of a person's that is under way or will be done."""
        return self.announces or HAPPENS_BY_ITSELF.search(self.text) is not None

    @property
    def closes(self) -> bool:
        """Whether the screen is about closing an account."""
        return OF_A_CLOSURE.search(self.text) is not None

    @property
    def finished(self) -> bool:
        """Whether the login is done. To call something off can then only keep our own app out."""
        return "pin" in self.sent.accepted and any(map(FINISHED.search, titles(self.look)))

    @cached_property
    def is_under_way(self) -> bool:
        """Whether the screen asks and offers nothing, so that only the login can be called off."""
        own = own_controls(self.front, self.sent)
        if not self.knows or not all(CALLS_OFF.search(each.words) for each in own):
            return False
        is_offer = self.look.modal or any(map(BETWEEN.search, titles(self.look)))
        return "pin" in self.sent.accepted or not is_offer

    @cached_property
    def is_quiet(self) -> bool:
        """Whether nothing is at stake and nothing is done."""
        is_done = self.knows and is_about_what_is_done(self.text)
        return not (something_is_at_stake(self.text) or is_done or self.closes)


def passing(told: Told, stays: list[Control]) -> list[Control]:
    """Controls that pass the screen by.

    "Keep" is none where something costs money or an app has access, since it would pay or allow.
    Nor is what takes the smallest offer, allows a thing once, keeps a choice as it is set, or does
    something ("Sell for now", or "Skip SIP" where one runs).
    """
    text = told.text
    chooses = told.knows and asks_to_choose(sentences_in(text))
    takes = chooses or offers_or_does(text)
    grants = any(said.search(text) for said in (APPROVAL, CHARGES, ASKS_TO_KEEP))
    later = _ends_this_login_later(told)
    ends_logins = any(LOGS_OUT.search(e.words) for e in told.front if e not in later)
    stays_in = ends_logins and not later
    return later + [
        each
        for each in stays
        if not (told.states_by_a_no and BARE_NO.search(each.words))
        and (
            PASS_BY.search(each.words)
            or (stays_in and STAYS_IN.search(each.words))
            or (not grants and _keeps_one_thing(told, each))
            or (told.offers_another_proof and KEEPS_THE_PIN.search(each.words))
            or (told.may_give_up_protection and KEEPS_PROTECTION.search(each.words))
        )
        and not (KEEPS.search(each.words) and grants)
        and not prevents(told, each)
        and not (CHOOSES.search(each.words) and takes)
    ]


def prevents(told: Told, control: Control) -> bool:
    """Whether words that would pass an offer by do something, or prevent what a notice tells of."""
    words = control.words
    if not told.knows or KEEPS_THE_PIN.search(words):
        return False
    acts = (KEEPS, KEEPS_ONE_THING, SKIPS_ONE_THING, ACTS_LATER) if told.is_a_notice else ()
    return any(said.search(words) for said in (ACTS_FOR_NOW, *acts))


def _keeps_one_thing(told: Told, control: Control) -> bool:
    """Whether a control says what stays as it is, beside one that only goes on.

    What costs money or may be done in a person's name is not kept in their place, and neither is an
    account that is closed, another login than this one, or what our own app may not see.
    """
    # The words of a control are few, so they are searched before all that the page says.
    if KEEPS_ONE_THING.search(control.words) is None or offers_or_does(control.words):
        return False
    others = (each.words for each in told.front if each is not control)
    is_of_this_screen = not (told.tells or told.closes or PERMITS.search(told.text))
    return is_of_this_screen and any(map(NEUTRAL.search, others))


def _ends_this_login_later(told: Told) -> list[Control]:
    """The controls that turn down an offer to stay logged in, such as "Log me out when I leave"."""
    said = (told.text, *(each.words for each in told.front))
    if not any(map(OFFERS_TO_STAY.search, said)):
        return []
    return [
        each
        for each in told.front
        if LOGS_OUT_LATER.search(each.words) and not (is_ticked(each) or does_besides(each.words))
    ]


def declining(told: Told, stays: list[Control]) -> list[Control]:
    """Controls that say no to the screen.

    Where a person is asked to declare something, a no is a declaration too. What is going to be
    done may be what the person wants, so it is not called off. To another permission than our
    app's, blocking says no as well.
    """
    text = told.text
    if ASKS_TO_GO_ON.search(text):
        return []
    declines = [
        each for each in stays if DECLINE.search(each.words) and not MORE_THAN_NO.search(each.words)
    ]
    if "?" not in text:
        declines += [each for each in stays if NO_THANKS.search(each.words)]
    if told.knows and told.announces:
        declines = [each for each in declines if not CALLS_OFF.search(each.words)]
    if is_stated_by_a_no(text):
        declines = [each for each in declines if SHUTS.search(each.words)]
    if told.states_by_a_no or told.asks:
        declines = [each for each in declines if not BARE_NO.search(each.words)]
    if told.waits_for_an_answer or (told.is_a_notice and "?" not in text):
        declines = [each for each in declines if not DENIES.search(each.words)]
    if asks_who_did_it(text):
        return [each for each in declines if not DENIES.search(each.words)]
    approves = [each.words for each in told.front if APPROVE.search(each.words)]
    # The only yes may name what is asked for: "Allow notifications".
    asks_for = " | ".join((text, *approves)) if len(approves) == 1 else text
    if approves and _asks_for_a_permission(asks_for):
        declines += [each for each in stays if BLOCKS.search(each.words)]
    return declines


def _asks_for_a_permission(text: str) -> bool:
    """Whether another permission than our app's is asked for, such as the browser's for a place."""
    return NOT_OUR_APPROVAL.search(text) is not None and MOVES.search(text) is None


def is_stated_by_a_no(text: str) -> bool:
    """Whether a no states something about the person."""
    return DECLARES.search(text) is not None or asks_if_so(text)


def asks_if_so(text: str) -> bool:
    """Whether the screen asks about something else of the person than the number or this login."""
    about_the_login = ASKS_FOR_NUMBER.search(text) or TELLS_OF_LOGIN.search(text)
    asks = any(said.search(text) for said in (ASKS_IF_STILL_SO, ASKS_OF_A_PERSON))
    return asks and about_the_login is None


def own_controls(front: list[Control], sent: Sent) -> list[Control]:
    """The controls that are the screen's own.

    A control that stood beside the last form as well belongs to the page.
    """
    own = [each for each in front if each.words not in sent.stood] if len(front) > 1 else front
    # An unticked box does nothing.
    return [each for each in own if each.chosen or not is_ticked(each)]
