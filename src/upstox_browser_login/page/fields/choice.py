"""Which field is filled next: the one that is certain and has no rival, or none."""

from __future__ import annotations

from collections.abc import Iterator

from upstox_browser_login.page.controls import buttons_of
from upstox_browser_login.page.here import NEAR, Form, Nothing, Sent
from upstox_browser_login.page.look import Field, Look
from upstox_browser_login.page.marks import NO_MARKS, Marks
from upstox_browser_login.page.nearness import are_together, share_a_form
from upstox_browser_login.page.states.fields import KNOWN, LOGIN, PURPOSES
from upstox_browser_login.page.wire.calls import CARRIES_NUMBER, Call, Traffic

from .around import names_a_login, sends_a_login, stood_elsewhere
from .candidate import Candidate, candidate
from .names import named_by, takes_totp
from .place import went_by_itself
from .words import is_of_another_form

MOST_FIELDS = 60
"""A page with more fields is no login."""

MOST_PAIRS = 2000
"""Pairs of a field and a control: eight fields beside a list of all countries.

A page with more of them is no login, and to weigh them all at each look would delay the time-out.
"""


def is_none_of_ours(each: Field, look: Look, sent: Sent, traffic: Traffic, marks: Marks) -> bool:
    """Whether a field stood beside the last form, and is forbidden for what is still to be sent.

    A chat or a search stands on every screen and does not tell which screen this is; nor does a
    field for a number once that was taken. A field that holds something is never left out, since
    its form may be about to be sent.
    """
    if each.likeness not in sent.beside or each.n == sent.field or each.holds:
        return False
    found = _for_each_purpose(each, look, sent, traffic, marks)
    return all(one.forbidden or _is_of_what_was_taken(one, sent) for one in found)


def is_forbidden(each: Field, look: Look, sent: Sent, traffic: Traffic, marks: Marks) -> bool:
    """Whether something forbids the field for all that a login types."""
    found = _for_each_purpose(each, look, sent, traffic, marks)
    return not each.holds and all(one.forbidden for one in found)


def _for_each_purpose(
    each: Field, look: Look, sent: Sent, traffic: Traffic, marks: Marks
) -> Iterator[Candidate]:
    return (candidate(each, purpose, look, sent, traffic, marks=marks) for purpose in PURPOSES)


def _is_of_what_was_taken(each: Candidate, sent: Sent) -> bool:
    """Whether the words at a field call it one for what was taken before."""
    return each.purpose in sent.accepted and "words" in each.kinds


def is_no_login(look: Look) -> bool:
    """Whether the page has more fields, or more pairs of fields and controls, than any login."""
    fields = len(look.fields)
    return fields > MOST_FIELDS or fields * len(look.controls) > MOST_PAIRS


def candidates(
    look: Look, sent: Sent, traffic: Traffic, marks: Marks = NO_MARKS, *, covered: bool = False
) -> list[Candidate]:
    """Every field with every purpose, the likeliest first; none where there are too many fields.

    Only fields that nothing lies over, or with `covered` only the others.
    """
    if is_no_login(look):
        return []
    found = [
        candidate(each, purpose, look, sent, traffic, marks=marks, own=own)
        for each in look.fields
        if each.covered == covered
        for own in [buttons_of(look, each)]
        for purpose in PURPOSES
    ]
    return sorted(_without_faint(found), key=lambda each: -each.weight)


def _without_faint(found: list[Candidate]) -> list[Candidate]:
    """Leave out fields that can hardly be seen, where a visible one may be meant.

    A transparent field may draw boxes for digits, or be a trap for programs.
    """
    clear = {
        each.purpose
        for each in found
        if not (each.field.faint or each.forbidden) and each.kinds - {"place", "wire"}
    }
    return [each for each in found if not (each.field.faint and each.purpose in clear)]


def _without_traps(found: list[Candidate], covered: list[Candidate]) -> list[Candidate]:
    """Leave out a field that can hardly be seen and lies over another one for the same purpose.

    A transparent field that draws boxes for digits lies over no field that can be typed into.
    """
    under = [
        each
        for each in covered
        if not (each.field.faint or each.field.disabled or each.field.boxes or each.forbidden)
        and each.kinds - {"place", "wire"}
    ]
    return [
        each
        for each in found
        if not each.field.faint
        or not any(
            each.purpose == other.purpose and _overlap(each.field, other.field) for other in under
        )
    ]


def _overlap(one: Field, other: Field) -> bool:
    (left, top, width, height), (x, y, w, h) = one.at, other.at
    across = left < x + w and x < left + width
    return one.frame == other.frame and across and top < y + h and y < top + height


