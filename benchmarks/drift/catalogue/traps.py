"""Pages on which a careless login does harm or believes what is not so, and harmless twins."""

from __future__ import annotations

from typing import Any

from benchmarks.drift.change import TOKEN, Change, options_of

from .shipped import Sheet

_sheet = Sheet("traps")


def _trap(name: str, category: str, expect: str = TOKEN, **options: Any) -> Change:
    return Change(f"traps: {name}", category, options_of(options), expect=expect)


def _skin(name: str, part: str, *steps: str, **more: Any) -> Change:
    return _sheet.skin(f"traps: {name}", part, *steps, **more)


def _place(name: str, part: str, *steps: str, **more: Any) -> Change:
    return _sheet.place(f"traps: {name}", part, *steps, **options_of(more))


def _left(name: str, place: str, part: str | None = None, **more: Any) -> Change:
    """A screen whose safe way on is not its biggest button."""
    shown = {"html": _sheet.part(f"screen: {part or name}")}
    return _trap(name, f"screen before {place}", **{f"before.{place}": shown, **more})


def _ends(name: str, place: str, expect: str = "ACTION_REQUIRED", **more: Any) -> Change:
    """A screen that only the account's owner may answer."""
    shown = {"html": _sheet.part(f"screen: {name}"), "end": "a person's"}
    return _trap(name, f"screen before {place}", expect, **{f"before.{place}": shown, **more})


def _refused(name: str, call: str, code: int, expect: str, **more: Any) -> Change:
    options = {f"fail.{call}": code, "error": "silent", **options_of(more)}
    return Change(f"traps: {name}", "error", options, expect=expect, apart=frozenset({"order"}))


def _aside(path: str, when: str, step: str, answer: Any, **more: Any) -> dict[str, Any]:
    """A call that is none of the login's business, and what its server says."""
    return {"path": path, "when": when, "step": step, "answer": answer, **more}


_FIELDS = (
    _place("app link in the footer", "place: link by SMS in the footer"),
    _place("an expert calls", "place: relationship manager calls"),
    _place("log in as a family member", "place: family sign-in beside"),
    _place("IFSC of a bank", "place: which branch, by IFSC"),
    _place("payout to release", "place: payment still to confirm"),
    _place("payout to release, no ids", "place: payment still to confirm", ids="none"),
    _place("payout to release, boxes", "place: payment still to confirm", kind__pin="boxes"),
    _place("e-mail code beside", "place: an e-mail code beside the TOTP", "otp"),
    _place("e-mail code beside, no ids", "place: an e-mail code beside the TOTP", ids="none"),
    _place("gift card below", "place: gift card", "pin"),
    _place("gift card below, placeholder", "place: gift card", ids="none", label="placeholder"),
    _place("mandate of UPI", "place: MPIN of UPI", "pin", ids="hashed"),
    _place("PIN to recover", "place: reset PIN, folded out", "pin"),
    _place("PIN to recover, all along", "place: reset PIN, folded out", text="casual"),
    _skin("coupon and referrer", "number: with a coupon and a referrer", "mobile"),
    _skin("joint holder", "number: joint holder optional", "mobile"),
    _skin("three codes", "otp: three codes, one of them ours", "otp"),
    _skin("partner code", "otp: TOTP with a referral below", "otp"),
    _skin("new PIN if you like", "pin: with a new PIN to choose if you like", "pin"),
    _skin("close account beside", "pin: log in beside close account", "pin"),
    _skin("an order below", "pin: boxes, an order below", "pin"),
    _skin("an order below, in Hindi", "pin: boxes, an order below", "pin", text="hindi"),
    _left("PIN for an order", "end", "PIN for an order, to leave"),
    _left("PIN for an order, before ours", "pin", "PIN for an order, to leave", ids="none"),
    _left("MPIN for autopay", "end", "MPIN for autopay, to skip"),
    _left("nominee by number", "end", "nominee by number, to skip"),
    _left("nominee by number, before the PIN", "pin", "nominee by number, to skip"),
    _trap("number of another in a draft", "draft", draft__mobile="9812309876"),
    _trap("code of yesterday in a draft", "draft", draft__otp="114477", ids="none"),
)

