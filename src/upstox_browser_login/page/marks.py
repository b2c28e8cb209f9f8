"""What a person's page file adds to the tables, until a release knows the changed page.

`UPSTOX_PAGE_FILE` names a TOML file of entries. Each entry adds one mark. All marks of the file
together are at most one kind of evidence, so a second kind must always come from the page. An entry
lifts no veto, changes no known ending, and adds no origin to type on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, get_args

from msgspec import Struct

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.files.refused import reason_of
from upstox_browser_login.files.text import decoded

from .look import Control, Field, Look, Text
from .said import Said, meaning_of
from .states.fields import PURPOSES, Purpose
from .states.screens import SCREENS
from .words import CODES, ENDINGS, REPEATS_ITSELF, Meaning

VARIABLE = "UPSTOX_PAGE_FILE"

LARGEST = 64 * 1024
"""Bytes: a page file has a few lines, so a larger file is another one."""

LONGEST = 200
"""Characters of an id or a text in an entry."""

Replaceable = Literal["identity", "words"]
"""Marks of the tables that an entry may replace."""

GO_ON: frozenset[Meaning] = frozenset({"session lost"})
"""Meanings after which a login begins again by itself, which no entry may give."""

_SCREENS = tuple(each.name for each in SCREENS)
_MEANINGS = tuple(each for each in ENDINGS if each not in GO_ON | {"unknown"})


class FieldMark(Struct, frozen=True):
    """A field with this id, name or test id, and these words at it, takes this credential."""

    purpose: Purpose
    id: str = ""
    words: str = ""
    replaces: frozenset[str] = frozenset()

    def __str__(self) -> str:
        instead = f", in place of the known {' and '.join(sorted(self.replaces))}"
        what = f"a field with {_told(self.id, self.words)} wants the {self.purpose}"
        return f"{what}{instead if self.replaces else ''}"


class ButtonMark(Struct, frozen=True):
    """A control with this id and these words sends the form of this credential."""

    purpose: Purpose
    id: str = ""
    words: str = ""

    def __str__(self) -> str:
        return f"a control with {_told(self.id, self.words)} sends the {self.purpose}"


class WayMark(Struct, frozen=True):
    """A control with this id and these words leads on from a screen that wants nothing."""

    id: str = ""
    words: str = ""

    def __str__(self) -> str:
        return f"a control with {_told(self.id, self.words)} leads on"


class ScreenMark(Struct, frozen=True):
    """A page without a field that has these words is this screen, which ends a login."""

    name: str
    words: str

    def __str__(self) -> str:
        return f"a page with {_told('', self.words)} is the screen {self.name}"


class TextMark(Struct, frozen=True):
    """A message with these words means this."""

    meaning: Meaning
    words: str

    def __str__(self) -> str:
        return f"a message with {_told('', self.words)} means: {self.meaning}"


class CodeMark(Struct, frozen=True):
    """A code of Upstox's means this."""

    meaning: Meaning
    code: str

    def __str__(self) -> str:
        return f"the code {self.code} means: {self.meaning}"


Mark = FieldMark | ButtonMark | WayMark | ScreenMark | TextMark | CodeMark


