"""What leads past a screen between the forms: words of its controls, and of the screen itself."""

from __future__ import annotations

import re

from upstox_browser_login.page.pattern import any_of

from . import parts

_PROTECTS = (
    r"((the|my|your) )?(M?PIN|passcode|T?OTP|2FA|authenticator|password|two[- ]?(step|factor))\b"
)
_ONCE = r"^\W*((just|only) ((this|the) (once|time)|once|for (now|today))|this (time|once) only)\W*$"
_STAYS = r"^\W*(stay|remain|stick|continue|go on) (on|in|with|to) (the |my |this )?"
"""What a login is protected by, words by which something is done for once, and is kept."""

_COMES_OF_IT = (
    r"\b(?<!not )(?<!n.t )(record|declar|treat|consider|assum|deem|lapse|forfeit|cancel|reject"
    r"|lost|lose(?! nothing)|opt(ed|ing)? (in|out)|(?<!stays )(?<!remains )clos(ed|es)\b)"
)
"""What may come of it that a screen is passed."""

PASS_BY = any_of(
    r"^\W*(skip(?! to (the |main )*(content|navigation|menu|search|footer))"
    rf"(?! {_PROTECTS})"
    r"|maybe not|not (right )?now|not (today|yet|this time)"
    r"|(maybe )?(some other|another|next) time|(maybe )?later|no,? thank(s| you)"
    r"|(remind|ask|nudge|ping|prompt) me"
    r"|not interested|not for me|no need|ask again|snooze"
    r"|i.?ll (do|get to|decide|think|add|set|pass|stay|use the web(site)?)"
    r"|do (it|this) later|without|stay here|use (the )?web(site)?|(abhi|filhaal) nahi|baad mein"
    r"|phir kabhi|((abhi|filhaal)( ke liye)? )?(rehne|jaane|chhod) (do|dein|dijiye)"
    r"|((अभी|फ़िलहाल|फिलहाल)( के लिए)? )?(रहने|जाने|छोड़) (दो|दें|दीजिए)"
    r"|बाद में|अभी नहीं|छोड़ें|फिर कभी)(?!\w)",
    r"(skip|later|not now|no,? thanks|without (it|the app|a passkey))\W*( for now)?$",
    r"(skip|for now|this time|(some other|another) time|tomorrow)\W*$",
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
    # What a person does not have or want, such as a nominee or a tax abroad, may be a declaration.
    r"^\W*i (don.?t|do not) (have|want|need|use) (an? |the |this |that |these |those |any |one of "
    r"these )?((referral|promo|invit\w+|coupon|gift|friend.?s) )?(code|coupon|it|one|this"
    r"|that|these"
    r"|those|them|notifications?|alerts?|updates?|e-?mails?|messages?|offers?|passkey|tips?|help"
    r"|reminders?|tour)( (right )?now| today| yet)?\W*$",
    r"^\W*(i.?d |i would )?(rather|prefer) not( to)?( (say|answer|tell|rate|share))?\W*$",
    r"^\W*(i.?m (good|fine|all set)(,? (thanks?( you)?|for now|as (is|it is)))?"
    r"|pass( on (it|this|that))?"
    r"|nope|nah|never ?mind)\W*$",
    r"^\W*(leave (it|(this|that|it|them|these|those|all|everything) (as|for|be|off)|as)\b"
    r"|stay with|stick (with|to) (what|it|this|that|how)\b"
    r"|keep (it|this|using|what)(?! (with|in|at)\b))\b",
    r"^\W*continue as (i am|before|usual)\b",
    r"^\W*(nah|nope|no|thanks),? (but )?(skip|later|maybe|remind"
    r"|not (now|today|yet|this time|interested|for me)|i.?ll (skip|pass|wait))\b",
    r"^\W*not my thing\W*$",
    r"^\W*(i.?ll )?stick (with|to) (my |the )?(M?PIN|password|browser|web(site)?)\W*$",
    r"^\W*(end|exit|quit|leave|stop|finish|close|dismiss|skip|hide|cancel) (the |this |all )?"
    r"((product|guided|quick) )?(tour|guide|walk-?through|tutorial|intro(duction)?|demo|tips?"
    r"|onboarding|all)\W*$",
    r"^\W*(no,? )?not (on|for) (this|that) (one|device|browser|computer|laptop|machine|phone)\W*$",
    r"^\W*(i.?m |we.?re )?not (required|needed|necessary|interested|keen|for (me|now)|at (this|the)"
    r"|today|(right )?now|yet|ready|this time|really)\b[^?]*$",
    r"^\W*(\w+ ){1,3}(later|another (time|day)|some other (time|day)|next time)"
    r"( (today|on|please))?\W*$",
    r"^(?!\W*(activate|enable|apply|upgrade|pledge|convert|lend|sell|start|automatic\w*"
    r"|turn on)\b).*"
    r"\b(after|once) (i.?m in|i (log|sign) ?in|(log|sign)(ging|ning)?[- ]?in|login)\W*$",
)
"""What passes a screen by, and says neither yes nor no to what it offers."""

