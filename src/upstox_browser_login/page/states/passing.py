"""What passes a screen between the forms by, says no to it, or closes it."""

from __future__ import annotations

from upstox_browser_login.page.pattern import any_of

from . import parts

_ONCE = r"^\W*((just|only) ((this|the) (once|time)|once|for (now|today))|this (time|once) only)\W*$"

_STAYS = r"^\W*(stay|remain|stick|continue|go on) (on|in|with|to) (the |my |this )?"
"""To do something once only, and to stay with something."""

PASS_BY = any_of(
    r"^\W*(skip(?! to (the |main )*(content|navigation|menu|search|footer))"
    r"|maybe not|not (right )?now|not (today|yet|this time)"
    r"|(maybe )?(some other|another|next) time|(maybe )?later|no,? thank(s| you)"
    r"|(remind|ask|nudge|ping|prompt) me"
    r"|not interested|not for me|no need|ask again|snooze"
    r"|i.?ll (do|get to|decide|think|add|set|pass|stay|use the web(site)?)"
    r"|do (it|this) later|without|stay here|use (the )?web(site)?|(abhi|filhaal) nahi|baad mein"
    r"|phir kabhi|((abhi|filhaal)( ke liye)? )?(rehne|jaane|chhod) (do|dein|dijiye)"
    r"|((अभी|फ़िलहाल|फिलहाल)( के लिए)? )?(रहने|जाने|छोड़) (दो|दें|दीजिए)"
    r"|बाद में|अभी नहीं|छोड़ें|फिर कभी)(?!\w)",
    r"(skip|later|not now|no,? thanks|without (it|the app|a passkey)|for now|this time"
    r"|(some other|another) time|tomorrow)\W*$",
    r"^\W*(continue|stay|proceed|go on|carry on|keep using)\b.{0,20}\b(web(site)?|browser|desktop"
    r"|(this|old|current) version)\W*$",
    r"\b(browser|web) (mein|me|par|pe)\b",
    r"^\W*keep (using )?(my|the|your|this|current|existing|present|same|old|it off)\b",
    r"^\W*keep (all|both|them|these|those)\b(?!.*\b(benefits?|perks?|features?|plus|pro|premium"
    r"|plans?|trial)\b)",
    r"^\W*(continue|go on) with (it|this|that|them) (\w+ )?off\b",
    r"^\W*((stay|remain)|keep me) (logged|signed) in (there|everywhere|on (all|every|both"
    r"|(the|my) others?))\b",
    rf"{_STAYS}(classic|old|current|existing|standard|regular|present|original|usual|light|dark"
    r"|same|basic|default|lite)\b",
    r"^\W*keep (light|dark|classic)\b",
    rf"^\W*({parts.LATER}|{parts.SKIP})|^\W*अभी के लिए|छोड़ें\W*$",
    r"^\W*(use|enter|(continue|carry on|go on|keep going|log ?in|sign ?in) (with|using)) "
    r"(my |your |the |a )?M?PIN( (instead|for now|as usual))?\W*$",
    _ONCE,
    r"^\W*(continue|proceed|go on|carry on|stay|go) without\b"
    r"(?!.*\b(T?OTP|M?PIN|2FA|authenticator|verif\w*|security|protection)\b)",
    # Only named things, since "I don't want" may be a declaration, such as of nominees.
    r"^\W*i (don.?t|do not) (have|want|need|use) (an? |the |this |that |these |those |any |one of "
    r"these )?((referral|promo|invit\w+|coupon|gift|friend.?s) )?(code|coupon|it|one|this"
    r"|that|these"
    r"|those|them|notifications?|alerts?|updates?|e-?mails?|messages?|offers?|passkey|tips?|help"
    r"|reminders?|tour)( (right )?now| today| yet)?\W*$",
    r"^\W*(i.?d |i would )?(rather|prefer) not( to)?( (say|answer|tell|rate|share))?\W*$",
    r"^\W*(i.?m (good|fine|all set)(,? (thanks?( you)?|for now|as (is|it is)))?"
    r"|pass( on (it|this|that))?"
    r"|nope|nah|never ?mind|(please )?(count|leave) me out( of (it|this|that))?|hard pass"
    r"|i.?ll (sit|skip) (it|this|this one) out|give (it|this) a miss)\W*$",
    r"^\W*(leave (it|(this|that|it|them|these|those|all|everything) (as|for|be|off)|as)\b"
    r"|stay with|stick (with|to) (what|it|this|that|how)\b"
    r"|keep (it|this|using|what)(?! (with|in|at)\b))\b",
    r"^\W*continue as (i am|before|usual)\b",
    r"^\W*(nah|nope|no|thanks),? (but )?(skip|later|maybe|remind"
    r"|not (now|today|yet|this time|interested|for me)|i.?ll (skip|pass|wait))\b",
    r"^\W*not my thing\W*$",
    # Who does something alone wants no help with it.
    r"^\W*(i.?ll|i can|i.?d rather|let me) (explore|look around|find (it|my way)( around)?"
    r"|figure (it|this|things) out) (on my own|(by )?myself)\W*$",
    r"^\W*(i.?ll )?stick (with|to) (my |the )?(M?PIN|password|browser|web(site)?)\W*$",
    r"^\W*(end|exit|quit|leave|stop|finish|close|dismiss|skip|hide|cancel) (the |this |all )?"
    r"((product|guided|quick) )?(tour|guide|walk-?through|tutorial|intro(duction)?|demo|tips?"
    r"|onboarding)\W*$|^\W*(dismiss|skip|hide) all\W*$",
    r"^\W*(no,? )?not (on|for) (this|that) (one|device|browser|computer|laptop|machine|phone)\W*$",
    r"^\W*(i.?m |we.?re )?not (required|needed|necessary|interested|keen|for (me|now)|at (this|the)"
    r"|today|(right )?now|yet|ready|this time|really)\b[^?]*$",
    r"^\W*(\w+ ){1,3}(later|another (time|day)|some other (time|day)|next time)"
    r"( (today|on|please))?\W*$",
    r"^(?!\W*(activate|enable|apply|upgrade|pledge|convert|lend|sell|start|automatic\w*"
    r"|turn on)\b).*"
    r"\b(after|once) (i.?m in|i (log|sign) ?in|(log|sign)(ging|ning)?[- ]?in|login)\W*$",
)
"""Words that pass a screen by and say neither yes nor no."""

