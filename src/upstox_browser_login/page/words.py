"""Each code and text of Upstox's, and the one ending that it means.

Sources: the login page's own JavaScript and captured traffic, 2023 to 2026.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from upstox_browser_login.errors import (
    CredentialsRejectedError,
    LoginBlockedError,
    PageChangedError,
    UpstoxError,
    UpstoxUnavailableError,
)
from upstox_browser_login.page.sentences import sentences_in

from .pattern import Pattern
from .states.parts import MONTHS

Meaning = Literal[
    "mobile refused",
    "code refused",
    "pin refused",
    "locked",
    "rate limited",
    "several accounts",
    "inactive",
    "no customer",
    "no PIN yet",
    "outdated",
    "session lost",
    "code too short",
    "maintenance",
    "challenge",
    "denied",
    "trouble",
    "network",
    "unknown",
]
"""What a message means, whoever says it: the page, its server, or the connection."""


class Ending(Struct, frozen=True):
    """The error that a meaning becomes."""

    error: type[UpstoxError]
    code: str
    hint: str | None = None


_BY_HAND = "Log in to Upstox by hand once, do what the page asks for, then run again."

ENDINGS: dict[Meaning, Ending] = {
    "mobile refused": Ending(CredentialsRejectedError, "MOBILE_REJECTED"),
    "no customer": Ending(CredentialsRejectedError, "MOBILE_REJECTED"),
    "code refused": Ending(CredentialsRejectedError, "TOTP_REJECTED"),
    "code too short": Ending(CredentialsRejectedError, "TOTP_REJECTED"),
    "pin refused": Ending(CredentialsRejectedError, "PIN_REJECTED"),
    "inactive": Ending(CredentialsRejectedError, "ACCOUNT_INACTIVE"),
    "locked": Ending(LoginBlockedError, "ACCOUNT_LOCKED"),
    "rate limited": Ending(LoginBlockedError, "RATE_LIMITED"),
    "several accounts": Ending(
        LoginBlockedError,
        "ACTION_REQUIRED",
        "Give each account a mobile number of its own at Upstox: a program must not choose.",
    ),
    "no PIN yet": Ending(
        LoginBlockedError,
        "ACTION_REQUIRED",
        "Log in to Upstox by hand once and create the PIN, then set UPSTOX_PIN_CODE.",
    ),
    "outdated": Ending(PageChangedError, "PAGE_NOT_RECOGNISED"),
    "challenge": Ending(PageChangedError, "CHALLENGE"),
    "session lost": Ending(UpstoxUnavailableError, "SESSION_LOST"),
    "maintenance": Ending(UpstoxUnavailableError, "MAINTENANCE"),
    "trouble": Ending(UpstoxUnavailableError, "SERVER_ERROR"),
    "network": Ending(UpstoxUnavailableError, "NETWORK"),
    "denied": Ending(LoginBlockedError, "ACTION_REQUIRED", _BY_HAND),
    "unknown": Ending(UpstoxError, "UNEXPECTED"),
}
"""One ending for each meaning."""

REFUSALS: frozenset[Meaning] = frozenset(
    {"mobile refused", "code refused", "code too short", "pin refused", "unknown"}
)
"""What can be no word about a credential that was taken before."""

NO_SUCCESS = REFUSALS | {"locked", "rate limited"}
"""What an answer that has taken what was sent does not say."""

CODES: dict[str, Meaning] = {
    "1017016": "mobile refused",
    "1017069": "rate limited",
    "1017078": "rate limited",
    "1017125": "rate limited",
    "1017072": "outdated",
    "1017074": "several accounts",
    "1017076": "session lost",
    "1017079": "session lost",
    "1017084": "session lost",
    "1017095": "session lost",
    "1017105": "session lost",
    "1017007": "session lost",
    "1017106": "pin refused",
    "1017090": "locked",
    "UDAPI100500": "trouble",
}
"""Upstox's codes on the login page, as its own JavaScript and recorded sessions show them."""

OF_THE_ACCOUNT: frozenset[Meaning] = frozenset({"pin refused", "locked"})
"""What counts more than the status of an answer: a PIN that was refused is never sent again."""

REPEATS_ITSELF = frozenset({"4000001"})
"""After these codes the page refreshes its token and asks again by itself."""

_SEEMS = r"((look|seem|appear)s? (like |to be )?)?"
_NO_LONGER_VALID = (
    r"(?<!\bold OTP is )(?<!\bold PIN is )(?<!\bold code is )"
    r"(?<!previous OTP is )(?<!previous PIN is )(?<!previous code is )"
    r"(?<!earlier OTP is )(?<!earlier PIN is )(?<!earlier code is )"
    r"no longer valid(?! (once|after|when|if|as soon)\b)"
)
"""Not what was sent before, nor what would be so."""

