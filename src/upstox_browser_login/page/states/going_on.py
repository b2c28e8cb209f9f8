"""What leads on from a screen between the forms, and what does more than that."""

from __future__ import annotations

from upstox_browser_login.page.pattern import any_of

from . import parts

_HAS_READ = (
    r"((i( ha|.)?(ve)? )?read (and|&) (underst(oo|an)d|noted)( (this|it|the risks?))?"
    r"|i( ha|.)?(ve)? read (this|it|them|the risks?)( (and|&) underst(oo|an)d( (this|it))?)?)"
)
"""Words by which a person says to have read what a screen says."""

ACKNOWLEDGES = any_of(
    r"^\W*((ok(ay)?|alright|great|nice|cool|super|sure|perfect|fine)\W+)?(noted|got it"
    r"|understood|thanks?( you)?|dismiss|mark as read|samajh gay[ai]"
    rf"|{_HAS_READ})"
    r"(\W+(continue|go on|next|proceed|thanks?( you)?|aage( \w+)?|chalein|chaliye))?\W*$",
    r"^\W*समझ (गया|गई|लिया)(\W+(आगे( बढ़ें| चलें)?|जारी रखें))?\W*$",
)
"""Words that only say that a screen was read, and take or confirm nothing."""

IS_FINE = any_of(r"^\W*((ok(ay)?|alright|fine)\W*)+$|^\W*(theek hai|ठीक है)\W*$")
"""A bare word of assent, which only says that the screen was read where nothing is asked for."""

NEUTRAL = any_of(
    r"^\W*(go|proceed|take me) to (the |my |your )?(dashboard|home|app|portfolio|markets?"
    r"|account)\W*$"
    r"|^\W*take me to (my|your) (trades|orders|positions|funds|holdings)\W*$"
    r"|^\W*(view|see|open|explore|enter) ((the|my|your) )?(upstox|dashboard|home|app|markets?"
    r"|watch ?lists?|terminal)\W*$"
    r"|^\W*((start|keep|resume|continue) (trading|exploring|going|browsing)|let.?s (trade|explore)"
    r"|explore( now)?|begin|enter|all done|move on|onwards?|ignore)\W*$"
    r"|^\W*continue to (my|your) (trades|orders|positions|funds|holdings)\W*$"
    r"|^\W*continue (with (the )?(log|sign)[ -]?in|(logging|signing) in)\W*$",
    r"^\W*(continue|next|proceed|ok(ay)?|got it|(i( ha|.)?(ve)? )?underst(an|oo)d|noted"
    r"|go (on|ahead)|carry on|done|start(?= *\W*$)"
    r"|let.?s (go|start|begin)|get started|view login"
    r"|(jump|hop|dive|head|step) (straight |right |on )?in(side)?(?=\W*$)"
    r"|go to log ?in|log ?in|take me (there|to|in(side)?|on|ahead|through|home)"
    r"|acknowledge|alright|fine|(i.?ll )?wait(?=\W*$)"
    rf"|{_HAS_READ}(?=\W*$)"
    r"|samajh gay[ai]|theek hai|let me (in(side)?|through)(?=\W*$)"
    r"|shuru kar\w*|chaliye|jaari rakh\w*|ठीक है|समझ गया|जारी रखें|आगे( बढ़ें)?|शुरू करें|चलिए"
    r"|aage)(?!\w)",
    rf"^\W*({parts.ONWARDS}|{parts.UNDERSTOOD})|^\W*mark as read\W*$",
    r"^\W*(tap|click|press|touch)( anywhere| here| (on )?the screen)? to "
    r"(continue|proceed|go on|begin|start|enter)\W*$",
)
"""Words that say neither yes nor no to a screen."""

NO_MORE = (
    r"and|&|then|so|please|thanks?|you|anyway|now|here|again|securely|safely|today|to|the|my|your"
    r"|this|that|it|a|in|on|with|for|from|as|of|me|us|we|i|i.?m|i.?ll|i.?ve|let|let.s|lets|go|going"
    r"|keep going|press on|bring it on|off we go|ahead|next|up|when|are|bring me|journey"
    r"|continu(e|ing)|proceed|carry|move|walk|take|got|noted|underst(and|ood)|acknowledge|ok(ay)?|fine"
    r"|alright|great|cool|sure|good|sounds|makes|sense|perfect|wow|yay|awesome|gotcha|nice|super|fair"
    r"|enough|instead|no|problem|worries|all (set|good|done|right)|right|that.s|it.s|see|seen"
    r"|read|reading|risks?|involved|be|careful|remember|ready|done|finish(ed)?|wait|check|back|bye"
    r"|return|resume|stay|(logged|signed) in|roll|jump|hop|dive|head|step|onwards?|along|logging"
    r"|log-?in|(log|sign)( me)? in|sign-?in|signing|enter|home|page|screen|message|notice|window"
    r"|dialog|app|site|web(site)?|dashboard|portfolio|account|markets?|watch ?list|terminal"
    r"|trad(e|ing)|upstox|(?<=upstox )pro|M?PIN|T?OTP|code|verification|browser|desktop"
    r"|device|version|computer|laptop|english|hindi|steps?|slide|tip|one|s|sec(ond)?s?|begin"
    r"|start|get|started|inside|through|there|straight|over|close|by|open|show|hide|dismiss|don.t|ask|view|set"
    r"|aage|agle|chal\w*|badh\w*|kar\w*|rakh\w*|shuru|jaari|hai|hain|theek|samajh|gay[ai]|accha"
)
"""Words after one of going on that only say how or where to."""

