"""How a missing package is added, by what has installed this program."""

from __future__ import annotations

from pathlib import Path

import pytest

from upstox_browser_login.extras import adding, extra

OWN = "upstox-browser-login[server]"


@pytest.mark.parametrize(
    ("note", "cached", "own", "other"),
    [
        ("", False, f"pip install '{OWN}'", "pip install 'requests[socks]'"),
        (
            "pipx_metadata.json",
            False,
            f"pipx install --force '{OWN}'",
            "pipx inject upstox-browser-login 'requests[socks]'",
        ),
        (
            "uv-receipt.toml",
            False,
            f"uv tool install '{OWN}'",
            "uv tool install --with 'requests[socks]' upstox-browser-login",
        ),
        ("pipx_metadata.json", True, f"pipx run --spec '{OWN}' upstox-browser-login", None),
        ("", True, f"uvx '{OWN}'", None),
    ],
)
def test_it_is_added_to_the_environment_of_this_program(
    tmp_path: Path, note: str, cached: bool, own: str, other: str | None
) -> None:
    environment = tmp_path / "cache" / "environment"
    environment.mkdir(parents=True)
    # Of every environment that uv makes, and so no sign of a cache.
    (environment / "CACHEDIR.TAG").touch()
    if note:
        (environment / note).touch()
    if cached:
        (tmp_path / "cache" / "CACHEDIR.TAG").touch()
    assert adding(OWN, environment) == own
    if other is not None:
        assert adding("requests[socks]", environment) == other


def test_an_extra_is_one_of_this_package() -> None:
    assert extra("notify").endswith(" 'upstox-browser-login[notify]'")
