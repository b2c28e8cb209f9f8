"""What else a press does that passes a screen by or goes on from it."""

from __future__ import annotations

import re

from upstox_browser_login.page.pattern import any_of

from . import parts

_COMES_OF_IT = (
    r"\b(?<!n['o]t )(record|declar|treat|consider|assum|deem|lapse|forfeit|cancel|reject"
    r"|lost|lose(?! nothing)|opt(ed|ing)? (in|out)|(?<!stays )(?<!remains )clos(ed|es)\b)"
)
"""Verbs of what is done if a screen is passed."""

PASSES_BY_AND_DOES = any_of(
    r"\b((if|when|once|unless) you (choose to )?|by )"
    r"(skip|declin|dismiss|clos|ignor|cancel|say(ing)? no|do(ing)? nothing)\w*\b.*"
    rf"{_COMES_OF_IT}",
    rf"\b(skipping|declining|dismissing|closing|ignoring|saying no)\b.*{_COMES_OF_IT}",
    r"\b(skip|decline|dismiss|close|ignore|say no) to (cancel|reject|opt|close|give up|lose)\b",
)
"""A sentence by which passing the screen does something else, such as to declare."""

CAN_BE_DONE_LATER = any_of(
    r"\b(you (can|may)( (still|always))?|to) ((?!\b(and|but|we|will|is|are)\b).)*"
    r"\b(later|any ?time)\b"
)
"""Words by which a person who passes a screen by may do the same later."""

WEAKENS = any_of(
    rf"^\W*((turn|switch)(ing)? off|disabl(e|ing)|remov(e|ing)|stop(ping)? using|skip(ping)?"
    rf"|replac(e|ing)|drop(ping)?) {parts.PROTECTS}"
)
"""A sentence that tells a person to give up something that protects the login."""

SKIPS_PROTECTION = any_of(
    r"(\b(skip(ping)?|no more|bypass|(don.?t|do not|never|stop) (ask(ing)?|need|use|using|want)"
    r"( me)?( for)?)|^\W*no) ((?!(and|to|for|then|with|use|using|now|this|it)\b)[\w-]+ ){0,2}"
    rf"{parts.PROTECTS}"
)
"""A control that gives up something that protects the account, whatever it says before or after."""

KEEPS_PROTECTION = any_of(
    r"^\W*(keep( using)?|use|(stay|go on|continue) with|(keep )?ask(ing)?( me)?( for)?) "
    rf"{parts.PROTECTS}( (each|every) time)?\W*$"
)
"""A control that keeps what another one beside it gives up."""

_NO_DEED = r"(?! (this|the) (window|message|dialog|tab|notice|banner|screen|tip|box)\b)"

_DEED = (
    "place|pledge|remove|close|pause|cancel|stop|share|activate|submit|let|allow|send|enable|set"
    "|switch|change|delete|turn|move|convert|sell|buy|renew|redeem|transfer|nominate|authori[sz]e"
    "|agree|consent|accept|declare|opt|subscribe|pay|tender|apply|register|link|unlink|revoke"
    "|freeze|disable|replace|reset|exit|withdraw"
)

_DOES = "|".join(
    f"{verb}es" if verb == "switch" else re.sub(r"([^aeou])y$", r"\1ie", verb) + "s"
    for verb in _DEED.split("|")
)

DEED_TOLD = any_of(rf"\b({_DEED}|(sign|log) (you )?out)\b{_NO_DEED}")

DEED_DONE = any_of(rf"\b({_DOES}|(signs|logs) (you )?out)\b{_NO_DEED}")
"""Verbs by which a screen says what a control does, such as "Tap OK to share" or "OK shares"."""

_MORE_DEEDS = (
    "square off|log out|sign out|call me|opt|report|secure|lock|block|end|sell|buy|pay|invest|claim"
    "|join|lend|port|hand over|open an?"
)

_ONLY_SHUTS = r"(close|cancel|stop|exit)( (this|the)( (window|message|dialog|notice|tour))?)?\W*$"

SECOND_DEED = any_of(
    r"(,|;|:|\band\b|&|\bthen\b|\bbut\b)\W*((please|just|now|i.?ll|i want to|to) )*"
    rf"(?!let\b|send it\b|{_ONLY_SHUTS})({_DEED}|{_MORE_DEEDS})\b"
    # Not what leads on, what is put off, or a login's code.
    r"(?! me (in|through|on|ahead|there|home|know)\b)"
    r"(?!.*\b(later|another|next (time|week)|T?OTP|code)\b)"
)
"""What a control does after it passes by, declines or goes on: "Skip and pay"."""

