"""Words of a screen that carries out one thing in particular, such as the sale of ten shares.

Praise of the same deed, which may stand beside any login, names no amount, no account and no
person: "Withdraw funds faster".
"""

from __future__ import annotations

from upstox_browser_login.page.pattern import any_of

from . import parts

_PRAISES = (
    r"(?!.*\b(free|get|faster|instant(ly)?|easily|easy|simple|any ?time|earn|win|zero|no|nil"
    r"|charges?|brokerage|up ?to|only|just|starting|flat|if|how|why|never|not|can|may|might|could"
    r"|or|offers?|learn|without|refer|per (order|trade)|was|were|have|has|did|scam\w*|fraud\w*"
    r"|beware|asks?|fake|taps?|clicks?|seconds|lakhs?|crores?|bonus|cash ?back|reward\w*"
    r"|did you know|example|e\.g)\b|.*\?)"
)
"""Not in an offer, a rule, a warning, or what is past."""

_MANY = (
    r"[1-9][\d,.]*(?![\d,.+%x])(?! ?(x|\+|%|min|hour|day|sec|tap|click|step|year|month|simple)) \w"
)

_MOVES = (
    r"(buy|sell|redeem|tender|transfer|withdraw|(un)?pledg|gift|lend|borrow|send|pay|donat|repay"
    r"|switch|convert)(e|ing)?"
)

_DOES = (
    r"(clos|delet|deactivat|disabl|sell|redeem|withdraw|transfer|pledg|unpledg|debit|convert|cancel"
    r"|link|unlink|add|remov|chang|switch|releas|freez|nominat|renew|revok|plac|gift|purchas|lend"
    r"|borrow|donat|repay)"
)
_OWN = (
    rf"(?:(?!that\b|which\b|to\b)[\w&-]+ ){{0,3}}({parts.THINGS}|accounts?|API keys?|nominations?"
    r"|units?|securities|address|e-?mail|DDPI)\b"
)
_WILL = r"(will|shall|is going to|are going to|is about to|are about to)"
_SURE = (
    r"(?!.*\b(if|unless|after|when|wrong|incorrect|attempts?|inactive|dormant|never|not|session)\b)"
)
_NO_NOTICE = (
    r"(?!.*\b(due|holiday|next|tomorrow|maintenance|(on|by|from) (the )?\d+|within|every|each"
    r"|always|safe|secure|protected|only|investors?|SEBI|circular)\b)"
)
_DONE = (
    r"(closed|sold|transferred|pledged|redeemed|withdrawn|debited|converted|deleted|deactivated"
    r"|released|bought|lent|borrowed|gifted|donated|placed|executed|signed"
    r"|linked|nominated|switched|activated|enabled|disabled)"
)
_BANK = rf"\b(banks?|{parts.BANKS}|Union|savings|current account)\b"

_OF_A_THING = (
    r"((total |order |net |transfer |withdrawal |payable |debit )?amount|order (value|qty)|quantity"
    r"|qty|units|no\.? of (shares|units)|number of (shares|units)|lots?|you (pay|receive))"
)

_ASKED_FOR = (
    r"(withdrawal|payout|transfer|payment|redemption|mandate|pledge|sale|order|closure|purchase"
    r"|debit)s?"
)

