"""Words that bind a person by agreeing: terms and small print."""

from __future__ import annotations

from upstox_browser_login.page.pattern import any_of

from . import parts

_SAHMAT = r"s[ae]h[ae]?mat"

AGREE = any_of(
    r"\b(i |we )?(agree|accept|consent)\b"
    r"|(?<!ना)मंज़ूर|(?<!अ)स्वीकार|(?<!अ)सहमत"
    rf"|{_SAHMAT}|manzoor",
    parts.AGREE,
)
"""Words that bind a person, which a program must not say for them."""

TAKES_BY_SMALL_PRINT = any_of(
    r"\b(activat\w*|enabl\w*|mov(e|ing) (me|you|my|your)|switch (me|you|my|your|to)|subscri\w*"
    r"|upgrad\w*|(un)?pledg\w*|debit\w*|deduct\w*|charg(e|ing) (me|you|my|your)|pay|buy\w*|sell\w*"
    r"|transfer\w*|lend\w*|nominat\w*|open(ing)? (an?|your|my)|renew\w*|convert\w*|fetch\w*"
    r"|shar(e|ing) (your|my)|place (an? |my |your )?orders?)\b",
    r"\b(MTF|margin|SLB|DDPI|POA|mandate|auto-?pay|loan|insurance|plus|premium)\b.{0,20}"
    r"\b(agreement|facility|mandate|cover|deed|plan)\b",
)
"""What small print has done by going on. It is not enough that a product is named."""

POLICIES = any_of(
    r"(?<!to )\b((refund|cancellation|subscription|(funds? )?transfer|pledg(e|ing)|payments?) )+"
    r"(polic(y|ies)|rules|guidelines)\b",
    r"\bguidance notes? (for|on|of) margin trading( facility)?\b",
)
"""Documents that are called after what they are about. To agree to them does nothing of that."""

NOT_DONE = any_of(
    r"\b(not|never)( to)? (sell|share|disclose|transfer|constitute)\b"
    r"((?!\b(but|so|while|unless|until|if|when)\b).)*"
)
"""What small print says is never done, such as to sell a person's data."""

TERMS_OF_A_CHECK = any_of(
    r"\b(this|our) (site|website|page|app|form) is protected by (google )?(re|h)captcha\b"
    r"( enterprise)?((,| and|;)? (the |its |google.?s? )*privacy policy"
    r" and (the )?terms (of (service|use)|and conditions) apply)?"
)
"""The small print of a check for robots that nobody sees: its terms bind to nothing here."""

KNOWS_OF_RISKS = any_of(
    r"^\W*i (have |am )?(read|understand|understood|know|aware of)\b.*\brisks?\b"
    r"(?!.*\b(want|wish|like|opt|take|apply|give)\b)"
)
"""A ticked box that only says that one knows of risks."""

KEEPS_INFORMED = any_of(
    r"\b(updates?|alerts?|news\w*|offers?|contact\w*|communicat\w*|calls?|messages?|inform\w*"
    r"|tips|disclosures?|disclaimers?)\b"
)
"""Words by which one is only told something, such as of risks."""

TERMS = any_of(
    r"terms (and|&|of|for)|\bterms\W*$|t&cs?\b|agreement|consent|declaration|undertaking"
    r"|policy (update|change)|\bterms (have |has )?(been )?(changed|updated)\b"
    r"|(new|our|the) terms|शर्त|नियम|shart(e|on)|\bniyam"
    r"|\b(accept|agree)( (it|them|this))? to (continue|proceed|go on|use|log ?in|trade)\b",
    parts.TERMS,
)

NAMES_TERMS = any_of(r"\bterms\b|agreement|t&c|declaration")
"""Headings of terms, where a no that speaks of accepting may be a yes."""

AGREES_BY_GOING_ON = any_of(
    r"\b(by (click|tap|press|continu|proceed|go|us|allow|approv|authori|grant|permit|connect"
    r"|link|enter|logg|sign)\w*\b"
    r"|((continu|proceed|go)ing( on| ahead)?|your continued use)\b[^.|!]{0,30}?\b(you|mean|is|as)"
    r"|(if|when|once) you (continue|proceed|go (on|ahead))\b)[^.|!]{0,60}?"
    r"\b((agree|accept|consent)\w*"
    r"|(?<=you )((authori[sz]|instruct|declar|certif|undertak)\w*|permit|allow))\b(?P<to>[^.|!]*)",
    r"\b(please|must|(need|have) to) (accept|agree to|consent to)\b"
    r"[^.|!]{0,24}\b(terms|polic\w+|agreement|conditions)\b",
    rf"सहमत|स्वीकार|{_SAHMAT}",
    r"\b(aage (badh|ja)|jaari rakh|(continue|proceed|log ?in|click|tap) kar)\w*\b[^.|!]{0,60}?"
    r"\b(agree|accept|consent|manzoor|maan)",
    r"(आगे ब|जारी रख|लॉग ?इन कर|(क्लिक|टैप) कर)[^.|!।]{0,60}?(मंज़ूर|मान(ते|ती|ता|ने|ें|ी| ल| र))",
    parts.TERMS,
)
"""Words of a screen on which going on agrees, whatever the control says."""

