"""What binds a person, spends money or undoes something, or lets an app in."""

from __future__ import annotations

import re

from upstox_browser_login.page.pattern import Pattern, any_of

from . import parts

DOES_IN_A_NAME = any_of(
    r"\b(authori[sz]\w*|approv\w*|CDSL|NSDL|TPIN|e-?DIS|lend\w*|lent|borrow\w*|sells?|selling|sale"
    r"|sold|orders?|nominat\w*|nominees?|bank|dividends?|buy-?backs?|rights? issue|convert\w*"
    r"|opt(ed|ing)? (in|out)|segments?|commodit\w*|SLB|GTT|tax\w*|FATCA|residen\w*|citizen\w*"
    r"|withdraw\w*|transferr\w*|portfolio management|data shar\w*|sharing|shared? with|grant\w*"
    r"|allow\w*)\b"
)
"""What may be done in a person's name by going on, beside what costs money."""

AGREE = any_of(
    r"\b(i |we )?(agree|accept|consent)\b|accept (all|&|and)|agree (&|and)"
    r"|(?<!ना)मंज़ूर|(?<!अ)स्वीकार|(?<!अ)सहमत"
    r"|sahmat|manzoor",
    parts.AGREE,
)
"""What binds a person; a program must not say it for them."""

_MONEY = (
    r"(\b(pay(ments?)?|buy|purchase|transfer|withdraw|subscribe|upgrade|MTF|margin"
    r"|add (funds|money)|place (an? |my |the )?order)\b|\u20b9|\b(INR|Rs)\b|পেমেন্ট|भुगतान|पेमेंट)"
)
SPENDS = any_of(
    r"^(?!\W*(skip|not?|maybe|later|don.?t|remind|ask|close|cancel|(continue )?without)\b).*"
    + _MONEY
)
"""What spends money, and does not say at its beginning that it is passed by."""

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
"""What takes away something that a person has."""

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
DEEDS = any_of(
    *_DOES_A_DEED,
    # Somebody else's login, or one on another device; this one is what the form is for.
    r"^\W*(authori[sz]e(?! (sign|log)[ -]?in\W*$)|approve|allow)\b"
    r"(?! (this|your) (sign|log)[ -]?in\W*$).*\b((sign|log)[ -]?ins?|devices?)\b",
)
"""Words of a form by which a secret that is typed there does more than to log in."""

_MOVED = r"(withdrawals?|payouts?|transfers?|payments?|redemptions?|mandates?|pledges?|sales?)"
_LOGS_IN = r"\b(log|sign)[ -]?in\b"
_DEVICE = r"(TVs?|televisions?|devices?|screens?|tablets?|friends?|famil\w+)"
ANOTHERS_LOGIN = any_of(
    # This login is the person's own: "you are trying to log in", "if somebody tries to log in".
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
"""Words of a form by which somebody else is let in, or another device."""

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
    ANOTHERS_LOGIN.pattern,
)
"""A heading of a form by which something is done for the account, such as a withdrawal."""

_A_DEED = (
    r"(un|re|de|dis|auto)?-?(exit|close|cancel|convert|gift|tender|redeem|claim|generate|show|reveal"
    r"|update|renew|stop|pause|skip|deploy|execute|settle|port|share|link|connect|release|sign"
    r"|set up|change|remove|back ?up|download|export|accept|approve|grant|apply for|bid for"
    r"|subscribe to|follow|place|modify|repeat|book|pledge|lend|borrow|donate|transfer|withdraw"
    r"|activate|enable|disable|turn (on|off)|submit|upload|nominate|add|delete|block|freeze|lock"
    r"|merge|switch|report|request|raise|file|register|e-?sign|authori[sz]e|pay|sell|rotate|create"
    r"|generate|balance|view|copy|roll over)"
)
_DEED_TO = (
    rf"({parts.OF_A_DEED}|agreements?|kill switch|statements?|reports?|data|authenticator"
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
    r"|kill switch|margin call|stop loss|promo code|coupon)"
)
HEADS_A_DEED = any_of(
    rf"^\W*(please )?{_A_DEED} ((your|my|the|this|these|an?|all|any|new|another) )*(\w+ )?"
    rf"{_DEED_TO}\b(?!.*\b((log|sign)[ -]?in|to (your )?upstox)\b)",
    rf"^\W*(?!.*(\d|\b(no|zero|flat|free)\b))([\w&-]+ ){{0,3}}{_CALLED_A_DEED}"
    r"( (review|summary|details|request|approval|confirmation|authori[sz]ation|mandate|application"
    r"|required|agreement))?\W*$",
)
"""A title that only names a deed, such as "Autopay mandate", or tells to do one to a thing."""

_A_SECRET = r"\b(M?PIN|T?OTP|code|passcode)\b"  # noqa: S105  (its names)
_ENTERS = rf"\b(enter|type|provide|use|give|confirm with)\b.{{0,24}}{_A_SECRET}"
USED_FOR = any_of(
    rf"{_ENTERS}[^.!?|]{{0,20}}?(?<!sent)(?<!texted)(?<!mailed) to (?P<what>[a-z][^.!?|]*)",
    rf"\bto (?P<before>[a-z][^.!?|]*?),? (please |just )?{_ENTERS}",
)
"""Words at a field that say what a secret is typed there for."""

