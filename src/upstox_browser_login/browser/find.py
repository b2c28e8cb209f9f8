"""Find a Chromium on this machine."""

from __future__ import annotations

import importlib.util
import json
import logging
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from upstox_browser_login.errors import BrowserError
from upstox_browser_login.files.paths import is_file, why_unseen

if TYPE_CHECKING:
    from upstox_browser_login.settings import Settings

logger = logging.getLogger(__name__)

INSTALL = "upstox-browser-login install-browser"
"""What a user runs where there is none."""

_LARGEST_SCRIPT = 10_000


class Chromium(Struct, frozen=True):
    """A Chromium on this machine: a file, or a channel that Playwright knows the place of.

    `kind` is one of "setting", "playwright headless shell", "playwright chromium", "system
    headless shell", "system chromium", "Google Chrome", "Microsoft Edge", "channel". `version` is
    known once it has been launched.
    """

    path: Path | None
    channel: str | None
    kind: str
    version: str | None = None

    def __str__(self) -> str:
        return f"channel {self.channel}" if self.path is None else str(self.path)


def _runnable(path: Path) -> bool:
    return is_file(path) and os.access(path, os.X_OK) and not _is_snap_stub(path)


def _is_snap_stub(path: Path) -> bool:
    """Whether `path` is Ubuntu's script that only tells people to install a snap."""
    return "/snap/bin/chromium" in small_text(path) and not os.access("/snap/bin/chromium", os.X_OK)


def small_text(path: Path) -> str:
    """The text of a file that may be a script; nothing of one that is too large for that."""
    try:
        return path.read_text("utf-8", "replace") if path.stat().st_size <= _LARGEST_SCRIPT else ""
    except OSError:
        return ""


def _home() -> Path:
    """The home folder; for a user without one a place at which nothing is found."""
    try:
        return Path.home()
    except RuntimeError:
        return Path(os.devnull)


class Machine(Struct, frozen=True):
    """Where this machine keeps its programs; tests describe another."""

    platform: str = sys.platform
    env: Mapping[str, str] = field(default_factory=lambda: os.environ)
    which: Callable[[str], str | None] = shutil.which
    runnable: Callable[[Path], bool] = _runnable
    home: Path = field(default_factory=_home)

    def on_path(self, names: Sequence[str]) -> Iterator[Path]:
        """Find the programs of these names on PATH."""
        for name in names:
            found = self.which(name)
            if found is not None and self.runnable(Path(found)):
                yield Path(found)

    def first_of(self, paths: Sequence[Path]) -> Iterator[Path]:
        """Pick those of these files that can be run."""
        return (path for path in paths if self.runnable(path))


def candidates(
    settings: Settings, *, headed: bool | None = None, machine: Machine | None = None
) -> Iterator[Chromium]:
    """Every Chromium that fits, best first.

    A setting leaves no other choice. Otherwise a headless shell comes before a full browser, for
    it starts in half the time, and Playwright's own before the system's, for it is of the version
    that this Playwright was tested with. `headed` (by default `settings.headed`) needs a full one.
    """
    machine = machine or Machine()
    if settings.browser_path is not None:
        path = _path_of_setting(settings.browser_path, machine)
        if path is not None:
            yield Chromium(path, None, "setting")
        return
    if settings.browser_channel:
        yield Chromium(None, settings.browser_channel, "channel")
        return
    seen = set()
    for chromium in _found(machine, headed=settings.headed if headed is None else headed):
        if chromium.path not in seen:
            seen.add(chromium.path)
            yield chromium


def _found(machine: Machine, *, headed: bool) -> Iterator[Chromium]:
    if not headed:
        for path in _playwrights_own("chromium-headless-shell", machine):
            yield Chromium(path, None, "playwright headless shell")
        for path in _system_headless_shells(machine):
            yield Chromium(path, None, "system headless shell")
    for path in _playwrights_own("chromium", machine):
        yield Chromium(path, None, "playwright chromium")
    for kind, path in _system_browsers(machine):
        yield Chromium(path, None, kind)


def _path_of_setting(path: Path, machine: Machine) -> Path | None:
    if machine.runnable(path):
        return path
    # A bare name, as people write it: `chromium`.
    return next(machine.on_path([str(path)]), None) if len(path.parts) == 1 else None


def _package_folder() -> Path | None:
    """Find the driver's package inside the installed Playwright, without importing that."""
    spec = importlib.util.find_spec("playwright")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "driver" / "package"


def _browsers_folder(machine: Machine) -> Path | None:
    """Where Playwright puts the browsers that it downloads (`registryDirectory` in its source)."""
    chosen = machine.env.get("PLAYWRIGHT_BROWSERS_PATH", "")
    if chosen == "0":
        package = _package_folder()
        return None if package is None else package / ".local-browsers"
    if chosen:
        return Path(machine.env.get("INIT_CWD") or Path.cwd()) / chosen
    if machine.platform == "darwin":
        cache_folder = machine.home / "Library" / "Caches"
    elif machine.platform == "win32":
        local = machine.env.get("LOCALAPPDATA")
        cache_folder = Path(local) if local else machine.home / "AppData" / "Local"
    else:
        cache_folder = Path(machine.env.get("XDG_CACHE_HOME") or machine.home / ".cache")
    return cache_folder / "ms-playwright"


_IN_FOLDER = {
    # The newer name of each, then those of older Playwrights.
    "chromium-headless-shell": (
        "*/chrome-headless-shell",
        "*/chrome-headless-shell.exe",
        "*/headless_shell",
        "*/headless_shell.exe",
    ),
    "chromium": (
        "*/chrome",
        "*/chrome.exe",
        "*/*.app/Contents/MacOS/Google Chrome for Testing",
        "*/*.app/Contents/MacOS/Chromium",
    ),
}


