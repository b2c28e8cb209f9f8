"""The recipes of deploy/ and .github/: their structure, and the scripts in them, run for real."""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import call, code, plain, served, stored, upstox
from tests.daily.jobs import job
from tests.test_docs_commands import PAGES, blocks, lines
from tests.test_workflows import WORKFLOWS, loaded
from upstox_browser_login.daily.service_systemd import Machine, unit
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import NEEDED_FOR_LOGIN, Settings, variable
from upstox_browser_login.token import Token

__all__ = ["call", "code", "served", "stored", "upstox"]  # fixtures

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"))


def instructions() -> list[tuple[str, str]]:
    """What the Dockerfile says, in its order."""
    text = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    pairs = [line.partition(" ") for line in lines if not line.startswith("#")]
    return [(name, rest.strip()) for name, _, rest in pairs]


def test_the_image_is_nobodys_root() -> None:
    """The last user counts, and a number can be seen not to be root's."""
    found = instructions()
    assert [rest for name, rest in found if name == "USER"] == ["10001:10001"]
    assert ("VOLUME", "/state") in found
    after = [name for name, _ in found[found.index(("USER", "10001:10001")) :]]
    assert "RUN" not in after
    assert "COPY" not in after


def test_the_image_starts_by_an_init_and_tells_its_health() -> None:
    found = dict(instructions())
    assert json.loads(found["ENTRYPOINT"]) == ["tini", "--", "upstox-browser-login"]
    command = json.loads(found["CMD"])
    assert command[0] == "refresh"
    address = command[command.index("--health") + 1]
    assert f"http://{address}/readyz" in found["HEALTHCHECK"]


def test_every_variable_of_the_image_is_a_setting() -> None:
    named = set(re.findall(r"\b(UPSTOX_\w+)=", (DEPLOY / "Dockerfile").read_text("utf-8")))
    assert named <= {variable(name) for name in Settings.model_fields}
    assert {"UPSTOX_STATE_DIR", "UPSTOX_SECRETS_DIR"} <= named


def test_no_secret_gets_into_the_image() -> None:
    """What goes to the builder is named file by file, and so is what is copied."""
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert ignored[1] == "*"
    sent = {line[1:] for line in ignored if line.startswith("!")}
    copied = " ".join(rest for name, rest in instructions() if name == "COPY").split()
    assert {word for word in copied if not word.startswith("/")} == sent
    assert sent == {"LICENSE", "README.md", "pyproject.toml", "src"}


def test_the_service_of_compose_may_do_nothing_but_its_job() -> None:
    service = loaded(DEPLOY / "compose.yaml")["services"]["upstox"]
    assert service["restart"] == "unless-stopped"
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "upstox-state:/state" in service["volumes"]
    assert service["security_opt"] == ["no-new-privileges:true", "seccomp=./seccomp.json"]
    assert (DEPLOY / "seccomp.json").is_file()
    assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file()


def test_secrets_of_compose_are_files_with_the_names_of_settings() -> None:
    whole = loaded(DEPLOY / "compose.yaml")
    names = whole["services"]["upstox"]["secrets"]
    assert names == [*whole["secrets"]]
    assert {name.upper() for name in names} <= {variable(each) for each in Settings.model_fields}
    assert all([*each] == ["file"] for each in whole["secrets"].values())
    assert "environment" not in whole["services"]["upstox"]


def test_git_does_not_see_the_secrets_of_compose() -> None:
    """docs/containers.md puts them into the clone of the repository."""
    folders = {
        Path(each["file"]).parent for each in loaded(DEPLOY / "compose.yaml")["secrets"].values()
    }
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert {f"deploy/{folder}/" for folder in folders} <= {*ignored}


def test_the_list_of_system_calls_lets_chromium_have_its_sandbox() -> None:
    """And no more of those that change the machine than that."""
    profile = json.loads((DEPLOY / "seccomp.json").read_text("utf-8"))
    assert profile["defaultAction"] == "SCMP_ACT_ERRNO"
    (rule,) = profile["syscalls"]
    allowed = set(rule["names"])
    assert {"clone", "clone3", "unshare", "chroot", "seccomp", "prctl"} <= allowed
    forbidden = {
        "mount", "umount2", "pivot_root", "ptrace", "bpf", "kexec_load", "init_module", "reboot",
        "perf_event_open", "swapon", "settimeofday", "keyctl", "userfaultfd", "open_by_handle_at",
        "io_uring_setup", "process_vm_writev",
    }  # fmt: skip
    assert not allowed & forbidden


def test_the_lowest_versions_are_tested_and_every_dependency_has_one() -> None:
    """A floor that nobody has run is a guess."""
    matrix = loaded(ROOT / ".github/workflows/ci.yml")["jobs"]["test"]["strategy"]["matrix"]
    assert "make test-lowest" in {each["run"] for each in matrix["include"]}
    lowest = runpy.run_path(str(ROOT / ".ci/lowest.py"))["pins"]
    pins = lowest((ROOT / "pyproject.toml").read_text("utf-8"))
    assert {"filelock", "httpx2", "pydantic-settings", "python-dotenv"} <= {
        each.partition("==")[0] for each in pins
    }
    with pytest.raises(ValueError, match="has no lowest version"):
        lowest((ROOT / "pyproject.toml").read_text("utf-8").replace("pyotp>=2.12", "pyotp"))


def test_a_release_is_published_without_a_key() -> None:
    jobs = loaded(ROOT / ".github/workflows/release.yml")["jobs"]
    assert jobs["publish"]["permissions"] == {"id-token": "write"}
    assert jobs["publish"]["needs"] == "build"
    assert "permissions" not in jobs["build"]
    assert "secrets." not in (ROOT / ".github/workflows/release.yml").read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="the step is a script of bash")
