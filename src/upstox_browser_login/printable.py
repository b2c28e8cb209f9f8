"""Text from elsewhere, made fit for a terminal.

A terminal obeys what it is sent: escape sequences move the cursor, hide text, set the window's
title or the clipboard, and direction marks turn a line round. Invisible characters also split a
secret, so that it is not found. So they go before a text is redacted and shown.
"""

from __future__ import annotations

import re
import unicodedata

# As ECMA-48 writes them, with ESC or in one character: CSI with its parameters, strings (OSC, DCS,
# SOS, PM, APC) up to their end, and the short ones.
_ESCAPE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]"
)


def printable(text: str) -> str:
    """`text` without escape sequences, control characters, direction marks and invisible ones.

    Line ends and tabs stay; every other kind of space is a plain one.
    """
    if text.isprintable():
        return text
    return "".join(map(_shown, _ESCAPE.sub("", text)))


def one_line(text: str) -> str:
    """As `printable`, on one line, so that a text cannot begin a line that looks like ours."""
    return _SPACES.sub(_space, printable(text).strip("\n\t"))


# One run at a time: a pattern that looks for a line end behind blanks tries them all again from
# each blank, which takes seconds for a text of nothing else.
_SPACES = re.compile(r"[ \n\t]+")


def _space(run: re.Match[str]) -> str:
    return " " if run[0].strip(" ") else run[0]


def _shown(character: str) -> str:
    if character.isprintable() or character in "\n\t":
        return character
    return " " if unicodedata.category(character).startswith("Z") else ""
