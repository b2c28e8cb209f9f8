"""How one secret can be spelled, and one fast pattern for every spelling of all of them."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from urllib.parse import quote, quote_plus

from .members import digits_of_members

TOO_SHORT = 4
"""Shorter secrets are not worth registering: they would blank out ordinary text."""

# Below this length, digits alone are too common to be taken out of the middle of other numbers.
_SHORT = 6


def forms_of(secret: str) -> set[str]:
    """Every literal spelling of a secret that a log, a page, a URL or a trace may hold.

    Raw, URL-quoted (Python's and JavaScript's ways, also twice), JSON- and HTML-escaped,
    as Python's `repr` and `shlex.quote` write it, base64
    (standard, URL-safe, at each of the three alignments inside a longer text), hexadecimal, all of
    it in UTF-16 as well, a TOTP seed as authenticator apps show it, digits of other scripts. Digits
    that are grouped, masked or in reverse are `loose_forms`, those in pieces `numbers_apart`.
    """
    return {form for form in ways_of(secret) if len(form) >= TOO_SHORT}


def ways_of(secret: str) -> list[str]:
    """The spellings of a secret, short ones and repeated ones among them, in a fixed order.

    Of two texts of the same shape, the spellings at the same place were made in the same way.
    """
    raw = secret.encode("utf-8", "surrogatepass")
    quoted = [
        quote(secret, safe=safe, errors="surrogatepass")
        for safe in ("", "/", _JS_COMPONENT, _JS_URI)
    ]
    forms = [
        secret,
        *quoted,
        *(form.lower() for form in quoted),
        *(quote(form, safe="") for form in quoted),
        quote_plus(secret, errors="surrogatepass"),
        *_json_forms(secret),
        *_html_forms(secret),
        *_python_forms(secret, raw),
        raw.hex(),
        raw.hex().upper(),
        *_base64_forms(raw),
        *_base64_within(secret, raw),
        *_foreign_digits(secret),
        *_utf16_forms(secret),
    ]
    if re.fullmatch(r"[A-Z2-7]{16,}=*", secret):
        grouped = re.sub(r"(.{4})(?=.)", r"\1 ", secret)
        hyphened = grouped.replace(" ", "-")
        forms += [secret.lower(), grouped, grouped.lower(), hyphened, hyphened.lower()]
    # UTF-8 read as Latin-1, which is how `redact_bytes` and `find` look at bytes.
    return forms + [form.encode("utf-8", "surrogatepass").decode("latin-1") for form in forms]


# What encodeURIComponent and encodeURI leave as it is.
_JS_COMPONENT = "!'()*"
_JS_URI = ";,/?:@&=+$!'()*#"


def _json_forms(secret: str) -> list[str]:
    once = [json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]]
    once += [form.replace("/", r"\/") for form in once]
    written = once + [json.dumps(form)[1:-1] for form in once]
    # As many forms for each secret, whatever signs it has: two lists of them are compared.
    if not _SIGNS_IN_SCRIPTS[-1].search(secret):
        return written * (1 + 2 * len(_SIGNS_IN_SCRIPTS))
    for signs in _SIGNS_IN_SCRIPTS:
        for escape in (r"\u{:04x}", r"\u{:04X}"):
            safe = [_numbered(each, signs, escape) for each in once]
            written += safe + [json.dumps(form)[1:-1] for form in safe]
    return written


_SIGNS_IN_SCRIPTS = tuple(map(re.compile, ("[<>&]", "[<>&']", "[<>&'=]")))
"""What JSON writers escape that may stand in a page's script: Go's, PHP's and .NET's, Gson's."""

_NO_LETTERS = re.compile(r"[\W_]")


def _numbered(text: str, signs: re.Pattern[str], form: str) -> str:
    """A text with the number of each of these signs in its place."""
    return signs.sub(lambda sign: form.format(ord(sign[0])), text)


def _python_forms(secret: str, raw: bytes) -> list[str]:
    """As `repr` and `ascii` write a text or its bytes, and as `shlex.quote` does."""
    once = [repr(secret)[1:-1], ascii(secret)[1:-1], repr(raw)[2:-1]]
    once.append(secret.replace("'", "'\"'\"'"))
    return once + [json.dumps(form)[1:-1] for form in once]


