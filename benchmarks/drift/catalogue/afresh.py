"""What a new front end of 2026 may look like: each kind of change alone, then whole releases."""

from __future__ import annotations

from typing import Any

from benchmarks.drift.change import Change, options_of

from .shipped import Sheet, habit, said

_sheet = Sheet("afresh")
_skin, _place, _screen, _ends = _sheet.skin, _sheet.place, _sheet.screen, _sheet.ends

_WORDS = (
    *("mobileTitle", "mobileSub", "mobileLabel", "mobileButton"),
    *("otpTitle", "otpSub", "otpOrTotpLabel", "otpButton"),
    *("pinTitle", "pinSub", "pinLabel", "pinButton"),
)


def _words(*texts: str) -> dict[str, str]:
    """The texts of the steps, in the order of `_WORDS`; both labels of a code are the same."""
    told = dict(zip(_WORDS, texts, strict=True))
    return {**told, "otpLabel": told["otpOrTotpLabel"]}


_APART = frozenset(
    {"skin", "text", "label", "kind", "mask", "type", "typing", "prefix", "button", "form", "order"}
    | {"submit", "place", "beside", "method", "attributes", "documents", "disabled", "headings"}
    | {"list", "library", "words", "habit", "surface", "redesign", "release"}
)


def _release(name: str, words: dict[str, str], skins: dict[str, str] | str, **more: Any) -> Change:
    """A new front end: markup of all steps or of some, words, and what else it does."""
    parts = (
        {"skin": skins} if isinstance(skins, str) else {f"skin.{s}": p for s, p in skins.items()}
    )
    options = {key: _sheet.part(part) for key, part in parts.items()}
    options |= {f"text.{key}": text for key, text in words.items()}
    return Change(f"afresh: {name}", "release", {**options, **options_of(more)}, apart=_APART)


def _page(part: str) -> dict[str, str]:
    return {"html": _sheet.part(f"screen: {part}")}


def _refused(name: str, expect: str, call: str, code: int, says: str, **more: Any) -> Change:
    options = {f"fail.{call}": code, f"says.{call}": says, **options_of(more)}
    return Change(f"afresh: {name}", "ending", options, expect=expect)


_FIELDS = (
    _skin("afresh: a phone picker of flags", "number: phone library", "mobile"),
    _skin("afresh: a country that is typed", "number: country combobox", "mobile"),
    _skin("afresh: a prefix in a box of its own", "number: prefix field alone", "mobile"),
    _skin("afresh: an invite above the number", "number: referral first", "mobile"),
    _skin("afresh: an emergency contact", "number: nominee phone beside", "mobile"),
    _skin("afresh: WhatsApp updates and Google", "number: whatsapp opt in", "mobile"),
    _skin("afresh: counted, and named a search", "number: counter and clear", "mobile"),
    _skin("afresh: number or UCC", "number: user id or mobile", "mobile"),
    _skin("afresh: a gift card beside the PIN", "pin: with an mpin for trading", "pin"),
    _skin("afresh: a button joined to the field", "field: joined button"),
    _skin("afresh: a conversation", "field: conversation"),
    _skin("afresh: the button in a bar below", "field: footer bar"),
    _skin("afresh: a table and no form", "field: invoice row"),
    habit(
        "afresh: ids swapped, test ids wrong, label in a legend",
        ids="swapped",
        testids="wrong",
        label="legend",
        button="described",
    ),
    said(
        "afresh: Gujarati throughout",
        **_words(
            *("લોગિન કરો", "", "તમારો મોબાઇલ નંબર", "આગળ વધો"),
            *("ચકાસણી", "", "OTP અથવા TOTP દાખલ કરો", "ચકાસો"),
            *("ફરી સ્વાગત છે", "", "6 અંકનો પિન", "લોગિન"),
        ),
    ),
    said(
        "afresh: Bengali throughout",
        **_words(
            *("শুরু করা যাক", "", "আপনার মোবাইল নম্বর", "এগিয়ে যান"),
            *("যাচাই করুন", "", "OTP বা TOTP লিখুন", "যাচাই করুন"),
            *("আবার স্বাগতম", "", "৬ সংখ্যার পিন", "লগ ইন"),
        ),
    ),
    said(
        "afresh: Hinglish as one speaks",
        **_words(
            *("Number batao, shuru karo", "", "Kaunsa number registered hai?", "Code bhejo"),
            *("Code daalo", "", "SMS ya authenticator wala 6-digit code", "Ho gaya"),
            *("Bas ek last cheez", "", "Apna 6-digit PIN", "Chalo trade karein"),
        ),
    ),
    said(
        "afresh: sentences for labels",
        **_words(
            *("In you go", "", "The mobile you signed up with", "Send it"),
            *("We sent you something", "", "Type the six digits from your text or app", "Done"),
            *("Still you?", "", "The PIN only you know", "Take me to my money"),
        ),
    ),
)

