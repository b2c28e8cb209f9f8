"""What speaks for each field of Upstox's login, and what makes a field another one."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from upstox_browser_login.errors import Step
from upstox_browser_login.page.pattern import Pattern, any_of
from upstox_browser_login.page.phrases import CODE_ELSEWHERE

from . import parts

Purpose = Literal["mobile", "otp", "pin", "password"]

PURPOSES: tuple[Purpose, ...] = ("mobile", "otp", "pin", "password")
"""The credentials in the order of a login."""

CODE_LENGTH = 6
"""Digits of Upstox's codes, by SMS and by TOTP."""

STEPS: dict[str, Step] = {"mobile": "mobile", "otp": "totp", "pin": "pin", "password": "pin"}


class Known(Struct, frozen=True):
    """What speaks for a field of one purpose.

    `identity` is searched for in ids and names, split into words. `words` stand at the field
    itself, `form` on its heading or button. `against` are words at the field that forbid it.
    """

    identity: Pattern
    words: Pattern
    against: Pattern
    form: Pattern
    autocomplete: frozenset[str]


_OTP = (
    r"\bT?OTPs?\b|\bone[- ]?time[- ]?(pass(word|code)?|code|pin)\b|verification code|security code"
    r"|authenticat(or|ion)( app)? code|\b6[- ]digit( verification)? code|ओ ?टी ?पी|सत्यापन कोड"
    r"|\bSMS code\b"
    r"|\b(login|access) code\b|\b2fa\b|\bpass ?code\b|authenticator (digits|number)"
    rf"|{parts.OTP}"
    r"|^\W*((enter|type|confirm) )?((the|your) )?(\d-digit )?code\W*$"
    r"|\bcode (from|in|by) ((the |your )?\w+ or )?(the |your )?(\w+ )?(app|SMS|authenticator)\b"
    r"|\bauthenticator( app)?( \w+){0,2} (shows|says|displays|gives)\b"
    r"|ऑथेंटिकेटर.{0,24}कोड|\btime[- ]based (\w+ )?(code|pass\w*)\b"
)
_PIN = (
    r"(?<!map )(?<!map-)(?<!location )(?<!push )\bM?-?PIN\b(?! drop)|\bpass ?code\b|secret code"
    rf"|{parts.PIN}|பின்(?!ன)|\bپن\b"
)

_MOBILE = (
    r"\b(mobile|(tele)?phone|cell(ular)?|registered|handset) ?(number|num|no)?\b"
    r"|\b(mob|ph|tel)\b\.?"
    r"|^\W*(enter |type )?((a|the) )?number\W*$"
    r"|^\W*(enter |type )?((your|my) )?(contact|your|my|(10|ten)[- ]?digit) (number|no)"
    r"(\W+please)?\W*$"
    r"|^\W*(what( is|.s)?|drop|share|give|tell|type|enter|add|pop|put|key|fill)( us)?( in)? "
    r"(your|my) (number|no)\W*(91)?\W*$"
    r"|^\W*((which|what)( is)?|enter|type)? ?((the|your) )?number (is |that.s |that is |you )?"
    r"(linked|registered|trade with|use|log ?in with)\b"
    r"|\b(aapka|apna) ((10|ten) digit ka )?(number|no)(\W+please)?\W*(91)?\W*$"
    r"|मोबाइल|मोबाईल|फ़ोन|फोन|दूरभाष|भ्रमणध्वनी|મોબા[ઇઈ]લ|ફોન|মোবাইল|ফোন|மொபைல்|கைபேசி|ஃபோன்"
    r"|தொலைபேசி|మొబైల్|ఫోన్|ಮೊಬೈಲ್|ಫೋನ್|ದೂರವಾಣಿ|മൊബൈൽ|ഫോൺ|ਮੋਬਾਈਲ|ਫ਼?ੋਨ|ਫ਼ੋਨ|ମୋବାଇଲ|ଫୋନ"
    r"|موبائل|فون"
)
_SIGNS = r"\b(digits?|characters?|letters?|numbers?|text|code|word)"
_CAPTCHA = (
    # "Protected by reCAPTCHA" stands on pages that show no picture.
    r"(?<!protected by )(?<!protected by re)(?<!by Google re)captcha"
    rf"|{_SIGNS} ((that )?you (can )?see |((as )?(shown|seen|displayed) )?)(in|on|from) "
    r"(the|this) (picture|image)\b"
    r"|^(?!.*\b(app|authenticator|T?OTP|phone|device|SMS|message|e-?mail)\b)"
    rf".*{_SIGNS} (that )?you (can )?see\b"
)
CAPTCHA = any_of(_CAPTCHA)
"""Words at a field for what is seen in a picture, to prove that no robot is there."""

