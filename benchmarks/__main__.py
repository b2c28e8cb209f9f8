"""`python -m benchmarks`: how long things take, as ratios to something well known.

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


def show(what: str, value: float, limit: float | None) -> bool:
    """Print one row; whether it is within its limit."""
    fine = limit is None or value <= limit
    bound = "" if limit is None else f"  (at most {limit})"
    print(f"{what:<68} {value:8.2f}{bound}{'' if fine else '  TOO SLOW'}")
    return fine


def main() -> int:
    """Run all."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **{name: value for name, value in os.environ.items() if name[:7] != "UPSTOX_"},
            **SETTINGS,
            "UPSTOX_STATE_DIR": folder,
        }
        os.environ.update(SETTINGS, UPSTOX_STATE_DIR=folder)
        store_a_token()
        results = [
            show(
                "`--help` to `python -c 'import typer'`",
                ratio(
                    command([PROGRAM, "--help"], environment),
                    command([sys.executable, "-c", "import typer"], environment),
                ),
                3.0,
            ),
            show(
                "`token`, stored, to `python -c 'import typer, pydantic_settings'`",
                ratio(
                    command([PROGRAM, "token"], environment),
                    command([sys.executable, "-c", "import typer, pydantic_settings"], environment),
                ),
                2.5,
            ),
            warm_token(Path(folder)),
        ]
    return 0 if all(results) else 1


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


def warm_token(folder: Path) -> bool:
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
    print(f"get_token(), warm: {(time.perf_counter() - began) * 5:.3f} ms a call")
    return show("`get_token()`, warm, to reading and parsing its file", ratio(calls, reads), None)


if __name__ == "__main__":
    sys.exit(main())
