"""What a login says of its store and state folder before it starts a browser."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.harness import Desk
from upstox_browser_login.browser import launch
from upstox_browser_login.ledger import Ledger, login_lock
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import token_result
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import account_key, ephemeral, open_ledger_documents

DOCKER = "638 521 0:75 / / rw,relatime master:216 - overlay overlay rw,lowerdir=/var/lib\n"


@pytest.fixture(autouse=True)
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever starts a browser fails."""

    def forbidden(*_: object, **__: object) -> Any:
        raise AssertionError("a browser was started")

    monkeypatch.setattr(launch, "open_browser", forbidden)


def ledger_of(settings: Settings) -> Ledger:
    documents = open_ledger_documents(settings)
    return Ledger(documents, account_key(settings), settings.client_secret)


@pytest.mark.skipif(sys.platform == "win32", reason="mounts are of POSIX")
@pytest.mark.parametrize("lasting", [True, False])
def test_a_state_folder_in_a_containers_layer_is_warned_of(
    desk: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch, lasting: bool
) -> None:
    """Once, before anything is sent, and not where it is on a disk of its own."""
    mounts = desk.home.parent / "mountinfo"
    disk = f"650 638 254:1 / {desk.home.parent} rw - ext4 /dev/vda1 rw\n" if lasting else ""
    mounts.write_text(DOCKER + disk)
    monkeypatch.setattr(ephemeral, "MOUNTS", mounts)
    ledger_of(desk.settings(replica)).account_locked()
    attempt = desk.log_in(replica)
    assert attempt.code == "ACCOUNT_LOCKED"
    assert len(attempt.notes.warnings) == (0 if lasting else 1)
    for warning in attempt.notes.warnings:
        assert str(desk.home / "state") in warning
        assert "is lost with it" in warning
        assert "Mount a volume and set UPSTOX_STATE_DIR" in warning


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP])
def test_a_state_folder_without_locks_is_noticed_first(
    desk: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Not when the PIN was sent: exit 11, with what to do."""
    fcntl = pytest.importorskip("fcntl")

    def flock(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", flock)
    error = desk.log_in(replica).error
    assert error is not None
    assert (error.exit_code, error.code) == (11, "STORE_UNWRITABLE")
    assert "has no file locks" in error.hint
    assert replica.counts.otp_requests == 0


def test_a_state_folder_of_another_user_is_noticed_first(
    desk: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No token is read from it either: somebody else may have put it there."""
    if sys.platform == "win32":
        pytest.skip("owners are no numbers there")
    state = desk.home / "state"
    state.mkdir(parents=True)
    owner = os.geteuid()
    if owner == 0:
        os.chown(state, 54321, 54321)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    attempt = desk.log_in(replica)
    assert attempt.error is not None
    assert attempt.error.exit_code == 11
    assert "belongs to another user" in attempt.error.message
    with pytest.raises(type(attempt.error), match="belongs to another user"):
        token_result(desk.settings(replica))


def test_an_unlock_does_not_come_between(desk: Desk, replica: Replica) -> None:
    """The lock that `unlock` asks for is the one that a login holds."""
    settings = desk.settings(replica)
    documents = open_ledger_documents(settings)
    with documents.lock(login_lock(account_key(settings)), 0):
        attempt = desk.log_in(replica, timeout=5)
    assert attempt.code == "TIMEOUT"
    assert attempt.error is not None
    assert "Another login is under way" in attempt.error.message
    assert Path(settings.state_dir).is_dir()