_DEEDS = (
    _left("MTF is one tap away", "end"),
    _left("MTF, before the PIN", "pin", "MTF is one tap away"),
    _left("F&O is off", "end"),
    _left("pledge", "end"),
    _left("a trial that renews", "end"),
    _left("passkeys to tidy up", "end"),
    _left("sessions on four devices", "end"),
    _left("a friend’s app waits too", "end"),
    _left("data for credit, in Hinglish", "end"),
    _left("e-sign in Hindi, to leave", "end"),
    _left("dues, to pay later", "end"),
    _left("autosquare in a switch", "end"),
    _ends("price of the plan goes up", "end"),
    _ends("another app only", "end"),
    _ends("nominee or a declaration", "end"),
    _ends("settlement preference", "end"),
    _ends("old PIN, new PIN", "end"),
    _ends("set a PIN, in Tamil", "pin"),
    _ends("year of birth", "pin"),
    _ends("six signs of a picture", "otp", "CHALLENGE"),
)

_CONSENTS = (
    _left("our app, three plain lines", "end"),
    _left("our app, in Hindi", "end"),
    _left("our app, as scopes", "end"),
    _left("our app, an advert between", "end"),
)

_BELIEVED = (
    _place("lock that was lifted", "round: a lock that was lifted", "pin"),
    _place("how locks work", "round: how locks work"),
    _place("an error nobody sees", "round: an error nobody sees"),
    _place("attempts of yesterday", "round: last attempts", "pin"),
    _place("ticker of rejections", "round: a rejected order in a ticker"),
    _place("verified, darkly said", "round: verified, darkly said", "pin"),
    _trap(
        "success that says failed",
        "praise",
        praise__otp="Done! That code is now expired, nobody can use it again.",
    ),
    _trap(
        "advert refused while the PIN is sent",
        "aside",
        slow__pin=900,
        chatter=[
            _aside(
                "/ads/v1/slot",
                "sent",
                "pin",
                {"success": False, "error": {"code": 4031, "message": "Access denied: blocked"}},
            )
        ],
    ),
    _trap(
        "profile locked, says another call",
        "aside",
        linger__pin=700,
        chatter=[
            _aside(
                "/profile/v2/badges",
                "taken",
                "pin",
                {"success": False, "error": {"code": 1017090, "message": "Badge is locked"}},
                status=423,
            )
        ],
    ),
    _trap(
        "watchlist’s toast while the PIN is sent",
        "aside",
        slow__pin=900,
        chatter=[
            _aside(
                "/watchlist/sync",
                "sent",
                "pin",
                {"status": "error", "message": "Invalid session"},
                status=401,
                toast="Couldn’t sync your watchlist: session invalid",
                role="alert",
            )
        ],
    ),
    _trap(
        "analytics of an incorrect PIN",
        "aside",
        chatter=[
            _aside(
                "/tracking-proxy/open/rules",
                "shown",
                "pin",
                {"events": ["PIN_INCORRECT", "ACCOUNT_LOCKED"], "error": None, "success": False},
            )
        ],
        wire="graphql",
    ),
    _trap(
        "a code of another widget refused",
        "aside",
        slow__verify=800,
        chatter=[
            _aside(
                "/email/otp/verify",
                "sent",
                "otp",
                {"success": False, "error": {"code": 1017093, "message": "Incorrect OTP"}},
                toast="E-mail not verified yet: incorrect OTP",
            )
        ],
    ),
)

_REFUSED = (
    _refused("PIN, in a batch", "pin", 1017106, "PIN_REJECTED", wire="batch"),
    _refused("PIN, JSON in a text", "pin", 1017106, "PIN_REJECTED", wire="nested"),
    _refused("PIN, a union of GraphQL", "pin", 1017106, "PIN_REJECTED", wire="union"),
    _refused("PIN, an outcome", "pin", 1017106, "PIN_REJECTED", wire="outcome"),
    _refused(
        "PIN, 401 with no body, calm words",
        "pin",
        1017106,
        "PIN_REJECTED",
        wire="bare",
        tells="That PIN doesn’t match the one for this account.",
        **_sheet.drawn("calm", "field"),
    ),
    _refused(
        "PIN, calm words in GraphQL",
        "pin",
        1017106,
        "PIN_REJECTED",
        wire="graphql",
        says__pin="Hmm, let’s check that PIN.",
    ),
    _refused(
        "PIN, in the query of a redirect",
        "pin",
        1017106,
        "PIN_REJECTED",
        documents="post",
        **{"error-query": True},
    ),
    _refused("locked, in a batch", "pin", 1017090, "ACCOUNT_LOCKED", wire="batch"),
    _refused("locked, JSON in a text", "pin", 1017090, "ACCOUNT_LOCKED", wire="nested"),
    _refused("code, a union of GraphQL", "verify", 1017093, "TOTP_REJECTED", wire="union"),
    _refused("code, in a batch", "verify", 1017093, "TOTP_REJECTED", wire="batch"),
    _refused("number, an outcome", "generate", 1017016, "MOBILE_REJECTED", wire="outcome"),
    _refused("codes blocked, JSON in a text", "verify", 1017078, "RATE_LIMITED", wire="nested"),
    _trap("all well, in a batch", "wire", wire="batch"),
    _trap("all well, JSON in a text", "wire", wire="nested"),
    _trap("all well, a union of GraphQL", "wire", wire="union"),
    _trap("all well, an outcome", "wire", wire="outcome"),
)


