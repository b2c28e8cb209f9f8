"""Screens that end a login, since only a person or Upstox can do what they ask for."""

from __future__ import annotations

from upstox_browser_login.page.controls import buttons_of
from upstox_browser_login.page.fields.around import stood_elsewhere
from upstox_browser_login.page.fields.candidate import candidate
from upstox_browser_login.page.fields.choice import form_of, is_no_login
from upstox_browser_login.page.fields.names import is_said_at, named_by
from upstox_browser_login.page.fields.place import went_by_itself
from upstox_browser_login.page.here import Evidence, Form, Sent, Stop, stop
from upstox_browser_login.page.look import Control, Field, Frame, Look, Text
from upstox_browser_login.page.marks import Marks
from upstox_browser_login.page.nearness import are_together
from upstox_browser_login.page.pattern import Pattern
from upstox_browser_login.page.phrases import IS_LOCKED, OTHER_ACCOUNTS
from upstox_browser_login.page.said import is_a_rule, meaning_of, stated_wait
from upstox_browser_login.page.sentences import sentences_in
from upstox_browser_login.page.states import screens as known
from upstox_browser_login.page.states.fields import (
    CAPTCHA,
    CREATES_PIN,
    RENEWS_A_PIN,
    REPEATS_A_PIN,
    SETS_A_PIN,
)
from upstox_browser_login.page.states.going_on import ACKNOWLEDGES, GOES_BY_ITSELF, NEUTRAL
from upstox_browser_login.page.states.screens import (
    A_MOMENT,
    ANNOUNCES,
    CHOOSER,
    CLIENT_CODE,
    ENDS_A_LOCK,
    INACTIVE,
    IS_DOWN,
    IS_OFFLINE,
    IS_OVER_LATER,
    LOGS_IN_NOW,
    NO_CUSTOMER,
    OF_A_PART,
    OF_ANOTHER_THING,
    OPEN_ACCOUNT,
    SUPPOSES,
    TELLS_OF_LOCKS,
    TO_COME,
    UNLOCKS,
)
from upstox_browser_login.page.wire.calls import Traffic
from upstox_browser_login.page.words import CHALLENGE, CHALLENGE_FRAMES, Meaning

from .front import is_of_another
from .texts import body, headings, sentences, titles


def of_a_lock(look: Look) -> list[Text]:
    """Texts with a sentence that says that this account is locked now."""
    return [
        each
        for each in sentences(look)
        if any(_locks(said, each.text) for said in sentences_in(each.text))
    ]


_TOO_MANY = Pattern(r"^(?!.*(\bT?OTPs?\b|\bcodes?\b)).*\btoo many incorrect\b")
"""A lock, unless the same text says how soon the next attempt may be made."""

_LONGEST_LIMIT = 3600.0
"""Seconds: a limit of attempts ends within an hour, a lock does not."""


def _locks(sentence: str, text: str) -> bool:
    """Whether a sentence of a text says that the account is locked, and not only what locks it."""
    says = IS_LOCKED.search(OTHER_ACCOUNTS.without(sentence))
    if says is None and meaning_of(sentence) != "locked":
        wait = stated_wait(text)
        is_limit = wait is not None and wait < _LONGEST_LIMIT
        if is_limit or _TOO_MANY.search(sentence) is None:
            return False
    tells = SUPPOSES.search(sentence) or TELLS_OF_LOCKS.search(sentence)
    of_a_rule = is_a_rule(sentence) or meaning_of(sentence) == "denied"
    return not (tells or of_a_rule)


def locked(look: Look, sent: Sent, traffic: Traffic) -> Stop | None:
    """The end of a login whose account is locked, by a text and one more kind of evidence."""
    said = of_a_lock(look)
    unlocks = [each for each in look.controls if UNLOCKS.search(each.words)]
    closed = [each for each in look.fields if each.disabled and (each.masked or each.boxes)]
    open_field = [each for each in look.fields if not each.disabled]
    why: list[Evidence] = []
    if not (sent.mobile or closed):
        return None  # Upstox does not know yet whose account it would be
    if said:
        why.append(Evidence("words", 2, f"text {said[0].text[:100]!r}"))
    if unlocks and not open_field:
        why.append(Evidence("shape", 2, f"control {unlocks[0].words[:60]!r} and no open field"))
    elif _says_how_to_unlock(unlocks, said) and not sent.lock_told:
        why.append(Evidence("shape", 1, f"control {unlocks[0].words[:60]!r}"))
    elif unlocks and closed:
        why.append(Evidence("shape", 2, "a control unlocks, and the field is closed"))
    elif closed and said and sent.pin:
        why.append(Evidence("shape", 1, "the field is closed"))
    was_sent = sent.pressed_at is not None or went_by_itself(sent, traffic)
    since = sent.pin and was_sent and "pin" not in sent.accepted and not sent.lock_told
    if since and any(each.live for each in said):
        why.append(Evidence("place", 1, "it came after a PIN was sent"))
    if any(
        each.answer and each.answer.said and each.answer.said.meaning == "locked"
        for each in traffic.calls
        # An answer that only reads something, such as a list of errors, is not about this account.
        if each.trusted and (each.posts or each.carries)
    ):
        why.append(Evidence("wire", 2, "the server says so"))
    if len({each.kind for each in why}) < 2:
        return None
    return stop("locked", *why)