_WHERE = (
    r"((your|the|my|this|our) )?((upstox|trading|demat|own|mobile|web|pro) )*"
    r"(account|app|site|website|web|platform|terminal|dashboard|portfolio|watch ?lists?|markets?"
    r"|upstox)\b(?! (with|at|of|for)\b)"
)
USED_TO_LOG_IN = any_of(
    r"^(securely |safely )?(continue|proceed|(move|carry) (ahead|on)|(log|sign)(?! (off|out))"
    r"|access|unlock(?! (premium|rewards?|offers?|benefits?|exclusive|more|all|new|features?)\b)"
    r"|go(?! live\b)|reach"
    # The app that the login is for, and nothing that is added to the account.
    r"|connect (?!(your|my|the|an?|new|another|this)\b(?! ((upstox|trading) )?(account|app)\b))"
    r"(?!.*\b(HDFC|ICICI|SBI|Axis|Kotak|Paytm|GPay|PhonePe|savings|\w*banking|aggregators?|alerts?"
    r"|Whats ?App|Telegram|banks?|UPI|wallets?|cards?|brokers?|famil\w+|devices?|e-?mails?|phones?"
    r"|numbers?|Aadhaar|PAN|Digi\w*)\b)"
    rf"|get (in|into|started|back|going|access)|enter( {_WHERE}|\W*$)|open {_WHERE}|view|see"
    r"|return(?! (the|my|your|these|\w*shares)\b)"
    r"|check(?! ?out\b)|manage|(start|begin)(?! an? (?!session\b))|resume|keep|stay|protect|secure"
    r"|trade|invest(?! in (?!(stocks|shares|equit|(mutual )?funds|(the )?(stock )?markets?)))"
    rf"|use ({_WHERE}|the API\b|(\w+ ){{1,2}}with upstox\W*$|\w+\W*$)|authenticate|prove"
    r"|place (and \w+ )?orders|(verify|confirm|check)( that)?( it| this| you| your| the)?"
    r"( (is|are|it|you|really|identity|account|number|mobile|phone|log-?in|sign-?in|s))*"
    r"( (and|to) (continue|proceed|go on|(log|sign) ?in)\b.*)?\W*$"
    r"|(verify|confirm|prove) (that )?(it|this|that)( is|.s) (really )?you\b"
    r"|(complete|finish|approve) (this|the|your )?.{0,12}((log|sign)(ging|ning)?[- ]?in|verif)"
    r"|(connect|allow|let|authori[sz]e|approve)\b.*\b(app|access|(log|sign)[- ]?in)\b)"
    # "The code sent to you" names whom it was sent to.
    r"|^(your|the|you|my|an?|this|that|it|us|me|registered|mobile|phone|number|e-?mail)\b"
)
"""What a secret of the login is typed for: to come in, and nothing else."""

LOOKS_ONLY = any_of(
    r"^(view|see|check|track|access) (all )?your (\w+ ){0,2}\w+s( (and|&) (\w+ ){0,2}\w+s)?\W*$"
    r"|^manage (all )?your (SIPs|IPOs|orders|holdings|investments|positions|trades|(mutual )?funds"
    r"|portfolio|plans)( (and|&) (\w+ )?(SIPs|IPOs|orders|holdings|investments|positions|trades"
    r"|funds))?\W*$"
    r"|^((start|begin) trading|trade) in (\w+|F ?& ?O)((,| and| &) (\w+|F ?& ?O)){0,4}\W*$"
)
"""A purpose by which somebody looks at what they have, or trades as anybody does."""

_CHANGES = (
    r"(\bmov(e|es|ing) (your|my|the|all|these|shares|funds|money|holdings|securities|stocks)\b"
    r"|\b(un)?freez(e|es|ing)\b"
    r"|\b(block|lock|suspend|reopen|hibernate|port|merge|downgrade|surrender|liquidate|square off"
    r"|roll over|top up|rebalance|rotate|regenerate|export|erase|wipe|trust|return) "
    r"(your|my|the|this|these|an?|all|out|keys?|accounts?|shares|positions|data|device)\b"
    rf"|\bopen(ing)? (an?|your|my|the) (?!{_WHERE})(\w+ ){{1,3}}(account|deposit|policy)\b"
    r"|(?<!\bor )\bopen(ing)? an? (\w+ )?account\b(?! or (log|sign)[ -]?in\b)"
    r"|\bopen(ing)? (your|my) (\w+ )?account with\b"
    r"|\b(start|begin)(ing|ning)? ((an?|your|my|the) )?(\w+ )?(SIP|trial|transfer|withdrawal"
    r"|mandate|subscription)\b|\bfree trial\b|\blucky draw\b|\bcontest\b"
    r"|\b(it|this) (my |the )?default\b)"
)
_LOGS_OUT = r"\b(log|sign)(ging|ing)? (me |you )?out\b"
CHANGES = any_of(_CHANGES, _LOGS_OUT)
"""A heading of a form by which something of the account is changed."""
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
"""Words at a field that say what is done for the account after a secret was typed there."""

NAMES_A_DEED = any_of(
    rf"{_MONEY}|{_CHANGES}|{_LOGS_OUT}|\b{_DEEDS}\b(?<!orders)(?<!\bplace)|\b(place (?!orders)"
    r"|clos(e|ing|ure)|sales?|sell(ing)?|sold|accept|agree|release|gift|convert|authori[sz]e the"
    r"|sign(?![ -]?(in|on|up)\b)|MTF|F ?& ?O|segments?|derivatives?|IPOs?|loans?|insurance"
    r"|trade \d+|(change|update|add|remove|modify|register|replace|reset|delet|deactivat"
    r"|return) ?\w* (your|my|the|this|an?|new))\b"
)
"""Words of a purpose, other than to log in, that a secret is typed for."""

LEADS_TO_AN_APP = any_of(
    r"^((sign|log) in to|continue (with|to)|return to|connect to) (the )?"
    r"(MTF|IPO|SIP|F ?& ?O|margin|orders?|plan|loan|portfolio) (scanner|tracker|desk|terminal"
    r"|screener|planner|radar|monitor|bot|algo|trader|analy[sz]er|assistant|app)\b"
)
"""A purpose that names an app which is called like a product."""

