"""Ids, names, test ids, classes; how labels belong to fields; what controls are made of."""

from __future__ import annotations

from typing import Any

from benchmarks.drift.change import Change, options_of


def _identity(name: str, **options: Any) -> Change:
    return Change(name, "identity", options_of(options))


def _label(name: str, **options: Any) -> Change:
    return Change(
        name,
        "label",
        options_of(options),
        apart=frozenset({"boxes"}),
    )


def _control(name: str, **options: Any) -> Change:
    return Change(
        name,
        "control",
        options_of(options),
        apart=frozenset({"submission"}),
    )


CHANGES = (
    _identity("ids dropped", ids="none"),
    _identity("ids made by the framework", ids="hashed"),
    _identity("ids of the fields exchanged", ids="swapped"),
    _identity("ids that say something else", ids="misleading"),
    _identity("ids numbered", ids="numbered"),
    _identity("ids renamed", ids="renamed"),
    _identity("one id for all fields", ids="same"),
    _identity("PIN with the id of a password", ids__pin="misleading"),
    _identity("names that say something else", names="misleading"),
    _identity("names all the same", names="same"),
    _identity("test ids added", testids="own", ids="none"),
    _identity("test ids of other steps", testids="wrong"),
    Change("classes dropped", "class", {"class": "dropped"}),
    Change("classes of a CSS framework", "class", {"class": "tailwind"}),
    Change("classes that speak", "class", {"class": "readable"}),
    Change("classes that mislead", "class", {"class": "misleading"}),
    _label("labels bound", label="bound"),
    _label("labels round the fields", label="wrap"),
    _label("labels floating in the fields", label="floating"),
    _label("placeholders for labels", label="placeholder"),
    _label("aria-label for labels", label="aria"),
    _label("aria-labelledby for labels", label="labelledby"),
    _label("labels beside the fields", label="beside"),
    _label("labels below the fields", label="below"),
    _label("labels far above the fields", label="far"),
    _label("legends for labels", label="legend"),
    _label("fields in tables", label="table"),
    _label("fields in definition lists", label="list"),
    _label("titles for labels", label="title"),
    _label("PIN's label unbound", label__pin="unbound"),
    _label("PIN's label drawn by the style sheet", label__pin="generated"),
    _label(
        "PIN named by the heading only",
        label__pin="heading",
        text__pinTitle="Enter your PIN",
        headings=True,
    ),
    _label(
        "mobile named by the heading only",
        label__mobile="heading",
        text__mobileTitle="Enter your mobile number",
        headings=True,
    ),
    _control("buttons of type button", button="button"),
    _control("buttons as input elements", button="input"),
    _control("buttons as links", button="link"),
    _control("buttons as plain text links", button="bare"),
    _control("buttons as divs", button="div"),
    _control("buttons as divs with nested spans", button="span"),
    _control("buttons by role", button="role"),
    _control("buttons that hear mousedown", button="mousedown"),
    _control("icon buttons with a name", button="named"),
    _control("icon buttons without a name", button="icon"),
    _control("an arrow for a button", button="arrow"),
    _control("icon and text in a button", button="mixed"),
    _control("an image for a button", button__otp="image"),
    _control("disabled by aria only", disabled="aria"),
    Change("no form elements", "form", {"form": "none"}),
    Change(
        "no form elements, divs for buttons",
        "form",
        {"form": "none", "button": "div"},
        apart=frozenset({"submission"}),
    ),
    Change("buttons outside their forms", "form", {"form": "outside"}),
    Change("no autofocus", "form", {"autofocus": False}),
    Change("no header", "form", {"chrome": False}),
    _label("labels by letters", label="letters"),
    _label("labels with soft hyphens", label="hyphens"),
    _label("labels with no-break spaces", label="nobreak"),
    _label("labels with stars", label="starred"),
    _label("labels with colons", label="colon"),
    _label("labels in a sentence", label="sentence"),
    _label("labels and an example", label="example"),
    _label("labels and a hint below", label="hinted"),
    _label("labels as descriptions", label="describedby"),
    _label(
        "labels of number and code drawn by the style sheet",
        label__mobile="generated",
        label__otp="generated",
    ),
    _control("buttons as inputs of type button", button="inputbutton"),
    _control("buttons as components", button="component"),
    _control("buttons as divs with an icon and a name", button="described"),
    _control("buttons by letters", button="letters"),
    _control("buttons as links without an address", button="nohref"),
    _control("buttons that hear pointerup", button="pointer"),
    _control("buttons with an arrow behind the words", button="tailed"),
    Change(
        "buttons as labels of unseen ones",
        "control",
        {"button": "labelled"},
        apart=frozenset({"submission", "form"}),
    ),
)
