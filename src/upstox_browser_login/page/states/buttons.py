"""What the controls of a form say: those that send it, and others."""

from __future__ import annotations

from upstox_browser_login.page.pattern import any_of

from . import parts
from .fields import ASKS_FOR_CODE

_AFTER_LOGIN = "".join(
    f"(?<!{ends}{joint})"
    for ends in ("gin", "g in", "g-in", "n in", "n-in")
    for joint in ("/", " / ", " or ", " \\| ")
)
_JOINS = rf"{_AFTER_LOGIN}(sign[ -]?up|register\b)(?! ?(/|\||\bor\b) ?(log|sign)[ -]?in\b)"
"""To become a customer, but not if the same words log in as well: "Login / Sign up"."""

NOT_HERE = any_of(
    rf"open (an? |your )?(free )?(demat |trading )*account|{_JOINS}"
    r"|\bopen one\b",
    r"call ?(me )?back|^\W*(please )?call me\W*$|request a call|subscribe|notify me"
    r"|\b(send|text|SMS|message|whats ?app|e-?mail|mail) (me |us )?(the |an? |my )?(\w+ )?link\b",
    rf"\bjoin (us|upstox|now|free|today)\b|^\W*join\W*$|{parts.OPENS_AN_ACCOUNT}",
    r"\brefer(ral|s)?\b|invite|search|apply|chat|send message",
    r"create|set (your )?(new )?M?PIN|add nominee|download|get (the )?(app|link)|track",
)
"""Words of a form's button by which the form is another one than the login's."""

GO = any_of(
    r"^\W*(continue|next|proceed|submit|go|verify|confirm|(log|sign)[ -]?(in|on)|enter|done|unlock"
    r"|ok(ay)?|validate"
    r"|authenticate|check|move on|carry on|let.s go|advance)\b",
    r"\b(get|send|request|generate|receive) (an? |the |me (an? |the )?|my )?([\w-]+ )?"
    r"(OTP|(pass)?code)\b",
    r"(continue|proceed|log ?in|sign ?in|verify)( \w+){0,4}\W*$",
    r"^\W*(जारी रखें|आगे|सबमिट|लॉग ?[इि]न|सत्यापित|पुष्टि|ओटीपी)",
    r"^\W*(aage|jaari|OTP paay|chal|agl[aei]\b|अगल[ाेी])",
    rf"^\W*({parts.ONWARDS}|{parts.SENDS})|{parts.SENDS_A_CODE}|{ASKS_FOR_CODE.pattern}",
    r"^\W*(send|bhej\w*( (do|dein|dijiye))?|भेज(ें|ो|िए)?( (दें|दो))?)\W*$",
    r"^\W*(let|take|log|sign) me in\W*$",
    r"^\W*(finish|all (set|done)|use (this|the|my) (code|PIN)|match|open( upstox)?"
    r"|in we go|i.?m (ready|in)|that.s (it|right|my (PIN|code|number)))\W*$",
    r"^\W*[→➔➜›»⟶➤➙➝➞➡⇒⇨⮕❯❱▶►▸⏵➧⟩✓✔↵⏎]\W*$",  # noqa: RUF001  (arrows of the page)
    r"^\W*>\W*$",
    r"^\W*[→➔➜›»⟶➤] ?(to )?(the |your |my )?(M?PIN|T?OTP|code|number|next|login|in)\W*$",  # noqa: RUF001
    # The names of an arrow onwards in icon fonts.
    r"^(arrow (forward|right)|keyboard (double )?arrow right|chevron right|navigate next|east)"
    r"( alt| ios)?$",
)
"""What the button of a form says that sends it."""

