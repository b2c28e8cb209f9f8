"""Replays a recorded login in a real browser, against the recording alone."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from upstox_browser_login.clock import Clock
from upstox_browser_login.errors import (
    BrowserError,
    ConfigurationError,
    PageChangedError,
    Step,
    UpstoxError,
)
from upstox_browser_login.scratch import make_scratch
from upstox_browser_login.session import login_result
from upstox_browser_login.session.login import Watcher
from upstox_browser_login.settings import Settings
from upstox_browser_login.settings.names import LONGEST_LOGIN

from .bundle import Bundle
from .moments import Marks, marks_of, states
from .player import Player, ReplayClock, origins_of
from .stage import Stage, stage
from .tape import Tape, calls_of, miscounted
from .verdict import Run, Verdict, verdict

if TYPE_CHECKING:
    from pydantic import SecretStr

    from upstox_browser_login.http import Client, Detour
    from upstox_browser_login.page.next import Next
    from upstox_browser_login.page.view import View

log = logging.getLogger(__name__)

SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""A seed of nobody's: the recording takes any code."""

SPARE_SECONDS = 60.0
"""What a login may take beyond the time that it took when it was recorded."""


@contextmanager
def _folder() -> Iterator[Path]:
    folder = make_scratch("replay")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def replay(
    bundle: Bundle,
    *,
    fast: bool = False,
    headed: bool = False,
    browser_path: Path | None = None,
    browser_channel: str | None = None,
    evidence: Path | None = None,
    machine: Clock | None = None,
) -> Verdict:
    """Log in once more, against the recording alone, and compare how it goes.

    Nothing of the user's is read or kept: no setting, no token, no ledger. `evidence` is the folder
    for the trace of a replay that does not pass. Raises `ConfigurationError` where the extra
    `replay` is not installed, and `BrowserError` where no browser can be had.
    """
    machine = machine or Clock()
    clock = ReplayClock(bundle.about.epoch, machine, fast=fast)
    player = Player(bundle, clock, now=machine.now(), fast=fast)
    began = machine.monotonic()
    with _folder() as folder, stage(origins_of(bundle), player.answer) as served:
        browser = {
            "headed": headed,
            "browser_path": browser_path,
            "browser_channel": browser_channel,
        }
        settings = settings_for(bundle, served, folder).model_copy(update=browser)
        run = _run(bundle, settings, clock, _Viewer(player.tape, served.detour, clock))
        told = verdict(bundle.about, run, how="browser", seconds=machine.monotonic() - began)
        return _with_evidence(told, evidence)


def settings_for(bundle: Bundle, served: Stage, folder: Path) -> Settings:
    """Settings of the account that stands in for the recorded one, and of nothing else."""
    about = bundle.about
    return Settings.alone(
        username=about.account.username,
        pin_code=about.account.pin_code,
        password=about.account.password,
        totp_secret=SEED,
        client_id=about.client_id,
        client_secret="nobodys-client-secret",  # noqa: S106  (the recording takes any)
        redirect_uri=about.redirect_uri,
        api_base_url=about.api_base_url,
        allow_untrusted_origin=about.source == "other",
        timeout=min(LONGEST_LOGIN, about.seconds + SPARE_SECONDS),
        state_dir=folder / "state",
        trace_dir=folder / "traces",
        browser_args=served.arguments,
    )


def _run(bundle: Bundle, settings: Settings, clock: Clock, viewer: _Viewer) -> Run:
    error: UpstoxError | None = None
    try:
        login_result(settings, progress=viewer, clock=clock, lasting=False)
    except (BrowserError, ConfigurationError):
        raise
    except UpstoxError as raised:
        error = raised
    tape = viewer.tape
    wrong = [f"the recording does not know {each}" for each in tape.unknown]
    wrong += miscounted(calls_of(bundle.exchanges), tape.asked)
    return Run(
        "OK" if error is None else error.code,
        tuple(states(viewer.sights)),
        viewer.steps,
        None if error is None else error.step,
        tuple(wrong),
        trace=None if error is None else error.trace,
    )


def _with_evidence(told: Verdict, folder: Path | None) -> Verdict:
    """Keep the trace of a replay that has not passed; the folder that it is in goes next."""
    from dataclasses import replace

    if told.trace is None or told.passed or folder is None:
        return replace(told, trace=None)
    folder.mkdir(parents=True, exist_ok=True)
    made = Path(told.trace)
    return replace(told, trace=str(shutil.move(made, folder / f"replay-{told.name}-{made.name}")))


class _Viewer(Watcher):
    """Sees what a replayed login meets, and ends it at the first call that nobody recorded."""

    def __init__(self, tape: Tape, detour: Detour, clock: Clock) -> None:
        self.tape = tape
        self.sights: list[tuple[float, Marks]] = []
        self.steps: dict[str, float] = {}
        self._detour = detour
        self._clock = clock
        self._began = clock.monotonic()

    def client(self, base_url: str, proxy: SecretStr | None) -> Client:
        """Lead the exchange of the code to the recording, too."""
        from upstox_browser_login.http import detoured

        del base_url, proxy
        return detoured(self._detour)

    def decided(self, view: View, step: Next) -> None:
        """Note what is seen. Raises `PageChangedError` for a call that the recording lacks."""
        del step
        if self.tape.unknown:
            raise PageChangedError(f"The recording does not know {self.tape.unknown[0]}.")
        marks = marks_of(view)
        if not self.sights or self.sights[-1][1] != marks:
            self.sights.append((round(view.now - self._began, 3), marks))

    def step_done(self, step: Step, seconds: float) -> None:
        """Add up how long a step takes."""
        self.steps[step] = self.steps.get(step, 0.0) + seconds

    def warning(self, text: str) -> None:
        """A replay warns of nothing: nothing that it does can harm."""
        log.debug("%s", text)
