"""`install-browser`: a Chromium that fits."""

from __future__ import annotations

from typing import Annotated

import typer

from .call import Call
from .command import command
from .options import BROWSER, STORE
from .panels import CHECK
from .results import Plain, Result

_OPTIONS = {
    **{name: BROWSER[name] for name in ("browser_path", "browser_channel")},
    # What makes logins start faster is kept there.
    "state_dir": STORE["state_dir"],
}


@command("install-browser", panel=CHECK, settings=_OPTIONS)
def install_browser(
    call: Call,
    *,
    headed: Annotated[
        bool, typer.Option("--headed", help="One that can show a window, for `login --headed`.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Install even where one works already.")
    ] = False,
) -> Result:
    """Get a Chromium that fits the installed Playwright.

    From Playwright, or where that download is refused, from the system. It is
    launched once, to be sure.

    Example: upstox-browser-login install-browser
    """
    from upstox_browser_login.browser.compiled import compiled_folder
    from upstox_browser_login.browser.install import install_browser as install
    from upstox_browser_login.page.rehearsal import rehearse

    settings = call.settings()
    headed = headed or settings.headed
    chromium = install(settings, headed=headed, say=call.screen.line, force=force)
    # The browser was started above, by which the driver has put its compiled code there.
    rehearse(compiled_folder(settings.state_dir))
    path = None if chromium.path is None else str(chromium.path)
    data = {
        "path": path,
        "channel": chromium.channel,
        "kind": Plain(chromium.kind),
        "version": chromium.version,
    }
    return Result(data, [f"Chromium {chromium.version or ''} is ready: {chromium}"])
