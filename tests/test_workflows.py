"""The workflows: each command that they run is one that exists, with what it is given.

A workflow runs where nobody can try it beforehand, so that a target that was renamed or a path
that has moved would be noticed weeks later.
"""

from __future__ import annotations

import os
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.test_docs_commands import ROOT, command_of, simple_commands

PROGRAM = "upstox-browser-login"
WORKFLOWS = sorted(
    (*(ROOT / ".github/workflows").glob("*.yml"), *(ROOT / "deploy/github").glob("*.yml"))
)
KEYWORDS = {"if", "then", "else", "fi"}
SHELL = {"cd", "echo", "sed", "test", "true", "ls"}
"""Of the shell and of every system."""

MODULES = {"build", "mypy", "pip", "pytest", "venv"}
"""Of Python, or installed by the line itself."""

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
TARGETS = set(re.findall(r"^([.\w/-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def scripts(job: dict[str, Any]) -> Iterator[str]:
    """What the steps of a job run, with every value of a matrix in its place."""
    matrix = job.get("strategy", {}).get("matrix", {})
    values = [*matrix.get("run", []), *(each["run"] for each in matrix.get("include", []))]
    for step in job["steps"]:
        script = step.get("run", "")
        if "${{ matrix.run }}" in script:
            yield from (script.replace("${{ matrix.run }}", value) for value in values)
        elif script:
            yield script


def commands(path: Path) -> Iterator[tuple[str, ...]]:
    for job in loaded(path)["jobs"].values():
        for script in scripts(job):
            for line in script.replace("\\\n", " ").splitlines():
                for words in simple_commands(line):
                    plain = words[1:] if words[0] in KEYWORDS else words
                    if plain:
                        yield plain


COMMANDS = [(path.name, words) for path in WORKFLOWS for words in commands(path)]


def test_the_commands_of_all_workflows_are_found() -> None:
    """The search would not be noticed if it found nothing."""
    assert {path.name for path in WORKFLOWS} >= {
        "ci.yml",
        "doctor.yml",
        "newest.yml",
        "release.yml",
    }
    programs = {words[0] for _, words in COMMANDS}
    assert {"make", ".ci/run", "python", PROGRAM} <= programs


@pytest.mark.parametrize(("workflow", "words"), COMMANDS, ids=str)
def test_what_a_workflow_runs_is_there(workflow: str, words: tuple[str, ...]) -> None:
    program, *rest = words
    name = program.rpartition("/")[2]
    if name == PROGRAM:
        assert command_of(tuple("x" if "$" in each else each for each in rest)) is not None
    elif program == "make":
        assert set(rest) <= TARGETS
    elif name == "python":
        assert rest[0] == "-m"
        assert rest[1] in MODULES
    elif program == ".ci/run":
        assert os.access(ROOT / program, os.X_OK)
    else:
        known = SHELL | {"sudo", "pip"}
        assert name in known or re.match(r"\w+=", program), (
            f"{workflow}: {words}: say how it is checked"
        )
    check_paths(rest)
    if name == "pip" or rest[:2] == ["-m", "pip"]:
        check_extras(rest)


def check_paths(words: list[str]) -> None:
    for word in words:
        if word.startswith(("tests/", "traces/", "src/", "docs/", "deploy/")):
            assert list(ROOT.glob(word)), f"{word} is not there"


def check_extras(words: list[str]) -> None:
    extras = re.findall(r"\[([\w,]+)\]", " ".join(words))
    assert set(",".join(extras).split(",")) - {""} <= set(
        PYPROJECT["project"]["optional-dependencies"]
    )
    groups = [words[at + 1] for at, word in enumerate(words) if word == "--group"]
    assert set(groups) <= set(PYPROJECT["dependency-groups"])


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_is_bounded_and_may_do_no_more_than_it_needs(path: Path) -> None:
    """Its rights are named, and actions are pinned: a tag can be moved to other code."""
    text, workflow = path.read_text("utf-8"), loaded(path)
    assert workflow["permissions"] == {"contents": "read"}
    assert "concurrency" in workflow
    for used in re.findall(r"uses:\s*(\S+)", text):
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", used), used
    for job in workflow["jobs"].values():
        assert job["name"]
        assert job["timeout-minutes"] <= 60
        assert job.get("permissions", {}) in ({}, {"id-token": "write"})
        for step in job["steps"]:
            if "actions/checkout@" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False


def test_recordings_are_replayed_and_what_fails_is_kept() -> None:
    job = loaded(ROOT / ".github/workflows/ci.yml")["jobs"]["recorded"]
    assert job["name"] == "recorded traces"
    run = [*scripts(job)]
    assert f"{PROGRAM} replay --looks traces/recorded/*" in run
    assert f"{PROGRAM} replay --fast traces/recorded/*" in run
    upload = job["steps"][-1]
    assert (upload["if"], upload["with"]["path"]) == ("always()", "traces/")


def test_all_that_needs_no_browser_is_run_elsewhere() -> None:
    """By the mark alone, and with all that the tests import: a list would leave new ones out."""
    job = loaded(ROOT / ".github/workflows/ci.yml")["jobs"]["elsewhere"]
    systems = {each.partition("-")[0] for each in job["strategy"]["matrix"]["os"]}
    assert systems == {"macos", "windows"}
    *_, install, types, run = (shlex.split(each) for each in scripts(job))
    makefile = (ROOT / "Makefile").read_text("utf-8")
    everything = re.findall(r"'(\.\[[\w,]+\])' --group test$", makefile, re.MULTILINE)
    assert install[-5:] == [everything[0], "--group", "test", "--group", "lint"]
    assert types[:3] == ["python", "-m", "mypy"]
    assert run[:3] == ["python", "-m", "pytest"]
    assert run[-2:] == ["-m", "not browser and not variant"]
    assert not [each for each in run if "tests" in each or each in {"-k", "--ignore"}]


def test_without_an_app_the_look_at_the_page_is_left_out() -> None:
    """A fork that has set no secrets, and the project itself, are not told every day of a failure.

    Whether a repository is a fork is not told to what runs by a schedule.
    """
    (job,) = loaded(ROOT / ".github/workflows/doctor.yml")["jobs"].values()
    assert "if" not in job
    first, *others = job["steps"]
    assert "UPSTOX_CLIENT_ID" in first["env"]
    assert "UPSTOX_REDIRECT_URI" in first["env"]
    assert all("steps.app.outputs.named" in step["if"] for step in others)
