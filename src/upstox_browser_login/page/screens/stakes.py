"""What going on from a screen does: nothing, or something in a person's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from upstox_browser_login.page.controls import without_an_assent
from upstox_browser_login.page.here import Evidence, Form, Sent, Stop, stop
from upstox_browser_login.page.look import Control, Field, Look
from upstox_browser_login.page.nearness import share_a_form
from upstox_browser_login.page.pattern import Pattern
from upstox_browser_login.page.sentences import sentences_in
from upstox_browser_login.page.states.besides import (
    CAN_BE_DONE_LATER,
    DEED_DONE,
    DEED_TOLD,
    IS_TO_HAPPEN,
    ITS_OWN,
    OF_A_PERSON,
    PASSES_BY_AND_DOES,
    SECOND_DEED,
    SKIPS_PROTECTION,
    WEAKENS,
)
from upstox_browser_login.page.states.buttons import NOT_HERE
from upstox_browser_login.page.states.deeds import (
    BINDS,
    CHARGES,
    DOES_A_DEED,
    DOES_IN_A_NAME,
    ORDERS_OR_CHARGES,
    PRODUCTS,
    SPEAKS_OF_MONEY,
    SPENDS,
    TITLES_OF_DEEDS,
    UNDOES,
)
from upstox_browser_login.page.states.duties import (
    ALLOWED_ON_A_PHONE,
    ASKS_FOR_A_SENT_CODE,
    DECLARES,
    MUST_BE_DONE,
    NEEDS_NOTHING,
    NOTHING_TO_DO,
    STAYS_AS_IT_IS,
    TELLS_MORE,
    TRIES_AGAIN,
    WANTS_A_PERSON,
)
from upstox_browser_login.page.states.fields import ANOTHER_DEED, CREATES_PIN
from upstox_browser_login.page.states.going_on import (
    DOES,
    GIVES_UP,
    GLAD,
    IS_A_YES,
    LEADS_ON,
    NAMES_WHO_OR_WHERE,
    NEUTRAL,
    NO_MORE,
    OTHER_WAYS_IN,
    TURNS_A_SLIDE,
)
from upstox_browser_login.page.states.kinds import CELEBRATES
from upstox_browser_login.page.states.logins import (
    ALERTS,
    ASKS_IF_IT_WAS_YOU,
    ASKS_WHO,
    DONE_TO_AN_ACCOUNT,
    GOES_ON_AS_ONESELF,
    OF_ANOTHER_LOGIN,
    OF_NOW,
    OF_THE_PAST,
    OWNS_UP,
    SHOWS_WHO,
)
from upstox_browser_login.page.states.passing import IS_A_NO, PASS_BY
from upstox_browser_login.page.states.questions import (
    ASKS_FOR_NUMBER,
    ASKS_TO_CHOOSE,
    ASKS_TO_GO_ON,
    BARE_NO,
    BARE_YES,
    CONFIRMS,
    IS_ASKED,
    OFFERS,
)
from upstox_browser_login.page.states.screens import SUPPOSES
from upstox_browser_login.page.states.secrets import ASKS_FOR_A_SECRET
from upstox_browser_login.page.states.terms import (
    AGREE,
    AGREES_BY_GOING_ON,
    KEEPS_INFORMED,
    NEW_OR_COSTLY,
    NOT_DONE,
    POLICIES,
    STANDING_TERMS,
    TAKES_BY_SMALL_PRINT,
    TERMS,
    TERMS_OF_A_CHECK,
)
from upstox_browser_login.page.states.ways import CHOOSES_METHOD
from upstox_browser_login.page.words import CHALLENGE

from .front import is_of_another, takes_by_a_tick
from .texts import body, headings_alone, titles


def is_neutral(
    words: str, own: str, text: str, *, tells: bool, asks: bool, switches: bool, asked: bool
) -> bool:
    """Whether a control says neither yes nor no to a screen that says `own`.

    `text` also holds what the page below the screen says. `tells`: the screen tells of a login.
    `asks`: it asks whether the number is right. `switches`: another account may be chosen there, so
    the screen is about whose account this is. `asked`: there is a question to answer.
    """
    if any(said.search(words) for said in (NOT_HERE, OTHER_WAYS_IN, TURNS_A_SLIDE)):
        return False
    if _only_goes_on(words) or (
        not _answers(words, asked=asked) and _only_goes_on(without_an_assent(words))
    ):
        return True
    # The words of a control are few, so they are searched before all that the page says.
    is_glad = GLAD.search(words) is not None and CELEBRATES.search(own) is not None
    if is_glad and not (PRODUCTS.search(text) or IS_TO_HAPPEN.search(text)):
        return True
    if asks and CONFIRMS.search(words) is not None:
        return True
    owns_up = OWNS_UP.search(words) is not None
    as_oneself = GOES_ON_AS_ONESELF.search(words) is not None
    if not (owns_up or as_oneself):
        return False
    others = (OF_THE_PAST, SPEAKS_OF_MONEY, DOES_IN_A_NAME, DONE_TO_AN_ACCOUNT, OF_ANOTHER_LOGIN)
    asks_who = OF_NOW if tells and SHOWS_WHO.search(own) is None else ASKS_WHO
    needs_nothing = tells and NEEDS_NOTHING.search(own) is not None
    of_whom = switches and ASKS_IF_IT_WAS_YOU.search(own) is not None
    is_ours = (of_whom or asks_who.search(own) is not None or needs_nothing) and not any(
        each.search(text) for each in others
    )
    return is_ours and (owns_up or of_whom or asks_who_did_it(own))


_SAYS_MORE = Pattern(rf"(?<![a-z’'])(?!({NO_MORE})(?![a-z]))[a-z]")  # noqa: RUF001


def _only_goes_on(words: str) -> bool:
    """Whether a control begins with a word of going on, and the rest does nothing else."""
    found = NEUTRAL.search(words)
    if found is None:
        return False
    return not _says_more(words[found.end() :])


def _says_more(words: str) -> bool:
    """Whether words say more than that one goes on, and as whom or where to: "as Asha"."""
    if _SAYS_MORE.search(words) is None:
        return False
    named = re.search(NAMES_WHO_OR_WHERE, words)
    others = (DOES, BINDS, PRODUCTS, NOT_HERE, DOES_IN_A_NAME)
    return (
        named is None
        or any(said.search(named[0]) for said in others)
        or _SAYS_MORE.search(words[: named.start()]) is not None
    )


def does_besides(words: str) -> bool:
    """Whether a control does something besides, takes something away, or gives up a protection."""
    return any(said.search(words) for said in (SECOND_DEED, ITS_OWN, SKIPS_PROTECTION))


def is_asked(text: str, front: Iterable[Control]) -> bool:
    """Whether the screen asks something, by a question mark or by a control that says no."""
    return IS_ASKED.search(text) is not None or any(IS_A_NO.search(e.words) for e in front)


def _answers(words: str, *, asked: bool) -> bool:
    """Whether a control answers a question with yes, which may bind a person."""
    return asked and IS_A_YES.search(words) is not None


def asks_who_did_it(text: str) -> bool:
    """Whether a no would say that a stranger has done what the screen tells of.

    Where the screen asks something else, such as whether to trust a new device, a no answers only
    that.
    """
    tells = any(said.search(text) for said in (ALERTS, DONE_TO_AN_ACCOUNT))
    return ASKS_IF_IT_WAS_YOU.search(text) is not None or (tells and not IS_ASKED.search(text))


def states_by_a_no(about: Iterable[str], text: str, words: Sequence[str]) -> bool:
    """Whether a bare no on a screen says something in a person's name, or gives something up.

    It only declines where every question offers something. A title `about` the screen that asks
    nothing may be answered by a bare yes and no as well. Who has logged in, and whose number it is,
    is asked elsewhere.
    """
    if not any(map(BARE_NO.search, words)) or asks_who_did_it(text):
        return False
    if ASKS_TO_GO_ON.search(text) or ASKS_FOR_NUMBER.search(text):
        return False
    questions = [each for each in sentences_in(text) if each.rstrip().endswith("?")]
    if questions:
        return not all(map(OFFERS.search, questions))
    return any(map(BARE_YES.search, words)) and not any(map(OFFERS.search, about))


def something_is_at_stake(text: str) -> bool:
    """Whether the screen names something that a person may take, pay, agree to or must do."""
    text = TERMS_OF_A_CHECK.without(text)
    return is_for_a_person(text) or any(
        said.search(text) for said in (PRODUCTS, CHARGES, TERMS, AGREE, CHOOSES_METHOD)
    )


def offers_or_does(text: str) -> bool:
    """Whether the screen offers something to take, or does something in a person's name."""
    tables = (PRODUCTS, CHARGES, SPEAKS_OF_MONEY, UNDOES, DOES_IN_A_NAME)
    return any(said.search(text) for said in tables)


