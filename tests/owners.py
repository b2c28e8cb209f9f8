"""Folders and files that seem to be somebody else's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def belongs_to(monkeypatch: pytest.MonkeyPatch, owned: dict[Path, int]) -> None:
    """Let folders belong to other users; only root could give them away."""
    real = Path.stat

    def stat_of(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        found = real(self, follow_symlinks=follow_symlinks)
        fields = list(found)
        fields[4] = owned.get(self, found.st_uid)
        return os.stat_result(fields)

    monkeypatch.setattr(Path, "stat", stat_of)