CHOOSES = any_of(_ONCE, rf"{_STAYS}(standard|regular|basic|default|lite)\b")
"""Words that pass a screen by, but take the smallest offer where something is offered."""

KEEPS = any_of(r"^\W*(leave|stay with|stick (with|to)|keep|continue as)\b")
"""Words by which all stays as it is, which may cost money."""

_SKIPPABLE = (
    r"(tour|guide|walk-?through|tutorial|intro\w*|demo|tips?|onboarding|set-?up|survey|feedback"
    r"|rating|quiz|videos?|ads?|advert\w*|updates?|offers?|news|steps?|screens?|pages?|slides?)"
)

SKIPS_ONE_THING = any_of(
    r"^\W*skip\b(?!\W*$)(?!\W*(it|this|that|here|all|now|later|anyway|please|ahead)\W*$)"
    r"(?! ((it|this|that) )?(for (now|the moment)|right now|later)\W*$)"
    rf"(?! (the |this |that |all |these |product |quick )*{_SKIPPABLE}\b)"
    r"(?! to (the |my )?(app|dashboard|home|log ?in|web\w*|site|markets?|upstox)\b)"
    r"(?! (and|&) (continue|go|proceed|log|sign|enter|start|take me)\b)",
    r"\w.*छोड़ें\W*$",
)
"""Words by which one thing is left out, such as an instalment: "Skip SIP", "Skip once"."""

_DEED = (
    r"^\W*(square|sell|buy|exit|roll|convert|redeem|opt|pause|stop|withdraw|transfer|pledge|place"
    r"|book|release|close (all|my|the|it|position\w*))\b"
)

ACTS_FOR_NOW = any_of(rf"{_DEED}.*\b(for (now|today)|this time|today|tomorrow)\W*$")
"""Words that do something now, and end as words that pass an offer by: "Sell for now"."""

ACTS_LATER = any_of(
    rf"{_DEED}.*\blater\W*$",
    r"^\W*leave (as (?!(is|it is|they are|before)\b)|(it|this|that|them|these) to )\w",
)
"""Words that put off what is offered, and plan or give it away where it happens anyway."""

KEEPS_ONE_THING = any_of(
    r"^\W*(keep|stay|remain) (?!(me|us|logged|signed|on|in|with|at|active|enabled|updated?|informed"
    r"|posted|connected|protected|safe|secured?|notified|ahead|invested|tuned|subscribed|up|out"
    r"|going|alive|\w+ing|growing)\b)[\w-]+( [\w-]+)?\W*$"
)
"""Words beside "Continue" by which one thing stays as it is: "Keep e-mail", "Stay single"."""

OFFERS_ANOTHER_PROOF = any_of(
    r"\bpass-?keys?\b|\bface\b|\bfinger-?print|\bbiometric|\btouch id\b|\bwindows hello\b|\bthumb"
)
"""Words of a screen that offers to log in by something else than the PIN from now on."""

