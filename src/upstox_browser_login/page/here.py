"""What a look can be taken for: a form, a way on, a screen that ends a login, or nothing."""

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
"""`file` are the marks of a person's own page file, however many of them speak."""


class Evidence(Struct, frozen=True):
    """One thing that speaks for something (`weight` above 0) or forbids it (below 0)."""

    kind: EvidenceKind
    weight: float
    what: str
    about: Literal["it", "page"] = "it"
    """`page`: it would say the same of every other field that stands there."""

    def __str__(self) -> str:
        return f"{'against' if self.weight < 0 else self.kind}: {self.what}"


NEEDED = 3.0
"""Weight that two kinds of evidence must have together: one strong and one weak at the least."""

NEAR = 0.9
"""A rival with so little less weight is near."""


class Sent(Struct, frozen=True, omit_defaults=True):
    """What this run has sent, and what came of it. Times are of the walk's monotonic clock."""

    mobile: bool = False
    codes: int = 0
    refused_codes: int = 0
    pin: bool = False
    password: bool = False
    accepted: frozenset[str] = frozenset()
    """What was answered with success."""
    last: Purpose | None = None
    """The form that was filled last."""
    typed_at: float = 0.0
    """When the first character was typed into it."""
    field: int = 0
    """The field that it was typed into."""
    likeness: str = ""
    """What that field has again where another document asks for the same."""
    beside: tuple[str, ...] = ()
    """Other fields that stood there then, each by its likeness."""
    stood: frozenset[str] = frozenset()
    """The words of the controls that stood there then."""
    headings: frozenset[str] = frozenset()
    """The headings that stood there then."""
    lock_told: bool = False
    """Whether the page spoke of a lock before, which is none that came of it."""
    fills: int = 0
    """How often it was filled."""
    pressed_at: float | None = None
    """When its button was pressed; None as long as it was not."""
    pressed: tuple[str, ...] = ()
    """Screens between the forms that were passed by a press."""
    passed_at: float = 0.0
    """When the last of them was."""
    acted_at: float = 0.0
    """When anything was last typed or pressed."""
    blurred: bool = False
    """Whether the field was left, for pages that act on that."""
    pin_length: int = 6
    code_length: int = 6

    def sent(self, purpose: Purpose) -> bool:
        """Whether this credential was typed in this run."""
        done = {"mobile": self.mobile, "otp": self.codes > 0, "pin": self.pin}
        return done.get(purpose, self.password)

    def with_sent(self, purpose: Purpose) -> Sent:
        """The same once this credential was typed as well."""
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
    """A field that wants a credential, and the control that sends it, if one is known."""

    purpose: Purpose
    field: Field
    button: Control | None
    why: tuple[Evidence, ...]


class Way(Struct, frozen=True):
    """A control that leads on: a screen in the way, a method to choose, our own app's approval."""

    name: str
    control: Control
    why: tuple[Evidence, ...]


class Stop(Struct, frozen=True):
    """A screen on which a login ends."""

    name: str
    meaning: Meaning
    message: str
    why: tuple[Evidence, ...]
    step: Step | None = None
    """The step that it belongs to, where that is not the one under way."""


def stop(name: str, *why: Evidence, added: str = "") -> Stop:
    """The screen `name`, on which a login ends."""
    known_as = screen(name)
    assert known_as.meaning is not None  # noqa: S101  (of the table)
    # What may come up anywhere belongs to the step under way.
    step = None if known_as.step == "open" else known_as.step
    return Stop(name, known_as.meaning, f"{known_as.message}{added}", why, step)


class Nothing(Struct, frozen=True):
    """Nothing that is known. `loading` where the page shows that it is at work, or nothing."""

    loading: bool
    why: tuple[Evidence, ...] = ()


Here = Form | Way | Stop | Nothing
