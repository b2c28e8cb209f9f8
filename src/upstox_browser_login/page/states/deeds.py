"""What is done to an account, costs money, or takes something away."""

from __future__ import annotations

from upstox_browser_login.page.pattern import any_of

from . import parts
from .deeds_in_india import CHARGES_IN_INDIA, DEEDS_IN_INDIA
from .terms import AGREE

DOES_IN_A_NAME = any_of(
    r"\b(authori[sz]\w*|approv\w*|CDSL|NSDL|TPIN|e-?DIS|lend\w*|lent|borrow\w*|sells?|selling|sale"
    r"|sold|orders?|nominat\w*|nominees?|bank|dividends?|buy-?backs?|rights? issue|convert\w*"
    r"|opt(ed|ing)? (in|out)|segments?|commodit\w*|SLB|GTT|tax\w*|FATCA|residen\w*|citizen\w*"
    r"|withdraw\w*|transferr\w*|portfolio management|data shar\w*|sharing|shared? with|grant\w*"
    r"|allow\w*)\b"
)
"""What going on may do in a person's name, besides what costs money."""

_MONEY = (
    r"(\b(pay(ments?)?|buy|purchase|transfer|withdraw|subscribe|upgrade|MTF|margin"
    r"|add (funds|money)|place (an? |my |the )?order)\b|\u20b9|\b(INR|Rs)\b|পেমেন্ট|भुगतान|पेमेंट)"
)

SPENDS = any_of(
    r"^(?!\W*(skip|not?|maybe|later|don.?t|remind|ask|close|cancel|(continue )?without)\b).*"
    + _MONEY
)
"""Words that spend money, if they do not begin by passing it by."""

_UNDOES = r"\b(delete|disable|deactivate|revoke|unlink)\b"

SPEAKS_OF_MONEY = any_of(_MONEY)

_OFFERED = r"(plus|pro|premium|prime|gold|elite|trial|renewal|MTF|F ?& ?O|alerts?|pledge|payouts?)"

UNDOES = any_of(
    _UNDOES,
    rf"^\W*cancel (my |your |the |this |upstox |all )*{_OFFERED}\b",
    r"\bcancel (my |your |the |this )?(\w+ )?(plan|subscription|membership|requests?|orders?"
    r"|mandate|SIPs?|auto-?pay"
    r"|payout)\b|^\W*cancel (both|all|them|these|those)\b",
    r"\bclose (my|your|the|this) .{0,20}\baccount\b",
)
"""Words that take away something that a person has."""

CLOSES_AN_ACCOUNT = any_of(r"\bclose .{0,20}\baccount\b")

_DEEDS = (
    r"(pay(ments?|outs?)?|buy|purchases?|sell|withdraw(als?)?|transfer|pledges?|place|redeem|redemption"
    r"|subscri(be|ption)|activat(e|ion)|deactivat(e|ion)|delet(e|ion)|closure|revoke|link|nominate"
    r"|nominees?|nomination|e-?sign|lend|convert|renew|orders?|mandates?|SIPs?|auto-?pay|plans?"
    r"|add (funds|money))"
)

_DOES_A_DEED = (
    (
        r"^\W*(confirm|authori[sz]e|approve|verify|submit|place|proceed|continue|complete|accept"
        r"|agree|enter|use|make|set up|review)\b(?!.*\b(log|sign) ?in\b)"
        rf".*(\b{_DEEDS}\b|\u20b9)"
    ),
    r"^\W*(confirm|authori[sz]e|approve|allow)\b.*\b(sale|debits?|transactions?|e-?DIS)\b",
)

_LETS_IN = (
    r"^\W*(authori[sz]e(?! (sign|log)[ -]?in\W*$)|approve|allow)\b"
    r"(?! (this|your) (sign|log)[ -]?in\W*$).*\b((sign|log)[ -]?ins?|devices?)\b"
)
"""Words that let in somebody else's login, or one on another device."""

DEEDS = any_of(*_DOES_A_DEED, _LETS_IN)
"""Words of a form in which a code or PIN does more than log in."""