PROVES_FOR = any_of(
    r"\b(confirm|verify|prove|authenticate)\b[^.!?|]{0,24}\b(identity|you|yourself)\b"
    r"(,|\W+(to|before|so|for|and|then)\b)(?P<what>[^.!?|]*)"
)
"""What a text says that somebody proves their identity for."""

CLOSES_BY_IT = any_of(
    r"\b(request\w*|asked|applied|confirm\w*|proceed\w*|want\w*)\b.{0,30}\b(clos(e|ure|ing)"
    r"|delet(e|ion|ing)|deactivat(e|ion|ing))( of)?( your| my| the| this)?( \w+)? account\b"
    r"|\b(request\w*|asked|applied|confirm\w*|proceed\w*)\b.{0,30}\baccount (closure|deletion"
    r"|deactivation)\b|\baccount (closure|deletion|deactivation)( is| was| has been)? (request\w*"
    r"|pending|scheduled|under way|in progress)\b"
    r"|^\W*(clos|delet|deactivat)(ing|ure of|ion of)( your| my| the| this)?( \w+)? account\b"
    r"|\bwe( will|.ll| shall) (now )?(close|delete|deactivate) (your|my|the|this) (\w+ )?account\b"
)
"""Words at a field of a form by which an account is closed."""

_SENDS = r"\b(sent|send|texted|text|messaged|e-?mailed|mailed|issued)\b"
SENDS_A_SECRET = any_of(rf"{_SENDS}.*{_A_SECRET}|{_A_SECRET}.*{_SENDS}")
"""Words of a sentence that tells of a code which is sent to somebody, for something."""

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
    r"^\W*(authori[sz]e(?! (sign|log)[ -]?in\W*$)|approve|allow)\b"
    r"(?! (this|your) (sign|log)[ -]?in\W*$).*\b((sign|log)[ -]?ins?|devices?)\b",
)
"""Words of a form's own button that spends money, takes something away or binds a person."""

BINDS = any_of(
    AGREE.pattern,
    _MONEY,
    r"\b(sell|order|invest|trad(e|ing))\b",
    _UNDOES,
    r"\b(remove|reset|replace|forget)\b"
    r"|\b(switch|turn) off\b|stop using|^\W*change (?!to\b)|log ?out|download|install",
)
"""What binds a person, spends money or undoes something, beside what else it may do."""

_NEEDS_NOTHING = (
    r"\bno (further )?action\b|nothing (else )?(to do|is needed|is required)"
    r"|\b(do ?n.t|do not|need not|need ?n.t) ((need|have) to )?do anything\b"
    r"|kuch nahi karna|कुछ (भी )?नहीं करना"
)
NEEDS_NOTHING = any_of(_NEEDS_NOTHING)
"""Words of a screen that asks for nothing: what it tells of is done whatever is pressed."""

NOTHING_TO_DO = any_of(
    _NEEDS_NOTHING,
    r"^(?!.*\b(not|n.t|once|until|unless|only|after|before|to be|if|when|please|pending|again|due"
    r"|but)\b).*\b((is|are|was|were|has been|have been) (now |already )?(validated|verified"
    r"|completed?|approved|up[- ]to[- ]date|confirmed|registered)|successful(ly)?)\b",
)
"""Words of a sentence that tells of what is done, and asks for nothing."""

STAYS_AS_IT_IS = any_of(
    r"^(?!.*\b(but|except|only|other)\b).*(\b(not|n.t) (be )?(affected|changed)|\bunaffected"
    r"|\bunchanged|\b(stays?|remains?) (as (they are|it is)|the same|open|safe|valid))\b"
)
"""Words of a clause that names something of the account only to say that it stays as it is."""

WANTS_A_PERSON = any_of(
    r"\b(video|in-person) (verification|call|kyc)|re-?kyc|\bkyc\b|upload|selfie|e-?sign"
    r"|verify your (pan|aadhaar|identity|e-?mail)"
    r"|update your (details|income|bank)|choose (an? )?plan|payment"
)
"""Words of screens on which pressing on would do something in the person's name."""

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
"""What a control says that does something for the account, and leads on from no screen."""
DECLARES = any_of(
    r"\bdeclaration\b|\bGST\b|\bFATCA\b|politically exposed|\bPEP\b|tax residen|\bcitizen"
    r"|\b(are you|is this) (an? )?(NRI|corporate|joint|HUF|minor)\b"
    r"|\bare you (an? )?(\w+ ){0,2}(registered|resident|employed|director|employee|related)\b"
)
"""Words of a screen on which a no is a statement about the person, as much as a yes."""
ASKS_FOR_A_SECRET = any_of(
    r"\b(enter|type|confirm|verify|submit|input|provide)\b.{0,24}\b(M?PIN|T?OTP|passcode|password"
    r"|code)\b|\bcaptcha\b"
)
"""A title of a form of the login."""
TELLS_MORE = any_of(
    r"^\W*(learn|know|read|see|view|show|why|what|how|help|support|contact|chat|call|talk|faqs?|details"
    r"|download|pdf|more|need|trouble|close my)\b"
)
"""What a control says that explains a screen, and does nothing."""
TRIES_AGAIN = any_of(r"\b(retry|again|reload|refresh|restart|start over)\b|दोबारा|dobara")
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
)
"""Words of a screen that lets nobody on who does not do what it asks for."""

