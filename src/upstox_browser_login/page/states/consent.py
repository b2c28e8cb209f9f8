"""How an app is let in, what it may do then, and what is another permission."""

from __future__ import annotations

import re

from upstox_browser_login.page.pattern import Pattern, any_of

from . import parts

# From each mark to the next word. A row of marks is read once: a page may be full of them.
_MARK = r"[|.!?][^\w|.!?]*+"
_SENTENCE = rf"(?:^\W*+|{_MARK})"
_TEXT = r"(?:^\W*+|\|[^\w|]*+)"

SCOPE = any_of(
    r"^(?!.*(₹|\b(INR|Rs)\b))\W*(view|see|read|access|get|fetch|place|modify|cancel|manage"
    r"|buy( and |/| & |, )sell)\b.*\b(orders?|trades?|holdings|positions|portfolio|funds?|margins?"
    r"|profile|applications?|data)\b\W*(\((read|view|write)[^)]*\))?\W*$"
    r"|^[^(]*\((read|view)([ -]only)?\)\W*$"
)
"""What an app may do once it is let in, as a ticked box on its request says it."""

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
"""Words that let an app in, on a screen that asks for that."""

LETS_IN = any_of(
    r"^\s*(allow|approve|authori[sz]e|grant|permit|connect|let(?![\u2019']s| (me|us)\b)"
    r"|give (it |my )?(access|permission)|अनुमति|जोड़ें|access dein)(?!\w)"
)
"""Words that let somebody in on any screen, so that a no beside them may refuse our own app."""

GIVES_LEAVE = any_of(r"^\W*(allow|approve|authori[sz]e|grant|permit|give)\b")
"""The beginning of a title that asks for leave, for an app or for anything else."""

PUTS_OFF = any_of(
    r"^\W*(skip(?! to\b)|remind)\b|\blater\b|\bno,? thank|not interested|^\W*(maybe|not for me)\b"
)
"""Words that put an offer off. An app's request cannot be put off, but only refused."""

REFUSES_APP = any_of(
    r"^\W*(cancel|deny|reject|refuse|decline"
    r"|(do not|don.?t) (allow|connect|link|authori[sz]e|let))\b"
)

_TRADES = r"(trad(e|es|ing)|orders?|holdings|positions|portfolio)"

_NO_TRADING_APP = (
    rf"({parts.PAYS}|Telegram|Whats ?App|CAMS|EPFO?|NPS|CIBIL|Digi ?locker|net ?banking)"
)
"""Services that are linked to an account to pay or to prove something, and do not trade."""

TRADES_NOTHING = any_of(rf"\b{_NO_TRADING_APP}\b")

APPROVAL = any_of(
    r"(wants?|would like|is requesting|requests?|asking|asks|needs) ((to|for) )?(your )?"
    r"(access|permission|connect|link)",
    r"(authori[sz]e|approve|allow|permit) (this |the )?(app|access|connection)",
    r"grant(ing)? (.{1,40} )?(access|permission)\b|access to your (upstox )?account"
    rf"|(connect|link) (?!your |my |an? |{_NO_TRADING_APP}\b).{{0,40}} (to|with) (your )?upstox"
    r"|\bsign(ing)? in to (?!continue\b|upstox\b|your\b).{1,40} with (your )?upstox"
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

_NOBODY = r"(?!(your|my|the|an?|this|these|our|we|it|you|us|upstox|apps?|access)\b)"
_WHO = rf"(?P<who>{_NOBODY}[^|.!?]{{2,40}}?)"

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
    Pattern(rf"\bsign(ing)? in to {_WHO} with (your )?upstox\b"),
    Pattern(rf"{_SENTENCE}(authori[sz]e|approve|connect(ing)? to) {_WHO}(?=[|.!?]|\W*$)"),
    Pattern(
        # Where the page begins with such a word it names nobody; later "the admin" is somebody.
        rf"(?:^{_NOBODY}|^\W++|{_MARK})(?P<who>[^|.!?]{{2,40}}?)"
        r"\W+(wants?|would like|needs|is (asking|requesting)|asks|requests|will be able|can|ko|को)"
        r"(?!\w)"
    ),
)
"""Words of a request that name who gets access."""

