"""Gets the programs that the tests drive for real: Redis, a screen, systemd's checks and cron.

Run by `make test`. Does nothing where they are there; says what to install where it may not.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

PACKAGES = {
    "redis-server": "redis-server",
    "Xvfb": "xvfb",
    "systemd-analyze": "systemd",
    "crontab": "cron",
}


def main() -> int:
    if sys.platform != "linux":
        return 0
    missing = [package for program, package in PACKAGES.items() if shutil.which(program) is None]
    if not missing:
        return 0
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        print(f"The tests need {', '.join(missing)}. Run: sudo {' '.join(install)}")
        return 1
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"env": environment, "stdout": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update"], check=True, **quiet)  # type: ignore[call-overload]
    subprocess.run(install, check=True, **quiet)  # type: ignore[call-overload]
    return 0


if __name__ == "__main__":
    sys.exit(main())
