"""What the documents quote is what the program says today."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import dotenv
import pytest

from upstox_browser_login.cli.call import BROKEN_PIPE
from upstox_browser_login.cli.exec_ import NOT_EXECUTABLE, NOT_FOUND
from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.page.marks import parse_marks
from upstox_browser_login.settings import NEEDED_FOR_LOGIN, Settings, check, variable

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    "blocks",
    [
        ["settings", "commands", "schemas", "table"],
        *(
            pytest.param([each], marks=[pytest.mark.variant, pytest.mark.browser])
            for each in ("demo", "failure")
        ),
    ],
    ids=" ".join,
)
def test_generated_parts_are_up_to_date(blocks: list[str]) -> None:
    """`make docs` would change nothing."""
    done = subprocess.run(
        [
            sys.executable,
            ROOT / "docs" / "generate.py",
            "--check",
            *(f"--only={each}" for each in blocks),
        ],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ},
    )
    assert done.returncode == 0, done.stderr


def test_the_table_of_exit_statuses_is_that_of_the_errors() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| ([\d, ]+) \| .* \|([^|]*)\|$", text, re.MULTILINE)
    told = {
        int(status): set(re.findall(r"`(\w+)`", codes))
        for found, codes in rows
        for status in found.split(", ")
    }
    kinds: list[type[UpstoxError]] = [UpstoxError, *UpstoxError.__subclasses__()]
    errors = {each.exit_code: {*each.codes} for each in kinds if each.exit_code != 1}
    others: dict[int, set[str]] = {
        0: set(),
        1: {"UNEXPECTED"},
        2: {"USAGE"},
        NOT_FOUND: {"USAGE"},
        NOT_EXECUTABLE: {"USAGE"},
        128 + signal.SIGTERM: {"INTERRUPTED"},
        BROKEN_PIPE: set(),
    }
    assert told == {**errors, **others}


def test_example_has_every_setting() -> None:
    """`.env.example` names every setting, and nothing else."""
    text = (ROOT / ".env.example").read_text("utf-8")
    named = set(re.findall(r"^#?(UPSTOX_[A-Z_]+)=", text, re.MULTILINE))
    assert named == {variable(name) for name in Settings.model_fields if name != "profile"}


def test_example_is_valid_and_logs_nobody_in() -> None:
    """A copy of the example breaks no rule, and what a login needs is still to be filled in."""
    findings = {each.name: each.state for each in check(env_file=ROOT / ".env.example")}
    assert "invalid" not in findings.values()
    assert {findings[variable(name)] for name in NEEDED_FOR_LOGIN} == {"missing"}
    text = (ROOT / ".env.example").read_text("utf-8")
    everything = re.sub(r"^#(UPSTOX_)", r"\1", text, flags=re.MULTILINE)
    for name, value in dotenv.dotenv_values(stream=io.StringIO(everything)).items():
        assert name is not None
        if name == "UPSTOX_SECRETS_DIR":
            continue  # has to be there
        Settings(**{name.removeprefix("UPSTOX_").lower(): value or None})


def test_links_lead_somewhere() -> None:
    """Every relative link of the documents names a file that is there."""
    pages = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md"))
    for document in pages:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_claims_name_tests_that_exist() -> None:
    """Every test that `SECURITY.md` names is there."""
    claims = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "SECURITY.md").read_text("utf-8"))
    assert len(claims) > 10
    for path, name in claims:
        assert f"def {name}(" in (ROOT / path).read_text("utf-8"), f"{path}::{name}"


def test_the_page_file_of_the_recipe_is_one() -> None:
    """Every example of an entry in the recipe is read as it stands."""
    text = (ROOT / "docs" / "when-the-page-changes.md").read_text("utf-8")
    blocks = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    assert blocks
    assert all(parse_marks(each).told for each in blocks)
