"""How a missing package is added, by what has installed this program."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.extras import adding, extra, needing

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
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    note: str,
    cached: bool,
    own: str,
    other: str | None,
) -> None:
    monkeypatch.setattr("sys.executable", "")
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


@pytest.mark.skipif(os.name == "nt", reason="a program of Windows has an ending")
@pytest.mark.parametrize(
    ("active", "has_pip", "start"),
    [
        (True, True, "pip install '"),
        (True, False, "pip install '"),
        (False, True, "'{python}' -m pip install '"),
        (False, False, "uv pip install --python '{python}' '"),
    ],
)
def test_a_pip_of_another_python_is_not_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, active: bool, has_pip: bool, start: str
) -> None:
    for name in ("my environment", "another"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pip").touch(mode=0o755)
    python = tmp_path / "my environment" / "python"
    monkeypatch.setattr("sys.executable", str(python))
    monkeypatch.setenv("PATH", str(tmp_path / ("my environment" if active else "another")))
    monkeypatch.setattr("upstox_browser_login.extras.find_spec", lambda _: has_pip or None)
    assert adding(OWN, tmp_path).startswith(start.format(python=python))


def test_an_extra_is_one_of_this_package() -> None:
    assert extra("notify").endswith(" 'upstox-browser-login[notify]'")


def test_a_missing_package_is_named_with_what_adds_it() -> None:
    with (
        pytest.raises(ConfigurationError) as caught,
        needing("server", "--health", ", or leave it out"),
    ):
        import no_such_package  # type: ignore[import-not-found]  # noqa: F401
    assert caught.value.message == (
        "--health needs the package no_such_package, which is not installed."
    )
    assert (caught.value.hint or "").endswith("[server]'`, or leave it out.")


def test_a_missing_part_of_this_package_is_no_missing_extra() -> None:
    """It is a fault of this program, and adding an extra would not mend it."""
    with pytest.raises(ModuleNotFoundError), needing("server", "--health"):
        import upstox_browser_login.no_such_part  # type: ignore[import-not-found]  # noqa: F401
