"""The script that runs in every frame before the page's own, joined from its parts in `in_page`.

It runs in an isolated world, which the page can neither see nor call, and tells what a person could
see there now. The content of a field never leaves the frame: only its length, and whether it is
what was typed. All parts share one scope, and each needs the ones before it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

PARTS = (
    "limits",
    "nodes",
    "sight",
    "elements",
    "rows",
    "walking",
    "nearness",
    "look",
    "telling",
    "hands",
)


@cache
def page_script() -> str:
    """All parts as one function, which does nothing if it has run before."""
    folder = files(__package__).joinpath("in_page")
    parts = "\n".join(folder.joinpath(f"{each}.js").read_text("utf-8") for each in PARTS)
    return f'(() => {{\n"use strict";\nif (globalThis.uplHands) return;\n\n{parts}}})();\n'
