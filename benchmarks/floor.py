"""`python -m benchmarks.floor --browser PATH`: the least that a login in a browser can cost.

It speaks Chromium's DevTools protocol over a pipe, without Playwright or any other package, types
into the fields as soon as they are there, and kills the browser once it has the code.
"""

from __future__ import annotations

import argparse
import base64
import hmac
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from benchmarks.exchange import token_for

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--no-first-run",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
)

BUTTONS = {"mobileNum": "getOtp", "otpNum": "continueBtn", "pinCode": "pinContinueBtn"}

# Each new element is told of: the page draws its first form twice.
WATCH = """(() => {
  const told = new WeakSet();
  const look = () => {
    for (const field of document.querySelectorAll("#mobileNum, #otpNum, #pinCode"))
      if (!told.has(field)) { told.add(field); told_of(field.id); }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true });
})()"""


class Browser:
    """A Chromium that reads commands from its descriptor 3 and answers on 4."""

    def __init__(self, path: str, profile: str) -> None:
        to_read, self._write = os.pipe()
        self._read, to_write = os.pipe()
        # A shell puts the pipes where Chromium looks, which needs no code between fork and exec.
        script = f'exec "$@" 3<&{to_read} 4>&{to_write}'
        self._process = subprocess.Popen(
            ["/bin/bash", "-c", script, "floor", path, *FLAGS, f"--user-data-dir={profile}"],
            pass_fds=(to_read, to_write),
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(to_read)
        os.close(to_write)
        self._rest = b""
        self._number = 0
        self.session: str | None = None
        self.events: deque[dict[str, Any]] = deque()

    def kill(self) -> None:
        """End it and all its processes at once."""
        if sys.platform != "win32":
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def post(self, method: str, **values: Any) -> int:
        """Send a command, and do not wait for its answer."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": values}
        if self.session is not None:
            message["sessionId"] = self.session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        return self._number

    def call(self, method: str, **values: Any) -> dict[str, Any]:
        """Send a command and wait for its answer."""
        number = self.post(method, **values)
        while True:
            message = self._message()
            if message.get("id") == number:
                result: dict[str, Any] = message["result"]
                return result
            self.events.append(message)

    def event(self) -> dict[str, Any]:
        """The next event; answers that nobody waits for come along."""
        return self.events.popleft() if self.events else self._message()

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            some = os.read(self._read, 1 << 20)
            if not some:
                raise EOFError("the browser has gone")
            self._rest += some
        text, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        return message


def totp(seed: str) -> str:
    """The code of now."""
    key = base64.b32decode(seed + "=" * (-len(seed) % 8))
    digest = hmac.digest(key, (int(time.time()) // 30).to_bytes(8, "big"), "sha1")
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


def value_of(field: str) -> str:
    """What is typed into the field with this id."""
    if field == "otpNum":
        return totp(os.environ["UPSTOX_TOTP_SECRET"])
    return os.environ["UPSTOX_USERNAME" if field == "mobileNum" else "UPSTOX_PIN_CODE"]


def code_from(browser: Browser) -> str:
    """Walk the page; answer the code of the redirect, which is never followed."""
    page = browser.call("Target.createTarget", url="about:blank")["targetId"]
    attached = browser.call("Target.attachToTarget", targetId=page, flatten=True)
    browser.session = attached["sessionId"]
    redirect_uri = os.environ["UPSTOX_REDIRECT_URI"]
    browser.post("Page.enable")
    browser.post("Runtime.enable")
    browser.post("Runtime.addBinding", name="told_of")
    browser.call("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
    browser.post("Fetch.enable", patterns=[{"urlPattern": redirect_uri.partition("?")[0] + "*"}])
    asked = {
        "response_type": "code",
        "client_id": os.environ["UPSTOX_CLIENT_ID"],
        "redirect_uri": redirect_uri,
        "state": "floor",
    }
    base = os.environ["UPSTOX_API_BASE_URL"]
    browser.post("Page.navigate", url=f"{base}/v2/login/authorization/dialog?{urlencode(asked)}")
    while True:
        event = browser.event()
        told = event.get("params", {})
        if event.get("method") == "Runtime.bindingCalled":
            fill(browser, told["payload"])
        elif event.get("method") == "Fetch.requestPaused":
            address = str(told["request"]["url"])
            return parse_qs(urlsplit(address).query)["code"][0]


def fill(browser: Browser, field: str) -> None:
    """Type into a field and press its button. Both are awaited: they take different ways."""
    browser.call("Runtime.evaluate", expression=f"document.getElementById('{field}').focus()")
    browser.call("Input.insertText", text=value_of(field))
    press = f"document.getElementById('{BUTTONS[field]}').click()"
    browser.post("Runtime.evaluate", expression=press)


def main() -> None:
    """Log in and print whose token it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--browser", required=True)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="floor-", ignore_cleanup_errors=True) as profile:
        browser = Browser(options.browser, profile)
        try:
            code = code_from(browser)
        finally:
            browser.kill()
    print(token_for(code))


if __name__ == "__main__":
    main()