SPENDS_OR_UNDOES = any_of(
    r"^\W*(pay|buy|purchase|upgrade (to|now)|subscribe|add (funds|money)|transfer|withdraw"
    r"|start (your )?(\w+ )?(subscription|plan|trial)|turn(ing)? off|disabl(e|ing)|delet(e|ing)"
    r"|deactivat(e|ing)|clos(e|ing) (your )?account|reset(ting)?|remov(e|ing)|revok(e|ing)"
    r"|unlink(ing)?)\b",
)
"""A heading of a screen or form that spends money or undoes something."""

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
"""A heading of a screen that does something in a person's name, as soon as they go on."""

PRODUCTS = any_of(
    r"\b(activat\w*|enabl\w*|margin|MTF|F ?& ?O|futures|derivatives?|IPOs?|DDPI|POA|(un)?pledg\w*"
    rf"|plans?|plus|premium|subscri\w*|upgrad\w*|switch\w*|{_OPENS_AN_ACCOUNT}"
    r"|loans?|credit|insurance|SIPs?|mandate|auto-?pay|fees?|brokerage)\b"
)
"""What a person may be brought to take, or to have done, by going on."""

TAKES_BY_A_TICK = any_of(
    # An app may see funds and margin.
    rf"^(?!\W*((view|see|read|access) )?(your )?((available )?funds?|margins?)\b).*{_MONEY}",
    r"\b(F ?& ?O|futures|derivatives?|IPOs?|DDPI|POA|pledg\w*|plans?|premium|loans?|insurance|SIPs?"
    r"|mandate|auto-?pay|fees?|credit|SLB|lend\w*|nominee|shar(e|ing) (my|your)|switch me)\b",
)
"""What a box that is ticked already takes in a person's name."""

TAKES_BY_SMALL_PRINT = any_of(
    r"\b(activat\w*|enabl\w*|mov(e|ing) (me|you|my|your)|switch (me|you|my|your|to)|subscri\w*"
    r"|upgrad\w*|(un)?pledg\w*|debit\w*|deduct\w*|charg(e|ing) (me|you|my|your)|pay|buy\w*|sell\w*"
    r"|transfer\w*|lend\w*|nominat\w*|open(ing)? (an?|your|my)|renew\w*|convert\w*|fetch\w*"
    r"|shar(e|ing) (your|my)|place (an? |my |your )?orders?)\b",
    r"\b(MTF|margin|pledge|SLB|DDPI|POA|mandate|auto-?pay|loan|insurance|plus|premium)\b.{0,20}"
    r"\b(agreement|facility|mandate|cover|deed|plan)\b",
)
"""What is done by going on, where small print says so; that it names a product is not enough."""

POLICIES = any_of(
    r"(?<!to )\b((refund|cancellation|subscription|(funds? )?transfer|pledg(e|ing)|payments?) )+"
    r"(polic(y|ies)|rules|guidelines)\b",
    r"\bguidance notes? (for|on|of) margin trading( facility)?\b",
)
"""Documents that are named for what they are about; to agree to them has nothing of that done."""

NOT_DONE = any_of(
    r"\b(not|never)( to)? (sell|share|disclose|transfer|constitute)\b"
    r"((?!\b(but|so|while|unless|until|if|when)\b).)*"
)
"""What small print says is never done, such as to sell a person's data."""

KNOWS_OF_RISKS = any_of(
    r"^\W*i (have |am )?(read|understand|understood|know|aware of)\b.*\brisks?\b"
    r"(?!.*\b(want|wish|like|opt|take|apply|give)\b)"
)
"""What a ticked box says that only states that one knows of risks."""

SCOPE = any_of(
    r"^(?!.*(₹|\b(INR|Rs)\b))\W*(view|see|read|access|get|fetch|place|modify|cancel|manage"
    r"|buy( and |/| & |, )sell)\b.*\b(orders?|trades?|holdings|positions|portfolio|funds?|margins?"
    r"|profile|applications?|data)\b\W*(\((read|view|write)[^)]*\))?\W*$"
    r"|^[^(]*\((read|view)([ -]only)?\)\W*$"
)
"""What an app may do once it is let in, as a box on its approval says that is ticked already."""

KEEPS_INFORMED = any_of(
    r"\b(updates?|alerts?|news\w*|offers?|contact\w*|communicat\w*|calls?|messages?|inform\w*"
    r"|tips|disclosures?|disclaimers?)\b"
)
"""What one is only told, whatever it is about: the broker must warn of derivatives."""

_AMOUNT = r"((\u20b9|\b(INR|Rs)\b\.?) ?[1-9][\d,.]*|\b[1-9][\d,.]* ?(rupees?|INR|Rs)\b)"
_OFTEN = r"(per|a|an|every|each) (month|year|annum|quarter|week)"
_FEES = r"(annual|yearly|monthly|quarterly|joining|subscription|membership) (fees?|charges?)"
CHARGES = any_of(
    rf"{_AMOUNT}.{{0,60}}\b(charged|debited|deducted|taken from|{_OFTEN}|auto-?pay|mandate"
    rf"|{_FEES})\b",
    rf"\b(auto-?pay|e-?mandate|charged|debited|deducted|{_FEES})\b.{{0,60}}{_AMOUNT}",
)
"""Words of a screen on which to go on costs money."""

ORDERS = any_of(
    rf"\b(buy|sell|redeem|tender|transfer|withdraw|invest)(ing)? (all\b|\d[\d,]*\b|{_AMOUNT})",
    r"\bvot(e|es|ing)\b.{0,40}\b(resolutions?|proxy|proxies)\b|\bproxy vot",
    r"\b(payee|beneficiary|order value|you pay|(total )?amount)\s*(:|\u20b9)"
    r"|\b(quantity|qty)\W{0,3}\d|\b(nominees?|beneficiar(y|ies))\b.{0,40}\d ?%",
    r"\blet.?s (open|create|set up) (your|an?) (\w+ ){0,2}account\b",
    r"\bstanding (instruction|order)s?\b|\b((e-?)?mandate|SIP|SWP|STP) (of|for|in) ",
    r"\bwe( will| shall|.ll) (now |then )?(buy|sell|place|convert|close|transfer|pledge|debit"
    r"|redeem|nominate|register|execute|switch|renew|lend) .{0,40}\b(your|you|it|them|\d+)\b",
)
"""Words of a screen on which to go on gives an order, or lets one be carried out."""