_OTHERS = (
    rf"{_CAPTCHA}|e-?mail|\bPAN\b"
    r"|(?<!linked to )(?<!linked with )aadhaar(?![- ]?(linked|registered))|date of birth|\bDOB\b"
    r"|coupon|promo|referr?al|referr?er"
    r"|(type|write) (a|your|any) (message|question|query|comment)|(ask|chat with) (us|me)\b"
    r"|^\W*(your )?(message|question|query)\W*$"
    r"|feedback|comment"
    r"|nominee|guardian|search|खोज|\bUPI\b|\bIFSC\b|account number|\bname\b|address|city"
)

OTHERS = any_of(_OTHERS)
"""Words at a field that is no login's."""

_IN_HINDI = r"(OTP|ओटीपी|code|कोड) (bhej|भेज|प्राप्त|पाए[ंँ]|मंग|मँग|paayein|le|mang)"

ASKS_FOR_CODE = any_of(
    r"\b(get|send|request|generate|receive) (an? |the |me )?(an? )?(\w+ )?"
    r"(OTP|code|one[- ]time (password|code))\b",
    r"^\W*(text|SMS|message) me (an? |the |my )?([\w-]+ )?(OTP|code)\b",
    _IN_HINDI,
)
"""Words of a button that has a code sent to the number."""

HAS_A_CODE_SENT = any_of(
    r"^\W*(please )?(get|send|request|generate|receive) (me )?((an?|the|my) )?"
    r"((log ?in|verification|security|one[- ]time|SMS|mobile|\d-digit) )?"
    r"(OTP|code|one[- ]time (password|code))\W*$",
    r"^\W*(text|SMS|message) me (an? |the |my )?(login )?(OTP|code)\W*$",
    rf"^\W*{_IN_HINDI}\w*( (do|dein|karo|karein|दें|दो|करें|करो))?\W*$",
)
"""All that a button says which only has a code sent, and not one of a gift or for the API."""

_INSTEAD = r"(e-?mail( (id|address))?|user ?(name|id)|client (id|code)|customer id|UCC)"
_OR = r"\s*(,|/|\||\bor\b|\bya\b|या|&|\band\b)\s*"
OR_ANOTHER = any_of(rf"({_OR}(your |the )?{_INSTEAD})+(?!\w)|(?<!\w)({_INSTEAD}{_OR})+")
"""What a field takes in place of the number. It neither names nor forbids anything."""

_OF_SOMEBODY = (
    r"(spouse|wife|husband|mother|father|parent(al)?|guardian|child|family|friend|guest|visitor|witness"
    r"|manager|agent|support|branch|business|company|beneficiary|payee|receiver|recipient|sender"
    r"|delivery|courier|old|second( holder)?|joint( holder)?)([’']s)?"  # noqa: RUF001  (of the page)
)
"""Words for somebody else whose number or PIN it is."""

_NOT_WITHOUT = "".join(
    f"(?<!{out} )(?<!{out} the )(?<!{out} your )"
    for out in (
        "without",
        "no",
        "not",
        "exclude",
        "excluding",
        "omit",
        "omitting",
        "skip",
        "leave out",
    )
)
"""A number "without the country code" is the login's ten digits, so that nothing is forbidden."""

