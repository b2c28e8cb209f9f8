"""Get a Chromium: from Playwright, or where that download is refused, from the system."""

from __future__ import annotations

import logging
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct
from pydantic import SecretStr

from upstox_browser_login.blocking import run_apart
from upstox_browser_login.errors import BrowserError
from upstox_browser_login.files.environment import clean_environment, without_proxies
from upstox_browser_login.programs import join_command
from upstox_browser_login.redaction import redactor
from upstox_browser_login.settings import Settings

from .find import Chromium, Machine, candidates, find_chromium
from .launch import open_browser

logger = logging.getLogger(__name__)

TRY_SECONDS = 60.0
"""How long the first launch may take: a new browser comes from a cold disk."""


class Finished(Struct, frozen=True):
    """How a command ended, and all that it said."""

    status: int
    output: str


Say = Callable[[str], None]
Run = Callable[[Sequence[str], Say], Finished]


class Recipe(Struct, frozen=True):
    """How a system installs a Chromium: `choices` in order, the first that succeeds is enough."""

    choices: tuple[tuple[str, ...], ...]
    before: tuple[str, ...] | None = None
    needs_root: bool = True

    def told(self, *, sudo: bool) -> str:
        """Write the commands as a person types them."""
        first = "sudo " if sudo and self.needs_root else ""
        commands = [self.before, self.choices[0]] if self.before else [self.choices[0]]
        return " && ".join(first + shlex.join(command) for command in commands)


def install_browser(
    settings: Settings,
    *,
    headed: bool,
    say: Say,
    force: bool = False,
    machine: Machine | None = None,
    run: Run | None = None,
) -> Chromium:
    """Install a Chromium unless one works already; returns it, launched once, with its version.

    `headed` wants one that can show a window. `say` gets a line of progress at a time. `force`
    installs in any case. Raises `BrowserError`, whose hint is the command to run by hand.
    """
    by_proxy = partial(run_command, proxy=settings.proxy)
    job = _Job(settings, headed, say, machine or Machine(), run or by_proxy)
    if not force:
        present = job.present()
        if present is not None:
            say(f"Already there and working: Chromium {present.version} ({present}).")
            return present
    return job.install()


class _Job(Struct, frozen=True):
    settings: Settings
    headed: bool
    say: Say
    machine: Machine
    run: Run

    def present(self) -> Chromium | None:
        """Find what is there and works."""
        try:
            return self._try(self.settings)
        except BrowserError as error:
            logger.debug("%s", error.message)
            if self.settings.browser_path or self.settings.browser_channel:
                self.say(error.message)
            return None

    def install(self) -> Chromium:
        """Ask Playwright, then the system."""
        refused = self._from_playwright()
        if refused is None:
            try:
                return self._done()
            except BrowserError as error:
                # As a rule a library that the system lacks, which its own package brings along.
                refused = f"What Playwright installs does not run here: {error.message}"
        self.say(refused)
        self._from_system(refused)
        return self._done()

    def _from_playwright(self) -> str | None:
        """Run Playwright's installer; returns why it failed, None if it did not."""
        name = "chromium" if self.headed else "chromium-headless-shell"
        self.say(f"Installing Playwright's {name} …")
        seen: set[str] = set()

        def say_once(line: str) -> None:
            # The rest is stack traces, one for each of five tries at the same download.
            if line not in seen and re.match(r"Downloading |.*% of |.* downloaded to ", line):
                seen.add(line)
                self.say(line)

        done = self.run([sys.executable, "-m", "playwright", "install", name], say_once)
        if done.status == 0:
            return None
        reason = re.search(r"^(?:\w*Error: )(.+)$", done.output, re.MULTILINE)
        said = f": {reason[1].strip()}" if reason else f" (exit status {done.status})"
        return f"Playwright's download failed{said}."

    def _from_system(self, refused: str) -> None:
        """Run the system's package manager. Raises `BrowserError`."""
        recipe = recipe_for(self.machine, headed=self.headed)
        if isinstance(recipe, str):
            raise BrowserError(refused, code="BROWSER_MISSING", hint=recipe)
        by_hand = f"Run `{recipe.told(sudo=not _is_root())}`."
        if recipe.needs_root and not _is_root():
            raise BrowserError(
                f"{refused} Installing the system's Chromium takes root.",
                code="BROWSER_MISSING",
                hint=by_hand,
            )
        if recipe.before is not None:
            # Its failure (one of many sources is away) need not be the end.
            self._shown(recipe.before)
        for command in recipe.choices:
            if self._shown(command).status == 0:
                return
        raise BrowserError(
            f"{refused} The system's package manager failed as well.",
            code="BROWSER_MISSING",
            hint=by_hand,
        )

    def _shown(self, command: Sequence[str]) -> Finished:
        self.say(f"$ {join_command([*command])}")
        return self.run(command, self.say)

    def _done(self) -> Chromium:
        """Launch what is there now. A setting that leads elsewhere is left out, and named."""
        plain = self.settings.model_copy(update={"browser_path": None, "browser_channel": None})
        if next(candidates(plain, headed=self.headed, machine=self.machine), None) is None:
            raise BrowserError(
                "No Chromium was found after the installation, which reported no failure.",
                code="BROWSER_MISSING",
                hint="Install Chromium or Google Chrome by hand, and name its program in "
                "UPSTOX_BROWSER_PATH.",
            )
        chromium = self._try(plain)
        self.say(f"Chromium {chromium.version} works ({chromium}).")
        for name in ("browser_path", "browser_channel"):
            if getattr(self.settings, name):
                self.say(f"UPSTOX_{name.upper()} leads elsewhere; leave it out to use this one.")
        return chromium

    def _try(self, settings: Settings) -> Chromium:
        """Launch the candidates until one works. Raises the first one's `BrowserError`."""
        failure: BrowserError | None = None
        for chromium in candidates(settings, headed=self.headed, machine=self.machine):
            try:
                return launched(settings, chromium)
            except BrowserError as error:
                failure = failure or error
        if failure is not None:
            raise failure
        return find_chromium(settings, headed=self.headed, machine=self.machine)


