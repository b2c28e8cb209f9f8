"""An env file that a token is written to."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from upstox_browser_login.replica import Replica
from upstox_browser_login.token import Token

from .conftest import Call, linux, plain

needs_mounts = pytest.mark.skipif(
    shutil.which("unshare") is None
    or subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode != 0,
    reason="mounting needs the rights of root",
)


def test_write_keeps_the_rest_of_the_file(call: Call, ask: Call, stored: Token) -> None:
    path = Path("some.env")
    path.write_text("# mine\nUPSTOX_USERNAME='9876501234'\naccess_token=old # today's\n", "utf-8")
    path.chmod(0o640)
    done = call("token", "--output", "dotenv", "--write", path)
    assert (done.status, done.out) == (0, "")
    assert "some.env" in done.err
    assert path.read_text("utf-8") == (
        f"# mine\nUPSTOX_USERNAME='9876501234'\naccess_token={plain(stored)} # today's\n"
    )
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        assert "can be read by other users" in done.err
    assert ask("token", "--output", "dotenv", "--write", path).data["written"] == str(
        path.absolute()
    )


@pytest.fixture
def mounted(tmp_path: Path) -> Path:
    """An env file that is a mount of its own for a program that is started `within`."""
    (tmp_path / "outside.env").write_text("A=1\naccess_token=old # mine\n", "utf-8")
    path = tmp_path / "mounted.env"
    path.touch()
    return path


def within(mounted: Path, option: str, *command: str) -> subprocess.CompletedProcess[str]:
    """Run the program where the mount is there."""
    script = 'mount --bind "$1" "$2" && mount -o remount,bind,"$3" "$2" && shift 3 && exec "$@"'
    outside = mounted.with_name("outside.env")
    program = [sys.executable, "-m", "upstox_browser_login.cli", *command]
    return subprocess.run(
        ["unshare", "-m", "sh", "-c", script, "sh", outside, mounted, option, *program],
        capture_output=True,
        text=True,
        check=False,
    )


@needs_mounts
def test_write_to_a_file_that_is_a_mount_of_its_own(mounted: Path, stored: Token) -> None:
    done = within(mounted, "rw", "token", "--output", "dotenv", "--write", str(mounted))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    outside = mounted.with_name("outside.env")
    assert outside.read_text("utf-8") == f"A=1\naccess_token={plain(stored)} # mine\n"
    assert not list(mounted.parent.glob(".*"))


@needs_mounts
def test_a_mount_that_is_read_only_is_noticed_before_a_login(
    mounted: Path, upstox: Replica
) -> None:
    done = within(mounted, "ro", "token", "--output", "dotenv", "--write", str(mounted))
    assert (done.returncode, done.stdout) == (11, ""), done.stderr
    assert "cannot be written" in done.stderr
    assert len(upstox.log) == 0


def test_write_to_a_new_file(call: Call, stored: Token) -> None:
    assert call("token", "--output", "dotenv", "--write", "new.env").status == 0
    assert Path("new.env").read_text("utf-8") == f"access_token={plain(stored)}\n"
    if os.name == "posix":
        assert stat.S_IMODE(Path("new.env").stat().st_mode) == 0o600


def test_write_where_it_cannot_be(ask: Call, stored: Token) -> None:
    del stored
    Path("folder").mkdir()
    done = ask("token", "--output", "dotenv", "--write", "folder")
    assert done.status == 11
    assert done.object["error"]["code"].startswith("STORE_UN")


@linux
@pytest.mark.parametrize("path", ["here", "here/my.env"])
def test_write_where_links_go_round_in_a_circle(ask: Call, path: str) -> None:
    Path("here").symlink_to("there")
    Path("there").symlink_to("here")
    done = ask("token", "--output", "dotenv", "--write", path)
    assert done.code in {"CONFIGURATION", "STORE_UNREADABLE"}
    assert "Too many levels of symbolic links" in done.object["error"]["message"]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("token", "--output", "dotenv", "--write=$A/b"), "Give --write the path of a file."),
        (("refresh", "--once", "--log-file=$A/b"), "Give --log-file the path of a file."),
        (("token", "--browser-url", "here"), "Correct --browser-url."),
        (("login", "--sleep-time", "100", "--api-base-url", "x"), "Correct --api-base-url."),
    ],
)
def test_the_hint_is_about_the_option_that_is_wrong(
    ask: Call, upstox: Replica, words: tuple[str, ...], hint: str
) -> None:
    """`check-env` knows nothing of the options of another command."""
    del upstox
    done = ask(*words)
    assert (done.status, done.object["error"]["hint"]) == (3, hint)


def test_write_is_checked_before_a_login(ask: Call, upstox: Replica) -> None:
    """The folder is not made, and neither a code nor a PIN is spent."""
    done = ask("token", "--output", "dotenv", "--write", "none/x.env")
    assert (done.status, done.code) == (3, "CONFIGURATION")
    assert not Path("none").exists()
    Path("folder").mkdir()
    assert ask("token", "--output", "dotenv", "--write", "folder").status == 11
    if sys.platform == "linux":
        assert ask("token", "--output", "dotenv", "--write", "/proc/x.env").status == 11
    assert len(upstox.log) == 0


def test_an_owner_that_cannot_be_kept_is_noticed_before_a_login(
    ask: Call, upstox: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("theirs.env").write_text("A=1\n", "utf-8")

    def fchown(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "fchown", fchown, raising=False)
    done = ask("token", "--output", "dotenv", "--write", "theirs.env")
    assert (done.status, done.code) == (11, "STORE_UNWRITABLE")
    assert len(upstox.log) == 0
