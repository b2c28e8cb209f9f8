"""The task of Task Scheduler, against the structure that Microsoft's schema documents."""

from __future__ import annotations

import re
from datetime import datetime
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given

from tests.daily.jobs import job, odd_paths
from upstox_browser_login.daily.service_windows import NAMESPACE, described, task
from upstox_browser_login.token import IST

# Of each element the children it may have, in their order where the type is a sequence. Source:
# "Task Scheduler Schema" in Microsoft's documentation (triggerBaseType, calendarTriggerType,
# repetitionType, execActionType); the types not listed are `xs:all`, without an order.
SEQUENCES = {
    "CalendarTrigger": (
        "Enabled", "StartBoundary", "EndBoundary", "Repetition", "ExecutionTimeLimit",
        "RandomDelay", "ScheduleByDay",
    ),
}  # fmt: skip
ANY_ORDER = {
    "Task": {"RegistrationInfo", "Triggers", "Settings", "Principals", "Data", "Actions"},
    "RegistrationInfo": {"URI", "Author", "Description", "Date", "Source", "Documentation"},
    "Triggers": {"CalendarTrigger"},
    "Repetition": {"Interval", "Duration", "StopAtDurationEnd"},
    "ScheduleByDay": {"DaysInterval"},
    "Principals": {"Principal"},
    "Principal": {"UserId", "LogonType", "GroupId", "DisplayName", "RunLevel"},
    "Settings": {
        "MultipleInstancesPolicy", "DisallowStartIfOnBatteries", "StopIfGoingOnBatteries",
        "StartWhenAvailable", "RunOnlyIfNetworkAvailable", "Enabled", "ExecutionTimeLimit",
    },
    "Actions": {"Exec"},
    "Exec": {"Command", "Arguments", "WorkingDirectory"},
}  # fmt: skip
BOOLEAN = r"true|false"
DURATION = r"P(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?"
VALUES = {
    "Enabled": BOOLEAN,
    "StartBoundary": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
    "Interval": DURATION,
    "Duration": DURATION,
    "ExecutionTimeLimit": DURATION,
    "DaysInterval": r"[1-9]\d*",
    "LogonType": "S4U|Password|InteractiveToken|InteractiveTokenOrPassword",
    "RunLevel": "LeastPrivilege|HighestAvailable",
    "MultipleInstancesPolicy": "Parallel|Queue|IgnoreNew|StopExisting",
    "DisallowStartIfOnBatteries": BOOLEAN,
    "StopIfGoingOnBatteries": BOOLEAN,
    "StartWhenAvailable": BOOLEAN,
    "RunOnlyIfNetworkAvailable": BOOLEAN,
}


def read(text: str | bytes) -> Element:
    return ET.fromstring(text)  # noqa: S314  (our own)


def problems(element: Element) -> list[str]:
    """What the schema would say of this element and all below it."""
    name = element.tag.removeprefix(f"{{{NAMESPACE}}}")
    children = [child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in element]
    found = []
    if name in SEQUENCES:
        order = SEQUENCES[name]
        if [each for each in order if each in children] != children:
            found.append(f"{name}: {children}")
    elif name in ANY_ORDER:
        if not set(children) <= ANY_ORDER[name] or len(set(children)) != len(children):
            found.append(f"{name}: {children}")
    elif children:
        found.append(f"{name} is not known to have children")
    elif name in VALUES and not re.fullmatch(VALUES[name], element.text or ""):
        found.append(f"{name}: {element.text}")
    return [*found, *(each for child in element for each in problems(child))]


def test_it_has_the_structure_of_a_task() -> None:
    root = read(task(job()))
    assert root.tag == f"{{{NAMESPACE}}}Task"
    assert root.attrib == {"version": "1.2"}
    assert problems(root) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<Enabled>true</Enabled>", "<Enabled>yes</Enabled>"),
        ("PT1H", "1 hour"),
        ("<Command>", "<Order/><Command>"),
        ("Z</StartBoundary>", "</StartBoundary>"),
    ],
)
def test_the_check_would_find_a_mistake(before: str, after: str) -> None:
    assert problems(read(task(job()).replace(before, after, 1)))


@given(odd_paths)
def test_any_path_comes_back(path: str) -> None:
    """The text is ASCII and names no encoding, so that it survives every way into a file."""
    text = task(job(folder=path))
    assert text.isascii()
    assert "encoding" not in text
    root = read(text)
    folder = root.find(f".//{{{NAMESPACE}}}WorkingDirectory")
    assert folder is not None
    assert folder.text == path
    for encoding in ("utf-16", "utf-8-sig", "cp1252"):
        assert read(text.encode(encoding)).find(f".//{{{NAMESPACE}}}Exec") is not None


def test_arguments_are_quoted_as_windows_splits_them() -> None:
    wanted = job(
        program=(r"C:\Program Files\Python\pythonw.exe", "-P", "-m", "upstox_browser_login"),
        options=("--env-file", r"C:\Users\Asha Rao\.env"),
        folder=r"C:\Users\Asha Rao",
    )
    root = read(task(wanted))
    found = {child.tag.removeprefix(f"{{{NAMESPACE}}}"): child.text for child in root.iter()}
    assert found["Command"] == r"C:\Program Files\Python\pythonw.exe"
    assert found["Arguments"] == (
        r'-P -m upstox_browser_login refresh --once --env-file "C:\Users\Asha Rao\.env"'
    )


def test_it_begins_at_twenty_to_four_in_india() -> None:
    """Written as a moment, so that neither the machine's zone nor summer time moves it."""
    for wanted, expected in ((job(), "03:40"), (job(first=8 * 60 + 30), "08:30")):
        found = re.search(r"<StartBoundary>(.*)</StartBoundary>", task(wanted))
        assert found is not None
        assert f"{datetime.fromisoformat(found[1]).astimezone(IST):%H:%M}" == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (3 * 60 + 40, 15 * 60 + 30, "PT12H"),
        (3 * 60 + 40, 23 * 60 + 30, "PT20H"),
        (8 * 60 + 30, 15 * 60 + 30, "PT7H"),
        # Not until the next morning, in which the token of the day before has died.
        (20 * 60, 15 * 60 + 30, "PT2H"),
    ],
)
def test_it_is_repeated_until_the_exchange_closes(first: int, last: int, expected: str) -> None:
    assert f"<Duration>{expected}</Duration>" in task(job(first=first, last=last))


def test_one_command_installs_it() -> None:
    text = described(job(given=" --env-file my.env"))
    assert text.install == (
        "upstox-browser-login service show --for task-scheduler --env-file my.env "
        "> upstox-browser-login.xml && "
        "schtasks /Create /TN upstox-browser-login /XML upstox-browser-login.xml"
    )
