"""The options, each described once. Those that mirror a setting have its name.

PIN, seed, client secret and password are no options, nor is the mobile number: everybody on a
machine can read the arguments of a process.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from .usage import Misuse, refuse_empty

COMMON_PANEL = "Common options"
_BROWSER = "Browser"
_EVIDENCE = "Evidence"
_PLACES = "Where tokens are kept"
_APP = "Upstox app"


Format = Literal["text", "json"]
TraceMode = Literal["off", "on-failure", "on"]


def may_hold_secret(address: str) -> bool:
    """Whether an address has a user, a password or a query. Raises `ValueError` for no address.

    With some hosted browsers the user's name alone is the key.
    """
    from urllib.parse import urlsplit

    parts = urlsplit(address)
    return "@" in parts.netloc or bool(parts.query)


def _no_secret_inside(value: str | None) -> str | None:
    """Refuse an address that may hold a secret: it belongs into the environment."""
    if value is not None and "://" in value:
        try:
            secret = may_hold_secret(value)
        except ValueError:
            raise Misuse("that is no address") from None
        if secret:
            raise Misuse(
                "an address with a user, a password or a query is visible to everybody here; "
                "set the environment variable instead"
            )
    return value


Options = Mapping[str, Any]
"""Names of parameters, and their annotated types.

