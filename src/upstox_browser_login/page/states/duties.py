"""What a screen asks a person to do, or says that nobody has to do."""

from __future__ import annotations

from upstox_browser_login.page.pattern import any_of

from . import parts

_NEEDS_NOTHING = (
    r"\bno (further )?action\b|nothing (else )?(to do|is needed|is required)"
    r"|\b(do|need) ?n['o]t ((need|have) to )?do anything\b"
    r"|kuch nahi karna|कुछ (भी )?नहीं करना"
)

NEEDS_NOTHING = any_of(_NEEDS_NOTHING)
"""Words of a screen that asks for nothing: what it tells of is done anyway."""

SETTLES = any_of(
    r"^\W*((quarterly|monthly) )?((running )?account )?settlement( (on|of) \d[^|]*)?\W*$"
    r"|^\W*running account settlement\b"
)
"""The title of a notice that unused funds go back to the bank, as SEBI has brokers do.

Source: SEBI's circular on the settlement of running accounts of clients' funds.
"""

RETURNS_UNUSED_FUNDS = any_of(
    r"\b(unused|unutili[sz]ed|idle) (funds?|balance|money)\b[^!?|]{0,60}\bbank\b"
)
"""What such a notice says."""

HAS_A_CONDITION = any_of(
    r"\b(accept|approv|authori[sz]|confirm|opt|choos|waiv|press|tap|click|dues|clos)\w*|\bby ok\b",
    r"\b(if|unless|until|till|except|but|before|once|yet|consent|agree|acknowledg\w*|by \w+ing)\b",
)
"""Words by which something is asked for after all."""

NOTHING_TO_DO = any_of(
    _NEEDS_NOTHING,
    r"^(?!.*n['o]t\b)(?!.*\b(once|until|unless|only|after|before|to be|if|when|please|pending"
    r"|again|due|but)\b).*\b((is|are|was|were|has been|have been) (now |already )?(validated"
    r"|verified|completed?|approved|up[- ]to[- ]date|confirmed|registered)|successful(ly)?)\b",
)
"""A sentence on what is done, which asks for nothing more."""

STAYS_AS_IT_IS = any_of(
    r"^(?!.*\b(but|except|only|other)\b).*(n['o]t (be )?(affected|changed)|\bunaffected"
    r"|\bunchanged|\b(stays?|remains?) (as (they are|it is)|the same|open|safe|valid))\b"
)
"""A clause that names something of the account only to say that it stays as it is."""

WANTS_A_PERSON = any_of(
    r"\b(video|in-person) (verification|call|kyc)|re-?kyc|\bkyc\b|upload|selfie|\be-?sign"
    r"|verify your (pan|aadhaar|identity|e-?mail)"
    r"|update your (details|income|bank)|choose (an? )?plan|payment"
)
"""Words of a screen on which going on would do something in the person's name."""

DECLARES = any_of(
    r"\bdeclaration\b|\bGST\b|\bFATCA\b|politically exposed|\bPEP\b|tax residen|\bcitizen"
    r"|\b(are you|is this) (an? )?(NRI|corporate|joint|HUF|minor)\b"
    r"|\bare you (an? )?(\w+ ){0,2}(registered|resident|employed|director|employee|related)\b"
)
"""Words of a screen on which a no states something about the person, as a yes does."""

TELLS_MORE = any_of(
    r"^\W*(learn|know|read|see|view|show|why|what|how|help|support|contact|chat|call|talk|faqs?|details"
    r"|download|pdf|more|need|trouble|close my)\b"
    rf"|{parts.MORE}"
)
"""Words of a control that only explains a screen."""

TRIES_AGAIN = any_of(r"\b(retry|again|reload|refresh|restart|start over)\b|दोबारा|dobara")

_LOGIN_IS_ALLOWED = (
    r"\b(approve|confirm|accept|allow|authori[sz]e) (this |the |your |a )?(new )?(log-?in|sign-?in)"
    r"( request| attempt)?\b"
)
_ON_A_PHONE = r"(on|in|from|with|to) (your|the) ((\w+ )?(phone|app|mobile|device))\b(?! number)"

ALLOWED_ON_A_PHONE = any_of(
    rf"^\W*{_LOGIN_IS_ALLOWED}\W*$|{_LOGIN_IS_ALLOWED}.{{0,20}}{_ON_A_PHONE}",
    r"^\W*check your (\w+ )?(phone|app|device)\b",
    rf"\b(sent|pushed) (you )?(an? |the )?(\w+ )?(notification|request|prompt) {_ON_A_PHONE}",
)
"""What a page says that waits until the login is approved on a phone."""

ASKS_FOR_A_SENT_CODE = any_of(
    r"\b(OTP|code)\b.{0,30}\b(sent|e-?mailed|texted)\b|\b(sent|texted|e-?mailed)\b.{0,30}\b(OTP|code)\b",
    r"\b(e-?mail|SMS|verification|security|device|one[- ]time) (OTP|code)\b",
    r"\bOTP (of|from|in|on) (your|the) (e-?mail|SMS|phone|mobile|message)\b",
)
"""Words at a box for a code that comes by e-mail or SMS."""

MUST_BE_DONE = any_of(
    r"\b(can.?t|cannot|can not|unable to|won.?t|will not)\b.{0,40}\b(until|unless|before)\b"
    r"|\b(must|has to|have to)\b.{0,40}\b(before|to (go on|continue|trade))\b"
    r"|\b(mandatory|compulsory)\b"
    r"|\brequires? (this|it|you|that|every|all)\b"
    r"|\bneeds? (it|this) before\b|\bto (trade|invest|log in|continue|go on) again\b"
    r"|\b(select|choose|pick|provide|update|upload|complete|verify|confirm|link|submit|declare)\b"
    r".{1,60} to (continue|proceed|go on|log in|trade)\b"
    r"|\b(confirm|choose|select|pick|tell us) which\b"
    r"|\b(once|only after|as soon as) (it is|it.s|you have|this is) done\b"
    r"|\b(re-?)?kyc (is |has )?(required|needed|due|pending|expired|incomplete)\b"
)
"""Words of a screen that lets nobody on who does not do what it asks for."""
