"""Servers of this machine under the names of the hosts that were recorded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.recordings.bundles import Copy
from upstox_browser_login.recordings.bundle import read_bundle
from upstox_browser_login.recordings.player import origins_of
from upstox_browser_login.recordings.stage import Answer, stage


def test_hosts_that_pages_have_are_taken(tmp_path: Path) -> None:
    hosts = ["cdn_a.example.com", "xn--bcher-kva.example", "a.com.", "[::1]:8080", "203.0.113.9"]

    def edit(lines: list[dict[str, Any]]) -> None:
        for line, host in zip(lines, hosts, strict=False):
            line["url"] = f"https://{host}/x"

    copy = Copy("plain", tmp_path)
    copy.lines("exchanges.jsonl", edit)
    read = read_bundle(copy.path)
    assert [each.url for each in read.exchanges[:5]] == [f"https://{host}/x" for host in hosts]
    with stage(origins_of(read), lambda _: Answer(404)) as served:
        assert "MAP cdn_a.example.com:443 127.0.0.1:" in served.arguments
        # Without it a page's WebRTC sends packets to any address, past the rules for names.
        assert "webrtc-ip-handling-policy=disable_non_proxied_udp" in served.arguments