_WRONG = (
    r"(incorrect|invalid|(?<!went )(?<!gone )(?<!goes )(?<!something )(?<!something.s )"
    r"(?<!something is )wrong|expired|mismatch\w*|not recogni[sz]ed"
    r"|(?<!be )rejected|match (nahin?|नहीं)|expire ho gay[ai]"
    rf"|{_NO_LONGER_VALID}|(not|n.t) (be )?{_SEEMS}(match|valid|correct|"
    r"verified|accepted|right)\w*|(?<!kuch )(?<!kuchh )galat|(?<!कुछ )गलत|(?<!कुछ )ग़लत"
    r"|अमान्य|चुकीच"
    r"|தவறா(?!ம)|தவறு|తప్పు|ತಪ್ಪು|തെറ്റ|ভুল(?![েবছ])|ખોટ[ાીુોં]|ਗਲਤ|ଭୁଲ(?![ିନ])|غلط(?!ی))"
)
"""Not "something went wrong", nor what the same letters mean in longer words: forget, loss."""

_PIN = r"(\bM?-?PIN\b|\bpasscode\b|पिन|পিন|પિન|(?<!ப் )பின்(?![னபு])|పిన్|ಪಿನ್|പിൻ|ਪਿੰ?ਨ|ପିନ)"
_OTP = (
    r"(\bT?OTP\b|one[- ]time (pass(word|code)|code)|verification code|ओटीपी|ওটিপি|ઓટીપી|ஓடிபி"
    r"|ఓటీపీ|ಒಟಿಪಿ"
    r"|ഒടിപി|ਓਟੀਪੀ|ଓଟିପି)"
)
_MOBILE = r"(mobile|phone|मोबाइल|मोबाईल|फ़ोन|फोन)"
_NUMBER = rf"(({_MOBILE} )?(number|no\b\.?)|नंबर|नम्बर)"
_RIGHT = r"(correct|valid|right|sahi|सही|मान्य|वैध)"
_RIGHT_ELSEWHERE = r"(সঠিক|বৈধ|સાચો|માન્ય|சரியான|சரியாக|సరైన|ಸರಿಯಾದ|ശരിയായ|ਸਹੀ|योग्य|वैध|ସଠିକ)"
_MOBILE_ELSEWHERE = r"(মোবাইল|ফোন|મોબાઇલ|ફોન|மொபைல்|మొబైల్|ಮೊಬೈಲ್|മൊബൈൽ|ਮੋਬਾਈਲ|ਮੋਬਾਇਲ|मोबाईल|ମୋବାଇଲ)"
_CODE_ELSEWHERE = "(कोड|কোড|કોડ|குறியீ|కోడ్|ಕೋಡ್|കോഡ|ਕੋਡ|କୋଡ|کوڈ)"
_ENTER_ELSEWHERE = (
    r"(দিন|লিখুন|প্রবেশ|દાખલ|લખો|નાખો|உள்ளிட|பதிவிட|నమోదు|ఇవ్వండి|ನಮೂದಿಸ|ನೀಡಿ|നൽകുക|ਦਰਜ|ਭਰੋ|टाका|प्रविष्ट"
    r"|ଦିଅନ୍ତୁ|ଲେଖନ୍ତୁ)"
)
"""To enter a right mobile number, in other languages of India; one that nobody asks for is none."""
_ENTER = (
    r"(enter|re-?enter|type|provide|give|use|try|retry|check|input|fill|key|submit|log ?in|sign ?in"
    r"|write|put|daal\w*|dal\w*|likh\w*|bhar\w*)"
)


def _asked_anew(what: str) -> str:
    """Words that ask for a right one, and so refuse the one that was typed.

    A right one that nobody asks for is none: "OTP sent to the correct number".
    """
    right = rf"{_RIGHT} ((\d+|ten)[- ]?digit )?{what}"
    return (
        rf"\b{_ENTER} (in )?((again|once more) )?((with|using) )?((an?|the|your) )?(\S+ )?{right}"
        rf"|{right}.{{0,15}}(\b(daal|dal|likh|bhar|required|needed|chahiye)|दर्ज|डाल|लिख|भर|चाहिए)"
        rf"|(\bnot|n.t) {_SEEMS}((an?|the|your) )?{right}"
    )