MORE_THAN_NO = any_of(
    r"^\W*no\b\W*(i.?ve|i (have|need|live)|i( a|.)?m not an?\b|it has\b|not mine|undo|revert|exit"
    r"|take me off|keep (the |my )?(trial|plan|subscription|plus)|open|create|make|change|edit"
    r"|update|use|report|block|secure|call)\b(?!.*\b(M?PIN|web(site)?|browser|later|now)\b)"
)
"""What says no to a question and does something besides, such as to open an account."""

DECLINE = any_of(
    r"^\W*(no|don.?t|do not|decline|reject|dismiss|hide|close|cancel|nahi|band kar\w*"
    r"|नहीं|बंद करें|रद्द)(?!\w)",
    r"^\W*[\u00d7\u2715\u2716xX]\W*$",
    r"^\W*(না|ના|வேண்டாம்|వద్దు|ಬೇಡ|വേണ്ട|ਨਹੀਂ|नको|ନାହିଁ|نہیں)\W*$",
)
"""What says no to a screen that is in the way, or closes it."""

BLOCKS = any_of(r"^\W*(block|deny|never( allow)?|disallow)\W*$")
"""What says no to a permission; on a screen of anything else it may block the account."""

ASKS_FOR_NUMBER = any_of(
    r"is this (your|the (right|correct)) (mobile |phone )?number"
    r"|(check|confirm) (your|the) (mobile |phone )?number"
    r"|\bis [\d*•xX·+ ]{6,}(still |really )?(your|the (right|correct)) (mobile |phone )?number"
)
SHOWS_A_NUMBER = any_of(r"\b[6-9]\d{0,4}[*•xX·]{2,8}\d{2,4}\b")
"""A mobile number of which a part is hidden."""
OF_THE_NUMBER = any_of(
    r"\b(mobile |phone )?number\b|\b(this|my|the|your|registered) (mobile|phone)\b|[\d*•xX·+ ]{4,}"
)
"""How a control names the number that is shown."""
CONFIRMS = any_of(r"^\W*(confirm|yes|correct)(?!\w)")
"""What says that the number is right, which was typed and sent before."""

CONFIRMS_OR_SENDS = any_of(r"\b(yes|confirm|verify|send|get|request|text|use|that.s|it.s)\b")
"""Words of a control that calls a number right, or has a code sent to it."""

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

TELLS_OF_LOGIN = any_of(
    r"(new|another|other|different|naya) (device|browser|session|place|location)"
    r"|recogni[sz]e (this|that) ((log|sign)[ -]?in|device|browser|computer|laptop|phone)\b"
    r"|already (logged|signed) in|(logged|signed) in elsewhere|active session|(is|was) this you"
    r"|new (log|sign)[ -]?in|unrecogni[sz]ed|n.?t recogni[sz]e this (device|browser|computer)"
    r"|did this (log|sign)[ -]?in|\byou( ha|.)?ve just (logged|signed) in\b"
    r"|first (time|log ?in|sign ?in) (on|from|with|in|using) (this|a new)"
    r" (computer|device|browser|laptop|phone|machine)"
)
"""Words of a screen that tells of this very login: to cancel there would end it."""

OWNS_UP = any_of(r"^\W*(yes,? |haan,? )?(it|this|that)( is|.s| was) me\W*$|main hi hoon|मैं ही हूँ")
"""What says that this very login is one's own, which it is."""

GOES_ON_AS_ONESELF = any_of(
    r"^\W*(yes|haan|हाँ)(,? (continue|proceed|go on|log me in|jaari rakh\w*))?\W*$"
)
"""What says the same where another account may be chosen beside it."""

