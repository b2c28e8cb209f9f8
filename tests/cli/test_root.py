"""The program itself, without a command."""

from __future__ import annotations

from tests.cli.conftest import Call


def test_version(call: Call) -> None:
    done = call("--version")
    assert done.status == 0
    assert done.out.startswith("upstox-browser-login ")