_OF_ANOTHER = (
    r"(refer(r?al|rer)?|coupon|voucher|gift|gift card|promo\w*|invit\w+|discount|offer|reward"
    r"|cashback|redeem\w*|redemption|campaign|partner|agent|affiliate|dealer|branch|client|country"
    r"|dial\w*|area|postal|post|zip|city|state|IFSC|MICR|SWIFT|UPI|QR|bar|scrip|status|error)"
)
_PLACE = r"(area|city|address|branch|place|town|district|locality|state)"
_OTHER_ACCOUNTS = (
    r"\b(MTF|bank|savings|current|loan|UPI|wallet|commodity|referral|partner|family|minor.?s?|HDFC"
    r"|ICICI|SBI|Axis|Kotak) account\b"
)
OTHER_ACCOUNTS = Pattern(_OTHER_ACCOUNTS)
"""Accounts that may be inactive or closed while the login's own is not."""
_COUNTED = (
    r"(orders?|trades?|withdrawals?|payouts?|payments?|transfers?|UPI|SIPs?|IPOs?|GTTs?|alerts?"
    r"|scrips?|stocks?|baskets?|exports?|downloads?|reports?|mandates?|API)"
)
_LIMIT_OF_OTHERS = (
    rf"(?:^|(?<=[.!?|]))(?=[^.!?|]*\b{_COUNTED}\b)(?![^.!?|]*\b(OTPs?|codes?|log-?ins?|sign-?ins?|PINs?|verif\w*)\b)"
    r"[^.!?|]*\b(limits?|attempts?|tries|requests?|times|maximum)\b[^.!?|]*"
)
"""A sentence of a limit for something else, such as "Daily limit reached: 20 orders"."""
_OF_OTHERS = Pattern(
    rf"\b{_OF_ANOTHER}[ -]codes?\b|\bcodes? of (the|your|this|that|an?) {_OF_ANOTHER}\b"
    r"|\b(UPI|ATM|card|SIM|area|postal|city|address|delivery|branch) pin\b( ?code)?"
    rf"|\bpin ?code (of|for|in) ((the|your|this|that) )?{_PLACE}\b"
    r"|(रेफरल|कूपन|वाउचर|गिफ्ट|प्रोमो|क्यूआर|QR) कोड"
    rf"|{_OTHER_ACCOUNTS}|{_LIMIT_OF_OTHERS}"
    r"|(\bnot|n.t) (valid|accepted|used|usable|work\w*|correct) (elsewhere|anywhere else|outside\b)"
)
"""Codes and accounts that are none of a login's, and what a code is elsewhere.

What is said of them says nothing of what was sent.
"""

_LOCKED = (
    r"(locked|blocked|frozen|suspended)(?! in at\b)"
    r"(?! (for|from) (?![^.!?|]*\blog[ -]?(in|ging)\b)"
    r"((all|any|new|further|fresh|your) )?(\w+ )?(debits?"
    r"|credits?|withdraw\w*|payouts?|transfers?|trad(es|ing)|buy\w*|sell\w*|F ?& ?O|futures"
    r"|options|derivatives?|commodit\w*|currency|intraday|margin|MTF|IPOs?|pledg\w*|orders?"
    r"|segments?)\b)"
)
"""Not for one use alone, such as debits."""
_NOT_YET = "".join(
    rf"(?<!\b{each} )(?<!\b{each} your )(?<!\b{each} the )"
    for each in ("before", "until", "till", "or", "else", "which", "if", "when", "once")
)
_IS_LOCKED = (
    rf"{_NOT_YET}\b(account|(your|the) (access|profile|log-?in)) (has been|is( now)?|was|got)"
    rf" (temporarily |permanently |now )?{_LOCKED}\b(?!\s*\?)"
    rf"|\b(we|upstox)( have|.ve| has)? ((temporarily )?{_LOCKED}( access to)?"
    r"|(put|placed) a (temporary )?(lock|block|freeze) on) (your|this|the)"
    r" (account|access|profile)\b"
    rf"|^\W*(your )?account (temporarily )?{_LOCKED}(?=[\s.!]*$| *[:.!]"
    r"| (after|due|for|because|until|as|till)\b)"
    rf"|^\W*(your )?M?PIN ((has been|is( now)?|was) )?(temporarily )?{_LOCKED}(?=[\s.!]*$| *[:.!]"
    r"| (after|due|for|because|until|as|till)\b)"
    rf"|^\W*(your )?log-?in (temporarily )?{_LOCKED}"
    r" (after|due to) (\w+ ){1,4}(M?PINs?|PIN attempts)\b"
    rf"|[.!] (your )?account (temporarily )?{_LOCKED}(?=[\s.!]*$| *[:.!])"
    r"|(?:^|(?<=[.!?|]))(?![^.!?|]*\b(if|when|once|unless|until|case)\b)[^.!?|]*"
    r"\byou(.ve| have|.re| are) (been |now )?(temporarily )?locked out\b(?!\s*\?)"
    r"|^(?!.*\b(agar|yadi|jab)\b).*\baccount (lock|block) (ho gaya|ho chuka|kar diya)"
    r"(?!( hai)?\s*\?)|खाता (लॉक|ब्लॉक)"
)
"""Not "will be locked", which warns of a lock that has not come."""
IS_LOCKED = Pattern(_IS_LOCKED)

