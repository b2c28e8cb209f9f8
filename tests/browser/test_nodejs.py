"""A Node.js that the environment names: it types the PIN, so it is told of, or refused."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from upstox_browser_login.browser.driver import running_driver
from upstox_browser_login.browser.nodejs import VARIABLE, check_nodejs
from upstox_browser_login.errors import ConfigurationError

if sys.platform == "win32":
    pytest.skip("looks at modes", allow_module_level=True)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One that the environment names, and that ends at once."""
    path = tmp_path / "bin" / "node"
    path.parent.mkdir(0o755)
    path.write_text("#!/bin/sh\nexit 3\n")
    path.chmod(0o755)
    monkeypatch.setenv(VARIABLE, str(path))
    return path


def test_it_is_named_every_time(program: Path, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(2):
        check_nodejs()
    assert len(caplog.messages) == 2
    assert all(f"{VARIABLE} is set: {program} runs in place of" in each for each in caplog.messages)


def test_none_is_no_matter(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    check_nodejs()
    monkeypatch.setenv(VARIABLE, "")
    check_nodejs()
    assert caplog.messages == []


def refused() -> str:
    with pytest.raises(ConfigurationError) as caught:
        check_nodejs()
    assert caught.value.exit_code == 3
    return caught.value.message


def test_one_that_everybody_may_write_is_refused(
    program: Path, caplog: pytest.LogCaptureFixture
) -> None:
    program.chmod(0o757)
    assert f"{program} can be written by every user (mode 757)" in refused()
    assert caplog.messages == []


def test_one_in_a_folder_that_everybody_may_write_is_refused(program: Path) -> None:
    """Whoever may write the folder may put another program in its place."""
    program.parent.chmod(0o777)
    assert f"{program.parent} can be written by every user (mode 777)" in refused()
    program.parent.chmod(0o1777)
    check_nodejs()


def test_the_program_behind_a_link_counts(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = tmp_path / "node"
    link.symlink_to(program)
    monkeypatch.setenv(VARIABLE, str(link))
    program.chmod(0o777)
    assert f"{program} can be written by every user (mode 777)" in refused()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give")
@pytest.mark.parametrize("which", ["program", "folder"])
def test_one_of_another_user_is_refused(which: str, program: Path) -> None:
    owned = program if which == "program" else program.parent
    os.chown(owned, 12345, 12345)
    assert f"{owned} belongs to another user (uid 12345)" in refused()


def test_one_that_is_not_there_is_not_blamed_on_playwright(
    program: Path,
) -> None:
    program.unlink()
    assert f"{VARIABLE} names {program}, which is not a program" in refused()


@pytest.fixture
def writable(program: Path) -> Path:
    program.chmod(0o777)
    return program


async def test_the_driver_does_not_start_with_one_that_is_refused(writable: Path) -> None:
    del writable
    with pytest.raises(ConfigurationError, match=VARIABLE):
        async with running_driver(20):
            pass