KNOWN: dict[Purpose, Known] = {
    "mobile": Known(
        identity=any_of(
            r"\b(mobile|phone|msisdn|mob|cell)\b", r"\btel\b", r"(mobile|phone)(num|no|number)"
        ),
        words=any_of(_MOBILE),
        against=any_of(
            _OTHERS,
            r"alternat|secondary|another|other (mobile|phone)|emergency|support|helpline"
            r"|call ?back"
            rf"|{_NOT_WITHOUT}country|friend|family|relative|office|landline"
            r"|new (mobile|phone|number)",
            rf"\b{_OF_SOMEBODY} (mobile|phone)\b",
            # The number of somebody else, such as of a caller whom a person wants to check.
            r"\b(?!(upstox|what|that|it|here|user|holder|client|customer|member|investor|trader|owner)"
            r"[’'])\w+[’']s (registered )?(mobile|phone|contact|number)\b",  # noqa: RUF001
        ),
        form=any_of(
            ASKS_FOR_CODE.pattern,
            r"log ?in|sign ?in|let.s get started|welcome|get started|लॉग ?[इि]न|ओटीपी (भेज"
            r"|प्राप्त)",
        ),
        autocomplete=frozenset({"tel", "tel-national", "tel-local"}),
    ),
    "otp": Known(
        identity=any_of(
            r"\bt?otp\b",
            r"one ?time|totp|\b2fa\b|verification ?code|auth(enticator)? ?code"
            r"|otp(num|code|input)",
        ),
        words=any_of(_OTP),
        against=any_of(
            _OTHERS,
            r"country|\bpin ?code\b.{0,20}(area|city|postal)|postal|zip|e-?mail otp"
            r"|\b(invit\w+|gift|voucher|redeem\w*|discount|branch|client) (code|card)\b"
            r"|\b(have|got|apply|enter|redeem) (an?|your|the) (\w+ )?(invit\w+|gift card|voucher"
            r"|coupon|promo\w*|discount)\b",
        ),
        form=any_of(r"verif|\bOTP\b|code|authenticat|सत्यापित|ओटीपी|पुष्टि"),
        autocomplete=frozenset({"one-time-code"}),
    ),
    "pin": Known(
        identity=any_of(r"\bm?pin\b", r"pin ?(code|num|input)|secret ?pin|passcode|mpin"),
        words=any_of(_PIN),
        against=any_of(
            _OTHERS,
            r"verify your (new |\d-digit )?M?PIN|postal|zip|area|\bcity\b|ATM|UPI|debit|card",
        ),
        form=any_of(r"\bM?PIN\b|welcome back|\bhi\b|unlock|पिन|स्वागत"),
        autocomplete=frozenset(),
    ),
    "password": Known(
        identity=any_of(r"\bpassword\b", r"\bpass ?wd\b|\bpwd\b"),
        words=any_of(r"\bpassword\b|पासवर्ड"),
        against=any_of(
            _OTHERS, r"\b(create|set|choose|new|old|current|confirm|re-?enter|repeat|one[- ]time)\b"
        ),
        form=any_of(r"\bpassword\b|log ?in|sign ?in"),
        autocomplete=frozenset({"current-password"}),
    ),
}

OF_ANOTHER_PIN = any_of(
    r"(?<!\byou )(?<!you have )(?<!you.ve )\b(create|choose|pick|generate)\b|^\W*set\b"
    r"|(?<!\byou )(?<!you have )(?<!you.ve )\bset\b.{0,40}\b(M?PIN|passcode|code)\b"
    r"|\b(new|confirm(?! (that )?(it.?s|it is|this is) you\b| (your|the) identity\b)"
    r"|re-?enter|repeat|old|current"
    r"|change|reset)\b"
    rf"|बनाएं|banaye|naya|{parts.NEW}|{parts.OLD}|{parts.OF_A_SECOND}"
)
"""Words by which a named PIN is another one than the login's.

Beside a field with another name, the same words are about something else, such as a new device.
"""

_TO_TYPE = (
    r"please|kindly|enter|type|fill|key|put|use|in|into|your|you|the|my|an?|of|with|for|to|and|it|its"
    r"|is|this|here|below|above|again|only|secret|security|secure|private|personal|access|log|login"
    r"|sign|signin|unlock|continue|proceed|verify|confirm|upstox|numeric|digits?|numbers?"
    r"|characters?|box(es)?|field|input|code|value|passcode|password|required|four|five|six|hidden"
    r"|show|hide|kripya|apn[aie]|aapk[aie]|daal\w*|dal\w*|likh\w*|bhar\w*|darj|kar\w*|ank|anko"
    r"|k[aei]|gupt|yahan|se|lagin|कृपया|अपन[ाीे]|आपक[ाीे]|डाल\S*|दर्ज|कर\S*|लिख\S*|भर\S*|अंकों?"
    r"|क[ाीे]|गुप्त|सुरक्षा|कोड|लॉग|[इि]न|लॉग[इि]न|यहा[ँं]|छह|प्रविष्ट|टाका|आपला|तुमचा"
    # A sample: "XXXXXX", "e.g. 123456".
    r"|x+|e|g|eg|example"
)
SAYS_NOTHING = any_of(rf"^({_TO_TYPE})$")
"""Each word at a field that says that something is typed there, and not what."""