_SEVERAL = r"(\d+|two|three|four|five|six|several|multiple|repeated|too many|more than \w+)"
_LOCKS = (
    rf"\b((account|access|profile|log-?in|M?PIN) (is|gets) (temporarily |permanently )?{_LOCKED}"
    r"|you(.re| are) locked out)"
)
_CHECK_THE_NUMBER = r"^\W*(please )?(re-?|double-?)?check your (mobile|phone) number\W*$"
_NUMBER_MUST = rf"{_MOBILE} number (should|must) (have|be|contain|start|begin)\b"
_A_RULE = Pattern(
    rf"\b(after|once|unless|whenever|following) .{{0,60}}{_LOCKS}"
    rf"|\b(with|on|upon) (the |a |your )?({_SEVERAL}|\w+(th|rd)) .{{0,40}}{_LOCKS}"
    rf"|\b{_SEVERAL} times,? (and|then) .{{0,20}}{_LOCKS}"
    r"|\byou(.re| are) locked out (on|upon|with|by|beyond) ((the|a|your) )?\w+ "
    r"(wrong|incorrect|failed)"
    rf"|^\W*{_SEVERAL} (wrong|incorrect|failed|invalid) .{{0,30}}{_LOCKS}"
    r"|\btoo many (\w+ ){1,3}(will|would|may|might|can|could|locks?|blocks?)\b"
    r"|^(?!.*\b(reached|exceeded|exhausted|used|made|crossed|over)\b)"
    rf".*\bmaximum( of)? {_SEVERAL}\b"
    rf"|{_CHECK_THE_NUMBER}|{_NUMBER_MUST}"
    # What would be, what was another day, and what is so of any of them.
    r"|^\W*(if|when|whenever|in case|agar|yadi|jab)\b"
    r"|\byesterday\b|\b(days?|weeks?|months?) ago\b"
    rf"|\b(last|previous) (failed )?(log|sign)[ -]?in\b.*\b(\d{{1,2}} ({MONTHS})|({MONTHS})\w* \d)"
    r"|^(?!.*\b(was|were|has|have|you|entered|typed)\b)\W*(an?|any|each|every) (\w+ )?"
    r"(incorrect|wrong|invalid|used|expired)\b.*\b(will|can|may|is|are|counts?|locks?|blocks?|delays?|leads?|adds?)\b"
    r"|^(?!.*\byou\b).*\b(thrice|(three|3|five|5) times)\b.*\b(will|locks?|blocks?|reset)\b"
    r"|\b(has|have|is|are)( not|n.t) (yet )?expired\b"
    rf"|^\W*(please )?check (the|your) ({_PIN}|{_OTP}|code) and (re)?try( again)?\W*$"
)
"""What holds for everybody, such as "After 5 wrong PINs your account is locked"."""

_ALREADY = r"((has|have) )?(already|previously)"
_TRIES = r"\b(attempts?|tries|(OTP|code|request|daily|max(imum)?) limits?)\b"
_USED_UP = (
    r"(\b(exhausted|used up|used all|(are|is|now) over|reached|exceeded|crossed|r[au]n out)\b"
    r"|\bout of (?=(\w+ )?(attempts|tries)\b)"
    r"|\b(no|0|zero) (more )?(?=((?!failed|wrong|incorrect|invalid)\w+ )?(attempts|tries)\b))"
)
_MUST_WAIT = (
    r"^(?!.*\b(re-?send|sent|new|another|valid)\b).*"
    r"\b(try|retry|come back|wait)\b.{0,30}\b\d+ ?(min|hour|hr)"
    r"|^(?!.*\b(bhej|mang|re-?send|sent|naya|valid)).*"
    r"\b\d+ (minutes?|min|ghante) (ke )?baad (try|koshish|dobara|phir)\b"
    r"|^(?!.*(भेज|मान्य)).*\d+ (मिनट|घंट).{0,20}(बाद|प्रतीक्षा|इंतज़ार|इंतजार)"
)
"""Tries that are used up, and what must be waited for before the next."""

_DID_NOT_WORK = (
    r"(did(n.t| not) work(?! (on|in|for|with|here)\b|\s*\?)"
    r"|does(n.t| not) work(?=( (any ?more|now|today|this time|either|please|try|check))?\s*"
    r"([.,;:!।]|\Z|\b(please|try|check))))"
)
"""Not what is said of all of them, such as "does not work twice"."""

_SAYS_NO = Pattern(rf"{_WRONG}|{_RIGHT}|failed|not registered")
"""What stands in each refusal: a word that something is wrong, or that asks for a right one."""


class _Gated(Pattern):
    """A pattern that takes long to compile, and is sought only in texts that its gate fits."""

    def __init__(self, gate: Pattern, pattern: str) -> None:
        super().__init__(pattern)
        self._gate = gate

    def search(self, text: str) -> re.Match[str] | None:
        return None if self._gate.search(text) is None else super().search(text)


class _Refusal(_Gated):
    """A pattern of texts that say no, and is sought in no others."""

    def __init__(self, pattern: str) -> None:
        super().__init__(_SAYS_NO, pattern)


_NOT = Pattern(r"\bnot\b|n.t\b|nahi|नहीं|unregistered")
_USED = Pattern(r"\buse|consumed|duplicate|istemal|इस्तेमाल|उपयोग|प्रयोग")