_MOVED = r"(withdrawals?|payouts?|transfers?|payments?|redemptions?|mandates?|pledges?|sales?)"

_LOGS_IN = r"\b(log|sign)[ -]?in\b"

_DEVICE = r"(TVs?|televisions?|devices?|screens?|tablets?|friends?|famil\w+)"

ANOTHERS_LOGIN = any_of(
    # Not the person's own login: "you are trying to log in".
    r"^(?!.*\b(you|we|if|when|whenever|unless)\b|.*\btrying to (log|sign)[ -]?in\?).*"
    r"\b(wants?|would like|tries|trying|asks|asking|waiting|waits) to (log|sign) ?(in|on)\b"
    r"(?! with\b)",
    r"^(?!.*\b(if|when|unless)\b).*"
    r"\b(sign|log)[ -]?ins? (from .{1,40} )?((is|are) )?(pending|waiting|awaiting|waits)\b",
    r"\b(pending|waiting|incoming) (sign|log)[ -]?ins?\b",
    rf"\b(pair|link|add|connect) (((your|an?|the|new|other|another) )*{_DEVICE})\b",
    rf"{_LOGS_IN} (to |on |in |at )?((your|an?|the) )?((other|another) {_DEVICE}|TV|friend)\b",
    r"\b(approves?|authori[sz]es?|allows?|lets) (\w+ )?(((sign|log)[ -]?in|device|person)\b"
    r"(?! on this\b)( \w+)? (from|in|on|at|of)\b(?! (this|upstox)\b)|(an)?other device\b)",
)
"""Words of a form that lets in somebody else, or another device."""

OF_A_DEED = any_of(
    rf"\b(pending|scheduled|requested|upcoming|your (last|new|next|open)) (\w+ )?{_MOVED}\b",
    rf"\b({_MOVED}|closure|deletion|deactivation) (request(ed)?|pending|scheduled)\b",
    rf"\b{_MOVED} of (\u20b9|Rs\b|INR\b|\d)|\b(CDSL|NSDL|e-?DIS)\b",
    r"^\W*verify (your |my |the )?(new )?(e-?mail|bank|PAN|aadhaar|UPI|address)\b",
    r"^(?!\W*(verify|confirm) (this|your) (sign|log)[ -]?in attempt\W*$)"
    r".*\b(sign|log)[ -]?in (requests?|attempts?)\b"
    r"|^(?!.*\b(signed|logged) in\b).*\b(an)?other device\b",
    r"^\W*(sell|pledge|withdraw|redeem) (your |my |the |all )*"
    r"(shares|stocks|holdings|funds|money)\b",
    r"^\W*add (an? |your )?nominees?\b(?! (later|any ?time)\b)",
    r"^\W*(convert (to|into|\w+ to)|borrow|redeem|(de|re)materiali[sz]\w+|renounce|buy-?back"
    r"|copy trade|increase (your |the )?leverage|create (a |an )?(new )?(app|API key))\b"
    r"|^\W*basket orders?\W*:"
    r"|^\W*(copy|mirror)[- ]trad(e|es|ing)\b|\bas a gift\b"
    r"|\bapplications? (of|for) (\u20b9|Rs\b|INR\b|[A-Z]\w* IPO)",
    r"^\W*(confirm|review) (the |this |your )?trades?\b|^\W*follow (a |this )?trader",
    ANOTHERS_LOGIN.pattern,
)
"""Headings of a form that does something to the account, such as a withdrawal."""

_A_DEED = (
    r"(un|re|de|dis|auto)?-?(exit|close|cancel|convert|gift|tender|redeem|claim|generate|show|reveal"
    r"|update|renew|stop|pause|skip|deploy|execute|settle|port|share|link|connect|release|sign"
    r"|set up|change|remove|back ?up|download|export|accept|approve|grant|apply for|bid for"
    r"|subscribe to|follow|place|modify|repeat|book|pledge|lend|borrow|donate|transfer|withdraw"
    r"|activate|enable|disable|turn (on|off)|submit|upload|nominate|add|delete|block|freeze|lock"
    r"|merge|switch|report|request|raise|file|register|e-?sign|authori[sz]e|pay|sell|rotate|create"
    r"|balance|view|copy|roll over)"
)

