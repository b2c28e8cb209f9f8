"""What a screen tells of a login, this one or another, and what owns up to it."""

from __future__ import annotations

from upstox_browser_login.page.pattern import any_of

from . import parts

_HAVE_JUST_COME = r"\byou( ha|.)?ve just (logged|signed) in\b"

TELLS_OF_LOGIN = any_of(
    r"(new|another|other|different|nay[aei]) (device|browser|session|place|location)"
    r"|recogni[sz]e (this|that) ((log|sign)[ -]?in|device|browser|computer|laptop|phone)\b"
    r"|already (logged|signed) in|(logged|signed) in elsewhere|active session|(is|was) this you"
    r"|new (log|sign)[ -]?in|unrecogni[sz]ed|n.?t recogni[sz]e this (device|browser|computer)"
    rf"|did this (log|sign)[ -]?in|{_HAVE_JUST_COME}"
    r"|first (time|log ?in|sign ?in) (on|from|with|in|using) (this|a new)"
    r" (computer|device|browser|laptop|phone|machine)"
)
"""Words of a screen about this login, which a "cancel" there would end."""

ALERTS = any_of(
    r"\b(log|sign)[ -]?ins? (alert|attempt|activity|detected|request)|\b(security|account) "
    r"(alert|activity)\b|\b(suspicious|unusual|unrecogni[sz]ed|unknown|new) "
    r"((log|sign)[ -]?in|device|browser)"
    r"|\b(verify|confirm) (that )?(it.?s|it is|this is) (really )?you\b",
)
"""Words of a screen on which a bare no denies that one has logged in."""

OF_NOW = any_of(
    r"\b((just|right) now|this (device|browser|log[ -]?in|sign[ -]?in)|abhi[ -]abhi)\b|अभी"
    rf"|{_HAVE_JUST_COME}"
)
"""Words that can only be about this login."""

OF_THE_PAST = any_of(
    r"yesterday|\bago\b|earlier|\blast (night|week|month|time)\b|\b(blocked|attempt(s|ed)?)\b",
    rf"\b\d{{1,2}}(st|nd|rd|th)?[ -]?({parts.MONTHS})|\b({parts.MONTHS})\w* \d{{1,2}}\b",
    r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}",
)
"""Words of a screen that may be about another login."""

OF_ANOTHER_LOGIN = any_of(
    r"\b(kal|parso|pehle|beeti|pichhl[aei]|agar|nahi to|warna)\b",
    r"\b(iphone|ipad|ios|android|pixel|galaxy|redmi|oneplus|(mobile|upstox) app)\b"
    rf"|\bon {parts.WEEKDAY}\b",
)
"""A time, a device or a condition that does not fit this login, in a computer's browser."""

DONE_TO_AN_ACCOUNT = any_of(
    r"\bsome(one|body) (is|has|tried|logged|signed)\b|\bfailed (log|sign)[ -]?ins?\b"
    rf"|\b(last|since) {parts.WEEKDAY}\b|\blast week\b",
    r"\b(password|M?PIN|number|mobile|e-?mail|bank|account|nominee|payout|withdrawal|transfer|order"
    r"|device|request)\b[^.!?|]{0,40}\b(was|were|has been|have been) (just )?"
    r"(changed|reset|added|removed|requested|placed|made|linked|sent)\b",
)
"""Words on what was done to the account, other than this login."""

ASKS_IF_IT_WAS_YOU = any_of(
    r"\b(was|is) (this|that|it) (really )?(you|your (name|account|profile|number))\b[^.!?|]*\?"
    r"|\bdid you (just )?(log|sign)[ -]?in\b|\brecogni[sz]e (this|that)\b[^.!?|]*\?"
    r"|\b(kya )?(ye|yeh|yah) aap( hi)? (hain|ho|the|thi|thay)\b"
    r"|(क्या )?(ये|यह) आप( ही)? (हैं|हो|थे|थी)"
)
"""A question whose no says that a stranger has logged in, or that the account is another's."""

OWNS_UP = any_of(
    r"^\W*(yes\W+|haan\W+)?((it|this|that)( is|.s| was) me|(it.?s )?all (good|fine|okay|clear)"
    r"|((it|this|that|everything|all) )?looks (right|good|fine|okay|familiar))"
    r"(\W+(continue|proceed|go on|carry on|let me in|thanks?|to me))?\W*$|main hi hoon|मैं ही हूँ"
)
"""Words by which a person says that this login is their own."""

GOES_ON_AS_ONESELF = any_of(
    r"^\W*(yes|haan|हाँ)(,? (continue|proceed|go on|log me in|jaari rakh\w*))?\W*$"
)
"""Words that say the same on a screen where another account can be chosen."""

ASKS_WHO = any_of(
    r"\b(confirm|make sure|check)\b (that )?(it.s|it is|this is) (really )?you\b"
    r"|\bis (this|that|it) (really )?you\b|\bis (this|that) your (account|profile|name)"
)
"""Words that ask whether the account that is shown is the right one."""

SHOWS_WHO = any_of(
    r"^(?!.*\b(chrome|firefox|safari|edge|windows|mac|linux|device|browser"
    r"|(new|failed) (log|sign)[ -]?in)\b)"
    r".*(\b(UCC|client (id|code))\b|(?<!\w)[a-z\d]{1,3}[*•]{2,}[a-z\d]{1,4}\b)"
)
"""Words that show an account by its client code and are not about a login."""

SWITCHES_ACCOUNT = any_of(
    r"\b(switch|change) (account|user|profile)s?\b|\b(another|different) account\b"
)