def _html_forms(secret: str) -> list[str]:
    text = html.escape(secret, quote=False)
    quotes = html.escape(secret)
    spaced = [text, quotes, text.replace('"', "&quot;")]
    spaced += [form.replace("&#x27;", mark) for form in spaced for mark in ("&#39;", "&apos;", "'")]
    # What escapes every sign of a text writes its number.
    numbers = [_numbered(secret, _NO_LETTERS, form) for form in ("&#{};", "&#x{:x};", "&#x{:X};")]
    return [*spaced, *(form.replace("\xa0", "&nbsp;") for form in spaced), *numbers]


def _base64_forms(raw: bytes) -> list[str]:
    forms = [base64.b64encode(raw).decode(), base64.urlsafe_b64encode(raw).decode()]
    forms += [form.rstrip("=") for form in forms]
    if len(raw) >= _SHORT:
        for lead in range(3):
            # Only the characters that depend on the secret alone, whatever stands around it.
            encoded = base64.b64encode(b"\0" * lead + raw).decode().rstrip("=")
            start = (0, 2, 3)[lead]
            end = len(encoded) - (1 if (lead + len(raw)) % 3 else 0)
            forms.append(encoded[start:end])
            forms.append(encoded[start:end].replace("+", "-").replace("/", "_"))
    return forms + [quote(form, safe="") for form in forms]


def _base64_within(secret: str, raw: bytes) -> list[str]:
    """A number whose base64 stands in a longer text that is base64 itself.

    Upstox's page sends a PIN in base64, and who records requests may encode what they hold.
    """
    return _base64_forms(base64.b64encode(raw).rstrip(b"=")) if is_number(secret) else []


def _utf16_forms(secret: str) -> list[str]:
    """UTF-16 of either byte order, as bytes and as such bytes are written in texts."""
    forms: list[str] = []
    for encoding in ("utf-16-le", "utf-16-be"):
        raw = secret.encode(encoding, "surrogatepass")
        text = raw.decode("latin-1")
        escaped = json.dumps(text)[1:-1]
        forms += [text, escaped, escaped.replace("\\u00", "\\x"), quote(raw)]
        forms += [raw.hex(), raw.hex().upper(), *_base64_forms(raw)]
    return forms


_ZEROS = "\u0660\u06f0\u0966\u09e6\u0a66\u0ae6\u0b66\u0be6\u0c66\u0ce6\u0d66\uff10\u2080"
_ZEROS += "\U0001d7ce\U0001d7d8\U0001d7e2\U0001d7ec\U0001d7f6"
"""The digit 0 of the scripts that India writes in, of Arabic ones, of full width, lowered, and of
mathematics."""


_DIGITS_OF_OTHERS = (
    *("".join(chr(ord(zero) + digit) for digit in range(10)) for zero in _ZEROS),
    "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079",
    "\u24ea\u2460\u2461\u2462\u2463\u2464\u2465\u2466\u2467\u2468",
)
"""These digits, and those that are raised or in circles."""

_ESCAPES = (r"\u{:04x}", r"\x{:02x}", "%{:02x}", "&#{};", "&#x{:x};")
"""How scripts, addresses and pages write any character, and so a digit as well."""


def _foreign_digits(secret: str) -> list[str]:
    """A number in the digits of other scripts, as a page may show or send what it is typed."""
    if not is_number(secret):
        return []
    forms: list[str] = []
    for digits in _DIGITS_OF_OTHERS:
        written = "".join(digits[int(digit)] for digit in secret)
        escaped = json.dumps(written)[1:-1]
        forms += [written, escaped, re.sub(r"(?<=u)....", lambda hexa: hexa[0].upper(), escaped)]
        forms += [quote(written), quote(written).lower()]
        forms += ["".join(f"&#{ord(digit)};" for digit in written)]
    escapes = ["".join(each.format(ord(digit)) for digit in secret) for each in _ESCAPES]
    escapes += [*(json.dumps(e)[1:-1] for e in escapes), *(quote(e, safe="") for e in escapes)]
    return [*forms, *escapes]