LETS_ONE_IN = any_of(
    r"^\W*(start trading|access( (my|the|your))?( (upstox|trading))?( account)?"
    r"|open( up| sesame| upstox| (my|the|your) (upstox |trading )?account)|keep going"
    r"|get going|let.?s trade|send it|take me to (my|the) "
    r"(account|app|dashboard|portfolio|markets?|holdings|orders|terminal|watch ?list)"
    r"|looks (right|good)|there you go|(yes,? )?(it|that).s me|ye[ps]|(secure|safe|quick) "
    r"(sign|log)[ -]?in|authori[sz]e (sign|log)[ -]?in)\W*$",
    r"^\W*(pakka kar|jaanch kar|khol(o|ein|iye)\b|andar (jao|jaa|chal)|pravesh"
    r"|अंदर (जा|चल)|जा[ँं]च|ho gaya"
    rf"|{parts.OPENS})",
)
"""What only the button of a code or PIN says, besides words that send any form."""

_OF_A_LOGIN = (
    r"(keys?|secrets?|tokens?|devices?|browsers?|computers?|laptops?|accounts?|sessions|log-?ins?|numbers?|phones?"
    r"|e-?mails?|address(es)?|profiles?|passwords?|passcodes?|passkeys?|data|details|statements?"
    r"|settings?)"
)
NAMES_A_THING = any_of(
    rf"\b({parts.THINGS}|{_OF_A_LOGIN})\b"
    r"|\b(give|grant|allow) (\w+ )?access\b|\b(new|rotate|see) (my |your |the )?M?PIN\b"
    r"|\bM?PIN (badl|hata)|\u20b9|शेयर|पैस|राशि"
)
"""A thing in a button's words to which the button may do something."""
ONLY_SHOWS = any_of(
    r"^\W*(see|view|track|check|to|go to|take me to|back to|use|load) ((my|your|the|this) )?"
    r"(holdings|positions|stocks|shares|orders|funds|balance|money|investments|account|number)\W*$"
    r"|^\W*((my|your|account|login) )?(details|settings|profile|statements?)\W*$"
    r"|^\W*(mere|apne) (account|khat[ae]|portfolio) (mein|me|par|pe) (ja|chal)\w*\W*$"
)
"""Words of a button that only leads to what one has."""

ACTS_ON_A_THING = any_of(
    r"^\W*(confirm|verify|validate|authenticate|submit|send|unlock|open|enter|complete|finish) "
    rf"((my|your|the|this|that|an?|all|new) )?(\w+ )?({parts.THINGS}|trade|changes?)\W*$"
)
"""Words that send a form together with what is confirmed, sent or unlocked by it: no login's."""

SETS_A_THING = any_of(
    rf"\b{parts.THINGS}\b|^\W*(change|reset|set|save|create|update|replace) (\w+ )?M?PIN\W*$"
)
"""What the only button of a form says if the form is no login's."""

DOES_MORE = any_of(
    r"^\W*((please|now),? )?(un|re|auto)?-?(invest|upgrade|enrol|opt|bid|lend|borrow|foreclose"
    r"|recharge|subscribe|deposit|encash|exercise|balance|hedge|short"
    r"|top[- ]?up|roll over|renew|convert|export|port|refund|claim|nominate|pair|merge|swap|block"
    r"|suspend|terminate|wipe|erase|purge|discard|liquidate|unpledge|update|activate(?! session)"
    r"|(give )?consent|(i )?(agree|accept)|appoint|add|enable|surrender|settle|declare|register"
    r"|(allow|approve)(?! (me|myself) in\b))\b",
    r"\b(bech\w*|kharid\w*|bhugtan|bhej\w*|nikal\w*|hata\w*|mita\w*|bana\w*|bad(a)?l\w*"
    r"|band kar\w*)\b",
    r"बेच|ख़?रीद|भुगतान|भेज|निकाल|बंद|हटा|मिटा|रीसेट|बना|बदल|गिरवी",
)
"""Verbs of a button that does something for the account, even if it names no thing."""