def test_the_login_step_masks_the_token_before_anything_can_print_it(
    stored: Token, upstox: Replica, tmp_path: Path
) -> None:
    """The step's own script, in bash as GitHub runs it, with a token in the store."""
    steps = loaded(DEPLOY / "github/daily-login.yml")["jobs"]["trade"]["steps"]
    (step,) = (each for each in steps if each.get("name") == "Log in")
    handed_on = tmp_path / "github-env"
    env = os.environ | upstox.settings() | {"GITHUB_ENV": str(handed_on)}
    env["PATH"] = f"{Path(sys.executable).parent}:{env['PATH']}"
    bash = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c"]
    done = subprocess.run([*bash, step["run"]], env=env, capture_output=True, text=True, check=True)
    token = plain(stored)
    assert done.stdout.splitlines() == [f"::add-mask::{token}"]
    assert token not in done.stderr
    assert handed_on.read_text() == f"UPSTOX_ACCESS_TOKEN={token}\n"
    env["UPSTOX_PIN_CODE"] = "1"
    broken = subprocess.run([*bash, step["run"]], env=env, capture_output=True, check=False)
    assert broken.returncode == 3
    assert broken.stdout == b""


def test_the_login_step_is_given_every_secret_and_no_other_step_is() -> None:
    steps = loaded(DEPLOY / "github/daily-login.yml")["jobs"]["trade"]["steps"]
    with_secrets = [each for each in steps if "secrets." in json.dumps(each)]
    assert [each["name"] for each in with_secrets] == ["Log in"]
    assert len(with_secrets[0]["env"]) == 6
    # `status` and the like would look for an account, which no step but the login knows.
    ours = [each for each in steps if _commands_in(each) - {"install-browser"}]
    assert [each.get("name") for each in ours] == ["Log in"]


def _commands_in(step: dict[str, Any]) -> set[str]:
    return set(re.findall(r"upstox-browser-login ([a-z][a-z-]*)", str(step.get("run"))))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_a_report_asks_for_what_doctor_says(path: Path) -> None:
    whole = loaded(path)
    if path.name == "config.yml":
        return
    fields = [each for each in whole["body"] if each["type"] != "markdown"]
    assert len({each["id"] for each in fields}) == len(fields)
    assert any("doctor --format json" in each["attributes"]["label"] for each in fields)


def test_no_recipe_names_an_index() -> None:
    """A base image has a plain name; packages come from wherever the machine is set up for."""
    for path in [*DEPLOY.rglob("*"), *WORKFLOWS]:
        if path.is_file() and "secrets" not in path.parts:
            hosts = re.findall(r"https?://([\w.-]+)", path.read_text("utf-8"))
            assert {*hosts} <= {"127.0.0.1"}, path


SIX = [variable(each).lower() for each in NEEDED_FOR_LOGIN]


@pytest.mark.skipif(sys.platform == "win32", reason="a script of bash")
def test_secrets_are_asked_for_and_put_into_files_of_their_owner(tmp_path: Path) -> None:
    """With the names that compose, `--secrets` and UPSTOX_SECRETS_DIR look for."""
    folder = tmp_path / "se crets"
    folder.mkdir(mode=0o755)
    (folder / SIX[0]).write_text("as it was")
    (folder / SIX[1]).write_text("older")
    (folder / SIX[1]).chmod(0o644)
    answers = ["", *(f" an$wer '{each}' \\ " for each in SIX[1:])]
    done = subprocess.run(
        [DEPLOY / "put-secrets.sh", folder],
        input="".join(f"{each}\n" for each in answers),
        capture_output=True,
        text=True,
        check=True,
    )
    found = {path.name: path.read_text() for path in folder.iterdir()}
    kept = dict(zip(SIX[1:], (each.strip() for each in answers[1:]), strict=True))
    assert found == {SIX[0]: "as it was", **kept}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {(folder / each).stat().st_mode & 0o777 for each in SIX[1:]} == {0o600}
    assert "wer" not in done.stdout + done.stderr
    assert [*loaded(DEPLOY / "compose.yaml")["secrets"]] == SIX


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_document_puts_a_secret_into_a_command_line(page: Path) -> None:
    """It would be in the history of a shell."""
    for block in blocks(page.read_text("utf-8")):
        for line in lines(block):
            assert not re.search(r"UPSTOX_(PIN_CODE|TOTP_SECRET|CLIENT_SECRET|PASSWORD)=\S", line)
            assert not re.search(r"\b(echo|printf)\b[^|$]*>[^|]*(secret|upstox_)", line), line


@pytest.mark.skipif(sys.platform == "win32", reason="scripts of bash")
@pytest.mark.parametrize("name", ["put-secrets.sh", "try-container.sh", "try-service.sh"])
def test_the_scripts_can_be_read_by_bash(name: str) -> None:
    assert os.access(DEPLOY / name, os.X_OK)
    subprocess.run(["bash", "-n", DEPLOY / name], check=True)


def test_unit_and_container_agree_on_what_chromium_needs() -> None:
    """Both lists of system calls are of one mind about the sandbox."""
    allowed = set(json.loads((DEPLOY / "seccomp.json").read_text("utf-8"))["syscalls"][0]["names"])
    text = unit(job(), "user", Machine())
    last = re.findall(r"^SystemCallFilter=(.*)$", text, re.MULTILINE)[-1]
    assert {each for each in last.split() if not each.startswith("@")} <= allowed
