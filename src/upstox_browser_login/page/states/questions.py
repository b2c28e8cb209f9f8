"""What a screen between the forms asks, and what answers or corrects it."""

from __future__ import annotations

from upstox_browser_login.page.pattern import any_of

from . import parts

_TO_GO_ON = r"want to (continue|proceed|go on|log ?in)\b"

_PRESENT = r"(there|here|with us|around|online|connected|awake)\b"

IS_ASKED = any_of(r"\?")

ASKS_TO_GO_ON = any_of(
    rf"\bstill ({_TO_GO_ON}|{_PRESENT})[^.!?|]*\?|\bare you (there|here)\W*\?"
    r"|\b(need|want|like) (some )?more time\b[^.!?|]*\?"
    r"|\bsession\b[^.!?|]{0,30}\b(expir|time out|timing out|end|clos)\w*.*\?"
    r"|\b(extend|continue|keep) (your |the |this )?session\b[^.!?|]*\?"
    r"|(^|[|.!]\s*)((do you )?(want|wish) to |would you like to )?"
    r"(continue|proceed|go on|keep going)( with (this |the |your )?(log|sign)[ -]?in"
    r"| (logging|signing) in)?\s*\?|\babhi bhi yah?an? |अभी भी यहाँ"
)
"""A question whose no calls off what is under way."""

ASKS_TO_KEEP = any_of(
    r"(^|[|.!?]\s*)((do you )?(want|wish) to |would you like to |shall we )?"
    r"(keep(?! (me|you|this screen)\b)|retain|renew|continue with(?! (this|the|your|my)? ?"
    r"(log|sign|M?PIN|browser|website|app\b|account|number)))\b[^.!?|]*\?"
)
"""A question whose yes goes on with something that a person has, and whose no gives it up."""

ASKS_TO_CONFIRM = any_of(
    r"^\W*((please|kindly|now|you|as per \w+),?\W+)*(confirm|verify|certify|declare)\b(?!\W*$)"
    r"(?! (that )?(it.?s|it is|this is|this was) (really )?you\b)"
    r"(?! (this|that|the|your|my|with|it)?\W*(upstox )?(identity|account|log-?in|sign-?in|device"
    r"|mobile|phone|number|code|T?OTP|M?PIN|passcode|e-?mail)\b)"
)
"""A sentence that has a person confirm something about them, which going on does."""

_ASKED_OF_A_PERSON = (
    r"(mandates?|payouts?|withdrawals?|transfers?|pledges?|payments?|orders?|sales?|redemptions?"
    r"|nominations?|authori[sz]ations?|invitations?|auto-?pay)"
)

WAITS_FOR_AN_ANSWER = any_of(
    rf"\b{_ASKED_OF_A_PERSON} (\w+ ){{0,2}}(pending|waiting|awaiting|requested|request)\b",
    rf"\b(pending|waiting|awaiting)\b[^.!?|]{{0,30}}\b({_ASKED_OF_A_PERSON}|approval|consent)\b",
    rf"^\W*(approve|authori[sz]e|accept) (your |the |this |a )?(\w+ )?{_ASKED_OF_A_PERSON}\b",
    r"\b(nominee|joint holder|collect|consent|family( account)?|gift) (request|invitation)\b",
    r"\binvites you\b|\b(asks|wants) to (be your|(add|make) you|gift|pledge)\b",
    r"\b(buy-?back|rights issue|open offer|takeover|e-?voting|tender offer|delisting)\b",
)
"""Something that was asked of a person and waits for the answer, so that a no refuses it."""

ANSWERS_A_REQUEST = any_of(r"^\W*(approve|authori[sz]e)( (the |this |it|my )?\w+)?\W*$")
"""Words of a button that says yes to what was asked of a person."""

ASKS_IF_STILL_SO = any_of(
    rf"(?:^|[.!?|]\s*)(is|are|do|does|have|has)\b(?! you still {_PRESENT})([^.!?|]|\.(?=\S))*"
    rf"\b(still(?! {_TO_GO_ON})|same|up[- ]to[- ]date)\b[^.!?|]*\?"
)
"""A question whether something about a person is still so. A no states something too."""