_METHODS = (
    _skin("afresh: tabs of text and app", "otp: tabs of text and app", "otp"),
    _skin("afresh: switch to app code", "otp: prefer your app", "otp"),
    _skin("afresh: a menu of other ways", "otp: menu of other ways", "otp"),
    _skin("afresh: three in a row", "otp: segmented three", "otp"),
    _skin("afresh: the app instead, in Hindi", "otp: hindi switch", "otp"),
    _skin("afresh: details of two ways", "otp: accordion with details", "otp"),
    _skin("afresh: can’t get the text", "otp: cannot get the text", "otp"),
    _skin("afresh: two-factor, with a code by SMS folded", "release: app code only", "otp"),
    Change(
        "afresh: rows that end in an arrow",
        "method",
        {
            "list": {
                "kind": "link",
                "title": "Let’s check it’s really you",
                "rows": [
                    ["Text me", "on ••• ••• 1234", "sms"],
                    ["Ring me", "an automated call", "call"],
                    ["Open my authenticator", "Google, Microsoft, Authy", "totp"],
                    ["I’ve lost my phone", "", "lost"],
                ],
            }
        },
    ),
    Change(
        "afresh: radio cards, the text chosen",
        "method",
        {
            "list": {
                "kind": "radios",
                "title": "How shall we send your code?",
                "rows": [
                    ["SMS", "Charges may apply abroad", "sms"],
                    ["WhatsApp", "Usually quicker", "whatsapp"],
                    ["No need, I have an authenticator", "Works offline", "totp"],
                ],
                "go": "Use this",
            }
        },
    ),
)

_HABITS = (
    _skin("afresh: slots of input-otp", "otp: input otp slots", "otp", submit__otp="both"),
    _skin("afresh: PinInput six times", "otp: six mantine boxes", "otp"),
    _skin("afresh: PIN in named digits", "pin: react aria boxes", "pin"),
    _skin("afresh: read-only until focus", "pin: readonly till focus", "pin"),
    _skin("afresh: the PIN, and a reset beside", "pin: beside a change form", "pin"),
    habit(
        "afresh: boxes that open in turn, in a modal",
        kind__otp="boxes",
        boxesopen="next",
        place="modal",
        submit__otp="auto",
        ids="hashed",
    ),
    habit(
        "afresh: keys only, spaced in pairs",
        typing__mobile="keys",
        mask__mobile="pairs",
        ids="none",
        label="floating",
    ),
    habit(
        "afresh: heard late, then sent by leaving",
        typing__otp="debounced",
        submit__pin="blur",
        button="named",
    ),
    habit("afresh: a frame that sends itself", place="frame", submit="auto", names="misleading"),
    habit("afresh: a document a step, in halves", documents="post", kind__otp="halves"),
    habit("afresh: code and PIN in shadows", order="otp+pin", place="shadow", label="hinted"),
    habit("afresh: PIN first, a dialog, no form", order="pin-first", place="dialog", form="none"),
)