Paths are read by `path_of` alone: the settings check them, and say what to do (status 3).
"""


def path_of(text: str) -> Path:
    """The path that an option names. An empty one is refused here: a `Path` has forgotten it."""
    refuse_empty(text)
    return Path(text)


def format_option(json: str) -> Any:
    """`--format`, whose help says what `json` means to a command."""
    return Annotated[Format, typer.Option("--format", help=json, rich_help_panel=COMMON_PANEL)]


def typed(given: Mapping[str, Any]) -> dict[str, str]:
    """The settings that were `given` as options, and what a person typed for each."""
    return {
        name: OFF.get(name, "") if value is False else f"--{name.replace('_', '-')}"
        for name, value in given.items()
        if value is not None
    }


OFF = {"headed": "--headless"}
"""Options that turn a setting off have a name of their own."""


COMMON: Options = {
    "env_file": Annotated[
        Path | None,
        typer.Option(
            "--env-file",
            metavar="PATH",
            parser=path_of,
            help="Read settings from this file in place of .env.",
            rich_help_panel=COMMON_PANEL,
        ),
    ],
    "profile": Annotated[
        str | None,
        typer.Option(
            "--profile",
            metavar="NAME",
            help="Read profiles/NAME.env of the user's config folder; "
            "its token is kept apart from others.",
            rich_help_panel=COMMON_PANEL,
        ),
    ],
    "format": format_option("json prints exactly one object on stdout, for failures too."),
    "debug": Annotated[
        bool | None,
        typer.Option(
            "--debug",
            help="Tell on stderr what happens, without secrets. (UPSTOX_DEBUG)",
            rich_help_panel=COMMON_PANEL,
        ),
    ],
}
"""Of every command. `format` defaults to text, the others to None."""

STORE: Options = {
    "state_dir": Annotated[
        Path | None,
        typer.Option(
            "--state-dir",
            metavar="PATH",
            parser=path_of,
            help="Folder of tokens and of the record of attempts. (UPSTOX_STATE_DIR)",
            rich_help_panel=_PLACES,
        ),
    ],
    "token_store": Annotated[
        str | None,
        typer.Option(
            "--token-store",
            metavar="STORE",
            help="file, keyring, memory, sqlite:///PATH, redis://HOST. (UPSTOX_TOKEN_STORE)",
            callback=_no_secret_inside,
            rich_help_panel=_PLACES,
        ),
    ],
}

APP: Options = {
    "client_id": Annotated[
        str | None,
        typer.Option(
            "--client-id",
            metavar="KEY",
            help="API key of your app. (UPSTOX_CLIENT_ID)",
            rich_help_panel=_APP,
        ),
    ],
    "redirect_uri": Annotated[
        str | None,
        typer.Option(
            "--redirect-uri",
            metavar="URL",
            help="Exactly as registered with your app. (UPSTOX_REDIRECT_URI)",
            rich_help_panel=_APP,
        ),
    ],
}

API: Options = {
    "api_base_url": Annotated[
        str | None,
        typer.Option(
            "--api-base-url",
            metavar="URL",
            help="Where Upstox's API is. (UPSTOX_API_BASE_URL)",
            rich_help_panel=_APP,
        ),
    ],
}

BROWSER: Options = {
    "headed": Annotated[
        bool | None,
        typer.Option(
            "--headed/--headless",
            help="Show the browser, or do not. (UPSTOX_HEADED)",
            show_default=False,
            rich_help_panel=_BROWSER,
        ),
    ],
    "timeout": Annotated[
        float | None,
        typer.Option(
            "--timeout",
            min=5,
            max=600,
            metavar="SECONDS",
            help="Limit of the whole login; normally 60. (UPSTOX_TIMEOUT)",
            rich_help_panel=_BROWSER,
        ),
    ],
    "sleep_time": Annotated[
        int | None,
        typer.Option(
            "--sleep-time",
            min=100,
            max=10_000,
            metavar="MS",
            help="Pause between the page's steps. (UPSTOX_SLEEP_TIME)",
            rich_help_panel=_BROWSER,
        ),
    ],
    "browser_path": Annotated[
        Path | None,
        typer.Option(
            "--browser-path",
            metavar="PATH",
            parser=path_of,
            help="A Chromium or Chrome to launch. (UPSTOX_BROWSER_PATH)",
            rich_help_panel=_BROWSER,
        ),
    ],
    "browser_channel": Annotated[
        str | None,
        typer.Option(
            "--browser-channel",
            metavar="NAME",
            help="chrome, msedge, … (UPSTOX_BROWSER_CHANNEL)",
            rich_help_panel=_BROWSER,
        ),
    ],
    "browser_url": Annotated[
        str | None,
        typer.Option(
            "--browser-url",
            metavar="URL",
            help="A browser elsewhere: ws://, http:// or cdp+ws://. (UPSTOX_BROWSER_URL)",
            callback=_no_secret_inside,
            rich_help_panel=_BROWSER,
        ),
    ],
    "browser_args": Annotated[
        str | None,
        typer.Option(
            "--browser-args",
            metavar="ARGS",
            help="More arguments for Chromium, as a shell would read them. (UPSTOX_BROWSER_ARGS)",
            rich_help_panel=_BROWSER,
        ),
    ],
    "trace": Annotated[
        TraceMode | None,
        typer.Option(
            "--trace",
            help="Of which logins to keep evidence; normally on-failure. (UPSTOX_TRACE)",
            rich_help_panel=_EVIDENCE,
        ),
    ],
}

PAGE: Options = {
    "page_file": Annotated[
        Path | None,
        typer.Option(
            "--page-file",
            metavar="PATH",
            parser=path_of,
            help="A TOML file that adds to what is known of the page. (UPSTOX_PAGE_FILE)",
            rich_help_panel=_BROWSER,
        ),
    ],
}

TRACE_DIR: Options = {
    "trace_dir": Annotated[
        Path | None,
        typer.Option(
            "--trace-dir",
            metavar="PATH",
            parser=path_of,
            help="Where evidence goes; normally traces. (UPSTOX_TRACE_DIR)",
            rich_help_panel=_EVIDENCE,
        ),
    ],
}

SECRETS: Options = {
    "secrets_dir": Annotated[
        Path | None,
        typer.Option(
            "--secrets-dir",
            metavar="PATH",
            parser=path_of,
            help="A folder with a file for each secret. (UPSTOX_SECRETS_DIR)",
            rich_help_panel=COMMON_PANEL,
        ),
    ],
}

LOGIN: Options = {**BROWSER, **PAGE, **TRACE_DIR, **STORE, **APP, **API, **SECRETS}
"""Everything that a command which may log in can be told."""

TOKEN: Options = {**STORE, **API, **SECRETS}
"""For a command that uses the stored token."""