def _shaky(name: str, **options: Any) -> Change:
    return _trap(name, "trap", "SERVER_ERROR", **{"shaky.pin": 1, **options})


_TWICE = (
    _trap("PIN by itself and by a button, then once more", "trap", submit__pin="both", encore=500),
    _trap("same form for half a second", "trap", encore=500),
    _trap("same form for half a second, no ids", "trap", encore=500, ids="none", kind="boxes"),
    _trap("same form, new address", "trap", encore=450, encoreaddress="/login/secure?step=2"),
    _trap(
        "code once more, in Hinglish", "trap", encore__otp=600, text="hinglish", submit__otp="auto"
    ),
    _trap("sends late by itself, lingers", "trap", submit__pin="auto-late", linger__pin=900),
    _trap("drawn anew as the PIN is asked", "trap", rerender=300, submit__pin="both"),
    _skin("twin forms, one folded", "field: twin forms, the phone’s folded"),
    _skin(
        "twin forms, one folded, PIN by itself",
        "field: twin forms, the phone’s folded",
        submit__pin="both",
        slow=600,
    ),
)

_BACK = (
    _trap(
        "back by form_post, another’s state",
        "redirect",
        "STATE_MISMATCH",
        redirect="form_post",
        returns="somebody-elses",
    ),
    _trap(
        "back by script, no state", "redirect", "STATE_MISMATCH", redirect="script", returns=None
    ),
    _trap(
        "back by fragment, another’s state",
        "redirect",
        "STATE_MISMATCH",
        redirect="fragment",
        returns="x",
    ),
    _trap("back by meta, no state", "redirect", "STATE_MISMATCH", redirect="meta", returns=None),
    _trap(
        "back in a window, another’s state",
        "redirect",
        "STATE_MISMATCH",
        leave="window",
        returns="y",
    ),
    _trap(
        "denied by form_post",
        "redirect",
        "AUTHORIZATION_DENIED",
        redirect="form_post",
        denied="access_denied",
    ),
    _trap(
        "denied in a fragment, other words",
        "redirect",
        "AUTHORIZATION_DENIED",
        redirect="fragment",
        denied="consent_required",
    ),
    _trap("back in a window of its own", "redirect", leave="window"),
    _trap("back by a worker", "redirect", leave="worker"),
    _trap("code to copy, or a link", "redirect", redirect="copy-or-open"),
    _trap("deep link first", "redirect", redirect="deep-link"),
    _trap("back twice", "redirect", redirect="twice"),
    _trap("fetched ahead", "redirect", redirect="prefetch"),
    _trap(
        "PIN asked by a look-alike",
        "redirect",
        "UNTRUSTED_ORIGIN",
        documents="post",
        lookalike="otp",
    ),
)

_DESIGNS = (
    _skin(
        "card, MTF after",
        "field: next quarter’s card",
        before__end={"html": _sheet.part("screen: MTF is one tap away")},
        wire="batch",
    ),
    _skin(
        "card, our app after, in Hindi",
        "field: next quarter’s card",
        text="hindi",
        before__end={"html": _sheet.part("screen: our app, in Hindi")},
        wire="union",
    ),
    _skin(
        "card, once more, lock lifted",
        "field: next quarter’s card",
        encore=400,
        around=_sheet.part("round: a lock that was lifted"),
        redirect="form_post",
    ),
    _skin(
        "card, payout beside",
        "field: next quarter’s card",
        text="formal",
        around=_sheet.part("place: payment still to confirm"),
        wire="nested",
    ),
    _skin(
        "card, family beside, scopes",
        "field: next quarter’s card",
        text="casual",
        around=_sheet.part("place: family sign-in beside"),
        before__end={"html": _sheet.part("screen: our app, as scopes")},
    ),
)

CHANGES = (
    *_FIELDS,
    *_DEEDS,
    *_CONSENTS,
    *_BELIEVED,
    *_REFUSED,
    *_TWICE,
    *_BACK,
    *_DESIGNS,
    _shaky("PIN asked again by the page after a 502", retry__pin=2),
    _shaky("PIN cleared after a 502", clears__pin=True),
    _shaky("PIN by itself and by a button, again after a 502", retry__pin=1, submit__pin="both"),
)
