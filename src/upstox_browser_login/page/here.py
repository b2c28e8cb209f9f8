"""What a look can be taken for: a form, a way on, the end of a login, or nothing."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from upstox_browser_login.errors import Step

from .look import Control, Field
from .states.fields import Purpose
from .states.screens import screen
from .words import Meaning

EvidenceKind = Literal["identity", "words", "shape", "place", "wire", "file"]
"""`file` is all that a page file says, however many of its entries speak."""


class Evidence(Struct, frozen=True):
    """One thing that speaks for something (`weight` above 0) or forbids it (below 0)."""

    kind: EvidenceKind
    weight: float
    what: str
    about: Literal["it", "page"] = "it"
    """`page` if it would say the same of every other field there."""

    def __str__(self) -> str:
        return f"{'against' if self.weight < 0 else self.kind}: {self.what}"


NEEDED = 3.0
"""The least weight of the evidence for a field: a strong kind and a weak one."""

NEAR = 0.9
"""A rival is near if its weight is less by no more than this."""


class Sent(Struct, frozen=True, omit_defaults=True, cache_hash=True):
    """What this login has sent, and what came of it.

    Times are of the walk's monotonic clock.
    """

    mobile: bool = False
    codes: int = 0
    refused_codes: int = 0
    pin: bool = False
    password: bool = False
    accepted: frozenset[str] = frozenset()
    """The credentials that were answered with success."""
    last: Purpose | None = None
    """The form that was filled last."""
    typed_at: float = 0.0
    """When its first character was typed."""
    field: int = 0
    """The number of the field that it was typed into."""
    likeness: str = ""
    """The likeness of that field, by which another document's copy of it is known."""
    beside: tuple[str, ...] = ()
    """The likenesses of the other fields that stood there then."""
    stood: frozenset[str] = frozenset()
    """The words of the controls that stood there then."""
    headings: frozenset[str] = frozenset()
    """The headings that stood there then."""
    lock_told: bool = False
    """Whether the page named a lock before, so that this lock does not come from what was sent."""
    fills: int = 0
    """How often it was filled."""
    pressed_at: float | None = None
    """When its button was pressed; None if it was not."""
    pressed: tuple[str, ...] = ()
    """The screens between the forms that were passed by a press."""
    passed_at: float = 0.0
    """When the last of them was passed."""
    acted_at: float = 0.0
    """When anything was last typed or pressed."""
    blurred: bool = False
    """Whether the field was left, since some pages act on that."""
    pin_length: int = 6

    def sent(self, purpose: Purpose) -> bool:
        """Whether this credential was typed in this run."""
        done = {"mobile": self.mobile, "otp": self.codes > 0, "pin": self.pin}
        return done.get(purpose, self.password)

    def with_sent(self, purpose: Purpose) -> Sent:
        """The same after this credential was typed as well."""
        match purpose:
            case "mobile":
                return replace(self, mobile=True)
            case "otp":
                return replace(self, codes=max(self.codes, self.refused_codes + 1))
            case "pin":
                return replace(self, pin=True)
            case "password":
                return replace(self, password=True)


class Form(Struct, frozen=True):
    """A field that takes a credential, and the control that sends it, if one is known."""

    purpose: Purpose
    field: Field
    button: Control | None
    why: tuple[Evidence, ...]


def is_way_back(here: Form, sent: Sent) -> bool:
    """Whether the number's form comes after another one, since the page fell back to its start."""
    return here.purpose == "mobile" and sent.last not in {None, "mobile"}


class Way(Struct, frozen=True):
    """A control that leads on, such as past a screen or to the authenticator."""

    name: str
    control: Control
    why: tuple[Evidence, ...]


def told_by(control: Control) -> Evidence:
    """The evidence of a control's own words."""
    return Evidence("words", 2, f"control {control.words[:60]!r}")


def way(name: str, control: Control, beside: Evidence) -> Way:
    """The way by a control that its words tell, and `beside` them something else."""
    return Way(name, control, (told_by(control), beside))


class Stop(Struct, frozen=True):
    """A screen that ends a login."""

    name: str
    meaning: Meaning
    message: str
    why: tuple[Evidence, ...]
    step: Step | None = None
    """The step that it belongs to, if that is not the one under way."""


def stop(name: str, *why: Evidence, added: str = "") -> Stop:
    """The screen called `name`, which ends a login."""
    known_as = screen(name)
    # A screen that may come up anywhere belongs to the step under way.
    step = None if known_as.step == "open" else known_as.step
    return Stop(name, known_as.meaning, f"{known_as.message}{added}", why, step)


class Nothing(Struct, frozen=True):
    """Nothing that is known. `loading` if the page is at work or shows nothing."""

    loading: bool
    why: tuple[Evidence, ...] = ()


Here = Form | Way | Stop | Nothing


def filled_form(here: Here, sent: Sent) -> Form | None:
    """The form that was filled last, if it is still shown."""
    return here if isinstance(here, Form) and here.purpose == sent.last else None