TERMS = any_of(
    r"terms (and|&|of|for)|\bterms\W*$|t&cs?\b|agreement|consent|declaration|undertaking"
    r"|policy (update|change)|\bterms (have |has )?(been )?(changed|updated)\b"
    r"|(new|our|the) terms|शर्त|sharte"
    r"|\b(accept|agree)( (it|them|this))? to (continue|proceed|go on|use|log ?in|trade)\b",
    parts.TERMS,
)

NAMES_TERMS = any_of(r"\bterms\b|agreement|t&c|declaration")
"""A heading of terms, beside which a no that speaks of accepting may be a yes."""

AGREES_BY_GOING_ON = any_of(
    r"\bby (click|tap|press|continu|proceed|go|us|allow|approv|authori|grant|permit|connect"
    r"|link|enter|logg|sign)\w*\b[^.|!]{0,60}?\b((agree|accept|consent)\w*"
    r"|(?<=you )((authori[sz]|instruct|declar|certif|undertak)\w*|permit|allow))\b(?P<to>[^.|!]*)",
    r"\b(please|must|(need|have) to) (accept|agree to|consent to)\b"
    r"[^.|!]{0,24}\b(terms|polic\w+|agreement|conditions)\b",
    r"सहमत|स्वीकार|sahmat",
    parts.TERMS,
)
"""Words of a screen on which to go on is to agree, whatever its control says."""

_NOT_OF_AN_APP = (
    r"\b(margin|lend\w*|pledg\w*|subscri\w*|fees?|charges?|pay|loans?|insurance|plans?|brokerage"
    r"|new|updated|revised|SIPs?|copy|auto\S*|invest\w*|options?|leverage\w*|credit|IPOs?|we|us"
    r"|advis\w*|lock\S*|calls?|e-?mails?|messages?)\b|\u20b9|%"
)
_TERMS_NAMED = (
    r"((the|its|their|our|this|all|applicable|\S+['’]s|API|user|developer|app) )*(\w+ )?"  # noqa: RUF001
    r"((terms|conditions|polic(y|ies)|t&cs?|(user|licen[cs]e) agreement)"
    r"( (of (use|service)|(of|for) (the|this) (app|API)))?)"
)
TERMS_OF_AN_APP = any_of(
    rf"^(?!.*({_NOT_OF_AN_APP}))[\s,:]*((to|with) )?{_TERMS_NAMED}"
    rf"((,| and| &)+ {_TERMS_NAMED})*\W*$",
    r"^\W*(the |these |all )?(actions|permissions|scopes) (listed|shown|described|named) "
    r"(above|below|here)\W*$",
    rf"^(?!.*({_NOT_OF_AN_APP})).*"
    r"\b(access|read|view|see|place( \w+)* orders|trade|act|use (of )?your (data|information"
    r"|account))\b",
)
"""What is agreed to with an app's access: how the app is used, and that access itself."""

STANDING_TERMS = any_of(
    r"^[\s,:]*\b(?=.*\b(terms|policy|policies|t&cs?|cookies?)\b)((to|with|by|our|the|upstox|s|its"
    r"|all|general|use|of|service|website|terms|conditions|privacy|policy|policies|notice|and|t&cs?"
    r"|cookies?)\b|[\s,&/’'])*$"  # noqa: RUF001  (the page's own apostrophe)
)
"""What a customer has agreed to long ago, and what small print on any page repeats."""

APPROVE = any_of(
    r"^\s*(allow|approve|authori[sz]e|grant|agree|accept|yes|permit|confirm|अनुमति)(?!\w)"
)
APPROVES_APP = any_of(
    r"^\s*((i )?(allow|approve|authori[sz]e|grant|permit|agree|accept)|confirm|अनुमति)(?!\w)",
    r"^\s*yes(\W+(i )?(let it|allow|approve|authori[sz]e|grant|permit|connect|link|continue|do"
    r"|please)\b.*)?\W*$",
    r"^\s*(haan|हाँ|हां|ji|जी)\W+(access|अनुमति|इजाज़त|एक्सेस) (dein|de do|दें|दे दो)\W*$",
    r"^\s*(connect(?!\w)|link( account| (it|this|the) .*)?\W*$|give (it |my )?(access|permission)\b"
    r"|continue as\b|let (it|(the|this) app)\b|जोड़ें|access dein)",
)
"""What lets an app in, on a screen that asks for that; a yes to anything else does not."""
LETS_IN = any_of(
    r"^\s*(allow|approve|authori[sz]e|grant|permit|connect|let(?![\u2019']s| (me|us)\b)"
    r"|give (it |my )?(access|permission)|अनुमति|जोड़ें|access dein)(?!\w)"
)
"""What lets somebody in, whatever the screen says: beside it, a no may refuse our own app."""
GIVES_LEAVE = any_of(r"^\W*(allow|approve|authori[sz]e|grant|permit|give)\b")
"""How a title begins that asks for leave, for an app or for anything else."""
PUTS_OFF = any_of(
    r"^\W*(skip(?! to\b)|remind)\b|\blater\b|\bno,? thank|not interested|^\W*(maybe|not for me)\b"
)
"""What puts an offer off: an app that waits to be let in can only be refused."""
REFUSES_APP = any_of(
    r"^\W*(cancel|deny|reject|refuse|decline"
    r"|(do not|don.?t) (allow|connect|link|authori[sz]e|let))\b"
)
_TRADES = r"(trad(e|es|ing)|orders?|holdings|positions|portfolio)"
_NO_TRADING_APP = (
    r"(Paytm|Phone ?Pe|G(oogle )?Pay|Telegram|Whats ?App|CAMS|EPFO?|NPS|CIBIL|Digi ?locker"
    r"|net ?banking)"
)
"""What is linked to an account to pay, to tell or to prove something, and trades nothing."""
TRADES_NOTHING = any_of(rf"\b{_NO_TRADING_APP}\b")

