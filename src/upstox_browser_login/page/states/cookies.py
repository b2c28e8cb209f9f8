"""Words of banners about cookies, and of notices about personal data."""

from __future__ import annotations

from upstox_browser_login.page.pattern import any_of

from . import parts

COOKIES = any_of(
    parts.COOKIES,
    r"\bcookies?\b|कुकी|similar technologies|privacy (preferences?|choices)"
    r"|\b(uses?|and|no|allow|block|stop|reject|accept|ask not to) (all |other |any )?"
    r"(trackers|tracking)\b(?! (of|your|for|on|in)\b)|\bwe track (how|what) you\b"
    r"|we and (our )?(\d+ )?(trusted )?(partners|vendors)\b(?=[^.!?|]{0,60}"
    r"\b(stor|us|process|set|collect)\w*\b[^.!?|]{0,40}"
    r"\b(cookies?|identifiers?|data|information|technolog\w+|trackers?|tracking)\b)"
    r"|\b(essential|necessary|functional)( (cookies?|trackers?|storage|technologies|purposes))?"
    r"\W{0,3}(are |is )?always (on|active|enabled)\b",
)
OF_PERSONAL_DATA = any_of(
    r"\bDPDP\b|\b(process|collect|store|use)(es|s)? (your |some )?personal data\b"
    r"|\bdata protection (act|notice)\b"
)
"""A notice about data, as the law of India requires. Only a no agrees to nothing."""
OF_PRIVACY = any_of(
    COOKIES.pattern, OF_PERSONAL_DATA.pattern, r"\bprivacy\b|\bconsent\b|\byour data\b|गोपनीय|niji"
)
"""The title of a banner about cookies."""
WORKS_BY_COOKIES = any_of(
    r"\benabl(e|es|ing) (us|you|core|basic|essential|certain|key|log[- ]?ins?|features?|functions?"
    r"|functionality|the (site|website|page))\b"
)
"""Sentences on the use of cookies, which offer no product."""
SHOWS_BY_COOKIES = any_of(
    r"\bcookies?\b.*\b(to|help us|let us) (show|recommend|suggest|tell|remember"
    r"|personali[sz]e|tailor|bring)\b"
)
"""A sentence by which cookies help to show something, such as offers of loans."""

OF_A_WALL = any_of(
    COOKIES.pattern,
    parts.NECESSARY,
    r"^\W*(accept|allow|reject|decline|refuse|deny|agree to|object to) all\W*$"
    r"|\b(necessary|essential|required only)\b|ज़रूरी|आवश्यक|zar(u|oo)ri",
)
"""Words of a control that are used for cookies alone."""

COOKIE_DECLINE = any_of(
    parts.NECESSARY,
    r"reject|decline|refuse|necessary|essential|required only|deny|no,? thanks|close|dismiss"
    r"|\bdisagree|\bdisallow"
    r"|without accepting|manage|\bneeded\b|only what|\bminimum\b|^\W*[\u00d7\u2715\u2716]\W*$"
    r"|अस्वीकार|ज़रूरी|आवश्यक|नहीं|sirf zar(u|oo)ri|nahi|mana kar",
)
COOKIE_ACCEPT = any_of(
    parts.TAKES,
    r"\b(accept|agree|allow|ok(ay)?\b|got it|underst(an|oo)d|fine|yes|continue|close|alright)"
    r"|(save|confirm) (my |these |all )?(choices?|preferences|settings)"
    r"|स्वीकार|सहमत|मंज़ूर|ठीक|theek hai|manzoor",
)
ACCEPTS_BESIDES = any_of(r"(\band\b|&|,)\W*(accept|agree)( (all|them))?( cookies)?\W*$")
"""A second deed that only accepts the cookies."""
COOKIE_DETAILS = any_of(
    parts.SETTINGS,
    r"manage|settings?|preferences|learn|more|details|\b(see|view|read|choose|why|how"
    r"|what)\b|options|customi[sz]e|policy|notice|partners"
    r"|vendors"
    r"|सेटिंग|और जानें|नीति|पढ़ें|chunein|jaanein",
)
"""Words that tell more about cookies and do not end the banner."""
TELLS_OF_COOKIES = any_of(parts.SETTINGS, r"manage|settings|preferences|^\W*(what|why)")
"""Words that look like a no to cookies and only lead to more about them."""
