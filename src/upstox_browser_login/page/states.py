"""The table of Upstox's login page: what speaks for each field and each screen.

Each kind of evidence is independent of the others: identity (id, name, test id, autocomplete),
words (label, placeholder, nearest text, heading, button), shape (type, inputmode, maxlength,
boxes), place (what was answered with success before), the wire (what the last answer said).
When the page changes, the mend is here, in `words.py` or in `wire.py`.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from upstox_browser_login.errors import Step

from .pattern import Pattern
from .words import MAINTENANCE, Meaning

Purpose = Literal["mobile", "otp", "pin", "password"]

PURPOSES: tuple[Purpose, ...] = ("mobile", "otp", "pin", "password")
"""In the order of a login."""

STEPS: dict[str, Step] = {"mobile": "mobile", "otp": "totp", "pin": "pin", "password": "pin"}


def _any(*patterns: str) -> Pattern:
    return Pattern("|".join(patterns))


class Known(Struct, frozen=True):
    """What speaks for a field of one purpose.

    `identity` is sought in ids and names with their humps and dashes made to spaces. `words` are
    what is written at the field itself; `against` are words at the field that forbid it; `form` are
    words of its heading or button.
    """

    identity: Pattern
    words: Pattern
    against: Pattern
    form: Pattern
    autocomplete: frozenset[str]


_OTP = (
    r"\bT?OTPs?\b|\bone[- ]?time[- ]?(pass(word|code)?|code|pin)\b|verification code|security code"
    r"|authenticat(or|ion)( app)? code|\b6[- ]digit( verification)? code|ओ ?टी ?पी|सत्यापन कोड"
    r"|\b(login|access) code\b|\b2fa\b|\bpass ?code\b|authenticator (digits|number)|ઓટીપી|ওটিপি"
    r"|ஓடிபி|ఓటీపీ|ಒಟಿಪಿ|ഒടിപി|ਓਟੀਪੀ|ଓଟିପି"
    r"|^\W*((enter|type|confirm) )?((the|your) )?(\d-digit )?code\W*$"
)
_PIN = (
    r"\bM?-?PIN\b|\bpass ?code\b|secret code|पिन|પિન|পিন|பின்(?!ன)|పిన్|ಪಿನ್"
    r"|പിൻ|ਪਿੰ?ਨ|ପିନ"
)

_MOBILE = (
    r"\b(mobile|phone|cell(ular)?|registered) ?(number|num|no)?\b|\b(mob|ph)\b\.?"
    r"|^\W*(enter |type )?((your|my) )?(contact|your|my|(10|ten)[- ]?digit) (number|no)\W*$"
    r"|मोबाइल|मोबाईल|फ़ोन|फोन|दूरभाष|भ्रमणध्वनी|મોબા[ઇઈ]લ|ફોન|মোবাইল|ফোন|மொபைல்|கைபேசி|ஃபோன்"
    r"|தொலைபேசி|మొబైల్|ఫోన్|ಮೊಬೈಲ್|ಫೋನ್|ದೂರವಾಣಿ|മൊബൈൽ|ഫോൺ|ਮੋਬਾਈਲ|ਫ਼?ੋਨ|ਫ਼ੋਨ|ମୋବାଇଲ|ଫୋନ"
    r"|موبائل|فون"
)
_OTHERS = (
    r"e-?mail|\bPAN\b|aadhaar|date of birth|\bDOB\b|captcha|coupon|promo|referr?al|referr?er"
    r"|(type|write) (a|your|any) (message|question|query|comment)|(ask|chat with) (us|me)\b"
    r"|feedback|comment"
    r"|nominee|guardian|search|खोज|\bUPI\b|\bIFSC\b|account number|\bname\b|address|city"
)

OTHERS = _any(_OTHERS)
"""Words at a field that is none of a login's."""

ASKS_FOR_CODE = _any(
    r"\b(get|send|request|generate|receive) (an? |the |me )?(an? )?(\w+ )?(OTP|code)\b",
    r"(OTP|ओटीपी|code|कोड) (bhej|भेज|प्राप्त|पाएं|paayein|le|mang)",
)
"""Words of a button that has a code sent to the number."""

_INSTEAD = r"(e-?mail( (id|address))?|user ?(name|id)|client (id|code)|customer id|UCC)"
_OR = r"\s*(,|/|\||\bor\b|\bya\b|या|&|\band\b)\s*"
OR_ANOTHER = _any(rf"({_OR}(your |the )?{_INSTEAD})+(?!\w)|(?<!\w)({_INSTEAD}{_OR})+")
"""What a field takes in place of the number, beside it: neither names nor forbids anything."""

KNOWN: dict[Purpose, Known] = {
    "mobile": Known(
        identity=_any(
            r"\b(mobile|phone|msisdn|mob|cell)\b", r"\btel\b", r"(mobile|phone)(num|no|number)"
        ),
        words=_any(_MOBILE),
        against=_any(
            _OTHERS,
            r"alternat|secondary|another|other (mobile|phone)|emergency|support|helpline"
            r"|call ?back"
            r"|country|friend|family|relative|office|landline|new (mobile|phone|number)",
        ),
        form=_any(
            ASKS_FOR_CODE.pattern,
            r"log ?in|sign ?in|let.s get started|welcome|get started|लॉग ?[इि]न|ओटीपी (भेज"
            r"|प्राप्त)",
        ),
        autocomplete=frozenset({"tel", "tel-national", "tel-local"}),
    ),
    "otp": Known(
        identity=_any(
            r"\bt?otp\b",
            r"one ?time|totp|\b2fa\b|verification ?code|auth(enticator)? ?code|(otp|totp)(num"
            r"|code|input)",
        ),
        words=_any(_OTP),
        against=_any(
            _OTHERS,
            r"country|\bpin ?code\b.{0,20}(area|city|postal)|postal|zip|e-?mail otp"
            r"|\b(invit\w+|gift|voucher|redeem\w*|discount|branch|client) (code|card)\b",
        ),
        form=_any(r"verif|\bOTP\b|code|authenticat|सत्यापित|ओटीपी|पुष्टि"),
        autocomplete=frozenset({"one-time-code"}),
    ),
    "pin": Known(
        identity=_any(r"\bm?pin\b", r"pin ?(code|num|input)|secret ?pin|passcode|mpin"),
        words=_any(_PIN),
        against=_any(
            _OTHERS,
            r"(?<!\byou )(?<!you have )(?<!you.ve )\b(create|choose|pick|generate)\b|^\W*set\b"
            r"|(?<!\byou )(?<!you have )(?<!you.ve )\bset\b.{0,40}\b(M?PIN|passcode|code)\b"
            r"|\b(new|confirm|re-?enter|repeat|old|current|change|reset)\b"
            r"|verify your (new |\d-digit )?M?PIN|postal|zip|area|\bcity\b|नया|बनाएं|banaye|naya"
            r"|ATM|UPI|debit|card",
        ),
        form=_any(r"\bM?PIN\b|welcome back|\bhi\b|unlock|पिन|स्वागत"),
        autocomplete=frozenset(),
    ),
    "password": Known(
        identity=_any(r"\bpassword\b", r"\bpass ?wd\b|\bpwd\b"),
        words=_any(r"\bpassword\b|पासवर्ड"),
        against=_any(_OTHERS, r"\b(create|set|choose|new|confirm|re-?enter|repeat|one[- ]time)\b"),
        form=_any(r"\bpassword\b|log ?in|sign ?in"),
        autocomplete=frozenset({"current-password"}),
    ),
}

