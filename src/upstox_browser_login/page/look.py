"""What stands on the page now, as one value: fields, controls, texts, frames.

`in_page/look.js` makes it in an isolated world of the page, and `in_page/telling.js` tells it
whenever it has changed. It holds no content of a field, only its length and whether it is what was
typed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Self

from msgspec import Struct, to_builtins
from msgspec.structs import replace

WORLD = "upstox-browser-login"
"""The name of the isolated world of the script in the page."""

BINDING = "uplTell"
"""The function by which that world, and no other, tells its looks."""

_LONGEST = 400

MOST = 400
"""Texts and controls of a whole window; `in_page` tells as many of each frame."""


class Field(Struct, frozen=True, omit_defaults=True):
    """A field that a person could type into. A row of one-character boxes is one field.

    So is a row of boxes for parts of the same length; `boxes` is then the number of characters.

    `near` are the texts nearest to it, above or beside. `below` are those under it, and errors.
    `holds` says whether it holds what was typed last, `length` how many characters it holds.
    """

    n: int
    tag: str = "input"
    type: str = "text"
    id: str = ""
    name: str = ""
    testid: str = ""
    autocomplete: str = ""
    inputmode: str = ""
    pattern: str = ""
    maxlength: int = -1
    boxes: int = 0
    masked: bool = False
    label: str = ""
    placeholder: str = ""
    near: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    heading: str = ""
    disabled: bool = False
    readonly: bool = False
    """Whether it takes no text, or not before it has the focus."""
    invalid: bool = False
    covered: bool = False
    faint: bool = False
    """Whether the field, or what is typed into it, can hardly be seen."""
    length: int = 0
    code: str = ""
    """The text right before it, where that is a country's code such as "+91"."""
    prefixed: bool = False
    """Whether it holds only the country's code."""
    holds: bool = False
    posts: str = ""
    """The origin that its form would be sent to, if that is not the page's."""
    form: int = 0
    dialog: int = 0
    at: tuple[int, ...] = (0, 0, 0, 0)
    frame: str = ""

    @property
    def facts(self) -> dict[str, Any]:
        """What must be the same when the field is typed into."""
        told = (
            "id",
            "name",
            "label",
            "placeholder",
            "near",
            "heading",
            "form",
            "posts",
            "dialog",
            "covered",
        )
        return {name: getattr(self, name) for name in told}

    @property
    def likeness(self) -> str:
        """What stays the same when the page draws the field anew.

        It is a text and no hash, so that what is personal in it can be taken out of a recording.
        """
        return " | ".join((self.tag, self.type, self.placeholder, self.label, str(self.maxlength)))


class Control(Struct, frozen=True, omit_defaults=True):
    """Something to press, such as a button, a link, a tab, or what is drawn like one."""

    n: int
    tag: str = "button"
    type: str = ""
    role: str = ""
    words: str = ""
    row: str = ""
    """The text of its row, where another control says the same."""
    id: str = ""
    testid: str = ""
    icon: bool = False
    opens: bool = False
    """Whether a press opens a closed list."""
    returns: bool = False
    """Whether it is a link to the redirect URI that hands over an authorization code."""
    disabled: bool = False
    chosen: bool = False
    covered: bool = False
    fixed: bool = False
    """Whether it keeps its place in the window while the page is scrolled."""
    heading: str = ""
    form: int = 0
    dialog: int = 0
    at: tuple[int, ...] = (0, 0, 0, 0)
    frame: str = ""

    @property
    def can_be_pressed(self) -> bool:
        """Whether it is neither closed nor under something else."""
        return not (self.covered or self.disabled)

    @property
    def is_link(self) -> bool:
        """Whether it leads elsewhere, and is not used as a button."""
        return self.tag == "a" and self.role != "button"


class Text(Struct, frozen=True, omit_defaults=True):
    """A line of visible text. `live` says how it is marked as a message: alert, status, marked."""

    text: str
    live: str = ""
    head: bool = False
    control: bool = False
    footer: bool = False
    dialog: int = 0
    field: int = 0

    @property
    def is_told(self) -> bool:
        """Whether it is neither a control's nor in the foot of the page."""
        return not (self.control or self.footer)


class Frame(Struct, frozen=True, omit_defaults=True):
    """A visible frame of the page, by its address."""

    src: str = ""
    title: str = ""
    w: int = 0
    h: int = 0