NAMES_WHO_OR_WHERE = (
    r"(?<!\w)((as|to) ([A-Z][\w.]*\W*)+([\w*+]*\d[\w*+]*\W*)?|as [\w.+-]+@[\w.*-]+\W*)\Z"
)
"""Whose account or which app, after words of going on: "Continue as Asha"."""

LEADS_IN = any_of(
    r"^\W*((ok(ay)?|yes|yay|sure|right|alright|great|fine|cool|nice|perfect|good|super|thanks"
    r"|thank you|got it|awesome|all set|haan|theek hai|ठीक है|हाँ)\b[\s,.!:–-]*)+(?=\w)"  # noqa: RUF001
)
"""A word of assent before the words of what a control does."""

LEADS_ON = any_of(
    r"\b(let.?s|let me|take (me|us)|go(ing)?|next|on(wards?)?|in|inside|through|ahead|forwards?|to"
    r"|ready|begin|resume|done|finish(ed)?|ok(ay)?|fine|cool|great|nice|good|perfect|awesome"
    r"|return now"
    r"|super|wow|yay|thanks?|right|alright|sure|close|got|gotcha|understood|understand|noted"
    r"|proceed|continue|enter|home|log ?in|sign ?in|bye|will do|seen|i see)\b"
    r"|\b(chal(o|en?|ein|iye|te|na)?\b|samajh|theek|accha|aage)|आगे|समझ|ठीक|चल|अच्छा"
)
"""Words of going on, of having seen something, or of assent."""

ASSENTS = any_of(
    r"^\W*((ok(ay)?|alright|fine|sure|yes)\W+)*"
    r"(ok(ay)?|alright|fine|sure|done|start|begin|go ahead|theek hai|ठीक है)\W*$"
)
"""Words that say yes to a screen, which on an unknown screen may have something done."""

IS_A_YES = any_of(r"^\W*(yes|sure|haan|हाँ)(?!\w)")
"""A yes, which answers a question and does more than go on."""

GLAD = any_of(
    r"^\W*start (trading|investing)\W*$",
    r"^\W*((that|it|this) )?looks (good|great|nice|fine)( to me)?\W*$|^\W*(i )?(like|love) it\W*$",
    r"^\W*(great|awesome|cool|thanks|thank you|yay|perfect|nice|super|wow|wonderful|hurray)\W*"
    r"( (let.?s )?(continue|proceed|next|go on|got it|go))?\W*$",
)
"""Words of gladness, which do nothing on a screen that certainly costs nothing."""

DOES = any_of(
    r"\bskip to\b|\b(start|take(?! (me|us)\b)|try|view|see|read|open|watch|explore|discover"
    r"|review|verify|confirm|submit|send|share|allow|grant|approve|authori[sz]e|add|update"
    r"|upload|complete"
    r"|apply|register|book|claim|request|convert|renew|link|connect|sign(?! ?in)|nominate|join"
    r"|opt|retry|reload|refresh|choose|select|pick|activate|enable|turn|switch|upgrade|get|set"
    r"|use|call|chat|report|save|lock|fix|freeze|hold|bid|cash|trade in|commit|make|change|edit"
    r"|download|install|learn|know|show|contact|help"
    r"|count|i.?m in|do (it|this|that)|happen|pro|gold|prime|elite|live|create|reset|clear"
    r"|support|authenticator|schedule|pledge|accept|agree|yes|cancel|again|karein"
    r"|karo|kijiye|karna|करें|करो|कीजिए)\b"
)
"""What a control does that does more than lead on from a screen."""

OTHER_WAYS_IN = any_of(
    r"with (google|apple)|qr|passkey$|trust|enable|add nominee|video|turn on"
    r"|^\W*(continue|proceed|log ?in|sign ?in) (with|using|via|by)\b(?!.*\b(this|same|current)\b)"
    r"|\bwithout\b"
)
"""What leads in by another way, or does more than to lead on."""

GIVES_UP = any_of(
    r"\b(back|return|exit|leave|go) (to |for )?(the |our |upstox.s )?(web ?site|home ?page)\b"
    r"|\b(app|play) ?stores?\b|google play"
    r"|\bto (the |our |my )?(\w+ )?(store|shop|market ?place|cart|basket|checkout)\W*$"
    r"|(log|sign) ?(me )?out|cancel (the |this )?(log ?in|sign ?in)"
    r"|(go )?back\b(?! to (the |your |my )?(app|log ?in|sign ?in|upstox)\b)|start (over|again)"
    r"|end (the |this |my )?session|(wasn|isn|not?)( is|.t)? (me|you)\b"
    r"|\b(secure|block|lock|freeze|report) (it|this|that|the|my|your|account|device)\b|main nahi"
    r"|\b(use|try|switch to|with|to|as|into) (another|a different|some other) "
    r"(number|account|mobile|user|person|profile)\b"
    r"|लॉग ?आउट|वापस|मैं नहीं"
)
"""What leads out of the login; no way past a screen."""

