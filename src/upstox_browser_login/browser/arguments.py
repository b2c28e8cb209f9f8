"""What Chromium is given on its command line and in its environment."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.files.environment import typing_environment
from upstox_browser_login.settings import Settings
from upstox_browser_login.settings.addresses import spelled_for_chromium

ARGUMENTS = (
    "--disable-crash-reporter",
    "--disable-domain-reliability",
    "--no-pings",
    # What a shared worker and WebRTC send over the network cannot be watched.
    "--disable-shared-workers",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
"""What Playwright does not pass by itself. `--disable-breakpad`, `--no-first-run`,
`--disable-background-networking`, `--disable-dev-shm-usage` and many more it does."""

_OURS_ALONE = ("--user-data-dir", "--remote-debugging-pipe")


def arguments(
    settings: Settings, blocked_hosts: Sequence[str] = (), *, pictures: bool = True
) -> list[str]:
    """Collect what Chromium is given on its command line, on top of Playwright's own.

    `blocked_hosts` are "host" or "host:port". Without `pictures` none is loaded. Raises
    `ConfigurationError` for a UPSTOX_BROWSER_ARGS that cannot work, `ValueError` for a host that is
    none.
    """
    users = shlex.split(settings.browser_args or "")
    for argument in users:
        if not argument.startswith("-") or argument.startswith(_OURS_ALONE):
            raise ConfigurationError(
                "UPSTOX_BROWSER_ARGS: only options are possible there, and neither "
                f"{' nor '.join(_OURS_ALONE)}."
            )
    if not pictures:
        users = _joined(users, "--blink-settings", ["imagesEnabled=false"], ",")
    hosts = [_spelled_for_chromium(host) for host in blocked_hosts]
    if not hosts:
        return [*ARGUMENTS, *users]
    rules = [f"MAP {host} ~NOTFOUND" for host in hosts]
    # Of a repeated switch Chromium takes the last: the user's would undo ours, so they are joined.
    users = _joined(users, "--host-resolver-rules", rules, ",")
    if any(argument.startswith("--proxy-server=") for argument in users):
        # A proxy resolves names itself, and would be told of the host: go directly, to nowhere.
        users = _joined(users, "--proxy-bypass-list", hosts, ";")
    return [*ARGUMENTS, *users]


def _joined(switches: list[str], name: str, items: Sequence[str], separator: str) -> list[str]:
    given = [each.partition("=")[2] for each in switches if each.startswith(f"{name}=")]
    others = [each for each in switches if not each.startswith(f"{name}=")]
    return [*others, f"{name}={separator.join([*items, *given[-1:]])}"]


def _spelled_for_chromium(host: str) -> str:
    """Spell a host, which may have a port behind it, as Chromium compares it."""
    name, colon, port = host.rpartition(":")
    if not colon or not port.isdigit() or (":" in name and not name.endswith("]")):
        name, colon, port = host, "", ""
    spelled = spelled_for_chromium(name)
    if spelled is None:
        raise ValueError("not the name of a host")
    return f"{spelled}{colon}{port}"


def _proxy_for_chromium(name: str, value: str) -> str:
    """The value of a variable, `socks5h://` of a proxy as Chromium writes it.

    It does not know that scheme, would do without the proxy, and lets a SOCKS5 proxy resolve names
    anyway.
    """
    if not name.lower().endswith("_proxy"):
        return value
    return re.sub(r"\A(\s*)socks5h://", r"\1socks5://", value, flags=re.IGNORECASE)


def browser_environment(blocked_hosts: Sequence[str]) -> dict[str, str]:
    """Copy our environment for Chromium, without what it must not see or heed."""
    env = {name: _proxy_for_chromium(name, value) for name, value in typing_environment().items()}
    if blocked_hosts:
        # As with --proxy-bypass-list: on Linux Chromium takes its proxy from these variables.
        hosts = [_spelled_for_chromium(host) for host in blocked_hosts]
        present = env.get("no_proxy") or env.get("NO_PROXY") or ""
        env["no_proxy"] = ",".join([*hosts, *filter(None, [present])])
        env.pop("NO_PROXY", None)
    return env
