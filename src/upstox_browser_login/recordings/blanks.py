"""Blank pictures: what stands in place of one that could show something of a person.

No tool can tell what pixels show. A blank one has the size and, where it can be made here, the kind
of the picture that it stands for, so that a page that is replayed has the same layout.
"""

from __future__ import annotations

import base64
import binascii
import re
import struct
import zlib
from collections.abc import Callable, Mapping
from urllib.parse import quote

MOST_PIXELS = 25_000_000
LONGEST = 16_384
"""Pixels that a side may have. A larger picture is cut, so that none is made without bounds."""

_CUT = 5_000

Size = tuple[int, int]


def kind_of_picture(data: bytes) -> str | None:
    """The kind of a picture of pixels, by its first bytes; None for what is none."""
    for start, kind in _STARTS.items():
        if data.startswith(start):
            return kind
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        return "BMP"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in {b"avif", b"avis", b"mif1", b"heic"}:
        return "AVIF"
    return None


_STARTS: Mapping[bytes, str] = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG": "PNG",
    b"GIF8": "GIF",
    b"\0\0\1\0": "ICO",
}


def blank(data: bytes) -> bytes:
    """A blank picture of the size of `data`, which is a picture.

    It is of the same kind where that is JPEG, PNG, GIF or WEBP, and a PNG otherwise: browsers know
    a picture by its first bytes, whatever it is called.
    """
    kind = kind_of_picture(data) or ""
    try:
        width, height = _SIZES[kind](data)
    except (struct.error, KeyError, IndexError):
        width, height = 1, 1
    width, height = max(1, width), max(1, height)
    if max(width, height) > LONGEST or width * height > MOST_PIXELS:
        width, height = min(width, _CUT), min(height, _CUT)
    return _MAKERS.get(kind, _png)(width, height)


# -- sizes -----------------------------------------------------------------------------------------


def _jpeg_size(data: bytes) -> Size:
    at = 2
    while at + 9 < len(data):
        if data[at] != 0xFF:
            break
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        if marker == 0xFF:  # a filler
            at += 1
        elif marker == 1 or 0xD0 <= marker <= 0xD8:  # these have no length
            at += 2
        else:
            at += 2 + max(2, int(struct.unpack_from(">H", data, at + 2)[0]))
    return 1, 1


def _webp_size(data: bytes) -> Size:
    match data[12:16]:
        case b"VP8X":
            return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(
                data[27:30], "little"
            )
        case b"VP8L":
            bits = struct.unpack_from("<I", data, 21)[0]
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack_from("<HH", data, 26)
    return width & 0x3FFF, height & 0x3FFF


def _avif_size(data: bytes) -> Size:
    at = data.find(b"ispe", 0, 65_536)
    return struct.unpack_from(">II", data, at + 8) if at > 0 else (1, 1)


def _bmp_size(data: bytes) -> Size:
    width, height = struct.unpack_from("<ii", data, 18)
    return abs(width), abs(height)


_SIZES: Mapping[str, Callable[[bytes], Size]] = {
    "JPEG": _jpeg_size,
    "PNG": lambda data: struct.unpack_from(">II", data, 16),
    "GIF": lambda data: struct.unpack_from("<HH", data, 6),
    "WEBP": _webp_size,
    "AVIF": _avif_size,
    "ICO": lambda data: (data[6] or 256, data[7] or 256),
    "BMP": _bmp_size,
}


# -- pictures --------------------------------------------------------------------------------------


