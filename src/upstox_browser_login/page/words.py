"""Each code and text of Upstox's, and the one ending that it means.

Sources: the login page's own JavaScript and captured traffic, 2023 to 2026.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from upstox_browser_login.errors import (
    CredentialsRejectedError,
    LoginBlockedError,
    PageChangedError,
    UpstoxError,
    UpstoxUnavailableError,
)

from .pattern import Pattern
from .phrases import (
    ALREADY,
    CHECK_THE_NUMBER,
    CODE_ELSEWHERE,
    DID_NOT_WORK,
    ENTER_ELSEWHERE,
    IS_LOCKED,
    MOBILE,
    MOBILE_ELSEWHERE,
    MUST_WAIT,
    NUMBER,
    NUMBER_MUST,
    OF_TROUBLE,
    OTP,
    OTP_ITSELF,
    PIN,
    RIGHT_ELSEWHERE,
    SAYS_NOT,
    SEEMS,
    SPEAKS_OF_USE,
    TRIES,
    USED_UP,
    WRONG,
    Gated,
    Refusal,
    asked_anew,
)

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
"""What a message means, whether the page, its server or the connection tells it."""


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

OF_WHAT_WAS_SENT: frozenset[Meaning] = frozenset(
    {"mobile refused", "code refused", "pin refused", "locked", "rate limited"}
)
"""Meanings that are about what was sent, or about the account that it was sent for."""

REFUSALS: frozenset[Meaning] = frozenset(
    {"mobile refused", "code refused", "code too short", "pin refused", "unknown"}
)
"""Meanings that no message about an accepted credential has."""

NO_SUCCESS = REFUSALS | {"locked", "rate limited", "denied"}
"""Meanings that no answer has which accepts what was sent."""

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
"""Upstox's codes on the login page, from its own JavaScript and from recorded sessions."""

OF_THE_ACCOUNT: frozenset[Meaning] = frozenset({"pin refused", "locked"})
"""Meanings that count more than an answer's status, since a refused PIN is never sent again."""

REPEATS_ITSELF = frozenset({"4000001"})
"""Codes after which the page refreshes its token and asks again by itself."""

_OF_A_SESSION = (
    r"((access|auth(ori[sz]ation)?|bearer|refresh|session|(anti-?)?(csrf|xsrf|forgery)|security"
    r"|request( verification)?) (token|cookie)|jwt|csrf|xsrf|(dpop )?nonce)"
)
"""What a page holds for its session. A bare "token" may be the code."""


def _all_mean(meaning: Meaning, *patterns: Pattern) -> tuple[tuple[Meaning, Pattern], ...]:
    return tuple((meaning, each) for each in patterns)


