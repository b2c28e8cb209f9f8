"""Of which kind a screen between the forms is."""

from __future__ import annotations

from upstox_browser_login.page.pattern import any_of

BETWEEN = any_of(
    r"\b(?:cyber|pre|after|e)?-?"
    r"(welcome|what.s (new|changed)|new\W*:|good to know|heads[- ]up|maintenance"
    r"|news|announcement|introducing|update|new feature|risk|disclosure"
    r"|net (trading )?loss(es)?\b"
    r"|caution|advisory|nominee"
    r"|stay (signed|logged) in|keep me (signed|logged)|remember (me|this)|trust this|passkey"
    r"|biometric|fingerprint"
    r"|download|get the app|our app|mobile app|new device|new (log ?in|sign ?in)"
    r"|unrecogni[sz]ed|was this you|notification"
    r"|offer|survey|feedback|rate us|tour|tip|security|safety|protect|reminder|important|notice"
    r"|scam|fraud|IPO|margin|delay(s|ed)?\b|outage|downtime"
    r"|market|investor|did you know|hello|namaste|festival|diwali|holiday"
    r"|statement|charter|circular|backup|theme|language|congrat|anniversary|years? with"
    r"|thank you for (being|joining|trading|investing)|(weekly|monthly|yearly|annual) report"
    r"|milestone|session (will|ends|lasts|is valid)\b)",
    r"स्वागत|सूचना|जोखिम",
    r"\byour ([^\s.!?|]+ ){0,4}(p ?& ?l|reports?|contract notes?|ledger|summary|invoice"
    r"|certificate)( (for|of|from) [^.!?|]{1,30}?)? (is|are) (now )?(ready|available|here)\b",
)
"""Words of screens that stand between the forms and want no credential."""

PIN_ENDS_LATER = any_of(
    r"^\W*(your )?(upstox |login )?(M?PIN|password)( will)? expires? (in|on)\b[^.!?|]*\W*$"
)
"""A title by which the PIN must be changed soon, and not now."""

ASKS_TO_CHANGE_THE_PIN = any_of(r"\b(choose|set|create|pick|enter) (a |your )?new\b|\bwe will\b")
"""Words on such a screen by which going on changes the PIN."""

CELEBRATES = any_of(
    r"congrat|anniversary|milestone|\byears? (with|on|at) (us|upstox)\b"
    r"|\byour (yearly|annual|year-end) (\w+ )?(report|review|recap|summary)"
    r"|\byour year (in|with|on|at)\b|happy (new year|birthday|diwali|holi)"
)
"""Words of a screen that certainly costs nothing."""

ONLY_TELLS = any_of(
    r"^\W*((great|done|thanks?( you)?|perfect|hurray)\W+)?((your|the|you.re|you are)\W+)?"
    r"((mobile|phone|number|T?OTP|code|identity|verification|step( \d)?)\W*)*"
    r"((is|was|has been|all)\W+)?(verified|accepted|confirmed|completed?|done|success(ful)?"
    r"|success(fully)? verified)\W*$",
    r"^\W*risk disclosures?\b",
)
"""A heading on a step of the login that is done, or on risks that brokers must tell."""

_ASKED = r"M?PIN|pass ?code|pass ?word|code|T?OTP|पिन|ओटीपी|कोड"
_TYPED = rf"({_ASKED}|(mobile|phone)( number| no\b)?|नंबर)"

ASKS_TO_TYPE = any_of(
    r"^\W*((please|now|kindly|to continue)\W+)?(enter|type|key|fill|input|provide)( in)?\b"
    rf"(?!.*\b(valid|correct|right|wrong|again|later|next|screen)\b).{{0,40}}\b{_TYPED}(?!\w)",
    rf"(?<!\w){_TYPED}\W+(darj|daal|dal|likh|bhar|दर्ज|डाल|लिख|भर)",
    r"^\W*((verify|confirm|your|the|my|upstox|secret|log ?in|\d[- ]?digit|security)\W+)*"
    rf"({_ASKED})( verification)?\W*$",
)
"""The heading of a form. Without a field it is not drawn yet, or its field cannot be seen."""

FINISHED = any_of(
    r"^\W*(you.?re|you are|you.ve|we.re|all|login|sign-?in)\b.{0,12}"
    r"\b(all set|(logged|signed) in|done|set|success\w*|complete)\b"
    r"|\bsuccessfully (logged|signed) in\b"
)
"""The heading of the last screen of a login."""

OF_A_CLOSURE = any_of(
    r"\b(clos(e|ing|ure)|delet(e|ing|ion)|deactivat(e|ing|ion))( of)? (your|my|the|this) (\w+ )?"
    r"account\b|\b(closure|deletion|deactivation) (request|is|was|has|under|pending|scheduled"
    r"|in progress)",
    r"\b(account|demat)( is| was| will| be| set| to| being| now| up| about| due| scheduled| marked"
    r"| queued| for)* (closure|clos(ed?|ing|es)|deletion)\b"
    r"(?! (friends|to you)|\s*\?)",
)
"""Words of a screen on closing an account, where any press may decide about it."""