def _says_how_to_unlock(unlocks: list[Control], said: list[Text]) -> bool:
    """Whether a message or heading tells of a lock that the PIN does not end, and a button unlocks.

    A link may lead to help on any page, but a button belongs to the form.
    """
    buttons = [each for each in unlocks if each.tag != "a"]
    asks = any(
        ENDS_A_LOCK.search(sentence) for each in said for sentence in sentences_in(each.text)
    )
    return bool(buttons) and not asks and any(each.live or each.head for each in said)


def blocked_code(look: Look, sent: Sent, traffic: Traffic) -> Stop | None:
    """The end of a login that may send no more codes: a text says so, and the field is closed."""
    closed = [
        each
        for each in (() if is_no_login(look) else look.fields)
        # Without the page file, which must not hide that Upstox takes no more codes.
        if each.disabled and candidate(each, "otp", look, sent, traffic).weight >= 2
    ]
    if not closed:
        return None
    said = [
        each
        for each in sentences(look)
        if meaning_of(each.text) == "rate limited" and not is_a_rule(each.text)
    ]
    if not said:
        return None
    why = (
        Evidence("words", 2, f"text {said[0].text[:100]!r}"),
        Evidence("shape", 2, "the field is closed"),
    )
    return stop("otp blocked", *why, added=f" Upstox says: {said[0].text.rstrip('. ')}.")


def checks_for_robots(look: Look) -> list[Frame]:
    """Frames that may ask for a proof that no robot is there. A badge asks for nothing."""
    return [
        each
        for each in look.frames
        if CHALLENGE_FRAMES.search(f"{each.src} {each.title}")
        and each.w >= 60
        and each.h >= 40
        and "size=invisible" not in each.src
    ]


def _checks(text: str) -> bool:
    """Whether a text is of a check for robots, and does not only ask for a moment to log in."""
    if LOGS_IN_NOW.search(text) is not None:
        text = A_MOMENT.without(text)
    return CHALLENGE.search(text) is not None


def challenge(look: Look) -> Stop | None:
    """The end of a login that asks for a proof that no robot is there.

    A check beside an open form may pass by itself. `decide` tells whether the form goes on.
    """
    why: list[Evidence] = []
    frames = checks_for_robots(look)
    fields = [
        each for each in look.fields if is_said_at(each, CAPTCHA) or CAPTCHA.search(each.heading)
    ]
    typed = [each for each in look.fields if each not in fields]
    if frames and not any(not (each.covered or each.disabled) for each in typed):
        why.append(Evidence("shape", 2, "a frame of a challenge"))
    if fields:
        why.append(Evidence("words", 2, "a field for a captcha"))
    said = [each for each in sentences(look) if _checks(each.text)]
    if said and not typed:
        why.append(Evidence("words", 2, f"text {said[0].text[:80]!r}"))
        why.append(Evidence("shape", 1, "and no field"))
    if not why:
        return None
    return stop("challenge", *why)


def by_file(look: Look, marks: Marks) -> Stop | None:
    """The end of a login on a page without a field whose text the page file names."""
    named = None if look.fields else marks.screen_of(look)
    if named is None:
        return None
    name, text = named
    says = Evidence("file", 2, f"text {text.text[:80]!r}")
    return stop(name, says, Evidence("shape", 1, "and no field"))


def by_words(look: Look) -> Stop | None:
    """The end of a login on a page without a field that is known by its words alone."""
    if look.fields:
        return None
    for each in known.SCREENS:
        if each.says is None:
            continue
        said = next(
            (
                text
                for text in sentences(look)
                if each.says.search(text.text)
                and not TO_COME.search(text.text)
                and not _is_of_a_part(each.says, text.text)
                and not _is_announced(text, look)
            ),
            None,
        )
        if said is not None:
            words = Evidence("words", 2, f"text {said.text[:80]!r}")
            return stop(each.name, words, Evidence("shape", 1, "and no field"))
    return None


_OF_TROUBLE: frozenset[Meaning] = frozenset({"trouble", "network", "maintenance", "rate limited"})

_FEW = 3
"""Texts: a page without a heading that has no more says only one thing."""


