"""Why there is no browser, in words for the user."""

from __future__ import annotations

import logging
import re
from urllib.parse import urlsplit

from upstox_browser_login.errors import (
    BrowserError,
    ConfigurationError,
    UpstoxError,
    UpstoxUnavailableError,
)
from upstox_browser_login.files.refused import reason_of
from upstox_browser_login.redaction import redactor

from .find import INSTALL, Chromium

logger = logging.getLogger(__name__)


def no_display() -> ConfigurationError:
    """Say that a window has nowhere to be shown: what is wished for cannot be had here."""
    return ConfigurationError(
        "There is no display to show the browser on (DISPLAY and WAYLAND_DISPLAY lead to none).",
        hint="To type in the window, or to watch, run it on a machine with a screen. Without "
        "UPSTOX_HEADED, --watch and --pause no window is needed, and UPSTOX_TRACE=on keeps a "
        "picture of every step; where a window has to be there and no person looks at it, use "
        "`xvfb-run`.",
    )


def lost(chromium: Chromium | None, error: Exception) -> BrowserError:
    """Say that a browser went away; `chromium` is None of one that was connected to."""
    logger.debug("%s", short(str(error)))
    if chromium is None:
        return BrowserError(
            "The connection to the browser of UPSTOX_BROWSER_URL was lost.",
            code="BROWSER_UNREACHABLE",
        )
    return BrowserError(
        f"Chromium ({chromium}) ended in the middle of the work.", code="BROWSER_CRASHED"
    )


_LONGEST = 160
"""Characters of a foreign text in a message."""


def short(text: str) -> str:
    """Take the first line of a foreign text, fit for a message."""
    line = next(iter(redactor.redact(text).strip().splitlines()), "")
    line = re.sub(r"\x1b\[[0-9;]*m", "", line).removeprefix("BrowserType.launch: ").rstrip(".")
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def driver_failed(what: str) -> BrowserError:
    """Say of Playwright's driver that it `what`."""
    return BrowserError(
        f"Playwright's driver {what}.",
        code="BROWSER_CRASHED",
        hint="Run again; if it stays, reinstall it: `pip install --force-reinstall playwright`.",
    )


def no_folder_for_driver(error: OSError) -> BrowserError:
    """Say that Playwright's driver can have no folder in the system's temporary folder."""
    return BrowserError(
        "The system's temporary folder cannot be written, which the browser needs: "
        f"{reason_of(error)}.",
        code="BROWSER_CRASHED",
        hint="Make room there, or set TMPDIR (on Windows TEMP) to a folder that can be written.",
    )


ENOUGH = 10.0
"""Seconds in which a browser should be ready; with fewer its end says nothing of the browser."""


def launch_error(chromium: Chromium, error: Exception, seconds: float) -> UpstoxError:
    """Say why `chromium` could not be launched, from what Playwright and Chromium said.

    `seconds` is what it was given of a limit that it shares with what is done before and after.
    """
    from playwright.async_api import TimeoutError as PlaywrightTimeoutError

    text = str(error)
    if isinstance(error, PlaywrightTimeoutError):
        if seconds < ENOUGH:
            return UpstoxUnavailableError(
                f"The time was over before Chromium ({chromium}) was ready: what came before it "
                f"had left it {max(seconds, 0.0):.0f} s.",
                code="TIMEOUT",
                hint="Raise UPSTOX_TIMEOUT.",
                step="open",
            )
        return BrowserError(
            f"Chromium ({chromium}) was not ready within {seconds:.0f} s.", code="BROWSER_CRASHED"
        )
    if "Missing X server" in text or "without having a XServer" in text:
        return no_display()
    library = re.search(r"error while loading shared libraries: ([^\s:]+)", text)
    if library:
        return BrowserError(
            f"Chromium ({chromium}) cannot run: the library {library[1]} is missing.",
            code="BROWSER_MISSING",
            hint=(
                "Run `playwright install-deps chromium` as root, or on Debian `apt-get install "
                f"chromium-headless-shell`, or `{INSTALL}`."
            ),
        )
    if re.search(r"is not found at|Unsupported chromium channel", text):
        return BrowserError(
            f"UPSTOX_BROWSER_CHANNEL names {chromium.channel}, which is not installed.",
            code="BROWSER_MISSING",
            hint=f"Correct UPSTOX_BROWSER_CHANNEL, or leave it out and run `{INSTALL}`.",
        )
    if re.search(r"doesn't exist|\bspawn\b.* (ENOENT|EACCES|ENOEXEC|EPERM)", text):
        return BrowserError(
            f"{chromium} is not a program that can be run.",
            code="BROWSER_MISSING",
            hint=f"Run `{INSTALL}`, or correct UPSTOX_BROWSER_PATH if that is set.",
        )
    return BrowserError(
        f"Chromium ({chromium}) ended while it was starting: {_telling_line(text)}.",
        code="BROWSER_CRASHED",
        hint=_ANY_PROGRAM if chromium.kind == "setting" else None,
    )


