"""Patterns are kept as Python has compiled them, and are the same when they are taken again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.page.test_pattern import every_pattern
from upstox_browser_login.page import kept
from upstox_browser_login.page.kept import compiled, kept_in
from upstox_browser_login.page.pattern import Pattern

TEXT = r"^(?P<what>code|pin)\b.{0,20}(ab|[^\W\d]+)(?<!x)"


def no_first_step(text: str) -> kept.Compiled:
    raise AssertionError(text)


def the_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def keep(folder: Path, *texts: str) -> None:
    with kept_in(folder):
        for each in texts or (TEXT,):
            compiled(each)


def test_each_pattern_of_the_tables_is_what_python_makes_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two patterns are equal for Python where text, flags and code are."""
    texts = [TEXT, *(Pattern(each)._compiled.pattern for each in every_pattern())]
    keep(tmp_path, *texts)
    monkeypatch.setattr(kept, "_first_step", no_first_step)
    with kept_in(tmp_path):
        for text in texts:
            re.purge()
            usual = re.compile(text)
            taken = compiled(text)
            assert taken is not usual
            assert taken == usual
            assert taken.groupindex == usual.groupindex
            assert taken.groups == usual.groups


def test_groups_are_found_by_name_and_number(tmp_path: Path) -> None:
    keep(tmp_path)
    with kept_in(tmp_path):
        found = compiled(TEXT).search("pin is ab")
    assert found is not None
    assert (found["what"], found[1], found.lastgroup) == ("pin", "pin", None)


def test_a_file_that_has_all_is_not_written_again(tmp_path: Path) -> None:
    keep(tmp_path)
    before = the_file(tmp_path).stat()
    keep(tmp_path)
    assert the_file(tmp_path).stat().st_ino == before.st_ino
    keep(tmp_path, TEXT, "new")
    assert the_file(tmp_path).stat().st_ino != before.st_ino


def test_what_was_kept_stays_where_something_new_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(tmp_path)
    keep(tmp_path, "new")
    monkeypatch.setattr(kept, "_first_step", no_first_step)
    keep(tmp_path, TEXT, "new")


def test_another_build_of_python_compiles_for_itself(tmp_path: Path) -> None:
    keep(tmp_path)
    before = the_file(tmp_path).read_bytes()
    with kept_in(tmp_path, made_by="another"):
        assert compiled(TEXT) == re.compile(TEXT)
    assert the_file(tmp_path).read_bytes() != before


@pytest.mark.parametrize("damage", [b"", b"\x00", b"\xff" * 400, None])
def test_a_damaged_file_is_written_anew(tmp_path: Path, damage: bytes | None) -> None:
    keep(tmp_path)
    path = the_file(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:-40] if damage is None else damage)
    with kept_in(tmp_path):
        assert compiled(TEXT) == re.compile(TEXT)
    assert path.read_bytes() == whole


def test_a_file_with_one_wrong_letter_is_written_anew(tmp_path: Path) -> None:
    """Python takes such code, and would find another word than the pattern's."""
    keep(tmp_path, "withdraw")
    path = the_file(tmp_path)
    whole = path.read_bytes()
    for at, each in enumerate(whole):
        path.write_bytes(whole[:at] + bytes([each ^ 1]) + whole[at + 1 :])
        with kept_in(tmp_path):
            assert compiled("withdraw").search("withdraw")
        assert path.read_bytes() == whole


def test_code_that_python_does_not_take_is_compiled_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(tmp_path)
    whole = the_file(tmp_path).read_bytes()
    right = kept._second_step
    wrong = kept.Compiled(32, memoryview(b"\xff" * 8), 0, {})
    with monkeypatch.context() as patch:
        patch.setattr(kept, "_first_step", lambda _: wrong)
        patch.setattr(kept, "_second_step", lambda text, _: re.compile(text))
        with kept_in(tmp_path, made_by="damaged"):
            compiled(TEXT)
    assert the_file(tmp_path).read_bytes() != whole
    with pytest.raises(kept._UNKNOWN):
        right(TEXT, wrong)
    with kept_in(tmp_path, made_by="damaged"):
        assert compiled(TEXT) == re.compile(TEXT)
    with kept_in(tmp_path):
        compiled(TEXT)
    assert the_file(tmp_path).read_bytes() == whole


@pytest.mark.parametrize("part", ["re._parser", "re._compiler", "_sre"])
def test_a_python_with_other_steps_compiles_as_always(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    usual = kept._part

    def without(name: str) -> object:
        if name == part:
            raise ModuleNotFoundError(name)
        return usual(name)

    monkeypatch.setattr(kept, "_part", without)
    with kept_in(tmp_path):
        assert compiled(TEXT) == re.compile(TEXT)
        monkeypatch.setattr(kept, "_first_step", no_first_step)
        assert compiled("new") == re.compile("new"), "it is tried once"
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_pattern_is_told_as_always(tmp_path: Path) -> None:
    with kept_in(tmp_path), pytest.raises(re.error, match="unterminated"):
        compiled("(")


def test_a_folder_that_is_gone_delays_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with kept_in(tmp_path / "file"):
        assert compiled(TEXT) == re.compile(TEXT)


def test_nothing_is_kept_outside(tmp_path: Path) -> None:
    with kept_in(None):
        compiled(TEXT)
    compiled("outside")
    keep(tmp_path, "inside")
    assert b"outside" not in the_file(tmp_path).read_bytes()