TEXTS: tuple[tuple[Meaning, Pattern], ...] = (
    (
        "locked",
        Pattern(
            rf"{_IS_LOCKED}|too many (incorrect|wrong|invalid|failed) M?PIN( attempt)?s\b"
            r"(?! (will|would|may|might|can|could|and|lock|block)\b)"
        ),
    ),
    (
        "rate limited",
        Pattern(r"(exceeded|maximum|too many).{0,80}(otp|\bcodes|attempt|times|request|tries)"),
    ),
    ("rate limited", Pattern(r"\bOTP\b.{0,60}(exceeded|blocked)|try again (after|in) \d+ ?min")),
    ("rate limited", Pattern(rf"{_TRIES}.{{0,30}}{_USED_UP}|{_USED_UP}.{{0,30}}{_TRIES}")),
    ("rate limited", Pattern(rf"{_MUST_WAIT}|\brate limit(ed| (exceeded|reached))\b")),
    (
        "rate limited",
        Pattern(
            r"^(?!.*\b(re-?send|new|another)).*\b(log-?in|sign-?in|OTPs?|codes?|access|account"
            r"|verification|PINs?|authentication|attempts|tries)\b[^.!?|]{0,25}"
            r"\b(paused|disabled|on hold) for (the next )?\d+ ?(min|hour|hr)"
        ),
    ),
    ("session lost", Pattern(r"session.{0,40}(expired|lost|timed out|over)|please log ?in again")),
    ("pin refused", _Refusal(rf"{_WRONG}.{{0,20}}{_PIN}|{_PIN}.{{0,40}}{_WRONG}")),
    (
        "pin refused",
        _Gated(
            _NOT,
            rf"^(?!.*\b(if|when|agar|yadi|jab)\b).*({_PIN} {_DID_NOT_WORK}"
            rf"|{_PIN} (sahi|सही) (nahi|नहीं)(?!( hai)?\s*\?)"
            rf"|(\b(is|was) not|\w['’]s not|(?<=\w)n.t) (your|the right) {_PIN}(?! for\b)"  # noqa: RUF001
            rf"|{_PIN} मेल नहीं"
            rf"|\b(could|can)( not|n.t) (verify|confirm|log you in with|sign you in with)"
            rf" (this|that|the|your) {_PIN}\b)",
        ),
    ),
    ("pin refused", Pattern(rf"^(?!.*\bif\b).*\bcheck (the|your) {_PIN} and (re)?try\b")),
    ("pin refused", _Refusal(rf"{_asked_anew(_PIN)}|{_PIN}.{{0,20}}\bfailed")),
    ("code refused", _Refusal(rf"{_WRONG}.{{0,30}}{_OTP}|{_OTP}.{{0,40}}{_WRONG}")),
    (
        "code refused",
        Pattern(rf"^(?!.*\bif\b).*\bcheck (the|your) ({_OTP}|code) and (re)?try\b"),
    ),
    ("code refused", _Refusal(rf"{_asked_anew(_OTP)}|{_OTP}.{{0,20}}\bfailed")),
    (
        "code refused",
        _Refusal(
            rf"(\bcode\b|{_CODE_ELSEWHERE}).{{0,20}}{_WRONG}|{_WRONG} "
            r"((verification|security|authenticat(ion|or)|access|log ?in|app|\d-digit) )?"
            rf"(code\b|{_CODE_ELSEWHERE})"
        ),
    ),
    (
        "code refused",
        _Gated(
            _NOT,
            rf"^(?!.*\b(if|when|agar|yadi|jab)\b).*(({_OTP}|\bcode) {_DID_NOT_WORK}"
            rf"|({_OTP}|\bcode|कोड) (sahi|सही) (nahi|नहीं)"
            rf"(?!( hai| है)?\s*\?)|(\bnot|n.t) the (right )?({_OTP}|code)\b(?! (for|of)\b)"
            rf"|\b(could|can)( not|n.t) verify (this|that|the|your) ({_OTP}|code)\b)",
        ),
    ),
    (
        "code refused",
        Pattern(
            r"^(?!.*\b(if|when|expires?)\b)(?!.*\?).*"
            rf"\btry (the|a|an|your) (next|new|different|another|fresh|latest) ({_OTP}|code\b)"
        ),
    ),
    ("code refused", Pattern(r"attempts? (left|remaining)")),
    (
        "mobile refused",
        _Refusal(
            rf"{_WRONG}.{{0,20}}({_MOBILE}|{_MOBILE_ELSEWHERE})|({_MOBILE}|{_MOBILE_ELSEWHERE}"
            rf"|\b(this|that|the|your|yeh|ye|यह) {_NUMBER}).{{0,40}}{_WRONG}"
        ),
    ),
    (
        "mobile refused",
        Pattern(
            r"make sure your mobile number was entered correctly"
            rf"|{_RIGHT_ELSEWHERE} (\S+ )?{_MOBILE_ELSEWHERE}.{{0,40}}{_ENTER_ELSEWHERE}"
        ),
    ),
    ("mobile refused", Pattern(r"enter an? (valid )?(10|ten)-?digit (mobile|phone) number")),
    (
        "mobile refused",
        Pattern(rf"{_CHECK_THE_NUMBER}|{_NUMBER_MUST}"),
    ),
    ("mobile refused", Pattern(r"^\W*(this is an? )?(invalid|incorrect|wrong) number\W*$")),
    ("mobile refused", _Refusal(_asked_anew(rf"({_MOBILE}|{_NUMBER})"))),
    ("mobile refused", Pattern(rf"(recogni[sz]e|know|find) (this|that|the|your) {_NUMBER}")),
    (
        "mobile refused",
        _Gated(
            _NOT,
            rf"^(?!.*\b(from|calls?)\b).*\bunregistered {_NUMBER}"
            r"|n.t recogni[sz]e (this|that|your) mobile(?=\W*$)"
            rf"|{_NUMBER} (registered|sahi|valid|रजिस्टर्?ड?|पंजीकृत|सही|मान्य) (nahi|नहीं)"
            r"(?!( hai| है)?\s*\?)"
            rf"|{_NUMBER} is(n.t| not) with upstox",
        ),
    ),
    (
        "mobile refused",
        Pattern(
            r"^\W*(oops\W+|sorry\W+)?((it )?(looks|seems)( like)? you.re new( here)?"
            r"|you do(n.t| not) (seem to )?have an( upstox)? account( with us)?( yet)?)\W*$"
        ),
    ),
    ("mobile refused", Pattern(rf"check (the|your) {_NUMBER} (that )?you( have)? (entered|typed)")),
    (
        "mobile refused",
        Pattern(
            r"(\b(no|not|without)|n.t .{0,20}) (\w+ ){0,3}(account|customer|user|client)\b"
            rf"[^?]{{0,40}}\b((this|that|your) {_NUMBER}|(with|for|to|under|has|have) this"
            rf" {_MOBILE}(?=\W*$))"
        ),
    ),
    (
        "mobile refused",
        Pattern(
            rf"(?<!if )\b(you|this|that|it|{_NUMBER})\b.{{0,25}}(\bnot|n.t) (yet )?(an? )?"
            r"(\w+ ){0,2}(customer|user|client|member)\b(?! (of|since|care|support))"
        ),
    ),
    (
        "mobile refused",
        Pattern(
            rf"({_MOBILE}|{_NUMBER})[^.!?]{{0,40}}(\bnot|n.t) .{{0,15}}"
            r"\b(registered|linked|associated|found|exists?|ring (a|any) bell)\b"
        ),
    ),
    (
        "mobile refused",
        _Gated(
            _NOT,
            rf"(?<!if )\b(this|that|it)( is|.s| was| do(es)?)? ?(not|n.t) {_SEEMS}"
            rf"(like )?(an?|your) (\w+ )?{_MOBILE}( (number|no\b\.?))?(?=\W*$)",
        ),
    ),
    (
        "mobile refused",
        _Gated(
            _NOT,
            rf"\b{_NUMBER}s?\b.{{0,20}}(\bnot|n.t) (be )?(used|accepted|allowed|supported)"
            r"(?= here| to (log|sign)| for (log|sign)|\W*$)",
        ),
    ),
    (
        "code refused",
        _Gated(
            _USED,
            rf"({_OTP}|\bcode\b)( you (have )?(entered|typed|gave|used))? "
            rf"({_ALREADY} been|(has|have) been|((is|was) )?{_ALREADY}) used\b"
            r"(?! (to|for|on|by|in|at) )",
        ),
    ),
    (
        "code refused",
        _Gated(
            _USED,
            rf"({_OTP}|\bcode\b) ((was|has been) used (earlier|before|already)"
            rf"|{_ALREADY} consumed)\b"
            rf"|\bduplicate {_OTP}|\b{_ALREADY} used (this|that|the|your) (same )?({_OTP}|code\b)"
            rf"|\bused (this|that|the same) ({_OTP}|code) (before|already|earlier|once)\b"
            rf"|({_OTP}|कोड).{{0,12}}(pehle|पहले).{{0,12}}(\buse|istemal|इस्तेमाल|उपयोग|प्रयोग)"
            r"(?!\w* (kar(e|o|na)|kijiye|करें|करो|कीजिए))",
        ),
    ),
    (
        "mobile refused",
        Pattern(
            r"\b(user|customer|(?<!demat )(?<!bank )account)( (was|is|does|could))?"
            r"( not|n.t) (be )?(found|exist|registered)\b"
            r"|\bno (such )?(user|customer|account)s?( (was|were))? (found|exists?)\b"
            r"|^\W*(sorry\W+)?no (upstox |demat |trading )?accounts? match(es)? (this|that|these"
            r"|those|what|your|the)\b"
            r"|(?<!if )\byou( are|.re) not (yet )?registered\b"
            r"|^\W*(sorry\W+)?not an upstox (customer|user)\W*$"
        ),
    ),
    ("code too short", Pattern(r"should be a \d-digit otp")),
    ("outdated", Pattern(r"version is outdated")),
    ("network", Pattern(r"network error")),
    ("trouble", Pattern(r"request aborted|something went wrong|unable to process|try re-?loading")),
    ("trouble", Pattern(r"internal (server )?error|service unavailable|try again later")),
    (
        "trouble",
        Pattern(
            r"\b(server|unexpected|technical) (error|issue|problem|glitch)s?\b(?!\s*\?)"
            r"|\berror (has )?occurred\b|\b(request|server) timed out\b"
        ),
    ),
)
"""Read where a code is unknown or missing, in this order."""