OTHER_WAYS_IN = any_of(
    r"with (google|apple)|qr|passkey$|trust|enable|add nominee|video|turn on"
    r"|^\W*(continue|proceed|log ?in|sign ?in) (with|using|via|by)\b(?!.*\b(this|same|current)\b)"
    r"|\bwithout\b"
)
"""What leads in by another way, or does more than to lead on."""

PASSES_BY_AND_DOES = any_of(
    r"\b((if|when|once|unless) you (choose to )?|by )"
    r"(skip|declin|dismiss|clos|ignor|cancel|say(ing)? no|do(ing)? nothing)\w*\b.*"
    rf"{_COMES_OF_IT}",
    rf"\b(skipping|declining|dismissing|closing|ignoring|saying no)\b.*{_COMES_OF_IT}",
    r"\b(skip|decline|dismiss|close|ignore|say no) to (cancel|reject|opt|close|give up|lose)\b",
)
"""Words of a sentence by which to pass a screen does something as well, such as to declare."""

_NO_DEED = r"(?! (this|the) (window|message|dialog|tab|notice|banner|screen|tip|box)\b)"
_DEED = (
    "place|pledge|remove|close|pause|cancel|stop|share|activate|submit|let|allow|send|enable|set"
    "|switch|change|delete|turn|move|convert|sell|buy|renew|redeem|transfer|nominate|authori[sz]e"
    "|agree|consent|accept|declare|opt|subscribe|pay|tender|apply|register|link|unlink|revoke"
    "|freeze|disable|replace|reset|exit|withdraw"
)
_DOES = "|".join(
    f"{verb}es" if verb == "switch" else re.sub(r"([^aeou])y$", r"\1ie", verb) + "s"
    for verb in _DEED.split("|")
)
DEED_TOLD = any_of(rf"\b({_DEED}|(sign|log) (you )?out)\b{_NO_DEED}")
DEED_DONE = any_of(rf"\b({_DOES}|(signs|logs) (you )?out)\b{_NO_DEED}")
"""Verbs by which a screen tells what a control does, as "Tap OK to share" and "OK shares"."""

_MORE_DEEDS = (
    "square off|log out|sign out|call me|opt|report|secure|lock|block|end|sell|buy|pay|invest|claim"
    "|join|lend|port|hand over|open an?"
)
_ONLY_SHUTS = r"(close|cancel|stop|exit)( (this|the)( (window|message|dialog|notice|tour))?)?\W*$"
SECOND_DEED = any_of(
    r"(,|;|:|\band\b|&|\bthen\b|\bbut\b)\W*((please|just|now|i.?ll|i want to|to) )*"
    rf"(?!let\b|send it\b|{_ONLY_SHUTS})({_DEED}|{_MORE_DEEDS})\b"
    # Not what leads on, what is put off, nor the code that a login has sent.
    r"(?! me (in|through|on|ahead|there|home|know)\b)"
    r"(?!.*\b(later|another|next (time|week)|T?OTP|code)\b)"
)
"""What is done besides, behind a word that passes by, declines or goes on: "Skip and pay"."""

CAN_BE_DONE_LATER = any_of(
    r"\b(you (can|may)( (still|always))?|to) ((?!\b(and|but|we|will|is|are)\b).)*"
    r"\b(later|any ?time)\b"
)
"""What a person who passes a screen by is told to have the choice of afterwards."""

_TO_GO_ON = r"want to (continue|proceed|go on|log ?in)\b"
_PRESENT = r"(there|here|with us|around|online|connected|awake)\b"
ASKS_IF_STILL_SO = any_of(
    rf"(?:^|[.!?|]\s*)(is|are|do|does|have|has)\b(?! you still {_PRESENT})([^.!?|]|\.(?=\S))*"
    rf"\b(still(?! {_TO_GO_ON})|same|up[- ]to[- ]date)\b[^.!?|]*\?"
)
"""A question about what is known of a person: a no to it states something, as a yes does."""

ASKS_OF_A_PERSON = any_of(
    r"(?:^|[.!?|]\s*)(is|are) (?!(you|this|that|everything|all)\b)([^.!?|]|\.(?=\S))*"
    r"\b(your|yours|above|below|under|over|more|less) ?[^!?|]*\?"
    r"|(?:^|[.!?|]\s*)are you (?!(there|here|sure|ready|new|in a|interested|happy|enjoying"
    r"|ok(ay)?|done|still|already|an? ((existing|registered|upstox) )*(customer|client|user|member"
    r"|robot|human|bot))\b)[^!?|]*\?"
)
"""A question about who a person is or what is theirs, and not what they want."""