ANOTHER_NAME = _any(_INSTEAD, r"\b(log ?in|corporate|employee|member|trading) (id|code)\b")
"""What another login than the customers' by number asks for in place of it."""

POSTAL = _any(
    r"^\W*(enter )?((an?|the|your|area|valid|(6|six)[- ]?digit) ){0,3}pin ?code\W*$",
    r"\bpin ?code\b.{0,20}\b(near|area|city|branch|address)|(area|postal|branch).{0,12}pin ?code",
)
"""What a postal code is called in India."""

SOMEBODY_ELSES = _any(
    r"\b(partner|sub-?broker|distributor|dealer|employee|staff|advis[oe]r|franchisee?|admin)s?\b"
)
"""Words at a field, or of its heading, that make it a login of others than customers."""

NOT_HERE = _any(
    r"open (an? |your )?(free )?(demat |trading )*account|sign ?up|register|create (an? )?account",
    r"call ?(me )?back|request a call|subscribe|notify me|send (me )?(the |a )?link",
    r"refer|invite|search|apply|chat|send message",
    r"create|set (your )?(new )?M?PIN|add nominee|download|get (the )?(app|link)|track",
)
"""Words of a form's own button that make it somebody else's form."""

SENDS_NEWS = _any(
    r"\b(get|receive|send|want|for) (\w+ ){0,3}(updates?|offers?|links?|app|tips|alerts|news)\b",
    r"news ?letter|call ?(me |you )?back|\b(friends?|refer\w*)\b",
)
"""Words near a field for a number to which something else than a login's code is sent."""

LOGIN = _any(r"\b(log|sign) ?in\b|लॉग ?[इि]न")

CREATES_PIN = _any(
    r"\b(create|set( up)?|choose|make) (a |your |an? )?(new )?(\d-digit |secret )?M?PIN\b",
    r"\bnew (\d-digit |secret )?M?PIN\b|(confirm|re-?enter|repeat) (your "
    r"|the )?(new )?(\d-digit )?M?PIN",
    r"verify your (new )?\d-digit M?PIN|नया पिन|naya pin|pin banaye",
)
"""A form of these words wants a PIN that does not exist yet."""

OTP_TAKES_TOTP = _any(
    r"\bTOTP\b(?!\s*\?)|authenticat(or|ion)( app)?|google auth|OTP or TOTP|ऑथेंटिकेटर|टी ?ओटीपी",
    r"\b(code|digits) (from|in|by) (the |your |an? )?((?!sms|messag|text)\w+ )?app\b",
    r"\b(SMS|text|message) or (an? |the |your )?app\b"
    r"|(?<!whats )\bapp or (an? |the |your )?(SMS|text|message)\b",
)
"""The box takes a code of the authenticator."""
OTP_IS_SMS_ONLY = _any(
    r"\bSMS\b|text message|e-?mail|whats ?app|^\s*(please )?(enter|type|confirm) (the "
    r"|your )?(\d-digit )?OTP\W*$"
)
"""The box takes the code of a message."""
OTP_OF_A_MESSAGE = _any(r"\bSMS\b|text message|e-?mail|whats ?app|एसएमएस")
"""A label that names the message which the code comes by."""
ABOUT_TOTP = _any(
    r"what is|learn|know more|help|lost|don.t have|^\W*(set ?up|enable|turn on|activate|add|connect"
    r"|link|pair|register|configure|protect|start using)\b"
    r"|\bnot (yet )?(set|enabled|active|linked|connected)|^\W*get (an? |the "
    r"|your )?(\w+ )?authenticator"
)
"""Words of a control that only tells of authenticators."""
BEGINS_WITH_OTP = _any(r"\W*(enter|type|confirm)?\W*(the |your )?(\d-digit )?T?OTP")
OFFERS_TOTP = _any(r"^\s*(try|enable|set ?up|turn on|know more about|what is) TOTP\W*$")
"""The page advertises TOTP: this account has none."""