DOES_ANOTHER_THING = any_of(
    r"^\W*(update|upgrade|manage|watch|open|switch (account|user)s?|edit|change|explore|discover"
    r"|try|print|copy|share|rate|invite|refer|add|create|set|enable|turn on|activate|apply|buy|sell"
    r"|invest|trade|pay|secure|lock|block|report|log ?out|sign ?out|resend|send again|track"
    r"|book|start|play|listen|scan|install|join|claim|register|subscribe|renew|pledge"
    r"|get (the|my|started)|complete|verify|link|connect|review|check|compare)\b",
    r"\b(notice|polic(y|ies)|terms|privacy|faqs?|help|status( page)?|circular|study|settings"
    r"|language)\W*$",
)
"""What a control does that says neither yes nor no to a screen, so that going on does not do it."""

LEADS_HOME = any_of(
    r"\b(home|dashboard|portfolio|markets?|website)\b|\b(log|sign)[ -]?in\b|\bstart (over|again)\b"
)
"""What leads to the first page, or begins another login."""

BEGIN = any_of(
    r"^\W*(yes,? |let me |i want to )?(log|sign) me in\W*$",
    r"^\W*(yes,? |(existing|already)( a)? (user|customer|client|member),? "
    r"|(take me|bring me|go|back|return) to )?(the )?(log ?in|sign ?in)"
    r"( (page|screen|form|now|here))?\W*$",
    r"^\W*(log ?in|sign ?in)( (to|on|now|again|here|instead|securely|kar\w*)\b.{0,20})?\W*$",
    r"\b(continue|proceed) to (log|sign) ?in\W*$",
    r"^\W*लॉग ?[इि]न",
    r"^\W*(i.?m |i am )?(an? )?(already|existing)( an?)? (\w+ )?(customer|client|user|member)\W*$",
    r"^\W*i (already )?have an account\W*$",
    r"^\W*(i.?m |i am )?(an? )?upstox (customer|client|user)\W*$",
    r"\b(existing|already|have an account|customer|member)\b.{0,30}\b(log|sign) ?in"
    r"( to (my|your|the) (upstox )?account)?\W*$",
)
"""What leads from a start screen to the login."""

NEXT_FORM = any_of(
    r"^\W*(enter|type( in)?) (the |my |your )?(SMS |log ?in |\d-digit )?(code|T?OTP)( now)?\W*$",
    r"^\W*i.?(ve| have)? ?(got|have|received) (it|((the|my) )?(code|T?OTP|SMS|message))( now)?\W*$",
    r"^\W*(tap|click|press|touch) (here )?to (enter|type)( in)? (the |my |your )?"
    r"(T?OTP|M?PIN)\W*$",
    r"^\W*(T?OTP|code|PIN|ओटीपी|कोड|पिन) (daal|likh|enter kar|दर्ज कर|डाल|लिख)\S*\W*$",
)
"""What leads to the form that a login has next."""

TRIES_ANEW = any_of(r"^\W*(try|enter|type)( (it|the code))? again\W*$|^\W*retry\W*$")
"""What closes a box that tells of a refused code."""

TURNS_A_SLIDE = any_of(r"\b(next|previous) slide\b|\b(go to )?slide \d")
"""What libraries call the controls of a row of pictures, which only tells of something."""

GOES_BY_ITSELF = any_of(
    r"\bif (nothing happens|you( are|.re) not (being )?(redirected|taken|sent|forwarded)"
    r"|you( are|.re)n['o]t (being )?(redirected|taken|sent|forwarded)"
    r"|(it|this|that) takes (too|very) long"
    r"|(it|this|the page|the app) does(n['o]t| not) (open|load|redirect|appear))\b"
)
"""Words of a screen that leads on by itself, with a link for where it does not."""

CLICKS_HERE = any_of(
    r"^\W*((please )?(click|tap|press) )?here\b(?! to\b)"
    r"|^\W*(continue|go|open|proceed) manually\W*$"
)
"""What that link says."""

RETURNS = any_of(
    r"^\W*(return|go|take me there|continue)( now)?\W*$",
    r"^\W*((take me |go )?back|return) to "
    r"(?!(the |my )?(log|sign|home|start|previous|web|upstox|last))"
    r"(?!.*\b(orders?|stores?|sell|buy|baskets?|cart|payments?|offers?)\b)",
)
"""What leads back to the app that the login was begun for, whose name nobody here knows."""

SAVES = any_of(
    r"^\W*(save|apply|set)( (it|this|language))? ?(and|&) (continue|proceed|go on|next)\W*$"
)
"""What keeps a choice and goes on."""