_DEED_TO = (
    rf"({parts.THINGS}|agreements?|kill switch|statements?|reports?|data|authenticator"
    r"|whats ?app|telegram|smallcase|app lock|face id|biometrics?|strateg(y|ies)|algos?|dues"
    r"|keys?|secrets?|tokens?"
    r"|(secret|API|private|backup|recovery) (keys?|codes?|secrets?))"
)

_CALLED_A_DEED = (
    r"((auto-?|e-?)?(mandates?|pay(ments?|outs?)?)|withdrawals?|transfers?|order|pledges?|closure"
    r"|(de)?activation|deletion|(transaction|payment|order) authori[sz]ation|agreements?"
    r"|declarations?|consent|loans?( .{1,20})?|insurance|subscriptions?|plan|nominees?"
    r"|nominations?|((re-?|video )?KYC)|DDPI|POA|rights issue|buy-?back( offer)?|e-?voting"
    r"|vote|dues|penalty|fees due|wallet|checkout|cart|(backup|recovery) codes|IPO application"
    r"|kill switch|margin call|stop loss|promo code|coupon|corporate actions?|power of attorney"
    r"|((rights )?issue )?renunciation|transmission of (securities|shares)|income proof"
    r"|(quarterly|running account) settlement|copy trading|cash sweep|(tender|exit) offer)"
)

HEADS_A_DEED = any_of(
    rf"^\W*(please )?{_A_DEED} ((your|my|the|this|these|an?|all|any|new|another) )*(\w+ )?"
    rf"{_DEED_TO}\b(?!.*\b((log|sign)[ -]?in|to (your )?upstox|later|any ?time)\b)",
    rf"^\W*(?!.*(\d|\b(no|zero|flat|free)\b))([\w&-]+ ){{0,3}}{_CALLED_A_DEED}"
    r"( (review|summary|details|request|approval|confirmation|authori[sz]ation|mandate|application"
    r"|required|agreement))?\W*$",
)
"""Titles that name a deed, such as "Autopay mandate", or tell to do one to a thing."""

WHERE = (
    r"((your|the|my|this|our) )?((upstox|trading|demat|own|mobile|web|pro) )*"
    r"(account|app|site|website|web|platform|terminal|dashboard|portfolio|watch ?lists?|markets?"
    r"|upstox)\b(?! (with|at|of|for)\b)"
)

_CHANGES = (
    r"(\bmov(e|es|ing) (your|my|the|all|these|shares|funds|money|holdings|securities|stocks)\b"
    r"|\b(un)?freez(e|es|ing)\b"
    r"|\b(block|lock|suspend|reopen|hibernate|port|merge|downgrade|surrender|liquidate|square off"
    r"|roll over|top up|rebalance|rotate|regenerate|export|erase|wipe|trust|return) "
    r"(your|my|the|this|these|an?|all|out|keys?|accounts?|shares|positions|data|device)\b"
    rf"|\bopen(ing)? (an?|your|my|the) (?!{WHERE})(\w+ ){{1,3}}(account|deposit|policy)\b"
    r"|(?<!\bor )\bopen(ing)? an? (\w+ )?account\b(?! or (log|sign)[ -]?in\b)"
    r"|\bopen(ing)? (your|my) (\w+ )?account with\b"
    r"|\b(start|begin)(ing|ning)? ((an?|your|my|the) )?(\w+ )?(SIP|trial|transfer|withdrawal"
    r"|mandate|subscription)\b|\bfree trial\b|\blucky draw\b|\bcontest\b"
    r"|\b(it|this) (my |the )?default\b)"
)

_LOGS_OUT = r"\b(log|sign)(ging|ing)? (me |you )?out\b"

CHANGES = any_of(_CHANGES, _LOGS_OUT)
"""Headings of a form that changes something of the account."""