ASKS_FOR_OTHER_DIGITS = any_of(
    r"^(?!.*\b(forg[eo]t\w*|reset|recover|unlock|not|never|share|without)\b)\W*((please|kindly) )?"
    r"(enter|type|fill|provide|confirm|verify|use|write|give|your|the|first|last|\d|apn[aie]|अपन[ाीे])"
    r"(?!\w).*(\bPAN\b|aadhaar|\bDOB\b|\bbirth|\bDD\W?MM\W?YY|\bUPI\b|\bcard\b|account number"
    r"|\bjanm|जन्म|आधार)"
)
"""A text at a field that asks for what has as many digits as a PIN, such as a birthday."""

GREETS = any_of(
    r"^\W*(hi|hello|hey|welcome( back)?|namaste|namaskar|नमस्ते|नमस्कार)(,? [^\s,]+){0,2}\W*$"
    r"|^\W*(signed|logged) in as\b"
)
"""A text that names a person, and no field beside it."""

SENT_BY_E_MAIL = any_of(rf"{parts.E_MAIL}|\S@\w[\w.*•-]*\.\w")
"""E-mail or an address, also one of which a part is hidden."""

WARNS = any_of(r"\b(never|do not|don.?t|does not|will not|won.?t)\b")
"""A sentence on what nobody does: "We never ask for an OTP by e-mail"."""

OFFERS_BY_ANOTHER_WAY = any_of(
    r"^\W*(re-?send|get|send|request|receive|try)\b.{0,20}\b(OTP|code|it)\b.{0,12}"
    r"\b(on|by|via|over|through|to) ((an?|my|your|the) )?"
    r"(e-?mail|whats ?app|(phone )?call|SMS|text)( instead)?\W*$"
)
"""A text that offers a code by another message: "Resend OTP on email"."""

IS_SENT = any_of(
    r"^(?!.*(\?|(\bnever|n['o]t)\b)).*(\b(sent|e-?mailed)\b|भेज|\bbhej)"
    r"|^\W*(please )?check (your|the) \w|\be-?mail verification\b"
)
"""A text that says how the code has come, without naming it: "Check your inbox"."""

NAMES_A_CODE = any_of(rf"{_OTP}|{CODE_ELSEWHERE}|\bcodes?\b")

SENT_TO_A_PHONE = any_of(
    rf"{_MOBILE}|\bSMS\b|एसएमएस|[*x•]{{2,}}\d{{2,}}|(?<!\w)(91)?[6-9]\d{{4}}[ -]?\d{{5}}(?![\w@])"
)
"""A code may be sent to a phone as well as by e-mail."""

ANOTHER_NAME = any_of(
    rf"\b{_INSTEAD}", r"\b(log ?in|corporate|employee|member|trading) (id|code)\b"
)
"""What another login asks for in place of the number."""

SHOWS_A_NAME = any_of(r"^\W*((you are|you.re) )?(signed|logged) in (as|with)\b")
"""The label of a field that only shows whose login it is."""

_PLACES = (
    r"(area|city|state|district|town|village|locality|location|pincode|post office|postal|street"
    r"|address|landmark|residence|residential|birthplace|delivery|ilak[ae]( ka)?)"
)

