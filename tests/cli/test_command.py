"""How a function becomes a command: its own options, those of settings, and the common ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer
from typer.testing import CliRunner

from upstox_browser_login.cli.call import Call, Program, current
from upstox_browser_login.cli.command import command
from upstox_browser_login.cli.options import STORE
from upstox_browser_login.cli.results import Result
from upstox_browser_login.cli.screen import Screen
from upstox_browser_login.cli.signals import Listener


@pytest.fixture
def program() -> Iterator[Program]:
    with ExitStack() as stack:
        made = Program(Screen(), stack, Listener())
        token = current.set(made)
        yield made
        current.reset(token)


@pytest.fixture
def called() -> tuple[typer.Typer, list[tuple[Call, dict[str, Any]]]]:
    """An application of one command, and the calls of it."""
    app = typer.Typer(name="things")
    calls: list[tuple[Call, dict[str, Any]]] = []

    @command("greet", app=app, settings={"state_dir": STORE["state_dir"]})
    def greet(
        call: Call, name: str, *, loud: Annotated[bool, typer.Option("--loud")] = False
    ) -> Result:
        """Greet somebody."""
        calls.append((call, {"name": name, "loud": loud}))
        return Result({"greeted": name}, [f"Hello {name}"])

    @app.callback()
    def things() -> None:
        """Make a group of it."""

    return app, calls


def test_a_function_gets_its_own_options_and_the_call_gets_the_others(
    program: Program, called: Any, tmp_path: Path
) -> None:
    app, calls = called
    words = ["greet", "Asha", "--loud", "--state-dir", str(tmp_path), "--profile", "papa"]
    done = CliRunner().invoke(app, words, catch_exceptions=False)
    assert done.exit_code == 0
    ((call, own),) = calls
    assert own == {"name": "Asha", "loud": True}
    assert (call.profile, call.env_file) == ("papa", None)
    assert str(call.overrides["state_dir"]) == str(tmp_path)
    assert program.command == "things greet"
    assert set(program.typed) == {"state_dir"}
    assert program.given["profile"] == "papa"
    assert done.stdout == "Hello Asha\n"


def test_the_one_object_of_a_command_is_told_where_json_is_asked_for(
    program: Program, called: Any
) -> None:
    done = CliRunner().invoke(called[0], ["greet", "Asha", "--format", "json"])
    assert program.json
    assert '"greeted": "Asha"' in done.stdout
    assert "Hello" not in done.stdout


@pytest.mark.parametrize("debug", [False, True])
def test_debug_is_a_setting_of_every_command(program: Program, called: Any, debug: bool) -> None:
    app, calls = called
    CliRunner().invoke(app, ["greet", "Asha", *(["--debug"] if debug else [])])
    assert program.debug is debug
    assert bool(calls[0][0].overrides["debug"]) is debug


def test_the_help_of_a_command_is_what_its_function_says(called: Any) -> None:
    text = CliRunner().invoke(called[0], ["greet", "--help"]).output
    for part in ("Greet somebody.", "--loud", "--state-dir", "--env-file", "--profile", "--format"):
        assert part in text