OF_AN_APP = any_of(
    r"\b(this|that|an|any|each|another|connected|authori[sz]ed?|approved?) app(lication)?s?\b"
    r"|\bapps (that )?you\b|\bapp (access|permissions?|requests?)\b|\bthird[- ]party\b|\bAPI\b"
    r"|\bOAuth\b|\bdeveloper\b|\boffline access\b",
    # Only apps ask in these words. A person who helps a customer is given access in others.
    r"\b(wants?|would like|is (asking|requesting)|asks|requests) ((to|for|permission) )*"
    r"(access|use)( to)? your upstox account\b",
    r"\bit (will|can|may|would like to|wants? to|cannot|can.t|won.t) "
    r"((not|never|only|also) )*"
    r"(be able|read|see|view|access|place|trade|modify|manage|withdraw|transfer|move)\b"
    r"|\bits (own )?(terms|polic|privacy|website)|ऐप",
)
"""Words of a request by which an app asks, and no person."""

NAMED_AS_AN_APP = any_of(
    r"trad(e|ing)|tracker|\b(my|our|demo|bot)?apps?\b"
    r"|algo|\bbots?\b|bot\b|quant|pilot|desk|terminal|screener"
    r"|scanner|charts?|signals?|strateg|invest|capital|wealth|markets?|stocks?|options?|futures"
    r"|planner|office|labs?\b|tech|software|\bdata|\bapi\b|client|studio|\bpro\b|basket|portfolio"
    r"|holdings|profit|scalp|hedg|alerts?|journal|\bpay\b|\btools?\b|agent|server|script"
    r"|streak|sensibull|smallcase|stoxkart|python|dashboard"
    r"|[a-z]\d|\d[a-z]|[a-z][-_.][a-z]",
)
"""Names that programs have and people hardly ever have."""

GOES_ON_PLAINLY = any_of(r"^\W*(continue|proceed|next)\W*$")