def without_zeros(secret: str) -> str:
    """A number as one who reads it as such writes it, without leading zeros.

    Empty where it has none, or where so little is left that it is common.
    """
    number = secret.lstrip("0") if is_number(secret) else secret
    return number if TOO_SHORT <= len(number) < len(secret) else ""


def is_number(secret: str) -> bool:
    """Whether a secret is made of ASCII digits alone."""
    return secret.isascii() and secret.isdigit()


_DIGESTS = ("md5", "sha1", "sha256", "sha384", "sha512")


def hex_digests(data: bytes) -> list[str]:
    """The digests of `data` by which programs name things, in lower-case hexadecimal."""
    return [hashlib.new(name, data, usedforsecurity=False).hexdigest() for name in _DIGESTS]


def sha1_of(data: bytes) -> str:
    """The digest by which Playwright names what it keeps, in lower-case hexadecimal."""
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()


def digests_of(data: bytes) -> set[str]:
    """Every spelling of the digests of `data`: hexadecimal, and base64 of each kind."""
    return set(_ways_of_digests(data))


def _ways_of_digests(data: bytes) -> list[str]:
    forms: list[str] = []
    for digest in hex_digests(data):
        encoded = base64.b64encode(bytes.fromhex(digest)).decode()
        ways = [encoded, encoded.replace("+", "-").replace("/", "_")]
        ways += [form.rstrip("=") for form in ways]
        # A query quotes the signs of base64, and JSON may escape its slashes.
        ways += [quote(form, safe="") for form in ways]
        ways += [form.replace("/", r"\/") for form in ways]
        forms += [digest, digest.upper(), *ways]
    return forms


def digests_of_secret(secret: str) -> set[str]:
    """The digests of a secret, as it is, as it is sent (base64), and of a number as it is dialled.

    A short secret can be found from each of them by trying all.
    """
    return set(ways_of_digests_of(secret))


def ways_of_digests_of(secret: str) -> list[str]:
    """The digests of a secret in a fixed order, as `ways_of` has its spellings."""
    return [form for text in hashed_for(secret) for form in _ways_of_digests(text)]


def hashed_for(secret: str) -> list[bytes]:
    """What programs make a digest of that stands for a secret: as it is, in base64, as dialled."""
    raw = secret.encode("utf-8", "surrogatepass")
    texts = [raw, base64.b64encode(raw)]
    if re.fullmatch(r"[0-9]{10}", secret):
        texts += [prefix + raw for prefix in (b"0", b"91", b"+91", b"0091")]
    return texts


# Between the digits of one number: what people, pages, URLs and JSON put there.
_JOINS = r"[-\u2010-\u2013 \u00a0]|%20|\+|&nbsp;|\\u00a0|\u00c2\u00a0"
_GAP = rf"(?:{_JOINS})?"
# And in a phone number, or one that was taken for an amount: `(987) 650-1234`, `9,876,501,234`.
_PHONE_JOINS = r"[.,/'\u2019\u2009\u202f]|%2[CcFf]|\u00e2\u0080[\u0089\u0099\u00af]"
_PHONE_GAP = rf"\)?(?:{_PHONE_JOINS}|{_JOINS}){{0,3}}"
# What groups the digits of an amount.
_COMMA = (
    r"(?:[,'\u2019 \u00a0\u2009\u202f]|%2[Cc]|%20|&nbsp;|&#(?:39|160|8239);|\\u00a0|\\u20(?:09|2f)"
    r"|\u00c2\u00a0|\u00e2\u0080[\u0089\u0099\u00af])"
)
# A run of masking characters, as such, JSON-escaped, or as UTF-8 read as Latin-1.
_STARS = r"(?:[*#xX\u2022\u25cf\u00b7]|\\u20[0-9a-f]{2}|\\u25cf|\u00e2[\u0080-\u00bf]{2}){2,10}"
# A short number is a secret only where it stands alone; an escape sequence is no neighbour.
# A look-behind after the first digit: a pattern that begins with a literal is searched faster.
_ALONE_BEFORE = (
    r"(?:(?<![0-9A-Za-z.].)|(?<=\\[nrt].)|(?<=\\u[0-9a-fA-F]{4}.)|(?<=%[0-9A-Fa-f]{2}.))"
)
_ALONE_AFTER = r"(?![0-9A-Za-z])"
_END_BEFORE = rf"(?:{_ALONE_BEFORE}|(?<=[xX]{{2}}.))"