WEAKENS = any_of(
    rf"^\W*((turn|switch)(ing)? off|disabl(e|ing)|remov(e|ing)|stop(ping)? using|skip(ping)?"
    rf"|replac(e|ing)|drop(ping)?) {_PROTECTS}"
)
"""A sentence that tells a person to give up what the login is protected by."""

ASKS_WHO = any_of(
    r"\b(confirm|make sure|check)\b (that )?(it.s|it is|this is) (really )?you\b"
    r"|\bis (this|that|it) (really )?you\b|\bis (this|that) your (account|profile|name)"
)
"""Words of a screen that shows whose account it is, and asks whether that is right."""
SHOWS_WHO = any_of(
    r"^(?!.*\b(chrome|firefox|safari|edge|windows|mac|linux|device|browser"
    r"|(new|failed) (log|sign)[ -]?in)\b)"
    r".*(\b(UCC|client (id|code))\b|(?<!\w)[a-z\d]{1,3}[*•]{2,}[a-z\d]{1,4}\b)"
)
"""Words of a screen that shows whose account it is by its client code, and tells of no login."""
ASKS_IF_IT_WAS_YOU = any_of(
    r"\b(was|is) (this|that|it) (really )?(you|your (name|account|profile|number))\b[^.!?|]*\?"
    r"|\bdid you (just )?(log|sign)[ -]?in\b|\brecogni[sz]e (this|that)\b[^.!?|]*\?"
)
"""A question to which a no says that a stranger has logged in, or that it is another account."""
DONE_TO_AN_ACCOUNT = any_of(
    r"\bsome(one|body) (is|has|tried|logged|signed)\b|\bfailed (log|sign)[ -]?ins?\b"
    r"|\b(last|since) (mon|tues|wednes|thurs|fri|satur|sun)day\b|\blast week\b",
    r"\b(password|M?PIN|number|mobile|e-?mail|bank|account|nominee|payout|withdrawal|transfer|order"
    r"|device|request)\b[^.!?|]{0,40}\b(was|were|has been|have been) (just )?"
    r"(changed|reset|added|removed|requested|placed|made|linked|sent)\b",
)
"""Words of a screen that tells what was done with the account, other than this very login."""
OF_ANOTHER_LOGIN = any_of(
    r"\b(iphone|ipad|ios|android|pixel|galaxy|redmi|oneplus|(mobile|upstox) app)\b"
    r"|\bon (mon|tues|wednes|thurs|fri|satur|sun)day\b"
)
"""A day or a device that this login, which is in a browser of a computer, is not done on."""
ALERTS = any_of(
    r"\b(log|sign)[ -]?ins? (alert|attempt|activity|detected|request)|\b(security|account) "
    r"(alert|activity)\b|\b(suspicious|unusual|unrecogni[sz]ed|unknown|new) "
    r"((log|sign)[ -]?in|device|browser)"
    r"|\b(verify|confirm) (that )?(it.?s|it is|this is) (really )?you\b",
)
"""Words of a screen that tells of a login: a bare no there denies that one has logged in."""
SWITCHES_ACCOUNT = any_of(
    r"\b(switch|change) (account|user|profile)s?\b|\b(another|different) account\b"
)
OF_THE_PAST = any_of(
    r"yesterday|\bago\b|earlier|\blast (night|week|month|time)\b|\b(blocked|attempt(s|ed)?)\b",
    rf"\b\d{{1,2}}(st|nd|rd|th)?[ -]?({parts.MONTHS})|\b({parts.MONTHS})\w* \d{{1,2}}\b",
    r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}",
)
"""Words of a screen that may tell of another login than this one: whose, is not known here."""

OF_NOW = any_of(
    r"\b((just|right) now|this (device|browser|log[ -]?in|sign[ -]?in))\b|अभी"
    r"|\byou( ha|.)?ve just (logged|signed) in\b"
)
"""Words of a screen that tell of this very login."""

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
"""Words by which a person says to have read something, and takes or confirms nothing."""