def said_by_title(look: Look) -> tuple[Meaning, str] | None:
    """What trouble the heading of a page without a form tells of, or all that it says.

    Of several such texts the one that tells most.
    """
    if not all(map(is_of_another, look.fields)):
        return None
    told = [each.text for each in look.texts if each.is_told]
    about = told if len(told) <= _FEW and not any(e.head for e in look.texts) else titles(look)
    found = [(meaning, each) for each in about if (meaning := _trouble_of(each)) is not None]
    found.sort(key=lambda each: each[0] == "trouble")
    return next(iter(found), None)


def _trouble_of(text: str) -> Meaning | None:
    """What trouble a text tells of that is there now, and not only with another thing."""
    if TO_COME.search(text) or SUPPOSES.search(text) or is_a_rule(text):
        return None
    for meaning, says in _TROUBLES:
        if says.search(text):
            return None if _is_of_a_part(says, text) else meaning
    meant = meaning_of(text)
    return meant if meant in _OF_TROUBLE else None


_TROUBLES: tuple[tuple[Meaning, Pattern], ...] = (("network", IS_OFFLINE), ("maintenance", IS_DOWN))


def _is_announced(said: Text, look: Look) -> bool:
    """Whether a heading only names what another text says will come, so that one may go on."""
    others = [each.text for each in sentences(look) if each.text != said.text]
    return (
        ANNOUNCES.search(said.text) is not None
        and any(map(TO_COME.search, others))
        and not any(map(IS_OVER_LATER.search, others))
        and any(NEUTRAL.search(e.words) or ACKNOWLEDGES.search(e.words) for e in look.controls)
    )


def _is_of_a_part(says: Pattern, text: str) -> bool:
    """Whether every sentence that fits `says` is only about a part of Upstox's services.

    What is no part of the login does not end it either, such as a chat or another way to log in.
    """
    said = [each for each in sentences_in(text) if says.search(each)]
    return bool(said) and all(
        OF_A_PART.search(each) is not None or OF_ANOTHER_THING.search(each) is not None
        for each in said
    )


def _creates_a_pin(each: Field) -> bool:
    """Whether a field takes a PIN that does not exist yet.

    Under a heading that says so, a field that shows what is typed may take something else.
    """
    own = f"{each.label} {each.placeholder} {' '.join(each.near[:1])}"
    return CREATES_PIN.search(f"{each.heading} {own}" if each.masked else own) is not None


def _is_repeated(each: Field, look: Look) -> bool:
    """Whether one of two like fields of a form takes the PIN of the other once more.

    So it is where its words say that, or where the page asks for a PIN in place of an old one.
    """
    alike = [
        other
        for other in look.fields
        if other.masked
        and other.maxlength == each.maxlength
        and not other.covered
        and named_by(other)[0] <= {"pin"}
        and (other is each or are_together(each, other))
    ]
    if each not in alike or len(alike) != _TWICE:
        return False
    renews = RENEWS_A_PIN.search(f"{headings(look)} | {body(look)}") is not None
    return renews or any(is_said_at(other, REPEATS_A_PIN) for other in alike)


_TWICE = 2
"""Fields of a form that takes a new PIN, and once more to be sure of it."""


def _is_sent_with(each: Field, form: Form, look: Look) -> bool:
    """Whether a new PIN is asked for in the login's own form, and not only offered beside it."""
    own = [control for control in buttons_of(look, each) if control != form.button]
    return are_together(each, form.field) and not any(SETS_A_PIN.search(e.words) for e in own)


def _client_codes(look: Look) -> set[str]:
    """The client codes of all accounts that can be chosen."""
    words = (each.words for each in look.controls if each.can_be_pressed)
    return {found[0] for found in map(CLIENT_CODE.search, words) if found is not None}


def wants_person(look: Look, sent: Sent, traffic: Traffic) -> Stop | None:
    """The end of a login where a person must set a new PIN or choose an account."""
    facts = traffic.facts
    heads = headings(look)
    is_unset = facts.get("isSecretPinSet") is False
    new_pin = [
        each
        for each in look.fields
        # A form to change the PIN may stand beside all forms.
        if (is_unset or not stood_elsewhere(each, look, sent))
        and (_creates_a_pin(each) or _is_repeated(each, look))
    ]
    form = form_of(look, sent, traffic) if new_pin and not is_unset else None
    if isinstance(form, Form):
        new_pin = [each for each in new_pin if _is_sent_with(each, form, look)]
    titled = CREATES_PIN.search(heads)
    if sent.mobile and (new_pin or (titled and is_unset)):
        why = [Evidence("words", 2, "the form creates a PIN")]
        why.append(
            Evidence("shape", 1, "a field for it")
            if new_pin
            else Evidence("wire", 2, "no PIN is set")
        )
        return stop("create PIN", *why)
    codes = _client_codes(look)
    # A search may stand above the choice.
    asks_for_nothing = all(is_of_another(each) and not each.covered for each in look.fields)
    if sent.mobile and asks_for_nothing and len(codes) > 1:
        each_has_one = Evidence("shape", 2, f"{len(codes)} controls with a client code each")
        return stop("account chooser", each_has_one, Evidence("place", 1, "the number was taken"))
    if sent.mobile and CHOOSER.search(body(look)) and asks_for_nothing:
        several = isinstance(facts.get("accounts"), int) and facts["accounts"] > 1
        if several or len(look.controls) >= 2:
            why = [Evidence("words", 2, "asks to choose an account")]
            why.append(
                Evidence("wire", 2, "the answer lists several")
                if several
                else Evidence("shape", 1, "offers several")
            )
            return stop("account chooser", *why)
    return None


