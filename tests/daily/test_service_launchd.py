"""The launchd agent, read back by plistlib."""

from __future__ import annotations

import plistlib

from hypothesis import given

from tests.daily.jobs import PYTHON, job, odd_paths
from upstox_browser_login.daily.service_launchd import described, plist


@given(odd_paths)
def test_the_property_list_says_what_was_meant(path: str) -> None:
    """Whatever stands in the path."""
    wanted = job(folder=path, options=("--env-file", path), environment={"PATH": path})
    value = plistlib.loads(plist(wanted).encode())
    assert value["Label"] == "upstox-browser-login"
    assert value["ProgramArguments"][-3:] == ["refresh", "--env-file", path]
    assert value["ProgramArguments"][0] == PYTHON
    assert value["WorkingDirectory"] == path
    assert value["EnvironmentVariables"] == {"PATH": path}


def test_it_is_started_again_after_a_failure_only() -> None:
    value = plistlib.loads(plist(job()).encode())
    assert value["RunAtLoad"] is True
    assert value["KeepAlive"] == {"SuccessfulExit": False}
    assert value["Umask"] == 0o077


def test_one_command_installs_it() -> None:
    """It writes the file, with the same options, and hands it to launchd."""
    text = described(job(profile="second", given=" --profile second", state_dir="/x/al go"))
    agent = "gui/$(id -u)/upstox-browser-login-second"
    assert text.install.startswith(f"launchctl bootout {agent} 2>/dev/null; "), "an older one goes"
    assert "&& mkdir -p -m 700 '/x/al go' &&" in text.install
    assert text.path == "~/Library/LaunchAgents/upstox-browser-login-second.plist"
    assert f"service show --for launchd --profile second > {text.path} && launchctl" in text.install
