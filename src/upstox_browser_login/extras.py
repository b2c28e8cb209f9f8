"""Packages that are needed for a part of this program alone, and how a missing one is added."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from .errors import ConfigurationError

_NAME = "upstox-browser-login"


@contextmanager
def needing(name: str, what: str, otherwise: str = "") -> Iterator[None]:
    """Within the block parts are imported that need the extra `name`; `what` needs them.

    Raises `ConfigurationError` where one of its packages is not installed; `otherwise` is added to
    the hint.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("upstox_browser_login"):
            raise
        raise ConfigurationError(
            f"{what} needs the package {error.name}, which is not installed.",
            hint=f"Run `{extra(name)}`{otherwise}.",
        ) from None


def extra(name: str) -> str:
    """The command that adds an extra of this package."""
    return adding(f"{_NAME}[{name}]")


def adding(package: str, environment: Path | None = None) -> str:
    """The command that adds a package to the environment that this program runs in.

    pip alone would add it to another one where pipx or uv has made an environment for this program.
    `pipx_metadata.json` and `uv-receipt.toml` are their own notes in it; what `pipx run` and `uvx`
    make lies in a cache.
    """
    environment = environment or Path(sys.prefix)
    own, quoted = package.startswith(f"{_NAME}["), f"'{package}'"
    by_pipx = (environment / "pipx_metadata.json").is_file()
    if own and is_cache(environment):
        return f"pipx run --spec {quoted} {_NAME}" if by_pipx else f"uvx {quoted}"
    if by_pipx:
        return f"pipx install --force {quoted}" if own else f"pipx inject {_NAME} {quoted}"
    if (environment / "uv-receipt.toml").is_file():
        return f"uv tool install {quoted}" if own else f"uv tool install --with {quoted} {_NAME}"
    return f"{_pip_install()} {quoted}"


def _pip_install() -> str:
    """What adds a package to the Python that runs this.

    A bare `pip` belongs to another Python where the environment is used without being activated,
    and is not there at all in an environment that uv has made.
    """
    bare = shutil.which("pip")
    if not sys.executable or (bare and Path(bare).parent == Path(sys.executable).parent):
        return "pip install"
    python = [sys.executable]
    quoted = shlex.join(python) if os.name == "posix" else subprocess.list2cmdline(python)
    return f"{quoted} -m pip install" if find_spec("pip") else f"uv pip install --python {quoted}"


def is_cache(environment: Path) -> bool:
    """Whether an environment lies in a cache, which may be emptied at any time."""
    return any((each / "CACHEDIR.TAG").is_file() for each in environment.parents)
