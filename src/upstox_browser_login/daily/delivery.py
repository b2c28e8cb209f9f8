"""Delivers one notice, in a process that does nothing else: `python -m` this module.

It reads a JSON object from stdin, and writes the number of each address that took the notice.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import MutableMapping
from typing import Any

from upstox_browser_login.files.environment import APP

PROXIES = ("http_proxy", "https_proxy", "all_proxy")
NEAR = "localhost,127.0.0.0/8,::1"
"""What a proxy has no way to: this machine itself."""


def go_by(proxy: str, environment: MutableMapping[str, str]) -> None:
    """Let HTTP go by the proxy, except to this machine and to the hosts of NO_PROXY."""
    near = {environment.pop(name) for name in [*environment] if name.lower() == "no_proxy"}
    for name in [*environment]:
        if name.lower().endswith("_proxy"):
            del environment[name]
    environment.update(dict.fromkeys(PROXIES, proxy))
    environment["no_proxy"] = ",".join(sorted({NEAR, *filter(None, near)}))


def deliver(letter: dict[str, Any]) -> None:
    """Send the notice to each address."""
    from apprise import Apprise, AppriseAsset

    asset = AppriseAsset(app_id=APP, app_desc=APP, async_mode=False, secure_logging=True)
    everyone = Apprise(asset=asset)
    everyone.add(letter["addresses"])
    for number, each in enumerate(everyone, 1):
        one = Apprise(asset=asset)
        one.add(each)
        try:
            taken = one.notify(
                title=letter["title"], body=letter["body"], notify_type=letter["type"]
            )
        # A service of apprise may raise what it likes; it is one address that did not take it.
        except Exception:  # noqa: BLE001, S112  (its text may quote the address)
            continue
        if taken:
            # Written at once: the parent ends this process if the next address hangs.
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


def main() -> None:
    """Deliver what stands on stdin."""
    # Addresses hold passwords, and apprise and its HTTP client log them.
    logging.disable(logging.CRITICAL)
    letter = json.load(sys.stdin.buffer)
    if letter["proxy"] is not None:
        # Set here and not by the parent, so that no list of processes shows the proxy's password.
        go_by(letter["proxy"], os.environ)
    deliver(letter)


if __name__ == "__main__":
    main()