POSTAL = any_of(
    r"^\W*(enter )?((an?|the|your|area|valid|(6|six)[- ]?digit) ){0,3}pin[- ]?code"
    r"( (daal\w*|likh\w*|bhar\w*))?( \(?(6|six)[- ]digits?\)?)?\W*$",
    r"\bpin ?code\b.{0,20}\b(near|area|city|branch|address)|(area|postal|branch).{0,12}pin ?code",
    rf"\b{_PLACES}( code| PIN|\W{{1,3}}(and )?PIN)\b|\bPIN\b\W{{1,3}}((and|&) )?(state|city)\b",
    r"\bPIN (for|of) (the |your )?(delivery|deliveries|shipping|area|city)\b|पिन ?कोड|डाक ?पिन",
    r"\bwhere (do|are|should) (you|we) (live|living|located|based|stay(ing)?|send|deliver)\b",
    r"^\W*((confirm|enter|fill( in)?|add|verify|your|the|a|current|permanent|registered|new|full"
    r"|delivery|communication|correspondence|residential|home|shipping|billing|postal|mailing) )*"
    r"(?<!e-mail )(?<!email )(?<!web )(address|city|location)( details)?\W*$"
    r"|^\W*delivery details\W*$",
    r"^\W*(find|locate) ((an?|your|the|our) )?(nearest )?(branch|store|office|cent(re|er)|ATM)\b",
)
"""The names of a postal code in India, and headings of a form for an address."""

OF_A_PLACE = any_of(
    r"^\W*((your|the|enter|select|choose) )*(city|state|district|town|village|locality|street|flat"
    r"|house|landmark|address( line)?|area|pin ?code)\b|^\W*(शहर|राज्य|ज़िला|जिला|पता|गाँव)\W*$"
)
"""The names of other fields of such a form."""

ASKS_WHO_HAS_NO_ACCOUNT = any_of(
    r"(\b(new|no|not|don.?t|haven.?t|without|yet|need|first time|nay[ae]|nahi)\b|नहीं|नए|नया)"
    r".*\?\W*$"
)
"""The question before a link for those who cannot log in: "Don't have an account? Open one"."""

LEFT_EMPTY = any_of(
    r"\bleave (this|it|the) (\w+ )?(field |box )?(empty|blank|alone|unfilled)\b",
    r"\b(do not|don.?t|never|must not|should not) fill\b.{0,16}\b(this|it|in|out|anything)\b",
    r"\b(do not|don.?t|never|must not|should not) (type|write|enter) anything\b",
    r"\bif (you are|you.re) (an? )?(human|person|not (a )?(ro)?bot)\b",
    r"खाली (छोड़|रह)|khaali? (chhod|rah)",
    r"\(optional\)|[,:;-] optional\W*$|^\W*optional\W*$",
)
"""What a trap for programs, or a field that no login needs, says that a person can see."""

OF_A_CUSTOMER = any_of(
    r"\b(you|i)( have|.ve)? (used|use|gave|give|given|registered|joined|signed up|opened|applied"
    r"|shared)\b.*"
)
"""What a label says of a number that Upstox has already: "used to open your account"."""

SOMEBODY_ELSES = any_of(
    r"^(?!.*\b(not|never)\b).*"
    r"\b((partner|sub-?broker|distributor|dealer|employee|staff|advis[oe]r|franchisee?|admin)s?\b"
    r"|authori[sz]ed persons?.{0,3} (log|sign)[ -]?in\b)"
)
"""Words at a field, or on its heading, of a login that is not for customers."""

NAME = any_of(r"^\W*((your|full|first|last|enter) ){0,3}name\W*$")
"""What a form asks for that knows nobody yet, such as one to open a ticket."""

SENDS_NEWS = any_of(
    r"\b(get|receive|send|want|for) (\w+ ){0,3}(updates?|offers?|links?|app|tips|alerts|news)\b",
    r"\b(download|install(ation)?|app) link\b|news ?letter"
    r"|\b(call|ring|phone) ?(me |you |us )?back|\bfor (a|the|your|our) (phone )?call\b"
    r"|\b(friends?|refer\w*)\b",
    r"\b(tips|updates|offers|alerts|news|calls) (on|via|by|over) "
    r"(whats ?app|telegram|SMS|e-?mail)\b",
)
"""Words near a number's field to which something else than a login's code is sent."""

