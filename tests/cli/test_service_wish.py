"""What the options of `service install` and `service show` ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call, linux
from upstox_browser_login.cli.service_wish import Wish, files_of, refresh_options, wish_of
from upstox_browser_login.cli.usage import Misuse
from upstox_browser_login.daily.service import Kind


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--", "--tme", "08:30"), "There is no such option. Did you mean --time"),
        (("--", "--time", "8 o'clock"), "HH:MM"),
        (("--", "--profile", "x"), "before"),
        (("--", "--once"), "--once"),
        (("--for", "cron", "--system"), "systemd"),
        (("--run-as", "asha"), "--system"),
        (("--for", "cron", "--secrets", "."), "systemd"),
    ],
)
def test_options_that_do_not_go_together(ask: Call, words: tuple[str, ...], said: str) -> None:
    done = ask("service", "show", *words)
    assert done.status == 2
    assert said in done.err


@pytest.mark.parametrize("command", ["install", "show"])
@pytest.mark.parametrize(
    ("words", "written"),
    [
        (("--time", "08:30"), "--time …"),
        (("--write=.env",), "--write …"),
        (("--trading-days",), "--trading-days"),
        (("--headless",), "--headless"),
    ],
)
def test_how_an_option_of_refresh_is_written_is_said(
    ask: Call, command: str, words: tuple[str, ...], written: str
) -> None:
    done = ask("service", command, *words)
    assert (done.status, done.code) == (2, "USAGE")
    name = written.partition(" ")[0]
    error = done.object["error"]
    assert error["message"] == f"{name} is an option of `refresh`, and stands behind `--`."
    assert error["hint"] == f"Write it as `upstox-browser-login service {command} -- {written}`."
    assert "08:30" not in done.err


def test_an_option_of_nobody_is_told_as_that(ask: Call) -> None:
    done = ask("service", "install", "--tme", "08:30")
    assert done.object["error"]["message"].startswith("There is no such option.")
    assert done.object["error"]["hint"] == "Run `upstox-browser-login service install --help`."


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("kind", "asks", "removes"),
    [
        ("launchd", "launchctl print gui/$(id -u)/", "launchctl bootout gui/$(id -u)/"),
        ("task-scheduler", "schtasks /Query /TN ", "schtasks /Delete /TN "),
    ],
)
def test_what_this_command_does_not_set_up_it_tells_how_to_ask(
    ask: Call, kind: str, asks: str, removes: str
) -> None:
    for command, way in (("status", asks), ("uninstall", removes)):
        done = ask("service", command, "--for", kind)
        assert done.code == "CONFIGURATION"
        assert done.object["error"]["hint"].startswith(f"Run `{way}upstox-browser-login")
    assert ask("service", "status", "--for", "cron", "--system").status == 2


@linux
@pytest.mark.usefixtures("account")
def test_one_scheduler_of_two_is_asked_alone(home: Path, ask: Call) -> None:
    assert ask("service", "install", "--for", "cron").status == 0
    aside = (home / "crontab").rename(home / "aside")
    assert ask("service", "install", "--for", "systemd").status == 0
    aside.rename(home / "crontab")  # `install` itself refuses a second one

    def found(*words: str) -> list[str]:
        return [each["kind"] for each in ask("service", "status", *words).data["services"]]

    assert found() == ["systemd", "cron"]
    assert (found("--for", "systemd"), found("--for", "cron")) == (["systemd"], ["cron"])
    removed = ask("service", "uninstall", "--for", "cron").data["removed"]
    assert [each["kind"] for each in removed] == ["cron"]
    assert found() == ["systemd"]
    ask("service", "uninstall", "--for", "systemd")
    assert found() == []


@pytest.mark.parametrize("address", ["wss://k3y@browsers.example/", "wss://x.example/?k=k3y"])
def test_an_address_with_a_key_is_no_option(address: str, account: Path, ask: Call) -> None:
    """It would stand in the service's file, and among the arguments of a process."""
    del account
    done = ask("service", "show", "--", "--browser-url", address)
    assert done.code == "USAGE"
    assert "k3y" not in done.out + done.err


def test_a_unit_of_the_machine_is_systemds() -> None:
    assert wish_of(None, True, "asha", None, None) == Wish("systemd", True, "asha")
    assert [wish_of(None, system, None, None, None).scope for system in (True, False)] == [
        "system",
        "user",
    ]


@pytest.mark.parametrize(
    ("kind", "system", "run_as", "secrets", "option"),
    [
        ("cron", True, None, None, "--system"),
        (None, False, "asha", None, "--run-as"),
        ("launchd", False, None, Path(), "--secrets"),
    ],
)
def test_the_option_that_goes_with_no_other_is_named(
    kind: Kind | None, system: bool, run_as: str | None, secrets: Path | None, option: str
) -> None:
    with pytest.raises(Misuse) as caught:
        wish_of(kind, system, run_as, secrets, None)
    assert option in str(caught.value.param_hint)


def test_options_of_refresh_are_read_as_it_reads_them() -> None:
    params = refresh_options(["--time", "08:30", "--write", ".env"])
    assert (params["at"], str(params["write"])) == ("08:30", ".env")


def test_files_are_named_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert files_of({"write": Path(".env"), "log_file": None}) == {"--write": tmp_path / ".env"}
    assert files_of({}) == {}
