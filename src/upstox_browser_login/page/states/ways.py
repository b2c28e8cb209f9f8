"""The ways to prove who one is, and what leads from one to another."""

from __future__ import annotations

from upstox_browser_login.page.pattern import any_of

from . import parts

ABOUT_TOTP = any_of(
    r"what is|learn|know more|help|lost|don.t have|no (longer|access)|\b(not|isn.t) working"
    r"|\b(can.?t|cannot|unable to) (use|open|access|find|reach|get (in)?to) (?!.*\buse\b)"
    r"|^\W*(set ?up|enable|turn on|activate|add|connect|link|pair|register|configure|protect"
    r"|start using|scan|always|re-?(link|pair|connect|cover|store|activate|set)|move|transfer"
    r"|migrate|update|switch(?! (over )?to\b))\b"
    r"|\b(new|second|extra) authenticator\b|(?<![-–—·:|(] )(?<!\()\bdefault\b"  # noqa: RUF001  (the page's dashes)
    r"|\bevery time\b|\b(settings?|manage|back ?up|export|share|pause|off|stop|transfer|recover\w*"
    r"|unpair|unlink|revoke|rename|details)\b|: on\b"
    r"|\bnot (yet )?(set|enabled|active|linked|connected)|^\W*get (an? |the "
    r"|your )?(\w+ )?authenticator"
)
"""Words of a control that is only about authenticators."""
OFFERS_TOTP = any_of(r"^\s*(try|enable|set ?up|turn on|know more about|what is) TOTP\W*$")
"""Words that advertise TOTP, so that this account has none."""
BY_MOBILE_ONLY = any_of(
    r"(log ?in|sign ?in|continue|proceed|go on) (with|using|via|by) ((a|my|your|the) )?"
    r"(registered )?(mobile|phone)\b(?! app)"
    r"|\b(use|enter) ((a|my|your|the) )?(registered )?(mobile|phone) (number|no)\b"
)
"""Words that lead to the number's form, even without a QR code on the page."""
_WITH = r"^\W*((log|sign) ?in )?((with|by|via|using|use) )?(the |your |my )?"

BY_PASSWORD = any_of(rf"{_WITH}password\W*$")
"""The choice of a password."""

BY_PIN = any_of(rf"{_WITH}(\d-digit |upstox )?M?PIN\W*$")
"""The choice of the PIN."""