# What stands between the digits of a number that was taken apart: `[0, 2]`, `["0","2"]`, `0%2C2`.
_QUOTE = r"(?:%22|\\*[\"'])?"
_BLANKS = r"(?:\s|\\[nrt]|%20){0,9}"
# Blanks, and signs without a width, also as UTF-8 read as Latin-1.
_UNSEEN = (
    r"(?:\s|\\u200[b-f]|\\u00ad|[\u00ad\u0300-\u036f\u200b-\u200f\u2060\ufeff]"
    r"|\u00e2\u0080[\u008b-\u008f]|\u00e2\u0081\u00a0|\u00ef\u00bb\u00bf|\u00c2\u00ad"
    r"|\u00cc[\u0080-\u00bf]|\u00cd[\u0080-\u00af]|&shy;|&lrm;"
    r"|%20|%[Ee]2%80%8[B-Db-d]){1,9}"
)
_BETWEEN = rf"(?:{_QUOTE}{_BLANKS}(?:[,;:/_|.]|%2[Cc]|%3[AaBb]){_BLANKS}{_QUOTE}|{_UNSEEN})"
_BEGINS = r"(?:(?<![0-9A-Za-z.%])|(?<=%[0-9A-Fa-f]{2}))"
_PIECES = re.compile(rf"{_BEGINS}[0-9]{{1,5}}(?:{_BETWEEN}[0-9]{{1,5}})+(?![0-9A-Za-z])")
_DIGITS = re.compile(r"%[0-9A-Fa-f]{2}|\\u200[b-f]|\\u00ad|[0-9]+")
_CODES = frozenset(str(code) for code in range(ord("0"), ord("9") + 1))
# Between groups of digits these make a measure or a time: 10.24, 10:24:68.
_OF_MEASURES = re.compile(r"[.:]|%3[Aa]")