class Look(Struct, frozen=True, omit_defaults=True, cache_hash=True):
    """All that a person could see of the page's trusted frames at one moment."""

    path: str = ""
    title: str = ""
    ready: bool = False
    fields: tuple[Field, ...] = ()
    controls: tuple[Control, ...] = ()
    texts: tuple[Text, ...] = ()
    frames: tuple[Frame, ...] = ()
    spinner: bool = False
    modal: bool = False
    closed: bool = False
    """Whether a part of the page is in a closed shadow root, where nobody can look."""
    redrawn: bool = False
    """Whether a field was drawn after another one was taken away."""
    seen: bool = True
    """Of a frame, whether any part of it is inside the window."""

    @classmethod
    def read(
        cls, payload: str, frame: str = "", returns: Callable[[str], bool] = lambda _: False
    ) -> Self:
        """Read what the script told about the frame with this id.

        `returns` is asked of the address that a link leads to: see `Control.returns`.

        Raises `ValueError` if it is no look.
        """
        told = json.loads(payload)
        if not isinstance(told, dict) or "broken" in told:
            raise ValueError(f"no look: {str(told)[:300]}")
        return cls(
            path=str(told.get("path", ""))[:_LONGEST],
            title=str(told.get("title", ""))[:_LONGEST],
            ready=told.get("ready") is True,
            fields=tuple(_made(Field, each, frame) for each in told.get("fields", ())),
            controls=tuple(_control(each, frame, returns) for each in told.get("controls", ())),
            texts=tuple(_made(Text, each) for each in told.get("texts", ())),
            frames=tuple(_made(Frame, each) for each in told.get("frames", ())),
            spinner=told.get("spinner") is True,
            modal=told.get("modal") is True,
            closed=told.get("closed") is True,
            redrawn=told.get("redrawn") is True,
            seen=told.get("inView") is not False,
        )

    def to_json(self) -> str:
        """The look as `read` reads it."""
        told = {name: value for name, value in to_builtins(self).items() if name != "seen"}
        return json.dumps({**told, "inView": self.seen}, ensure_ascii=False)

    @property
    def is_empty(self) -> bool:
        """Whether a person sees no text, no field and no control."""
        return not (self.texts or self.fields or self.controls)

    def says(self) -> str:
        """Every visible line, one below the other."""
        return "\n".join(each.text for each in self.texts)

    def words(self) -> tuple[str, ...]:
        """Every visible text with the words of controls and fields, and no content of a field."""
        told = [self.title, *(each.text for each in self.texts)]
        for control in self.controls:
            told += [control.words, control.heading]
        for field in self.fields:
            told += [field.label, field.placeholder, field.heading, *field.near, *field.below]
        return tuple(dict.fromkeys(each for each in told if each))

    def with_frames(self, frames: tuple[Look, ...]) -> Look:
        """Put the looks of its trusted frames into the look of a window."""
        inner = [each for each in frames if each.seen and not each.is_empty]
        if not inner:
            return self
        return replace(
            self,
            ready=self.ready and all(each.ready for each in inner),
            fields=self.fields + tuple(f for each in inner for f in each.fields),
            # As many as of one frame, so that many frames take no longer.
            controls=(self.controls + tuple(c for each in inner for c in each.controls))[:MOST],
            texts=(self.texts + tuple(t for each in inner for t in each.texts))[:MOST],
            spinner=self.spinner or any(each.spinner for each in inner),
            redrawn=self.redrawn or any(each.redrawn for each in inner),
        )


def _control(told: Any, frame: str, returns: Callable[[str], bool]) -> Any:
    control = _made(Control, told, frame)
    to = told.get("to")
    # The address itself is not kept: it is somebody else's, and may be long.
    return (
        replace(control, returns=returns(to[:_LONGEST])) if isinstance(to, str) and to else control
    )


def _made(kind: Any, told: Any, frame: str | None = None) -> Any:
    if not isinstance(told, dict):
        raise ValueError("no look: a part of it is no object")  # noqa: TRY004  (a foreign value)
    known = kind.__struct_fields__
    values = {name: _frozen(told[name]) for name in known if name in told}
    if frame is not None:
        values["frame"] = frame
    return kind(**values)


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(each) for each in value)
    return value[:_LONGEST] if isinstance(value, str) else value