CHALLENGE = Pattern(
    r"verif(y|ying) (that )?you are (a )?human|just a moment|checking (if the site connection"
    r"|your browser)|"
    r"needs to review the security of your connection|enable javascript and cookies|"
    r"sorry, you have been blocked|you are unable to access|access denied"
    r"|error (code:? )?1\d{3}\b|"
    r"i.?m not a robot|are you (a )?robot"
)
CHALLENGE_FRAMES = Pattern(r"challenges\.cloudflare\.com|hcaptcha\.com|captcha")
MAINTENANCE = Pattern(
    r"under (scheduled |planned )?maintenance|scheduled maintenance|we.ll be back|back soon"
    r"|temporarily unavailable"
)

BRACKETED = re.compile(r"\[(?P<code>[A-Za-z]{0,8}\d{3,8})\]\s*\Z")
"""A toast of Upstox's: `message [code]`."""

FELL_BACK = "The login page fell back to its start."


class Said(Struct, frozen=True, omit_defaults=True):
    """A message: its text, and Upstox's code where it has one."""

    text: str
    code: str | None = None
    status: int | None = None

    @classmethod
    def of(cls, text: str) -> Said:
        """Read a text of the page; the code in brackets at its end is Upstox's.

        Three digits are an HTTP status: the page says "Request aborted [500]" of every call that
        failed.
        """
        match = BRACKETED.search(text)
        if match is None:
            return cls(text)
        code, text = match["code"], text[: match.start()].rstrip()
        if code.isdigit() and len(code) == 3:
            return cls(text, status=int(code))
        return cls(text, code)

    @property
    def meaning(self) -> Meaning:
        """What it means; `unknown` where nobody knows."""
        if self.code in CODES:
            return CODES[self.code]
        if self.status == 429:
            return "rate limited"
        meaning = meaning_of(self.text)
        if meaning is not None and (self.code is None or meaning != "trouble"):
            return meaning
        return "trouble" if self.status is not None and self.code is None else "unknown"