APPROVAL = any_of(
    r"(wants?|would like|is requesting|requests?|asking|asks|needs) ((to|for) )?(your )?"
    r"(access|permission|connect|link)",
    r"(authori[sz]e|approve|allow|permit) (this |the )?(app|access|application|connection)",
    r"grant(ing)? (.{1,40} )?(access|permission)\b|access to your (upstox )?account"
    rf"|(connect|link) (?!your |my |an? |{_NO_TRADING_APP}\b).{{0,40}} (to|with) (your )?upstox"
    r"|\bsign(ing)? in to .{1,40} with upstox"
    r"|\bthird[- ]party access\b|k[oa] access (dein|dena)",
    r"\b(wants|would like|let|allow|permit|authori[sz]e) .{0,40}\b(trade|place orders) "
    r"(for you|on your behalf)\b",
    r"\b(allow|let|permit|authori[sz]e) .{1,40} (to )?(use|access|manage) (your|my) "
    r"(upstox |trading )?account\b",
    r"upstox (खाते|अकाउंट) (का (उपयोग|इस्तेमाल)|तक पहुँच|से (जुड़|जोड़))",
    r"\bis (asking|requesting) to\W+(view|see|read|place|access|use)\b"
    r"|\bconnecting (your|my) (upstox |trading )?account to "
    rf"(?!your |my |an? |{_NO_TRADING_APP}\b)",
)
APP_THAT_ASKS = any_of(
    r"^\W*(?!(your|my|the|an?|this|our|we|it|you)\b)(?!.*\b(auto[ -]?pay|e-?NACH)\b)"
    r"(?P<app>\w[^|.!?]{1,40}?)\W+(wants?|would like"
    r"|is (asking|requesting)|asks|requests) (to |for )?(access|permission|connect|link|use)\b"
)
"""A title that names the app which asks for access."""
_WHO = (
    r"(?P<who>(?!(your|my|the|an?|this|these|our|we|it|you|us|upstox|apps?|access)\b)"
    r"[^|.!?]{2,40}?)"
)
WHO_GETS_ACCESS = (
    Pattern(
        rf"\b(grant|giv)(e|ing)? (access|permission) to (?!{_TRADES}\b){_WHO}(?=[|.!?:,]|\W*$)"
    ),
    Pattern(rf"\b(grant|giv)(e|ing)? {_WHO}([’']s?)? (access|permission)\b"),  # noqa: RUF001
    Pattern(rf"\b(connect|link)(ing)? {_WHO} (to|with) (your )?upstox\b"),
    Pattern(rf"\blet(ting)? {_WHO} in\b"),
    Pattern(
        rf"\b(allow|let|permit|authori[sz]e|approve) {_WHO} (to )?"
        r"(use|access|manage|trade|place|see|view)\b"
    ),
    Pattern(rf"\bpermissions? (for|requested by|request from) {_WHO}(?=[|.!?:,]|\W*$)"),
    Pattern(rf"\bsign(ing)? in to {_WHO} with upstox\b"),
    Pattern(rf"(?:^|[|.!?])\W*(authori[sz]e|approve|connect(ing)? to) {_WHO}(?=[|.!?]|\W*$)"),
    Pattern(
        rf"(?:^|[|.!?])\W*{_WHO}\W+(wants?|would like|needs|is (asking|requesting)|asks|requests"
        r"|will be able|can|ko|को)(?!\w)"
    ),
)
"""Words of an approval that name who gets access."""

OF_AN_APP = any_of(
    r"\b(this|that|an|any|each|another|connected|authori[sz]ed?|approved?) app(lication)?s?\b"
    r"|\bapps (that )?you\b|\bapp (access|permissions?|requests?)\b|\bthird[- ]party\b|\bAPI\b"
    r"|\bOAuth\b|\bdeveloper\b|\boffline access\b",
    # So an app asks everywhere; who helps a customer is given access by another name.
    r"\b(wants?|would like|is (asking|requesting)|asks|requests) ((to|for|permission) )*"
    r"(access|use)( to)? your upstox account\b",
    r"\bit (will|can|may|would like to|wants? to|cannot|can.t|will not|won.t) "
    r"((not|never|only|also) )*"
    r"(be able|read|see|view|access|place|trade|modify|manage|withdraw|transfer|move)\b"
    r"|\bits (own )?(terms|polic|privacy|website)|ऐप",
)
"""Words of an approval that call what gets access an app, or by which it cannot be a person."""

NAMED_AS_AN_APP = any_of(
    r"trad(e|er|ers|ing)|tracker|\bapps?\b|algo|\bbots?\b|bot\b|quant|pilot|desk|terminal|screener"
    r"|scanner|charts?|signals?|strateg|invest|capital|wealth|markets?|stocks?|options?|futures"
    r"|planner|office|labs?\b|tech|software|\bdata|\bapi\b|client|studio|\bpro\b|basket|portfolio"
    r"|holdings|profit|scalp|hedg|alerts?|journal|\bpay\b|\btools?\b|copilot|agent|server|script"
    r"|streak|sensibull|smallcase|tradingview|openalgo|stoxkart|python|dashboard"
    r"|[a-z]\d|\d[a-z]|[a-z][-_.][a-z]",
)
"""A name that programs have, and hardly a person."""