_DONE = (
    r"(moved|sold|transferred|frozen|closed|pledged|redeemed|withdrawn|released|opened|started"
    r"|debited|converted|cancell?ed|deactivated|deleted|switched)"
)

DONE_BY_UPSTOX = any_of(
    rf"^(?!.*\b(wrong|incorrect|invalid|failed|tries|attempts|fraud|if we)\b)"
    rf".*\b(we|upstox)(( will|.ll| shall| can| now| then)* )(?=\S){_CHANGES}",
    r"\b(shares|holdings|funds|money|account|orders?|securities|SIPs?|mandate|nominee|positions?)\b"
    rf"[^.!?|]{{0,20}}\b(is|are|gets?|be) (\w+ )?{_DONE} (once|when|after|as soon as) "
    r"(you (enter|type|confirm|submit|give|verify|log|sign|continue|go on)"
    r"|your (M?PIN|T?OTP|code|passcode))\b"
    r"(?!.*\b(wrong|incorrect|invalid|failed)\b)",
)
"""Words at a field on what is done to the account after a secret was typed there."""

NAMES_A_DEED = any_of(
    rf"{_MONEY}|{_CHANGES}|{_LOGS_OUT}|\b{_DEEDS}\b(?<!orders)(?<!\bplace)|\b(place (?!orders)"
    r"|clos(e|ing|ure)|sales?|sell(ing)?|sold|accept|agree|release|gift|convert|authori[sz]e the"
    r"|sign(?![ -]?(in|on|up)\b)|MTF|F ?& ?O|segments?|derivatives?|IPOs?|loans?|insurance"
    r"|trade \d+|(change|update|add|remove|modify|register|replace|reset|delet|deactivat"
    r"|return) ?\w* (your|my|the|this|an?|new))\b"
)
"""Words of another purpose than to log in that a secret is typed for."""

COSTS = any_of(
    r"^\W*(pay|buy|sell|redeem|withdraw|transfer|add (funds|money)|delete|deactivate"
    r"|(close|block|suspend) (it\W*$|((my|your|the|this) )?account)|release|e-?sign"
    r"|sign(?![ -]?(in|me|on|up|out|off)\b)|disconnect|revoke|(un)?link"
    r"|(un)?freeze|lock|set|turn (on|off)|disable|square off|exit (all|my|position)|send money"
    r"|tender|repay|donate|pledge|hibernate|start (an? |my )?SIP)\b",
    r"^\W*(authori[sz]e|approve|confirm) (the |this |my |your )?"
    rf"({_MOVED}|orders?|DDPI|POA)\b",
    rf"^(?!.*\bto\b).*(&|\+|[,;:]|\band\b|\bthen\b)\s*{_DEEDS}\b",
    *_DOES_A_DEED,
    _LETS_IN,
)
"""Words of a form's button that spends money, takes something away, or binds a person."""

BINDS = any_of(
    AGREE.pattern,
    _MONEY,
    r"\b(sell|order|invest|trad(e|ing))\b",
    _UNDOES,
    r"\b(remove|reset|replace|forget)\b"
    r"|\b(switch|turn) off\b|stop using|^\W*change (?!to\b)|log ?out|download|install",
)
"""Words that bind a person, spend money, or undo something."""

DOES_A_DEED = any_of(
    r"^\W*((yes|please|now),? )?(update|upload|redo|complete|verify|confirm|submit|link|add|sign"
    r"|e-?sign"
    r"|authori[sz]e|approve|nominate|place|discard|renew|cancel(?!\W*$)|keep|activate|reactivate|set|reset"
    r"|create|enable|change|schedule|square off|exit|sell|buy"
    r"|re-?(verify|submit|upload|activate|new)"
    r"|choose|select|apply|accept|agree|register|provide|declare|convert|save|start|do|finish"
    r"|open (the |your )?camera|take (a |the )?(selfie|photo|picture)|scan|capture|record|pay)\b"
    r"|^\W*i (do not|don.t|want|wish|would like|declare|confirm|am)\b"
    r"|^\W*(proceed|continue|go) (to|with) (re-?|e-?)?(kyc|sign|payment|verif|upload|nominat)"
)
"""Words of a control that does something to the account and leads on from no screen."""

