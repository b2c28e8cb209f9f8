"""The state of the last dialog's address, until its answer comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from upstox_browser_login.errors import StoreError
from upstox_browser_login.redaction import MASK, redactor
from upstox_browser_login.settings import Settings
from upstox_browser_login.store.states import States


def states(folder: Path, client_id: str = "an-app") -> States:
    return States(Settings(state_dir=folder, client_id=client_id))


def test_the_last_state_of_an_app_is_kept_until_it_is_dropped(tmp_path: Path) -> None:
    states(tmp_path).put("first-state")
    states(tmp_path).put("second-state")
    assert states(tmp_path).get() == "second-state"
    assert states(tmp_path, "another-app").get() is None
    states(tmp_path).drop()
    assert states(tmp_path).get() is None


def test_a_state_that_was_read_is_a_secret(tmp_path: Path) -> None:
    states(tmp_path).put("st4te-of-an-earlier-process")
    assert states(tmp_path).get() is not None
    assert redactor.redact("/cb?x=st4te-of-an-earlier-process") == f"/cb?x={MASK}"


def test_a_state_that_cannot_be_kept_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "auth").write_text("in its place")
    with pytest.raises(StoreError):
        states(tmp_path).put("a-state")
