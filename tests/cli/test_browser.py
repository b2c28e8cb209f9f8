"""`install-browser`: a Chromium that fits."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Call, Start, compiled_for_the_next_login, ended


@pytest.mark.browser
def test_a_browser_that_is_there_is_named_and_nothing_is_installed(ask: Call, call: Call) -> None:
    done = ask("install-browser")
    assert done.status == 0
    assert set(done.data) == {"path", "channel", "kind", "version"}
    assert Path(done.data["path"]).is_file()
    assert done.data["version"][0].isdigit()
    text = call("install-browser").out
    assert text == f"Chromium {done.data['version']} is ready: {done.data['path']}\n"


@pytest.mark.browser
def test_what_is_compiled_is_left_to_the_first_login(start: Start) -> None:
    """Both by the driver, which Node.js runs, and of the patterns, which Python seeks."""
    done = ended(start("install-browser"))
    assert done.status == 0, done.err
    assert compiled_for_the_next_login() > {"patterns"}