SPENDS_OR_UNDOES = any_of(
    r"^\W*(pay|buy|purchase|upgrade (to|now)|subscribe|add (funds|money)|transfer|withdraw"
    r"|start (your )?(\w+ )?(subscription|plan|trial)|turn(ing)? off|disabl(e|ing)|delet(e|ing)"
    r"|deactivat(e|ing)|clos(e|ing) (your )?account|reset(ting)?|remov(e|ing)|revok(e|ing)"
    r"|unlink(ing)?)\b",
)
"""Headings of a screen or form that spends money or undoes something."""

_OPENS_AN_ACCOUNT = r"open(ing)? (an? |your |my )?(\w+ ){0,3}account(?! or (log|sign)[ -]?in\b)"

DOES_BY_GOING_ON = any_of(
    SPENDS_OR_UNDOES.pattern,
    r"^\W*(activat(e|ing)|enabl(e|ing)|upgrad(e|ing)|pledg(e|ing)|switch(ing)?"
    rf"|{_OPENS_AN_ACCOUNT})\b",
    r"^\W*(finish|complete) (setting up |opening )?(your |the )?(\w+ )?"
    r"(account|registration|set-?up|application)\b",
    r"^(?!.*\b(later|any ?time)\b)\W*(raise|increase|reduce|lower|extend|link|unlink|add|connect"
    r"|renew|register|nominate|convert|freeze|unfreeze) (your|my|an?|the|another|new|bank|UPI|PAN"
    r"|aadhaar)\b",
    r"^\W*log(ging)? out (of|all|every|other)|\bdeclaration\b|\b(contest|lucky draw)\b"
    r"|^\W*win (an?\b|\u20b9|rs\b)",
)
"""Headings of a screen on which going on does something in a person's name."""

OFFERS_A_CHANGE = any_of(
    r"^(?!.*\b(M?PIN|T?OTPs?|code|password|browser|website|feedback|the most of)\b)"
    r"\W*(use|turn|publish|share|make(?! sure\b)|move|show|let|post|lend|give|send)\b"
    r".*\b(your|my)\b",
    r"^\W*(join (?!us\b|\d)|enrol|subscribe|opt in|become (?!an? (better|smarter)\b))",
)
"""Titles that offer to change something of a person's, such as where letters are sent."""

_NOT_YET_SO = r"^(?!.*\b(if|when|was|were|how|can|could|may|might|never|not|until|before|after)\b)"
_OF_AN_ACCOUNT = (
    r"(plan|tariff|brokerage|e-?mail|number|address|bank|nominee|limit|PIN|account|subscription"
    r"|contract note|statement|letter|order|settlement)s?"
)

CHANGES_WHAT_IS_A_PERSONS = any_of(
    rf"{_NOT_YET_SO}.*\byour ([\w&-]+ ){{0,3}}{_OF_AN_ACCOUNT}"
    r"( (will|now|then|also|is going to)){0,2} "
    r"(becomes?\b|(changes?|moves?|switch(es)?|converts?|upgrades?|turns|go(es)?) "
    r"(to|into|from|over|up|down)\b)",
    rf"{_NOT_YET_SO}.*\bfrom (now|today) on\b(?!.*\byou( will|.ll)? (see|find|log|sign)\b)"
    r".*\byour?\b",
    rf"{_NOT_YET_SO}.*\byou( will|.ll)?( now| be)* "
    r"(moved?|switch(ed)?|upgraded?|converted?|enrol+(ed)?|opted)( in)? (to|into|in)\b"
    r"(?! (the |your )?(next|app|home|dashboard|log|page|sign))",
    rf"{_NOT_YET_SO}.*\bwe( will|.ll| shall| are going to)( now| then)? "
    r"(share|publish|show|give|sell|use|move|switch|change|convert|upgrade|enable|remove|link|send)"
    r" your\b(?! (code|T?OTP))",
    rf"{_NOT_YET_SO}.*\b(stop[- ]loss|GTT|orders?|SIPs?|mandates?|baskets?|nominees?|segments?"
    r"|positions?|F ?& ?O|MTF|pledge)( (of|for|in) [\w&.-]+)? (will be|gets?|(is|are) being) "
    r"(\w+ly )?(removed|cancel+ed|placed|closed|sold|converted|activated|enabled|added|linked)\b",
    r"\b(log|sign)(s|ging|ing)? you out (of|on|from) ((\d+|all|your|every|the|of) )*(other )?"
    r"(\w+ )?(devices|sessions|browsers|apps|phones)\b"
    r"|\b(log|sign)(s|ging|ing)? you out everywhere\b",
)
"""A sentence on what a person has that changes by going on, and not by reading it."""

