"""What the service needs of this machine: its program, environment and secrets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.daily.jobs import job
from upstox_browser_login.daily import service_needs
from upstox_browser_login.daily.service import Secret
from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.settings import Settings

linux = pytest.mark.skipif(sys.platform != "linux", reason="systemd is Linux's")
as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="root alone can"
)


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    """A folder that root or its owner alone may look into."""
    folder = tmp_path / "secrets"
    folder.mkdir(mode=0o700)
    for name, value in (("upstox_pin_code", "024680"), ("upstox_username", "9876501234")):
        (folder / name).write_text(value)
        (folder / name).chmod(0o600)
    return folder


def test_of_the_shells_environment_the_service_gets_what_it_needs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.invalid:3128")
    monkeypatch.setenv("UPSTOX_TIMEOUT", "90")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/etc/company.pem")
    monkeypatch.setenv("CURL_CA_BUNDLE", "/etc/company.pem")
    found = service_needs.environment()
    assert found["https_proxy"] == "http://proxy.invalid:3128"
    assert found["PATH"].split(os.pathsep)[0] == os.environ["PATH"].split(os.pathsep)[0]
    # Notices are sent by requests, which believes these certificates.
    assert found["REQUESTS_CA_BUNDLE"] == found["CURL_CA_BUNDLE"] == "/etc/company.pem"
    assert not {"UPSTOX_TIMEOUT", "HOME"} & found.keys()


def test_a_folder_is_in_path_once_and_only_if_it_is_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    here, gone = str(tmp_path), str(tmp_path / "gone")
    monkeypatch.setenv("PATH", os.pathsep.join([here, gone, "/usr/bin", here, "/usr/bin"]))
    assert service_needs.environment()["PATH"] == os.pathsep.join([here, "/usr/bin"])


@pytest.mark.skipif(os.name != "posix", reason="cron, for which it is, is not of Windows")
def test_the_path_in_need_has_the_programs_of_commands_and_the_browser(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folders = {name: tmp_path / name for name in ("secrets", "codes", "after", "browser", "other")}
    programs = {"secrets": "my-vault", "codes": "my-code", "after": "my-after", "browser": "shell"}
    for name, folder in folders.items():
        folder.mkdir()
        program = folder / programs.get(name, "unused")
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join([*map(str, folders.values()), "/usr/bin"]))
    monkeypatch.setenv("UPSTOX_PIN_CODE_COMMAND", "my-vault show 'the pin'")
    settings = Settings(
        totp_command="my-code",
        after_login="my-after --now",
        browser_path=folders["browser"] / "shell",
    )
    needed = [str(folders[name]) for name in programs]
    assert service_needs.path_in_need(settings) == os.pathsep.join([*needed, "/usr/bin"])


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "no_proxy"])
def test_a_password_in_the_environment_is_refused_and_not_repeated(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "http://asha:s3cretpass@proxy.invalid:3128")
    with pytest.raises(ConfigurationError, match=name) as caught:
        service_needs.environment()
    assert "s3cretpass" not in str(caught.value) + caught.value.hint


def test_files_that_are_called_like_settings_are_secrets(secrets: Path) -> None:
    (secrets / "notes.txt").write_text("mine")
    (secrets / "UPSTOX_CLIENT_ID").mkdir()
    assert service_needs.secrets(secrets) == (
        Secret("upstox_pin_code", str(secrets / "upstox_pin_code")),
        Secret("upstox_username", str(secrets / "upstox_username")),
    )
    assert service_needs.secrets(None) == ()


def test_a_folder_without_secrets_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    for folder, said in ((tmp_path, "No file in"), (tmp_path / "nowhere", "cannot be read")):
        with pytest.raises(ConfigurationError, match=said):
            service_needs.secrets(folder)


def test_a_job_without_secrets_hands_nothing_over() -> None:
    with service_needs.handed_over(job()) as given:
        assert given == service_needs.Given()


@linux
@as_root
def test_secrets_of_root_are_handed_over_in_memory(secrets: Path) -> None:
    """The service's user cannot read the files, and nothing of them is written anywhere."""
    wanted = job(user="nobody", secrets=service_needs.secrets(secrets))
    with service_needs.handed_over(wanted) as given:
        folder = Path(given.options[1])
        kept = [path for path in folder.iterdir() if not path.is_symlink()]
        read = subprocess.run(
            ["cat", folder / "upstox_pin_code", folder / "upstox_pin_code"],
            user="nobody",
            pass_fds=given.descriptors,
            capture_output=True,
            text=True,
            check=True,
        )
    assert kept == []
    assert read.stdout == 2 * (secrets / "upstox_pin_code").read_text()