NEUTRAL = any_of(
    r"^\W*(go|proceed|take me) to (the |my |your )?(dashboard|home|app|portfolio|markets?)\W*$"
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
)
"""What says neither yes nor no to a screen that is in the way."""

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
"""Words behind one of going on that only say how or where one goes on."""

NAMES_WHO_OR_WHERE = (
    r"(?<!\w)((as|to) ([A-Z][\w.]*\W*)+([\w*+]*\d[\w*+]*\W*)?|as [\w.+-]+@[\w.*-]+\W*)\Z"
)
"""Whose account or which app it is, behind what goes on: "Continue as Asha"."""

_OF_THE_SCREEN = (
    r"(and|for|to|without|now|then|it|this|that|here|again|cookies?|dialog|guide|tour|message|reminder"
    r"|notice|alert|offer|survey|update|log-?in|sign-?in|product|guided|quick|x)"
)
ITS_OWN = any_of(
    rf"^\W*cancel ((all|both|the|this|these|any) )*(?!{_OF_THE_SCREEN}\b)[^\W\d]{{2}}",
    r"^\W*(close|cancel|reject|decline|dismiss|hide) (.* )?(my|your)\b(?! (tour|guide|tips?)\b)"
    r"|^\W*(close|reject|decline|dismiss|hide) ((all|both|the|this|these|any) )*(\w+ )?"
    r"(trades?|positions?|orders?|baskets?|GTTs?|SIPs?|bids?|mandates?|deposits?|loans?|transfers?"
    r"|withdrawals?|payouts?|applications?|registrations?|bookings?|appointments?|closure|sessions?"
    r"|dividends?|nominations?|nominees?|rights issue|bonus|buy-?backs?|claims?|holdings|balance"
    r"|pledges?|renewals?|memberships?|trials?|KYC|consent|advis[eo]rs?|dealers?|requests?"
    r"|(auto|e)-?pay|accounts?)\b"
    r"(?! (offer|notice|banner|message|tip|reminder|alert|window|dialog|guide|tour|details)s?\b)"
    r"|^\W*skip (this|next|my|the) (\w+.s )?"
    r"(month|quarter|week|year|SIP|EMI|instal?ment|dividend|vote|renewal)s?\b"
    r"|^\W*(close (it|them) down|(close|cancel) (all|both|everything)\b)",
)
"""What takes away something of a person's, rather than the screen that speaks of it.

Whatever is cancelled by its name is no part of a screen; what is closed may be.
"""

TRIES_ANEW = any_of(r"^\W*(try|enter|type)( (it|the code))? again\W*$|^\W*retry\W*$")
"""What closes a box that tells of a refused code."""
ASSENTS = any_of(
    r"^\W*((ok(ay)?|alright|fine|sure|yes)\W+)*"
    r"(ok(ay)?|alright|fine|sure|done|start|begin|go ahead|theek hai|ठीक है)\W*$"
)
"""What says yes to a screen; on one of an unknown kind it may have something done."""

NEXT_FORM = any_of(
    r"^\W*(enter|type( in)?) (the |my |your )?(SMS |log ?in |\d-digit )?(code|T?OTP)( now)?\W*$",
    r"^\W*i.?(ve| have)? ?(got|have|received) (it|((the|my) )?(code|T?OTP|SMS|message))( now)?\W*$",
    r"^\W*(T?OTP|code|PIN|ओटीपी|कोड|पिन) (daal|likh|enter kar|दर्ज कर|डाल|लिख)\S*\W*$",
)
"""What leads to the form that a login has next."""

LEADS_IN = any_of(
    r"^\W*((ok(ay)?|yes|yay|sure|right|alright|great|fine|cool|nice|perfect|good|super|thanks"
    r"|thank you|got it|awesome|all set|haan|theek hai|ठीक है|हाँ)\b[\s,.!:–-]*)+(?=\w)"  # noqa: RUF001
)
"""A word of assent before what a control does: it does no more for that."""

LEADS_ON = any_of(
    r"\b(let.?s|let me|take (me|us)|go(ing)?|next|on(wards?)?|in|inside|through|ahead|forwards?|to"
    r"|ready|begin|resume|done|finish(ed)?|ok(ay)?|fine|cool|great|nice|good|perfect|awesome"
    r"|return now"
    r"|super|wow|yay|thanks?|right|alright|sure|close|got|gotcha|understood|understand|noted"
    r"|proceed|continue|enter|home|log ?in|sign ?in|bye|will do|seen|i see)\b"
    r"|chal|samajh|theek|accha|aage|आगे|समझ|ठीक|चल|अच्छा"
)
"""A word of going on, of having seen, or of assent: of what leads on from a screen."""

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