PRODUCTS = any_of(
    r"\b(activat\w*|enabl\w*|margin|MTF|F ?& ?O|futures|derivatives?|IPOs?|DDPI|POA|(un)?pledg\w*"
    rf"|plans?|plus|premium|subscri\w*|upgrad\w*|switch\w*|{_OPENS_AN_ACCOUNT}"
    r"|loans?|credit|insurance|SIPs?|mandate|auto-?pay|fees?|brokerage)\b"
)
"""What a person may take or have done by going on."""

TAKES_BY_A_TICK = any_of(
    # Not what an app may see, such as funds and margin.
    rf"^(?!\W*((view|see|read|access) )?(your )?((available )?funds?|margins?)\b).*{_MONEY}",
    r"\b(F ?& ?O|futures|derivatives?|IPOs?|DDPI|POA|pledg\w*|plans?|premium|loans?|insurance|SIPs?"
    r"|mandate|auto-?pay|fees?|credit|SLB|lend\w*|nominee|shar(e|ing) (my|your)|switch me)\b",
)
"""What a ticked box takes in a person's name."""

_OFTEN = r"(per|a|an|every|each) (month|year|annum|quarter|week)"

_FEES = r"(annual|yearly|monthly|quarterly|joining|subscription|membership) (fees?|charges?)"

CHARGES = any_of(
    rf"{parts.AMOUNT}.{{0,60}}\b(charged|debited|deducted|taken from|{_OFTEN}|auto-?pay|mandate"
    rf"|{_FEES})\b",
    rf"\b(auto-?pay|e-?mandate|charged|debited|deducted|{_FEES})\b.{{0,60}}{parts.AMOUNT}",
)
"""Words of a screen on which going on costs money."""

ORDERS = any_of(
    rf"\b(buy|sell|redeem|tender|transfer|withdraw|invest)(ing)? (all\b|\d[\d,]*\b|{parts.AMOUNT})",
    r"\bvot(e|es|ing)\b.{0,40}\b(resolutions?|proxy|proxies)\b|\bproxy vot",
    r"\b(payee|beneficiary|order value|you pay|(total )?amount)\s*(:|\u20b9)"
    r"|\b(quantity|qty)\W{0,3}\d|\b(nominees?|beneficiar(y|ies))\b.{0,40}\d ?%",
    r"\blet.?s (open|create|set up) (your|an?) (\w+ ){0,2}account\b",
    r"\bstanding (instruction|order)s?\b|\b((e-?)?mandate|SIP|SWP|STP) (of|for|in) ",
    r"\bwe( will| shall|.ll) (now |then )?(buy|sell|place|convert|close|transfer|pledge|debit"
    r"|redeem|nominate|register|execute|switch|renew|lend) .{0,40}\b(your|you|it|them|\d+)\b",
)
"""Words of a screen on which going on gives an order or lets one be carried out."""

TITLES_OF_DEEDS = (DOES_BY_GOING_ON, DEEDS, OF_A_DEED, HEADS_A_DEED, DEEDS_IN_INDIA)
"""What a title says of a screen or form that does something in a person's name."""

ORDERS_OR_CHARGES = (ORDERS, CHARGES, CHARGES_IN_INDIA)
"""What a text says where money is moved or spent."""