CARRIES_OUT = any_of(
    rf"^{_PRAISES}.*\b{_MOVES} "
    rf"(everything|all (of )?(your|my|the|these|{parts.THINGS})\b|(your |my |the |these )?{_MANY}"
    rf"|{parts.AMOUNT})",
    # An order as a line of its own: "SELL TCS 10 @ market".
    rf"^{_PRAISES}.*\b(buy|sell|GTT|IPO)\b.{{0,40}}(@|\bat market\b|\bqty\b|\b\d+ lots?\b)",
    rf"^{_PRAISES}.*\b(sales?|purchase|transfer|withdrawal|redemption|pledge) of "
    rf"({_MANY}|{parts.AMOUNT})",
    rf"^{_PRAISES}.*\b(buy|sell|purchase) order (for|of) \d",
    rf"^{_PRAISES}.*\b(add|deposit|load) {parts.AMOUNT}",
    rf"^{_PRAISES}\W*(activate|enable|disable|deactivate|revoke) ([\w&-]+ ){{0,3}}"
    r"(segments?|MTF|DDPI|margin|access( (of|for) [\w-]+)?)\W*$",
    rf"^{_PRAISES}\W*{_OF_A_THING}\W*{parts.AMOUNT}\W*$",
    rf"^{_PRAISES}.*{parts.AMOUNT} {_WILL} be (\w+ly )?"
    r"(debited|withdrawn|transferred|paid|blocked)\b"
    r"(?!.*\b(annual|yearly|monthly|AMC|GST|from \d|on \d)\b)",
    rf"^{_PRAISES}\W*(revoke|exit|square off|cancel|delete|close|remove|liquidate) "
    rf"(all|both|every|\d+) ((of )?(my|your|the) )?(\w+ ){{0,2}}({parts.THINGS}|access|apps?|keys?"
    r"|devices?)\b",
    r"^\W*(accounts? )?(closure|deletion|deactivation|withdrawal|payout|transfer|redemption|nominee"
    r"|mandate|pledge) (requests?|applications?|orders?)\W*$",
    r"^\W*(reset|change|update|removal) of (your|my|the) \w+",
    r"\b(number|e-?mail|address|banks?( account)?|nominee) change (request\W*$|to\b)",
    rf"^{_PRAISES}.*\b(auto-?pay|mandate|SIP|standing instruction) (of|for) {parts.AMOUNT}",
    r"(^|: )\W*(confirm|authori[sz]e|approve) ((the|this|my|your) )?(\w+ )?"
    rf"{_ASKED_FOR}\W*$",
    r"\b(confirm|authori[sz]e|approve|complete) (this|your (pending|last)) "
    rf"({_ASKED_FOR}|transaction|request)\b",
    rf"^{_SURE}.*\b{_ASKED_FOR}\b.{{0,40}}\b((is|are) (pending|waiting|awaiting)"
    r"|(awaits?|waits? for|needs?) your)\b",
    rf"^{_SURE}.*\btransactions? needs your\b|\bstep before (your|the|this) {_ASKED_FOR}\b",
    rf"^{_PRAISES}.*\b(payment|amount|money) {_WILL} be (made|paid|taken|deducted|blocked)\b",
    r"^\W*(e-?)?mandate (registration|set-?up|approval)\W*$",
    r"^\W*(payee|beneficiary|nominee|mandate|folio|withdraw to|transfer to|pay to)\s*:\s*\S",
    r"\b(buy|sell) ?[\u00b7|,:-]+ ?\d|\d ?[\u00d7x] ?[\w&-]{2,20} ?.{0,3}\u20b9",
    r"\bi (hereby )?(agree|consent|authori[sz]e|instruct|request|want|wish)\b.*"
    rf"\b({_MOVES}|close|delete) (my|the|all|these|\d)",
    rf"^(?!.*\b(not|never|no|unlike|different)\b).*\b({_ASKED_FOR}|transaction)"
    r" (M?PIN|passcode|T?OTP)\b",
    # The account of a bank, and to or from whom money goes.
    r"^(?!.*\b(was|were|has|have|went|linked|verified|received|last|registered"
    r"|(bank|account) is)\b).*"
    rf"{_BANK}[^.!?|]{{0,24}}?(([*x\u2022]{{2,}} ?|\bending( in| with)? )\d{{2,6}}\b)",
    r"^(?!.*\b(only|never|beware|official|verified)\b)"
    r".*(?<![\w.])[\w.-]{2,}@(ok(axis|sbi|hdfcbank|icici)|ybl|ibl|axl|paytm|upi|apl)\b(?!\.\w)",
    # What is done by going on, without a condition.
    rf"^{_SURE}.*\b(this|it|that|(entering|confirming|continuing|proceeding|submitting)"
    rf"( \w+){{0,2}})( then| now| also)? ({_WILL}( \w+ly)? )?{_DOES}e?s? "
    rf"(your|my|the|this|all|these|an?) {_OWN}",
    rf"^{_SURE}(?!.*\bscam).*\byou( are|.re) (\w+ly )?(about to |going to )?{_DOES}(e|l?ing)? "
    rf"(your|my|the|this|all|these|an?|\w+ as) {_OWN}",
    rf"^{_SURE}{_NO_NOTICE}.*\b(your|my|this|these|all)( of| the| your| my)* {_OWN}"
    rf"( (of|in) [\w&.-]{{1,20}})?( \w+ | ){_WILL} (now |then )?be (\w+ly )?{_DONE}\b",
    rf"^{_SURE}.*\b(your|my|the|this) {_OWN} (of|for) {parts.AMOUNT} {_WILL} be\b",
    rf"^{_SURE}{_NO_NOTICE}.*\b(MTF|F ?& ?O|SLB|DDPI|margin( (trading|funding|pledge))?|auto-?pay"
    rf"|segments?|facility|plus) {_WILL} (now |then )?be (\w+ly )?"
    r"(activated|enabled|added|applied|(turned|switched) on)\b",
    rf"^{_SURE}.*\b(your|my) (?:{_OWN}|((mobile|phone) )?number) {_WILL} (now |then )?"
    r"(change|be (\w+ly )?(changed|updated|set)) to\b",
    rf"^{_PRAISES}.*\b(start|run|place|execute|fire|launch|deploy)\b.{{0,24}}"
    r"\b(baskets?|strateg(y|ies)|algos?|batch)\b.{0,24}\b[1-9]\d* (orders?|trades?|legs?)\b",
    rf"^{_PRAISES}.*\bconvert(ing)? (MIS|CNC|NRML|intraday|delivery)\b.{{0,40}}"
    r"(: ?[1-9]\d* (?![ap]m\b)[\w&]{2}|\b[1-9]\d* (shares?|units?|lots?)\b)",
    r"^.*\b(this|once|accounts?|actions?|step|it|requests?|closure|change)\b.*"
    r"\b(cannot|can.?t|can not) be (undone|reopened|reversed|recovered|restored)\b",
    # What is being done, as the name of the screen: "Linking bank account".
    rf"^{_PRAISES}(?!.*\b(is|are|made|means|takes|now|helps|keeps|protects|lets|gets|saves)\b)\W*"
    r"(withdrawing|selling|buying|transferring|pledging|redeeming|gifting|closing|deleting|linking"
    r"|adding|removing|changing|switching|nominating|authori[sz]ing|approving|converting|renewing"
    r"|opting (in|out)|changes? of|closure of|sale of|transfer of|purchase of) "
    rf"((?=your |my |the |this |an? )|(?=bank|UPI|nominee)|(?=.* as (a )?nominee)|(?:in|out)?to )"
    rf"\W*{_OWN}",
)
"""Sentences that say what is carried out by the screen."""

