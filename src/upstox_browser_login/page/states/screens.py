"""The screens that end a login, and the words that they are known by."""

from __future__ import annotations

from msgspec import Struct

from upstox_browser_login.errors import Step
from upstox_browser_login.page.pattern import Pattern, any_of
from upstox_browser_login.page.words import MAINTENANCE, Meaning

from . import parts

LOGS_IN_NOW = any_of(
    r"\b(logg|sign)ing\b|\b(log|sign)s? (you )?in\b|\bredirect(s|ed|ing)?\b"
    r"|\btaking you\b"
)
"""Words of a page that goes on with the login by itself."""
A_MOMENT = any_of(r"just a moment")

CHOOSER = any_of(
    r"(choose|select|pick) (an? |your |the |which )?(account|profile|client)|multiple accounts"
    r"|\bwho(.s| are you) (trading|logging in|signing in)\b"
    r"|which account|^\W*your accounts\W*($|\|)"
    r"|\b(two|three|four|[2-9]) accounts (were |are )?(found|linked)\b"
    r"|more than one account|खाता चुनें"
)
CLIENT_CODE = any_of(r"(?<![a-z0-9])(?=[a-z0-9]{6}(?![a-z0-9]))\d[a-z]{2,4}\d+")
"""A client code of Upstox's, such as 7ABC12."""
INACTIVE = any_of(
    r"reactivat(e|ing|ion of) (your |the )?(\w+ )?account"
    r"|account (is|has been|has become|was|status) (currently |now |marked )?(as )?"
    r"(dormant|inactive|deactivated)|\baccount (dormant|inactive)\b|\b(dormant|inactive) account"
    r"|खाता निष्क्रिय|निष्क्रिय (है|खाता)|khata (nishkriya|band)"
)
OPEN_ACCOUNT = any_of(
    r"(open|complete|finish|resume|continue) (an? |your )?(free |demat |upstox "
    r"|trading )*account( opening)?\b"
    r"|start your (application|kyc)|create (an|your) account"
)
"""An offer to open an account, which stands in many a page's head and foot as well."""
NO_CUSTOMER = any_of(
    r"\b(you|it|((this|that|the|your) )?((mobile|phone)( number)?|number))( (is|are|was)|.s|.re)?"
    r"( not|n['o]t) (yet )?(an? )?(upstox )?(customer|registered)\b(?! (for|as|under|by)\b)"
    r"|^\W*(sorry\W+)?not (yet )?(an? )?(upstox )?(customer|registered)\W*$"
)
"""Words that the number is no customer's: not those of a PAN or a nominee that is not registered.
"""
TO_COME = any_of(rf"\bwill (?!be back)|\b(on|this|next) {parts.WEEKDAY}|tomorrow|tonight")
"""Words of a sentence on what is to come."""
ANNOUNCES = any_of(
    r"^(?!.*\b(under|is|are|we.re|now|currently|ongoing|in progress)\b)"
    r".*\b(scheduled|planned|upcoming) maintenance\b"
)
"""A heading that names maintenance without saying that it is under way."""
IS_OVER_LATER = any_of(
    r"\b(resumes?|resumed|re-?opens?|opens|be (back|available|live|up))\b|\bagain\b|\bright now\b"
    r"|\b(is|are) (closed|down|offline)\b|\bno log-?ins\b"
)
"""A sentence on when something will work again that does not work now."""
OF_A_PART = any_of(
    r"^(?!.*\b(log-?in|sign-?in|logging in|all (our )?services|everything|website|site|app"
    r"|platform)\b)\W*(the |our )?(\w+ )?\b(segments?|exchanges?|NSE|BSE|MCX|NCDEX"
    r"|CDSL|NSDL|MTF|IPOs?|SIPs?|mutual funds?|F ?& ?O|commodit(y|ies)|currency"
    r"|derivatives?|options|futures|UPI|payments?"
    r"|payouts?|withdrawals?|net ?banking|banks?|charts?|reports?|digi ?locker|e-?sign|KYC"
    r"|pledg(e|ing)|orders?|trading|GTTs?|option chain|news|quotes)\b( (?!will\b)\S+){0,3}?"
    r"(:| (is|are|was|were|remains?|will be|has|have)\b)"
)
"""A sentence about a part of Upstox's services, and not about the login."""
OF_ANOTHER_THING = any_of(
    r"^\W*((the|our|sorry),? )*(("
    r"(bank|money|fund) transfers?|(adding|transferring) (funds|money)"
    r"|((live|in-app) )?chats?( (support|with us))?|(customer|phone|call) (support|care)"
    r"|(QR( codes?)?|biometrics?|fingerprints?|face( ?id)?|passkeys?|google|apple)"
    r"( (based|code))?( (log-?in|sign-?in|unlock|authentication|scan\w*))?"
    r"|(some|certain|a few|several|other) (of (the|our) )?(other )?"
    r"(features|functions|sections|tools))"
    r"( (via|by|through|to|from|with) \w+)?( and )?)+ (is|are|may be|has been|have been)\b"
    r"(?!.*\b(log-?in|sign-?in)\b)"
)
"""A sentence about what nobody needs to log in with a number, a code and a PIN."""
IS_OFFLINE = any_of(
    r"\b(you.re|you are|you seem to be|you appear to be) (currently )?offline\b"
    r"|\bno (internet|network)( connection| access)?\W*$"
    r"|\b(internet|network) (connection )?(is|was) (lost|unavailable|down)\b|\bconnection lost\b"
    r"|\b(check|lost) your (internet|network)( connection)?\b"
)
"""Words of a page that does not reach its server."""
IS_DOWN = any_of(
    r"\b(down|closed|offline|unavailable) for (\w+ )?(maintenance|an? upgrade)\b"
    r"|\b(system|server|site|platform|service|app)s? (upgrade|update|maintenance) "
    r"(is )?(now )?(in progress|under ?way|ongoing)\b"
    r"|\b(we are|we.re) (currently )?(upgrading|down|under maintenance)\b"
)
"""Words of a page that is closed while Upstox works on it."""
SUPPOSES = any_of(r"\b(if|when|once|in case|should|agar|yadi)\b|\?\s*$|अगर|यदि")
"""A sentence on what would be, not on what is."""
TELLS_OF_LOCKS = any_of(
    r"(\b((?<!to )says?|saying|claim(s|ing)?|beware of|never (\w+ ){0,3}(that|you))\b.{0,60}"
    r"|[“\"'‘](\w+ )?)\baccount (has|is|was|got)\b",  # noqa: RUF001  (quotation marks of the page)
    r"\b(is|are) (a )?(fake|scam|fraud|phishing)\b",
    r"\byesterday\b|\b(days?|weeks?|months?|years?) ago\b|\blast (night|week|month|year)\b",
    rf"\bwas (locked|blocked|frozen) .{{0,20}}\b(\d{{1,2}}(st|nd|rd|th)? ({parts.MONTHS})"
    rf"|({parts.MONTHS})\w* \d|\d{{1,2}}[/.-]\d)",
)
"""A sentence that tells of a lock in the past, or of one that others speak of."""
ENDS_A_LOCK = any_of(
    r"^(?!.*\b(not|never|cannot|can.?t|won.?t|unable|re-?set\w*|chang\w*|new|wrong|incorrect|attempts?"
    r"|tries|tried|fail\w*)\b).*"
    r"(\b(enter|type|use|give) (your|the|a) (\d-digit )?(M?PIN|passcode)\b"
    r"|\bunlock .{0,20}\bM?PIN\b|\bM?PIN to (unlock|continue|open))"
)
"""A sentence on a lock that the login's own PIN opens."""
UNLOCKS = any_of(r"unlock( your| my| the)? account|खाता अनलॉक")