_CALLERS = r"(experts?|advis[eo]rs?|(relationship )?managers?|team|executives?)"
CALLS_BACK = any_of(
    r"^\W*(yes,? )?(please )?(call|ring|phone) me\b(?!.*\b(OTP|code)\b)"
    rf"|^(?!.*\b(if|when|beware|never)\b).*\b{_CALLERS}( will| shall|.ll)?"
    r" (calls?|rings?|phones?) (you|me|back)\b(?!.*\b(OTP|code)\b)",
    r"\b(get|have) (an?|our|one of our) (agent|expert|executive|specialist)s? to call you\b",
    r"^(?!.*\b(never|do not|don.?t|log ?in|sign ?in)\b)"
    r".*\bleave (us )?(your|a) (mobile |phone )?number\b",
    r"^(?!.*\b(never|do not|don.?t|no|only|beware|agree|authori[sz]e|log ?in|sign ?in)\b)"
    r".*\bagents? (can|will|may|to) (continue|reply|respond|get back)\b",
)
"""Words of a form whose number somebody will call, whatever its button says."""

ANOTHER_ERRAND = any_of(
    r"\b(book|reserve|seat|claim|offers?|gifts?|scores?|quotes?|status|tickets?|talk|chat|help"
    r"|whats ?app|calls?|callback|ring|remind|notify|posted|alerts?|updates?|share|vote|port|play"
    r"|spin|schedule|calculate|eligib\w*|KYC|pledge|SIPs?|enrol\w*|contest|opt|sign me up|connect"
    r"|save|app|count me|want|change|forgot|activate|enable|unlock)\b"
)
"""Words of a button that sends a number for something else than to log in."""

CLAIMS = any_of(
    r"^(?!.*\b(log|sign) ?in\b)\W*(claim|win|redeem|collect|grab|unlock|receive|get|avail) "
    r"((a|an|your|the|this|our|my|free|exclusive|special|welcome|₹[\d,]+) ){0,3}"
    r"(gifts?|rewards?|prizes?|vouchers?|coupons?|cash ?back|bonus|offers?|discount|goodies|shares?"
    r"|gold|brochure|e-?book|guide|tickets?|seat)\b"
    r"|^(?!.*\b(log|sign) ?in\b)\W*(win|grab) \w"
)
"""Headings of a form that claims something, such as a gift."""

ERRANDS = any_of(
    r"^\W*(need|want|get)( (some|any))? help\b",
    r"\bcall ?back\b|^\W*(request|book|schedule|arrange) (an? )?(free )?(call|demo|visit)\b"
    r"|^\W*(talk|speak|chat) (to|with)\b|^\W*unsubscribe\b",
    r"^\W*(raise|file|lodge|track) (an? |your |my )?(complaint|ticket|grievance|application)\b",
    r"^\W*(get|apply for) (an? )?(\w+ )?loans?\b"
    r"|^\W*check (your )?(\w+ )?(allotment|eligibility)\b",
    r"^\W*(start|begin|set up) (an? |your )?(SIP|virtual trading)\b|^\W*try (virtual|paper)\b",
    r"^\W*(add|change|update) (an? |your |my )?(alternate |new |second |mobile |phone )*number\b",
    r"^\W*(register|subscribe) (for|to)\b"
    r"|^\W*(get|install|download) (the |our |your )?(\w+ )?(app|notes?|statements?|reports?)\b",
)
"""Headings of a form that takes a number and is no login, unless its button says so."""

_ERRAND = (
    r"(insights?|tips|contests?|demo|webinars?|scores?|reviews?|consult\w*|emergency|alerts?|loans?"
    r"|allotments?|news ?letters?|give ?aways?|experts?|advis\w+|check-?up|call ?back|family plan"
    r"|(IPO|order|application) status)"
)
OF_AN_ERRAND = any_of(
    r"^\W*(get|request|claim|book|join|talk|speak|ask|consult|check|know|subscribe|sign up|apply"
    rf"|enter|win|receive|try|start|free|your|be|want|need)\b.*\b{_ERRAND}\b",
    # Only as a name, since praise such as "Trusted by experts" may stand above a login.
    rf"^\W*(\w+ )?{_ERRAND}( \w+)?\W*$|^\W*(your|contact|personal) details\W*$",
)
"""Headings that are no login's, unless something on the page says that it is one."""

LOGIN = any_of(r"\b(log|sign)[ -]?in\b|(?<![\w-])(log|sign)[ -]?on\b|लॉग ?[इि]न")

