"""The task of Windows' Task Scheduler: `refresh --once`, hourly in India's morning."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from math import ceil
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from .service import APP, INDIA, TITLE, Job, Text, refuse_unwritable

NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"

_FEWEST_HOURS = 2
"""A time that was asked for in the evening is tried again once, and not in the next morning."""

_DAY = datetime(2026, 1, 2, tzinfo=UTC)
"""Some day that has passed, in India's calendar."""


def task(job: Job) -> str:
    """The task's XML, in ASCII and without a declaration: a file of any encoding can hold it.

    Raises `ValueError` for a path that it cannot hold.
    """
    refuse_unwritable(job)
    root = Element("Task", {"version": "1.2", "xmlns": NAMESPACE})
    _add(_add(root, "RegistrationInfo"), "Description", f"{TITLE} ({job.name})")
    trigger = _add(_add(root, "Triggers"), "CalendarTrigger")
    _add(trigger, "Enabled", "true")
    # With a Z it is the same moment whatever the machine's zone and season.
    begin = _DAY - INDIA + timedelta(minutes=job.first)
    _add(trigger, "StartBoundary", f"{begin:%Y-%m-%dT%H:%M:%SZ}")
    # Hourly, since the machine may have been off, or Upstox away. Once it is done it does nothing.
    repetition = _add(trigger, "Repetition")
    _add(repetition, "Interval", "PT1H")
    _add(repetition, "Duration", f"PT{max(_FEWEST_HOURS, ceil((job.last - job.first) / 60))}H")
    _add(_add(trigger, "ScheduleByDay"), "DaysInterval", "1")
    principal = _add(_add(root, "Principals"), "Principal", id="Author")
    _add(principal, "LogonType", "InteractiveToken")
    _add(principal, "RunLevel", "LeastPrivilege")
    settings = _add(root, "Settings")
    for name, value in _SETTINGS.items():
        _add(settings, name, value)
    program, *arguments = job.once()
    action = _add(_add(root, "Actions", Context="Author"), "Exec")
    _add(action, "Command", program)
    _add(action, "Arguments", subprocess.list2cmdline(arguments))
    _add(action, "WorkingDirectory", job.folder)
    indent(root)
    text: bytes = tostring(root, encoding="us-ascii", xml_declaration=False)
    return text.decode("ascii") + "\n"


_SETTINGS = {
    "MultipleInstancesPolicy": "IgnoreNew",
    "DisallowStartIfOnBatteries": "false",
    "StopIfGoingOnBatteries": "false",
    "StartWhenAvailable": "true",
    "RunOnlyIfNetworkAvailable": "true",
    "Enabled": "true",
    "ExecutionTimeLimit": "PT30M",
}


def described(job: Job) -> Text:
    """The task with the commands that install and remove it."""
    file = f"{job.name}.xml"
    return Text(
        "task-scheduler",
        job.name,
        task(job),
        f"{APP} service show --for task-scheduler{job.given} > {file} && "
        f"schtasks /Create /TN {job.name} /XML {file}",
        removal(job),
    )


def removal(job: Job) -> str:
    """The command line that removes the task."""
    return f"schtasks /Delete /TN {job.name} /F"


def inquiry(job: Job) -> str:
    """The command line that tells whether the task is there, and when it ran."""
    return f"schtasks /Query /TN {job.name} /V /FO LIST"


def _add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    child = SubElement(parent, name, attributes)
    child.text = text
    return child