def launched(settings: Settings, chromium: Chromium) -> Chromium:
    """Launch `chromium` once, without a window; returns it with its version.

    Raises `BrowserError`. May be called where an event loop is running.
    """

    async def look() -> Chromium:
        async with open_browser(
            settings, timeout=TRY_SECONDS, headed=False, chromium=chromium
        ) as opened:
            return opened.chromium or chromium

    return run_apart(look())


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def recipe_for(
    machine: Machine, *, headed: bool, os_release: Path = Path("/etc/os-release")
) -> Recipe | str:
    """Choose how this system gets a Chromium; a sentence for the user where we cannot."""
    if machine.platform == "darwin":
        if machine.which("brew"):
            return Recipe((("brew", "install", "--cask", "google-chrome"),), needs_root=False)
        return "Install Google Chrome (https://www.google.com/chrome/), then run this again."
    if machine.platform == "win32":
        if machine.which("winget"):
            agreed = ("--accept-source-agreements", "--accept-package-agreements")
            return Recipe(
                (("winget", "install", "--exact", "--id", "Google.Chrome", "--silent", *agreed),),
                needs_root=False,
            )
        return "Install Google Chrome (https://www.google.com/chrome/), then run this again."
    return _linux_recipe(machine, headed=headed, os_release=os_release)


# Headless first; the full browser serves both wishes.
_LINUX_MANAGERS = {
    "apt-get": (
        ("install", "-y", "--no-install-recommends"),
        ("chromium-headless-shell", "chromium"),
    ),
    "dnf": (("install", "-y"), ("chromium-headless", "chromium")),
    "zypper": (("--non-interactive", "install"), ("chromium",)),
    "pacman": (("-S", "--needed", "--noconfirm"), ("chromium",)),
    "apk": (("add", "--no-cache"), ("chromium",)),
}


def _linux_recipe(machine: Machine, *, headed: bool, os_release: Path) -> Recipe | str:
    if machine.which("apt-get") and _is_ubuntu(os_release):
        # Ubuntu's package of that name is a script that calls for the snap.
        return "Run `sudo snap install chromium`, or install Google Chrome's .deb package."
    for manager, (words, packages) in _LINUX_MANAGERS.items():
        if machine.which(manager):
            wanted = packages[-1:] if headed else packages
            return Recipe(
                tuple((manager, *words, package) for package in wanted),
                before=("apt-get", "update") if manager == "apt-get" else None,
            )
    return (
        "Install Chromium or Google Chrome with the system's package manager, or name one in "
        "UPSTOX_BROWSER_PATH."
    )


def _is_ubuntu(os_release: Path) -> bool:
    try:
        text = os_release.read_text("utf-8", "replace")
    except OSError:
        return False
    return re.search(r"^ID=[\"']?ubuntu\b", text, re.MULTILINE) is not None


def run_command(command: Sequence[str], say: Say, *, proxy: SecretStr | None = None) -> Finished:
    """Run `command`, handing on each line as it comes. A command that is not there fails.

    `proxy` is `UPSTOX_PROXY`, by which it then downloads; nobody else reads its environment.
    """
    env = {**clean_environment(), "DEBIAN_FRONTEND": "noninteractive"}
    if proxy is not None:
        names = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
        env = {**without_proxies(env), **dict.fromkeys(names, proxy.get_secret_value())}
    lines = []
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=env,
        )
    except OSError as error:
        return Finished(127, f"Error: {command[0]}: {error.strerror}")
    with process:
        try:
            for raw in process.stdout or ():
                line = re.sub(r"\x1b\[[0-9;]*m", "", redactor.redact(raw)).rstrip()
                lines.append(line)
                if line:
                    say(line)
        except BaseException:
            # Interrupted: an installer that goes on unseen would surprise.
            process.terminate()
            raise
    return Finished(process.returncode, "\n".join(lines))