PERMITS = any_of(
    r"\b(wants?|would like) to use your upstox account\b",
    r"\bpermissions? (for|requested|request from)|\bapp (access|permissions)",
    rf"{_TEXT}wants? to\b[^|]{{0,120}}\b{_TRADES}\b",
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
"""Words of an app's request that may also be another permission's."""

GRANTS_ACCESS = any_of(r"^\W*(grant|allow|give|approve|authori[sz]e)( access)?\W*$")

REFUSES_ACCESS = any_of(r"^\W*(deny|refuse|reject|decline|don.t (allow|grant|give))( access)?\W*$")

SPEAKS_OF_AN_APP = any_of(r"\b(access|permissions?|apps?|applications?|API|developers?|scopes?)\b")

TRADES = any_of(rf"\b{_TRADES}\b")
"""Words on controls that let an app in or keep it out, and on what such an app is and does."""

LET_IN_BY_NAME = re.compile(
    r"\W*(?i:allow|approve|authori[sz]e|grant|permit|connect|let|give)( (?i:access (to|for)))?"
    r" ((?i:this|the) (?i:app|application) ?)?"
    r"(?P<who>(([A-Z\d][\w.&’'-]*|[a-z]+[._-]\w+)\b ?)*)((?i:in|access|app)\b)?\W*"  # noqa: RUF001
)
"""A title that lets in somebody with a name. Only names have capitals there."""

_AS_AN_APP = (
    r"(see|view|read|access|use|manage|trade|place|modify|change|cancel|fetch|get|monitor|track|follow"
    r"|check|analy[sz]e|sync|show|execute|automate|connect|link)"
)
DOES_OTHERWISE = any_of(rf"{_TEXT}wants? to (?!{_AS_AN_APP}\b)")
"""Words by which something is wanted that no app is known to do, such as to sell everything."""

MAY_OTHERWISE = any_of(
    r"\b(it|this app|the app) (can|may|could|will be able to)( (also|then|now|even|still))* "
    rf"(?!((also|then|now|even|still) )*{_AS_AN_APP}\b|(only|not|never|no|be(?! used)|have|buy"
    r"|exit|close|square|receive|keep(?! (your|all)\b)|take(?! (an?|the|its|your)? ?(fee|cut|share"
    r"|commission|money))"
    r"|ask|help(?! itself)|work|open|stop|lose|need|do(?! any)|at|a|both|always|find|convert|create"
    r"|update|edit|list|look"
    r"|sell(?! (your|my) (data|details)))\b)\w+"
)
"""Words by which an app may do something that no app is known to need."""

_ACCOUNTS_OWN = (
    r"(orders?|positions?|GTTs?|SIPs?|baskets?|holdings|margins?|F ?& ?O|alerts|IP( address)?"
    r"|app(lication)?s?"
    r"|plans?|algos?|strateg(y|ies)|segments?)"
)

_IS_DONE = (
    r"(cancell?ed|replaced|removed|disconnected|stopped|squared off|closed|converted|revoked"
    r"|exited|blocked|raised|activated|enabled|switched on)"
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
"""Words by which letting an app in does something to the account at once."""

ALLOWS_AND_DOES = any_of(
    r"(\band\b|&|\+|\baur\b|और)(?!\s*(then |to )*(continue|proceed|connect|authori[sz]e|allow|grant"
    r"|go|log ?in|sign ?in|return|close|finish|back|trade|orders?|holdings|positions|trades"
    r"|portfolio|funds|profile|start trading|redirect|view|write\W*$)\b)",
    r"\b(agreement|terms|removal|revocation|disconnect\w*)\b",
)
"""What a control says that lets an app in and does something else."""

MOVES = any_of(
    r"mandate|debit|DDPI|\bPOA\b|power of attorney|auto-?pay|\b\d+ ?% of\b"
    r"|pledge|payout|withdraw|transfer|\be-?sign|CDSL|\bTPIN|\u20b9"
    r"|credit|bureau|nominee|\blend(s|ing)?\b|\bliquidat|\bas (margin|collateral)\b"
    r"|\b(for|against) a\b.{0,12}\b(fee|commission)\b"
    r"|^(?!.*नहीं).*(पैसे|निकाल|ट्रांसफ|गिरवी)"
    r"|\b(move|send|gift) (your |the )?(money|funds|shares|securities|holdings)"
    r"|\b(add|change|edit|update) (your |the |a )?(bank|beneficiar|M?PIN|mobile|e-?mail|profile"
    r"|details)|\b(close|delete|deactivate) (your |the |any )?(\w+ )?(account|data|profile)\b"
)
"""Words by which an app moves money or shares, or changes the account."""

IS_REGISTERED = any_of(
    r"\b(upstox|RKSV)\b(\W{1,2}(RKSV|upstox|securities|india|pvt|private|ltd|limited)\b)*\W{1,3}"
    r"((is|are) )?(an? )?registered (with|by) (the )?SEBI\b[^|.!?]*"
)
"""What small print on any page says that the broker is registered as."""

_ANOTHER_PERSON = (
    r"\b(joint|second|third|other) (account )?(holder|owner)|\bco-?(holder|owner)"
    # An app may have such a word in its name.
    r"|(\b(your|my|an?|the|of|for|with|or|and)\s|\()(husband|wife|spouse|father|mother|parent|son"
    r"|daughter|child|brother|sister|nephew|niece|uncle|aunt|cousin|family|guardian|trustee|heir"
    r"|friend|relative|partner(?! app)|colleague|employ(er|ee)|assistant|accountant|CA|lawyer)s?\b"
    r"|\bother (person|user|customer)\b"
    r"|\b(two|three|\d+) (people|persons|users)\b|\banother (person|user|customer)\b"
    rf"|{_TEXT}(the person|some(one|body)|an? new (device|browser|place)|sign-?in from)\b"
    r"|\b(he|she) (will|can|may|would|wants)\b"
    # A device on which somebody logs in elsewhere.
    r"|\b(sign|log)[ -]?in (requests?|attempts?)\b|\b(another|other|an?other person.s) device\b"
    r"|\b(allow|approve|authori[sz]e|permit) ((this|the|an?|your|new) )*(sign|log)[ -]?in\b"
    r"(?! (to|with|for|by)\b)|\baccess (from|on|by) an? (new|other) (device|browser|computer)\b"
    r"|\b(iphone|ipad|android|pixel|galaxy|desktop|laptop|tablet|computer|phone|TV)\b.{0,40} "
    r"(wants|would like|asks|is (asking|requesting)|requests)\b"
    # The address of the app's maker is no person's.
    r"|((?<![\w.+-])(?<!\bby )[\w.+-]+@\S+|\b[6-9]\d{9}) "
    r"(wants|would like|asks|is (asking|requesting)|requests)\b"
    r"|\b(allow|let|permit|authori[sz]e|grant|give) (some(one|body)\b|\S+@|[6-9]\d{9}\b)"
)
"""Words for somebody who gets access and is no app. A mere name does not tell whose it is."""

BEYOND_TRADING = any_of(
    MOVES.pattern,
    _ANOTHER_PERSON,
    r"contacts|marketing|partners|promot|contact you|location|camera|microphone|\btrack you\b"
    r"|\b(tax|income|personal|medical) (data|details|records?|documents?|returns?)\b"
    r"|\bshar(e|ing)\b(?! (market|price))"
    r"|\b(your|to) (photos?|files?|storage|SMS|calls?|notifications?|device)\b"
    r"|\bbank\b|\bUPI\b|wallet|whats ?app|advis[oe]r|relationship manager|dealer|sub-?broker"
    r"|aadhaar|बैंक|digi ?locker|cibil|\bKYC\b|account aggregator|\bexperts?\b"
    r"|\bbrokers? (to|trade|place)\b|\b(by|for|to) (your|my|the|an?) (broker|manager)\b"
    r"|authori[sz]ed person"
    r"|\b(let|allow|permit|authori[sz]e|enable) (us|upstox|our)\b"
    r"|\bresearch analysts?\b|\badvice\b|\bportfolio managers?\b|\bPMS\b|discretionary"
    r"|\bloans?\b|\binsur(ance|ed)\b|mortgage"
    r"|\b(two|three|four|five|several|both|these|[2-9]) (\w+ )?app(lication)?s\b",
    DOES_BESIDE.pattern,
    MAY_OTHERWISE.pattern,
)
"""What an app does not need in order to trade, if it surely asks for the account."""

NOT_OUR_APPROVAL = any_of(
    MOVES.pattern,
    _ANOTHER_PERSON,
    rf"location|notification|camera|microphone|contacts|cookie|track(?!(ing)? (your )?{_TRADES})"
    r"|marketing|whats ?app"
    r"|\bcalls?\b|\bSMS\b"
    r"|कैमर|लोकेशन|माइक|संपर्क|सूचना|नोटिफ"
    r"|contact you|partners|\bshar(e|ing)\b|storage|photos?|\bfiles?\b|promot",
)
"""Permissions that are not an app's access, and that only a person may give."""

OF_AN_ACCOUNT = any_of(r"\b(upstox|trading|demat) account\b|on your behalf|upstox (खाते|अकाउंट)")
"""Words by which an app asks for an account, and not for a permission of the browser."""

DENIED = any_of(
    r"(\b(not(?! only)|never|cannot|no access)|n[’']t)\b"  # noqa: RUF001
    r"(?! (have|need|worry|ask|be asked|only)\b)"
    r"((?!\b(but|so|and|it|when|unless|until|without|if|because|before)\b|[;:]).)*"
)
"""The part of a sentence on what an app may not do. The rest says what it may do."""