class Marks(Struct, frozen=True):
    """All entries of a file."""

    fields: tuple[FieldMark, ...] = ()
    buttons: tuple[ButtonMark, ...] = ()
    ways: tuple[WayMark, ...] = ()
    screens: tuple[ScreenMark, ...] = ()
    texts: tuple[TextMark, ...] = ()
    codes: tuple[CodeMark, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """Every entry in words."""
        every: tuple[Mark, ...] = (
            *self.fields,
            *self.buttons,
            *self.ways,
            *self.screens,
            *self.texts,
            *self.codes,
        )
        return tuple(str(each) for each in every)

    def replaced(self, purpose: Purpose, kind: Replaceable) -> bool:
        """Whether the tables' marks of this kind are replaced."""
        return any(each.purpose == purpose and kind in each.replaces for each in self.fields)

    def of_field(self, each: Field) -> tuple[FieldMark, ...]:
        """The entries that name this field."""
        ids = {each.id, each.name, each.testid}
        texts = (each.label, each.placeholder, *each.near)
        return tuple(mark for mark in self.fields if _is_named(mark.id, mark.words, ids, texts))

    def sends(self, control: Control, purpose: Purpose) -> bool:
        """Whether an entry says that this control sends the form of this credential."""
        return any(
            mark.purpose == purpose and _is_control(mark.id, mark.words, control)
            for mark in self.buttons
        )

    def leads_on(self, control: Control) -> bool:
        """Whether an entry says that this control leads on."""
        return any(_is_control(mark.id, mark.words, control) for mark in self.ways)

    def screen_of(self, look: Look) -> tuple[str, Text] | None:
        """The screen that an entry says this page is, and the text that it has."""
        for mark in self.screens:
            for text in look.texts:
                if not text.control and _has(text.text, mark.words):
                    return mark.name, text
        return None

    def meaning_of(self, said: Said) -> Meaning | None:
        """What the entries say of a message that the tables do not know."""
        for code in self.codes:
            if said.code == code.code:
                return code.meaning
        for mark in self.texts:
            if _has(said.text, mark.words):
                return mark.meaning
        return None


NO_MARKS = Marks()


def _told(id_: str, words: str) -> str:
    found = [f"the id {id_!r}"] if id_ else []
    return " and ".join([*found, f"the words {words!r}"] if words else found)


def _is_control(id_: str, words: str, control: Control) -> bool:
    return _is_named(id_, words, {control.id, control.testid}, (control.words,))


def _is_named(id_: str, words: str, ids: set[str], texts: Iterable[str]) -> bool:
    """Whether all that an entry gives is there."""
    return (not id_ or id_ in ids) and (not words or any(_has(text, words) for text in texts))


def _has(text: str, words: str) -> bool:
    """Whether `words` stand in `text` as whole words, in capitals or not."""
    return (
        re.search(rf"(?<!\w){re.escape(_normal(words))}(?!\w)", _normal(text), re.UNICODE)
        is not None
    )


def _normal(text: str) -> str:
    return " ".join(text.casefold().split())


# -- reading ---------------------------------------------------------------------------------------


class _EntryError(ValueError):
    """What is wrong with an entry."""


def read_marks(path: Path | None) -> Marks:
    """The entries of a page file; none where there is no file to read.

    Raises `ConfigurationError`, which names the entry that is wrong.
    """
    if path is None:
        return NO_MARKS
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise _refused(path, f"it has more than {LARGEST // 1024} kB")
        text = decoded(data)
    except OSError as error:
        why = reason_of(error)
        hint = f"Name a file that is there and that this user may read, or leave {VARIABLE} out."
        raise _unread(path, why, hint) from None
    except ValueError as error:
        hint = f"Make it a UTF-8 text file, or leave {VARIABLE} out."
        raise _unread(path, str(error), hint) from None
    try:
        return parse_marks(text)
    except ValueError as error:
        raise _refused(path, str(error)) from None


def _unread(path: Path, why: str, hint: str) -> ConfigurationError:
    return ConfigurationError(f"{VARIABLE}, {path}: it cannot be read: {why}.", hint=hint)


def _refused(path: Path, why: str) -> ConfigurationError:
    return ConfigurationError(
        f"{VARIABLE}, {path}: {why.rstrip('.')}.",
        hint=f"Correct that entry, or leave {VARIABLE} out. docs/when-the-page-changes.md says "
        "what an entry may have.",
    )


def parse_marks(text: str) -> Marks:
    """The entries of a page file's text. Raises `ValueError`, which names the wrong entry."""
    import tomllib  # most people have no such file

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _EntryError(f"it is not written as TOML is: {error}") from None
    except RecursionError:
        raise _EntryError("it is not written as TOML is: it is nested too deep") from None
    unknown = [name for name in data if name not in _TABLES]
    if unknown:
        known = ", ".join(f"[[{name}]]" for name in _TABLES)
        raise _EntryError(f"{unknown[0]!r} is no entry of a page file; there are {known}")
    found: dict[str, tuple[Any, ...]] = {}
    for name, (plural, read) in _TABLES.items():
        entries = data.get(name, [])
        if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
            raise _EntryError(f"write [[{name}]], with two brackets, above each entry of this kind")
        made: list[Mark] = []
        for number, entry in enumerate(entries, 1):
            try:
                mark = read(entry)
            except _EntryError as error:
                raise _EntryError(f"[[{name}]] number {number}: {error}") from None
            for other, before in enumerate(made, 1):
                if _names(before) == _names(mark):
                    raise _EntryError(_same_twice(name, other, before, number, mark))
            made.append(mark)
        found[plural] = tuple(made)
    return Marks(**found)


def _names(mark: Mark) -> tuple[str, ...]:
    """What an entry names, in a form that two entries can be compared by."""
    if isinstance(mark, CodeMark):
        return (mark.code,)
    id_ = "" if isinstance(mark, ScreenMark | TextMark) else mark.id
    # "Continue" may send every form.
    sends = mark.purpose if isinstance(mark, ButtonMark) else ""
    return id_, _normal(mark.words), sends


def _same_twice(name: str, number: int, mark: Mark, other: int, second: Mark) -> str:
    entries = f"[[{name}]] number {number} and number {other} name the same"
    if mark == second:
        return f"{entries} ({mark}): leave one of them out"
    return f"{entries}, and say different things of it: {mark}; {second}. Keep the right one"


def _field(entry: Mapping[str, Any]) -> FieldMark:
    _only(entry, "is", "id", "words", "replaces")
    replaces = entry.get("replaces", [])
    kinds = get_args(Replaceable)
    if not isinstance(replaces, list) or any(each not in kinds for each in replaces):
        raise _EntryError(
            f"'replaces' must be a list with one or both of {' and '.join(map(repr, kinds))}"
        )
    purpose = _one_of(entry, "is", PURPOSES)
    return FieldMark(purpose, *_id_and_words(entry), frozenset(replaces))


def _button(entry: Mapping[str, Any]) -> ButtonMark:
    _only(entry, "sends", "id", "words")
    return ButtonMark(_one_of(entry, "sends", PURPOSES), *_id_and_words(entry))


def _way(entry: Mapping[str, Any]) -> WayMark:
    _only(entry, "id", "words")
    return WayMark(*_id_and_words(entry))


def _screen(entry: Mapping[str, Any]) -> ScreenMark:
    _only(entry, "is", "words")
    return ScreenMark(_one_of(entry, "is", _SCREENS), _words(entry))


def _text(entry: Mapping[str, Any]) -> TextMark:
    _only(entry, "means", "words")
    words = _words(entry)
    known = meaning_of(words)
    if known is not None:
        raise _EntryError(f"such a message is known and means {known!r}; no entry can change that")
    return TextMark(_one_of(entry, "means", _MEANINGS), words)


def _code(entry: Mapping[str, Any]) -> CodeMark:
    _only(entry, "means", "code")
    code = str(entry.get("code", ""))
    if not re.fullmatch(r"[A-Za-z]{0,8}\d{3,8}", code):
        raise _EntryError("'code' must be a code of Upstox's, such as \"1017106\"")
    if code in CODES or code in REPEATS_ITSELF:
        known = repr(CODES[code]) if code in CODES else "that the page asks again"
        raise _EntryError(f"the code {code} is known and means {known}; no entry can change that")
    return CodeMark(_one_of(entry, "means", _MEANINGS), code)


_TABLES: Mapping[str, tuple[str, Callable[[Mapping[str, Any]], Mark]]] = {
    "field": ("fields", _field),
    "button": ("buttons", _button),
    "way": ("ways", _way),
    "screen": ("screens", _screen),
    "text": ("texts", _text),
    "code": ("codes", _code),
}


def _only(entry: Mapping[str, Any], *names: str) -> None:
    unknown = [name for name in entry if name not in names]
    if unknown:
        raise _EntryError(f"it cannot have {unknown[0]!r}; it can have {', '.join(names)}")


def _one_of(entry: Mapping[str, Any], name: str, choices: Iterable[Any]) -> Any:
    value = entry.get(name)
    if value not in choices:
        said = f"{str(value)[:40]!r} is none of them" if name in entry else "it is missing"
        raise _EntryError(f"{name!r} must be one of {', '.join(map(str, choices))}; {said}")
    return value


def _id_and_words(entry: Mapping[str, Any]) -> tuple[str, str]:
    if not {"id", "words"} & entry.keys():
        raise _EntryError("it needs an id, or words, or both")
    id_ = entry.get("id", "")
    if "id" in entry and not (isinstance(id_, str) and re.fullmatch(rf"\S{{1,{LONGEST}}}", id_)):
        raise _EntryError(f"'id' must be a text without spaces, of at most {LONGEST} characters")
    return id_, _words(entry) if "words" in entry else ""


def _words(entry: Mapping[str, Any]) -> str:
    words = entry.get("words")
    if words is None:
        raise _EntryError("'words' is missing")
    if not isinstance(words, str) or len(words) > LONGEST:
        raise _EntryError(f"'words' must be a text of at most {LONGEST} characters")
    if sum(each.isalpha() for each in words) < 2:
        # A shorter text would stand on every page.
        raise _EntryError("'words' must have at least two letters, or they would be found anywhere")
    return words
