"""What a person is told of settings that are missing or break a rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from upstox_browser_login.settings import Settings
from upstox_browser_login.settings.env_file import EnvFile
from upstox_browser_login.settings.problems import error_of_rules, is_of, named_in, where_to_set


def test_all_broken_rules_are_told_in_one_error() -> None:
    found = error_of_rules({"UPSTOX_PIN_CODE": "must be 4 to 6 digits"}, ["one of the two"])
    assert found.message == (
        "Settings that break a rule: UPSTOX_PIN_CODE: must be 4 to 6 digits; one of the two."
    )


def test_a_hint_is_about_what_was_given_by_hand() -> None:
    problems = {"--timeout": "must be a number"}
    assert error_of_rules(problems, given=["--timeout"]).hint == "Correct --timeout."
    assert "Correct --timeout." not in error_of_rules(problems).hint


@pytest.mark.parametrize(
    ("names", "asked"),
    [
        (["pin_code", "username"], "(`upstox-browser-login configure` asks for each)"),
        (["proxy"], "(`upstox-browser-login configure UPSTOX_PROXY` asks for it)"),
        (["proxy", "timeout"], "(`upstox-browser-login configure NAME` asks for one of them)"),
    ],
)
def test_where_settings_are_set_and_which_command_asks_for_them(
    names: list[str], asked: str, tmp_path: Path
) -> None:
    file = EnvFile(tmp_path / ".env", chosen=False)
    assert where_to_set(file, names) == f"the environment or in {tmp_path / '.env'} {asked}"


def test_an_account_of_a_named_file_is_set_in_that_alone(tmp_path: Path) -> None:
    file = EnvFile(tmp_path / "b.env", chosen=True)
    assert where_to_set(file, ["pin_code"]).startswith(f"{tmp_path / 'b.env'} (`")
    assert where_to_set(file, ["timeout"]).startswith("the environment or in ")


def test_nothing_is_kept_in_what_is_no_file(tmp_path: Path) -> None:
    assert where_to_set(EnvFile(tmp_path, chosen=True), ["pin_code"]) == str(tmp_path)


def test_the_settings_of_a_rule() -> None:
    rule = "UPSTOX_TOTP_SECRET and UPSTOX_TOTP_COMMAND are both set"
    assert named_in(rule) == ["UPSTOX_TOTP_SECRET", "UPSTOX_TOTP_COMMAND"]
    assert named_in("set UPSTOX_ALLOW_UNTRUSTED_ORIGIN") == []


def test_a_setting_may_have_one_of_several_types() -> None:
    fields = Settings.model_fields
    assert is_of(fields["timeout"], float) or is_of(fields["timeout"], int)
    assert is_of(fields["browser_path"], Path)
    assert not is_of(fields["client_id"], Path)
