"""Makes the recordings in `traces/recorded/`, from the replica: `make recordings`.

They prove the machinery, and are no evidence of Upstox's own site. No trace.zip is in them: with it
they would be five times as large.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from upstox_browser_login.recordings.record import Recorded, record
from upstox_browser_login.recordings.times import EPOCH
from upstox_browser_login.redaction import redactor
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings

FOLDER = Path(__file__).parent.parent.parent / "traces" / "recorded"

VARIANTS: dict[str, tuple[str, ...]] = {
    "plain": (),
    "qr-layout": ("qr-layout",),
    "approval-screen": ("consent",),
    "wrong-pin": ("wrong-pin",),
    "wrong-code-once": ("wrong-otp=once",),
    "rate-limited": ("error=otp:1017069",),
    "locked": ("locked",),
    "slow-config": ("slow-config=4",),
}
"""Names of recordings, and the scenarios of the replica that they are of."""


def settings_of(replica: Replica, state: Path, **more: Any) -> Settings:
    """Settings that point at the replica, and nowhere else."""
    values = {
        name.removeprefix("UPSTOX_").lower(): value for name, value in replica.settings().items()
    }
    return Settings(**values, state_dir=state, trace="off", trace_dir=state / "traces", **more)


def make(name: str, folder: Path, state: Path) -> Recorded:
    """Record one variant; it has no name yet."""
    replicas, stand_ins = random.Random(name), random.Random(f"of {name}")
    with Replica(*VARIANTS[name], rng=replicas) as replica:
        return record(settings_of(replica, state), folder, name, rng=stand_ins)


def main(names: list[str]) -> None:
    """Make the recordings of these names, or all of them, anew."""
    for name in names or VARIANTS:
        redactor.forget()  # or each would be searched for the secrets of all before it
        with tempfile.TemporaryDirectory() as state:
            recorded = make(name, FOLDER, Path(state))
        shutil.rmtree(FOLDER / f"{EPOCH:%Y%m%d}-{name}", ignore_errors=True)
        kept = recorded.draft.keep(EPOCH, name)
        size = sum(path.stat().st_size for path in kept.rglob("*") if path.is_file())
        ending = "OK" if recorded.error is None else recorded.error.code
        print(f"{kept.name}: {ending}, {size / 1000:.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
