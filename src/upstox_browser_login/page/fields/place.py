"""Evidence from the course of the login: what was sent and answered before this field came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from upstox_browser_login.page.here import Evidence, Sent
from upstox_browser_login.page.look import Field, Look
from upstox_browser_login.page.states.fields import Purpose
from upstox_browser_login.page.wire.calls import CARRIED, Traffic

from .names import named_by


def place_of(each: Field, purpose: Purpose, sent: Sent, traffic: Traffic) -> Iterable[Evidence]:
    """The evidence that earlier successful answers give for or against this field."""
    match purpose:
        case "otp" if "mobile" in sent.accepted and "otp" not in sent.accepted:
            yield Evidence("place", 1, "comes after the number was taken", "page")
        case "otp" if sent.last == "mobile" and each.n != sent.field and _was_sent(sent, traffic):
            yield Evidence("place", 1, "comes after a call with the number was answered", "page")
        case "otp" if sent.last == "mobile" and _led_on(sent, traffic):
            yield Evidence("place", 1, "comes in the page that the number led to", "page")
        # A form may send the number and the PIN together, before the code.
        case "otp" if _may_follow_the_pin(sent) and _led_on(sent, traffic):
            yield Evidence("place", 1, "comes in the page that the number and PIN led to", "page")
        case "pin" if "otp" in sent.accepted and not sent.pin:
            yield Evidence("place", 1, "comes after the code was taken", "page")
        case "pin" if sent.last == "otp" and each.n != sent.field and _was_sent(sent, traffic):
            yield Evidence("place", 1, "comes after a call with the code was answered", "page")
        case "pin" if sent.last == "otp" and _led_on(sent, traffic):
            yield Evidence("place", 1, "comes in the page that the code led to", "page")
        case "pin" | "password" if "mobile" in sent.accepted and not sent.sent(purpose):
            yield Evidence("place", 1, "comes after the number was taken", "page")


def _may_follow_the_pin(sent: Sent) -> bool:
    """Whether the PIN was sent last, after the number and before any code."""
    return sent.last in {"pin", "password"} and sent.mobile and sent.codes == 0


def comes_after_the_code(each: Field, sent: Sent, traffic: Traffic) -> bool:
    """Whether a code was accepted before this field came, or at least sent and answered."""
    if "otp" in sent.accepted or sent.last != "otp":
        return "otp" in sent.accepted
    return _led_on(sent, traffic) or (each.n != sent.field and _was_sent(sent, traffic))


def went_by_itself(sent: Sent, traffic: Traffic) -> bool:
    """Whether the page has sent something since the first character was typed, before any press.

    A press would then submit a second time.
    """
    if sent.last is None or sent.pressed_at is not None:
        return False
    what = CARRIED[sent.last]
    since = traffic.since(sent.typed_at)
    if sent.last == "mobile":
        # Other calls may carry nothing of the number, so only one that holds it has sent it.
        return any(each.posts and what in each.carries for each in since)
    return any(
        (each.posts and not each.same and (each.kind != "document" or each.main))
        or what in each.carries
        for each in since
    )


def _was_sent(sent: Sent, traffic: Traffic) -> bool:
    """Whether all calls with the credential were answered, though nobody can read the answers.

    A beacon's answer is only a status, and a sealed or empty answer tells no more. Nothing is
    booked by it: it only says that what follows on the page comes after what was sent.
    """
    assert sent.last is not None  # noqa: S101  (of the callers)
    carriers = traffic.carriers(CARRIED[sent.last], sent.typed_at)
    return bool(carriers) and all(
        each.trusted
        and not each.broke
        and each.status is not None
        and 200 <= each.status < 300
        and (each.kind == "beacon" or (each.answer is not None and each.answer.ok is None))
        for each in carriers
    )


def _led_on(sent: Sent, traffic: Traffic) -> bool:
    """Whether the credential was sent with a request for a page, and that page has come.

    Nothing is booked by it, since a page that refuses what was sent comes in the same way.
    """
    assert sent.last is not None  # noqa: S101  (of the callers)
    carriers = traffic.carriers(CARRIED[sent.last], sent.typed_at)
    came = traffic.document
    return (
        bool(carriers)
        and all(each.main and each.trusted and not each.broke for each in carriers)
        and came is not None
        and came.trusted
        and came.at >= carriers[-1].at
        and 200 <= (came.status or 0) < 300
    )


def filled_of(
    each: Field, purpose: Purpose, look: Look, sent: Sent, traffic: Traffic
) -> Iterable[Evidence]:
    """The evidence of what was typed: a field that holds it still, or that was emptied of it."""
    if sent.last is None:
        return
    if each.holds and each.n == sent.field:
        if purpose == sent.last:
            yield Evidence("place", 2, f"holds what was typed as the {purpose}")
        else:
            yield Evidence("place", -1, f"holds what was typed as the {sent.last}")
    elif (
        purpose == sent.last
        and each.likeness == sent.likeness
        and (each.label or each.placeholder or _is_the_very_one(each, purpose, sent))
        and all(other is each or other.n != sent.field for other in look.fields)
        and _is_silent(sent, traffic)
    ):
        # A page that has sent nothing cannot have gone on to the next form.
        yield Evidence("place", 1, f"is like the field of the {purpose}, and nothing was sent")


def _is_the_very_one(each: Field, purpose: Purpose, sent: Sent) -> bool:
    """Whether it is the element that was typed into, and is still named and headed so."""
    is_headed = not each.heading or each.heading in sent.headings
    return each.n == sent.field and is_headed and purpose in named_by(each)[0]


def _is_silent(sent: Sent, traffic: Traffic) -> bool:
    """Whether the page has asked for nothing new since the first character."""
    return all(each.same for each in traffic.since(sent.typed_at))


def wire_of(purpose: Purpose, sent: Sent, traffic: Traffic) -> Iterable[Evidence]:
    """The evidence that the newest successful answer gives for the credential that comes next."""
    facts = _newest_facts(traffic)
    match purpose:
        case "otp" if _asks_for_code(facts):
            yield Evidence("wire", 2, "the answer to the number asks for a code", "page")
        case "pin" if facts.get("isSecretPinSet") is True and not sent.pin:
            yield Evidence("wire", 2, "the answer says that a PIN is set", "page")
        case "pin" if facts.get("isSecretPinSet") is False:
            yield Evidence("wire", -1, "the answer says that no PIN is set")
        case "pin" if facts.get("knows the user") and not sent.pin:
            yield Evidence("wire", 1, "the answer knows the customer", "page")
        case "password" if facts.get("nextStep") == "PASSWORD":
            yield Evidence("wire", 2, "the answer asks for a password", "page")


def code_is_asked_for(traffic: Traffic) -> bool:
    """Whether the newest successful answer asks for a code and for nothing else."""
    return _asks_for_code(_newest_facts(traffic))


def pin_is_asked_for(traffic: Traffic) -> bool:
    """Whether the newest successful answer knows the customer, or that they have a PIN."""
    facts = _newest_facts(traffic)
    return facts.get("isSecretPinSet") is True or bool(facts.get("knows the user"))


def _newest_facts(traffic: Traffic) -> Mapping[str, Any]:
    """The content of the newest successful answer; empty if there is none."""
    answered = [
        each for each in traffic.calls if each.facts and each.answer and each.answer.ok is not False
    ]
    if not answered:
        return {}
    return max(answered, key=lambda each: each.answered_at or 0.0).facts


def _asks_for_code(facts: Mapping[str, Any]) -> bool:
    """Whether an answer with this content asks for a code and for nothing else."""
    asks = facts.get("asks for a code") or "nextRequestInterval" in facts
    return bool(asks or "isTotpEnabled" in facts) and facts.get("nextStep") is None
