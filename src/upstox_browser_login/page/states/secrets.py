"""What a text says that a PIN or a code is typed for, or sent for."""

from __future__ import annotations

from upstox_browser_login.page.pattern import any_of

from . import parts
from .deeds import WHERE

_A_SECRET = r"\b(M?PIN|T?OTP|code|passcode)\b"  # noqa: S105  (its names)

_ENTERS = rf"\b(enter|type|provide|use|give|confirm with)\b.{{0,24}}{_A_SECRET}"

USED_FOR = any_of(
    rf"{_ENTERS}[^.!?|]{{0,20}}?(?<!sent)(?<!texted)(?<!mailed) to (?P<what>[a-z][^.!?|]*)",
    rf"\bto (?P<before>[a-z][^.!?|]*?),? (please |just )?{_ENTERS}",
)
"""Words at a field on what a secret is typed for."""

USED_TO_LOG_IN = any_of(
    r"^(securely |safely )?(continue|proceed|(move|carry) (ahead|on)|(log|sign)(?! (off|out))"
    r"|access|unlock(?! (premium|rewards?|offers?|benefits?|exclusive|more|all|new|features?)\b)"
    r"|go(?! live\b)|reach"
    # The app that the login is for, but nothing that is added to the account.
    r"|connect (?!(your|my|the|an?|new|another|this)\b(?! ((upstox|trading) )?(account|app)\b))"
    rf"(?!.*\b({parts.BANKS}|{parts.PAYS}|savings|\w*banking|aggregators?|alerts?"
    r"|Whats ?App|Telegram|banks?|UPI|wallets?|cards?|brokers?|famil\w+|devices?|e-?mails?|phones?"
    r"|numbers?|Aadhaar|PAN|Digi\w*)\b)"
    rf"|get (in|into|started|back|going|access)|enter( {WHERE}|\W*$)|open {WHERE}|view|see"
    r"|return(?! (the|my|your|these|\w*shares)\b)"
    r"|check(?! ?out\b)|manage|(start|begin)(?! an? (?!session\b))|resume|keep|stay|protect|secure"
    r"|trade|invest(?! in (?!(stocks|shares|equit|(mutual )?funds|(the )?(stock )?markets?)))"
    rf"|use ({WHERE}|the API\b|(\w+ ){{1,2}}with upstox\W*$|\w+\W*$)|authenticate|prove"
    r"|place (and \w+ )?orders|(verify|confirm|check)( that)?( it| this| you| your| the)?"
    r"( (is|are|it|you|really|identity|account|number|mobile|phone|log-?in|sign-?in|s))*"
    r"( (and|to) (continue|proceed|go on|(log|sign) ?in)\b.*)?\W*$"
    r"|(verify|confirm|prove) (that )?(it|this|that)( is|.s) (really )?you\b"
    r"|(complete|finish|approve) (this|the|your )?.{0,12}((log|sign)(ging|ning)?[- ]?in|verif)"
    r"|(connect|allow|let|authori[sz]e|approve)\b.*\b(app|access|(log|sign)[- ]?in)\b)"
    # "The code sent to you" only names the receiver.
    r"|^(your|the|you|my|an?|this|that|it|us|me|registered|mobile|phone|number|e-?mail)\b"
)
"""Purposes of a secret that only log in."""

LOOKS_ONLY = any_of(
    r"^(view|see|check|track|access) (all )?your (\w+ ){0,2}\w+s( (and|&) (\w+ ){0,2}\w+s)?\W*$"
    r"|^manage (all )?your (SIPs|IPOs|orders|holdings|investments|positions|trades|(mutual )?funds"
    r"|portfolio|plans)( (and|&) (\w+ )?(SIPs|IPOs|orders|holdings|investments|positions|trades"
    r"|funds))?\W*$"
    r"|^((start|begin) trading|trade) in (\w+|F ?& ?O)((,| and| &) (\w+|F ?& ?O)){0,4}\W*$"
)
"""Purposes that only look at what a person has, or trade as anybody does."""

LEADS_TO_AN_APP = any_of(
    r"^((sign|log) in to|continue (with|to)|return to|connect to) (the )?"
    r"(MTF|IPO|SIP|F ?& ?O|margin|orders?|plan|loan|portfolio) (scanner|tracker|desk|terminal"
    r"|screener|planner|radar|monitor|bot|algo|trader|analy[sz]er|assistant|app)\b"
)
"""Purposes that name an app which is called like a product."""

PROVES_FOR = any_of(
    r"\b(confirm|verify|prove|authenticate)\b[^.!?|]{0,24}\b(identity|you|yourself)\b"
    r"(,|\W+(to|before|so|for|and|then)\b)(?P<what>[^.!?|]*)"
)
"""Words on what somebody proves their identity for."""

CLOSES_BY_IT = any_of(
    r"\b(request\w*|asked|applied|confirm\w*|proceed\w*|want\w*)\b.{0,30}\b(clos(e|ure|ing)"
    r"|delet(e|ion|ing)|deactivat(e|ion|ing))( of)?( your| my| the| this)?( \w+)? account\b"
    r"|\b(request\w*|asked|applied|confirm\w*|proceed\w*)\b.{0,30}\baccount (closure|deletion"
    r"|deactivation)\b|\baccount (closure|deletion|deactivation)( is| was| has been)? (request\w*"
    r"|pending|scheduled|under way|in progress)\b"
    r"|^\W*(clos|delet|deactivat)(ing|ure of|ion of)( your| my| the| this)?( \w+)? account\b"
    r"|\bwe( will|.ll| shall) (now )?(close|delete|deactivate) (your|my|the|this) (\w+ )?account\b"
)
"""Words at a field of a form that closes an account."""

_SENDS = r"\b(sent|send|texted|text|messaged|e-?mailed|mailed|issued)\b"

SENDS_A_SECRET = any_of(rf"{_SENDS}.*{_A_SECRET}|{_A_SECRET}.*{_SENDS}")
"""A sentence about a code that is sent."""

ASKS_FOR_A_SECRET = any_of(
    r"\b(enter|type|confirm|verify|submit|input|provide)\b.{0,24}\b(M?PIN|T?OTP|passcode|password"
    r"|code)\b|\bcaptcha\b"
)
"""Titles of the login's forms."""
