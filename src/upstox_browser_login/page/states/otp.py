"""Which codes a box takes: that of the authenticator, or one that a message brings."""

from __future__ import annotations

from upstox_browser_login.page.pattern import any_of

from . import parts

OTP_TAKES_TOTP = any_of(
    rf"\bTOTP\b(?!\s*\?)|{parts.AUTHENTICATOR}|google auth|OTP or TOTP|ऑथेंटिकेटर|टी ?ओटीपी",
    r"^(?!.*\b(sent|texted|SMS)\b).*(\btime[- ]based (one[- ]time )?(code|pass\w*|OTP)\b"
    rf"|{parts.APP_CODE})",
    r"\b(code|digits) (from|in|by) (the |your |an? )?((?!sms|messag|text)\w+ )?app\b",
    r"\b(SMS|text|message) or (an? |the |your )?((?!whats|messag|sms|text)\w+ )?(app|generator)\b"
    r"|\bcode generator\b|(?<!whats )\bapp or (an? |the |your )?(SMS|text|message)\b",
    r"\b(SMS|text|message) (ya|या|aur|और) (?!whats|upstox)(\w+ )?app\b"
    r"|(?<!whats )(?<!upstox )\b(app|ऐप|एप) (ya|या) (SMS|text|message)\b"
    r"|^(?!.*(भेज|(व्हाट्स|वॉट्स|व्हॉट्स|whats|अपस्टॉक्स|upstox) ?(ऐप|एप|app))).*"
    r"((ऐप|एप) (या|अथवा) (एसएमएस|मैसेज|संदेश)|(एसएमएस|मैसेज|संदेश) (या|अथवा) (ऐप|एप)(?!\s*(पर|नोटि|सूचना)))",
)
"""The box takes a code of the authenticator."""

TAKES_EITHER = any_of(
    r"\b(OTP|SMS|text|message|code)\b.{0,12}(/|,|\bor\b|\bya\b|या).{0,20}"
    r"(TOTP|authenticator|\bapp\b|ऑथेंटिकेटर)"
)
"""The box takes the code of a message as well as that of the authenticator."""

_A_MESSAGE = r"\b(SMS|text( message)?|whats ?app)"
CODE_WAS_TEXTED = any_of(
    r"^(?!.*(\?|\b(if|when|can|could|may|not|never|or)\b|n['o]t\b)).*("
    r"\b(texted|SMS(ed)?|messaged) (you |to you )?(an? |the |your )?(\w+[- ]){0,3}(OTP|code)\b"
    rf"|\b(OTP|code)\b.{{0,24}}\b(texted|(sent|received|coming|on its way) .{{0,30}}{_A_MESSAGE})\b"
    rf"|\bsent .{{0,24}}{_A_MESSAGE}\b.{{0,40}}\b(OTP|code|to)\b"
    r"|\b(SMS|text message) (was )?sent to\b"
    r"|\b(OTP|code) (SMS|message) (se|par|pe) bhej|(एसएमएस|SMS) (से|पर|द्वारा).{0,24}भेज)"
)
"""A text at a box that says by which message its code has come."""

MAY_BE_ANY_CODE = any_of(r"\bauthentication code\b")
"""A name that pages give to the authenticator's code, and to one that was texted."""

TOTP_IS_MISSING = any_of(
    r"^(?!.*(\?|\b(if|when|until|unless|once)\b)).*("
    rf"\b(TOTP|{parts.AUTHENTICATOR}|2FA app)\b[^.!?]{{0,24}}n['o]t"
    r"( been)?( yet)? (set ?up|enabled|enrolled|active|activated|available|linked|configured"
    r"|registered|connected|added|switched on|turned on|on)\b"
    rf"|(\bnever|n['o]t)( yet)? (set ?up|enabled|enrolled|linked|added|connected|registered) "
    rf"[^.!?]{{0,16}}\b(TOTP|{parts.AUTHENTICATOR})"
    rf"|\bno ([\w-]+ )?(TOTP|{parts.AUTHENTICATOR})\b[^.!?]{{0,24}}\b(set ?up|enabled|linked|added"
    r"|registered|on (this|your|the) account)\b"
    r"|(TOTP|ऑथेंटिकेटर)[^।.!?]{0,24}(चालू|सक्षम|सेट|जुड़ा|set|chalu|enabled?) (nahi|नहीं))"
)
"""A sentence that says that the account has no authenticator."""

OTP_IS_SMS_ONLY = any_of(
    r"\bSMS\b|text message|e-?mail|whats ?app|^\s*(please )?(enter|type|confirm) (the "
    r"|your )?(\d-digit )?OTP\W*$"
)
"""The box takes the code of a message."""

_A_PHONE = r"(mobile|phone|handset|cell)( number| no\.?)?"
_HIDDEN = r"(\d[\d -]*[x*•·]{2,}|[x*•·]{2,}[ -]?\d{2,})"
OTP_OF_A_MESSAGE = any_of(
    r"\bSMS\b|text message|e-?mail|whats ?app|एसएमएस|\b(have|.ve|we|was) (just )?texted\b",
    r"\b(text(ed)?|phone|mobile|call|voice) (OTP|code|passcode)\b|\btext(ed)? (you|to you)\b",
    r"\b(OTP|code|digits)( \w+){0,3} (from|in|by|via|over|on) (the |your |our |a )?"
    r"((phone|voice) )?(call|texts?|messages?)\b(?! apps?\b)"
    r"|\b(OTP|code|digits)( \w+){0,3} (by|via|over) (the |your |my )?phone\W*$",
    rf"\b(OTP|code)( (that )?(was|we|you))? (received|got|texted) (on|at|to|in|via) "
    rf"(my |your |the )?(registered )?{_A_PHONE}\b",
    r"संदेश (का|में|से) (OTP|ओटीपी|कोड)|(फ़ोन|फोन|मोबाइल|कॉल) (पर|से|का) ?[^|]{0,16}(OTP|ओटीपी|कोड)",
    r"(message|call) (ka|se|wala|par (aaya|mila)) (OTP|code)"
    r"|(phone|mobile) (par|pe) (aaya|bheja|mila)",
)
"""Words that name the message or the call which a code comes by."""

OTP_IS_SENT = any_of(
    rf"\b(OTP|code|digits)( (that )?(was|is|has been|we|we.ve|we have|you))?( just)? "
    rf"(sent|received|got) (to|on|at) (you )?(on )?(my |your |the )?(registered )?"
    rf"({_A_PHONE}\b|(\+ ?91[ -]?)?{_HIDDEN}|(\+ ?91[ -]?)?[6-9]\d{{4}}[ -]?\d{{5}})",
    rf"({_HIDDEN}|\b(phone|mobile)\b|(फ़ोन|फोन|मोबाइल)( नंबर)?) (par|pe|पर) "
    r"(bhej|aaya|mila|भेज|आया|मिला|प्राप्त)\S*",
)
"""A label that says where its code was sent to.

A text beside a box may say so although the box takes the authenticator's code as well.
"""
