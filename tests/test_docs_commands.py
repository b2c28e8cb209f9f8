"""Every command in the documents: run against the replica, or read by the program at least.

Nothing is left out in silence: a command of another program has to be in a table below, with how
it is checked.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Call, call, code, served, start, stored, upstox
from upstox_browser_login.cli.app import whole
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings, profile_file, variable
from upstox_browser_login.token import Token

__all__ = ["call", "code", "served", "start", "stored", "upstox"]  # fixtures

ROOT = Path(__file__).parent.parent
PROGRAM = "upstox-browser-login"
GENERATED = {"commands.md", "fault-matrix.md"}
"""What the program has printed, which has tests of its own."""

PAGES = [
    *(ROOT / name for name in ("README.md", "SECURITY.md", "CONTRIBUTING.md")),
    *sorted(path for path in (ROOT / "docs").glob("*.md") if path.name not in GENERATED),
]

RUN = {
    ("status",), ("token", "--no-login"), ("exec", "--no-login"), ("check-env",), ("totp",),
    ("service", "show"), ("auth-url",), ("traces", "list"), ("profile",), ("funds",),
    ("unlock",), ("token",), ("accounts", "list"),
}  # fmt: skip
"""Beginnings of command lines that need neither a browser nor a person, and change no machine."""

RUN_BY = {
    ("install-browser",): "tests/browser/test_install.py::test_already_there",
    ("login",): "tests/cli/test_login.py::test_a_login",
    ("token", "--profile"): "tests/cli/test_accounts.py::test_a_profile_has_a_token_of_its_own",
    ("exec", "--"): "tests/cli/test_exec.py::test_exec_ends_as_the_command_ends",
    ("doctor",): "tests/cli/test_doctor.py::test_a_machine_on_which_a_login_would_start",
    ("refresh", "--health"): "tests/daily/test_health.py::test_alive_while_the_loop_turns",
    ("refresh",): "tests/daily/test_guide.py::test_ends_with_a_token_in_the_env_file",
    ("service",): "tests/cli/test_service.py::test_a_unit_is_installed_shown_and_removed",
    ("configure",): "tests/cli/test_configure.py::test_the_happy_way_ends_with_a_token",
    ("accounts", "remove"): "tests/cli/test_accounts.py::test_a_record_not_there_is_not_told",
    ("replay", "--diff"): "tests/cli/test_replay.py::test_what_has_changed_is_told_a_line_each",
    ("replay",): "tests/cli/test_replay.py::test_a_recording_that_passes_is_told_step_by_step",
}  # fmt: skip
"""The tests that run the others, by the beginnings of their command lines."""

WITHOUT_COMMAND = {(), ("--version",), ("--help",), ("--install-completion",)}
"""Beginnings of command lines that call the program itself."""

OTHERS = {
    "cat", "chmod", "chown", "crontab", "curl", "docker", "echo", "eval", "export", "git",
    "journalctl", "launchctl", "loginctl", "make", "mkdir", "nohup", "npm", "openssl", "pip",
    "pipx", "podman", "printf", "schtasks", "ssh", "sudo", "systemctl", "tail", "uv", "uvx",
    "python", "kill", "op", "pass", "secret-tool", "security", "gh", "kubectl", "test", "sqlite3",
    "deploy/put-secrets.sh", "deploy/try-container.sh", "deploy/try-service.sh", "redis-cli", "rm",
    "install", "cd", "touch",
    "read", "aws", "gcloud", "az", "vault", "bw", "jq", "xvfb-run", "prometheus", "systemd-creds",
    "tee",
}  # fmt: skip
"""Programs of others. Their words are not checked, what they are given of ours is (see below)."""


@dataclass(frozen=True)
class Shown:
    """A command as a document shows it."""

    page: str
    line: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.page}: {shlex.join(self.words)}"


def blocks(text: str) -> Iterator[str]:
    # What `make docs` has generated is compared with what the program prints.
    text = re.sub(r"<!-- generated: .*?<!-- end -->", "", text, flags=re.DOTALL)
    fenced = re.compile(r"^```(?:console|sh|bash|shell)\n(.*?)^```", re.DOTALL | re.MULTILINE)
    for match in fenced.finditer(text):
        yield match[1].replace("\\\n", " ")


def lines(block: str) -> Iterator[str]:
    """The command lines: those behind `$`, or all where there is no `$`.

    Lines of an env file are none; `test_every_variable_is_a_setting` looks at them.
    """
    marked = [line[2:] for line in block.splitlines() if line.startswith(("$ ", "# $ "))]
    for line in marked or block.splitlines():
        of_file = re.match(r"UPSTOX_\w+=", line) and PROGRAM not in line
        if line.strip() and not line.lstrip().startswith("#") and not of_file:
            yield line


def simple_commands(line: str) -> Iterator[tuple[str, ...]]:
    """The commands of a line, split at the shell's operators and taken out of `$(…)`."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    lexer.commenters = "#"
    words: list[str] = []
    for word in lexer:
        for inner in re.findall(r"\$\(([^()]+)\)", word):
            yield from simple_commands(inner)
        if set(word) <= set("();<>|&"):
            if words:
                yield tuple(words)
            # What stands behind an arrow is a file.
            words = ["echo"] if set(word) <= set("<>&") and "&&" not in word else []
        else:
            words.append(word)
    if words:
        yield tuple(words)


