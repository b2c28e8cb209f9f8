"""The words by which a page refuses, locks, or tells a rule."""

from __future__ import annotations

import re

from .pattern import Pattern
from .states import parts

SEEMS = r"((look|seem|appear)s? (like |to be )?)?"

_NO_LONGER_VALID = (
    r"(?<!\bold OTP is )(?<!\bold PIN is )(?<!\bold code is )"
    r"(?<!previous OTP is )(?<!previous PIN is )(?<!previous code is )"
    r"(?<!earlier OTP is )(?<!earlier PIN is )(?<!earlier code is )"
    r"no longer valid(?! (once|after|when|if|as soon)\b)"
)
"""What is not valid any more: no earlier code, and nothing that will become invalid later."""

WRONG = (
    r"(incorrect|invalid|(?<!went )(?<!gone )(?<!goes )(?<!something )(?<!something.s )"
    r"(?<!something is )wrong|expired|mismatch\w*|not recogni[sz]ed"
    r"|(?<!be )rejected|match (nahin?|नहीं)|expire ho gay[ai]"
    rf"|{_NO_LONGER_VALID}|(not|n['o]t) (be )?{SEEMS}(match|valid|correct|"
    r"verified|accepted|right)\w*|(?<!kuch )(?<!kuchh )galat|(?<!कुछ )गलत|(?<!कुछ )ग़लत"
    r"|अमान्य|चुकीच"
    r"|தவறா(?!ம)|தவறு|తప్పు|ತಪ್ಪು|തെറ്റ|ভুল(?![েবছ])|ખોટ[ાીુોં]|ਗਲਤ|ଭୁଲ(?![ିନ])|غلط(?!ی))"
)
"""Words that call something wrong.

Not "something went wrong", and not longer words with the same letters, such as "forget".
"""

PIN = rf"(\bM?-?PIN\b|\bpasscode\b|(?<!ப் )பின்(?![னபு])|{parts.PIN})"

OTP = rf"(\bT?OTP\b|one[- ]time (pass(word|code)|code)|verification code|ओटीपी|{parts.OTP})"

MOBILE = r"(mobile|phone|मोबाइल|मोबाईल|फ़ोन|फोन)"

NUMBER = rf"(({MOBILE} )?(number|no\b\.?)|नंबर|नम्बर)"

_RIGHT = r"(correct|valid|right|sahi|सही|मान्य|वैध)"

RIGHT_ELSEWHERE = r"(সঠিক|বৈধ|સાચો|માન્ય|சரியான|சரியாக|సరైన|ಸರಿಯಾದ|ശരിയായ|ਸਹੀ|योग्य|वैध|ସଠିକ)"

MOBILE_ELSEWHERE = r"(মোবাইল|ফোন|મોબાઇલ|ફોન|மொபைல்|మొబైల్|ಮೊಬೈಲ್|മൊബൈൽ|ਮੋਬਾਈਲ|ਮੋਬਾਇਲ|मोबाईल|ମୋବାଇଲ)"

CODE_ELSEWHERE = "(कोड|কোড|કોડ|குறியீ|కోడ్|ಕೋಡ್|കോഡ|ਕੋਡ|କୋଡ|کوڈ)"

ENTER_ELSEWHERE = (
    r"(দিন|লিখুন|প্রবেশ|દાખલ|લખો|નાખો|உள்ளிட|பதிவிட|నమోదు|ఇవ్వండి|ನಮೂದಿಸ|ನೀಡಿ|നൽകുക|ਦਰਜ|ਭਰੋ|टाका|प्रविष्ट"
    r"|ଦିଅନ୍ତୁ|ଲେଖନ୍ତୁ)"
)
"""To enter a right mobile number, in other languages of India."""

_ENTER = (
    r"(enter|re-?enter|type|provide|give|use|try|retry|check|input|fill|key|submit|log ?in|sign ?in"
    r"|write|put|daal\w*|dal\w*|likh\w*|bhar\w*)"
)


