"""Pictures that could show something of a person become blank ones of the same size."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import struct
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image

from tests.recordings.handmade import kept, picture
from upstox_browser_login.recordings.blanks import MOST_PIXELS, blank, blank_within, kind_of_picture

from .test_personal import exchange

SIZE = (37, 21)


def noise(kind: str, size: tuple[int, int] = SIZE, **options: Any) -> bytes:
    """A picture with much in it."""
    file = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(file, kind, **options)
    return file.getvalue()


LOGO, QR = noise("PNG"), noise("PNG", (29, 29))
SHOWN = f"<svg viewBox='0 0 29 29'><path d='{'M1 1h1v1H0z' * 200}'/></svg>"
ICON = "<svg viewBox='0 0 24 24'><path d='M15 5l-7 7 7 7'/></svg>"


@pytest.mark.parametrize("size", [(1, 1), (8, 8), (37, 21), (640, 33)])
@pytest.mark.parametrize(
    ("kind", "options", "becomes"),
    [
        ("JPEG", {}, "JPEG"),
        ("JPEG", {"progressive": True}, "JPEG"),
        ("PNG", {}, "PNG"),
        ("GIF", {}, "GIF"),
        ("WEBP", {}, "WEBP"),
        ("WEBP", {"lossless": True}, "WEBP"),
        ("WEBP", {"exif": b"Exif\0\0II*\0\x08\0\0\0\0\0"}, "WEBP"),
        ("AVIF", {}, "PNG"),
        ("BMP", {}, "PNG"),
        ("ICO", {}, "PNG"),
    ],
)
def test_a_blank_picture_has_the_size_and_one_colour(
    kind: str, options: dict[str, Any], becomes: str, size: tuple[int, int]
) -> None:
    if kind == "ICO":
        size, options = (16, 16), {"sizes": [(16, 16)]}
    data = noise(kind, size, **options)
    made = picture(blank(data))
    assert kind_of_picture(data) == kind
    assert (made.format, made.size) == (becomes, size)
    assert len(made.convert("RGBA").getcolors() or []) == 1


def test_a_damaged_picture_and_a_huge_one_have_a_size_all_the_same() -> None:
    for start in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF\0\0\0\0WEBPVP8X", b"\0\0\1\0"):
        assert picture(blank(start)).size == (1, 1)
    for size in ((100_000, 100_000), (2_000_000_000, 1)):
        huge = blank(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", *size))
        assert len(huge) < 10_000
        assert picture(huge).width * picture(huge).height <= MOST_PIXELS


def shown(data: bytes, **more: Any) -> Any:
    given = {"method": "GET", "type": "image", "url": "https://assets.upstox.com/static/logo.png"}
    return exchange(**(given | {"response_body": data, "at": 1.0} | more))


def test_a_logo_from_before_anything_was_typed_stays() -> None:
    """Also where it is shown once more later, with a cookie."""
    cleaned, bodies = kept(
        shown(LOGO), shown(LOGO, at=9.0, request_headers=[("Cookie", "sid=k8Jq2mZt5Rw1")])
    )
    assert bodies == [LOGO, LOGO]
    assert cleaned.stand_ins.replaced["picture"] == 0


@pytest.mark.parametrize(
    "more",
    [
        {"at": 6.0},
        {"request_headers": [("cookie", "sid=k8Jq2mZt5Rw1")]},
        {"request_headers": [("Authorization", "Bearer k8Jq2mZt5Rw1")]},
        {"response_headers": [("Set-Cookie", "sid=k8Jq2mZt5Rw1")]},
        {"response_headers": [("Cache-Control", "private, max-age=60")]},
        {"url": "https://login.upstox.com/qr.png?7ABC12"},
        {"url": "https://login.upstox.com/qr.png?token=abc123"},
        {"url": "https://login.upstox.com/qr/0f8fad5b-d9cb-469f-a165-70867728950e/code.png"},
        {"method": "POST"},
    ],
)
def test_every_other_picture_is_replaced_and_counted(more: dict[str, Any]) -> None:
    cleaned, (body,) = kept(shown(QR, **more))
    assert body == blank(QR)
    assert cleaned.stand_ins.replaced["picture"] == 1
    assert hashlib.sha256(QR).hexdigest() in cleaned.digests


def test_a_script_keeps_its_pictures_unless_it_is_made_for_one() -> None:
    """A page may know the digest of a file, and does not run another."""
    script = f"const logo = 'data:image/png;base64,{ENCODED}'".encode()
    file = {"type": "script", "at": 9.0, "request_headers": [("Cookie", "sid=k8Jq2mZt5Rw1")]}
    _, (body,) = kept(shown(script, **file, url="https://login.upstox.com/static/js/m.f00.js"))
    assert body == script
    _, (body,) = kept(shown(script, **file, url="https://login.upstox.com/qr?callback=show"))
    assert ENCODED.encode() not in body


def test_a_picture_that_the_page_sends_is_replaced() -> None:
    cleaned, _ = kept(exchange(request_body=noise("JPEG"), response_body=b"{}"))
    sent = cleaned.bodies[cleaned.exchanges[0]["request"]["body"]]
    assert picture(sent).size == SIZE
    assert len(picture(sent).convert("RGB").getcolors() or []) == 1


ENCODED = base64.b64encode(QR).decode()

WITHIN = {
    "a data URL in JSON": json.dumps({"qr": f"data:image/png;base64,{ENCODED}"}),
    "a member of JSON": json.dumps({"qrImage": ENCODED}),
    "with its slashes escaped": json.dumps({"qr": ENCODED}).replace("/", "\\/"),
    "an image in HTML": f"<p><img src='data:image/png;base64,{ENCODED}'></p>",
    "a style": f".a{{background:url(data:image/png;base64,{ENCODED})}}",
    "quoted for an address": "img=" + quote(f"data:image/png;base64,{ENCODED}", safe=""),
    "a drawing in HTML": f"<p>{SHOWN}</p>",
    "a drawing in JSON": json.dumps({"svg": SHOWN}).replace("</", "<\\/"),
    "a drawing in escaped JSON": json.dumps({"svg": SHOWN}).replace("<", "\\u003c"),
    "a drawing in a quoted URL": f"data:image/svg+xml,{quote(SHOWN)}",
    "a drawing in base64": "data:image/svg+xml;base64," + base64.b64encode(SHOWN.encode()).decode(),
}


@pytest.mark.parametrize("where", WITHIN)
def test_a_picture_within_a_text_is_replaced(where: str) -> None:
    text = WITHIN[where]
    made, count = blank_within(text)
    assert count == 1
    assert ENCODED[20:60] not in made.replace("\\/", "/")
    assert "M1 1h1v1H0z" not in made
    assert len(made) < len(text)
    assert made.startswith(text[:4])
    if text.startswith("{"):
        json.loads(made)


def test_icons_and_words_stay_as_they_are() -> None:
    text = f"<p>{ICON}</p> iVBORw0KGg R0lGOD Qk1 UklGRiQAAABXRUJQ"
    assert blank_within(text) == (text, 0)


def test_of_an_svg_file_nothing_stays_but_its_size() -> None:
    text = f"<?xml version='1.0'?><!-- drawn -->\n{ICON}"
    _, (body,) = kept(shown(text.encode(), at=9.0))
    assert body == b"<?xml version='1.0'?><!-- drawn -->\n<svg viewBox='0 0 24 24'></svg>"
    _, (body,) = kept(shown(text.encode()))
    assert body == text.encode()