LETS_THE_APP_IN = any_of(
    r"\b(link|connect)(s|ing)? (your|my|this) ((upstox|trading|demat) )?account (to|with) "
    rf"(?!.*\b({parts.THINGS}|accounts?)\b)",
    r"\b(your|this) ((upstox|trading|demat) )?account will be (linked|connected) (to|with) "
    rf"(?!.*\b({parts.THINGS}|accounts?)\b)",
)
"""What a login does for the app that asks for it: "This will link your account to My Algo"."""

_OF_SOMEBODY = (
    r"(payee( name)?|beneficiary( name| account)?|nominee( name)?|mandate|folio( no\.?| number)?"
    r"|(from|to|debit|credit|bank) (account|bank|a/?c)|debit from|credit to|withdraw(al)? (to|from)"
    r"|transfer(ring)? (to|from)|sent? to|pay(ing)? to|IFSC|ISIN|scheme|request type|UPI id)"
)

SAYS_HOW_MUCH = any_of(
    rf"^(?!.*(मुफ़?्त|शुरू|\bतक\b|सिर्फ|केवल|बिना|\b(free|sirf|tak|shuru|bina)\b|\?)).*"
    rf"({parts.AMOUNT}|रु\.? ?[1-9]|[1-9]\d* (शेयर|शेअर|यूनिट|shares?|units?))"
)
"""A sentence in a language of India that says how much of something."""

TAKES_PART = any_of(
    r"\b(amount|quantity|qty|price|units|payee|beneficiary|UPI( id)?|VPA|IFSC|nominee|remarks"
    r"|segment|symbol|stock|scrip|scheme|folio|tenure|TPIN|SIP)\b",
    r"\b(reason|purpose)( for| of)?\b|\b(bank|debit|credit|account|a/?c) "
    r"(account|a/?c|bank|number|no\.?)(?=\W|$)|\b(from|to) (account|a/?c|bank)(?=\W|$)",
    r"\bnew (mobile|phone|number|e-?mail|address|bank)\b",
)
"""What a field takes that is of one form with the secret of a transaction."""