def asked_anew(what: str) -> str:
    """Words that ask for a right one, and so refuse the one that was typed.

    "OTP sent to the correct number" asks for none, and refuses nothing.
    """
    right = rf"{_RIGHT} ((\d+|ten)[- ]?digit )?{what}"
    return (
        rf"\b{_ENTER} (in )?((again|once more) )?((with|using) )?((an?|the|your) )?(\S+ )?{right}"
        rf"|{right}.{{0,15}}(\b(daal|dal|likh|bhar|required|needed|chahiye)|दर्ज|डाल|लिख|भर|चाहिए)"
        rf"|n['o]t {SEEMS}((an?|the|your) )?{right}"
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

OF_OTHERS = Pattern(
    rf"\b{_OF_ANOTHER}[ -]codes?\b|\bcodes? of (the|your|this|that|an?) {_OF_ANOTHER}\b"
    r"|\b(UPI|ATM|card|SIM|area|postal|city|address|delivery|branch) pin\b( ?code)?"
    rf"|\bpin ?code (of|for|in) ((the|your|this|that) )?{_PLACE}\b"
    r"|(रेफरल|कूपन|वाउचर|गिफ्ट|प्रोमो|क्यूआर|QR) कोड"
    rf"|{_OTHER_ACCOUNTS}|{_LIMIT_OF_OTHERS}"
    r"|n['o]t (valid|accepted|used|usable|work\w*|correct) "
    r"(elsewhere|anywhere else|outside\b)"
)
"""Codes and accounts that are not the login's, and words on where else a code is not valid.

Nothing in them is about what was sent.
"""

_LOCKED = (
    r"(locked|blocked|frozen|suspended)(?! in at\b)"
    r"(?! (for|from) (?![^.!?|]*\blog[ -]?(in|ging)\b)"
    r"((all|any|new|further|fresh|your) )?(\w+ )?(debits?"
    r"|credits?|withdraw\w*|payouts?|transfers?|trad(es|ing)|buy\w*|sell\w*|F ?& ?O|futures"
    r"|options|derivatives?|commodit\w*|currency|intraday|margin|MTF|IPOs?|pledg\w*|orders?"
    r"|segments?)\b)"
)
"""Words that something is locked, and not only one use of it, such as debits."""

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
    r" (after|due to) (\w+ ){1,4}M?PINs?\b"
    rf"|[.!] (your )?account (temporarily )?{_LOCKED}(?=[\s.!]*$| *[:.!])"
    r"|(?:^|(?<=[.!?|]))(?![^.!?|]*\b(if|when|once|unless|until|case)\b)[^.!?|]*"
    r"\byou(.ve| have|.re| are) (been |now )?(temporarily )?locked out\b(?!\s*\?)"
    r"|^(?!.*\b(agar|yadi|jab)\b).*\baccount (lock|block) (ho gaya|ho chuka|kar diya)"
    r"(?!( hai)?\s*\?)|खाता (लॉक|ब्लॉक)"
)
"""Words that the account is locked now. "Will be locked" only warns."""

IS_LOCKED = Pattern(_IS_LOCKED)

_SEVERAL = r"(\d+|two|three|four|five|six|several|multiple|repeated|too many|more than \w+)"

_LOCKS = (
    rf"\b((account|access|profile|log-?in|M?PIN) (is|gets) (temporarily |permanently )?{_LOCKED}"
    r"|you(.re| are) locked out)"
)

CHECK_THE_NUMBER = r"^\W*(please )?(re-?|double-?)?check your (mobile|phone) number\W*$"

NUMBER_MUST = rf"{MOBILE} number (should|must) (have|be|contain|start|begin)\b"

_CHECK_AND_RETRY = rf"(please )?check (the|your) ({PIN}|{OTP}|code) and (re)?try( again)?\W*$"

TRY_AGAIN = Pattern(rf"^\W*((oops|sorry|uh[- ]?oh|hmm+|error)\W+)?{_CHECK_AND_RETRY}")
"""A whole message that asks to check and try again, which is said only after a try."""

A_RULE = Pattern(
    rf"\b(after|once|unless|whenever|following) .{{0,60}}{_LOCKS}"
    rf"|\b(with|on|upon) (the |a |your )?({_SEVERAL}|\w+(th|rd)) .{{0,40}}{_LOCKS}"
    rf"|\b{_SEVERAL} times,? (and|then) .{{0,20}}{_LOCKS}"
    r"|\byou(.re| are) locked out (on|upon|with|by|beyond) ((the|a|your) )?\w+ "
    r"(wrong|incorrect|failed)"
    rf"|^\W*{_SEVERAL} (wrong|incorrect|failed|invalid) .{{0,30}}{_LOCKS}"
    r"|\btoo many (\w+ ){1,3}(will|would|may|might|can|could|locks?|blocks?)\b"
    r"|^(?!.*\b(reached|exceeded|exhausted|used|made|crossed|over)\b)"
    rf".*\bmaximum( of)? {_SEVERAL}\b"
    rf"|{CHECK_THE_NUMBER}|{NUMBER_MUST}"
    # On what would be, on what was on another day, and on any PIN or code.
    r"|^\W*(if|when|whenever|in case|agar|yadi|jab)\b"
    r"|\byesterday\b|\b(days?|weeks?|months?) ago\b"
    r"|\b(last|previous) (failed )?(log|sign)[ -]?in\b.*"
    rf"\b(\d{{1,2}} ({parts.MONTHS})|({parts.MONTHS})\w* \d)"
    r"|^(?!.*\b(was|were|has|have|you|entered|typed)\b)\W*(an?|any|each|every) (\w+ )?"
    r"(incorrect|wrong|invalid|used|expired)\b.*\b(will|can|may|is|are|counts?|locks?|blocks?|delays?|leads?|adds?)\b"
    r"|^(?!.*\byou\b).*\b(thrice|(three|3|five|5) times)\b.*\b(will|locks?|blocks?|reset)\b"
    r"|\b(has|have|is|are)( not|n['o]t) (yet )?expired\b"
    rf"|^\W*{_CHECK_AND_RETRY}"
)
"""What holds for everybody, such as "After 5 wrong PINs your account is locked"."""