_ONWARDS = r"جاری رکھیں|آگے بڑھیں|এগিয়ে|চালিয়ে|આગળ|தொடர|కొనసాగ|ముందుకు|ಮುಂದುವರ|തുടര|ਅੱਗੇ|ਜਾਰੀ|पुढे|ଆଗକୁ"
_LATER = (
    r"ابھی نہیں|بعد میں|পরে|এখন না|પછી|பின்னர்|பிறகு|తర్వాత|ನಂತರ|പിന്നീട്|ਬਾਅਦ|नंतर|ପରେ"
    r"|এখন নয়|এড়িয়ে যান|હમણાં નહીં|છોડો|இப்போது வேண்டாம்|தவிர்|ఇప్పుడు వద్దు|దాటవే"
    r"|ಈಗ ಬೇಡ|ಬಿಟ್ಟುಬಿಡಿ"
    r"|ഇപ്പോൾ വേണ്ട|ഒഴിവാക്ക|ਹੁਣ ਨਹੀਂ|ਛੱਡੋ|आता नको|वगळा|ଏବେ ନୁହେଁ"
)
_UNDERSTOOD = (
    r"বুঝ(লাম|েছি|লুম)|সমঝে|સમજ્ય|સમજાય|புரிகிறது|అర్థం|ಅರ್ಥ|മനസ്സി|ਸਮਝ|समज|ବୁଝ|سمجھ|"
    r"ঠিক আছে|বুঝেছি|ઠીક છે|સમજાઈ ગયું|சரி(?!பார்)|புரிந்தது|సరే|అర్థమైంది|ಸರಿ|ಅರ್ಥವಾಯಿತು"
    r"|ശരി|മനസ്സിലായി"
    r"|ਠੀਕ ਹੈ|ਸਮਝ ਗਿਆ|ठीक आहे|समजले|ଠିକ୍ ଅଛି|ٹھیک ہے"
)
_SENDS = (
    r"যাচাই|লগ ?ইন|ચકાસ|લૉ?ગ ?ઇન|லாகின்|உள்நுழை|சரிபார்|ధృవీకరిం|లాగిన్|ಪರಿಶೀಲಿಸ|ಲಾಗಿನ್"
    r"|സ്ഥിരീകരി|ലോഗിൻ"
    r"|ਤਸਦੀਕ|ਲੌ?ਗ ?ਇਨ|पडताळ|ଯାଞ୍ଚ|ଲଗ ?ଇନ|تصدیق|لاگ ان"
)
_SENDS_A_CODE = (
    r"পাঠান|મોકલો|அனுப்ப|పంపండి|ಕಳುಹಿಸಿ|അയ[യക]്?ക്കുക|ਭੇਜੋ|पाठवा|ପଠାନ୍ତୁ|بھیجیں"
    r"|পরবর্তী|அடுத்து|తదుపరి|ಮುಂದೆ|അടുത്തത്|ਅਗਲਾ|पुढील|ପରବର୍ତ୍ତୀ|اگلا"
    r"|প্রবেশ|પ્રવેશ|நுழை|ప్రవేశించ|ಪ್ರವೇಶ|പ്രവേശ|ਦਾਖਲ|प्रवेश|ପ୍ରବେଶ"
    r"|મેળવો|பெறு|పొందండి|ಪಡೆಯಿರಿ|നേടുക|मिळवा|حاصل"
)
_DOES_ELSE = (
    r"আবার|ફરી|மீண்டும்|మళ్[లళ]ీ|తిరిగి|ಮತ್ತೆ|വീണ്ടും|ਦੁਬਾਰਾ|ਮੁੜ|पुन्हा|ପୁଣି|دوبارہ"
    r"|ভুলে|ભૂલ|மறந்து|మర్చి|మరచి|ಮರೆತ|മറന്ന|ਭੁੱਲ|विसर|ଭୁଲି|بھول"
    r"|পরিবর্তন|બદલો|மாற்ற|మార్చ|ಬದಲಾಯಿಸ|മാറ്റ|ਬਦਲ|ବଦଳ|تبدیل"
)
"""To send, the next and to enter; once more, forgotten and to change."""

_TERMS = r"শর্ত|શરતો|નિયમો|விதிமுறை|நிபந்தனை|నిబంధన|షరతు|ನಿಯಮ|ಷರತ್ತು|നിബന്ധന|വ്യവസ്ഥ|ਸ਼ਰਤ|अटी|ସର୍ତ୍ତ"
"""Onwards, later, understood, to send and terms in other languages of India."""

# -- controls --------------------------------------------------------------------------------------

GO = _any(
    r"^\W*(continue|next|proceed|submit|go|verify|confirm|log ?in|sign ?in|enter|done|unlock"
    r"|ok(ay)?|validate"
    r"|authenticate|check|move on|go ahead|carry on|let.s go|advance)\b",
    r"\b(get|send|request|generate|receive) (an? |the |me (an? |the )?|my )?(\w+ )?(OTP|code)\b",
    r"(continue|proceed|log ?in|sign ?in|verify)( \w+){0,4}\W*$",
    r"^\W*(जारी रखें|आगे बढ़ें|आगे|सबमिट|लॉग ?[इि]न|सत्यापित|पुष्टि|ओटीपी|OTP (प्राप्त|भेज|पाएं))",
    r"^\W*(aage( badh\w*)?|jaari( rakh\w*)?|OTP (bhej\w*|paay\w*|le|mang\w*)|login kar\w*"
    r"|verify kar\w*|chal\w*)",
    rf"^\W*({_ONWARDS}|{_SENDS})|{_SENDS_A_CODE}",
    r"^\W*send\W*$",
    r"^\W*[→➔➜›»⟶➤➙➝➞➡⇒⇨⮕❯❱▶►▸⏵➧⟩✓✔↵⏎]\W*$",  # noqa: RUF001  (arrows of the page)
    r"^\W*(>|->|=>)\W*$",
    # What icon fonts call an arrow onwards.
    r"^(arrow (forward|right)|keyboard (double )?arrow right|chevron right|navigate next|east)"
    r"( alt| ios)?$",
)
"""What sends a form."""

BACK_OR_AWAY = _any(
    r"^\W*([←‹«⟵❮◀◂⏴↩⟨<×✕✖✗⨯?？!+−–…⋮☰🔍👁↺⟳🔄ⓘℹ]|i|x)\W*$",  # noqa: RUF001  (signs of the page)
    r"^\W*[🗑📋✏🖊🔎🎤📷⚙🔔💬📞☎✉🌐⬇⬆⭐❤]\W*$",
)
"""Signs without a word that lead back, close, tell more, or do something else."""

NOT_GO = _any(
    r"resend|re-send|send again|forgot|trouble|back\b|change|edit|switch|cancel|clear|help|support"
    r"|didn.t (get|receive)|(via|on|by|through|over) (call|sms|whats ?app|e-?mail)|call me"
    r"|e-?mail me|\bQR\b|google|apple|facebook"
    r"|passkey|biometric|fingerprint|face ?id|sign ?up|register|open (an? "
    r"|your )?(\w+ )?account|terms|privacy|policy|disclaimer"
    r"|show|hide|\beye\b|reveal|download|install|learn|know more|country|code \+|try totp"
    r"|unlock account|create|reset"
    r"|later|skip|not now|cookie|another (way|method)|other (ways?|options?)|दोबारा|पुनः|भूल"
    r"|बदलें|dobara|bhool|wapas|वापस"
    r"|log ?out|sign ?out|about|contact|blog|pricing|home|careers"
    rf"|{_DOES_ELSE}"
)
"""What does something else."""

GO_IDENTITY = _any(
    r"continue|submit|\bnext\b|proceed|get ?otp|send ?otp|verify|log ?in|sign ?in|primary|\bcta\b"
)

PASS_BY = _any(
    r"^\W*(skip(?! to (the |main )*(content|navigation|menu|search|footer))"
    r"|maybe not|not (right )?now|not (today|yet|this time)"
    r"|(maybe )?(some other|another|next) time|(maybe )?later|no,? thank(s| you)|(remind|ask) me"
    r"|not interested|not for me|no need|ask again|snooze"
    r"|i.?ll (do|decide|think|add|set|pass|stay|use the web(site)?)"
    r"|do (it|this) later|without|stay here|use (the )?web(site)?|abhi nahi|baad mein|phir kabhi"
    r"|बाद में|अभी नहीं|छोड़ें|फिर कभी)(?!\w)",
    r"(skip|later|not now|no,? thanks|without (it|the app|a passkey))\W*( for now)?$",
    r"(skip|for now|this time|(some other|another) time|tomorrow)\W*$",
    r"^\W*(continue|stay|proceed|go on|carry on|keep using)\b.{0,20}\b(web(site)?|browser|desktop"
    r"|(this|old|current) version)\W*$",
    r"\b(browser|web) (mein|me|par|pe)\b",
    r"^\W*keep (using )?(my|the|your|this|current|existing|present|same|old)\b",
    r"^\W*(stay|remain|stick|continue|go on) (on|in|with|to) (the |my |this )?"
    r"(classic|old|current|existing|standard|regular|present|original|usual|light|dark|same)\b",
    rf"^\W*({_LATER})|^\W*अभी के लिए|छोड़ें\W*$",
    r"^\W*(use|enter|(continue|log ?in|sign ?in) (with|using)) (my |your |the )?M?PIN"
    r"( instead)?\W*$",
    r"^\W*(continue|proceed|go on|carry on|stay|go) without\b"
    r"(?!.*\b(T?OTP|M?PIN|2FA|authenticator|verif\w*|security|protection)\b)",
    # What a person does not have or want, such as a nominee or a tax abroad, may be a declaration.
    r"^\W*i (don.?t|do not) (have|want|need|use) (an? |the |this |that |these |those |any |one of "
    r"these )?((referral|promo|invit\w+|coupon|gift|friend.?s) )?(code|coupon|it|one|this"
    r"|that|these"
    r"|those|them|notifications?|alerts?|updates?|e-?mails?|messages?|offers?|passkey|tips?|help"
    r"|reminders?|tour)( (right )?now| today| yet)?\W*$",
    r"^\W*(i.?m (good|fine|all set)(,? (thanks?( you)?|for now|as (is|it is)))?"
    r"|pass( on (it|this|that))?"
    r"|nope|nah|never ?mind)\W*$",
    r"^\W*(leave (it|(this|that|it) (as|for|be)|as)\b|stay with|keep (it|this|using|what))\b",
    r"^\W*continue as (i am|before|usual)\b",
    r"^\W*(end|exit|quit|leave|stop|finish|close|dismiss|skip|hide|cancel) (the |this |all )?"
    r"((product|guided|quick) )?(tour|guide|walk-?through|tutorial|intro(duction)?|demo|tips?"
    r"|onboarding|all)\W*$",
    r"^\W*(i.?m |we.?re )?not (required|needed|necessary|interested|keen|for (me|now)|at (this|the)"
    r"|today|(right )?now|yet|ready|this time|really)\b[^?]*$",
    r"^\W*(\w+ ){1,3}(later|another (time|day)|some other (time|day)|next time)"
    r"( (today|on|please))?\W*$",
    r"^(?!\W*(activate|enable|apply|upgrade|pledge|convert|lend|sell|start|automatic\w*"
    r"|turn on)\b).*"
    r"\b(after|once) (i.?m in|i (log|sign) ?in|(log|sign)(ging|ning)?[- ]?in|login)\W*$",
)
"""What passes a screen by, and says neither yes nor no to what it offers."""

DECLINE = _any(
    r"^\W*(no|don.?t|do not|decline|reject|dismiss|hide|close|cancel|nahi|band kar\w*"
    r"|नहीं|बंद करें|रद्द)(?!\w)",
    r"^\W*[\u00d7\u2715\u2716xX]\W*$",
    r"^\W*(না|ના|வேண்டாம்|వద్దు|ಬೇಡ|വേണ്ട|ਨਹੀਂ|नको|ନାହିଁ|نہیں)\W*$",
)
"""What says no to a screen that is in the way, or closes it."""

BLOCKS = _any(r"^\W*(block|deny|never( allow)?|disallow)\W*$")
"""What says no to a permission; on a screen of anything else it may block the account."""

ASKS_FOR_NUMBER = _any(
    r"is this (your|the (right|correct)) (mobile |phone )?number"
    r"|(check|confirm) (your|the) (mobile |phone )?number"
)
CONFIRMS = _any(r"^\W*(confirm|yes|correct)(?!\w)")
"""What says that the number is right, which was typed and sent before."""

GIVES_UP = _any(
    r"(log|sign) ?(me )?out|cancel (the |this )?(log ?in|sign ?in)"
    r"|(go )?back\b(?! to (the |your |my )?(app|log ?in|sign ?in|upstox)\b)|start (over|again)"
    r"|end (the |this |my )?session|(wasn|isn|not?)( is|.t)? (me|you)\b"
    r"|\b(secure|block|lock|freeze|report) (it|this|that|the|my|your)\b|main nahi"
    r"|लॉग ?आउट|वापस|मैं नहीं"
)
"""What leads out of the login; no way past a screen."""

TELLS_OF_LOGIN = _any(
    r"(new|another|other|different|naya) (device|browser|session|place|location)"
    r"|already (logged|signed) in|(logged|signed) in elsewhere|active session|(is|was) this you"
    r"|new (log|sign)[ -]?in|unrecogni[sz]ed"
)
"""Words of a screen that tells of this very login: to cancel there would end it."""

OWNS_UP = _any(r"^\W*(yes,? |haan,? )?(it|this|that)( is|.s| was) me\W*$|main hi hoon|मैं ही हूँ")
"""What says that this very login is one's own, which it is."""