def by_address(look: Look) -> Stop | None:
    """The end of a login on a page that is known by its address."""
    for prefix, name in known.PATHS:
        if not look.path.startswith(prefix):
            continue
        why = (
            Evidence("identity", 2, f"address {prefix}"),
            Evidence("words", 1, "a page of its own"),
        )
        return stop(name, *why)
    return None


def inactive(look: Look, sent: Sent, traffic: Traffic) -> Stop | None:
    """The end of a login whose account is dormant."""
    if not sent.mobile or look.fields:
        return None
    facts = traffic.facts
    controls = (each.words for each in _without_the_foot(look))
    heads = f"{headings(look)} | {' | '.join(controls)}"
    dormant = {"DORMANT", "INACTIVE"} & {
        str(facts.get("customerStatus")),
        str(facts.get("userType")),
    }
    said, told = OTHER_ACCOUNTS.without(body(look)), OTHER_ACCOUNTS.without(heads)
    if INACTIVE.search(said) and (dormant or INACTIVE.search(told)):
        why = (Evidence("words", 2, "speaks of reactivation"), Evidence("shape", 1, "and no field"))
        return stop("reactivate account", *why)
    return None


def no_customer(look: Look, sent: Sent, traffic: Traffic) -> Stop | None:
    """The end of a login whose number is said to be no customer's."""
    if _may_be_a_customers(look, sent, traffic):
        return None
    said = [each for each in _told_anew(look, sent) if not SUPPOSES.search(each)]
    if not any(map(NO_CUSTOMER.search, said)):
        return None
    return stop(
        "account opening",
        Evidence("words", 2, "says that the number is no customer's"),
        Evidence("shape", 1, "and no field"),
    )


def only_opens_an_account(look: Look, sent: Sent, traffic: Traffic) -> Stop | None:
    """The end of a login on a screen that leads nowhere but to the opening of an account."""
    if _may_be_a_customers(look, sent, traffic):
        return None
    if any(said.search(body(look)) for said in (LOGS_IN_NOW, GOES_BY_ITSELF)):
        return None
    offers = _told_anew(look, sent) + _main_buttons(look, sent)
    if not any(map(OPEN_ACCOUNT.search, offers)):
        return None
    return stop(
        "account opening",
        Evidence("words", 2, "offers to open an account"),
        Evidence("shape", 1, "and no field"),
    )


def _may_be_a_customers(look: Look, sent: Sent, traffic: Traffic) -> bool:
    """Whether nothing on this page can say that the number belongs to no customer.

    Only a customer has an authenticator or a PIN. To a customer an offer to open an account is an
    advertisement.
    """
    if not sent.mobile or look.fields:
        return True
    facts = traffic.facts
    is_customer = facts.get("userType") == "CUSTOMER" or facts.get("isSecretPinSet") is True
    return is_customer or sent.pin or not sent.accepted.isdisjoint({"otp", "pin"})


def _told_anew(look: Look, sent: Sent) -> list[str]:
    """The headings, messages and texts of a dialog that did not stand beside the last form."""
    return [
        each.text
        for each in look.texts
        if (each.head or each.dialog or each.live)
        and each.is_told
        and each.text not in sent.headings
    ]


def _main_buttons(look: Look, sent: Sent) -> list[str]:
    """The words of the buttons under the heading that did not stand beside the last form.

    Links, and what stands above the heading or in the foot, are the same on all pages of a site.
    """
    heads = [number for number, each in enumerate(look.texts) if each.head and not each.footer]
    above = {each.text for each in look.texts[: heads[0]] if each.control} if heads else set()
    return [
        each.words
        for each in _without_the_foot(look)
        if each.can_be_pressed and not each.is_link and each.words not in above | sent.stood
    ]


def _without_the_foot(look: Look) -> list[Control]:
    """The controls of a page but those that stand in its foot alone."""
    own = {each.text for each in look.texts if each.control and not each.footer}
    foot = {each.text for each in look.texts if each.control and each.footer} - own
    return [each for each in look.controls if each.words not in foot]
