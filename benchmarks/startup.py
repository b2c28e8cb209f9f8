"""How long a start and a stored token take, as ratios to something well known.

Each pair is measured alternately in the same run, so that a busy machine slows both.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROUNDS = 15
PROGRAM = str(Path(sys.executable).parent / "upstox-browser-login")
SETTINGS = {
    "UPSTOX_USERNAME": "9876543210",
    "UPSTOX_PIN_CODE": "024680",
    "UPSTOX_TOTP_SECRET": "KRSXG5CTMVRXEZLUKN2HE2LOM42DGMRR",
    "UPSTOX_CLIENT_ID": "benchmark",
    "UPSTOX_CLIENT_SECRET": "benchmark-secret",
    "UPSTOX_REDIRECT_URI": "https://callback.invalid/",
}


def clean_environment() -> dict[str, str]:
    """Ours without settings. Python may keep what it compiles, as where `pip` has installed us."""
    unwanted = ("UPSTOX_", "PYTHONDONTWRITEBYTECODE")
    return {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}


def command(arguments: list[str], environment: Mapping[str, str]) -> Callable[[], None]:
    """A whole process, as a shell would start it."""

    def run() -> None:
        subprocess.run(arguments, env=environment, check=True, capture_output=True)

    return run


def ratio(one: Callable[[], None], other: Callable[[], None], rounds: int = ROUNDS) -> float:
    """How many times as long `one` takes, by the medians of alternating runs."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for function, taken in zip((one, other), times, strict=True):
            began = time.perf_counter()
            function()
            taken.append(time.perf_counter() - began)
    return statistics.median(times[0]) / statistics.median(times[1])


@dataclass(frozen=True)
class Row:
    """A figure, and the highest that is fine; None where nothing is demanded."""

    what: str
    value: float
    limit: float | None = None

    @property
    def fine(self) -> bool:
        """Whether it is within its limit."""
        return self.limit is None or self.value <= self.limit


def warm() -> list[Row]:
    """Measure all that needs no browser, with a token in a state folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **clean_environment(),
            **SETTINGS,
            "UPSTOX_STATE_DIR": folder,
        }
        os.environ.update(SETTINGS, UPSTOX_STATE_DIR=folder)
        try:
            store_a_token()
            typer = command([sys.executable, "-c", "import typer"], environment)
            heavier = command(
                [sys.executable, "-c", "import typer, pydantic_settings"], environment
            )
            return [
                Row(
                    "`--help` to `python -c 'import typer'`",
                    ratio(command([PROGRAM, "--help"], environment), typer),
                    3.0,
                ),
                Row(
                    "`token`, stored, to `python -c 'import typer, pydantic_settings'`",
                    ratio(command([PROGRAM, "token"], environment), heavier),
                    2.5,
                ),
                *warm_token(Path(folder)),
            ]
        finally:
            for name in [*SETTINGS, "UPSTOX_STATE_DIR"]:
                del os.environ[name]


def store_a_token() -> None:
    """Put a token where `token` and `get_token` look for it."""
    from upstox_browser_login.settings import Settings
    from upstox_browser_login.store import open_store, token_key
    from upstox_browser_login.token import Token

    settings = Settings()
    token = Token.from_reply(
        {"access_token": "e" * 300, "user_id": "7ABC12"}, issued_at=datetime.now(UTC)
    )
    open_store(settings).save(token_key(settings), token)


def warm_token(folder: Path) -> list[Row]:
    """`get_token()` in a warm process, against reading and parsing a JSON file of that size."""
    from upstox_browser_login import get_token

    (path,) = (folder / "tokens").glob("*.json")
    get_token()

    def calls() -> None:
        for _ in range(200):
            get_token()

    def reads() -> None:
        for _ in range(200):
            json.loads(path.read_bytes())

    began = time.perf_counter()
    calls()
    each = (time.perf_counter() - began) * 5
    return [
        Row("`get_token()`, warm, milliseconds a call", each),
        Row("`get_token()`, warm, to reading and parsing its file", ratio(calls, reads)),
    ]