OTHER_WAYS_IN = _any(
    r"with (google|apple)|qr|passkey$|trust|enable|add nominee|video|turn on"
    r"|^\W*(continue|proceed|log ?in|sign ?in) (with|using|via|by)\b(?!.*\b(this|same|current)\b)"
    r"|\bwithout\b"
)
"""What leads in by another way, or does more than to lead on."""

ASKS_WHO = _any(
    r"\b(confirm|make sure|check)\b (that )?(it.s|it is|this is) (really )?you\b"
    r"|\bis (this|that|it) (really )?you\b|\bis (this|that) your (account|profile|name)"
)
"""Words of a screen that shows whose account it is, and asks whether that is right."""

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
OF_THE_PAST = _any(
    r"yesterday|\bago\b|earlier|\blast (night|week|month|time)\b|\b(blocked|attempt(s|ed)?)\b",
    rf"\b\d{{1,2}}(st|nd|rd|th)?[ -]?({_MONTHS})|\b({_MONTHS})\w* \d{{1,2}}\b",
    r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}",
)
"""Words of a screen that may tell of another login than this one: whose, is not known here."""

OF_NOW = _any(r"\b((just|right) now|this (device|browser|log[ -]?in|sign[ -]?in))\b|अभी")
"""Words of a screen that tell of this very login."""

NEUTRAL = _any(
    r"^\W*(continue|next|proceed|ok(ay)?|got it|(i( ha|.)?(ve)? )?underst(an|oo)d|noted"
    r"|go on|done|start(?= *\W*$)"
    r"|let.?s (go|start|begin)|get started|view login"
    r"|go to log ?in|log ?in|take me (there|to|in(side)?|on|ahead|through|home)"
    r"|acknowledge|alright|fine|samajh gaya|theek hai"
    r"|shuru kar\w*|chaliye|jaari rakh\w*|ठीक है|समझ गया|जारी रखें|आगे( बढ़ें)?|शुरू करें|चलिए"
    r"|aage)(?!\w)",
    rf"^\W*({_ONWARDS}|{_UNDERSTOOD})|^\W*mark as read\W*$",
    r"^\W*(go|proceed|take me) to (the |my |your )?(dashboard|home|app|portfolio|markets?)\W*$",
)
"""What says neither yes nor no to a screen that is in the way."""

LEADS_IN = _any(
    r"^\W*((ok(ay)?|yes|yay|sure|right|alright|great|fine|cool|nice|perfect|good|super|thanks"
    r"|thank you|got it|awesome|all set|haan|theek hai|ठीक है|हाँ)\b[\s,.!:–-]*)+(?=\w)"  # noqa: RUF001
)
"""A word of assent before what a control does: it does no more for that."""

LEADS_ON = _any(
    r"\b(let.?s|let me|take (me|us)|go(ing)?|next|on(wards?)?|in|inside|through|ahead|forwards?|to"
    r"|ready|begin|resume|done|finish(ed)?|ok(ay)?|fine|cool|great|nice|good|perfect|awesome"
    r"|super|wow|yay|thanks?|right|alright|sure|close|got|gotcha|understood|understand|noted"
    r"|proceed|continue|enter|home|log ?in|sign ?in|bye|will do|seen|i see)\b"
    r"|chal|samajh|theek|accha|aage|आगे|समझ|ठीक|चल|अच्छा"
)
"""A word of going on, of having seen, or of assent: of what leads on from a screen."""

DOES = _any(
    r"\bskip to\b|\b(start|take(?! (me|us)\b)|try|view|see|read|open|watch|explore|discover"
    r"|review|verify|confirm|submit|send|share|allow|grant|approve|authori[sz]e|add|update"
    r"|upload|complete"
    r"|apply|register|book|claim|request|convert|renew|link|connect|sign(?! ?in)|nominate|join"
    r"|opt|retry|reload|refresh|choose|select|pick|activate|enable|turn|switch|upgrade|get|set"
    r"|use|call|chat|report|save|make|change|edit|download|install|learn|know|show|contact|help"
    r"|count|i.?m in|do (it|this|that)|happen|pro|gold|prime|elite|live|create|reset|clear"
    r"|support|call|schedule|pledge|accept|agree|yes|cancel|again|karein"
    r"|karo|kijiye|karna|करें|करो|कीजिए)\b"
)
"""What a control does that does more than lead on from a screen."""

GLAD = _any(
    r"^\W*(great|awesome|cool|thanks|thank you|yay|perfect|nice|super|wow|wonderful|hurray)\W*"
    r"( (let.?s )?(continue|proceed|next|go on|got it|go))?\W*$"
)
"""What says that one is glad of a screen: neutral where that certainly costs nothing."""

CELEBRATES = _any(
    r"congrat|anniversary|milestone|\byears? (with|on|at) (us|upstox)\b"
    r"|\byour (yearly|annual|year-end) (\w+ )?(report|review|recap|summary)"
    r"|\byour year (in|with|on|at)\b|happy (new year|birthday|diwali|holi)"
)
"""Words of a screen that certainly costs nothing."""

KEEPS = _any(r"^\W*(leave|stay with|keep|continue as)\b")
"""What passes a screen by so that all stays as it is, which may cost money."""

DOES_IN_A_NAME = _any(
    r"\b(authori[sz]\w*|approv\w*|CDSL|NSDL|TPIN|e-?DIS|lend\w*|lent|borrow\w*|sells?|selling|sale"
    r"|sold|orders?|nominat\w*|nominees?|bank|dividends?|buy-?backs?|rights? issue|convert\w*"
    r"|opt(ed|ing)? (in|out)|segments?|commodit\w*|SLB|GTT|tax\w*|FATCA|residen\w*|citizen\w*"
    r"|withdraw\w*|transferr\w*|portfolio management|data shar\w*|sharing|grant\w*|allow\w*)\b"
)
"""What may be done in a person's name by going on, beside what costs money."""

IS_ASKED = _any(r"\?")
IS_A_YES = _any(r"^\W*(yes|sure|haan|हाँ)(?!\w)")
"""An assent, which is more than to go on where a question is asked."""

IS_TO_HAPPEN = _any(
    r"\b(will|shall|going to|about to)\b(?! (be (taken|redirected|returned|brought)|log in)\b)",
    r"\w['’]ll\b",  # noqa: RUF001  (the page's)
)
"""Words of a screen that tells what is going to be done."""

