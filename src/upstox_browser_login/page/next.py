"""The steps that can be decided."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from upstox_browser_login.errors import Step

from .here import Evidence, Form, Way
from .look import Control, Field
from .said import Said
from .states.fields import Purpose
from .words import Meaning


class Wait(Struct, frozen=True):
    """Do nothing yet, and look again after so many seconds or when something changes."""

    seconds: float = 0.25
    why: str = ""


class Fill(Struct, frozen=True):
    """Type the credential of this form; with `keys` a key for each character."""

    form: Form
    keys: bool = False


class Press(Struct, frozen=True):
    """Press this control, to submit a form (`purpose`) or to pass a screen (`way`)."""

    control: Control
    purpose: Purpose | None = None
    way: Way | None = None


class Key(Struct, frozen=True):
    """Press Enter in the field, or leave it (`blur`)."""

    field: Field
    purpose: Purpose
    blur: bool = False


class Again(Struct, frozen=True):
    """Upstox refused the code, so that another one may be tried."""

    said: Said


class End(Struct, frozen=True):
    """The login ends with this meaning. `said` is what Upstox or the page said about it."""

    meaning: Meaning
    message: str = ""
    said: Said | None = None
    why: tuple[Evidence, ...] = ()
    kind: Literal[
        "", "stuck", "unknown", "no reaction", "second PIN", "no TOTP", "press", "unanswered"
    ] = ""
    purpose: Purpose | None = None
    name: str = ""
    broke: bool = False
    accepted: bool = False
    """Whether the last submission was accepted before."""
    step: Step | None = None
    """The step that it belongs to, if that is not the one under way."""
    fresh_start: bool = False
    """Whether a fresh start may help."""


Next = Wait | Fill | Press | Key | Again | End
