"""What keeps the program from running is told once, and once that it is over."""

from __future__ import annotations

from pathlib import Path

import pytest

from upstox_browser_login.daily.record import Notice, Records
from upstox_browser_login.daily.trouble import CANNOT_BEGIN, HAS_ENDED, Trouble
from upstox_browser_login.errors import ConfigurationError, UpstoxError


def trouble_in(folder: Path) -> Trouble:
    """What another start of the program finds, ten minutes after the one before."""
    return Trouble(Records.of_source(folder, None, folder / ".env"), lambda: 1_800_000_000.0)


def told(trouble: Trouble) -> list[Notice]:
    notices: list[Notice] = []

    def send(notice: Notice) -> bool:
        notices.append(notice)
        return True

    trouble.deliver(send)
    return notices


def test_a_trouble_is_told_once_however_often_the_program_is_started(tmp_path: Path) -> None:
    error = ConfigurationError("UPSTOX_PIN_CODE is missing.", hint="Set it.")
    for starts in range(3):
        trouble = trouble_in(tmp_path)
        trouble.met(error, CANNOT_BEGIN)
        assert [each.kind for each in told(trouble)] == ["failure"] * (starts == 0)


def test_a_trouble_is_told_with_what_to_do(tmp_path: Path) -> None:
    trouble = trouble_in(tmp_path)
    trouble.met(ConfigurationError("UPSTOX_PIN_CODE is missing.", hint="Set it."), CANNOT_BEGIN)
    (notice,) = told(trouble)
    assert CANNOT_BEGIN in notice.title
    assert notice.body == "UPSTOX_PIN_CODE is missing.\nWhat to do: Set it."


@pytest.mark.parametrize(
    ("error", "title", "sentence"),
    [
        (ConfigurationError("It is missing."), CANNOT_BEGIN, "The settings can be used."),
        (UpstoxError("Nobody has foreseen it."), HAS_ENDED, "refresh runs again."),
    ],
)
def test_the_end_of_a_trouble_is_told_once(
    tmp_path: Path, error: UpstoxError, title: str, sentence: str
) -> None:
    trouble = trouble_in(tmp_path)
    trouble.met(error, title)
    told(trouble)
    trouble.over()
    (notice,) = told(trouble)
    assert notice.kind == "over"
    assert notice.body.startswith(sentence)
    trouble.over()
    assert told(trouble) == []


def test_where_nothing_was_wrong_nothing_is_over(tmp_path: Path) -> None:
    trouble = trouble_in(tmp_path)
    trouble.over()
    assert told(trouble) == []


def test_another_place_of_settings_has_a_trouble_of_its_own(tmp_path: Path) -> None:
    trouble_in(tmp_path).met(ConfigurationError("It is missing."), CANNOT_BEGIN)
    other = Trouble(Records.of_source(tmp_path, "a-profile", tmp_path / ".env"), lambda: 0.0)
    assert told(other) == []
