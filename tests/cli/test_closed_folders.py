"""Every command tells of a folder that this user may not look into."""

from __future__ import annotations

from pathlib import Path

import pytest

from upstox_browser_login.daily.service_needs import acting_as
from upstox_browser_login.replica import Replica

from .conftest import Call, as_root


@as_root
@pytest.mark.parametrize(
    "words",
    [
        ("check-env",),
        ("check-env", "--state-dir", "{closed}/x"),
        ("check-env", "--browser-path", "{closed}/x"),
        ("check-env", "--page-file", "{closed}/x"),
        ("status",),
        ("status", "--token-store", "sqlite:///{closed}/t.db"),
        ("status", "--env-file", "{closed}/x"),
        ("status", "--secrets-dir", "{closed}"),
        ("token", "--output", "dotenv", "--write", "{closed}/x/y.env"),
        ("configure", "--remove", "--yes", "--env-file", "{closed}/x"),
        ("accounts", "list"),
        ("accounts", "remove", "--yes", "papa"),
        ("traces", "list", "--trace-dir", "{closed}"),
        ("traces", "show", "--trace-dir", "{closed}/x"),
        ("replay", "--looks", "{closed}"),
        ("service", "status", "--for", "systemd"),
        ("service", "uninstall", "--for", "systemd"),
    ],
)
def test_a_closed_folder_is_told_of_as_that(
    call: Call,
    upstox: Replica,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
) -> None:
    """Whichever path leads into it, also the home folder; never as an error of the program."""
    del upstox
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setenv("HOME", str(closed))
    monkeypatch.chdir("/")
    given = [each.replace("{closed}", str(closed)) for each in words]
    call(*given)  # as root, who may: so all is imported that this user might not read
    with acting_as("nobody"):
        done = call(*given, "--format", "json")
    assert done.status not in {0, 1}
    told = done.out + done.err
    assert done.object["error"]["code"] != "UNEXPECTED"
    assert "Permission denied" in told