GOES_ON_PLAINLY = any_of(r"^\W*(continue|proceed|next)\W*$")

PERMITS = any_of(
    r"\b(wants?|would like) to use your upstox account\b",
    r"\bpermissions? (for|requested|request from)|\bapp (access|permissions)",
    rf"(?:^|\|)\W*wants? to\b[^|]{{0,120}}\b{_TRADES}\b",
    r"\bconnect(ing)? to (your|the|this) app\b",
    r"\bऐप को (अनुमति|इजाज़त|एक्सेस)",
    r"(यह|ये|yeh|ye) (ऐप|एप|app)\b[^|]{0,80}(होल्डिंग|ऑर्डर|पोर्टफ़?ोलियो|पोज़?ीशन|ट्रेड"
    r"|holding|order|portfolio|position|trade)[^|]{0,40}(सकेग|सकत|पाएग|sakeg|sakt|payeg)",
    rf"\b(connect|link)(ing)? (your|my) ((upstox|trading|demat) )?account (to|with) "
    rf"(?!{_NO_TRADING_APP}\b|your |my |an? )[^|.!?]{{2,40}}[|.!?].{{0,120}}\baccess\b",
    r"(the|this) app( (that )?you (came|come) from)? (will|can|may) "
    r"(be able to|have access|read|see|view|access|place)\b",
    rf"\b(it|app)[”\"']? will be able to .{{0,80}}\b{_TRADES}\b"
    rf"|[”\"] will be able to .{{0,80}}\b{_TRADES}\b"
    rf"|(?<!you )(?<!we )will be able to (see|read|view|access) your\b.{{0,60}}\b{_TRADES}\b",
    r"\bwants? to (withdraw|transfer|move|pledge)\b",
)
"""Words that may be an app's access, and another permission as well."""

GRANTS = any_of(r"^\W*(grant|allow|give|approve|authori[sz]e)( access)?\W*$")
REFUSES = any_of(r"^\W*(deny|refuse|reject|decline|don.t (allow|grant|give))( access)?\W*$")
SPEAKS_OF_AN_APP = any_of(r"\b(access|permissions?|apps?|applications?|API|developers?|scopes?)\b")
TRADES = any_of(rf"\b{_TRADES}\b")
"""A pair of controls that lets an app in or keeps it out, and what such an app is and does."""
LET_IN_BY_NAME = re.compile(
    r"\W*(?i:allow|approve|authori[sz]e|grant|permit|connect|let|give)( (?i:access (to|for)))?"
    r" ((?i:this|the) (?i:app|application) ?)?"
    r"(?P<who>(([A-Z\d][\w.&’'-]*|[a-z]+[._-]\w+)\b ?)*)((?i:in|access)\b)?\W*"  # noqa: RUF001
)
"""A title that lets one in by a name, which has capitals: no deed is a name."""

DOES_OTHERWISE = any_of(
    r"(?:^|\|)\W*wants? to (?!(see|view|read|access|use|manage|trade|place|modify|change|cancel"
    r"|fetch|get|monitor|track|follow|check|analy[sz]e|sync|show|execute|automate|connect|link)\b)"
)
"""What is wanted is nothing that an app is known to do: it may sell all, or copy another person."""

_ACCOUNTS_OWN = (
    r"(orders?|positions?|GTTs?|SIPs?|baskets?|holdings|alerts|IP( address)?|app(lication)?s?"
    r"|plans?|algos?|strateg(y|ies)|segments?)"
)
_IS_DONE = (
    r"(cancell?ed|replaced|removed|disconnected|stopped|squared off|closed|converted|revoked"
    r"|exited)"
)
_DOES = r"(cancels|replaces|removes|disconnects|stops|squares off|closes|converts|revokes|exits)"
DOES_BESIDE = any_of(
    rf"\b{_ACCOUNTS_OWN}\b(?!.s (access|token)\b).{{0,30}}\b(is|are|(?<!can )be|get|gets|being) "
    rf"(\w+ )?{_IS_DONE}\b",
    rf"\b(allowing|it|this|which|and|also|app|access)\W+(\w+ )?{_DOES} (\w+['’]s |\w+ ){{0,3}}"  # noqa: RUF001
    rf"{_ACCOUNTS_OWN}\b",
    r"\b(sells?|buys?|clos(e|es)|converts?|liquidat\w+)\b.*\b(as soon as|immediately|right away"
    r"|at once|the moment|straight ?away)\b",
    r"\b(?<!you can )(?<!you may )((turns?|switch(es)?) off|disables?)\b",
    r"\b(store|save|keep|read|see|use|know|change|reset)s? (your |the )(M?PIN|TOTP|password|2FA)\b",
    r"(सभी|सारे|पूरे|saare|sabhi|poore) .{0,20}(बेच|bech)",
)
"""What is done to the account as soon as an app is let in, beside what the app may do then."""

ALLOWS_AND_DOES = any_of(
    r"(\band\b|&|\+|\baur\b|और)(?!\s*(then |to )*(continue|proceed|connect|authori[sz]e|allow|grant"
    r"|go|log ?in|sign ?in|return|close|finish|back|trade|orders?|holdings|positions|trades"
    r"|portfolio|funds|profile|start trading|redirect|view|write\W*$)\b)",
    r"\b(agreement|terms|removal|revocation|disconnect\w*)\b",
)
"""What a control says that lets an app in and does something else."""

