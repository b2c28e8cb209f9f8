"""The public names: complete, light until used, the same ones that type checkers see."""

from __future__ import annotations

import importlib.resources
import subprocess
import sys

import pytest

import upstox_browser_login
from upstox_browser_login import errors

PROMISED = {
    "get_token",
    "login",
    "aget_token",
    "alogin",
    "Settings",
    "Progress",
    "Token",
    "UpstoxTOTP",
    "UpstoxTokenManager",
    "UpstoxError",
    "ConfigurationError",
    "Httpx2Auth",
    "HttpxAuth",
    "RequestsAuth",
    "AccessTokenResponse",
    "AccessTokenData",
    "__version__",
}


def in_fresh_python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_all_is_complete() -> None:
    tree = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, errors.UpstoxError)
    }
    assert set(upstox_browser_login.__all__) == PROMISED | tree
    assert sorted(upstox_browser_login.__all__) == upstox_browser_login.__all__


@pytest.mark.parametrize("name", upstox_browser_login.__all__)
def test_every_name_is_there(name: str) -> None:
    assert getattr(upstox_browser_login, name) is not None
    assert name in dir(upstox_browser_login)


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'get_tokens'"):
        upstox_browser_login.get_tokens  # type: ignore[attr-defined]  # noqa: B018  (not there: the point)


def test_a_star_import_needs_no_extra_and_no_browser() -> None:
    out = in_fresh_python(
        "import sys; sys.modules['httpx'] = None; sys.modules['requests'] = None\n"
        "from upstox_browser_login import *\n"
        "print(get_token.__name__, 'playwright' in sys.modules)"
    )
    assert out.split() == ["get_token", "False"]


def test_the_import_is_light() -> None:
    out = in_fresh_python(
        "import sys; before = set(sys.modules); import upstox_browser_login\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    ours = {name for name in out.split() if name.split(".")[0] not in sys.stdlib_module_names}
    assert ours == {"upstox_browser_login", "upstox_browser_login._version"}
    assert "asyncio" not in out.split()


def test_errors_can_be_caught_without_pydantic() -> None:
    out = in_fresh_python(
        "import sys; from upstox_browser_login import UpstoxError; print('pydantic' in sys.modules)"
    )
    assert out.strip() == "False"


def test_the_package_says_that_it_is_typed() -> None:
    assert importlib.resources.files("upstox_browser_login").joinpath("py.typed").is_file()
