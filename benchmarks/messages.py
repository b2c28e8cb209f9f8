"""`python -m benchmarks.messages FILE ours|naive …`: one login, and what it tells the driver.

Playwright's transport is wrapped in this process; FILE gets a JSON object with how often each
method was sent.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any


def transport() -> Any:
    """Playwright's module that writes to the driver, by its newer name or the one before."""
    try:
        return importlib.import_module("playwright._impl.transport")
    except ImportError:
        return importlib.import_module("playwright._impl._transport")


def count(sent: Counter[str]) -> None:
    """Count each message from now on. A CDP command is named after itself."""
    pipe = transport().PipeTransport
    send = pipe.send

    def counted(self: Any, message: dict[str, Any]) -> None:
        cdp = message.get("params", {}).get("method") if message.get("method") == "send" else None
        sent[str(cdp or message.get("method"))] += 1
        send(self, message)

    pipe.send = counted


def main() -> None:
    """Log in as *ours* or *naive*; the arguments behind it are the command's own."""
    file, which, *rest = sys.argv[1:]
    sys.argv = [which, *rest]
    sent: Counter[str] = Counter()
    count(sent)
    try:
        if which == "naive":
            from benchmarks import naive

            naive.main()
        else:
            from upstox_browser_login import cli

            cli.main()
    finally:
        Path(file).write_text(json.dumps(sent), "utf-8")


if __name__ == "__main__":
    main()