CREATES_PIN = any_of(
    r"\b(create|set( up)?|choose|make) (a |your |an? )?(new )?(\d-digit |secret )?M?PIN\b",
    r"\bnew (\d-digit |secret )?M?PIN\b|(confirm|re-?enter|repeat) (your "
    r"|the )?(new )?(\d-digit )?M?PIN",
    r"verify your (new )?\d-digit M?PIN|naya pin|pin banaye",
    r"\b(M?PIN|passcode) (of your choice|(that )?you( will|.ll) remember)\b",
    rf"({parts.NEW})[^.!?|]{{0,16}}({_PIN})",
)
"""Words of a form that takes a PIN which does not exist yet."""

REPEATS_A_PIN = any_of(
    r"\b(re-?enter|re-?type|repeat|confirm|once more|again)\b|dobara|दोबारा|फिर से|पुनः"
)
"""Words at the second of two fields for one new PIN."""

RENEWS_A_PIN = any_of(
    r"\b(M?PIN|passcode)\b( \w+){0,3} expired\b|\b(choose|set|create|pick|make|enter) a new one\b"
)
"""Words of a page that takes a new PIN in place of an old one."""

SETS_A_PIN = any_of(r"^\W*(change|set|save|create|update)\b")
"""Words of the button of a new PIN, beside another button for the login."""

_HAVE_A_PIN = (
    r"UPI|ATM|card|(net )?bank(ing)?|netbanking|wallet|payments?|CDSL|NSDL|depository|DP|e-?DIS"
    r"|demat|DDPI|(digi ?)?locker|vault|DSC|token|speed-?e|IVR|tele|phone|customer care|meeting"
    r"|e-?sign"
)
_MONEYS = rf"{parts.BANKS}|{parts.PAYS}"
_HAVE_A_PASSWORD = rf"UPI|ATM|card|(net )?bank(ing)?|netbanking|wallet|{_MONEYS}"
_ITS = r"((your|the|this|an?) )?"
_HAVE_A_CODE = (
    r"UPI|ATM|card|wallet|CDSL|NSDL|depository|e-?DIS|(net )?bank|UIDAI|aadhaar|digi ?locker"
    r"|KRA|RTA|registrar"
)

ANOTHER_SECRET = any_of(
    rf"\b({_HAVE_A_PIN}|{_MONEYS}|transaction|voucher)[- ]?(M?PIN|passcode)\b",
    rf"\b({_HAVE_A_PASSWORD}|transaction)[- ]?password\b",
    rf"\b(M?PIN|passcode)\b (of|for|from|at|(sent|issued|given) by) {_ITS}(\w+ )?({_HAVE_A_PIN})\b",
    rf"\b(M?PIN|passcode|password|OTP|code) (of|for|from|at|by) {_ITS}({_MONEYS})\b",
    rf"\bpassword\b (of|for|from|at) {_ITS}(\w+ )?({_HAVE_A_PASSWORD})\b",
    rf"\b({_OF_SOMEBODY}|SIM|device|router|safe|gate) (M?PIN|password)\b",
    r"\bT-?PIN\b|यू ?पी ?आई पिन|टी-?पिन",
    r"\b(verify|verification|log ?in|sign ?in|continue) (with|via|by|using)"
    r" (digi ?locker|aadhaar)\b",
    rf"\b(OTP|code) ((sent|issued|given) )?(from|for|by|of|at) ((your|the|an?) )?"
    rf"((?!SMS|text|app)\w+ )?({_HAVE_A_CODE})\b(?![- ]?(linked|registered))",
    rf"\b({_HAVE_A_CODE}|{_MONEYS})[- ](OTP|code)\b",
    r"\b(?!upstox)\w+[’']s (M?PIN|T?OTP|passcode)\b",  # noqa: RUF001  (the page's own apostrophe)
    r"\b(OTP|code) (\w+ )?to (your |the |my )?(new|old|other|alternate|second|nominee\S*) "
    r"(mobile|phone|number|e-?mail)\b",
    rf"\b({_HAVE_A_CODE}) (has |have )?(just )?(sent|texted|mailed) .{{0,20}}\b(OTP|code)\b",
    r"\bjoint\b.{0,20}\b(M?PIN|T?OTP|passcode|code)\b",
    r"\b(OTP|code)\b[^.!?|]{0,30}\bfor ((your|the|an?|this|my) )?(\w+ )?(clos(ing|ure)"
    r"|deleti(ng|on)|changing|updating|adding|selling|withdraw(ing|als?)|payouts?|transfer(ring|s)?|redemptions?"
    r"|nominations?|nominees?|(un)?linking|e-?sign(ing)?|pledg(ing|es?)|mandates?|payments?|deactivati(ng|on))\b",
)
"""PINs and codes that are never the login's."""