ASKS_OF_A_PERSON = any_of(
    r"(?:^|[.!?|]\s*)(is|are) (?!(you|this|that|everything|all)\b)([^.!?|]|\.(?=\S))*"
    r"\b(your|yours|above|below|under|over|more|less) ?[^!?|]*\?"
    r"|(?:^|[.!?|]\s*)are you (?!(there|here|sure|ready|new|in a|interested|happy|enjoying"
    r"|ok(ay)?|done|still|already|an? ((existing|registered|upstox) )*(customer|client|user|member"
    r"|robot|human|bot))\b)[^!?|]*\?"
)
"""A question on who a person is or what they have, not on what they want."""

BARE_NO = any_of(
    r"^\W*(no|nope|nah|(ji )?nahi+n?|(जी )?नहीं|না|ના|ਨਹੀਂ|ନାହିଁ|نہیں)"
    r"(\W+(i|we|it|they|there)\b( ?\w+)?(n['o]t| not| never)( yet)?)?\W*$"
)
"""A no that names nothing, so that only the question tells what it says."""

BARE_YES = any_of(
    r"^\W*(yes|yeah|yep|(ji )?haa?n( ji)?|(जी )?ह(ाँ|ां)( जी)?)(\W+(i|we)\b.{0,20})?\W*$"
)
"""A yes that names nothing either."""

_DENIED_WITH_AN_OFFER = (
    r"^(?!.*\b(keep(?! (me|you)\b)|retain|continu\w*|renew\w*|maintain|agree|accept\w*|consent"
    r"|confirm|correct|true|approve|authori[sz]e|nominat\w+|declar\w+|FATCA|tax|citizen|resident"
    r"|GST|PEP|terms|conditions|charges)\b"
    rf"|.*\b(use|ask(ed)?|require[sd]?)\b.{{0,24}}\b{parts.PROTECTS})"
)
"""Not of a question whose no gives something up, refuses to agree, or states something."""

_SETS_SOMETHING_UP = (
    r"(turn on|switch (on|to)|enable|activate|try|take (a|the|our)|get|set up|add|create"
    rf"|use(?! {parts.PROTECTS})|see|show|install|download|subscribe|upgrade|remember|trust|join"
    r"|start|allow|share|invite|rate|explore|discover|learn|save (this|your|my)|notify"
    r"|send (me|you)|log ?out|sign ?out|make|move|(stay|keep (me|you)) (logged|signed) in"
    r"|don.t ask|chalu)"
)

OFFERS = any_of(
    rf"{_DENIED_WITH_AN_OFFER}.*("
    r"\b(do|would|might|will) you (also |now )?(want|like|wish|care|prefer|mind|fancy|need)\b"
    r"|\b(did you (like|enjoy)|(are|were) you (interested|enjoying|happy|satisfied|ready))\b"
    r"|\b(interested in|how about|shall we|should we|(can|may|could) we|fancy|care (to|for)"
    r"|got (a|\d+) (minute|moment|second)s?)\b"
    r"|\b(was|is|were) (this|that|it|the|your|our)\b.{0,30}\b(helpful|useful|easy|clear|smooth)\b"
    r"|\b(chah(te|ti|enge|iye|ta)|chalu kar\w*|yaad rakh\w*)\b"
    r"|याद रख|चाह(ते|ती|ेंगे|िए)|चालू करें|पाएँ|पाएं)",
    rf"{_DENIED_WITH_AN_OFFER}\W*(\w+, )?((do you )?(want|wish|like|need|ready) )?(to )?"
    rf"({_SETS_SOMETHING_UP}\b|(want|like|need) (?!to\b)\w)",
    r"\b(trial|offers?|survey|feedback|tour|newsletter)\W*\??$",
    r"\bis this (computer|device|browser|phone|laptop|one)? ?(your own|yours|private|trusted"
    r"|personal|safe)\b|\bis this (your own|an? (private|trusted|personal)) \w+\W*$",
)
"""Words that offer something, so that a no leaves all as it is."""

ASKS_FOR_A_CUSTOMER = any_of(
    r"(^|[|.!?]\s*)(are you( already)?|do you( already)? have|have you( already)?( got)?|already"
    r"( have)?|got) ((an?|our|one of our|with) )?((existing|registered|upstox|demat|trading) ){0,2}"
    r"(accounts?|customers?|clients?|users?|members?)( (with|at|on|of) (us|upstox))?\s*\?",
    r"(^|[|.!?]\s*)(kya )?(aap(ka|ke paas)?|aapka) (pehle se )?(upstox )?(account|khata|customer"
    r"|user|grahak|client)( pehle se)? (hai|hain|ho)\s*\?",
    r"(^|[|.!?]\s*)(क्या )?(आप|आपका|आपके पास) (पहले से )?(upstox |अपस्टॉक्स )?(के |का )?"
    r"(ग्राहक|खाता|अकाउंट|यूज़र)( पहले से)? (हैं|है)\s*\?",
)
"""A question that everybody who logs in answers with yes."""

