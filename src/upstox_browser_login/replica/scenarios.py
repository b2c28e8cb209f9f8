"""Every way in which the replica can be other than a plain good day, declared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from msgspec import Struct

DOCUMENT_STEPS = ("dialog", "authorize", "hop")
SERVICE_STEPS = ("otp", "verify", "lead", "create-pin", "pin", "approve", "refresh")
STEPS = (
    "dialog",
    "authorize",
    "config",
    "script",
    "otp",
    "verify",
    "lead",
    "create-pin",
    "pin",
    "approve",
    "refresh",
    "hop",
    "token",
    "token-request",
    "profile",
    "funds",
    "holidays",
    "timings",
    "logout",
)

_STEP = f"(?:{'|'.join(STEPS)})"
_SERVICE = f"(?:{'|'.join(SERVICE_STEPS)})"
_NUMBER = r"\d+(?:\.\d+)?"


class Scenario(Struct, frozen=True):
    """One departure from the good day.

    ``parameter`` spells the value for people (empty: none; in brackets: optional) and
    ``pattern`` is what a value must match in full.
    """

    name: str
    summary: str
    parameter: str = ""
    pattern: str = ""

    @property
    def usage(self) -> str:
        """How it is written: ``slow=STEP:SECONDS``."""
        if self.parameter.startswith("["):
            return f"{self.name}[={self.parameter[1:]}"
        return f"{self.name}={self.parameter}" if self.parameter else self.name

    def accepts(self, value: str | None) -> bool:
        """Whether *value* (``None``: none given) may stand behind the name."""
        if value is None:
            return not self.parameter or self.parameter.startswith("[")
        return bool(self.parameter) and re.fullmatch(self.pattern, value) is not None


_DECLARATIONS = (
    # The account
    Scenario("totp-not-enabled", "the account has no TOTP: the box asks for an SMS code only"),
    Scenario("remembered", "the browser is known and opens at the PIN"),
    Scenario(
        "create-pin",
        "no PIN is set: a form with the PIN form's ids asks to create one",
    ),
    Scenario("dormant", "the customer is DORMANT, which the page ignores for API apps"),
    Scenario("inactive", "the customer is INACTIVE, which the page ignores for API apps"),
    Scenario(
        "internal-app",
        "the app counts as Upstox's own: after the PIN, DORMANT and INACTIVE customers get an "
        "empty PIN form without a word",
    ),
    Scenario(
        "lead",
        "the number is no customer's: after the code the page leaves for account opening; "
        "verify: only the answer to the code says LEAD, not yet that to the number",
        "[verify]",
        "verify",
    ),
    Scenario("locked", "the PIN step answers 1017090: the account is locked"),
    Scenario("password", "the page asks for a password after the mobile number"),
    Scenario("bad-client", "the dialog does not know the client id or redirect_uri (raw JSON)"),
    Scenario("inactive-client", "the app is inactive (UDAPI100073)"),
    # What the page calls
    Scenario(
        "error", "a step fails with this code, every time", "STEP:CODE", rf"{_SERVICE}:[A-Z0-9]+"
    ),
    Scenario(
        "error-once", "a step fails with this code, once", "STEP:CODE", rf"{_SERVICE}:[A-Z0-9]+"
    ),
    Scenario("wrong-otp", "every code is refused; once: only the first", "[once]", "once"),
    Scenario("wrong-pin", "every PIN is refused with 1017106"),
    Scenario("otp-blocked", "the code is answered with 1017078: blocked for 600 s"),
    Scenario("unknown-error", "the code is answered with an error that nobody has seen"),
    Scenario(
        "no-expiry-cookie",
        "the code's success sets no auth_identity_token_expiry: the page is back at its start",
    ),
    Scenario(
        "newer-calls", "newer versions of the calls: v5 verify lists accounts[], v4 2fa, country"
    ),
    Scenario("no-otp-limit", "any number of OTP requests in quick succession is fine"),
    # Trouble on the way
    Scenario(
        "slow-config",
        "login-config.json takes this long, 25 s where not told",
        "[SECONDS]",
        _NUMBER,
    ),
    Scenario(
        "first-paint",
        "the first form is painted for this long before the spinner, not for 30 to 150 ms",
        "MILLISECONDS",
        r"\d+",
    ),
    Scenario("slow", "a step takes this long", "STEP:SECONDS", rf"{_STEP}:{_NUMBER}"),
    Scenario("hang", "a step never answers", "STEP", _STEP),
    Scenario("drip", "a step answers a byte at a time, slowly, for ever", "STEP", _STEP),
    Scenario("http", "a step answers with this status", "STEP:STATUS", rf"{_STEP}:[45]\d\d"),
    Scenario(
        "html",
        "a step answers with HTML: Cloudflare's refusal (403), or a gateway's page (5xx)",
        "STEP[:STATUS]",
        rf"{_STEP}(?::[2345]\d\d)?",
    ),
    Scenario("garbage", "a step answers 200 with a body that does not parse", "STEP", _STEP),
    Scenario("truncated", "a step's body ends before its length", "STEP", _STEP),
    Scenario("reset", "the connection of a step is reset", "STEP", _STEP),
    Scenario(
        "redirect-loop",
        "a document redirects to itself for ever",
        "STEP",
        f"(?:{'|'.join(DOCUMENT_STEPS)})",
    ),
    Scenario("skew", "Upstox's clock runs ahead by this much", "SECONDS", rf"-?{_NUMBER}"),
    # The login document
    Scenario("maintenance", "the login document is a maintenance page (503)"),
    Scenario("challenge", "the login document is Cloudflare's 'Verify you are human'"),
    Scenario("blank", "the login document has an empty #root, for good"),
    Scenario("captcha", "a captcha widget stands in the mobile form and is never solved"),
    Scenario("overlay", "a promotion covers the form until somebody closes it"),
    Scenario("foreign-frame", "a look-alike form in a foreign frame stands before the real one"),
    Scenario("foreign-login", "the dialog leads to a look-alike login on an untrusted host"),
    # The shape of the page
    Scenario("qr-layout", "two panes, a QR code beside the form; the header changes with the step"),
    Scenario("country-selector", "a country-code selector beside the mobile number"),
    Scenario("pin-greeting", "the PIN step greets by name and time of day"),
    Scenario(
        "late-rerender",
        "the app renders once more after the first typing and drops the text",
        "[mobile|otp|pin]",
        "mobile|otp|pin",
    ),
    Scenario("renamed-ids", "every id is random, the texts as usual"),
    Scenario("changed-texts", "every text is reworded, the ids as usual"),
    Scenario("renamed-everything", "random ids and another language: nothing to hold on to"),
    Scenario("unknown-page", "a page that nobody has seen comes after the code"),
    Scenario("chooser", "an account chooser comes after the code"),
    Scenario("consent", "an approval screen with Allow and Deny comes after the PIN"),
    Scenario("toast-short", "toasts live for 150 ms"),
    # The way back
    Scenario("script-redirect", "the hop redirects by script"),
    Scenario("meta-redirect", "the hop redirects by a meta element"),
    Scenario("redirect", "the hop redirects with this status", "STATUS", "30[12378]"),
    Scenario("hop-chain", "the hop leads over another internal address"),
    Scenario("no-state", "the redirect carries no state"),
    Scenario("wrong-state", "the redirect carries another state"),
    Scenario("denied", "the redirect carries error=access_denied"),
    # The API
    Scenario("token-error", "the exchange fails with this code", "UDAPI…", r"UDAPI\d+"),
    Scenario("token-html", "the exchange answers 200 with HTML"),
    Scenario("token-charset", "the exchange answers in ISO-8859-1, with a name that shows it"),
    Scenario("sparse-token", "the exchange answers with access_token and nothing else"),
    Scenario("opaque-token", "the access token is no JWT"),
    Scenario("no-extended-token", "the exchange answers without extended_token"),
    Scenario(
        "holiday",
        "today is a holiday of this kind",
        "trading|settlement|special",
        "trading|settlement|special",
    ),
    Scenario("static-ip", "user endpoints refuse the address (UDAPI1154); the token is fine"),
    Scenario("funds-closed", "funds are closed for the night (423, UDAPI100072)"),
)

SCENARIOS: Mapping[str, Scenario] = MappingProxyType({each.name: each for each in _DECLARATIONS})


class Script(Struct, frozen=True):
    """The scenarios in force, parsed."""

    lines: tuple[tuple[str, str | None], ...] = ()

    @classmethod
    def parse(cls, texts: Iterable[str]) -> Script:
        """Read ``name`` and ``name=value`` texts.

        Raises:
            ValueError: for a name that does not exist (the message lists those that do) or a
                value that does not fit.

        """
        return cls(tuple(_parse(text) for text in texts))

    def has(self, name: str) -> bool:
        """Whether the scenario *name* is in force."""
        return any(each == name for each, _ in self.lines)

    def value(self, name: str) -> str | None:
        """Return the (last) value of *name*; ``None`` where it is not in force or has none."""
        values = [value for each, value in self.lines if each == name]
        return values[-1] if values else None

    def seconds(self, name: str) -> float:
        """Return the value of *name* as a number of seconds, 0 where it is not in force."""
        return float(self.value(name) or 0)

    def at(self, name: str, step: str) -> str | None:
        """Return what *name* says of *step*: the part after the colon, perhaps ``""``."""
        for each, value in self.lines:
            head, _, rest = (value or "").partition(":")
            if each == name and head == step:
                return rest
        return None

    def texts(self) -> list[str]:
        """Return the scenarios as they were written."""
        return [name if value is None else f"{name}={value}" for name, value in self.lines]


def _parse(text: str) -> tuple[str, str | None]:
    name, equals, rest = text.strip().partition("=")
    value = rest if equals else None
    scenario = SCENARIOS.get(name)
    if scenario is None:
        names = ", ".join(sorted(SCENARIOS))
        raise ValueError(f"no scenario is called {name!r}; there are: {names}")
    if not scenario.accepts(value):
        raise ValueError(f"scenario {text!r} does not fit; it is written {scenario.usage}")
    return name, value
