"""What may change on somebody else's page, and whether the walk bears it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.recordings.bundles import Copy, Line


@dataclass(frozen=True)
class Mutation:
    """One change: whether the looks still pass, and what `--diff` is to say of it."""

    name: str
    change: Callable[[Copy], None]
    passes: bool
    told: str
    bundle: str = "plain"


def said(old: str, new: str) -> Callable[[Copy], None]:
    return lambda copy: copy.say(old, new)


def fields(**members: Any) -> Callable[[Copy], None]:
    """Give every field these members."""

    def give(look: Line) -> None:
        for each in look.get("fields", ()):
            each.update(members)

    return lambda copy: copy.looks(give)


def text(words: str, **members: Any) -> Callable[[Copy], None]:
    """Add a text to every look with a field."""

    def add(look: Line) -> None:
        if look.get("fields"):
            look["texts"] = [*look["texts"], {"text": words, **members}]

    return lambda copy: copy.looks(add)


def control(words: str, **members: Any) -> Callable[[Copy], None]:
    def add(look: Line) -> None:
        if look.get("fields"):
            look["controls"] = [*look["controls"], {"n": 99, "words": words, **members}]

    return lambda copy: copy.looks(add)


def overlay(copy: Copy) -> None:
    def cover(look: Line) -> None:
        if look.get("fields"):
            look["modal"] = True
            for each in (*look["fields"], *look["controls"]):
                each["covered"] = True
            look["controls"].append({"n": 98, "words": "Got it", "dialog": 1})
            look["texts"].append({"text": "News in the app", "head": True, "dialog": 1})

    copy.looks(cover)


def stripped(copy: Copy) -> None:
    """Leave nothing that names the number's field."""

    def strip(look: Line) -> None:
        for each in look.get("fields", ()):
            if each.get("id") == "mobileNum":
                for name in ("id", "near", "heading", "maxlength", "autocomplete"):
                    each.pop(name, None)
        if any(not each.get("id") for each in look.get("fields", ())):
            look["texts"] = [{"text": "Namaste"}]
            look["controls"] = []

    copy.looks(strip)


def path(old: str, new: str) -> Callable[[Copy], None]:
    """Move a path, in the addresses and in what the walk heard."""

    def move(copy: Copy) -> None:
        copy.say(old, new, "exchanges.jsonl")
        copy.say(old, new)

    return move


def status(part: str, number: int) -> Callable[[Copy], None]:
    """Another HTTP status, with an answer that is no longer a success."""

    def change(copy: Copy) -> None:
        copy.exchange(part, lambda x: x["response"].update(status=number), "POST")

        def heard(call: Line) -> None:
            if part in call["path"] and call.get("answer") and call["method"] == "POST":
                call["status"] = number
                call["answer"].update(status=number, ok=False)

        copy.calls(heard)

    return change


def refused(part: str, code: str, words: str) -> Callable[[Copy], None]:
    """Another error in an answer."""

    def change(copy: Copy) -> None:
        copy.answer(
            part, lambda data: data.update(success=False, error={"code": code, "message": words})
        )

        def heard(call: Line) -> None:
            if part in call["path"] and call.get("answer") and call["method"] == "POST":
                call["answer"].update(ok=False, said={"text": words, "code": code}, facts={})

        copy.calls(heard)

    return change


def dropped(part: str) -> Callable[[Copy], None]:
    """A call that is no longer made, or nobody hears of."""

    def change(copy: Copy) -> None:
        copy.lines("exchanges.jsonl", lambda lines: [x for x in lines if part not in x["url"]])
        copy.lines(
            "looks.jsonl",
            lambda lines: [x for x in lines if "wire" not in x or part not in x["wire"]["path"]],
        )

    return change


def header(copy: Copy) -> None:
    copy.exchange(
        "otp/generate",
        lambda x: x["response"]["headers"].append(["x-frame-options", "DENY"]),
        "POST",
    )


def asks_more(copy: Copy) -> None:
    def add(line: Line) -> None:
        data = json.loads((copy.path / "bodies" / line["request"]["body"]).read_text("utf-8"))
        data["data"]["deviceToken"] = "web"
        line["request"]["body"] = copy.body(json.dumps(data))

    copy.exchange("otp/generate", add, "POST")


def swapped(copy: Copy) -> None:
    """The right code is refused, and the wrong one taken."""

    def swap(lines: list[Line]) -> None:
        one, two = (x for x in lines if "totp/verify" in x["url"] and x["method"] == "POST")
        one["response"], two["response"] = two["response"], one["response"]

    copy.lines("exchanges.jsonl", swap)

    def heard(call: Line) -> None:
        if "totp/verify" in call["path"] and call.get("answer") and call["method"] == "POST":
            call["answer"]["ok"] = not call["answer"].get("ok")
            call["answer"]["said"] = (
                None if call["answer"]["ok"] else {"text": "no", "code": "1017093"}
            )

    copy.calls(heard)


def reordered(copy: Copy) -> None:
    def swap(lines: list[Line]) -> list[Line]:
        first = next(x for x in lines if "login-config" in x["url"])
        return [x for x in lines if x is not first] + [first]

    copy.lines("exchanges.jsonl", swap)


