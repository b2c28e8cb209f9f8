"""The script that runs in every frame, before the page's own, joined from its parts in `in_page`.

It runs in an isolated world, which the page can neither see nor call, and tells what a person could
see there now. Values of fields never leave the frame: only their length, and whether they are what
was typed. All parts share one scope, and come in the order in which they need one another.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

PARTS = ("limits", "nodes", "sight", "walking", "look", "telling", "hands")


@cache
def page_script() -> str:
    """All parts, as one function that does nothing where it has run before."""
    folder = files(__package__).joinpath("in_page")
    parts = "\n".join(folder.joinpath(f"{each}.js").read_text("utf-8") for each in PARTS)
    return f'(() => {{\n"use strict";\nif (globalThis.uplHands) return;\n\n{parts}}})();\n'
