"""The ways of docs/every-trading-day.md, word for word, each from nothing to a token in `.env`.

They are those of the older guides: a background script, a wished time, systemd, cron, Task
Scheduler and a line of Python.
"""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from tests.daily.conftest import this_minute, until
from tests.harness import variants
from upstox_browser_login.daily.calendar import HOURS
from upstox_browser_login.replica import Replica
from upstox_browser_login.token import EXPIRY, IST

pytestmark = pytest.mark.timeout(180)

TEXT = (Path(__file__).parents[2] / "docs" / "every-trading-day.md").read_text("utf-8")
BIN = Path(sys.executable).parent
HERE = "/home/me/algo"


def found(pattern: str) -> str:
    match = re.search(pattern, TEXT, re.MULTILINE)
    assert match is not None, pattern
    return match[1]


WAYS = {
    "background": found(r"^\$ (nohup .*)$"),
    "time": found(r"^\$ (upstox-browser-login refresh --time .*)$"),
    "systemd": found(r"^ExecStart=(.*)$"),
    "cron": found(r"^\*/15 4-15 \* \* \*  (.*)$"),
    "task-scheduler": "upstox-browser-login " + found(r"^Arguments:  (.*)$"),
    "python": found(r"^\$ (python -c .*)$"),
}


def test_the_cron_lines_cover_the_day_in_both_zones() -> None:
    """From after the old token's end until the exchange closes, whatever zone a machine keeps."""
    lines = {IST: "4-15", UTC: found(r"`\*/15 ([\d,-]+)` for `\*/15 4-15`")}
    for zone, hours in lines.items():
        runs = [
            datetime(2026, 1, 5, hour, minute, tzinfo=zone).astimezone(IST).time()
            for first, last in re.findall(r"(\d+)(?:-(\d+))?", hours)
            for hour in range(int(first), int(last or first) + 1)
            for minute in (0, 15, 30, 45)
        ]
        assert EXPIRY < min(runs) <= time(4, 30)
        assert max(runs) >= HOURS["NSE"][1]


@pytest.fixture
def folder(tmp_path: Path, upstox: Replica, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's folder with `.env` and `.venv`; nothing is set in the environment."""
    folder = tmp_path / "algo"
    (folder / ".venv").mkdir(parents=True)
    (folder / ".venv" / "bin").symlink_to(BIN, target_is_directory=True)
    settings = {name: value for name, value in os.environ.items() if name.startswith("UPSTOX_")}
    env_file = folder / ".env"
    env_file.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
    with env_file.open("a") as file:
        file.write("# filled in by the service\naccess_token=\n")
    env_file.chmod(0o600)
    for name in settings:
        monkeypatch.delenv(name)
    assert upstox.counts.pins == 0
    return folder


@pytest.fixture
def shell(folder: Path) -> Iterator[Callable[[str], subprocess.Popen[bytes]]]:
    """Run a line as cron and a person's shell do: `sh -c`, in a group of its own."""
    if sys.platform == "win32":
        pytest.skip("lines of a POSIX shell")
    started: list[subprocess.Popen[bytes]] = []

    def run(line: str) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
        with (folder / "output").open("wb") as output:
            process = subprocess.Popen(
                ["sh", "-c", line],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        started.append(process)
        return process

    yield run
    for each in started:
        try:
            os.killpg(each.pid, signal.SIGTERM)
        except ProcessLookupError:
            continue
        each.wait(20)


SATURDAY = 5


def token_in(env_file: Path) -> str:
    return found_in(env_file.read_text(encoding="utf-8"), r"^access_token=(.*)$")


def found_in(text: str, pattern: str) -> str:
    match = re.search(pattern, text, re.MULTILINE)
    return "" if match is None else match[1]


def due_now(line: str) -> str:
    """The line, due whatever the hour and the day: a test cannot wait for 03:35, nor for Monday."""
    if datetime.now(IST).weekday() >= SATURDAY:
        line = line.replace(" --trading-days", "")
    if " refresh " not in line:
        return line
    if "--time" in line:
        return re.sub(r"--time \S+", f"--time {this_minute()}", line)
    return line.replace(" refresh ", f" refresh --time {this_minute()} ", 1)


@pytest.mark.browser
@pytest.mark.parametrize(
    "way", ["cron", *variants("background", "time", "systemd", "task-scheduler", "python")]
)
def test_ends_with_a_token_in_the_env_file(
    way: str, folder: Path, shell: Callable[[str], subprocess.Popen[bytes]], upstox: Replica
) -> None:
    line = WAYS[way].replace(HERE, str(folder))
    env_file = folder / ".env"
    shell(due_now(line))
    until(lambda: token_in(env_file) != "")
    assert upstox._world.state.mint.is_good(token_in(env_file))
    assert "# filled in by the service" in env_file.read_text()
    assert upstox.counts.pins == 1
    if (log := found_in(line, r"(?:> |--log-file )(\S+)")) and way != "cron":
        until(lambda: "Logged in as" in (folder / log).read_text())


def test_the_way_with_a_time_is_understood() -> None:
    """When it is due is the plan's, and test_plan.py's."""
    words = shlex.split(WAYS["time"])
    assert words[:2] == ["upstox-browser-login", "refresh"]
    done = subprocess.run(
        [BIN / words[0], *words[1:], "--once"],
        capture_output=True,
        text=True,
        check=False,
        env={name: value for name, value in os.environ.items() if not name.startswith("UPSTOX_")},
    )
    assert done.returncode == 3, "the options are fine, and no settings are there"
    assert "UPSTOX_USERNAME" in done.stderr
