"""The launchd agent of a Mac: `refresh` stays running while its user is logged in."""

from __future__ import annotations

import plistlib
import shlex

from .service import APP, Job, Text, refuse_unwritable


def plist(job: Job) -> str:
    """The property list. Raises `ValueError` for a path that it cannot hold."""
    refuse_unwritable(job)
    log = f"{job.state_dir}/{job.name}.launchd.log"
    value = {
        "Label": job.name,
        "ProgramArguments": [*job.staying()],
        "WorkingDirectory": job.folder,
        "EnvironmentVariables": dict(job.environment),
        "RunAtLoad": True,
        # Started again after a failure; the record of logins lets no refused PIN be sent again.
        "KeepAlive": {"SuccessfulExit": False},
        "ThrottleInterval": 60,
        "ExitTimeOut": 15,
        "ProcessType": "Background",
        "Umask": 0o077,
        "StandardErrorPath": log,
    }
    return plistlib.dumps(value).decode()


def described(job: Job) -> Text:
    """The agent with its place, and the commands that install and remove it."""
    path = _path(job)
    return Text(
        "launchd",
        path,
        plist(job),
        # launchd loads no agent that is loaded already, so that an older one goes first. It starts
        # nothing whose log has no folder, as on a Mac that has not logged in yet.
        f"{_bootout(job)} 2>/dev/null; "
        f"mkdir -p ~/Library/LaunchAgents && mkdir -p -m 700 {shlex.quote(job.state_dir)} && "
        f"{APP} service show --for launchd{job.given} > {path} && "
        f"launchctl bootstrap gui/$(id -u) {path}",
        removal(job),
    )


def removal(job: Job) -> str:
    """The command line that stops the agent and removes it."""
    return f"{_bootout(job)}; rm {_path(job)}"


def _bootout(job: Job) -> str:
    return f"launchctl bootout gui/$(id -u)/{job.name}"


def inquiry(job: Job) -> str:
    """The command line that tells whether the agent is there and runs."""
    return f"launchctl print gui/$(id -u)/{job.name}"


def _path(job: Job) -> str:
    return f"~/Library/LaunchAgents/{job.name}.plist"