NEW_OR_COSTLY = any_of(
    r"\b(new|revised|updated|changed|nay[aei]|badl\w*|charges?|fees?|brokerage|shulk)\b"
    r"|नय|नई|नए|बदल|शुल्क|चार्ज|ब्रोकरेज"
)
"""What is agreed to that no customer has agreed to before."""

_OF_A_PERSON = (
    r"\bi\W*(ve|have|m|am|do|hereby|agree|accept|consent|confirm|declare|certify|acknowledge"
    r"|undertake|authori[sz]e|understand|understood|read|know|will|state|affirm|assure|allow"
    r"|permit|let|give|grant|wish|choose|opt|instruct)\b"
)

STATES = any_of(
    rf"^\W*(yes\W+)?(and )?({_OF_A_PERSON}|we\b)|\b(and|that) {_OF_A_PERSON}",
    r"^\W*(all )?(of )?(my|our|the|these|this|nothing|none|no)\b.{0,60}\b(chang\w*"
    r"|correct|true|accurate|(still )?(valid|the same)|up[- ]to[- ]date|in order)\W*$",
    r"^\W*(my|our|mine)\b.{0,60}\b(is|are|am|has|have|remains?|was|were)\b",
    r"\b(read|seen|reviewed|gone through) (and|&) (underst|agree|accept|noted|acknowledg|confirm)"
    r"|\b(agreed|accepted|confirmed|unchanged|understood|declare|certify|confirm|acknowledge"
    r"|undertake)\b",
    r"मैं|मेर[ाीे]|मुझे|हम(ने|ारा|ारी|ारे)?(?!\w)|घोषणा|पुष्टि|समझ (लिया|गया|गई)|पढ़? लिया|नहीं बदल",
    r"\b(maine|humne|mujhe|(mer|hamar)[aie])\b|\b(main|hum)\b.*\b(hoo?n?|hain)\b|\bs[wv][ie]+kar"
    r"|\b(padh|samajh) (li|ga)y[ai]|\bnahi badl",
)
"""A box to tick that states something in a person's name, whether it is ticked yet or not."""

OF_THE_SCREEN = any_of(
    r"\bremember\b|\btrust (this|my) (device|browser|computer|laptop|phone|machine)\b"
    r"|\b(don.?t|never|not) (show|ask|remind|tell|see|want to see)\b"
    r"|\b(again|next time)\b|\b(keep|stay)\b.{0,12}\b(logged|signed) in\b|\bcookies?\b"
    r"|याद रख|दोबारा|फिर (से )?न|\b(yaad rakh|dobara|phir (se )?na)"
)
"""A box to tick about the device or the screen, which says nothing of the person."""

_NOT_OF_AN_APP = (
    r"\b(margin|lend\w*|pledg\w*|subscri\w*|fees?|charges?|pay|loans?|insurance|plans?|brokerage"
    r"|new|updated|revised|SIPs?|copy|auto\S*|invest\w*|options?|leverage\w*|credit|IPOs?|we|us"
    r"|advis\w*|lock\S*|calls?|e-?mails?|messages?)\b|\u20b9|%"
)

_TERMS_NAMED = (
    r"((the|its|their|our|this|all|applicable|\S+['’]s|API|user|developer|app) )*(\w+ )?"  # noqa: RUF001
    r"((terms|conditions|polic(y|ies)|t&cs?|(user|licen[cs]e) agreement)"
    r"( (of (use|service)|(of|for) (the|this) (app|API)))?)"
)

TERMS_OF_AN_APP = any_of(
    rf"^(?!.*({_NOT_OF_AN_APP}))[\s,:]*((to|with) )?{_TERMS_NAMED}"
    rf"((,| and| &)+ {_TERMS_NAMED})*\W*$",
    r"^\W*(the |these |all )?(actions|permissions|scopes) (listed|shown|described|named) "
    r"(above|below|here)\W*$",
    rf"^(?!.*({_NOT_OF_AN_APP})).*"
    r"\b(access|read|view|see|place( \w+)* orders|trade|act|use (of )?your (data|information"
    r"|account))\b",
)
"""What is agreed to with an app's access: its own terms, and the access itself."""

STANDING_TERMS = any_of(
    r"^[\s,:]*\b(?=.*\b(terms|policy|policies|t&cs?|cookies?)\b)((to|with|by|our|the|upstox|s|its"
    r"|all|general|use|of|service|website|terms|conditions|privacy|policy|policies|notice|and|t&cs?"
    r"|cookies?)\b|[\s,&/’'])*$"  # noqa: RUF001  (the page's own apostrophe)
)
"""Terms that a customer has agreed to before, and that small print on any page repeats."""