GLAD = any_of(
    r"^\W*start (trading|investing)\W*$",
    r"^\W*((that|it|this) )?looks (good|great|nice|fine)( to me)?\W*$|^\W*(i )?(like|love) it\W*$",
    r"^\W*(great|awesome|cool|thanks|thank you|yay|perfect|nice|super|wow|wonderful|hurray)\W*"
    r"( (let.?s )?(continue|proceed|next|go on|got it|go))?\W*$",
)
"""What says that one is glad of a screen: neutral where that certainly costs nothing."""

CELEBRATES = any_of(
    r"congrat|anniversary|milestone|\byears? (with|on|at) (us|upstox)\b"
    r"|\byour (yearly|annual|year-end) (\w+ )?(report|review|recap|summary)"
    r"|\byour year (in|with|on|at)\b|happy (new year|birthday|diwali|holi)"
)
"""Words of a screen that certainly costs nothing."""

CHOOSES = any_of(_ONCE, rf"{_STAYS}(standard|regular|basic|default|lite)\b")
"""What passes a screen by where nothing is at stake, and takes one of its offers elsewhere."""

ASKS_TO_CHOOSE = any_of(
    r"^(?!.*\b(themes?|languages?|looks?|layouts?|views?|modes?(?! of)|appearance|display(?! name)"
    r"|fonts?|versions?(?! of)|colou?rs?|dark|avatar|home ?(screen|page)|dashboard|charts?"
    r"|watch ?lists?|alarms?|reminders?|pace|verify|faster|in (one|a|\d+) (tap|click)s?)\b)"
    r"((.*[.!?] )?\W*((please|first|now),? )?"
    r"((choose|select|pick|decide) (?!(what (you|to)|(an? |the )?(smarter|better|best|faster"
    r"|easier|simpler|right)|wisely|upstox|any|of|up)\b)|set (your|an?|the)\b)"
    r"|.*\bwho (gets|receives|inherits|should (get|receive))\b)"
)
"""Words of a screen that asks to choose for the account, and not how the app looks."""

FINISHED = any_of(
    r"^\W*(you.?re|you are|you.ve|we.re|all|login|sign-?in)\b.{0,12}"
    r"\b(all set|(logged|signed) in|done|set|success\w*|complete)\b"
    r"|\bsuccessfully (logged|signed) in\b"
)
"""A heading of the screen that ends a login."""

ONLY_TELLS = any_of(
    r"^\W*((great|done|thanks?( you)?|perfect|hurray)\W+)?((your|the|you.re|you are)\W+)?"
    r"((mobile|phone|number|T?OTP|code|identity|verification|step( \d)?)\W*)*"
    r"((is|was|has been|all)\W+)?(verified|accepted|confirmed|completed?|done|success(ful)?"
    r"|success(fully)? verified)\W*$",
    r"^\W*risk disclosures?\b",
)
"""A heading that tells of a step of the login that is done, or of risks that brokers must tell."""

TURNS_A_SLIDE = any_of(r"\b(next|previous) slide\b|\b(go to )?slide \d")
"""What libraries call the controls of a row of pictures, which only tells of something."""