def _playwrights_own(name: str, machine: Machine) -> Iterator[Path]:
    """Find what `playwright install` has put into its folder, of the revision it needs now.

    Read from Playwright's own list: its API tells only of the full Chromium, and only after the
    driver has been started.
    """
    folder = _browsers_folder(machine)
    if folder is None:
        return
    for revision in _revisions(name):
        home = folder / f"{name.replace('-', '_')}-{revision}"
        if not is_file(home / "INSTALLATION_COMPLETE"):
            continue
        for pattern in _IN_FOLDER[name]:
            yield from machine.first_of(sorted(home.glob(pattern)))


@cache
def _listed(name: str) -> Mapping[str, Any]:
    """What Playwright's own list says of a browser; empty where it cannot be read."""
    package = _package_folder()
    if package is None:
        return {}
    try:
        listed = json.loads((package / "browsers.json").read_text("utf-8"))["browsers"]
        return dict(next(each for each in listed if each["name"] == name))
    except (OSError, ValueError, LookupError, TypeError, StopIteration):
        logger.debug("Playwright's list of browsers cannot be read.")
        return {}


def _revisions(name: str) -> tuple[str, ...]:
    entry = _listed(name)
    if "revision" not in entry:
        return ()
    return (entry["revision"], *entry.get("revisionOverrides", {}).values())


def playwrights_version() -> str | None:
    """The version of Chromium that the installed Playwright was tested with, where it says so."""
    version = _listed("chromium").get("browserVersion")
    return version if isinstance(version, str) else None


def _system_headless_shells(machine: Machine) -> Iterator[Path]:
    yield from machine.on_path(
        ("chromium-headless-shell", "headless_shell", "chrome-headless-shell")
    )
    if machine.platform.startswith("linux"):
        # Fedora's `chromium-headless` puts nothing on PATH.
        yield from machine.first_of(
            [
                Path(lib) / "chromium-browser" / "headless_shell"
                for lib in ("/usr/lib64", "/usr/lib")
            ]
        )


_LINUX = (
    ("system chromium", ("chromium", "chromium-browser"), "/snap/bin/chromium"),
    ("Google Chrome", ("google-chrome-stable", "google-chrome"), "/opt/google/chrome/chrome"),
    (
        "Microsoft Edge",
        ("microsoft-edge-stable", "microsoft-edge"),
        "/opt/microsoft/msedge/msedge",
    ),
)
_MAC = (
    ("system chromium", "Chromium"),
    ("Google Chrome", "Google Chrome"),
    ("Microsoft Edge", "Microsoft Edge"),
)
_WINDOWS = (
    ("system chromium", "Chromium/Application/chrome.exe"),
    ("Google Chrome", "Google/Chrome/Application/chrome.exe"),
    ("Microsoft Edge", "Microsoft/Edge/Application/msedge.exe"),
)


def _system_browsers(machine: Machine) -> Iterator[tuple[str, Path]]:
    if machine.platform == "darwin":
        for kind, name in _MAC:
            inside = Path("Applications", f"{name}.app", "Contents", "MacOS", name)
            for path in machine.first_of([Path("/") / inside, machine.home / inside]):
                yield kind, path
    elif machine.platform == "win32":
        variables = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        folders = [Path(machine.env[name]) for name in variables if machine.env.get(name)]
        for kind, inside_windows in _WINDOWS:
            for path in machine.first_of([folder / inside_windows for folder in folders]):
                yield kind, path
    else:
        for kind, names, place in _LINUX:
            for path in (*machine.on_path(names), *machine.first_of([Path(place)])):
                yield kind, path


def find_chromium(
    settings: Settings, *, headed: bool | None = None, machine: Machine | None = None
) -> Chromium:
    """Find the Chromium that `open_browser` tries first.

    Raises `BrowserError` BROWSER_MISSING.
    """
    return choices(settings, headed=headed, machine=machine)[0]


def choices(
    settings: Settings, *, headed: bool | None, machine: Machine | None = None
) -> list[Chromium]:
    """List all candidates. Raises `BrowserError` BROWSER_MISSING where there is none."""
    headed = settings.headed if headed is None else headed
    found = list(candidates(settings, headed=headed, machine=machine))
    if not found:
        raise _missing(settings, headed=headed, machine=machine)
    path = found[0].path
    if headed and settings.browser_path is not None and path and _is_headless_shell(path):
        raise BrowserError(
            f"UPSTOX_BROWSER_PATH names {path}, a headless shell, which cannot show a window.",
            code="BROWSER_MISSING",
            hint="Name a full Chromium there, or leave UPSTOX_HEADED out.",
        )
    return found


def _is_headless_shell(path: Path) -> bool:
    return re.search(r"headless[-_]shell", path.name) is not None


def _missing(settings: Settings, *, headed: bool, machine: Machine | None) -> BrowserError:
    if settings.browser_path is not None:
        path = settings.browser_path
        what = why_unseen(path) or "is not a program that can be run"
        return BrowserError(
            f"UPSTOX_BROWSER_PATH names {path}, which {what}.",
            code="BROWSER_MISSING",
            hint=f"Correct UPSTOX_BROWSER_PATH, or leave it out and run `{INSTALL}`.",
        )
    if not headed:
        return BrowserError(
            "No Chromium was found on this machine.",
            code="BROWSER_MISSING",
            hint=f"Run `{INSTALL}`.",
        )
    shell = next(candidates(settings, headed=False, machine=machine), None)
    only = f" ({shell} is a headless shell)" if shell else ""
    return BrowserError(
        f"No Chromium that can show a window was found on this machine{only}.",
        code="BROWSER_MISSING",
        hint=f"Run `{INSTALL} --headed`, or leave UPSTOX_HEADED out.",
    )
