"""The program itself, without a command."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call


def test_version(call: Call) -> None:
    done = call("--version")
    assert done.status == 0
    assert done.out.startswith("upstox-browser-login ")


@pytest.fixture
def in_bash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typer.completion._get_shell_name", lambda: "bash")


@pytest.mark.usefixtures("in_bash")
def test_completion_is_shown(call: Call) -> None:
    done = call("--show-completion")
    assert (done.status, done.err) == (0, "")
    assert "complete -o default -F _upstox_browser_login_completion" in done.out


@pytest.mark.usefixtures("in_bash")
def test_completion_of_another_shell_is_shown(call: Call) -> None:
    done = call("--show-completion", "zsh")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("#compdef upstox-browser-login")


@pytest.mark.usefixtures("in_bash")
def test_completion_is_installed(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    done = call("--install-completion")
    assert done.status == 0
    assert done.out.startswith("bash completion installed in ")
    assert (tmp_path / ".bash_completions" / "upstox-browser-login.sh").is_file()


@pytest.mark.parametrize("words", [("tcsh",), ("zsh", "login"), ()])
def test_completion_of_an_unknown_shell(
    call: Call, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("typer.completion._get_shell_name", lambda: None)
    done = call("--show-completion", *words)
    assert (done.status, done.out) == (2, "")
    assert "hint: Name one of bash, zsh, fish, powershell, pwsh" in done.err