COUNTS = any_of(rf"^\W*{_OF_A_THING}\W*$")
"""What the row of a summary is called whose value is a number."""

NAMES = any_of(rf"^\W*{_OF_SOMEBODY}\W*$")
"""What the row of a summary is called whose value is an account, a person or a product."""

CALLS_THE_DEED = any_of(
    r"^\W*(action|side|type|purpose|for|(transaction|order|request)( type)?)\W*$"
)
"""What the row of a summary is called whose value is the deed."""

IS_THE_DEED = any_of(
    r"^\W*(buy|sell|withdraw(al)?|transfer|redeem|redemption|pledge|unpledge|payout|payment|gift"
    r"|purchase)\W*$"
)

BARE_ASSENT = any_of(
    r"^\W*((please )?(confirm|authori[sz]e|approve|agree|accept|sign|review|verify)( and | & )?)+"
    r"( (your|this|the|my))?( (request|action|change|detail|selection|choice|submission"
    r"|instruction)s?)?\W*$(?<!verify)(?<!review and)",
    r"^\W*(confirmation|authori[sz]ation|approval|acceptance|summary|change details)\W*$",
    r"^\W*(refer (and|&|n) earn|refer (a |your )?friends?|invite (a |your )?friends?|rewards?"
    r"|((security|account|profile) )?settings|((my|your) )?(profile|funds|wallet))\W*$",
)
"""Headings by which a person agrees to what is not told, or that are about something else."""

NAMES_ACCESS = any_of(
    r"\b(log|sign)[ -]?(in|on)\b|\baccess\b|\bpermissions?\b|\b(wants|would like) to\b"
    r"|\b(it.?s|it is|this is) (really )?you\b|\bidentity\b|\bto (continue|proceed)\b"
    r"|लॉग ?[इि]न"
)
"""Words of a screen that lets a person or an app in."""

SENDS_A_DEED = any_of(
    r"^\W*(place|execute)( it| now)?\W*$",
    rf"\b(swipe|slide|hold|press|tap)( (right|left|and hold))? to ({_MOVES}|place|close|delete)\b",
)
"""What the button of a transaction says, without what it is about."""

_OF_THE_SITE = r"(\W*\b(upstox|pro|web|securities|portal|my account)\b)*\W*"
TITLES_A_DEED = any_of(
    rf"^{_OF_THE_SITE}(e-)?({_ASKED_FOR}|e-?DIS|checkout)"
    rf"( (requests?|confirmation|approval|review))?{_OF_THE_SITE}$",
    rf"^{_OF_THE_SITE}(confirm|authori[sz]e|approve|review|place|request) (your |the )?{_ASKED_FOR}"
    rf"{_OF_THE_SITE}$",
    rf"^{_OF_THE_SITE}(withdraw|pledge|unpledge|redeem|transfer|gift|sell)( (your |my |all )?(funds"
    rf"|money|shares|holdings|stocks|units|securities))?{_OF_THE_SITE}$",
    rf"^{_OF_THE_SITE}(close|delete|deactivate) (your |my )?account{_OF_THE_SITE}$",
)
"""The title of a window that names nothing but a deed."""

OF_A_DEEDS_PATH = any_of(
    r"^(?!.*(log-?in|sign-?in|oauth|dialog|2fa|sso|session))(.*/)?(withdraw(al)?s?|payouts?|orders?"
    r"|mandates?|pledges?|e-?dis|closure|close-account|account-closure|redeem|redemptions?|checkout"
    r"|payments?)(/|$)"
)
"""The address of a transaction."""

REFUSES = any_of(r"^\W*(reject|decline|deny|disapprove)( (it|this|the|request|now))*\W*$")
"""What is said beside a button that approves something."""

LEAVES_A_DEED = any_of(
    r"^\W*(no,? |not me,? )?(cancel|edit|modify|change|keep|discard|view) ((this|the|my|your) )?"
    r"((order|payment|withdrawal|transfer|mandate|redemption|pledge|payout|sale)s?( details)?"
    r"|amount|quantity|qty|price|bank( account)?|payment (method|mode)|nominee)\W*$",
    r"^\W*(no,? )?keep ((my|the|your) )?account( open)?\W*$",
    r"^\W*back to (the |my |your )?(cart|orders?|basket|holdings|withdrawals?|payments?|funds"
    r"|positions|checkout)\W*$",
)
"""What is said beside a button that carries out something, and leads back to it."""