def _png(width: int, height: int) -> bytes:
    """Grey: one bit a pixel, of a palette of one colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        whole = name + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    rows = (b"\0" * (1 + (width + 7) // 8)) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 3, 0, 0, 0))
        + chunk(b"PLTE", b"\xcc\xcc\xcc")
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


def _jpeg(width: int, height: int) -> bytes:
    """Grey: of each block one bit says that its mean is that of the last, one that it ends."""

    def segment(marker: int, data: bytes) -> bytes:
        return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data

    one_code = b"\1" + b"\0" * 15 + b"\0"  # one code of one bit, and it means 0
    bits = 2 * ((width + 7) // 8) * ((height + 7) // 8)
    full, rest = divmod(bits, 8)
    return (
        b"\xff\xd8"
        + segment(0xDB, b"\0" + b"\1" * 64)
        + segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0")
        + segment(0xC4, b"\x00" + one_code + b"\x10" + one_code)
        + segment(0xDA, b"\1\1\0\0\x3f\0")
        + b"\0" * full
        + (bytes([0xFF >> rest]) if rest else b"")
        + b"\xff\xd9"
    )


def _gif(width: int, height: int) -> bytes:
    """Transparent: a screen of this size, with a picture of one pixel on it."""
    screen = struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\xcc\xcc\xcc\0\0\0"
    transparent = b"\x21\xf9\x04\x01\0\0\0\0"
    pixel = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\0"
    return b"GIF89a" + screen + transparent + pixel + b"\x3b"


def _webp(width: int, height: int) -> bytes:
    """Grey, without loss: each of its five codes has one symbol, so that a pixel takes no bit."""
    bits, length = 0, 0

    def put(value: int, count: int) -> None:
        nonlocal bits, length
        bits |= value << length
        length += count

    put(width - 1, 14)
    put(height - 1, 14)
    put(0, 4)  # opaque, version 0
    put(0, 3)  # no transform, no cache of colours, one group of codes
    for symbol in (0xCC, 0xCC, 0xCC, 0xFF):  # green, red, blue, opacity
        put(0b101, 3)
        put(symbol, 8)
    put(0b0001, 4)  # distances, of which there are none
    stream = b"\x2f" + bits.to_bytes((length + 7) // 8, "little")
    padded = stream + b"\0" * (len(stream) % 2)
    chunk = b"VP8L" + struct.pack("<I", len(stream)) + padded
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


_MAKERS: Mapping[str, Callable[[int, int], bytes]] = {
    "JPEG": _jpeg,
    "PNG": _png,
    "GIF": _gif,
    "WEBP": _webp,
}


# -- pictures within texts -------------------------------------------------------------------------

MOST_DRAWN = 700
"""Characters of an SVG within a page that are kept: an icon's. A QR code's are more than these."""

_BASE64 = re.compile(
    # What PNG, JPEG, GIF, WEBP, BMP, ICO and AVIF begin with.
    r"(?:iVBORw0KGg|(?:/|\\/|%2F)9j(?:/|\\/|%2F)|R0lGOD|UklGR|Qk[0-3]|AAABAA|AAAA[D-Z]GZ0eXB)"
    r"(?:[A-Za-z0-9+/=_-]|\\/|\\[rn]|%2[BFbf]|%3[Dd]|%0[ADad]|[\r\n])*+"
)
_SHORTEST = 32
"""Bytes of the smallest picture; less is a word that begins alike by chance."""

_SVG = re.compile(
    r"(?P<open>(?:<|\\u003c|%3c|&lt;)svg(?=[\s>/\\%&+]))"
    r"|(?P<close>(?:<|\\u003c|%3c|&lt;)(?:\\?/|%2f)svg)"
    r"|>|\\u003e|%3e|&gt;",
    re.IGNORECASE,
)
_SVG_BASE64 = re.compile(
    r"(image(?:/|\\/|%2F)svg(?:\+|%2B|\\u002b)xml[^,\"'<>\s]{0,40}?;base64(?:,|%2C))"
    r"((?:[A-Za-z0-9+/=_-]|\\/|%2[BFbf]|%3[Dd])*+)",
    re.IGNORECASE,
)


def blank_within(text: str, *, is_svg: bool = False) -> tuple[str, int]:
    """`text` with blank pictures in place of those that stand in it, and how many there were.

    Those are pictures in base64, whether in a data URL or a JSON member of their own, and drawings
    in SVG that are larger than an icon; of an SVG file (`is_svg`), the whole of it.
    """
    count = 0

    def raster(found: re.Match[str]) -> str:
        nonlocal count
        data = _decoded(found[0])
        if data is None or len(data) < _SHORTEST or kind_of_picture(data) is None:
            return found[0]
        count += 1
        made = base64.b64encode(blank(data)).decode("ascii")
        return quote(made, safe="") if "%" in found[0] else made

    def drawing(found: re.Match[str]) -> str:
        nonlocal count
        data = _decoded(found[2])
        if data is None or len(data) <= MOST_DRAWN:
            return found[0]
        clean, _ = _without_drawings(data.decode("utf-8", "replace"), most=0)
        count += 1
        made = base64.b64encode(clean.encode()).decode("ascii")
        return found[1] + (quote(made, safe="") if "%" in found[0] else made)

    text = _BASE64.sub(raster, text)
    text = _SVG_BASE64.sub(drawing, text)
    text, emptied = _without_drawings(text, most=0 if is_svg else MOST_DRAWN)
    return text, count + emptied


def _decoded(text: str) -> bytes | None:
    """The bytes of base64, in whatever way its signs are written; None for what is none."""
    plain = re.sub(r"\\[rn]|%0[ADad]|[\r\n]", "", text).replace("\\/", "/")
    plain = re.sub("(?i)%2f", "/", re.sub("(?i)%2b", "+", re.sub("(?i)%3d", "=", plain)))
    plain = plain.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(plain[: len(plain) // 4 * 4])
    except binascii.Error:
        return None


def _without_drawings(text: str, *, most: int) -> tuple[str, int]:
    """`text` without what is in its SVG elements of more than `most` characters, and how many."""
    pieces: list[str] = []
    done, count, depth = 0, 0, 0
    start: int | None = None
    for found in _SVG.finditer(text):
        if found["open"]:
            depth += 1
        elif start is not None and found["close"]:
            depth -= 1
            if not depth:
                if found.start() - start > most:
                    pieces.append(text[done:start])
                    done, count = found.start(), count + 1
                start = None
        elif depth and start is None:
            start = found.end()  # of what is in it: its tag ends here
    if start is not None and len(text) - start > most:  # one that does not end
        return "".join([*pieces, text[done:start]]), count + 1
    return "".join([*pieces, text[done:]]), count