KEEPS_THE_PIN = any_of(
    r"^(?!\W*(no|nahi) M?PIN)\W*"
    r"((no|nah|nahi|thanks|please|just|rather|i|i.?ll|i.?d|i.?m|let|me|prefer|like|want|use|using|keep"
    r"|stay|stick|go|carry on|continue|type|enter|(log|sign) ?in|fine|good|happy|ok(ay)?|to|with|by"
    r"|on|in|the|my|your|old|existing|current|usual|mera|apna|mujhe)\W+)*(M?PIN|पिन)"
    r"(\W+(instead|is|hi|fine|enough|ok(ay)?|good|theek|hai|se|chalega|kaafi|works|for|now|only|as"
    r"|before|usual|please|thanks|me|ही|ठीक|है|से))*\W*$"
)
"""Words beside such an offer that name the PIN and change nothing."""

STAYS_IN = any_of(r"^\W*(stay|remain|keep me) (logged|signed) in\W*$")

LOGS_OUT = any_of(r"\b(log|sign) ?(me )?(out|off)\b")
"""Words that leave other logins as they are, and words that end them."""

_LATER = (
    r"(automatically|always|every ?time|each time|on (close|exit)|at the end\b[^,;&+]*"
    r"|(when|whenever|after|once|as soon as|if (?!(this|it|that)\b))\b[^,;&+]*)"
)

LOGS_OUT_LATER = any_of(
    rf"^\W*(no,? )?(log|sign) ?(me )?(out|off) {_LATER}\W*$",
    r"^\W*(no,? )?(always|automatically) (log|sign) ?(me )?(out|off)\b[^,;&+]*$",
)
"""Words by which this login ends later, and is not remembered."""

OFFERS_TO_STAY = any_of(r"\b(stay|remain|keep (me|you)) (logged|signed) in\b")
"""Words of a screen or control that offer to remember this login."""

_NO = r"(না|ના|வேண்டாம்|వద్దు|ಬೇಡ|വേണ്ട|ਨਹੀਂ|नको|ନାହିଁ|نہیں)"

DECLINE = any_of(
    r"^\W*(no|don.?t|do not|decline|reject|dismiss|hide|close|cancel|nahi|band kar\w*"
    r"|नहीं|बंद करें|रद्द)(?!\w)",
    r"^\W*[\u00d7\u2715\u2716xX]\W*$",
    rf"^\W*{_NO}\W*$",
)
"""Words that say no to a screen, or close it."""

NO_THANKS = any_of(rf"^\W*{_NO}\W+({parts.THANKS})\W*$")
"""A no with thanks, which declines an offer. To a question it may be an answer."""

MORE_THAN_NO = any_of(
    r"^\W*no\b\W*(i.?ve|i (have|need|live)|i( a|.)?m not an?\b|it has\b|not mine|undo|revert|exit"
    r"|take me off|keep (the |my )?(trial|plan|subscription|plus)|open|create|make|change|edit"
    r"|update|use|report|block|secure|call)\b(?!.*\b(M?PIN|web(site)?|browser|later|now)\b)"
)
"""A no that does something else as well, such as to open an account."""

IS_A_NO = any_of(r"^\W*(no|nahi|नहीं)(?!\w)")
"""A no, beside which a yes is an answer even without a question mark."""

DENIES = any_of(
    r"^\W*(no|nahi|नहीं|रद्द|deny|reject|decline|refuse|never|cancel|don.t|do not)(?!\w)"
    r"(?!\W*(thank|not interested|(don.t )?(show|ask|remind)|(i.?ll )?(keep|stay|use)\b))"
)
"""A no to all that a screen tells of, and not only to an offer."""

BLOCKS = any_of(r"^\W*(block|deny|never( allow)?|disallow)\W*$")
"""A no to a permission. On other screens it may block the account."""

SHUTS = any_of(
    r"^\W*(dismiss|hide|close|cancel|band kar\w*|बंद करें|रद्द)(?!\w)"
    r"|^\W*[\u00d7\u2715\u2716xX]\W*$"
)
"""Words that close a screen and answer nothing."""

HIDES = any_of(r"^\W*(dismiss|hide)\W*$|^\W*[\u00d7\u2715\u2716xX]\W*$")
"""Words that only take a screen away."""

ONLY_CLOSES = any_of(
    HIDES.pattern, r"^\W*(dismiss|hide|close)( (this )?(dialog|window|message))?\W*$"
)
"""Words that close a dialog and name nothing."""

CALLS_OFF = any_of(r"^\W*(cancel|stay( here)?|go back|back|stop)\W*$")
"""Words that end what is under way, and do not only decline an offer."""