BEGIN = _any(
    r"^\W*(yes,? |let me |i want to )?(log|sign) me in\W*$",
    r"^\W*(yes,? |(existing|already)( a)? (user|customer|client|member),? "
    r"|(take me|bring me|go|back|return) to )?(the )?(log ?in|sign ?in)"
    r"( (page|screen|form|now|here))?\W*$",
    r"^\W*(log ?in|sign ?in)( (to|on|now|again|here|securely|kar\w*)\b.{0,20})?\W*$",
    r"\b(continue|proceed) to (log|sign) ?in\W*$",
    r"^\W*लॉग ?[इि]न",
    r"\b(existing|already|have an account|customer|member)\b.{0,30}\b(log|sign) ?in\W*$",
)
"""What leads from a start screen to the login."""

AGREE = _any(
    r"\b(i |we )?(agree|accept|consent)\b|accept (all|&|and)|agree (&|and)|मंज़ूर|स्वीकार|सहमत"
    r"|sahmat|manzoor"
)
"""What binds a person; a program must not say it for them."""

_MONEY = (
    r"(\b(pay(ments?)?|buy|purchase|transfer|withdraw|subscribe|upgrade|MTF|margin"
    r"|add (funds|money)|place (an? |my |the )?order)\b|\u20b9|\b(INR|Rs)\b|পেমেন্ট|भुगतान|पेमेंट)"
)
SPENDS = _any(
    r"^(?!\W*(skip|not?|maybe|later|don.?t|remind|ask|close|cancel|(continue )?without)\b).*"
    + _MONEY
)
"""What spends money, and does not say at its beginning that it is passed by."""

_UNDOES = r"\b(delete|disable|deactivate|revoke|unlink)\b"
SPEAKS_OF_MONEY = _any(_MONEY)
UNDOES = _any(
    _UNDOES,
    r"\bcancel (my |your |the |this )?(\w+ )?(plan|subscription|membership|orders?|mandate"
    r"|SIPs?|auto-?pay"
    r"|payout)\b",
    r"\bclose (my|your|the|this) .{0,20}\baccount\b",
)
"""What takes away something that a person has."""

CLOSES_AN_ACCOUNT = _any(r"\bclose .{0,20}\baccount\b")

COSTS = _any(
    r"^\W*(pay|buy|redeem|withdraw|transfer|add (funds|money)|delete|deactivate"
    r"|close (my )?account)\b"
)
"""Words of a form's own button that spends money or takes something away."""

BINDS = _any(
    AGREE.pattern,
    _MONEY,
    r"\b(sell|order|invest|trad(e|ing))\b",
    _UNDOES,
    r"\b(remove|reset|replace|forget)\b"
    r"|\b(switch|turn) off\b|stop using|^\W*change (?!to\b)|log ?out|download|install",
)
"""What binds a person, spends money or undoes something, beside what else it may do."""

COOKIES = _any(
    r"\bcookies?\b|\btrack(ing|ers?)\b|कुकी|similar technologies|privacy (preferences?|choices)"
    r"|we and our (\d+ )?(partners|vendors)"
)
COOKIE_DECLINE = _any(
    r"reject|decline|refuse|necessary|essential|required only|deny|no,? thanks|close|dismiss"
    r"|without accepting|manage|\bneeded\b|only what|\bminimum\b|^\W*[\u00d7\u2715\u2716]\W*$"
    r"|अस्वीकार|ज़रूरी|आवश्यक|नहीं|sirf zar(u|oo)ri|nahi|mana kar"
)
COOKIE_ACCEPT = _any(
    r"accept|agree|allow|ok(ay)?\b|got it|underst(an|oo)d|fine|yes|continue|close|alright"
    r"|(save|confirm) (my |these |all )?(choices?|preferences|settings)"
    r"|स्वीकार|सहमत|मंज़ूर|ठीक|theek hai|manzoor"
)
COOKIE_DETAILS = _any(
    r"manage|settings?|preferences|learn|more|details|\b(see|view|read|choose|why|how"
    r"|what)\b|options|customi[sz]e|policy|notice|partners"
    r"|vendors"
    r"|सेटिंग|और जानें|नीति|पढ़ें|chunein|jaanein"
)
"""What tells more of cookies, and does not end their wall."""
TELLS_OF_COOKIES = _any(r"manage|settings|preferences|^\W*(what|why)")
"""What looks like a no to cookies, and only leads to more of them."""

BETWEEN = _any(
    r"welcome|what.s new|news|announcement|introducing|update|new feature|risk|disclosure"
    r"|caution|advisory|nominee"
    r"|stay (signed|logged) in|keep me (signed|logged)|remember (me|this)|trust this|passkey"
    r"|biometric|fingerprint"
    r"|download|get the app|our app|mobile app|new device|new (log ?in|sign ?in)"
    r"|unrecogni[sz]ed|was this you|notification"
    r"|offer|survey|feedback|rate us|tour|tip|security|safety|protect|reminder|important|notice"
    r"|scam|fraud|IPO|margin"
    r"|market|investor|did you know|hello|namaste|स्वागत|सूचना|जोखिम|festival|diwali|holiday"
    r"|statement|charter|circular|backup|theme|language|congrat|anniversary|years? with"
    r"|thank you for (being|joining|trading|investing)|(weekly|monthly|yearly|annual) report"
    r"|milestone"
)
"""Words of screens that stand between the forms and want no credential."""

NOTHING_TO_DO = _any(
    r"\bno (further )?action\b|nothing (else )?(to do|is needed|is required)"
    r"|^(?!.*\b(not|n.t|once|until|unless|only|after|before|to be|if|when|please|pending|again|due"
    r"|but)\b).*\b((is|are|was|were|has been|have been) (now |already )?(validated|verified"
    r"|completed?|approved|up[- ]to[- ]date|confirmed|registered)|successful(ly)?)\b"
)
"""Words of a sentence that tells of what is done, and asks for nothing."""

WANTS_A_PERSON = _any(
    r"\b(video|in-person) (verification|call|kyc)|re-?kyc|\bkyc\b|upload|selfie|e-?sign"
    r"|verify your (pan|aadhaar|identity|e-?mail)"
    r"|update your (details|income|bank)|choose (an? )?plan|payment"
)
"""Words of screens on which pressing on would do something in the person's name."""

