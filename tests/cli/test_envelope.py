"""Every command: help, one JSON object, an exit status that is the object's."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import get_args

import pytest

from upstox_browser_login import errors
from upstox_browser_login.cli import results
from upstox_browser_login.cli.app import whole
from upstox_browser_login.cli.logs import log_on
from upstox_browser_login.cli.options import LOGIN
from upstox_browser_login.cli.run import main
from upstox_browser_login.cli.screen import Screen
from upstox_browser_login.cli.usage import without_values
from upstox_browser_login.ledger import Ledger
from upstox_browser_login.programs import join_command
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings, profile_file
from upstox_browser_login.store import account_key, open_ledger_documents
from upstox_browser_login.token import IST, Token

from .conftest import Call


def _commands() -> list[tuple[str, ...]]:
    group = whole()
    found: list[tuple[str, ...]] = []
    for name, command in group.commands.items():
        below = getattr(command, "commands", {})
        found += [(name, each) for each in below] or [(name,)]
    return found


COMMANDS = _commands()
WITHOUT_SETTINGS = {
    ("login",): (),
    ("generate-token",): (),
    ("token",): (),
    ("exec",): ("--", "true"),
    ("profile",): (),
    ("funds",): (),
    ("status",): (),
    ("logout",): (),
    ("unlock",): (),
    ("auth-url",): (),
    ("exchange",): ("aB3xY9",),
    ("check-env",): (),
    ("totp",): (),
    ("traces", "show"): (),
}
"""Commands that cannot do their job without settings, and the arguments they need."""


def test_the_commands_are_those_of_the_plan() -> None:
    assert {" ".join(each) for each in COMMANDS} == {
        "login",
        "generate-token",
        "token",
        "exec",
        "profile",
        "funds",
        "status",
        "logout",
        "unlock",
        "auth-url",
        "exchange",
        "check-env",
        "totp",
        "configure",
        "doctor",
        "install-browser",
        "traces list",
        "traces show",
        "traces prune",
        "refresh",
        "service install",
        "service uninstall",
        "service show",
        "service status",
        "demo",
        "replica",
        "request-token",
        "accounts list",
        "accounts remove",
        "record",
        "replay",
    }


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_has_an_example_and_the_common_options_and_none_for_a_secret(
    call: Call, command: tuple[str, ...]
) -> None:
    done = call(*command, "--help")
    assert done.status == 0
    assert done.err == ""
    assert f"upstox-browser-login {command[0]}" in done.out.partition("xample")[2]
    for option in ("--env-file", "--profile", "--format", "--debug", "--help"):
        assert option in done.out
    for option in ("--pin", "--totp-secret", "--client-secret", "--password", "--username"):
        assert option not in done.out


def test_the_program_s_own_help_groups_the_commands(call: Call) -> None:
    done = call("--help")
    assert done.status == 0
    for panel in ("Get a token", "Use it", "Look and mend", "The manual way"):
        assert f"\n{panel}\n" in done.out
    assert all(f"\n  {command[0]} " in done.out for command in COMMANDS)
    assert max(map(len, done.out.splitlines())) <= 80


def test_version(call: Call) -> None:
    done = call("--version")
    assert done.status == 0
    assert done.out.startswith("upstox-browser-login ")


@pytest.mark.parametrize("command", list(WITHOUT_SETTINGS), ids=" ".join)
def test_without_settings_it_says_so(ask: Call, command: tuple[str, ...]) -> None:
    done = ask(*command, *WITHOUT_SETTINGS[command])
    assert done.status == 3
    assert done.code == "CONFIGURATION"
    assert done.err.startswith("error: ")
    assert "\nhint: " in done.err


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


def test_log_records_of_stamina_are_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with log_on(Screen()):
        logging.getLogger("stamina").warning("stamina.retry_scheduled")
        logging.getLogger("else").warning("heard")
    assert capsys.readouterr().err == "warning: heard\n"


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
        (["login", "--{}"], "No such option"),
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
    assert "\nhint: Give it a value, or leave it out." in done.err


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


@pytest.mark.parametrize("name", ["timeout", "sleep_time"])
def test_an_option_has_the_limits_of_its_setting(name: str) -> None:
    """They are written twice, since `--help` does not wait for the settings to be imported."""
    option = get_args(LOGIN[name])[1]
    limits = {type(each).__name__: each for each in Settings.model_fields[name].metadata}
    assert (option.min, option.max) == (limits["Ge"].ge, limits["Le"].le)


@pytest.mark.parametrize("words", [("status", "--env-file"), ("traces", "list", "--profile")])
def test_an_option_without_its_value(call: Call, words: tuple[str, ...]) -> None:
    """The complaint is about the command that was called."""
    name = " ".join(words[:-1])
    done = call(*words[:-1], "--format", "json", words[-1])
    assert done.status == 2
    assert done.object["command"] == name
    assert f"`upstox-browser-login {name} --help`" in done.object["error"]["hint"]


def test_commands_in_hints_mean_the_same_settings(
    ask: Call, call: Call, upstox: Replica, tmp_path: Path
) -> None:
    """With the options that chose them, in every place where a hint is shown."""
    path = tmp_path / "my own.env"
    settings_of = upstox.settings().items()
    path.write_text("".join(f"{name}='{value}'\n" for name, value in settings_of), "utf-8")
    option = join_command(["--env-file", str(path)])
    login = f"Run `upstox-browser-login login {option}`."
    done = ask("status", "--env-file", path)
    assert done.object["error"]["hint"] == login
    assert f"hint: {login}\n" in done.err
    settings = Settings()
    ledger = Ledger(open_ledger_documents(settings), account_key(settings), settings.client_secret)
    ledger.sending_pin(upstox.account.pin)
    ledger.pin_refused(upstox.account.pin)
    unlock = f"`upstox-browser-login unlock {option}`"
    done = ask("status", "--env-file", path)
    assert unlock in done.data["blocked"]["hint"]
    assert done.object["error"]["hint"] == done.data["blocked"]["hint"]
    told = call("status", "--env-file", path)
    assert (told.out + told.err).count(unlock) == 1
    assert unlock in ask("login", "--env-file", path).object["error"]["hint"]
    assert f"exchange {option}`" in call("auth-url", "--env-file", path).err
    assert "--env-file" not in ask("login").object["error"]["hint"]


def test_commands_in_hints_mean_the_same_places_from_every_folder(
    ask: Call, call: Call, upstox: Replica, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the options that each of them takes."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    settings_of = upstox.settings().items()
    Path("../my.env").write_text("".join(f"{name}={value}\n" for name, value in settings_of))
    mine = f"--env-file {tmp_path / 'my.env'}"
    state = f"--state-dir {tmp_path / 'state'}"
    given = ("--env-file", "../my.env", "--state-dir", f"{tmp_path / 'state'}")
    assert ask("status", *given).object["error"]["hint"] == (
        f"Run `upstox-browser-login login {mine} {state}`."
    )
    store = ("--token-store", "sqlite:///../t.db")
    assert ask("profile", *given, *store).object["error"]["hint"] == (
        f"Run `upstox-browser-login login {mine} {state} "
        f"--token-store sqlite:///{tmp_path / 't.db'}`."
    )
    assert f"`upstox-browser-login exchange {mine} {state}`" in call("auth-url", *given).err
    assert (
        ask("traces", "show", "--trace-dir", "../t")
        .object["error"]["hint"]
        .startswith(f"`upstox-browser-login traces list --trace-dir {tmp_path / 't'}` shows")
    )
    # Without what the command does not take, and none for its help.
    hint = ask("login", *given, "--token-store", "sqlite:///").object["error"]["hint"]
    assert hint == "Correct --token-store."
    assert ask("login", *given, "--pause", "--watch", "-x").object["error"]["hint"] == (
        "Run `upstox-browser-login login --help`."
    )
    missing = ask("exec", *given, "--", "none").object["error"]["hint"]
    assert f"exec {mine} {state} -- sh -c" in missing
    hint = ask("status", "--state-dir", "here").object["error"]["hint"]
    assert hint == "Correct --state-dir."
    # Read from somewhere, it is shown there.
    monkeypatch.setenv("UPSTOX_TIMEOUT", "1")
    hint = ask("status", "--state-dir", f"{tmp_path}").object["error"]["hint"]
    assert f"check-env --state-dir {tmp_path}` to see" in hint
    monkeypatch.delenv("UPSTOX_TIMEOUT")
    done = ask("status", "--env-file", "../no.env")
    assert done.object["error"]["message"] == f"The env file {tmp_path / 'no.env'} does not exist."
    assert f"`upstox-browser-login configure --env-file {tmp_path / 'no.env'}`" in done.err


def test_an_option_before_the_command_is_told_its_place(call: Call) -> None:
    done = call("--debug", "login")
    assert done.status == 2
    assert "hint: Options stand behind the command's name. Run `upstox" in done.err
    assert "behind the command's name" not in call("login", "--no-such-option").err


def test_a_setting_in_a_quoted_command_keeps_its_name(ask: Call, upstox: Replica) -> None:
    """Although it was given as an option, which that command does not take."""
    del upstox
    error = ask("check-env", "--page-file", "no.toml").object["error"]
    assert error["message"] == "A login could not start: --page-file (invalid)."
    assert error["hint"] == "Correct --page-file."


def test_commands_of_hints_are_quoted_as_the_systems_shell_reads_them(
    ask: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "my own.env"
    path.touch()
    as_on_windows = partial(join_command, posix=False)
    monkeypatch.setattr("upstox_browser_login.programs.join_command", as_on_windows)
    hint = ask("status", "--env-file", path).object["error"]["hint"]
    assert f'--env-file "{path}"`' in hint


def test_hints_name_the_file_that_was_asked_for(
    ask: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "my.env"
    path.touch()
    for command in ("login", "check-env"):
        hint = ask(command, "--env-file", path).object["error"]["hint"]
        assert f" in {path} (`upstox-browser-login configure" in hint
        here = f"in the environment or in {Path.cwd() / '.env'} (`"
        assert here in ask(command).object["error"]["hint"]
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = profile_file("papa")
    path.parent.mkdir(parents=True)
    path.touch()
    hint = ask("login", "--profile", "papa").object["error"]["hint"]
    assert f"in {path} (`upstox-browser-login configure" in hint
    assert "`upstox-browser-login check-env --profile papa`" in hint


@pytest.mark.parametrize(
    "words",
    [
        ("login", "--state-dir", "here"),
        ("token", "--browser-args", "'a"),
        ("status", "--token-store=sqlite:///"),
        ("login", "--trace-dir", "$X/traces"),
        ("record", "--api-base-url", "http://elsewhere.invalid", "--yes"),
        ("exec", "--page-file", "$X/page.toml", "--", "true"),
        ("traces", "list", "--trace-dir", "%X%"),
    ],
)
def test_an_error_names_what_was_typed(ask: Call, words: tuple[str, ...]) -> None:
    """An option in place of its setting, and the setting where that is what was set."""
    option = next(word for word in words if word.startswith("--")).partition("=")[0]
    setting = f"UPSTOX_{option[2:].replace('-', '_').upper()}"
    done = ask(*words)
    message = done.object["error"]["message"]
    assert done.status == 3
    assert f"{option}: " in message or f"{option} is" in message
    assert setting not in done.err + message


def test_an_error_names_the_setting_that_was_set(
    ask: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UPSTOX_STATE_DIR", "here")
    done = ask("status", "--token-store", "file")
    assert "UPSTOX_STATE_DIR: must be" in done.object["error"]["message"]
    assert "UPSTOX_STATE_DIR: must be" in done.err


def test_a_warning_names_what_was_typed(call: Call) -> None:
    done = call("login", "--browser-url", "ws://browsers.invalid", "--timeout", "5")
    assert "warning: --browser-url is ws:// to another machine" in done.err


def test_options_are_called_as_their_settings() -> None:
    """So that the name of the one is found from that of the other."""
    from upstox_browser_login.cli.options import LOGIN, OFF, typed

    login = whole().commands["login"]
    known = {word for each in login.params for word in (*each.opts, *each.secondary_opts)}
    assert set(typed(dict.fromkeys(LOGIN, "x")).values()) <= known
    assert set(OFF.values()) <= known


def test_an_address_with_a_password_is_no_option(call: Call) -> None:
    done = call("status", "--token-store", "redis://:hunter22@localhost")
    assert done.status == 2
    assert "hunter22" not in done.out + done.err
    done = call("login", "--browser-url", "wss://chrome.example?token=abcdef")
    assert done.status == 2
    assert "abcdef" not in done.out + done.err


def test_without_arguments_there_is_help(call: Call) -> None:
    for argv in ((), ("traces",)):
        done = call(*argv)
        assert done.status == 2
        assert "Usage: " in done.out
        assert "error" not in done.err


def test_an_unexpected_error_is_one_line(
    ask: Call, call: Call, monkeypatch: pytest.MonkeyPatch, upstox: Replica, stored: Token
) -> None:
    del stored

    def broken(*_: object) -> None:
        raise RuntimeError(f"a bug with {upstox.account.pin} in it")

    monkeypatch.setattr("upstox_browser_login.ledger.Ledger.block", broken)
    done = ask("status")
    assert done.status == 1
    assert done.code == "UNEXPECTED"
    assert "RuntimeError: a bug with [redacted] in it" in done.object["error"]["message"]
    assert "Traceback" not in done.err
    done = call("status", "--debug")
    assert done.status == 1
    assert "Traceback" in done.err
    assert upstox.account.pin not in done.err


@pytest.mark.parametrize(
    "kind", [each for each in vars(errors).values() if isinstance(each, type)], ids=str
)
def test_the_status_is_that_of_the_error(
    ask: Call, monkeypatch: pytest.MonkeyPatch, kind: type, upstox: Replica
) -> None:
    del upstox
    if not issubclass(kind, errors.UpstoxError):
        pytest.skip("no error of ours")
    for code in kind.codes:
        error = kind("What happened.", code=code, upstox_code="1017106", step="pin")
        error.trace = "traces/x"

        def fail(*_: object, raised: Exception = error, **__: object) -> None:
            raise raised

        monkeypatch.setattr("upstox_browser_login.session.login_result", fail)
        done = ask("login")
        assert done.status == kind.exit_code
        assert done.object["error"] == {
            "code": code,
            "message": "What happened.",
            "hint": error.hint,
            "step": "pin",
            "upstox_code": "1017106",
            "trace": "traces/x",
        }
        assert done.err == (
            f"error: What happened. [1017106]\nhint: {error.hint}\nevidence: traces/x\n"
        )


def test_messages_are_redacted_but_times_and_tokens_stay() -> None:
    """A PIN of four digits may well be a year."""
    from upstox_browser_login.redaction import redactor

    redactor.register("2026", "pin")
    data = {"at": results.Plain("2026-10-07T03:30:00+05:30"), "said": "2026 it is", "left": 2026}
    assert results.redacted(data) == {
        "at": "2026-10-07T03:30:00+05:30",
        "said": "[redacted] it is",
        "left": 2026,
    }


@pytest.mark.skipif(sys.platform == "win32", reason="SIGPIPE is of POSIX")
@pytest.mark.parametrize("words", [["status"], ["--help"], ["login", "--help"], ["--version"]])
def test_a_reader_who_leaves_early(
    words: list[str], start: Callable[..., subprocess.Popen[str]], stored: Token
) -> None:
    del stored
    process = start(*words)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.wait(60) == 141
    assert process.stderr.read() == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_behind_stdout(
    start: Callable[..., subprocess.Popen[str]], stored: Token
) -> None:
    del stored
    for words, status in (
        (["status"], 1),
        (["token", "--no-login"], 1),
        ([], 1),
        (["profile", "--format", "json", "--profile", "../x"], 3),
        (["record", "--format", "json"], 2),
    ):
        with Path("/dev/full").open("w", encoding="utf-8") as full:
            process = start(*words, stdout=full)
            _, said = process.communicate(timeout=60)
        assert process.returncode == status, words
        assert "error: The output cannot be written: No space left on device.\n" in said
        assert ("If a token was got" in said) == bool({"token", "record"} & {*words})
        assert "hint: See that there is room where it goes." in said
        assert "evidence" not in said
        assert "Traceback" not in said
        assert "Exception ignored" not in said


def test_no_stdout_at_all(monkeypatch: pytest.MonkeyPatch, stored: Token) -> None:
    del stored
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["status"]) == 0


def test_letters_that_the_terminal_does_not_know(
    start: Callable[..., subprocess.Popen[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    process = start("login", "--help")
    out, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert "chrome, msedge" in out


@pytest.mark.parametrize("zone", [UTC, IST, timezone(timedelta(hours=-5))])
def test_a_time_is_told_as_it_is_in_india_wherever_it_was_taken(zone: timezone) -> None:
    """So that the beginning and the end of a token's life can be read beside one another."""
    moment = datetime(2026, 10, 6, 22, 0, 30, 500, UTC).astimezone(zone)
    assert results.iso(moment) == "2026-10-07T03:30:30+05:30"