def asks_to_choose(said: Iterable[str]) -> bool:
    """Whether a choice for the account is asked for, which going on would make."""
    return any(map(ASKS_TO_CHOOSE.search, said))


def asks_for_a_person(look: Look, stood: frozenset[str] = frozenset()) -> bool:
    """Whether a screen that nothing leads past asks for what only the account's owner can do.

    Every control does something for the account, costs money, takes something away, explains or
    leaves the screen; or the screen says that nobody gets on without doing it, or asks for a yes or
    no that states something. Every field must be known as none of a login's, and the screen must be
    no form whose field is not drawn. Controls that stood beside an earlier form too (`stood`) are
    the page's.
    """
    shown = [each.words for each in look.controls if each.can_be_pressed]
    open_ = [each for each in shown if each not in stood] or shown
    text = body(look)
    if not all(map(is_of_another, look.fields)) or any(map(TRIES_AGAIN.search, open_)):
        return False
    if CHOOSES_METHOD.search(text) or any(map(_may_be_a_form, titles(look))):
        return False
    deeds = [each for each in open_ if _does_a_deed(each)]
    others = [each for each in open_ if each not in deeds]
    aside = all(TELLS_MORE.search(each) or GIVES_UP.search(each) for each in others)
    must = MUST_BE_DONE.search(text) or DECLARES.search(text)
    states = states_by_a_no(titles(look), text, open_)
    return bool(deeds and aside) or bool(open_ and must) or states