SPENDS_OR_UNDOES = _any(
    r"^\W*(pay|buy|purchase|upgrade (to|now)|subscribe|add (funds|money)|transfer|withdraw"
    r"|start (your )?(\w+ )?(subscription|plan|trial)|turn(ing)? off|disabl(e|ing)|delet(e|ing)"
    r"|deactivat(e|ing)|close (your )?account|reset(ting)?|remov(e|ing)|revok(e|ing)"
    r"|unlink(ing)?)\b",
)
"""A heading of a screen or form that spends money or undoes something."""

_OPENS_AN_ACCOUNT = r"open(ing)? (an? |your |my )?(\w+ ){0,3}account"
DOES_BY_GOING_ON = _any(
    SPENDS_OR_UNDOES.pattern,
    r"^\W*(activat(e|ing)|enabl(e|ing)|upgrad(e|ing)|pledg(e|ing)|switch(ing)?"
    rf"|{_OPENS_AN_ACCOUNT})\b",
)
"""A heading of a screen that does something in a person's name, as soon as they go on."""

PRODUCTS = _any(
    r"\b(activat\w*|enabl\w*|margin|MTF|F ?& ?O|futures|derivatives?|IPOs?|DDPI|POA|(un)?pledg\w*"
    rf"|plans?|plus|premium|subscri\w*|upgrad\w*|switch\w*|{_OPENS_AN_ACCOUNT}"
    r"|loans?|credit|insurance|SIPs?|mandate|auto-?pay|fees?|brokerage)\b"
)
"""What a person may be brought to take, or to have done, by going on."""

_AMOUNT = r"((\u20b9|\b(INR|Rs)\b\.?) ?[1-9][\d,.]*|\b[1-9][\d,.]* ?(rupees?|INR|Rs)\b)"
_OFTEN = r"(per|a|an|every|each) (month|year|annum|quarter|week)"
_FEES = r"(annual|yearly|monthly|quarterly|joining|subscription|membership) (fees?|charges?)"
CHARGES = _any(
    rf"{_AMOUNT}.{{0,60}}\b(charged|debited|deducted|taken from|{_OFTEN}|auto-?pay|mandate"
    rf"|{_FEES})\b",
    rf"\b(auto-?pay|e-?mandate|charged|debited|deducted|{_FEES})\b.{{0,60}}{_AMOUNT}",
)
"""Words of a screen on which to go on costs money."""

ORDERS = _any(
    rf"\b(buy|sell|redeem|tender|transfer|withdraw|invest)(ing)? (all\b|\d[\d,]*\b|{_AMOUNT})",
    r"\b(quantity|qty)\W{0,3}\d|\b(nominees?|beneficiar(y|ies))\b.{0,40}\d ?%",
    r"\bstanding (instruction|order)s?\b|\b((e-?)?mandate|SIP|SWP|STP) (of|for|in) ",
    r"\bwe( will| shall|.ll) (now |then )?(buy|sell|place|convert|close|transfer|pledge|debit"
    r"|redeem|nominate|register|execute|switch|renew|lend) .{0,40}\b(your|you|it|them|\d+)\b",
)
"""Words of a screen on which to go on gives an order, or lets one be carried out."""

TERMS = _any(
    r"terms (and|&|of|for)|\bterms\W*$|t&cs?\b|agreement|consent|declaration|undertaking"
    r"|policy (update|change)"
    r"|(new|our|the) terms|शर्त|sharte",
    _TERMS,
)

NAMES_TERMS = _any(r"\bterms\b|agreement|t&c|declaration")
"""A heading of terms, beside which a no that speaks of accepting may be a yes."""

AGREES_BY_GOING_ON = _any(
    r"\bby (click|tap|press|continu|proceed|go|us)\w*\b[^.|!]{0,60}\b(agree|accept|consent)\w*"
    r"(?P<to>[^.|!]*)",
    r"सहमत|स्वीकार|sahmat",
    _TERMS,
)
"""Words of a screen on which to go on is to agree, whatever its control says."""

STANDING_TERMS = _any(
    r"^[\s,:]*\b(?=.*\b(terms|policy|policies|t&cs?|cookies?)\b)((to|with|by|our|the|upstox|s|its"
    r"|all|general|use|of|service|website|terms|conditions|privacy|policy|policies|notice|and|t&cs?"
    r"|cookies?)\b|[\s,&/’'])*$"  # noqa: RUF001  (the page's own apostrophe)
)
"""What a customer has agreed to long ago, and what small print on any page repeats."""

APPROVE = _any(r"^\s*(allow|approve|authori[sz]e|grant|agree|accept|yes|permit|confirm|अनुमति)\b")
APPROVAL = _any(
    r"(wants?|would like|is requesting|requests?|asking) (to )?(access|permission|connect|link)",
    r"(authori[sz]e|approve|allow|permit) (this |the )?(app|access|application|connection)",
    r"grant (access|permission)|access to your (upstox )?account"
    r"|connect .{0,40} to (your )?upstox",
)
ASKS_FOR_ACCOUNT = _any(r"\b(wants?|would like) to access your upstox account\W*$")
"""A heading under which an app's access is all that is asked for."""
GOES_ON_PLAINLY = _any(r"^\W*(continue|proceed|next)\W*$")

PERMITS = _any(
    r"\bpermissions? (for|requested)|\bapp permissions|(the|this) app will (be able to|have access)"
)
"""Words that may be an app's access, and another permission as well."""

NOT_OUR_APPROVAL = _any(
    r"location|notification|camera|microphone|contacts|cookie|track|marketing|mandate|debit|DDPI"
    r"|\bPOA\b|pledge|payout|withdraw|transfer|e-?sign|CDSL|TPIN|\u20b9|whats ?app"
    r"|\bcalls?\b|\bSMS\b"
    r"|contact you|credit|bureau|partners|\bshar(e|ing)\b|storage|photos?|files?|nominee|promot"
)
"""What is asked to be allowed beside an app's access, and is a person's to allow."""

CORRECTS = _any(r"\b(edit|change|modify|update|correct)\b|बदल|badl")
"""What corrects what a screen shows: to go on there is to say that it is right."""

CALLS_OFF = _any(r"^\W*(cancel|stay( here)?|go back|back|stop)\W*$")
"""What ends what is under way, rather than decline what a screen offers."""