MOVES = any_of(
    r"mandate|debit|DDPI|\bPOA\b|pledge|payout|withdraw|transfer|e-?sign|CDSL|TPIN|\u20b9"
    r"|credit|bureau|nominee|\blend(s|ing)?\b|\bliquidat|\bas (margin|collateral)\b"
    r"|\b(for|against) a\b.{0,12}\b(fee|commission)\b"
    r"|^(?!.*नहीं).*(पैसे|निकाल|ट्रांसफ|गिरवी)"
    r"|\b(move|send|gift) (your |the )?(money|funds|shares|securities|holdings)"
    r"|\b(add|change|edit|update) (your |the |a )?(bank|beneficiar|M?PIN|mobile|e-?mail|profile"
    r"|details)|\b(close|delete|deactivate) (your |the |any )?(\w+ )?(account|data|profile)\b"
)
"""What an app may do beside trading: move money or shares, or change the account."""

IS_REGISTERED = any_of(
    r"\b(upstox|RKSV)\b(\W{1,2}(RKSV|upstox|securities|india|pvt|private|ltd|limited)\b)*\W{1,3}"
    r"((is|are) )?(an? )?registered (with|by) (the )?SEBI\b[^|.!?]*"
)
"""What the broker is registered as, which small print on any page says."""

_ANOTHER_PERSON = (
    r"\b(joint|second|third|other) (account )?(holder|owner)|\bco-?(holder|owner)"
    # Not of an app that is called so.
    r"|(\b(your|my|an?|the|of|for|with|or|and)\s|\()(husband|wife|spouse|father|mother|parent|son"
    r"|daughter|child|brother|sister|nephew|niece|uncle|aunt|cousin|family|guardian|trustee|heir"
    r"|friend|relative|partner(?! app)|colleague|employ(er|ee)|assistant|accountant|CA|lawyer)s?\b"
    r"|\bother (person|user|customer)\b"
    r"|\b(two|three|\d+) (people|persons|users)\b|\banother (person|user|customer)\b"
    r"|(?:^|\|)\W*(the person|some(one|body)|an? new (device|browser|place)|sign-?in from)\b"
    r"|\b(he|she) (will|can|may|would|wants)\b"
    # A device on which somebody logs in elsewhere.
    r"|\b(sign|log)[ -]?in (requests?|attempts?)\b|\b(another|other|an?other person.s) device\b"
    r"|\b(allow|approve|authori[sz]e|permit) ((this|the|an?|your|new) )*(sign|log)[ -]?in\b"
    r"(?! (to|with|for|by)\b)|\baccess (from|on|by) an? (new|other) (device|browser|computer)\b"
    r"|\b(iphone|ipad|android|pixel|galaxy|desktop|laptop|tablet|computer|phone|TV)\b.{0,40} "
    r"(wants|would like|asks|is (asking|requesting)|requests)\b"
    # Nor of who has made the app.
    r"|((?<![\w.+-])(?<!\bby )[\w.+-]+@\S+|\b[6-9]\d{9}) "
    r"(wants|would like|asks|is (asking|requesting)|requests)\b"
    r"|\b(allow|let|permit|authori[sz]e|grant|give) (some(one|body)\b|\S+@|[6-9]\d{9}\b)"
)
"""Words of one who gets access and is no app; of a mere name nobody can tell whose it is."""

BEYOND_TRADING = any_of(
    MOVES.pattern,
    _ANOTHER_PERSON,
    r"contacts|marketing|partners|promot|contact you|location|camera|microphone|\btrack you\b"
    r"|\b(tax|income|personal|medical) (data|details|records?|documents?|returns?)\b"
    r"|\bshar(e|ing)\b(?! (market|price))"
    r"|\b(your|to) (photos?|files?|storage|SMS|calls?|notifications?|device)\b"
    r"|\bbank\b|\bUPI\b|wallet|whats ?app|advis[oe]r|relationship manager|dealer|sub-?broker"
    r"|aadhaar|बैंक|digi ?locker|cibil|\bKYC\b|account aggregator|\bexperts?\b"
    r"|\bbrokers? (to|trade|place)\b|\b(by|for|to) (your|my|the|an?) (broker|dealer|manager)\b"
    r"|authori[sz]ed person"
    r"|\b(let|allow|permit|authori[sz]e|enable) (us|upstox|our)\b"
    r"|\bresearch analysts?\b|\badvice\b|\bportfolio managers?\b|\bPMS\b|discretionary"
    r"|\bloans?\b|\binsur(ance|ed)\b|mortgage"
    r"|\b(two|three|four|five|several|both|these|[2-9]) (\w+ )?app(lication)?s\b",
    DOES_BESIDE.pattern,
)
"""What an app asks for that surely wants access to the account, and needs not for that."""

NOT_OUR_APPROVAL = any_of(
    MOVES.pattern,
    _ANOTHER_PERSON,
    rf"location|notification|camera|microphone|contacts|cookie|track(?!(ing)? (your )?{_TRADES})"
    r"|marketing|whats ?app"
    r"|\bcalls?\b|\bSMS\b"
    r"|कैमर|लोकेशन|माइक|संपर्क|सूचना|नोटिफ"
    r"|contact you|partners|\bshar(e|ing)\b|storage|photos?|\bfiles?\b|promot",
)
"""What is asked to be allowed beside an app's access, and is a person's to allow."""

OF_AN_ACCOUNT = any_of(r"\b(upstox|trading|demat) account\b|on your behalf|upstox (खाते|अकाउंट)")
"""Words of a screen on which an app asks for an account, and for no permission of the browser."""

DENIED = any_of(
    r"(\b(not(?! only)|never|cannot|no access)|n[’']t)\b"  # noqa: RUF001
    r"(?! (have|need|worry|ask|be asked|only)\b)"
    r"((?!\b(but|so|and|it|when|unless|until|without|if|because|before)\b|[;:]).)*"
)
"""What a sentence says that an app may not do; what stands before or behind that, it may."""