def found() -> list[Shown]:
    shown = []
    for page in PAGES:
        for block in blocks(page.read_text("utf-8")):
            for line in lines(block):
                shown += [Shown(page.name, line, words) for words in simple_commands(line)]
    return shown


def ours(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """What this program is given, also behind `sudo`, variables, `docker … exec` and `pipx run`."""
    names = {PROGRAM, f"{PROGRAM}.exe"}
    at = [number for number, word in enumerate(words) if word in names]
    if not at or words[0] in {"pip", "pipx", "uv"}:
        return None
    if words[0] == "docker" and "--tag" in words:
        return None
    return words[at[-1] + 1 :]


SHOWN = found()
OURS = {str(each): given for each in SHOWN if (given := ours(each.words)) is not None}
OF_OTHERS = [each for each in SHOWN if str(each) not in OURS]


def test_there_are_commands_on_the_pages() -> None:
    """The search would not be noticed if it found nothing."""
    assert len(OURS) > 20
    assert len({each.partition(":")[0] for each in OURS}) >= 4


def command_of(words: tuple[str, ...]) -> Any:
    """The command that these words call, having read its options. Raises a usage error."""
    command: Any = whole()
    context = command.make_context(PROGRAM, [], resilient_parsing=True)
    rest = [*words]
    while rest and hasattr(command, "commands"):
        name = rest.pop(0)
        command = command.commands[name]
        if hasattr(command, "commands"):
            context = command.make_context(name, [], parent=context, resilient_parsing=True)
    command.make_context(command.name, rest, parent=context)
    return command


@pytest.mark.parametrize("shown", OURS)
def test_the_program_understands_it(shown: str) -> None:
    """The command is there, and has these options."""
    words = OURS[shown]
    if words[:1] in WITHOUT_COMMAND:
        return
    # What is written with an ellipsis is for the reader to fill in.
    words = tuple("x" if "…" in word or word.startswith("$") else word for word in words)
    assert command_of(words) is not None


def beginnings(words: tuple[str, ...], of: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Those that a command line begins with."""
    return [each for each in of if words[: len(each)] == each]


def can_be_run(shown: str) -> bool:
    words = OURS[shown]
    if not beginnings(words, RUN) or beginnings(words, RUN_BY):
        return False
    return not ("--check" in words or "…" in shown or "$" in shown)


@pytest.mark.parametrize("shown", [each for each in OURS if not can_be_run(each)])
def test_what_is_not_run_here_is_run_by_another_test(shown: str) -> None:
    """Against the replica as well; the other test is named, and there."""
    words = OURS[shown]
    if words[:1] in WITHOUT_COMMAND:
        return
    found = [RUN_BY[each] for each in beginnings(words, RUN_BY)]
    if not found and beginnings(words, RUN):
        return  # with a word that the reader fills in, of a command that is run elsewhere here
    assert found, f"say in RUN_BY which test runs `{shlex.join(words)}`"
    path, _, name = found[0].partition("::")
    assert f"def {name}(" in (ROOT / path).read_text("utf-8"), found[0]


@pytest.mark.skipif(sys.platform == "win32", reason="the pages show lines of a POSIX shell")
@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize("shown", [each for each in OURS if can_be_run(each)])
def test_it_runs_against_the_replica(
    shown: str,
    call: Call,
    upstox: Replica,
    start: Callable[..., subprocess.Popen[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With a token stored and a `.env`, it does what the page promises: no usage, no crash."""
    words = OURS[shown]
    # The page's `python` is the reader's own; a machine may have none under that name.
    own = Path(sys.executable).parent
    monkeypatch.setenv("PATH", f"{own}{os.pathsep}{os.environ['PATH']}")
    values = upstox.settings()
    for name in ("my.env", ".env"):
        Path(name).write_text(
            "".join(f"{key}='{each}'\n" for key, each in values.items()), encoding="utf-8"
        )
        Path(name).chmod(0o600)
    for name in ("second", "work", "asha"):
        profile = profile_file(name)
        profile.parent.mkdir(parents=True, exist_ok=True)
        profile.write_text(Path(".env").read_text("utf-8"), "utf-8")
        profile.chmod(0o600)
    if words[0] == "exec":
        # It becomes the command, which this process must not.
        process = start(*words)
        assert process.wait(60) == 0, process.communicate()
        return
    done = call(*words)
    # 4: a profile of its own has no token yet.
    assert done.status in ({0, 4} if "--profile" in words else {0}), done.err


@pytest.mark.parametrize("shown", OF_OTHERS, ids=str)
def test_commands_of_others_are_known(shown: Shown) -> None:
    """Their program is one we expect, and what they name of this project is there."""
    words = list(shown.words)
    while words and (words[0] in {"sudo", "env", "nohup"} or re.match(r"\w+=", words[0])):
        words.pop(0)
    if not words:
        return
    assert words[0] in OTHERS, f"{shown}: say in OTHERS how it is checked"
    if words[0] == "make":
        targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
        assert set(words[1:]) <= {*targets}
    for word in words:
        if word.startswith("deploy/") and "secrets" not in word:
            assert (ROOT / word).exists()
    if words[0] in {"pip", "pipx", "uv", "uvx"}:
        extras = re.findall(r"upstox-browser-login\[([\w,]+)\]", " ".join(words))
        pyproject = (ROOT / "pyproject.toml").read_text("utf-8")
        for extra in ",".join(extras).split(","):
            assert not extra or f"\n{extra} = [" in pyproject


KNOWN = {variable(name) for name in Settings.model_fields} | {
    "UPSTOX_ACCESS_TOKEN", "UPSTOX_LOGIN_JSON", "UPSTOX_REFRESH_TOKEN",
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_variable_is_a_setting(page: Path) -> None:
    """A name that is misspelt would be ignored by the program."""
    text = page.read_text("utf-8")
    named = {
        re.sub(r"_(?:FILE|COMMAND|KEYRING)$", "", name) if name not in KNOWN else name
        for name in re.findall(r"\b(UPSTOX_[A-Z][A-Z_]*[A-Z])\b(?!\.)", text)
    }
    assert named - KNOWN - NO_SETTINGS == set()


NO_SETTINGS = {"UPSTOX_API_KEY"}
"""Named on a page as what is no setting."""


@pytest.mark.parametrize("page", ["many-programs.md"])
def test_its_python_runs(page: str, stored: Token, upstox: Replica) -> None:
    """Each Python example, with a token stored."""
    del upstox
    text = (ROOT / "docs" / page).read_text("utf-8")
    examples = re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert examples
    for code_of_page in examples:
        scope: dict[str, Any] = {}
        exec(code_of_page, scope)  # noqa: S102
        assert scope["token"].access_token == stored.access_token