TEXTS: tuple[tuple[Meaning, Pattern], ...] = (
    (
        "denied",
        # Such an account is closed by a regulator's rule, which no new PIN opens.
        Pattern(
            r"^(?!.*\b(m?pins?|attempts?|tries|incorrect|wrong|otps?|un(lock|block)\w*)\b)"
            r"(?=.*\b(due to|as per|because|owing to|under|as your|since your)\b.{0,40}"
            r"\b(kyc|sebi|aadha?ar|nominee|non-?complian\w*)\b).*"
            rf"({IS_LOCKED.pattern})"
        ),
    ),
    (
        "locked",
        Pattern(
            rf"{IS_LOCKED.pattern}|too many (incorrect|wrong|invalid|failed) M?PIN( attempt)?s\b"
            r"(?! (will|would|may|might|can|could|and|lock|block)\b)"
        ),
    ),
    *_all_mean(
        "rate limited",
        Pattern(r"(exceeded|maximum|too many).{0,80}(otp|\bcodes|attempt|times|request|tries)"),
        Pattern(r"\bOTP\b.{0,60}(exceeded|blocked)|try again (after|in) \d+ ?min"),
        Pattern(rf"{TRIES}.{{0,30}}{USED_UP}|{USED_UP}.{{0,30}}{TRIES}"),
        Pattern(rf"{MUST_WAIT}|\brate limit(ed| (exceeded|reached))\b"),
        Pattern(
            r"^(?!.*\b(re-?send|new|another)).*\b(log-?in|sign-?in|OTPs?|codes?|access|account"
            r"|verification|PINs?|authentication|attempts|tries)\b[^.!?|]{0,25}"
            r"\b(paused|disabled|on hold) for (the next )?\d+ ?(min|hour|hr)"
        ),
    ),
    (
        "several accounts",
        Pattern(
            rf"^\W*((oops|sorry)\W+)?(this|your|the) {NUMBER} (is|has been) "
            r"(linked|registered|mapped|associated) (to|with) "
            r"(more than one|multiple|several|two|three|[2-9]|\d\d+) "
            r"((upstox|demat|trading) )?accounts?\b(?!\s*\?)"
        ),
    ),
    *_all_mean(
        "session lost",
        Pattern(r"session.{0,40}(expired|lost|timed out|over)|please log ?in again"),
        Pattern(
            r"^(?!.*\b(t?otp|code|m?pin|passcode|credentials?)\b).*("
            rf"\b{_OF_A_SESSION}\b[^.!?]{{0,24}}\b(expired|invalid|missing|required|mismatch\w*|fail\w*"
            r"|not valid)\b"
            rf"|\b(expired|invalid|missing|stale|bad) {_OF_A_SESSION}\b|\b(csrf|xsrf)_\w+)"
        ),
        Pattern(
            r"^(?!.*\b(if|when|once)\b).*\byou( have|.ve) been (\w+ly )?(signed|logged) out\b"
            r"(?! (of|from|on|in) ((all|your|any) )*(other|another|old|\w+ devices?)\b)"
        ),
    ),
    *_all_mean(
        "pin refused",
        Refusal(rf"{WRONG}.{{0,20}}{PIN}|{PIN}.{{0,40}}{WRONG}"),
        Gated(
            SAYS_NOT,
            rf"^(?!.*\b(if|when|agar|yadi|jab)\b).*({PIN} {DID_NOT_WORK}"
            rf"|{PIN} (sahi|सही) (nahi|नहीं)(?!( hai)?\s*\?)"
            rf"|(\b(is|was) not|\w['’]s not|(?<=\w)n['o]t) (your|the right) {PIN}(?! for\b)"  # noqa: RUF001
            rf"|{PIN} मेल नहीं"
            rf"|\b(could|can)( not|n['o]t) (verify|confirm|log you in with|sign you in with)"
            rf" (this|that|the|your) {PIN}\b(?!{OF_TROUBLE}))",
        ),
        Pattern(rf"^(?!.*\bif\b).*\bcheck (the|your) {PIN} and (re)?try\b"),
        Refusal(rf"{asked_anew(PIN)}|{PIN}(?!{OF_TROUBLE}).{{0,20}}\bfailed"),
    ),
    *_all_mean(
        "code refused",
        Refusal(rf"{WRONG}.{{0,30}}{OTP_ITSELF}|{OTP_ITSELF}.{{0,40}}{WRONG}"),
        Pattern(rf"^(?!.*\bif\b).*\bcheck (the|your) ({OTP}|code) and (re)?try\b"),
        Refusal(rf"{asked_anew(OTP)}|{OTP_ITSELF}(?!{OF_TROUBLE}).{{0,20}}\bfailed"),
        Refusal(
            rf"(\bcode\b|{CODE_ELSEWHERE}).{{0,20}}{WRONG}|{WRONG} "
            r"((verification|security|authenticat(ion|or)|access|log ?in|app|\d-digit) )?"
            rf"(code\b|{CODE_ELSEWHERE})"
        ),
        Gated(
            SAYS_NOT,
            rf"^(?!.*\b(if|when|agar|yadi|jab)\b).*(({OTP}|\bcode) {DID_NOT_WORK}"
            rf"|({OTP}|\bcode|कोड) (sahi|सही) (nahi|नहीं)"
            rf"(?!( hai| है)?\s*\?)|n['o]t the (right )?({OTP}|code)\b(?! (for|of)\b)"
            r"|\b(could|can)( not|n['o]t) verify (this|that|the|your) "
            rf"({OTP}|code)\b(?!{OF_TROUBLE}))",
        ),
        Pattern(
            r"^(?!.*\b(if|when|expires?)\b)(?!.*\?).*"
            rf"\btry (the|a|an|your) (next|new|different|another|fresh|latest) ({OTP}|code\b)"
        ),
        Pattern(r"attempts? (left|remaining)"),
    ),
    *_all_mean(
        "mobile refused",
        Refusal(
            rf"{WRONG}.{{0,20}}({MOBILE}|{MOBILE_ELSEWHERE})|({MOBILE}|{MOBILE_ELSEWHERE}"
            rf"|\b(this|that|the|your|yeh|ye|यह) {NUMBER}).{{0,40}}{WRONG}"
        ),
        Pattern(
            r"make sure your mobile number was entered correctly"
            rf"|{RIGHT_ELSEWHERE} (\S+ )?{MOBILE_ELSEWHERE}.{{0,40}}{ENTER_ELSEWHERE}"
        ),
        Pattern(r"enter an? (valid )?(10|ten)-?digit (mobile|phone) number"),
        Pattern(rf"{CHECK_THE_NUMBER}|{NUMBER_MUST}"),
        Pattern(r"^\W*(this is an? )?(invalid|incorrect|wrong) number\W*$"),
        Refusal(asked_anew(rf"({MOBILE}|{NUMBER})")),
        Pattern(rf"(recogni[sz]e|know|find) (this|that|the|your) {NUMBER}"),
        Gated(
            SAYS_NOT,
            rf"^(?!.*\b(from|calls?)\b).*\bunregistered {NUMBER}"
            r"|n['o]t recogni[sz]e (this|that|your) mobile(?=\W*$)"
            rf"|{NUMBER} (registered|sahi|valid|रजिस्टर्?ड?|पंजीकृत|सही|मान्य) (nahi|नहीं)"
            r"(?!( hai| है)?\s*\?)"
            rf"|{NUMBER} is(n['o]t| not) with upstox",
        ),
        Pattern(
            r"^\W*(oops\W+|sorry\W+)?((it )?(looks|seems)( like)? you.re new( here)?"
            r"|you do(n't| not) (seem to )?have an( upstox)? account( with us)?"
            r"( yet)?)\W*$"
        ),
        Pattern(rf"check (the|your) {NUMBER} (that )?you( have)? (entered|typed)"),
        Pattern(
            r"(\b(no|not|without)|n['o]t .{0,20}) (\w+ ){0,3}(account|customer|user|client)\b"
            rf"[^?]{{0,40}}\b((this|that|your) {NUMBER}|(with|for|to|under|has|have) this"
            rf" {MOBILE}(?=\W*$))"
        ),
        Pattern(
            rf"(?<!if )\b(you|this|that|it|{NUMBER})\b.{{0,25}}n['o]t (yet )?(an? )?"
            r"(\w+ ){0,2}(customer|user|client|member)\b(?! (of|since|care|support))"
        ),
        Pattern(
            rf"({MOBILE}|{NUMBER})[^.!?]{{0,40}}n['o]t .{{0,15}}"
            r"\b(registered|linked|associated|found|exists?|ring (a|any) bell)\b"
        ),
        Gated(
            SAYS_NOT,
            rf"(?<!if )\b(this|that|it)( is|.s| was| do(es)?)? ?(not|n['o]t) {SEEMS}"
            rf"(like )?(an?|your) (\w+ )?{MOBILE}( (number|no\b\.?))?(?=\W*$)",
        ),
        Gated(
            SAYS_NOT,
            rf"\b{NUMBER}s?\b.{{0,20}}n['o]t (be )?(used|accepted|allowed|supported)"
            r"(?= here| to (log|sign)| for (log|sign)|\W*$)",
        ),
    ),
    *_all_mean(
        "code refused",
        Gated(
            SPEAKS_OF_USE,
            rf"({OTP}|\bcode\b)( you (have )?(entered|typed|gave|used))? "
            rf"({ALREADY} been|(has|have) been|((is|was) )?{ALREADY}) used\b"
            r"(?! (to|for|on|by|in|at) )",
        ),
        Gated(
            SPEAKS_OF_USE,
            rf"({OTP}|\bcode\b) ((was|has been) used (earlier|before|already)"
            rf"|{ALREADY} consumed)\b"
            rf"|\bduplicate {OTP}|\b{ALREADY} used (this|that|the|your) (same )?({OTP}|code\b)"
            rf"|\bused (this|that|the same) ({OTP}|code) (before|already|earlier|once)\b"
            rf"|({OTP}|कोड).{{0,12}}(pehle|पहले).{{0,12}}(\buse|istemal|इस्तेमाल|उपयोग|प्रयोग)"
            r"(?!\w* (kar(e|o|na)|kijiye|करें|करो|कीजिए))",
        ),
    ),
    (
        "mobile refused",
        Pattern(
            r"\b(user|customer|(?<!demat )(?<!bank )account)( (was|is|does|could))?"
            r"( not|n['o]t) (be )?(found|exist|registered)\b"
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
    *_all_mean(
        "trouble",
        Pattern(r"request aborted|something went wrong|unable to process|try re-?loading"),
        Pattern(r"internal (server )?error|service unavailable|try again later"),
        Pattern(
            r"\b(server|unexpected|technical) (error|issue|problem|glitch)s?\b(?!\s*\?)"
            r"|\berror (has )?occurred\b|\b(request|server) timed out\b"
            rf"|{OTP} (generation|delivery|sending) (has )?failed"
            r"|\b(failed|unable|could( not|n['o]t)) (to )?(send|generate|deliver) "
            rf"(the |an? |your )?{OTP}"
        ),
    ),
)
"""Read in this order, if a code is unknown or missing."""

CHALLENGE = Pattern(
    r"verif(y|ying) (that )?you are (a )?human|just a moment|checking (if the site connection"
    r"|your browser)|"
    r"needs to review the security of your connection|enable javascript and cookies|"
    r"sorry, you have been blocked|you are unable to access|access denied"
    r"|error (code:? )?1\d{3}\b|"
    r"i.?m not a robot|are you (a )?robot"
)

CHALLENGE_FRAMES = Pattern(r"challenges\.cloudflare\.com|captcha")

MAINTENANCE = Pattern(
    r"under (scheduled |planned )?maintenance|scheduled maintenance|we.ll be back|back soon"
    r"|temporarily unavailable"
)

FELL_BACK = "The login page fell back to its start."