def _has_a_rival(best: Candidate, found: list[Candidate]) -> bool:
    """Whether another field comes near for the same purpose, or another purpose for this field."""
    return any(
        _is_another_of_its_purpose(each, best) or _is_of_another_purpose(each, best)
        for each in found
        if each is not best
    )


def _is_another_of_its_purpose(each: Candidate, best: Candidate) -> bool:
    """Whether another field is as likely, or has a code's or PIN's name in a form of its own.

    Which of two forms gets a secret is not decided by the better shape alone.
    """
    near = each.weight > best.weight - NEAR
    is_so_called = best.purpose != "mobile" and {"identity", "words"} <= each.kinds
    apart = is_so_called and not are_together(each.field, best.field)
    return (
        each.holds
        and (near or apart)
        and (each.field.n, each.field.frame) != (best.field.n, best.field.frame)
        and each.purpose == best.purpose
    )


def _is_of_another_purpose(each: Candidate, best: Candidate) -> bool:
    forbids = {evidence.kind for evidence in each.evidence if evidence.weight < 0}
    return each.field is best.field and (
        (each.holds and each.weight > best.weight - NEAR)
        # A field that its words alone forbid is still a rival if other evidence is stronger.
        or (
            forbids <= {"words"} and len(each.kinds - {"words"}) >= 2 and each.weight >= best.weight
        )
    )


def _of_customers(found: list[Candidate], covered: list[Candidate]) -> list[Candidate]:
    """Leave out the number's field of a form whose heading names it as another one.

    Only where another field for a number stands there too, even a `covered` one, since a heading
    may belong to the whole page. Where more speaks for the other form's field, both are left out,
    unless the login has a heading of its own.
    """
    numbers = [each for each in found + covered if each.purpose == "mobile" and not each.forbidden]
    others = [each for each in numbers if is_of_another_form(each.field)]
    own = [each for each in numbers if each not in others and "words" in each.kinds]
    own.sort(key=lambda each: -each.weight)
    if not (own and others):
        return found
    has_own_head = LOGIN.search(own[0].field.heading) is not None
    is_less = own[0].weight <= others[0].weight - NEAR and not (
        has_own_head and own[0].field.heading != others[0].field.heading
    )
    return [each for each in found if each not in (numbers if is_less else others)]


def _sent_as_a_login(found: list[Candidate]) -> list[Candidate]:
    """Leave out numbers of forms that do not speak of a login, where another one does.

    A form that texts a link to an app may name its field as well as the login does.
    """
    numbers = [each for each in found if each.purpose == "mobile" and each.holds]
    sent = [each for each in numbers if sends_a_login(each.button, each.own)]
    others = [each for each in numbers if each not in sent and not _speaks_of_login(each)]
    is_told = any(map(_speaks_of_login, sent))
    return [each for each in found if not (is_told and each in others)]


def _with_the_only_number(found: list[Candidate]) -> list[Candidate]:
    """Leave out the other numbers, where exactly one is certain and has its place in the login.

    A number has that place only where every other field is known to be for something else.
    """
    placed = [e for e in found if e.purpose == "mobile" and e.holds and "place" in e.kinds]
    if len(placed) != 1:
        return found
    return [each for each in found if each.purpose != "mobile" or each is placed[0]]


def _by_authenticator(found: list[Candidate]) -> list[Candidate]:
    """Leave out the other fields for a code, where one of them names the authenticator."""
    codes = [each for each in found if each.purpose == "otp" and not each.forbidden]
    of_app = {(each.field.n, each.field.frame) for each in codes if takes_totp(each.field)}
    return [
        each
        for each in found
        if each.purpose != "otp" or not of_app or (each.field.n, each.field.frame) in of_app
    ]


def _of_the_form_at_work(
    found: list[Candidate], look: Look, sent: Sent, traffic: Traffic
) -> list[Candidate]:
    """Leave out fields of other forms while a filled one has not been sent.

    The next form is drawn after the filled one was sent, so what stands there already is for
    something else. Where the page has sent something by itself, a form that was not there before is
    the next one.
    """
    filled = [
        each
        for each in look.fields
        if each.n == sent.field and each.holds and not (each.disabled or each.covered)
    ]
    if not filled or sent.pressed_at is not None or sent.last in sent.accepted:
        return found
    went = went_by_itself(sent, traffic)
    return [
        each
        for each in found
        if each.field in filled
        or are_together(filled[0], each.field)
        or (went and not stood_elsewhere(each.field, look, sent))
    ]


