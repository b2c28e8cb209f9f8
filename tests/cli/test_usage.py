"""What is wrong with a command line, told without repeating a value."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from upstox_browser_login.cli.run import main
from upstox_browser_login.cli.usage import without_values

from .commands import COMMANDS
from .conftest import Call


@pytest.mark.parametrize(
    ("argv", "command"),
    [
        (("login", "--no-such-option"), "login"),
        (("login", "--timeout", "1"), "login"),
        (("token", "--write", "x"), "token"),
        (("exchange",), "exchange"),
        (("traces", "show", "a", "b"), "traces show"),
        (("no-such-command",), ""),
        (("demo", "--scenario", "nothing-like-it"), "demo"),
        (("replica", "--scenario", "slow"), "replica"),
    ],
)
def test_usage_errors_are_status_2_and_json_too(
    call: Call, argv: tuple[str, ...], command: str
) -> None:
    done = call(*argv, "--format", "json")
    assert done.status == 2
    assert done.object["command"] == command
    assert done.code == "USAGE"
    assert "--help" in done.err
    assert call(*argv).out == ""


@pytest.mark.parametrize("option", ["--env-file", "--trace-dir", "--state-dir"])
def test_paths_are_not_typer_s_to_refuse(
    call: Call, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    """Its complaint is status 2, and says nothing of what to do."""
    Path("there").touch()
    monkeypatch.setattr("os.access", lambda *_: False)
    done = call("login", option, "there", "--format", "json")
    assert (done.status, done.code) == (3, "CONFIGURATION")


def test_a_stray_argument_is_not_repeated(call: Call) -> None:
    """It may be a PIN that somebody hoped to hand over."""
    done = call("login", "024680", "--format", "json")
    assert done.status == 2
    assert "024680" not in done.out + done.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["login", "--trace", "{}"], "--trace': it is not one of 'off', 'on-failure', 'on'."),
        (["token", "--trace=on", "--output={}"], "--output': it is not one of 'raw', 'header',"),
        (["funds", "--segment", "SEC", "--segment", "{}"], "not one of 'SEC', 'COM'."),
        (["login", "--timeout", "{}"], "Invalid value for '--timeout': it "),
        (["login", "--sleep-time={}"], "Invalid value for '--sleep-time': it "),
        (["login", "--headed={}"], "'--headed' does not take a value."),
        (["login", "--pin={}"], "No such option: --pin"),
        (["login", "--pin-code={}"], "No such option: --pin-code"),
        (["login", "--{}"], "There is no such option."),
        (["login", "--pin{}"], "There is no such option."),
        (["service", "install", "--pin{}"], "There is no such option."),
        (["exec", "--pin{}"], "There is no such option."),
        (["exec", "--pin-code={}", "true"], "No such option: --pin-code"),
        (["--pin{}"], "There is no such option."),
        (["login", "-{}"], "no such option"),
        (["{}"], "There is no such command."),
        (["traces", "{}"], "There is no such command."),
        (["stats", "--x={}"], "There is no such command. Did you mean 'status'?"),
        (["traces", "show", "a", "{}"], "There is an argument too many."),
        (["demo", "--scenario", "{}"], "there is no such scenario; --list-scenarios shows"),
        (["demo", "--scenario", "slow={}"], "it does not fit; it is written NAME=STEP:SECONDS"),
        (["replica", "--notifier-url", "{}"], "it must be an http or https address"),
    ],
)
@pytest.mark.parametrize("value", ["r3pl1cas3cret", "024680", "it's \"his\"\n' is not one of '"])
def test_usage_errors_repeat_no_value(call: Call, words: list[str], told: str, value: str) -> None:
    """It may be a secret in the wrong place; the names of what may stand there are none."""
    done = call(*(word.format(value) for word in words), "--format", "json")
    assert done.status == 2
    assert told in done.object["error"]["message"]
    for each in (value, repr(value)[1:-1]):
        assert each not in done.err + done.object["error"]["message"]


@pytest.mark.parametrize("secret", ["482913", "jbswydpehpkpxp", "JBSWYDPEHPKPXP", "correct-horse"])
def test_an_option_that_may_hold_a_secret_is_not_repeated(secret: str) -> None:
    """In no command, typed to a name that is ours or by itself."""
    for words in ((), ("service",), ("service", "show", "--"), *COMMANDS):
        for option in (f"--{secret}", f"--pin-code{secret}", f"--pin-{secret}", f"-p{secret}"):
            out, err = io.StringIO(), io.StringIO()
            with redirect_stdout(out), redirect_stderr(err):
                assert main([*words, option]) == 2
            assert "such option" in err.getvalue()
            assert secret not in out.getvalue() + err.getvalue()


def test_an_option_of_our_own_words_is_repeated(call: Call) -> None:
    """And for one that is like another, that one is named."""
    assert "error: No such option: --client-secret" in call("login", "--client-secret", "x").err
    assert "error: There is no such option. Did you mean --headed" in call("login", "--haeded").err


def test_the_name_of_a_scenario_is_no_value_that_is_hidden(call: Call) -> None:
    """Without the value that it needs, its name is all that was given."""
    done = call("demo", "--scenario", "redirect-loop")
    assert "it is written NAME=STEP, and --list-scenarios shows which STEP there is" in done.err
    listed = call("demo", "--list-scenarios").out
    assert "STEP is one of dialog, authorize, " in listed
    assert "of redirect-loop: dialog, authorize, hop." in listed


def test_numbers_out_of_range_are_not_repeated() -> None:
    """As older versions of Typer tell of them: converted, so not as they were given."""
    text = "Invalid value for '--timeout': 24680.0 is not in the range 5<=x<=600."
    said = without_values(text, ["login", "--timeout", "024680"], "upstox-browser-login login")
    assert said == "Invalid value for '--timeout': it is not in the range 5<=x<=600."


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["login", "extra"], "There is an argument too many."),
        (["login", "Got", "argument"], "There is an argument too many."),
        (["such"], "There is no such command."),
        (["login", "--timeout", "value"], "Invalid value for '--timeout': it must be a valid "),
        (["request-token", "--path", "with"], "Invalid value for '--path': it goes with --wait"),
    ],
)
def test_words_of_a_complaint_are_no_values(call: Call, words: list[str], told: str) -> None:
    """Somebody may have typed one of its own words."""
    assert f"error: {told}" in call(*words).err


@pytest.mark.parametrize("empty", ["", " ", "\t\n"])
@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("token", "--output", "dotenv", "--write"), "--write"),
        (("login", "--state-dir"), "--state-dir"),
        (("login", "--token-store"), "--token-store"),
        (("check-env", "--browser-channel"), "--browser-channel"),
        (("status", "--profile"), "--profile"),
        (("service", "install", "--run-as"), "--run-as"),
        (("request-token", "--user-id"), "--user-id"),
        (("traces", "show"), "NAME"),
        (("accounts", "remove"), "NAME"),
        (("exchange",), "CODE_OR_URL"),
        (("replay",), "BUNDLE"),
        (("exec", "--"), "CMD"),
    ],
)
def test_an_empty_value_is_told_of_alike(
    call: Call, words: tuple[str, ...], name: str, empty: str
) -> None:
    """As `--write "$FILE"` gives one where FILE is not set."""
    done = call(*words, empty)
    assert done.status == 2
    assert f"error: Invalid value for '{name}': it must not be empty\n" in done.err
    assert "\nhint: Give it a value. A shell variable" in done.err


def test_a_word_in_place_of_a_number_is_told_without_the_parser_s_words(call: Call) -> None:
    done = call("login", "--timeout", "soon")
    assert "error: Invalid value for '--timeout': it must be a valid number\n" in done.err


@pytest.mark.parametrize(
    ("command", "usage"),
    [
        ("exchange", "exchange [OPTIONS] CODE_OR_URL"),
        ("exec", "exec [OPTIONS] CMD..."),
        ("configure", "configure [OPTIONS] [NAME]"),
    ],
)
def test_arguments_are_called_by_their_names(call: Call, command: str, usage: str) -> None:
    first = call(command, "--help").out.splitlines()[0]
    assert first == f"Usage: upstox-browser-login {usage}"


@pytest.mark.parametrize("words", [("status", "--env-file"), ("traces", "list", "--profile")])
def test_an_option_without_its_value(call: Call, words: tuple[str, ...]) -> None:
    """The complaint is about the command that was called."""
    name = " ".join(words[:-1])
    done = call(*words[:-1], "--format", "json", words[-1])
    assert done.status == 2
    assert done.object["command"] == name
    assert f"`upstox-browser-login {name} --help`" in done.object["error"]["hint"]


def test_an_option_before_the_command_is_told_its_place(call: Call) -> None:
    for words in (("--debug", "login"), ("service", "--profile", "papa", "status")):
        done = call(*words)
        assert done.status == 2
        assert "hint: Options stand behind the command's name. Run `upstox" in done.err
        assert "papa" not in done.err
    assert "stand behind" not in call("status", "--no-such").err
    assert "behind the command's name" not in call("login", "--no-such-option").err