BY_MOBILE = any_of(
    BY_MOBILE_ONLY.pattern,
    r"use (mobile|phone) number|mobile number",
)
BY_TOTP = any_of(
    parts.APP_CODE,
    rf"\bTOTP\b|{parts.AUTHENTICATOR}|google auth|auth app|code (from|generator|app)"
    r"|code (shown )?(in|on|by) (the|my|your|an?) (?!whats|upstox|sms)(\w+ )?app\b"
    r"|time[- ]based"
    r"|ऑथेंटिकेटर|प्रमाणक|एप कोड|অথে(ন|ন্)টিকে|ઓથેન્ટિકે|ஆதென்டிகே|அங்கீகார\w*.{0,5}(செயலி"
    r"|ஆப்)|ఆ?థెంటికే|ప్రామాణీక|ಅಥೆಂಟಿಕೇ"
    r"|ದೃಢೀಕರಣ ಆ್ಯಪ್|ഓതന്റിക്കേ"
    r"|ആധികാരിക.{0,12}ആപ്പ്|ਆ?ਥੈਂਟੀਕੇ|ਪ੍ਰਮਾਣਕ|ଅଥେଣ୍ଟିକେ|ଅଥେନ୍ଟିକେ|اتھینٹیک",
)
BY_SMS = any_of(
    r"\bSMS\b|एसएमएस|\btext( message)?\b|\bmessage\b|\bring\b|whats ?app|e-?mail|phone|\bcall\b"
    r"|संदेश|(?<!T)\bOTP\b"
)
CHOOSES_METHOD = any_of(
    r"(choose|select|pick|how|which|verify) [^|]{0,40}(method|way|verify|option|confirm|code"
    r"|authenticat)|कैसे|तरीका चुन"
)
MANAGES_WAYS = any_of(
    r"\b(remov(e|ing)|delet(e|ing)|(turn|switch)(ing)? off|disabl(e|ing)|reset(ting)?|replac(e|ing)"
    r"|mov(e|ing)|transferr?(ing)?|back(ing)? ?up|unlink(ing)?|paus(e|ing)|manag(e|ing)"
    r"|set(ting)? ?up|stop(ping)?)\b.{0,30}\b(authenticator|T?OTP|2FA"
    r"|two[- ]?(step|factor)|methods?|ways?)\b|\bauthenticator backup\b"
)
"""Titles under which a way is set up, changed or removed."""
METHOD = any_of(
    CHOOSES_METHOD.pattern,
    r"two[- ]?(step|factor)|2-?step|verification method",
)
MOBILE_CHOICE = any_of(
    r"^\W*((by|with|via|using) )?(mobile|phone)( (number|no))?( (and|&|\+) OTP)?\W*$"
    r"|^\W*मोबाइल( नंबर)?\W*$"
)
"""The number's words among several choices."""
OTHER_CHOICES = any_of(
    r"^\W*((continue|log ?in|sign ?in) )?((by|with|via|using) )?(an? |your )?(e-?mail|google|apple"
    r"|passkey|QR|(client|user|customer) (id|code)|UCC)\b|\bQR\b"
)
"""The words of other ways to log in, beside it."""
CHANGES_WAY = any_of(
    r"^\W*(change|switch)( (the|your|verification|login|OTP|code)){0,2} (way|method)\W*$"
)
"""Words that show more ways and change nothing."""
OTHER_WAYS = any_of(
    r"\b(try|use|choose|see|show|more|other|another|different|alternat\w+)\b.{0,12}"
    r"\b(ways?|methods?|options?)( to (verify|log ?in|sign ?in|confirm))?(\W*\d)?\W*$",
    CHANGES_WAY.pattern,
    r"^\W*(use|enter|type) (an? |the )?(\d-digit )?(code|T?OTP) instead\W*$",
    r"\b(verify|confirm|log ?in|sign ?in) ((in )?(another|a different|some other) way"
    r"|differently|otherwise)",
    r"(dus|doos)r[aei] (tar[ie]+k|upay|option)|(kisi|koi) (aur|doosr[aei]) tar[ie]+k",
    r"(दूसर|अन्य)\S{0,2} (तरीक|विकल्प)",
    r"^\W*(और|अधिक) (तरीक|विकल्प)|^\W*aur (tar[ie]+k|option)",
)
"""Words that show more ways to prove who one is."""
_A_CODE_OF_IT = r"(codes?|T?OTPs?|SMS(es)?|messages?|texts?|calls?|it)"
NO_CODE_CAME = any_of(
    r"^\W*(i )?(didn.t|did not|haven.t|have not|not|can.t|cannot|can not|don.t|do not|unable to) "
    rf"(get|got|receive|received|read|see)\b.{{0,16}}\b{_A_CODE_OF_IT}( yet)?\W*$",
    r"^\W*(having|facing|in) (trouble|problems?|issues?)\W*$"
    r"|^\W*(code|OTP|SMS|message) (nahi|nahin|नहीं) (mila|aaya|मिला|आया)\W*$"
    r"|^\W*(ओटीपी|कोड|एसएमएस|मैसेज|संदेश) नहीं (मिला|आया)\W*$"
    r"|^\W*no (code|OTP|SMS|text)( yet)?\?\W*$|^\W*no (signal|network)\W*$"
    r"|^\W*(use|try) something else\W*$"
    r"|^\W*(get )?help with (your|the|this|my) (code|OTP|SMS|text)\W*$",
)
"""Words that ask whether a code has not come, and mostly show what to do then."""
HAS_NO_PHONE = any_of(
    r"\b(can.?t|cannot|can not|unable to|don.t|do not|no) (access|reach|use|have|get to)( to)? "
    r"(my |your |the |this |that )?(\w+ )?(phone|mobile|device|app)\b"
)
"""Words that say that no phone is at hand, and mostly show the other ways."""
_SENT_BY = (
    r"get|receive|send|sent|verify|confirm|log ?in|sign ?in|code|OTP|method|way|me|my|your|the|an?"
    r"|it|by|via|through|from|over|using|on|to|with|is|chosen|selected"
)
BY_MESSAGE_NOW = any_of(
    rf"^\W*(({_SENT_BY})\W+)*"
    r"((SMS|text|whats ?app|e-?mail|message|call|phone|mobile) (OTP|code)|SMS|text( message)?"
    r"|message|whats ?app|e-?mail|(phone )?call|(OTP|code) (on|to|at|via|by) (my |your |the )?"
    r"(registered )?(mobile|phone)( number)?)( (at|to|on))?[\W\dx]*(recommended|default)?\W*$"
)
"""Words of a choice or a closed list by which the code comes by a message: "Code via SMS"."""
WRITES_TO_SOMEBODY = any_of(
    r"\b(help|support|contact|share|write|chat|terms|link|offers?|alerts?|updates?|news\w*|feedback"
    r"|report|complaints?)\b"
)
"""Words of a choice that writes to somebody and sends no code."""
PICKS = any_of(
    r"^\W*(select|choose|use|pick|continue|verify|go)( (this|it|now)( one| way| method)?)?\W*$"
    r"|^\W*चुन\S*\W*$"
)
"""Words that take the way which is named beside them."""
QR = any_of(r"\bQR\b")

ONLY_TOTP = any_of(
    r"^(?=.*(TOTP|authenticat|\bapp\b))"
    r"(\W|\b(use|via|by|from|with|on|in|i|have|get|my|the|your|an?|google|microsoft|apps?|codes?"
    r"|OTPs?|TOTPs?|authenticat(or|ion)|generator)\b)+$"
)
"""All that a choice says which takes the code of an authenticator, and nothing besides."""

INDIA = any_of(r"\bindia\b|भारत|\+ ?91\b")
"""India among the countries of numbers."""

A_COUNTRYS_CODE = any_of(r"^[^\d+]*\+ ?\d{1,4}\)?\W*$", r"^\W*\+ ?\d{1,4}\)?[^\d+]*$")
"""A country's code, with the country's name or flag."""

OF_COUNTRIES = any_of(r"\b(countr(y|ies)|dial(l?ing)?|ISD)\b|देश")
"""The name of a list of countries."""