_OFFERS_HELP = Pattern(
    rf"(?<![^.!?।\n])\s*(({_WRONG}|forgot(ten)?) (({_MOBILE} )?number|{_PIN}|{_OTP}|code)"
    rf"|({_PIN}|{_OTP}|code) {_WRONG})\s*\?"
    r"(?=\W*($|(reset|change|edit|forgot|get|tap|click|press|learn|see|read|recover|resend)\b))"
)
"""A question that offers help and is all of its sentence: "Incorrect PIN? Reset it here"."""

_QUESTION = re.compile(r"[^.!?।,;\n]*\?")

_SAID_IN_A_QUESTION: frozenset[Meaning] = frozenset(
    {"locked", "rate limited", "pin refused", "code refused"}
)
"""What counts though a question is put behind it: "Incorrect PIN Forgot PIN?"."""


@lru_cache(maxsize=512)  # the next look has nearly all texts of the last one
def meaning_of(text: str) -> Meaning | None:
    """What a text means by itself; None where it is not known to mean anything.

    A question says nothing of what was sent, except where a refusal or a lock stands in it, and
    what holds for everybody nothing beside a refusal: "Incorrect PIN. After 5 it is locked."
    """
    said = sentences_in(text)
    others = [each for each in said if _A_RULE.search(each) is None] if len(said) > 1 else said
    own = _by_sentences(" ".join(others)) if len(others) < len(said) else None
    return own or _by_sentences(text)


def _by_sentences(text: str) -> Meaning | None:
    if "?" not in text:
        return _by_texts(text)
    return _by_texts(_QUESTION.sub(_of_a_question, _OFFERS_HELP.without(text)))


def is_a_rule(text: str) -> bool:
    """Whether all that a text says of a refusal or a lock is what holds for everybody.

    Where a page says so, only a failure of what was sent makes it a word about that.
    """
    said = sentences_in(text)
    others = [each for each in said if _A_RULE.search(each) is None]
    rest = " ".join(others)
    return len(others) < len(said) and meaning_of(rest) is None and not is_a_no(rest)