_PLACES = (
    _place("afresh: a search and an app link", "place: search in the header"),
    _place("afresh: allotment and SIP", "place: IPO and SIP tools"),
    _place("afresh: four steps and an advisory", "place: stepper of four"),
    _place("afresh: a drawer beside the market", "place: drawer beside a market"),
)

_SCREENS = (
    _screen("afresh: alerts went off", "pin", "portfolio was busy"),
    _screen("afresh: a coat of paint", "mobile", "coat of paint"),
    _screen("afresh: a carousel", "end", "carousel of tips"),
    _screen("afresh: nine in ten", "end", "nine in ten"),
    _screen("afresh: risk in Hinglish", "pin", "hinglish risk"),
    _screen("afresh: who inherits", "end", "who inherits"),
    _screen("afresh: not on this one", "end", "keep signed in"),
    _screen("afresh: fingerprint, not today", "end", "fingerprint next time"),
    _screen("afresh: charts in the app", "mobile", "charts in the app"),
    _screen("afresh: recognise this sign-in", "end", "recognise this login"),
    _screen("afresh: nudge about KYC", "end", "KYC refresh"),
    _screen("afresh: how easy was it", "end", "how easy"),
    _screen("afresh: a language to pick", "mobile", "pick your language"),
    _screen("afresh: fine for now", "end", "sell without TPIN"),
    _screen("afresh: rehne do", "pin", "nudges"),
    _screen("afresh: upkeep on Sunday", "mobile", "Sunday upkeep"),
    _screen("afresh: Plus on the house", "end", "on the house"),
    _screen("afresh: Deepawali with a cross", "end", "with a close only"),
    _screen("afresh: a UPI handle", "end", "UPI handle"),
    _screen("afresh: changes, in Hindi", "pin", "Hindi update"),
    _screen("afresh: hang tight", "pin", "hold on", auto=1800),
    _screen("afresh: the year, rewound", "end", "a look back"),
    _screen("afresh: a seat in a masterclass", "mobile", "a masterclass"),
    _ends("afresh: an old PIN to replace", "end", "PIN is old"),
    _ends("afresh: terms to accept", "pin", "terms of December"),
    _ends("afresh: trading as whom", "end", "trade with which"),
    _ends("afresh: KYC overdue", "end", "KYC overdue"),
    _sheet.dormant("afresh: an account that rests", "resting"),
)