ALREADY = r"((has|have) )?(already|previously)"

TRIES = r"\b(attempts?|tries|(OTP|code|request|daily|max(imum)?) limits?)\b"

USED_UP = (
    r"(\b(exhausted|used up|used all|(are|is|now) over|reached|exceeded|crossed|r[au]n out)\b"
    r"|\bout of (?=(\w+ )?(attempts|tries)\b)"
    r"|\b(no|0|zero) (more )?(?=((?!failed|wrong|incorrect|invalid)\w+ )?(attempts|tries)\b))"
)

MUST_WAIT = (
    r"^(?!.*\b(re-?send|sent|new|another|valid)\b).*"
    r"\b(try|retry|come back|wait)\b.{0,30}\b\d+ ?(min|hour|hr)"
    r"|^(?!.*\b(bhej|mang|re-?send|sent|naya|valid)).*"
    r"\b\d+ (minutes?|min|ghante) (ke )?baad (try|koshish|dobara|phir)\b"
    r"|^(?!.*(भेज|मान्य)).*\d+ (मिनट|घंट).{0,20}(बाद|प्रतीक्षा|इंतज़ार|इंतजार)"
)
"""Tries that are used up, and what must be waited for before the next."""

DID_NOT_WORK = (
    r"(did(n['o]t| not) work(?! (on|in|for|with|here)\b|\s*\?)"
    r"|does(n't| not) work(?=( (any ?more|now|today|this time|either|please|try|check))?\s*"
    r"([.,;:!।]|\Z|\b(please|try|check))))"
)
"""Words that a code did not work. "Does not work twice" is true of every code."""

_SAYS_NO = Pattern(rf"{WRONG}|{_RIGHT}|failed|not registered")
"""Words that stand in every refusal: something is wrong, or a right one is asked for."""


class Gated(Pattern):
    """A pattern that takes long to compile, and is searched for only behind its gate."""

    def __init__(self, gate: Pattern, pattern: str) -> None:
        super().__init__(pattern)
        self._gate = gate

    def search(self, text: str) -> re.Match[str] | None:
        """As any pattern, if the gate fits the text."""
        return None if self._gate.search(text) is None else super().search(text)


class Refusal(Gated):
    """A pattern that is searched for only in texts which say no."""

    def __init__(self, pattern: str) -> None:
        super().__init__(_SAYS_NO, pattern)


OF_TROUBLE = (
    r"(?=[^.!?।]*(\b(technical|server|network|connection|system|internal|backend|service) (\w+ )?"
    r"(error|issue|problem|failure|fault|glitch|down|busy|unavailable)"
    r"|\b(servers?|system|service|network) (is|are|was|were) (\w+ )?(down|busy|unavailable|slow)"
    r"|\btim(ed|ing)? ?out\b|\bglitch|\bright now\b|\bat (the|this) moment\b"
    r"|\btemporarily (down|unavailable|unable)|\bunder maintenance))"
)
"""Looks ahead in the sentence for another reason than what was sent, such as a server error."""

OTP_ITSELF = (
    rf"{OTP}(?! (session|token|request (id|failed)|reference|id|generation|delivery|sending"
    r"|service)\b)"
)
"""The code itself, and nothing that is needed to send it, as in "Invalid OTP token"."""

SAYS_NOT = Pattern(r"n['o]t\b|nahi|नहीं|unregistered")
SPEAKS_OF_USE = Pattern(r"\buse|consumed|duplicate|istemal|इस्तेमाल|उपयोग|प्रयोग")
"""Gates: without one of these words in a text, the long patterns behind them find nothing."""