def _that_came(found: list[Candidate], look: Look, sent: Sent) -> list[Candidate]:
    """Leave out fields for a code that stood beside the last form, where another one has come.

    A box for a code by e-mail may stand on every screen, and may have the better name.
    """
    codes = [each for each in found if each.purpose == "otp" and not each.forbidden]
    stood = [each for each in codes if stood_elsewhere(each.field, look, sent)]
    came = [each for each in codes if each not in stood and each.kinds - {"place", "wire"}]
    # A field that hides its text and is not known as a code's may be the PIN's, which comes later.
    if not any(each.holds or not each.field.masked for each in came):
        return found
    return [each for each in found if each not in stood]


def _once_the_number_is_sent(
    found: list[Candidate], sent: Sent, traffic: Traffic
) -> list[Candidate]:
    """Leave out codes and PINs of the number's form, until its own button has sent the number.

    Its first button sends a code to the number; its second submits the number with that code.
    """
    if "mobile" in sent.accepted or sent.last not in {None, "mobile"}:
        return found
    if sent.pressed_at is not None and _may_have_sent_a_code(traffic.since(sent.pressed_at)):
        return found
    numbers = [e.field for e in found if e.purpose == "mobile" and e.holds and e.has_code_sent]
    return [
        each
        for each in found
        if each.purpose == "mobile"
        or not any(each.field is not own and share_a_form(each.field, own) for own in numbers)
    ]


def _may_have_sent_a_code(calls: tuple[Call, ...]) -> bool:
    """Whether the call with the number was answered, or one that may hold it encrypted."""
    carriers = [each for each in calls if CARRIES_NUMBER in each.carries]
    posts = [each for each in calls if each.posts and each.trusted]
    may = carriers or [each for each in posts if each.of_the_login] or posts
    return any(each.ended is not None for each in may)


def _first_in_a_login(clear: list[Candidate], sent: Sent) -> Candidate:
    """Of the certain fields, the one that comes first in a login and was not sent yet."""
    order = {purpose: index for index, purpose in enumerate(PURPOSES)}
    unsent = [
        each for each in clear if not sent.sent(each.purpose) and each.purpose not in sent.accepted
    ]
    # After a refusal the same form is filled again.
    again = [each for each in clear if each.purpose == sent.last]
    pool = unsent or again or clear
    return min(pool, key=lambda each: (order[each.purpose], -each.weight))


def _said_of_login(each: Candidate) -> tuple[bool, bool]:
    """How surely the field's button sends a login: the larger of two such values is the surer."""
    says_so = each.button is not None and names_a_login(each.button)
    return sends_a_login(each.button, each.own), says_so


def _speaks_of_login(each: Candidate) -> int:
    """How many of the field's texts and its button speak of a login: none, one or both."""
    by_button = each.button is not None and names_a_login(each.button)
    heads = KNOWN["mobile"].form.search(each.field.heading) is not None
    return int(heads or any(map(LOGIN.search, each.field.near))) + int(by_button)


def _logins_elsewhere(best: Candidate, found: list[Candidate]) -> list[Candidate]:
    """Other fields that are named as the number's, in forms that may be the login as well.

    A form for something else may have the better field for a number than the login itself.
    """
    named = [
        each
        for each in found
        if each.purpose == "mobile"
        and (each.field.n, each.field.frame) != (best.field.n, best.field.frame)
        and not each.forbidden
        and "words" in each.kinds
    ]
    if not named or best.field.holds:
        return []
    said = _said_of_login(best)
    speaks = _speaks_of_login(best)
    return [
        each
        for each in named
        if _said_of_login(each) > said
        or (
            "mobile" in named_by(each.field)[0]
            and not are_together(each.field, best.field)
            and _speaks_of_login(each) >= speaks
        )
    ]


def form_of(
    look: Look, sent: Sent, traffic: Traffic, marks: Marks = NO_MARKS
) -> Form | Nothing | None:
    """The form to fill next. None if there is none, `Nothing` if several fields come near."""
    covered = candidates(look, sent, traffic, marks, covered=True)
    found = _without_traps(candidates(look, sent, traffic, marks), covered)
    found = _sent_as_a_login(_of_customers(found, covered))
    found = _that_came(_of_the_form_at_work(found, look, sent, traffic), look, sent)
    found = _once_the_number_is_sent(_by_authenticator(_with_the_only_number(found)), sent, traffic)
    certain = [each for each in found if each.holds]
    if not certain:
        return None
    clear = [each for each in certain if not _has_a_rival(each, found) and not each.field.disabled]
    if not clear:
        rivals = tuple(e for each in certain[:2] for e in each.evidence)
        return None if all(each.field.disabled for each in certain) else Nothing(False, rivals)
    best = _first_in_a_login(clear, sent)
    if best.purpose == "mobile":
        elsewhere = _logins_elsewhere(best, found)
        if elsewhere:
            return Nothing(False, (*best.evidence, *elsewhere[0].evidence))
    return Form(best.purpose, best.field, best.button, best.evidence)