NAMES_THE_PIN = any_of(r"\bM?-?PIN\b|पिन")
ENTERS_THE_PIN = any_of(
    r"\b(done|ok(ay)?|check|match|send|apply|use|unlock|confirm|verify|log ?in|this is|that.s|right"
    r"|correct|jama|pakka|bhej\w*|daal\w*|dal\w*|bhar\w*|likh\w*)\b|डाल|दर्ज|जमा|भर|लिख|सत्यापित|पुष्टि|पक्का|जा[ँं]च"
    r"|लॉग ?[इि]न"
)
"""Words beside the PIN's name by which the PIN is entered, and not shown or replaced."""

BACK_OR_AWAY = any_of(
    r"^\W*([←‹«⟵❮◀◂⏴↩⟨<×✕✖✗⨯?？!+−–…⋮☰🔍👁↺⟳🔄ⓘℹ]|i|x)\W*$",  # noqa: RUF001  (signs of the page)
    r"^\W*(close|dismiss)( (this|the) (dialog|window|modal|form))?\W*$",
    r"^\W*[🗑📋✏🖊🔎🎤📷⚙🔔💬📞☎✉🌐⬇⬆⭐❤]\W*$",
)
"""Signs without a word that lead back, close, explain, or do something else."""

LEADS_TO_LOGIN = any_of(r"^\W*((take|bring) me|go|return) to (the |your |my )?(log|sign)[ -]?in\b")
"""What leads from another form to the login and sends nothing."""

NOT_GO = any_of(
    r"resend|re-send|send again|forgot|trouble|back\b|change|edit|switch|cancel|clear|help|support"
    r"|didn.t (get|receive)|\b(don.?t|do not|can.?t|cannot|couldn.t) (remember|recall|know)\b"
    r"|\byaad nahi|याद नहीं|(via|on|by|through|over) (call|sms|whats ?app|e-?mail)"
    r"|\b(call|ring|phone) me|e-?mail me|\bQR\b|google|apple|facebook"
    rf"|passkey|biometric|fingerprint|face ?id|{_JOINS}|open (an? "
    r"|your )?(\w+ )?account|terms|privacy|policy|disclaimer"
    r"|show|hide|\beye\b|visibility|reveal|download|install|learn|know more|country|code \+"
    r"|try totp"
    r"|unlock account|create|reset"
    r"|later|skip|not now|cookie|another method|other (ways?|options?)|दोबारा|पुनः|भूल"
    r"|बदलें|dobara|bhool|wapas|वापस"
    r"|log ?out|sign ?out|about|contact|blog|pricing|home|careers"
    r"|\b(remove|delete|disable|deactivate|revoke|unlink|replace|forget)\b"
    r"|\binstead\W*$|\bwrong (number|mobile|phone|account)\b"
    r"|\b(another|(a )?different) (number|mobile|phone|account|user)\b|दूसरा नंबर"
    r"|\b(recover|lost)\b|\baccount recovery\b|दिखाएं|छिपाएं|\bunmask\b"
    r"|^\W*(offers|alerts|notifications)\W*$"
    rf"|{parts.DOES_ELSE}"
)
"""What a control says that does not send the form."""

ONLY_SENDS = any_of(r"^\W*send\W*$")
"""Words of a button that may send anything, such as a message."""

BY_ANOTHER_WAY = any_of(
    r"^(?!.*\b(mobile|phone|number)\b).*"
    r"\b(with|by|via|using|through) (an? |your |the )?(QR|google|apple|facebook|microsoft|passkey"
    r"|e-?mail|biometrics?|fingerprint|face ?id|touch ?id|(client|user|customer) ?(id|code|name)"
    r"|UCC)\b"
)
"""Words of a button that logs in by something else than the number."""

GO_IDENTITY = any_of(
    r"continue|submit|\bnext\b|proceed|get ?otp|send ?otp|verify|log ?in|sign ?in|primary|\bcta\b"
)

IS_A_KEY = any_of(r"^\d( ?[a-z]{2,5})?\W*$")
"""The key of a keypad, such as "2 ABC"."""

SENDS_A_KEYPAD_AWAY = any_of(r"^\W*(done|ok(ay)?|close|hide)( (the )?(keyboard|keypad))?\W*$")
"""What sends a keypad away."""