_TOLD = (
    _refused(
        "wrong PIN, a toast with tries left",
        *("PIN_REJECTED", "pin", 1017106, "That PIN isn’t the one we have. 4 tries left."),
        codeless=True,
        **_sheet.drawn("sonner", "over"),
    ),
    _refused(
        "wrong PIN, in Hindi beside the field",
        *("PIN_REJECTED", "pin", 1017106, "पिन मेल नहीं खाता। 4 प्रयास बचे हैं।"),
        codeless=True,
        **_sheet.drawn("below", "field"),
    ),
    _refused(
        "wrong PIN, told by the answer alone", "PIN_REJECTED", "pin", 1017106, "", error="silent"
    ),
    _refused(
        "wrong PIN, a status and the page's words",
        *("PIN_REJECTED", "pin", 1017106, ""),
        wire="bare",
        tells="Hmm, that’s not your PIN. Have another go.",
        **_sheet.drawn("chakra alert", "field"),
    ),
    _refused(
        "wrong PIN, a sheet from below",
        *("PIN_REJECTED", "pin", 1017106, "We couldn’t match this PIN to your account"),
        wire="keycloak",
        **_sheet.drawn("sheet", "over"),
    ),
    _refused(
        "wrong code, twice, beside the field",
        *("TOTP_REJECTED", "verify", 1017093, "That code’s either expired or mistyped."),
        codeless=True,
        **_sheet.drawn("below", "field"),
    ),
    _refused(
        "locked, said kindly",
        *("ACCOUNT_LOCKED", "pin", 1017090, "For your safety we’ve locked this account."),
        error="banner",
        wire="fault",
    ),
    _refused(
        "locked, and no number",
        *(
            "ACCOUNT_LOCKED",
            "pin",
            1017090,
            "Too many wrong PINs. Your account is locked until you verify yourself.",
        ),
        codeless=True,
        **_sheet.drawn("instead", "instead"),
    ),
    _refused(
        "slow down",
        *(
            "RATE_LIMITED",
            "generate",
            1017069,
            "Slow down a little. Ask for another OTP in 10 minutes.",
        ),
        wire="problem",
        **_sheet.drawn("strip", "head"),
    ),
    _refused(
        "no such customer, said by the page",
        *(
            "MOBILE_REJECTED",
            "generate",
            1017016,
            "We can’t find an Upstox account on this number.",
        ),
        codeless=True,
        **_sheet.drawn("chakra alert", "field"),
    ),
    _refused(
        "out of goes at the code, in a browser's box",
        *("RATE_LIMITED", "verify", 1017078, "That’s one try too many. Give it 10 minutes."),
        error="dialog",
    ),
    Change(
        "afresh: one wrong code, then a right one",
        "ending",
        {"failonce.verify": 1017093, **_sheet.drawn("sonner", "over")},
    ),
    habit(
        "afresh: success that frightens",
        praise__mobile="OTP sent. Wrong or expired OTPs will not be accepted.",
        praise__otp="You’re verified. Remember: 5 incorrect PINs lock your account.",
        praiserole="alert",
    ),
    Change(
        "afresh: help that reads like an error",
        "notices",
        {
            "notice": {
                "place": "field",
                "look": "error",
                "text": "Incorrect PIN? Locked out? Expired OTP? Reset it from the app.",
            }
        },
    ),
    Change(
        "afresh: an alert about wrong tries",
        "notices",
        {
            "notice": {
                "place": "under",
                "look": "alert",
                "role": "alert",
                "step": "pin",
                "text": "Failed attempts are reported to your registered email address.",
            }
        },
    ),
    Change(
        "afresh: a call aside that fails",
        "chatter",
        {
            "chatter": [
                {
                    "path": "/growth/v3/campaigns",
                    "when": "sent",
                    "step": "pin",
                    "status": 403,
                    "answer": {
                        "success": False,
                        "error": {"code": 40311, "message": "Not eligible"},
                    },
                }
            ]
        },
    ),
)

_LATE = (
    habit(
        "afresh: grey bars, and a part from elsewhere",
        foreign__otp=3000,
        skeleton={"kind": "grey", "for": 1800},
    ),
    habit("afresh: a closed form first", skeleton={"kind": "closed", "for": 2200}, ids="none"),
    habit("afresh: the PIN fenced for a while", fenced__pin=2500, label="bound", button="role"),
    habit("afresh: a button that wakes late", enabling__otp=2000, enabling__pin=2000),
    habit(
        "afresh: slow, under words of work",
        **{"slow.pin": 4000, "slow.generate": 3000, "working": "Checking with the exchange…"},
    ),
)