_OF_THE_SCREEN = (
    r"(window|dialog|pop-?up|banner|message|tab|notice|notification|tip|hint|screen|box|stor(y|ies)"
    r"|guide|tour|walk-?through|sheet|panel|alert|reminder|offer|survey|ad|announcement|update|page"
    r"|video|intro|greeting|cookies?|log-?in|sign-?in|details|esc|x)s?"
)
_AND_THEN = r"(,|\W+(&|(and|then|without|for (now|today)|to (continue|proceed|go on|log ?in))\b))"
_ONLY_THE_SCREEN = (
    rf"(\W*$|\W+((the|this|that|these) )*((?!my |your )[\w-]+ )?{_OF_THE_SCREEN}"
    rf"(?=\W*$|{_AND_THEN})|\W+(this|that)\W*$|{_AND_THEN})"
)

ITS_OWN = any_of(
    rf"^\W*(close|cancel|hide)\b(?!{_ONLY_THE_SCREEN})",
    r"^\W*(close|cancel|reject|decline|dismiss|hide) (.* )?(my|your)\b(?! (tour|guide|tips?)\b)"
    r"|^\W*(close|reject|decline|dismiss|hide) ((all|both|the|this|these|any) )*(\w+ )?"
    r"(trades?|positions?|orders?|baskets?|GTTs?|SIPs?|bids?|mandates?|deposits?|loans?|transfers?"
    r"|withdrawals?|payouts?|applications?|registrations?|bookings?|appointments?|closure|sessions?"
    r"|dividends?|nominations?|nominees?|rights issue|bonus|buy-?backs?|claims?|holdings|balance"
    r"|pledges?|renewals?|memberships?|trials?|KYC|consent|advis[eo]rs?|dealers?|requests?"
    r"|(auto|e)-?pay|accounts?)\b"
    r"(?! (offer|notice|banner|message|tip|reminder|alert|window|dialog|guide|tour|details)s?\b)"
    r"|^\W*skip (this|next|my|the) (\w+.s )?"
    r"(month|quarter|week|year|SIP|EMI|instal?ment|dividend|vote|renewal)s?\b"
    r"|^\W*(close (it|them) down|(close|cancel) (all|both|everything)\b)",
)
"""A control that takes away something of a person's, and does not only close the screen.

"Close" and "Cancel" with a name close a part of the screen if it is called like one.
"""

IS_TO_HAPPEN = any_of(
    r"\b(will|shall|going to|about to)\b"
    r"(?! (be (taken|redirected|returned|brought)|log in|leave (upstox|this (page|site)))\b)",
    r"\w['’]ll\b",  # noqa: RUF001  (the page's)
)
"""Words on what is going to be done."""

_ORDERED = (
    r"(orders?|AMOs?|GTTs?|SIPs?|withdrawals?|payouts?|transfers?|redemptions?|pledges?|mandates?"
    r"|instal?ments?|renewals?|nominees?|subscriptions?)"
)

HAPPENS_BY_ITSELF = any_of(
    r"(?<!offer )(?<!sale )(?<!PIN )(?<!OTP )(?<!code )(?<!link )(?<!session )(?<!password )"
    r"\b(expires?|ends?|laps(e|es|ing)|renews?|runs?|matures?|(is|are) due"
    r"|becomes?) (today|tonight|tomorrow|soon|now|on|in|at|your|by itself)\b",
    rf"\b{_ORDERED} (\w+ ){{0,3}}(placed|under ?way|in progress|scheduled|submitted|confirmed"
    r"|accepted|received|being processed|processing)\b",
    r"\bopen (\w+ )?(positions?|orders?)\b|\b(lies?|lying) (unused|idle)\b",
    r"\bwill( now| soon)? (be (sent|returned|debited|squared|sold|closed|cancel\w*|settled|moved)"
    r"|lapse|expire|renew|run)\b|\bgo(es)? (back )?to your (\w+ )?bank\b",
)
"""Words on something of a person's that is under way, or comes without anybody's doing."""

OF_A_PERSON = any_of(r"\b(your?|yours|we|us)\b|\w['’](ll|ve)\b")  # noqa: RUF001  (the page's)
"""Words of a sentence about its reader or about Upstox."""