_ANY_PROGRAM = (
    "Make sure that UPSTOX_BROWSER_PATH names a Chromium. If it does, run again; if it stays, give "
    "the machine more memory (and /dev/shm)."
)
"""What to do where the setting may name a program that is no browser at all."""


def _telling_line(text: str) -> str:
    """Pick the line of Chromium's own output that says why it ended."""
    output = re.findall(r"^[ \t]*(?:- )?\[pid=\d+\]\[err\] (.*\S)", text, re.MULTILINE)
    for sign in ("FATAL", "ERROR", ""):
        # The last such line. Complaints about D-Bus are left out: every server without it has them.
        telling = [line for line in output if sign in line and "dbus" not in line.lower()]
        if telling:
            return short(re.sub(r"^\[[^\]]*\]\s*", "", telling[-1]))
    ended = re.search(r"<process did exit: exitCode=(\w+), signal=(\w+)>", text)
    if ended:
        return f"exit status {ended[1]}" if ended[2] == "null" else f"signal {ended[2]}"
    return short(text)


_LOOKED_AT = 4_096
"""Characters of what Playwright says of a browser elsewhere."""

_REASONS = (
    ("ECONNREFUSED", "nothing listens there"),
    ("ENOTFOUND|EAI_AGAIN", "its name cannot be resolved"),
    ("EHOSTUNREACH|ENETUNREACH", "there is no way to it"),
    ("ECONNRESET|socket hang up|EPIPE", "it hung up"),
    ("certificate|CERT_", "its certificate is not trusted"),
    ("EPROTO|SSL|wrong version number", "it does not speak TLS"),
)


def connect_error(url: str, error: Exception, seconds: float) -> BrowserError:
    """Say why the browser at `url` could not be connected to.

    Of host and port only: an address may hold a token anywhere else.
    """
    from playwright.async_api import TimeoutError as PlaywrightTimeoutError

    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme in {"wss", "https"} else 80)
    host = parts.hostname or ""
    where = f"{f'[{host}]' if ':' in host else host}:{port}"
    # Addresses are removed, so that no word in one is taken for the reason. The text is cut, since
    # the server there chooses it and some patterns are slow on a long one.
    text = re.sub(r"\w+://\S*", "", str(error)[:_LOOKED_AT].partition("Call log:")[0])
    versions = re.search(r"server version: v(\S+).*?client version: v(\S+)", text, re.DOTALL)
    if versions:
        theirs, ours = versions.groups()
        return BrowserError(
            f"The Playwright server at {where} is of version {theirs}, but this one is {ours}.",
            code="BROWSER_UNREACHABLE",
            hint=f"Run the same on both sides: `npx playwright@{ours} run-server` there.",
        )
    status = re.search(r"(?:status|response:?|error:?)\s+([1345]\d\d)\b", text)
    if isinstance(error, PlaywrightTimeoutError):
        reason = f"it did not answer within {seconds:.0f} s"
    elif status:
        reason = f"it answered with HTTP status {status[1]}"
    else:
        reason = next(
            (said for pattern, said in _REASONS if re.search(pattern, text)),
            "it did not answer as a browser does",
        )
    return BrowserError(
        f"The browser at {where} (UPSTOX_BROWSER_URL) cannot be reached: {reason}.",
        code="BROWSER_UNREACHABLE",
    )