_CALM = _words(
    *("Welcome to Upstox", "Log in with the number on your demat account", "Mobile", "Continue"),
    *("Confirm it’s you", "", "6-digit code (SMS or authenticator)", "Confirm"),
    *("You’re nearly there", "", "Login PIN", "Log in"),
)
_BRISK = _words(
    *("Back for more?", "", "Registered mobile", "Get going"),
    *("Code, please", "", "OTP or TOTP", "Looks right"),
    *("PIN, please", "", "6-digit PIN", "Open Upstox"),
)
_BANK = _words(
    *("Customer sign-on", "", "Registered mobile number", "Request one-time password"),
    *("Additional authentication", "", "One-time password or TOTP", "Authenticate"),
    *("Authorise access", "", "Security PIN", "Sign on"),
)
_DESI = _words(
    *("Swagat hai", "", "Mobile number likhein", "OTP mangwayein"),
    *("OTP check", "", "OTP ya authenticator code likhein", "Check karein"),
    *("PIN daalein", "", "6 ank ka login PIN", "Andar chalein"),
)
_HINDI = _words(
    *("अपने खाते में जाएँ", "", "पंजीकृत मोबाइल नंबर", "कोड मँगवाएँ"),
    *("कोड की जाँच", "", "एसएमएस या ऑथेंटिकेटर का कोड", "जाँचें"),
    *("आख़िरी कदम", "", "आपका 6 अंकों का पिन", "लॉगिन पूरा करें"),
)
_TERSE = _words(
    *("Log in", "", "Mobile no.", "Next"),
    *("Verify", "", "OTP / TOTP", "Next"),
    *("PIN", "", "PIN", "Next"),
)
_WARM = _words(
    *("Namaste! Let’s find your account", "", "What’s your mobile number?", "Find me"),
    *("Is that really you?", "", "Pop in the code from your text or authenticator app", "It’s me"),
    *("Lovely to see you, {name}", "", "Your secret 6-digit PIN", "Let’s trade"),
)

_ONE_TAP = {
    "mobile": "release: one tap mobile",
    "otp": "release: one tap code",
    "pin": "release: one tap pin",
}
_CARD = {
    "mobile": "release: card mobile",
    "otp": "release: card code",
    "pin": "release: card pin",
}
_SENT = {"submit.otp": "auto", "submit.pin": "auto"}
_NOMINEE = {"before.end": _page("who inherits")}
_PASSKEY = {"before.end": _page("fingerprint next time")}
_LANGUAGE = {"before.mobile": _page("pick your language")}