ANOTHER_DEED = any_of(
    r"^\W*((un)?freez(e|ing)|disconnect(ing)?|revok(e|ing)|recharg(e|ing)|e-?sign(ing)?"
    r"|recover(ing)? (your|my|the|an?)|report(ing)? (an?|the|your)|rais(e|ing) an?"
    r"|lock(ing)? (this|(your|my|the) (\w+ )?account)|block(ing)? (your|my|the|this|an?)"
    r"|share (your|my)(?! (mobile|phone)( number)?( to (continue|log ?in|sign ?in))?\W*$)"
    r"|stop(ping)? (getting )?(calls|messages|SMS)"
    r"|(chang|updat)(e|ing) (your |my |the )?(registered )?(mobile|phone|number|e-?mail|bank"
    r"|address|nominee))\b"
    r"|^\W*(change|reset|update|replace) (your |my |the )?(login |upstox )?(M?PIN|passcode)\W*$"
)
"""Headings of a form that asks for the same as a login and does something else."""

_DONE_BY_IT = (
    r"((authori[sz]e|approve)(?! access\W*$)|release|(un)?link|delete|close"
    r"|(turn|switch) (on|off)|disable|enable|(de)?activate|change|reset|sell|buy|place|pay|withdraw"
    r"|transfer|pledge|redeem|e-?sign"
    r"|sign(?! ?(in|on)\b)|trust|nominate|convert|renew|revoke|disconnect|(un)?freeze|subscribe"
    r"|cancel"
    r"|start(?! (trading|investing|your)\b)"
    r"|(confirm|verify)(?=.*\b(orders?|payments?|nominees?|payouts?|sale|mandate|transfer"
    r"|withdrawal)\b))"
)
_DOES_IT = (
    r"(authori[sz]es|approves|releases|(un)?links|deletes|closes|(turns|switches) (on|off)|disables"
    r"|enables|(de)?activates"
    r"|changes(?! (every|each|after|soon|(with)?in (about |under )?(\d+|an?|one))\b)"
    r"|sells|buys|places"
    r"|pays|withdraws|transfers|pledges|e-?signs"
    r"|signs(?! (you )?in\b)|converts|renews|cancels)"
)
_NO_LOGIN = r"(?!.*\b(log|sign)[ -]?(in|on)\b)"


def _does_by(secret: str) -> Pattern:
    return any_of(
        rf"({secret})( (below|here|once more|again))? to {_NO_LOGIN}{_DONE_BY_IT}\b",
        rf"({secret}) {_DOES_IT}\b",
        rf"\bby (enter|typ|us|giv)ing (your |the )?(\d-digit )?({secret}),? (you|we) "
        rf"{_DONE_BY_IT}\b",
    )


DOES_BY_A_SECRET: dict[Purpose, Pattern] = {
    "otp": _does_by(r"\bT?OTP\b|\bcode\b"),
    "pin": _does_by(r"\bM?PIN\b|\bpasscode\b"),
    "password": _does_by(r"\bpassword\b"),
}
"""Sentences at a field on what is done by the code, PIN or password typed there."""

LOST = any_of(
    r"^\W*(forgot(ten)?|lost) (your |my |the )?(M?PIN|passcode|password|authenticator|phone)\b"
)
"""Headings of a form that recovers what protects the login."""

UNLIKE = any_of(
    r"\b(different (from|to|than)|differs from|other than|unlike|confuse\w* (it|this) with"
    r"|(forgot|forgotten|lost))\b.*"
)
"""What a sentence names only to say that it is something else, or how to recover it."""

BEGINS_WITH_OTP = any_of(
    r"\W*(please )?((enter|type|confirm)\W*)?(the |your )?(\d[- ]digit )?"
    r"(T?OTP|((one[- ]time|verification|security) )?code\b)"
)

SIGNED_IN_AS = any_of(r"signed in as\D{0,5}(?:\+?91[\s-]?)?([6-9]\d{4}[\s-]?\d{5})")
"""Whose PIN the page asks for, where it says so in full."""