def numbers_apart(text: str, numbers: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """Where `text` holds one of `numbers` in pieces, and which: `[0,2,4,6,8,0]`, `02,46,80`.

    One pattern finds whatever is in pieces: one for each number would take seconds to compile.
    """
    for places, number in digits_of_members(text, numbers):
        yield from ((begins, ends, number) for begins, ends in places)
    for run in _PIECES.finditer(text):
        pieces = [
            (run.start() + each.start(), each[0])
            for each in _DIGITS.finditer(run[0])
            if each[0].isdigit()
        ]
        joined = "".join(digits for _, digits in pieces)
        if any(number in joined for number in numbers):
            yield from _in_pieces(text, pieces, numbers)
        yield from _in_codes(pieces, numbers)


def _in_codes(
    pieces: list[tuple[int, str]], numbers: Collection[str]
) -> Iterator[tuple[int, int, str]]:
    """The numbers that are written as the codes of their digits: `[48,50,52]`, `{"0":48,"1":50}`.

    So a script has the bytes of a text.
    """
    codes = [(at, chr(int(code))) for at, code in pieces if code in _CODES]
    joined = "".join(digit for _, digit in codes)
    for number in numbers:
        first = joined.find(number)
        if first >= 0:
            yield codes[first][0], codes[first + len(number) - 1][0] + 2, number


def _in_pieces(
    text: str, pieces: list[tuple[int, str]], numbers: Collection[str]
) -> Iterator[tuple[int, int, str]]:
    """The numbers that some of `pieces`, one after the other, are made of; none twice."""
    first = 0
    while first < len(pieces):
        found, last = "", first
        while last < len(pieces) and len(found) < max(map(len, numbers)):
            found += pieces[last][1]
            last += 1
            begins, ends = pieces[first][0], pieces[last - 1][0] + len(pieces[last - 1][1])
            lengths = [len(digits) for _, digits in pieces[first:last]]
            if (
                len(lengths) > 1
                and found in numbers
                and _is_one_number(text[begins:ends], lengths, len(found))
            ):
                yield begins, ends, found
                first = last - 1
                break
        first += 1


def _is_one_number(text: str, lengths: list[int], length: int) -> bool:
    """Whether pieces of these lengths are digits, or groups of them, and no measures.

    Of a short number only digits count: pairs of two are everywhere.
    """
    if set(lengths) == {1}:
        return True
    grouped = length >= _SHORT and 1 not in lengths[:-1]
    return grouped and _OF_MEASURES.search(text) is None


def _amounts(number: str) -> Iterator[str]:
    """A number as one who reads it as an amount groups it: `739,105`, and in India `7,39,105`."""
    for pattern in (r"(?<=\d)(?=(?:\d{3})+$)", r"(?<=\d)(?=(?:\d{2})*\d{3}$)"):
        first, *groups = re.split(pattern, number)
        if groups:
            yield (
                f"{first[0]}{_ALONE_BEFORE}(?<![0-9][,'].){first[1:]}"
                f"{''.join(_COMMA + each for each in groups)}{_ALONE_AFTER}(?![,'][0-9])"
            )


def loose_forms(secret: str) -> list[str]:
    """Patterns of a number as pages write it: `123-456`, `123,456`, `98****3210`, reversed."""
    if not is_number(secret):
        return []
    patterns = [
        f"{number[0]}{_ALONE_BEFORE}{number[1:]}{_ALONE_AFTER}"
        for number in (without_zeros(secret), secret[::-1])
        if number
    ]
    # Dict: up to five digits both ways to group them are one.
    patterns += dict.fromkeys(_amounts(without_zeros(secret) or secret))
    if len(secret) < _SHORT:
        return [
            f"{secret[0]}{_ALONE_BEFORE}[- ]?{'[- ]?'.join(secret[1:])}{_ALONE_AFTER}",
            *patterns,
        ]
    patterns.append((_PHONE_GAP if len(secret) == 10 else _GAP).join(secret))
    if len(secret) == 10:
        patterns += [f"{secret[:2]}{_STARS}{secret[-4:]}", f"{secret[:2]}{_STARS}{secret[-2:]}"]
    return patterns


_SHORTEST_PART = 5


def part_forms(secret: str) -> list[str]:
    """Patterns for the beginnings and ends of a number, five digits and more, that stand alone.

    A page that shows or logs what is typed as it is typed holds beginnings, one that masks it ends:
    little is left to guess.
    """
    if not is_number(secret):
        return []
    return [
        f"{secret[0]}{_ALONE_BEFORE}{_GAP}{_GAP.join(secret[1:end])}{_ALONE_AFTER}"
        f"(?!{_GAP}{secret[end]})"
        for end in range(_SHORTEST_PART, len(secret))
    ] + [
        f"{secret[start]}{_END_BEFORE}{_GAP}{_GAP.join(secret[start + 1 :])}{_ALONE_AFTER}"
        for start in range(1, len(secret) - _SHORTEST_PART + 1)
    ]


def one_pattern(forms: Iterable[str], loose: Iterable[str]) -> str:
    """One pattern for literals and for patterns that begin with a digit; the longest goes first.

    It shares beginnings. A plain `a|b|c` tries every form at every position of the text: 2.1 s for
    a trace of 5 MB and 240 forms, against 0.4 s.
    """
    root = _trie(forms)
    firsts = dict.fromkeys([*root, *(pattern[0] for pattern in loose)])
    return "|".join(
        re.escape(first)
        + "(?:"
        + "|".join(
            [
                *sorted((p[1:] for p in loose if p[0] == first), key=len, reverse=True),
                *([_branches(root[first])] if first in root else []),
            ]
        )
        + ")"
        for first in firsts
    )


def _trie(forms: Iterable[str]) -> dict[str, Any]:
    root: dict[str, Any] = {}
    for form in forms:
        node = root
        for character in form:
            node = node.setdefault(character, {})
        node[""] = None
    return root


def _branches(node: dict[str, Any]) -> str:
    branches = []
    for first, below in node.items():
        if first:
            literal, child = first, below
            while len(child) == 1 and "" not in child:
                ((character, child),) = child.items()
                literal += character
            branches.append(re.escape(literal) + _branches(child))
    if not branches:
        return ""
    optional = "?" if "" in node else ""
    return (
        branches[0]
        if len(branches) == 1 and not optional
        else f"(?:{'|'.join(branches)}){optional}"
    )
