"""What the package says of itself to the index."""

from __future__ import annotations

import tomllib
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parent.parent

OWNED = {"Upstox API": "upstox.com"}
"""Each address of the package, and the host, which is known to be its owner's."""


def test_no_address_is_made_up() -> None:
    """An address that nobody owns could be taken, and people sent there with their accounts."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found = {name: urlsplit(address).hostname for name, address in project["urls"].items()}
    assert found == OWNED
    assert all(each.startswith("https://") for each in project["urls"].values())
