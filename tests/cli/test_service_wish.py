"""What the options of `service install` and `service show` ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call
from upstox_browser_login.cli.service_wish import Wish, files_of, refresh_options, wish_of
from upstox_browser_login.cli.usage import Misuse
from upstox_browser_login.daily.service import Kind


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--", "--tme", "08:30"), "No such option: --tme"),
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
