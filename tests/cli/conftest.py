"""The program as a user meets it: called in this process, or started as one of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.harness import point_at
from tests.shapes import check_shape
from upstox_browser_login.browser.compiled import compiled_folder
from upstox_browser_login.cli.run import main
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import open_store, token_key
from upstox_browser_login.token import Token

no_cron = pytest.mark.skipif(sys.platform == "win32", reason="cron is not of Windows")
linux = pytest.mark.skipif(sys.platform != "linux", reason="systemd is Linux's")
as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="root alone can"
)

KEYS = {"version", "command", "ok", "exit_code", "data", "error"}
ERROR_KEYS = {"code", "message", "hint", "step", "upstox_code", "trace"}

# As in tests/conftest.py: asked before HOME is changed.
PROGRAM = [sys.executable, "-m", "upstox_browser_login.cli"]


@dataclass(frozen=True)
class Done:
    """A call that has ended."""

    status: int
    out: str
    err: str

    @property
    def object(self) -> dict[str, Any]:
        """The one JSON object on stdout, its promises checked."""
        value = json.loads(self.out)
        assert set(value) == KEYS
        assert value["version"] == 1
        assert value["exit_code"] == self.status
        assert value["ok"] is (self.status == 0)
        assert (value["error"] is None) is value["ok"]
        if value["error"] is not None:
            assert set(value["error"]) == ERROR_KEYS
            assert value["error"]["code"]
        assert isinstance(value, dict)
        check_shape(value)
        return value

    @property
    def data(self) -> Any:
        return self.object["data"]

    @property
    def code(self) -> str | None:
        error = self.object["error"]
        return None if error is None else str(error["code"])


Call = Callable[..., Done]
Start = Callable[..., subprocess.Popen[str]]


def compiled_for_the_next_login() -> set[str]:
    """What programs have left in the folder of compiled code: the first word of each name."""
    folder = compiled_folder(Settings().state_dir, make=False)
    return set() if folder is None else {each.name.split("-")[0] for each in folder.iterdir()}


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run the program in this process."""

    def run(*argv: object, stdin: str = "") -> Done:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        status = main([str(each) for each in argv])
        return Done(status, *capsys.readouterr())

    return run


@pytest.fixture
def ask(call: Call) -> Call:
    """As `call`, with `--format json` behind the command's name."""

    def run(*argv: object, **options: Any) -> Done:
        words = [str(each) for each in argv]
        at = 2 if words[0] in {"accounts", "traces", "service"} else 1
        done = call(*words[:at], "--format", "json", *words[at:], **options)
        assert done.object["command"] == " ".join(words[:at])
        return done

    return run


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start the program as a process of its own; it does not outlive the test."""
    started: list[subprocess.Popen[str]] = []

    def run(*argv: object, **options: Any) -> subprocess.Popen[str]:
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        process = subprocess.Popen(
            [*PROGRAM, *map(str, argv)], stdin=subprocess.DEVNULL, text=True, **options
        )
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture(scope="session")
def served() -> Iterator[Replica]:
    with Replica() as replica:
        yield replica


@pytest.fixture
def upstox(served: Replica, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Replica]:
    """A replica on a good day, and an environment that points at it."""
    served.reset()
    served.set()
    point_at(served, tmp_path, monkeypatch)
    yield served
    served.set()


@pytest.fixture
def code(upstox: Replica) -> Callable[..., str]:
    """A fresh authorization code, as a login in some browser would bring it."""

    def make(state: str | None = None) -> str:
        account, memory = upstox.account, upstox._world.state
        flow = memory.open_flow(account.client_id, account.redirect_uri, state)
        return memory.issue_code(flow)

    return make


@pytest.fixture
def stored(upstox: Replica, code: Callable[..., str], call: Call) -> Token:
    """A valid token from the replica's token endpoint, stored."""
    del upstox
    assert call("exchange", code()).status == 0
    settings = Settings()
    token = open_store(settings).load(token_key(settings))
    assert token is not None
    return token


def plain(token: Token) -> str:
    return token.access_token.get_secret_value()


def environment(**changes: str) -> dict[str, str]:
    return {**os.environ, **changes}


def python_path(folder: Path) -> str:
    """Let a program of Python look into `folder` first, and then where ours would look."""
    return os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))


def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def ended(process: subprocess.Popen[str], seconds: float = 40) -> Done:
    out, err = process.communicate(timeout=seconds)
    return Done(process.returncode, out, err)


# -- a user who may install a service -------------------------------------------------------------

SYSTEMCTL = """#!/bin/sh
echo "$@" >> "$HOME/asked"
case "$*" in
  *"$FAILS_AT"*) [ -z "$FAILS_AT" ] || { echo "Failed to do it" >&2; exit 1; } ;;
esac
case "$*" in
  *" show "*) printf 'ActiveState=active\\nStatusText=The token is valid.\\nNRestarts=2\\n' ;;
esac
"""


CRONTAB = """#!/bin/sh
case "$1" in
  -l) cat "$HOME/crontab" 2>/dev/null || { echo "no crontab for asha" >&2; exit 1; } ;;
  -r) rm "$HOME/crontab" ;;
  -) cat > "$HOME/crontab" ;;
esac
"""


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A user whose systemctl writes down what it is asked, in a folder with blanks in its name.

    The crontab is one of this home, so that this machine's is neither read nor written.
    """
    programs = tmp_path / "bin"
    programs.mkdir()
    linger = "#!/bin/sh\necho Linger=yes\n"
    scripts = {"systemctl": SYSTEMCTL, "loginctl": linger, "crontab": CRONTAB}
    for name, script in scripts.items():
        (programs / name).write_text(script)
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("FAILS_AT", "")
    folder = Path(os.environ["HOME"], "al go")
    folder.mkdir()
    monkeypatch.chdir(folder)
    return Path(os.environ["HOME"])


@pytest.fixture
def account(served: Replica, home: Path) -> Path:
    """A `.env` that a login could start with."""
    path = home / "al go" / ".env"
    path.write_text("".join(f"{name}='{each}'\n" for name, each in served.settings().items()))
    path.chmod(0o600)
    return path


@pytest.fixture
def secrets(served: Replica, home: Path, tmp_path: Path) -> Path:
    """A folder that root or its owner alone may look into."""
    del home
    folder = tmp_path / "secrets"
    folder.mkdir(mode=0o700)
    for name, value in served.settings().items():
        (folder / name.lower()).write_text(value)
        (folder / name.lower()).chmod(0o600)
    return folder


def everything_below(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