def boxes_for_a_sent_code(look: Look, sent: Sent) -> list[Field]:
    """Empty boxes beside which a text asks for a code that is sent, if none of them was filled."""
    return [
        each
        for each in look.fields
        if each.n != sent.field
        and not (each.masked or each.covered or each.disabled or each.length)
        and any(map(ASKS_FOR_A_SENT_CODE.search, (each.label, each.placeholder, *each.near)))
    ]


def is_allowed_on_a_phone(look: Look) -> bool:
    """Whether a page without a field waits until a person approves the login on a phone."""
    if not all(map(is_of_another, look.fields)):
        return False
    told = (*titles(look), *sentences_in(body(look)))
    return any(ALLOWED_ON_A_PHONE.search(each) and not SUPPOSES.search(each) for each in told)


def _may_be_a_form(title: str) -> bool:
    """Whether a title asks for a secret of the login, or for a proof that no robot is there."""
    asks = ASKS_FOR_A_SECRET.search(title) is not None
    return (asks and not CREATES_PIN.search(title)) or CHALLENGE.search(title) is not None


def _does_a_deed(words: str) -> bool:
    return any(said.search(words) for said in (DOES_A_DEED, SPENDS, UNDOES, AGREE))


_BETWEEN_CLAUSES = re.compile(r"[,;:]|\b(?:and|while|so)\b")
"""One clause may say what stays as it is, and the next one what is done."""


def is_about_what_is_done(text: str) -> bool:
    """Whether the screen speaks of an action, its own or one that was done elsewhere."""
    clauses = (e for each in sentences_in(text) for e in _BETWEEN_CLAUSES.split(each))
    told = " | ".join(each for each in clauses if not STAYS_AS_IT_IS.search(each))
    return any(
        said.search(told)
        for said in (
            SPEAKS_OF_MONEY,
            UNDOES,
            IS_TO_HAPPEN,
            OF_THE_PAST,
            DOES_IN_A_NAME,
        )
    )


_LONGEST_WAY = 6
"""Words: a control with more of them does more than lead on."""


_DEEDS_BY_TITLE = (*TITLES_OF_DEEDS, ANOTHER_DEED)


def binds_by_going_on(about: Iterable[str], text: str) -> bool:
    """Whether going on does something in a person's name, or costs money.

    Decided by the titles `about`, or by a sentence that says what is done with something of the
    person's. An announced action does not count if nothing is needed from the person, since it is
    done anyway.
    """
    return (
        (not NEEDS_NOTHING.search(text) and announces_a_deed(text))
        or any(said.search(each) for each in about for said in _DEEDS_BY_TITLE)
        or any(said.search(text) for said in ORDERS_OR_CHARGES)
    )


def announces_a_deed(text: str) -> bool:
    """Whether a sentence says that something is going to be done with what is a person's."""
    return any(
        IS_TO_HAPPEN.search(each) is not None
        and OF_A_PERSON.search(each) is not None
        and any(said.search(each) for said in (DOES_IN_A_NAME, PRODUCTS, SPEAKS_OF_MONEY))
        for each in sentences_in(text)
    )


def that_do_what_is_told(controls: Iterable[Control], said: Sequence[str]) -> list[Control]:
    """The controls of which a sentence says that pressing them does something: "OK sells".

    Sentences that agree to something are left out, since any page repeats its terms.
    """
    told = _Sentences(said)
    later = _Sentences([CAN_BE_DONE_LATER.without(each) for each in said])
    return [
        each
        for each in controls
        if (later if PASS_BY.search(each.words) else told).tells_of(each.words)
    ]


_LONGEST_NAME = 30
_TO_PRESS = r"\b(tap|press|click|hit|choos|select|pick|if you|when you|once you|as soon as you)\w*"
_PRESSES = re.compile(_TO_PRESS)


