"""All checks, in the order in which a login needs what they look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from upstox_browser_login.blocking import run_apart
from upstox_browser_login.clock import Clock
from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.session.page_look import PageLook, look_at_page
from upstox_browser_login.settings import (
    NEEDED_FOR_TOKEN_KEY,
    EnvFile,
    Report,
    Settings,
    variable,
)
from upstox_browser_login.store import open_store, token_key

from . import browser, configuration, folders, network, page, store
from .check import Check, failed


@dataclass
class Checkup:
    """A check-up of these settings. `look` is what `page` has seen, once it was asked."""

    report: Report
    env_file: EnvFile
    clock: Clock = field(default_factory=Clock)
    look: PageLook | None = None

    @property
    def settings(self) -> Settings:
        """The settings, with the defaults in place of what breaks a rule."""
        return self.report.settings

    def here(self) -> Iterator[Check]:
        """What can be seen on this machine, without the network (but for a store elsewhere)."""
        settings = self.settings
        yield configuration.check_settings(self.report, self.env_file)
        of_file, _ = configuration.check_page_file(settings)
        if of_file is not None:
            yield of_file
        # A store is not looked at where its setting is invalid: the default may be another store.
        stored = not self._breaks_a_rule("state_dir", "token_store")
        if stored:
            yield folders.check_state_folder(settings)
        if not self._breaks_a_rule("trace_dir"):
            yield folders.check_trace_folder(settings)
        if stored:
            yield from self._store()
        if not self._breaks_a_rule("proxy"):
            yield network.check_proxy(settings)
        yield network.check_certificates(settings)

    def _store(self) -> Iterator[Check]:
        settings, clock = self.settings, self.clock
        of_store, kept = store.check_store(settings, clock)
        yield of_store
        if kept is not None:
            named = all(getattr(settings, each) is not None for each in NEEDED_FOR_TOKEN_KEY)
            yield store.check_lock(kept, token_key(settings) if named else "doctor")
            yield store.check_token(kept, settings, clock)[0]
        yield store.check_ledger(settings, clock, readable=kept is not None)

    def there(self, *, address_from: str | None = None) -> Iterator[Check]:
        """What Upstox answers. Nothing is asked where no way out can be had."""
        settings, clock = self.settings, self.clock
        ways = (network.check_proxy(settings), network.check_certificates(settings))
        broken = self._breaks_a_rule("api_base_url", "proxy")
        if broken or any(each.error is not None for each in ways):
            return
        met = run_apart(network.meet(settings, clock))
        yield network.check_dialog(settings, met)
        yield network.check_clock(met)
        if met.reply is None:
            return
        yield run_apart(network.check_address(settings, address_from))
        if self._breaks_a_rule("state_dir", "token_store"):
            return
        try:
            _, token = store.check_token(open_store(settings), settings, clock)
        except UpstoxError:
            return  # told by the check of the store
        if token is not None:
            yield run_apart(network.check_accepted(settings, token))

    def browser(self) -> Iterator[Check]:
        """Whether the browser starts. Not tried where a setting that names a browser is invalid."""
        if not self._breaks_a_rule("browser_"):
            yield run_apart(browser.check_browser(self.settings, self.clock))

    def _breaks_a_rule(self, *beginnings: str) -> bool:
        """Whether a setting of such a name breaks a rule, so that a default stands in its place."""
        names = tuple(map(variable, beginnings))
        return any(
            each.state == "invalid" and each.name.startswith(names) for each in self.report.findings
        )

    def page(self, *, save: bool) -> Check:
        """How far the login page is from what is known; remembered in `look`.

        Not asked where a setting breaks a rule: the default in its place may be another page.
        """
        invalid = [
            each for each in self.report.findings if each.state == "invalid" and each.stops_login
        ]
        if invalid:
            return configuration.broken(invalid, self.report, self.env_file)
        try:
            self.look = look_at_page(self.settings, save=save, clock=self.clock)
        except UpstoxError as error:
            return failed("page", error)
        return page.check_page(self.look)