GOES_BY_ITSELF = any_of(
    r"\bif (nothing happens|you( are|.re) not (being )?(redirected|taken|sent|forwarded)"
    r"|you( are|.re)n.t (being )?(redirected|taken|sent|forwarded)"
    r"|(it|this|that) takes (too|very) long"
    r"|(it|this|the page|the app) does(n.t| not) (open|load|redirect|appear))\b"
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

STAYS_IN = any_of(r"^\W*(stay|remain|keep me) (logged|signed) in\W*$")
LOGS_OUT = any_of(r"\b(log|sign) ?(me )?(out|off)\b")
"""What leaves other logins as they are, beside what ends them."""

ENGLISH = any_of(r"^\W*english( \(?(india|default|IN)\)?)?\W*$")
LANGUAGE = any_of(
    r"^\W*(हिन्दी|हिंदी|hindi|मराठी|marathi|ગુજરાતી|gujarati|বাংলা|bengali|bangla|தமிழ்|tamil|తెలుగు|telugu"
    r"|ಕನ್ನಡ|kannada|മലയാളം|malayalam|ਪੰਜਾਬੀ|punjabi|ଓଡ଼ିଆ|odia|اردو|urdu|অসমীয়া|assamese)"
)
"""Languages to choose from; the tables know English best."""

ASKS_FOR_A_CUSTOMER = any_of(
    r"(^|[|.!?]\s*)(are you( already)?|do you( already)? have|have you( already)?( got)?|already"
    r"( have)?|got) ((an?|our|one of our|with) )?((existing|registered|upstox|demat|trading) ){0,2}"
    r"(accounts?|customers?|clients?|users?|members?)( (with|at|on|of) (us|upstox))?\s*\?",
    r"(^|[|.!?]\s*)(kya )?(aap(ka|ke paas)?|aapka) (pehle se )?(upstox )?(account|khata|customer"
    r"|user|grahak|client)( pehle se)? (hai|hain|ho)\s*\?",
    r"(^|[|.!?]\s*)(क्या )?(आप|आपका|आपके पास) (पहले से )?(upstox |अपस्टॉक्स )?(के |का )?"
    r"(ग्राहक|खाता|अकाउंट|यूज़र)( पहले से)? (हैं|है)\s*\?",
)
"""A question that is answered with yes by everybody who logs in."""

DENIES = any_of(
    r"^\W*(no|nahi|नहीं|deny|reject|decline|refuse|never|cancel|don.t|do not)(?!\w)"
    r"(?!\W*(thank|not interested|(don.t )?(show|ask|remind)|(i.?ll )?(keep|stay|use)\b))"
)
"""A no to all that a screen tells of, rather than to an offer."""

SHUTS = any_of(
    r"^\W*(dismiss|hide|close|cancel|band kar\w*|बंद करें|रद्द)(?!\w)"
    r"|^\W*[\u00d7\u2715\u2716xX]\W*$"
)
"""What closes a screen, and is no answer to what it asks."""

KEEPS = any_of(r"^\W*(leave|stay with|stick (with|to)|keep|continue as)\b")
"""What passes a screen by so that all stays as it is, which may cost money."""

IS_ASKED = any_of(r"\?")
IS_A_YES = any_of(r"^\W*(yes|sure|haan|हाँ)(?!\w)")
"""An assent, which is more than to go on where a question is asked."""

IS_A_NO = any_of(r"^\W*(no|nahi|नहीं)(?!\w)")
"""A no, beside which a yes is an answer, though the screen asks without a question mark."""

IS_A_CUSTOMERS_YES = any_of(
    r"^\W*(yes|sure|haan|हाँ)(\W+(i (do|am|have)( (one|an account|a customer))?|log (me )?in"
    r"|existing|ji|जी|hai|है|hoon|हूँ))?\W*$"
)
"""The yes of a customer, which asks for nothing else such as a call."""

ASKS_TO_GO_ON = any_of(
    rf"\bstill ({_TO_GO_ON}|{_PRESENT})[^.!?|]*\?|\bare you (there|here)\W*\?"
    r"|\b(need|want|like) (some )?more time\b[^.!?|]*\?"
    r"|\bsession\b[^.!?|]{0,30}\b(expir|time out|timing out|end|clos)\w*.*\?"
    r"|\b(extend|continue|keep) (your |the |this )?session\b[^.!?|]*\?"
    r"|(^|[|.!]\s*)((do you )?(want|wish) to |would you like to )?"
    r"(continue|proceed|go on|keep going)( with (this |the |your )?(log|sign)[ -]?in"
    r"| (logging|signing) in)?\s*\?|\babhi bhi yah?an? |अभी भी यहाँ"
)
"""A question to which a no calls off what is under way."""

IS_TO_HAPPEN = any_of(
    r"\b(will|shall|going to|about to)\b"
    r"(?! (be (taken|redirected|returned|brought)|log in|leave (upstox|this (page|site)))\b)",
    r"\w['’]ll\b",  # noqa: RUF001  (the page's)
)
"""Words of a screen that tells what is going to be done."""

OF_A_PERSON = any_of(r"\b(your?|yours|we|us)\b|\w['’](ll|ve)\b")  # noqa: RUF001  (the page's)
"""Words of a sentence that tells of the person who reads it, or of Upstox."""

BEGIN = any_of(
    r"^\W*(yes,? |let me |i want to )?(log|sign) me in\W*$",
    r"^\W*(yes,? |(existing|already)( a)? (user|customer|client|member),? "
    r"|(take me|bring me|go|back|return) to )?(the )?(log ?in|sign ?in)"
    r"( (page|screen|form|now|here))?\W*$",
    r"^\W*(log ?in|sign ?in)( (to|on|now|again|here|securely|kar\w*)\b.{0,20})?\W*$",
    r"\b(continue|proceed) to (log|sign) ?in\W*$",
    r"^\W*लॉग ?[इि]न",
    r"^\W*(i.?m |i am )?(an? )?(already|existing)( an?)? (\w+ )?(customer|client|user|member)\W*$",
    r"^\W*i (already )?have an account\W*$",
    r"\b(existing|already|have an account|customer|member)\b.{0,30}\b(log|sign) ?in"
    r"( to (my|your|the) (upstox )?account)?\W*$",
)
"""What leads from a start screen to the login."""

BETWEEN = any_of(
    r"welcome|what.s (new|changed)|\bnew\W*:|good to know|heads[- ]up|maintenance"
    r"|news|announcement|introducing|update|new feature|risk|disclosure"
    r"|\bnet (trading )?loss(es)?\b"
    r"|caution|advisory|nominee"
    r"|stay (signed|logged) in|keep me (signed|logged)|remember (me|this)|trust this|passkey"
    r"|biometric|fingerprint"
    r"|download|get the app|our app|mobile app|new device|new (log ?in|sign ?in)"
    r"|unrecogni[sz]ed|was this you|notification"
    r"|offer|survey|feedback|rate us|tour|tip|security|safety|protect|reminder|important|notice"
    r"|scam|fraud|IPO|margin|\bdelay(s|ed)?\b|outage|downtime"
    r"|market|investor|did you know|hello|namaste|स्वागत|सूचना|जोखिम|festival|diwali|holiday"
    r"|statement|charter|circular|backup|theme|language|congrat|anniversary|years? with"
    r"|thank you for (being|joining|trading|investing)|(weekly|monthly|yearly|annual) report"
    r"|milestone|\bsession (will|ends|lasts|is valid)\b"
)
"""Words of screens that stand between the forms and want no credential."""

CORRECTS = any_of(
    r"\b(edit|change|modify|update(?! ((the|my|your) )?(browser|app|version)\b)"
    r"|correct(?= (it|this|that|the|my|your|number|details)\b))\b|बदल|badl"
)
"""What corrects what a screen shows: to go on there is to say that it is right."""

CORRECTS_THE_NUMBER = any_of(
    r"\b(edit|change|modify|update|correct)( (the|my|your))?( (mobile|phone))? (number|no)\b"
    r"|(नंबर|number) (बदल|badl)"
    r"|\b(another|(a )?different|wrong|not (my|your|the right)) (mobile |phone )?(number|mobile)\b"
)
"""What corrects the number, which the login itself has typed."""

SAVES = any_of(
    r"^\W*(save|apply|set)( (it|this|language))? ?(and|&) (continue|proceed|go on|next)\W*$"
)
"""What keeps a choice and goes on."""

CHOOSES_LANGUAGE = any_of(r"\b(languages?|themes?|appearance|bhasha)\b|भाषा")
"""Words of a screen on which a choice is kept for the page, and for nobody's account."""

OF_A_CLOSURE = any_of(
    r"\b(clos(e|ing|ure)|delet(e|ing|ion)|deactivat(e|ing|ion))( of)? (your|my|the|this) (\w+ )?"
    r"account\b|\b(closure|deletion|deactivation) (request|is|was|has|under|pending|scheduled"
    r"|in progress)",
    r"\b(account|demat)( is| was| will| be| set| to| being| now| up| about| due| scheduled| marked"
    r"| queued| for)* (closure|clos(ed?|ing|es)|deletion)\b"
    r"(?! (friends|to you)|\s*\?)",
)
"""Words of a screen on which an account is closed: whatever is pressed there may decide on that."""

HIDES = any_of(r"^\W*(dismiss|hide)\W*$|^\W*[\u00d7\u2715\u2716xX]\W*$")
"""What only takes a screen away."""

CALLS_OFF = any_of(r"^\W*(cancel|stay( here)?|go back|back|stop)\W*$")
"""What ends what is under way, rather than decline what a screen offers."""