HEAD = "Let\u2019s get started"
MUTATIONS = (
    # Names that scripts give: one kind of evidence less, and the others are enough.
    Mutation("the number's id", said("mobileNum", "inp-1"), True, "id was 'mobileNum', is 'inp-1'"),
    Mutation("the code's id", said("otpNum", "inp-2"), True, "id was 'otpNum', is 'inp-2'"),
    Mutation("the PIN's id", said("pinCode", "inp-3"), True, "id was 'pinCode', is 'inp-3'"),
    Mutation("the button's id", said("getOtp", "b7"), True, "id was 'getOtp', is 'b7'"),
    Mutation(
        "a name for each field", fields(name="credential"), True, "name was '', is 'credential'"
    ),
    Mutation("a test id for each field", fields(testid="x-1"), True, "testid was '', is 'x-1'"),
    Mutation(
        "the number's type",
        said('"id": "mobileNum"', '"type": "tel", "id": "mobileNum"'),
        True,
        "type was 'text', is 'tel'",
    ),
    Mutation(
        "the PIN has five digits' room",
        said('"maxlength": 6', '"maxlength": 5'),
        False,
        "maxlength was 6, is 5",
    ),
    Mutation(
        "the number has room for eight",
        said('"maxlength": 10', '"maxlength": 8'),
        False,
        "maxlength was 10, is 8",
    ),
    Mutation(
        "the PIN is shown as it is typed",
        said('"type": "password"', '"type": "text"'),
        True,
        "type was 'password', is 'text'",
    ),
    Mutation(
        "autocomplete for codes",
        said('"autocomplete": "off"', '"autocomplete": "one-time-code"'),
        True,
        "autocomplete was 'off', is 'one-time-code'",
    ),
    Mutation("every field disabled", fields(disabled=True), False, ""),
    Mutation("every field covered", fields(covered=True), False, ""),
    # Words that people read.
    Mutation(
        "the PIN's label",
        said("Enter 6-digit PIN", "Your 6-digit PIN"),
        True,
        "label was 'Enter 6-digit PIN', is 'Your 6-digit PIN'",
    ),
    Mutation(
        "the PIN's label names a password",
        said("Enter 6-digit PIN", "Password"),
        False,
        "label was 'Enter 6-digit PIN', is 'Password'",
    ),
    Mutation(
        "the number's label",
        said("Enter mobile number", "Registered mobile number"),
        True,
        "'Enter mobile number' is now 'Registered mobile number'",
    ),
    Mutation(
        "the number's label asks for an e-mail",
        said("Enter mobile number", "Enter email address"),
        False,
        "'Enter mobile number' is now 'Enter email address'",
    ),
    Mutation(
        "the code's label",
        said("Enter OTP or TOTP", "Enter TOTP"),
        True,
        "'Enter OTP or TOTP' is now 'Enter TOTP'",
    ),
    Mutation(
        "the heading",
        said(HEAD, "Welcome to Upstox"),
        True,
        f"heading was '{HEAD}', is 'Welcome to Upstox'",
    ),
    Mutation(
        "the title",
        said("Login to Upstox", "Upstox Web"),
        True,
        "the title was 'Login to Upstox', is 'Upstox Web'",
    ),
    Mutation(
        "the button's words",
        said("Get OTP", "Send OTP"),
        True,
        "words was 'Get OTP', is 'Send OTP'",
    ),
    Mutation(
        "the button asks to sign up",
        said("Get OTP", "Sign up"),
        False,
        "words was 'Get OTP', is 'Sign up'",
    ),
    Mutation("a page in Tamil without shape or name", stripped, False, "is gone"),
    # What appears beside the forms.
    Mutation("one more link", control("Need help?", tag="a"), True, "'Need help?' is new"),
    Mutation("one more text", text("Now with dark mode"), True, "'Now with dark mode' is new"),
    Mutation("a dialog over the page", overlay, False, "a dialog now covers the page"),
    Mutation(
        "the account is locked",
        text("Your account has been locked", live="alert"),
        False,
        "'Your account has been locked' is new",
    ),
    Mutation(
        "a check for robots", text("Verify you are human"), True, "'Verify you are human' is new"
    ),
    Mutation(
        "a text becomes an alert",
        said('"text": "Welcome back"', '"live": "status", "text": "Welcome back"'),
        True,
        "'Welcome back' was marked as no message, is now a message (status)",
    ),
    # What goes over the wire.
    Mutation(
        "a version in a path",
        path("/login/open/v6/", "/login/open/v7/"),
        True,
        "has another version",
    ),
    Mutation(
        "another version of the PIN's call",
        path("/login/open/v3/", "/login/open/v11/"),
        True,
        "has another version",
    ),
    Mutation(
        "the status of the code's answer",
        status("totp/verify", 500),
        False,
        "the status of the answer was 200, is 500",
    ),
    Mutation(
        "too many requests",
        status("otp/generate", 429),
        False,
        "answer was 200, is 429",
    ),
    Mutation(
        "the PIN is refused",
        refused("auth/2fa", "1017106", "You have entered an incorrect PIN"),
        False,
        "the answer now has error.code = ",
    ),
    Mutation(
        "an error that nobody knows",
        refused("otp/generate", "1019999", "Something new"),
        False,
        "the answer now has error.code = ",
    ),
    Mutation(
        "the number's call is gone",
        dropped("otp/generate"),
        False,
        "otp/generate is not made",
    ),
    Mutation("the PIN's call is gone", dropped("auth/2fa"), False, "auth/2fa is not made any more"),
    Mutation("one more header", header, True, "now has the header x-frame-options = 'DENY'"),
    Mutation(
        "one more field in a request",
        asks_more,
        True,
        "now has data.deviceToken = 'web'",
    ),
    Mutation("calls in another order", reordered, True, "they come in another order"),
    Mutation("the answers of two codes swapped", swapped, False, "success was", "wrong-code-once"),
    Mutation(
        "another refusal of the PIN",
        said("You have entered an incorrect PIN", "No"),
        True,
        "the text",
        "wrong-pin",
    ),
)