_NEGATES = Pattern(
    rf"{_WRONG}|(?<=\w)n.t\b|\bnot\b|\bdiffers?\b|\b(refused|rejected|denied)\b|nahi|नहीं"
)
_ASKS_ANEW = Pattern(r"\b(again|once more|retry|check)\b|dobara|दोबारा|फिर")
"""What is a no where it is all that is said."""

_NOT_OF_IT = Pattern(
    r"technical|server|network|connection|service|system|busy|later|after|tim(ed|e) ?out"
    r"|available|moment|\bset\b|creat|enabled?\b|active|activat|expire|baad|बाद"
    r"|wrong(?! (m?pin|t?otp|code|number|mobile|passcode|credential))"
    r"|unable|\b(can|could)( ?not|n.t)\b(?! (be )?(recogni|match|f[io]))|(?<!un)process|allow"
    r"|permit|support|device|session|\bshare|requir|need|provided|missing|supplied|header|token|client"
    r"|\bapi\b|\bsen[dt]\b|generat|deliver|block|limit|request|onboard|error code|attempt"
    r"|gadbad|गड़बड़|galat ho|गलत हो|ग़लत हो"
)
"""Words of an answer for which something else is the reason than what was sent."""

_NAMED: dict[str, tuple[Pattern, Meaning]] = {
    "mobile": (Pattern(rf"{_MOBILE}|\bnumber\b(?! of)|नंबर"), "mobile refused"),
    "otp": (Pattern(rf"{_OTP}|\bcode\b(?!\W*\d)|कोड"), "code refused"),
    "pin": (Pattern(rf"{_PIN}|\bcredentials?\b"), "pin refused"),
}


SAYS_NO_REASON = Pattern(
    r"^\W*(no message|unprocess\w+( (entity|content))?|validation|invalid|incorrect|wrong"
    r"|error|fail(ed|ure)|rejected|refused|mismatch)"
    r"( (input|data|value|details?|credentials?|error|failed))?\W*$"
)
"""All that an answer says which calls no reason by its name."""


_RIGHT_NOW = r"(verified|success\w*|accepted|correct|matched)\b"
_IS_A_YES = Pattern(rf"\b{_RIGHT_NOW}")
_IS_NO_YES = Pattern(rf"(\bnot|n.t)( be(en)?)?( yet)? {_RIGHT_NOW}")
_FAILS = Pattern(
    r"\bfail(ed|ure|s)?\b(?!.*\b0\b)|\b(declined|unauthori[sz]ed|unverified)\b|\bre-?enter\b"
)


_IS_ADVICE = Pattern(
    r"\b(do not|don.t|never) (share|disclose|reveal)\b[^.!;,|]*"
    r"|\bnot[ -](required|applicable|locked|blocked)\b"
)
"""What warns of others, or says that something is not called for, and denies nothing."""


def is_a_no(text: str) -> bool:
    """Whether the server's own words deny something or ask for it anew, and call nothing right."""
    text = _IS_ADVICE.without(text)
    says_no = any(said.search(text) for said in (_NEGATES, _ASKS_ANEW, _FAILS))
    is_a_yes = _IS_A_YES.search(text) is not None and _IS_NO_YES.search(text) is None
    return says_no and not is_a_yes


def tells_of_trouble(text: str) -> bool:
    """Whether the server's own words name another reason than what was sent."""
    return _NOT_OF_IT.search(text) is not None


def refused_by_answer(purpose: str, text: str) -> Meaning | None:
    """What the server's own words mean that answer a credential's call with a failure.

    Only there are a credential's name and a no in one sentence enough: on the page the same words
    may be advice.
    """
    if purpose not in _NAMED or _NOT_OF_IT.search(text) is not None:
        return None
    named, meaning = _NAMED[purpose]
    own = _OF_OTHERS.without(text)
    sentences = [each for each in sentences_in(own) if each.strip()]
    for each in sentences:
        says_no = _NEGATES.search(each) or (len(sentences) == 1 and _ASKS_ANEW.search(each))
        if says_no and named.search(each):
            return meaning
    return None


def _of_a_question(question: re.Match[str]) -> str:
    """What is left of a question: all of it, or nothing."""
    return question[0] if _by_texts(question[0]) in _SAID_IN_A_QUESTION else " "


def _by_texts(text: str) -> Meaning | None:
    """The meaning of the first pattern that fits."""
    text = _OF_OTHERS.without(text)
    for meaning, pattern in TEXTS:
        if pattern.search(text):
            return meaning
    return None


def stated_wait(text: str) -> float | None:
    """The seconds after which a text says that one may try again; None where it does not say."""
    match = re.search(r"(\d{1,4})\s*(second|sec|minute|min|hour|hr)s?\b", text, re.IGNORECASE)
    if match is None:
        return None
    unit = match[2].lower()
    return float(match[1]) * (
        1 if unit.startswith("sec") else 60 if unit.startswith("min") else 3600
    )
