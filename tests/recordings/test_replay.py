"""Recorded logins once more, in a real browser, against the recording alone."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.harness import FakeClock
from tests.recordings.bundles import RECORDED, Copy, recorded
from upstox_browser_login.recordings.bundle import Bundle, read_bundle
from upstox_browser_login.recordings.replay import replay

IN_MAKE_TEST = {"plain", "wrong-pin"}


def every_recording() -> list[pytest.ParameterSet]:
    paths = sorted(RECORDED.iterdir())
    return [
        pytest.param(
            path,
            id=path.name,
            marks=() if path.name.partition("-")[2] in IN_MAKE_TEST else (pytest.mark.variant,),
        )
        for path in paths
    ]


@contextmanager
def no_names_and_no_net(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Within the block this process finds no host but this machine; what it asks for is kept."""
    asked: list[str] = []
    find = socket.getaddrinfo

    def refuse(host: str | bytes | None, *args: object, **options: object) -> object:
        name = host.decode() if isinstance(host, bytes) else host or ""
        if name in {"127.0.0.1", "localhost", ""}:
            return find(host, *args, **options)  # type: ignore[arg-type]  # handed on as it came
        asked.append(name)
        raise socket.gaierror("no such host")

    with monkeypatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", refuse)
        yield asked


@pytest.mark.browser
@pytest.mark.parametrize("path", every_recording())
def test_a_recording_passes_without_a_net_without_settings_and_elsewhere(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere" / path.name
    shutil.copytree(path, elsewhere)
    monkeypatch.chdir(tmp_path)
    # Somebody's own settings, which would end any login that heeded them.
    monkeypatch.setenv("UPSTOX_USERNAME", "no number")
    monkeypatch.setenv("UPSTOX_BROWSER_ARGS", "nonsense")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    with no_names_and_no_net(monkeypatch) as asked:
        told = replay(read_bundle(elsewhere), fast=True, evidence=tmp_path / "traces")
    assert told.passed, told.wrong
    assert asked == []
    assert told.states[0] == told.states[1]
    assert not (tmp_path / "traces").exists()


@pytest.mark.browser
def test_a_year_later_under_the_real_names_and_with_tls(tmp_path: Path) -> None:
    told = replay(of_upstox("plain", tmp_path), fast=True, machine=FakeClock(366 * 86_400.0))
    assert told.passed, told.wrong


def of_upstox(name: str, folder: Path) -> Bundle:
    """A recording of the replica as if it were Upstox's: https, under a real name.

    Its servers share one host here as there, since its page shares their cookies.
    """
    copy = Copy(name, folder)
    here, there = "http://127.0.0.1:", "https://login.upstox.com:"
    quoted = {quote(here, safe=""): quote(there, safe="")}
    copy.everywhere({here: there, **quoted, "127.0.0.1:": "login.upstox.com:"})
    copy.about(source="upstox")
    return read_bundle(copy.path)


@pytest.mark.browser
def test_a_call_that_was_not_recorded_ends_it_by_name_and_keeps_evidence(tmp_path: Path) -> None:
    copy = Copy("plain", tmp_path)
    copy.say("/login/open/v3/auth/2fa", "/login/open/v4/auth/2fa", "exchanges.jsonl")
    told = replay(read_bundle(copy.path), fast=True, evidence=tmp_path / "traces")
    assert not told.passed
    assert told.wrong[0].startswith("the recording does not know POST http://127.0.0.1:")
    assert "/login/open/v3/auth/2fa (no such call was recorded)" in told.wrong[0]
    assert told.trace is not None
    assert (Path(told.trace) / "report.json").is_file()


@pytest.mark.browser
@pytest.mark.variant
def test_a_page_with_other_ids_and_words_passes_and_one_that_refuses_does_not(
    tmp_path: Path,
) -> None:
    renamed = Copy("plain", tmp_path)
    renamed.everywhere({"mobileNum": "entryA", "Enter 6-digit PIN": "Your 6-digit PIN"})
    assert replay(read_bundle(renamed.path), fast=True).passed
    shutil.rmtree(renamed.path)
    refusing = Copy("plain", tmp_path)
    error = {"code": "1017106", "message": "You have entered an incorrect PIN"}
    refusing.answer("auth/2fa", lambda data: data.update(success=False, error=error))
    told = replay(read_bundle(refusing.path), fast=True)
    assert "it ended with PIN_REJECTED, recorded OK" in told.wrong


@pytest.mark.browser
@pytest.mark.variant
def test_answers_that_were_swapped_do_not_pass(tmp_path: Path) -> None:
    copy = Copy("plain", tmp_path)

    def swap(lines: list[dict[str, object]]) -> None:
        posts = [x for x in lines if x["method"] == "POST" and x["response"]]
        posts[0]["response"], posts[1]["response"] = posts[1]["response"], posts[0]["response"]

    copy.lines("exchanges.jsonl", swap)
    assert not replay(read_bundle(copy.path), fast=True).passed


@pytest.mark.browser
@pytest.mark.variant
@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such namespaces")
def test_the_command_passes_in_a_machine_without_a_net(tmp_path: Path) -> None:
    apart = ["unshare", "--net", "--map-root-user"]
    up = "ip link set lo up && "
    if subprocess.run([*apart, "sh", "-c", f"{up}true"], check=False).returncode:
        pytest.skip("this user may make no namespace without a net")
    command = (
        f"{up}{shlex.quote(sys.executable)} -m upstox_browser_login.cli replay "
        f"--fast --format json {shlex.quote(str(recorded('plain')))}"
    )
    ran = subprocess.run(
        [*apart, "sh", "-c", command],
        check=False,
        cwd=tmp_path,
        capture_output=True,
        env=os.environ.copy(),
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["data"]["recordings"][0]["passed"] is True
