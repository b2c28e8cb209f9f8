"""A login as it happens, on stderr: ticking over on a terminal, plain lines elsewhere."""

from __future__ import annotations

import asyncio
import os
import select
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from upstox_browser_login.errors import Step, UpstoxError
from upstox_browser_login.session import Progress

from .screen import Screen, is_terminal
from .signals import Interruption

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.live import Live

LABELS: dict[Step, str] = {
    "open": "login page",
    "mobile": "mobile number",
    "totp": "TOTP code",
    "pin": "PIN",
    "redirect": "redirect caught",
    "exchange": "code exchanged",
    "store": "token stored",
}
BROWSER = "browser"
_WIDTH = max(map(len, LABELS.values()))
_POLL = 0.2


class Plain(Progress):
    """A line for each step that is done."""

    def __init__(self, screen: Screen, *, pause: bool = False, hold: bool = False) -> None:
        self.screen = screen
        self._pause = pause
        self._hold = hold
        self._running: tuple[Step, float] | None = None
        self.sent: Step | None = None
        """The step of the last code or PIN that may have been sent."""

    @property
    def step(self) -> Step | None:
        """The step that runs."""
        return None if self._running is None else self._running[0]

    def begin(self) -> None:
        """Say that a login begins; the browser is on its way."""

    def end(self, *, failed: bool) -> None:
        """Say which step has failed. Called twice, it says so once."""
        running, self._running = self._running, None
        if failed and running is not None:
            step, began = running
            self.screen.line(f"{LABELS[step]}: failed after {time.monotonic() - began:.1f} s")

    def step_started(self, step: Step) -> None:
        """Nothing is said until the step is done."""
        self._running = step, time.monotonic()

    def step_done(self, step: Step, seconds: float) -> None:
        """Say how long it took."""
        self._running = None
        self.screen.line(f"{LABELS[step]}: done in {seconds:.1f} s")

    def sending(self, step: Step) -> None:
        """Remember it for whoever stops the login."""
        self.sent = step

    def warning(self, text: str) -> None:
        """Say it at once."""
        self.screen.warning(text)

    def waiting(self, text: str) -> None:
        """Say it at once, as nothing to be warned of."""
        self.screen.line(text)

    async def pause(self) -> bool:
        """With `--pause`, let a person look at everything first."""
        if self._pause:
            self.screen.line("Paused: press Resume in Playwright's inspector to log in.")
        return self._pause

    async def hold(self, error: UpstoxError) -> None:
        """With `--headed --debug`, leave the window open until a person has seen it."""
        if not self._hold:
            return
        self.end(failed=True)
        self.screen.line(f"{error.message}")
        self.screen.line("The browser stays open: look at it, then press Enter to close it.")
        # Looked at from time to time: a thread that reads would outlive a Ctrl-C, and no event
        # tells of a key.
        while not _enter_pressed():  # noqa: ASYNC110
            await asyncio.sleep(_POLL)


def _enter_pressed() -> bool:
    if os.name == "nt":
        import msvcrt

        keys: Any = msvcrt
        return bool(keys.kbhit()) and keys.getwch() in "\r\n"
    with suppress(OSError, ValueError):
        if select.select([sys.stdin], [], [], 0)[0]:
            sys.stdin.readline()
            return True
        return False
    return True


class Ticking(Plain):
    """The step that runs turns and counts; those that are done stand above it."""

    def __init__(self, screen: Screen, *, pause: bool = False, hold: bool = False) -> None:
        super().__init__(screen, pause=pause, hold=hold)
        self._live: Live | None = None
        self._line: _Line | None = None
        self._browser = False

    def begin(self) -> None:
        """Show that the browser is being started."""
        self._browser = True
        self._tick(BROWSER)

    def step_started(self, step: Step) -> None:
        """Let the line of this step turn."""
        if self._browser and self._line is not None:
            self._browser = False
            self._tick_off(BROWSER, self._line.seconds)
        self._tick(LABELS[step])

    def step_done(self, step: Step, seconds: float) -> None:
        """Put the step above, with its time."""
        self._line = None
        self._tick_off(LABELS[step], seconds)

    def end(self, *, failed: bool) -> None:
        """Take the turning line away."""
        line, self._line = self._line, None
        live, self._live = self._live, None
        if live is not None:
            self.screen.live = None
            with suppress(OSError, ValueError):
                live.stop()
        if failed and line is not None:
            self._mark("✗", "red", line.label, line.seconds)

    def _tick_off(self, label: str, seconds: float) -> None:
        self._mark("✓", "green", label, seconds)

    def _mark(self, mark: str, colour: str, label: str, seconds: float) -> None:
        tail = f"{seconds:5.1f} s"
        self.screen.line(label.ljust(_WIDTH), label=mark, colour=colour, tail=tail)

    def _tick(self, label: str) -> None:
        from rich.console import Console
        from rich.live import Live
        from rich.text import Text

        self._line = _Line(label)
        with suppress(OSError, ValueError):
            if self._live is None:
                console = Console(stderr=True, highlight=False, no_color=not self.screen.colour)
                self._live = Live(console=console, transient=True, redirect_stdout=False)
                self.screen.live = lambda text: console.print(Text.from_ansi(text))
                self._live.start()
            self._live.update(self._line)


class _Line:
    """One turning line of rich."""

    def __init__(self, label: str) -> None:
        self.label = label
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.text import Text

        frames = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏" if options.encoding.startswith("utf") else "-\\|/"
        frame = frames[int(console.get_time() * 10) % len(frames)]
        yield Text.assemble(
            (frame, "cyan"), f" {self.label.ljust(_WIDTH)} ", (f"{self.seconds:5.1f} s", "dim")
        )


@contextmanager
def shown(
    screen: Screen, *, json: bool, pause: bool = False, hold: bool = False
) -> Iterator[Plain]:
    """The progress of one login, as fits stderr; the terminal is left in order."""
    ticking = is_terminal(sys.stderr) and not json and os.environ.get("TERM") != "dumb"
    kind = Ticking if ticking else Plain
    progress = kind(screen, pause=pause, hold=hold)
    try:
        yield progress
    except BaseException as raised:
        if isinstance(raised, Interruption):
            raised.step, raised.sent = progress.step, progress.sent
        progress.end(failed=True)
        raise
    progress.end(failed=False)
