"""What the tests of the settings' model share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from upstox_browser_login.programs import join_command
from upstox_browser_login.settings import NEEDED_FOR_LOGIN, Settings, variable

from .conftest import VALUES, refused

WHOLE = {name: VALUES[name] for name in NEEDED_FOR_LOGIN}


def refusal(**values: Any) -> str:
    """What is told of settings that break a rule, and the hint."""
    return str(refused(**values))


COMMON = (
    "must be 4 to 6 digits, the first of them 6 to 9 10 base32: letters A to Z and 2 to 7 empty "
    "absolute http or https address neither on upstox.com nor loopback keep one of the two "
    "file keyring sqlite:///PATH redis://HOST sqlite:///relative.db "
    "must be true or false must be a whole number, 100 to 10000 off, on-failure or on "
    "letters, digits and signs of a plain keyboard (ASCII), without spaces"
)

OTHER = {
    "username": "6000000001",
    "pin_code": "135790",
    "totp_secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJX",
    "client_id": "another-app",
    "client_secret": "an0thers3cret",
    "redirect_uri": "https://another.invalid/",
    "password": "another password",
}


def written(path: Path, values: dict[str, str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{variable(name)}='{value}'\n" for name, value in values.items()]
    path.write_text("".join(lines), "utf-8")
    return path


def in_environment(values: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in values.items():
        monkeypatch.setenv(variable(name), value)


def of(name: str, found: Settings) -> Any:
    value = getattr(found, name)
    return value.get_secret_value() if isinstance(value, SecretStr) else value


MINE = {name: VALUES[name] for name in OTHER}
MINE_WITHOUT_SECRETS = {name: MINE[name] for name in ("username", "client_id")}


def printing(text: str, *, then: str = "") -> str:
    """A command that prints `text`, and counts how often it is run in the file `runs`."""
    count = "open('runs', 'a').write('x')"
    code = f"import sys; {count}; sys.stdout.buffer.write(bytes({[*text.encode()]})); {then}"
    return join_command([sys.executable, "-c", code])


def runs() -> int:
    return len(Path("runs").read_text(encoding="utf-8")) if Path("runs").exists() else 0
