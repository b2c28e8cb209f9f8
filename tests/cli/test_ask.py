"""Questions to a person at a terminal."""

from __future__ import annotations

import io
import sys

import pytest

from upstox_browser_login.cli import ask
from upstox_browser_login.cli.usage import UnaskedError


class Typed(io.StringIO):
    """What a person types, at a terminal or not."""

    def __init__(self, text: str, *, terminal: bool = True) -> None:
        super().__init__(text)
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


def typing(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", Typed(text))


@pytest.mark.parametrize(
    ("text", "default", "expected"),
    [
        ("\n", True, True),
        ("\n", False, False),
        ("y\n", False, True),
        ("YES\n", False, True),
        ("n\n", True, False),
        (" No \n", True, False),
        # Neither is asked again, and not taken for the default.
        ("maybe\nyep\nn\n", True, False),
    ],
)
def test_only_a_yes_or_a_no_is_an_answer(
    text: str, default: bool, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    typing(monkeypatch, text)
    assert ask.agreed("Keep it?", default=default) is expected


def test_a_question_shows_what_enter_means_and_goes_to_stderr(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for default, shown in ((True, "Keep it? [Y/n] "), (False, "Keep it? [y/N] ")):
        typing(monkeypatch, "y\n")
        ask.agreed("Keep it?", default=default)
        assert capsys.readouterr() == ("", shown)


def test_no_answer_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, "")
    with pytest.raises(EOFError):
        ask.agreed("Keep it?", default=True)


@pytest.mark.parametrize("missing", ["stdin", "stderr"])
def test_where_nobody_can_read_or_answer_it_says_what_to_do(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("stdin", "stderr"):
        monkeypatch.setattr(sys, name, Typed("", terminal=True))
    ask.require_somebody("Add --yes.")
    monkeypatch.setattr(sys, missing, Typed("", terminal=False))
    assert not ask.somebody_is_there()
    with pytest.raises(UnaskedError) as raised:
        ask.require_somebody("Add --yes.")
    assert raised.value.hint == "Add --yes."


def test_what_is_typed_in_hiding_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[object] = []

    def getpass(question: str, stream: object) -> str:
        asked.extend([question, stream])
        return " 024680 "

    monkeypatch.setattr(ask, "getpass", getpass)
    assert ask.hidden("PIN:") == "024680"
    assert asked == ["PIN: ", sys.stderr]
    assert capsys.readouterr() == ("", "")
