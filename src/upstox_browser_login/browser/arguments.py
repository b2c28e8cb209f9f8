"""What Chromium is given on its command line and in its environment, and its way out."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.files.environment import typing_environment, without_proxies
from upstox_browser_login.settings import Settings, is_loopback
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

_HAS_A_MOUSE = (
    "primaryHoverType=2",
    "availableHoverTypes=2",
    "primaryPointerType=4",
    "availablePointerTypes=4",
)
"""What Playwright tells a headless Chromium by `--blink-settings`, which ours would replace."""

_OURS_ALONE = ("--user-data-dir", "--remote-debugging-pipe")


class WayOut(Struct, frozen=True):
    """`UPSTOX_PROXY`, as a Chromium of ours is told of it: everything goes by it, or nowhere."""

    server: str
    """Without user and password, which are on no command line."""
    username: str | None
    password: str | None
    near: str | None
    """Host and port of an API on this machine, to which a proxy has no way."""

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        """Nothing where the environment decides, or the browser is somebody else's."""
        if settings.proxy is None or settings.browser_url is not None:
            return None
        parts = urlsplit(settings.proxy.get_secret_value())
        # Chromium lets a SOCKS5 proxy resolve names anyway, and knows no socks5h.
        scheme = "socks5" if parts.scheme == "socks5h" else parts.scheme
        host = spelled_for_chromium(parts.hostname or "") or ""
        port = parts.port or {"http": 80, "https": 443}.get(scheme, 1080)
        api = urlsplit(settings.api_base_url)
        return cls(
            f"{scheme}://{host}:{port}",
            None if parts.username is None else unquote(parts.username),
            None if parts.password is None else unquote(parts.password),
            api.hostname if is_loopback(api.hostname or "") else None,
        )

    @property
    def for_playwright(self) -> Any:
        """The option `proxy` of Playwright's `launch`, by which it answers the proxy's question."""
        login = {"username": self.username, "password": self.password}
        return {"server": self.server, **{name: each for name, each in login.items() if each}}

    @property
    def resolver_rules(self) -> list[str]:
        """Chromium looks up the proxy itself and no other name, which would tell where it goes."""
        if self.near is not None:
            return []
        place = self.server.partition("://")[2]
        return [f"MAP {place} {place}", "MAP * ~NOTFOUND"]


_OTHER_WAYS = ("--proxy-", "--no-proxy-server")


def arguments(
    settings: Settings, blocked_hosts: Sequence[str] = (), *, pictures: bool = True
) -> list[str]:
    """Collect what Chromium is given on its command line, on top of Playwright's own.

    `blocked_hosts` are "host" or "host:port". Without `pictures` none is loaded. Raises
    `ConfigurationError` for a UPSTOX_BROWSER_ARGS that cannot work, `ValueError` for a host that is
    none.
    """
    given = shlex.split(settings.browser_args or "")
    # Chromium takes one dash for two.
    users = [f"--{each.lstrip('-')}" if each.startswith("-") else each for each in given]
    for argument in users:
        # Behind two dashes alone nothing is a switch any more.
        if not argument.startswith("-") or argument == "--" or argument.startswith(_OURS_ALONE):
            raise ConfigurationError(
                "UPSTOX_BROWSER_ARGS: only options are possible there, and neither "
                f"{' nor '.join(_OURS_ALONE)}.",
                hint="Take the others out of UPSTOX_BROWSER_ARGS.",
            )
    # Chromium itself fetches what FedCM needs, where no request is paused.
    users = _joined(users, "--disable-blink-features", ["FedCm"], ",")
    if not pictures:
        users = _joined(users, "--blink-settings", ["imagesEnabled=false", *_HAS_A_MOUSE], ",")
    hosts = [_spelled_for_chromium(host) for host in blocked_hosts]
    if (way_out := WayOut.of(settings)) is not None:
        return [*ARGUMENTS, *_by(way_out, users, hosts)]
    if not hosts:
        return [*ARGUMENTS, *users]
    rules = [f"MAP {host} ~NOTFOUND" for host in hosts]
    # Of a repeated switch Chromium takes the last: the user's would undo ours, so they are joined.
    users = _joined(users, "--host-resolver-rules", rules, ",")
    if any(argument.startswith("--proxy-server=") for argument in users):
        # A proxy resolves names itself, and would be told of the host: go directly, to nowhere.
        users = _joined(users, "--proxy-bypass-list", hosts, ";")
    return [*ARGUMENTS, *users]


def _by(way_out: WayOut, users: list[str], hosts: list[str]) -> list[str]:
    """The user's switches, and those that let nothing round `UPSTOX_PROXY`."""
    if any(each.startswith(_OTHER_WAYS) for each in users):
        raise ConfigurationError(
            "UPSTOX_BROWSER_ARGS and UPSTOX_PROXY both set a proxy.",
            hint="Keep one of the two: UPSTOX_PROXY is used by the calls of this program as well.",
        )
    blocked = [f"MAP {host} ~NOTFOUND" for host in hosts]
    users = _joined(users, "--host-resolver-rules", blocked, ",", after=way_out.resolver_rules)
    # Loopback needs no entry: Chromium goes there directly, unless told otherwise.
    return [*users, f"--proxy-bypass-list={';'.join(hosts)}"]


def _joined(
    switches: list[str],
    name: str,
    items: Sequence[str],
    separator: str,
    after: Sequence[str] = (),
) -> list[str]:
    given = [each.partition("=")[2] for each in switches if each.startswith(f"{name}=")]
    others = [each for each in switches if not each.startswith(f"{name}=")]
    return [*others, f"{name}={separator.join([*items, *given[-1:], *after])}"]


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


def browser_environment(blocked_hosts: Sequence[str], *, own_proxy: bool) -> dict[str, str]:
    """Copy our environment for Chromium, without what it must not see or heed.

    `own_proxy`: `UPSTOX_PROXY` is set.
    """
    if own_proxy:
        return without_proxies(typing_environment())
    env = {name: _proxy_for_chromium(name, value) for name, value in typing_environment().items()}
    if blocked_hosts:
        # As with --proxy-bypass-list: on Linux Chromium takes its proxy from these variables.
        hosts = [_spelled_for_chromium(host) for host in blocked_hosts]
        present = env.get("no_proxy") or env.get("NO_PROXY") or ""
        env["no_proxy"] = ",".join([*hosts, *filter(None, [present])])
        env.pop("NO_PROXY", None)
    return env
