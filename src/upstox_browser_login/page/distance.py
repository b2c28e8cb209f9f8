"""How far a page is from the known page: which evidence for each state is found or missing.

A login works as long as two kinds of evidence agree, so nobody notices that a page has lost a third
one. This module shows that before the second one is lost, too.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from .fields.candidate import Candidate
from .fields.choice import candidates
from .here import Evidence, EvidenceKind, Stop, Way
from .offers import expected
from .recognise import recognise
from .states.fields import PURPOSES, Purpose
from .view import View

EVERY: tuple[EvidenceKind, ...] = ("identity", "words", "shape", "place", "wire")
"""All kinds of evidence that a page can give, in the order of the report."""

IN_WORDS: dict[EvidenceKind, str] = {
    "identity": "its id or name",
    "words": "the words at it",
    "shape": "its type and length",
    "place": "its place in the login",
    "wire": "what Upstox's server has answered before",
    "file": "an entry of UPSTOX_PAGE_FILE",
}
"""Each kind of evidence in words for people."""

KINDS: dict[Purpose, tuple[EvidenceKind, ...]] = {
    # Nothing has been answered yet when the number's form comes, so the wire says nothing; and its
    # place counts only where its name speaks too.
    "mobile": ("identity", "words", "shape"),
    "otp": EVERY,
    "pin": EVERY,
    "password": EVERY,
}
"""The kinds of evidence that the tables know for each form."""

AGREEING = 2
"""Kinds of evidence that have to agree before a form is taken for what it is."""


class Standing(Struct, frozen=True):
    """A state that the page may be in, and the kinds of evidence for and against that."""

    state: str
    taken: bool
    """Whether the page is taken to be in this state."""
    spoke: tuple[Evidence, ...] = ()
    silent: tuple[EvidenceKind, ...] = ()
    against: tuple[Evidence, ...] = ()
    counted: tuple[EvidenceKind, ...] = ()
    """The kinds of evidence that are counted for it; empty for a screen, which has none."""
    mute: tuple[EvidenceKind, ...] = ()
    """Kinds that cannot speak for it, since nothing was answered before it comes."""
    needs_file: bool = False
    """Whether it is known by an entry of the page file, and would not be without that."""

    @property
    def kinds(self) -> int:
        """The number of kinds that are counted."""
        return len(self.counted)

    @property
    def speaking(self) -> int:
        """The number of these kinds that speak."""
        return self.kinds - len(self.silent)


def standings(view: View) -> tuple[Standing, ...]:
    """The states that anything on the page speaks for; first the one that is recognised.

    The form that comes next in a login is always among them.
    """
    here = recognise(view.look, view.traffic, view.sent, view.marks)
    found = list(_forms(view, getattr(here, "purpose", None)))
    if isinstance(here, Stop | Way):
        found.insert(0, Standing(here.name, taken=True, spoke=here.why))
    return tuple(sorted(found, key=lambda each: not each.taken))


def _forms(view: View, taken: Purpose | None) -> Iterator[Standing]:
    every = candidates(view.look, view.sent, view.traffic, view.marks)
    for purpose in PURPOSES:
        best = max(
            (each for each in every if each.purpose == purpose),
            key=lambda each: (not each.forbidden, each.weight),
            default=None,
        )
        if best is not None and (best.weight > 0 or purpose in {taken, expected(view.sent)}):
            yield _form(best, taken=purpose == taken)
        elif purpose == expected(view.sent):
            kinds = KINDS[purpose]
            yield Standing(
                f"{purpose} form", taken=False, silent=kinds, counted=kinds, mute=_mute(purpose)
            )


def _form(best: Candidate, *, taken: bool) -> Standing:
    kinds = _counted(best)
    return Standing(
        f"{best.purpose} form",
        taken=taken,
        spoke=tuple(each for each in best.evidence if each.weight > 0),
        silent=tuple(each for each in kinds if each not in best.kinds),
        against=tuple(each for each in best.evidence if each.weight < 0),
        counted=kinds,
        mute=tuple(each for each in _mute(best.purpose) if each not in best.kinds),
        needs_file="file" in best.kinds and len(best.kinds & {*KINDS[best.purpose]}) < AGREEING,
    )


def _counted(best: Candidate) -> tuple[EvidenceKind, ...]:
    """The kinds that the tables know for a form, and any other that speaks for it."""
    known = {*KINDS[best.purpose]}
    return tuple(each for each in IN_WORDS if each in known | best.kinds)


def _mute(purpose: Purpose) -> tuple[EvidenceKind, ...]:
    return tuple(each for each in EVERY if each not in KINDS[purpose])