CHOOSER = _any(
    r"(choose|select|pick) (an? |your |the |which )?(account|profile|client)|multiple accounts"
    r"|\bwho.s (trading|logging in|signing in)\b"
    r"|which account"
    r"|more than one account|खाता चुनें"
)
INACTIVE = _any(
    r"reactivat(e|ing|ion of) (your |the )?(\w+ )?account"
    r"|account (is|has been|has become|was|status) (currently |now |marked )?(as )?"
    r"(dormant|inactive|deactivated)|\baccount (dormant|inactive)\b|\b(dormant|inactive) account"
    r"|खाता निष्क्रिय|निष्क्रिय (है|खाता)|khata (nishkriya|band)"
)
OPEN_ACCOUNT = _any(
    r"(open|complete|finish|resume|continue) (an? |your )?(free |demat |upstox "
    r"|trading )*account( opening)?\b"
    r"|start your (application|kyc)|create (an|your) account|not (yet )?(a "
    r"|an )?(upstox )?(customer|registered)"
)
TO_COME = _any(
    r"\bwill (?!be back)|\b(on|this|next) (mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tonight"
)
"""Words of a sentence that tells what is to come."""
SUPPOSES = _any(r"\b(if|when|once|in case|should|agar|yadi)\b|\?\s*$|अगर|यदि")
"""Words of a sentence that tells what would be, not what is."""
TELLS_OF_LOCKS = _any(
    r"(\b((?<!to )says?|saying|claim(s|ing)?|beware of|never (\w+ ){0,3}(that|you))\b.{0,60}"
    r"|[“\"'‘](\w+ )?)\baccount (has|is|was|got)\b",  # noqa: RUF001  (quotation marks of the page)
    r"\b(is|are) (a )?(fake|scam|fraud|phishing)\b",
    r"\byesterday\b|\b(days?|weeks?|months?|years?) ago\b|\blast (night|week|month|year)\b",
    rf"\bwas (locked|blocked|frozen) .{{0,20}}\b(\d{{1,2}}(st|nd|rd|th)? ({_MONTHS})"
    rf"|({_MONTHS})\w* \d|\d{{1,2}}[/.-]\d)",
)
"""Words of the very sentence of a lock that tell of the past, or of what others say."""
UNLOCKS = _any(r"unlock( your| my| the)? account|खाता अनलॉक")
BY_MOBILE_ONLY = _any(
    r"(log ?in|sign ?in|continue|proceed|go on) (with|using|via|by) ((a|my|your|the) )?"
    r"(registered )?(mobile|phone)\b(?! app)"
    r"|\b(use|enter) ((a|my|your|the) )?(registered )?(mobile|phone) (number|no)\b"
)
"""What leads to the number's form, also where no QR code is spoken of."""
BY_MOBILE = _any(
    BY_MOBILE_ONLY.pattern,
    r"use (mobile|phone) number|mobile number",
)
BY_TOTP = _any(
    r"\bTOTP\b|authenticat(or|ion)( app)?|google auth|auth app|code (from|generator|app)"
    r"|ऑथेंटिकेटर|प्रमाणक|एप कोड|অথে(ন|ন্)টিকে|ઓથેન્ટિકે|ஆதென்டிகே|அங்கீகார\w*.{0,5}(செயலி"
    r"|ஆப்)|ఆ?థెంటికే|ప్రామాణీక|ಅಥೆಂಟಿಕೇ"
    r"|ದೃಢೀಕರಣ ಆ್ಯಪ್|ഓതന്റിക്കേ"
    r"|ആധികാരിക.{0,12}ആപ്പ്|ਆ?ਥੈਂਟੀਕੇ|ਪ੍ਰਮਾਣਕ|ଅଥେଣ୍ଟିକେ|ଅଥେନ୍ଟିକେ|اتھینٹیک"
)
BY_SMS = _any(
    r"\bSMS\b|एसएमएस|\btext( message)?\b|\bmessage\b|\bring\b|whats ?app|e-?mail|phone|\bcall\b"
    r"|संदेश|(?<!T)\bOTP\b"
)
CHOOSES_METHOD = _any(
    r"(choose|select|pick|how|which|verify) .{0,40}(method|way|verify|option|confirm|code"
    r"|authenticat)|कैसे|तरीका चुन"
)
METHOD = _any(
    CHOOSES_METHOD.pattern,
    r"two[- ]?(step|factor)|2-?step|verification method",
)
OTHER_WAYS = _any(
    r"\b(try|use|choose|see|show|more|other|another|different|alternat\w+)\b.{0,12}"
    r"\b(ways?|methods?|options?)( to (verify|log ?in|sign ?in|confirm))?\W*$",
    r"\b(verify|confirm|log ?in|sign ?in) (in )?(another|a different|some other) way",
    r"(dus|doos)r[aei] (tar[ie]+k|upay|option)|kisi aur tar[ie]+k|(दूसर|अन्य)\S{0,2} (तरीक|विकल्प)",
)
"""What shows more ways to prove oneself."""
QR = _any(r"\bQR\b")

SIGNED_IN_AS = _any(r"signed in as\D{0,5}(?:\+?91[\s-]?)?([6-9]\d{4}[\s-]?\d{5})")
"""Whose PIN the page asks for, where it says so in full."""

PATHS: tuple[tuple[str, str], ...] = (
    ("/reactivate-account", "reactivate account"),
    ("/open-account", "account opening"),
    ("/account-opening", "account opening"),
    ("/new-demat-account", "account opening"),
)
"""Addresses that say which screen a page is."""


def opens_an_account(path: str) -> bool:
    """Whether an address is one at which accounts are opened."""
    return any(path.startswith(each) and name == "account opening" for each, name in PATHS)


# -- screens ---------------------------------------------------------------------------------------


class Screen(Struct, frozen=True):
    """A screen that wants no credential.

    A login ends there with `meaning`, or goes on where that is None. `says` are words that, on a
    page without a field, are enough to know it by; the others have rules of their own in
    `recognise`. `after_mobile`: it comes up only once a number was sent. One whose step is "open"
    may come up anywhere.
    """

    name: str
    step: Step
    meaning: Meaning | None = None
    message: str = ""
    says: Pattern | None = None
    after_mobile: bool = False


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
        "create PIN", "pin", "no PIN yet", "The account has no PIN yet: Upstox asks to create one."
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
    Screen("approval", "redirect"),
    Screen("QR code", "mobile"),
)


def screen(name: str) -> Screen:
    """The screen of this name."""
    return next(each for each in SCREENS if each.name == name)