class _Sentences:
    """Sentences of a page, in which controls are looked for by name.

    A page may have hundreds of both, so that whatever is about a sentence alone is found out once.
    """

    def __init__(self, said: Iterable[str]) -> None:
        own = [each.lower() for each in said if not AGREES_BY_GOING_ON.search(each)]
        self._all = "\n".join(own)
        self._sentences = [
            (each, clean, _PRESSES.search(clean) is not None)
            for each in own
            for clean in [re.sub(r"[^\w’'₹%.-]+", " ", each).strip()]  # noqa: RUF001
        ]
        self._found: dict[str, bool] = {}

    def tells_of(self, words: str) -> bool:
        """Whether a sentence says that pressing a control with these words does something."""
        name = re.sub(r"\W+", " ", words).strip().lower()
        if not 0 < len(name) <= _LONGEST_NAME or name not in self._all:
            return False
        if name not in self._found:
            self._found[name] = any(
                name in each
                and (is_to_press or clean.startswith(name))
                and _tells_of_a_deed(name, clean)
                for each, clean, is_to_press in self._sentences
            )
        return self._found[name]


def _tells_of_a_deed(name: str, told: str) -> bool:
    """Whether a sentence names a control by `name`, and something that pressing it does."""
    found = re.search(rf"{_TO_PRESS}( on)? {re.escape(name)}\b", told)
    if found is not None:
        rest = f"{told[: found.start()]} {told[found.end() :]}"
        return DEED_TOLD.search(rest) is not None or DEED_DONE.search(rest) is not None
    if not re.match(rf"{re.escape(name)}\b", told):
        return False
    rest = told[len(name) :]
    return DEED_DONE.search(rest) is not None or (
        re.match(r" (to|will|means you) ", rest) is not None and DEED_TOLD.search(rest) is not None
    )


def passing_does_something(text: str) -> bool:
    """Whether a sentence says that passing the screen by does something."""
    return any(map(PASSES_BY_AND_DOES.search, sentences_in(text)))


def gives_up_protection(text: str) -> bool:
    """Whether a sentence tells a person to give up something that protects the login."""
    return any(map(WEAKENS.search, sentences_in(text)))


def does_nothing(words: str, *, asked: bool) -> bool:
    """Whether the only control of a screen says that it leads on, and says nothing else."""
    plain = without_an_assent(words)
    return (
        LEADS_ON.search(plain) is not None
        and not _says_more(plain)
        and not _answers(words, asked=asked)
        and len(words.split()) <= _LONGEST_WAY
        and not any(said.search(plain) for said in (DOES, BINDS, PRODUCTS, NOT_HERE, GIVES_UP))
        and not OTHER_WAYS_IN.search(words)
    )


def is_for_a_person(text: str) -> bool:
    """Whether the screen asks a person to do something that is not done already."""
    return any(
        WANTS_A_PERSON.search(sentence) and not NOTHING_TO_DO.search(sentence)
        for sentence in sentences_in(text)
    )


def takes_with_the_form(look: Look, form: Form) -> Stop | None:
    """The end of a login whose form would take something, by a ticked box or by small print.

    Small print that has nothing done is accepted, since every customer who logs in accepts it.
    """
    ticked = [each for each in takes_by_a_tick(look) if share_a_form(each, form.field)]
    agreed = [found["to"] or "" for found in map(AGREES_BY_GOING_ON.search, _said(look)) if found]
    taken = [each for each in agreed if any(map(_is_taken, _PARTS.split(each)))]
    told = [each.words for each in ticked] or taken
    if not told:
        return None
    shape = Evidence("shape", 1, "a ticked box" if ticked else "beside the form")
    return stop(
        "agreement", Evidence("words", 2, f"to send the form takes {told[0][:60]!r}"), shape
    )


_PARTS = re.compile(r",|\band\b", re.IGNORECASE)


def _is_taken(part: str) -> bool:
    """Whether a part of small print has something done, and does not only inform."""
    done = POLICIES.without(NOT_DONE.without(part))
    return TAKES_BY_SMALL_PRINT.search(done) is not None and KEEPS_INFORMED.search(part) is None


def _said(look: Look) -> list[str]:
    return re.split(r"[.|!।]", body(look))


def agrees_by_going_on(look: Look) -> bool:
    """Whether going on agrees to something.

    Small print that repeats the website's terms does not count, since the customer has agreed to
    them before and every page shows it. It counts where the screen is about terms, asks to agree to
    anything else, or names something that a person may take by going on.
    """
    others: list[str] = []
    agrees = False
    for sentence in _said(look):
        found = AGREES_BY_GOING_ON.search(sentence)
        to = None if found is None else found["to"]
        if to is None or not STANDING_TERMS.search(to):
            others.append(sentence)
            if to is not None or (found is not None and NEW_OR_COSTLY.search(sentence)):
                return True
        agrees = agrees or found is not None
    rest = " | ".join(others)
    # Only its headings, since a dialog's small print names terms as well.
    about_terms = TERMS.search(headings_alone(look) or rest) is not None
    return agrees and (about_terms or PRODUCTS.search(rest) is not None)