_RELEASES = (
    _release("Material, calm", _CALM, "field: mui standard", **_PASSKEY),
    _release("Material in a frame, Hindi", _HINDI, "field: mui standard", place="frame"),
    _release("Chakra, brisk", _BRISK, "field: chakra", documents="post"),
    _release("Chakra, as people speak", _DESI, "field: chakra", **_NOMINEE),
    _release("Ant, for a bank", _BANK, "field: ant", headings=False, place="modal"),
    _release("Ant, terse", _TERSE, "field: ant", documents="reload", wire="flagged"),
    _release("shadcn, warm", _WARM, "field: shadcn", wire="trpc", **_LANGUAGE),
    _release(
        "shadcn, calm, one wrong code", _CALM, "field: shadcn", **{"failonce.verify": 1017093}
    ),
    _release(
        "shadcn with slots",
        _BRISK,
        {"mobile": "field: shadcn", "otp": "otp: input otp slots", "pin": "field: shadcn"},
        submit__otp="both",
        headings=False,
    ),
    _release("Headless UI, warm", _WARM, "field: headless peer", headings=False),
    _release("Headless UI, Hindi, documents", _HINDI, "field: headless peer", documents="post"),
    _release("React Aria, terse", _TERSE, "field: react aria", place="shadow"),
    _release("React Aria, as people speak", _DESI, "field: react aria", paths="new", wire="flat"),
    _release(
        "React Aria with boxes",
        _CALM,
        {"mobile": "field: react aria", "otp": "field: react aria", "pin": "pin: react aria boxes"},
        **{"before.pin": _page("portfolio was busy")},
    ),
    _release(
        "Mantine, calm", _CALM, "field: mantine", around=_sheet.part("place: stepper of four")
    ),
    _release(
        "Mantine, six boxes",
        _BRISK,
        {"mobile": "field: mantine", "otp": "otp: six mantine boxes", "pin": "field: mantine"},
        submit__otp="both",
        paths="new",
        wire="meta",
    ),
    _release("Ionic, warm", _WARM, "field: ionic", headings=False, **_LANGUAGE),
    _release(
        "Ionic, as people speak", _DESI, "field: ionic", skeleton={"kind": "grey", "for": 1500}
    ),
    _release("Shoelace, for a bank", _BANK, "field: shoelace", place="frame"),
    _release("Shoelace, brisk", _BRISK, "field: shoelace", **_PASSKEY),
    _release("Angular Material, terse", _TERSE, "field: angular material", wire="headed"),
    _release("Angular Material, Hindi", _HINDI, "field: angular material", **_NOMINEE),
    _release("Flutter, calm", _CALM, "field: flutter", headings=False, paths="new", wire="grpc"),
    _release("Flutter, as people speak", _DESI, "field: flutter", headings=False),
    _release("one question a screen", _CALM, _ONE_TAP, headings=False, **_SENT),
    _release(
        "one question a screen, documents",
        _WARM,
        _ONE_TAP,
        headings=False,
        documents="post",
        **_SENT,
    ),
    _release(
        "one question a screen, a nominee", _TERSE, _ONE_TAP, headings=False, **_SENT, **_NOMINEE
    ),
    _release("cards of one row", _CALM, _CARD, headings=False, forgot="none"),
    _release(
        "cards of one row, a drawer",
        _CALM,
        _CARD,
        headings=False,
        forgot="none",
        around=_sheet.part("place: drawer beside a market"),
        wire="jsonapi",
    ),
    _release(
        "a chat that logs in",
        _WARM,
        "field: conversation",
        headings=False,
        **{"before.end": _page("how easy")},
    ),
    _release(
        "a bar below, and the app's code",
        _BRISK,
        {
            "mobile": "field: footer bar",
            "otp": "release: app code only",
            "pin": "field: footer bar",
        },
        headings=False,
    ),
    _release(
        "a search above, tabs, a PIN in digits",
        _CALM,
        {
            "mobile": "number: phone library",
            "otp": "otp: tabs of text and app",
            "pin": "pin: react aria boxes",
        },
        headings=False,
        **{"around.mobile": _sheet.part("place: search in the header")},
    ),
    _release(
        "an invite, a menu, a reset",
        _BRISK,
        {
            "mobile": "number: referral first",
            "otp": "otp: menu of other ways",
            "pin": "pin: beside a change form",
        },
        headings=False,
        paths="new",
        wire="outcome",
    ),
)

_STOPS = (
    Change(
        "afresh: Shoelace, and the PIN is wrong",
        "ending",
        {
            "skin": _sheet.part("field: shoelace"),
            **{f"text.{key}": text for key, text in _WARM.items()},
            "fail.pin": 1017106,
            "says.pin": "Nope, that PIN didn’t work. Careful: 4 more and we lock you out.",
            "codeless": True,
            "headings": False,
            **_sheet.drawn("sonner", "over"),
        },
        expect="PIN_REJECTED",
    ),
    Change(
        "afresh: Flutter, and the account is locked",
        "ending",
        {
            "skin": _sheet.part("field: flutter"),
            **{f"text.{key}": text for key, text in _DESI.items()},
            "fail.pin": 1017090,
            "says.pin": "Bahut baar galat PIN daala gaya. Aapka account lock kar diya gaya hai.",
            "codeless": True,
            **_sheet.drawn("sheet", "over"),
        },
        expect="ACCOUNT_LOCKED",
    ),
    Change(
        "afresh: cards, and the terms to accept",
        "ending",
        {
            **{f"skin.{step}": _sheet.part(part) for step, part in _CARD.items()},
            "headings": False,
            "before.end": {**_page("terms of December"), "end": "a person's"},
        },
        expect="ACTION_REQUIRED",
    ),
)

CHANGES = (
    *_FIELDS,
    *_METHODS,
    *_HABITS,
    *_PLACES,
    *_SCREENS,
    *_TOLD,
    *_LATE,
    *_RELEASES,
    *_STOPS,
)