IS_A_CUSTOMERS_YES = any_of(
    r"^\W*(yes|sure|haan|हाँ)(\W+(i (do|am|have)( (one|an account|a customer))?|log (me )?in"
    r"|existing|ji|जी|hai|है|hoon|हूँ))?\W*$"
)
"""A customer's yes that asks for nothing else, such as a call."""

ASKS_TO_CHOOSE = any_of(
    r"^(?!.*\b(themes?|languages?|looks?|layouts?|views?|modes?(?! of)|appearance|display(?! name)"
    r"|fonts?|versions?(?! of)|colou?rs?|dark|avatar|home ?(screen|page)|dashboard|charts?"
    r"|watch ?lists?|alarms?|reminders?|pace|verify|faster|in (one|a|\d+) (tap|click)s?)\b)"
    r"((.*[.!?] )?\W*((please|first|now),? )?"
    r"((choose|select|pick|decide) (?!(what (you|to)|(an? |the )?(smarter|better|best|faster"
    r"|easier|simpler|right)|wisely|upstox|any|of|up)\b)|set (your|an?|the)\b)"
    r"|.*\bwho (gets|receives|inherits|should (get|receive))\b)"
)
"""Words that ask for a choice for the account, not for the look of the app."""

ASKS_FOR_NUMBER = any_of(
    r"is this (your|the (right|correct)) (mobile |phone )?number"
    r"|(check|confirm) (your|the) (mobile |phone )?number"
    r"|\bis [\d*•xX·+ ]{6,}(still |really )?(your|the (right|correct)) (mobile |phone )?number"
)

ASKS_IF_RIGHT = any_of(
    r"\b(is|does) (this|that|the|your) (mobile |phone )?number( [\d*•xX·+ ]{6,})?"
    r" (look )?(right|correct)\W*(\?|$)"
)
"""A question that asks the same right after a number was typed, and of any number later."""

SHOWS_A_NUMBER = any_of(r"\b[6-9]\d{0,4}[*•xX·]{2,8}\d{2,4}\b")
"""A mobile number with hidden digits."""

OF_THE_NUMBER = any_of(
    r"\b(mobile |phone )?number\b|\b(this|my|the|your|registered) (mobile|phone)\b|[\d*•xX·+ ]{4,}"
)
"""How a control names the number that is shown."""

CONFIRMS = any_of(r"^\W*(confirm|yes|correct)(?!\w)")
"""Words that call a number right."""

CONFIRMS_OR_SENDS = any_of(r"\b(yes|confirm|verify|send|get|request|text|use|that.s|it.s)\b")
"""Words of a control that calls a number right or has a code sent to it."""

CORRECTS = any_of(
    r"\b(edit|change|modify|update(?! ((the|my|your) )?(browser|app|version)\b)"
    r"|correct(?= (it|this|that|the|my|your|number|details)\b))\b|बदल|badl"
)
"""Words that correct what a screen shows, so that to go on is to call it right."""

CORRECTS_THE_NUMBER = any_of(
    r"\b(edit|change|modify|update|correct)( (the|my|your))?( (mobile|phone))? (number|no)\b"
    r"|(नंबर|number) (बदल|badl)"
    r"|\b(another|(a )?different|wrong|not (my|your|the right)) (mobile |phone )?(number|mobile)\b"
)
"""Words that correct the number that the login has typed."""

CHOOSES_LANGUAGE = any_of(r"\b(languages?|themes?|appearance|bhasha)\b|भाषा")
"""Words of a screen whose choice is for the page, not for an account."""

ENGLISH = any_of(r"^\W*english( \(?(india|default|IN)\)?)?\W*$")

LANGUAGE = any_of(
    r"^\W*(हिन्दी|हिंदी|hindi|मराठी|marathi|ગુજરાતી|gujarati|বাংলা|bengali|bangla|தமிழ்|tamil|తెలుగు|telugu"
    r"|ಕನ್ನಡ|kannada|മലയാളം|malayalam|ਪੰਜਾਬੀ|punjabi|ଓଡ଼ିଆ|odia|اردو|urdu|অসমীয়া|assamese)"
)
"""Languages to choose from. The tables know English best."""
