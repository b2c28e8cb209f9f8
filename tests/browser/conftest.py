"""What tests of the browser share."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from tests.shared_browser import count_children_from_now


@pytest.fixture
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No settings or processes from outside, and a temporary folder that can be looked into."""
    for name in list(os.environ):
        if name.upper().startswith("UPSTOX_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    count_children_from_now()
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder
