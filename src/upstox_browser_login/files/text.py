"""The bytes of a file as text, whatever editor or shell has written it."""

from __future__ import annotations

import codecs
import re

# UTF-32 comes before UTF-16, whose mark begins in the same way.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

LINE_END = re.compile(r"\r\n|\n|\r")


def mark_and_encoding(data: bytes) -> tuple[bytes, str]:
    """The byte order mark that a file begins with, and its encoding; UTF-8 where it has none.

    PowerShell 5 writes UTF-16 with a mark.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return mark, encoding
    return b"", "utf-8"


def decoded(data: bytes) -> str:
    """The text of a file, without its mark.

    Raises `ValueError`, which names the line and quotes nothing.
    """
    mark, encoding = mark_and_encoding(data)
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        # The error holds the whole file.
        number = error.object[: error.start].count(b"\n") + 1
        name = "UTF-8" if encoding == "utf-8" else f"UTF-8, and not whole {encoding[:6].upper()}"
        raise ValueError(f"line {number} of it is not {name} text") from None
    refuse_nul(text)
    return text


def refuse_nul(text: str) -> None:
    """Raise `ValueError`, with the number of the line, where there are NUL bytes."""
    before, found, _ = text.partition("\0")
    if found:
        number = len(LINE_END.findall(before)) + 1
        raise ValueError(f"line {number} of it has NUL bytes, as UTF-16 without its mark has")