PATHS: tuple[tuple[str, str], ...] = (
    ("/reactivate-account", "reactivate account"),
    ("/open-account", "account opening"),
    ("/account-opening", "account opening"),
    ("/new-demat-account", "account opening"),
)
"""Paths that tell which screen a page is."""


def opens_an_account(path: str) -> bool:
    """Whether an address is one where accounts are opened."""
    return any(path.startswith(each) and name == "account opening" for each, name in PATHS)


_OPENS = any_of(r"\b(open\w*|onboard\w*|new|sign-?up|regist\w*|leads?|demat)\b")

_WANTS: tuple[tuple[Meaning, Pattern], ...] = (
    ("maintenance", any_of(r"/(under-)?(scheduled-)?(maintenance|down-?time)(?=/|$)")),
    ("inactive", any_of(r"/(\w+-)*((re-?|in-?)activ(at\w*|e)|dormant)(-account)?(?=/|$)")),
    (
        "denied",
        any_of(
            r"/(\w+-)*(re-?kyc|kyc-(update|renewal|expired)|unlock|suspended|blocked|nominees?"
            r"|nomination)\b",
            r"/(\w+-)*(re-?set|forgot|change|update|create|set)-?(\w+-)?(m?pin|password|totp)\b",
        ),
    ),
)
"""Words of a path of Upstox's site that plainly wants something, and opens no account."""


def wants_of(path: str) -> Meaning | None:
    """How a login ends that Upstox leads to this path of its site; None if that tells nothing."""
    if _OPENS.search(path):
        return None
    return next((meaning for meaning, said in _WANTS if said.search(path)), None)


class Screen(Struct, frozen=True):
    """A screen that takes no credential and ends a login.

    `meaning` is how the login ends there. `says` are words that are enough to know it by on a page
    without a field; the others have rules in `screens/`. A screen of the step "open" may come up
    anywhere.
    """

    name: str
    step: Step
    meaning: Meaning
    message: str
    says: Pattern | None = None


SCREENS: tuple[Screen, ...] = (
    Screen("challenge", "open", "challenge", "Upstox's page asks for proof that a human is there."),
    Screen(
        "maintenance",
        "open",
        "maintenance",
        "Upstox says it is under maintenance.",
        says=MAINTENANCE,
    ),
    Screen("locked", "pin", "locked", "Upstox has locked the account after too many refused PINs."),
    Screen(
        "otp blocked",
        "totp",
        "rate limited",
        "Upstox takes no more codes for now: too many attempts.",
    ),
    Screen(
        "create PIN",
        "pin",
        "no PIN yet",
        "Upstox asks for a new PIN, which only the account's owner may choose.",
    ),
    Screen(
        "account chooser",
        "totp",
        "several accounts",
        "Several accounts use this mobile number, and Upstox asks which one is meant.",
    ),
    Screen(
        "reactivate account",
        "pin",
        "inactive",
        "The account is dormant or inactive: Upstox asks to reactivate it.",
    ),
    Screen(
        "account opening",
        "mobile",
        "no customer",
        "The mobile number belongs to no customer: Upstox offers to open an account.",
    ),
    Screen(
        "agreement",
        "open",
        "denied",
        "Upstox's page asks to agree to something, which only a person may do.",
    ),
)


def screen(name: str) -> Screen:
    """The screen with this name."""
    return next(each for each in SCREENS if each.name == name)
