"""The process that delivers one notice goes by the user's proxy and by no other."""

from __future__ import annotations

import pytest

from upstox_browser_login.daily.delivery import go_by

PROXY = "http://proxy.test:3128"
BY_PROXY = {"http_proxy": PROXY, "https_proxy": PROXY, "all_proxy": PROXY}
NEAR = "127.0.0.0/8,::1,localhost"


def names(no_proxy: str) -> set[str]:
    return set(no_proxy.split(","))


@pytest.mark.parametrize(
    ("before", "after", "near"),
    [
        ({}, {}, NEAR),
        ({"HOME": "/home/me"}, {"HOME": "/home/me"}, NEAR),
        ({"HTTPS_PROXY": "http://other.test", "Ftp_Proxy": "http://other.test"}, {}, NEAR),
        ({"all_proxy": "http://other.test"}, {}, NEAR),
        ({"NO_PROXY": "ntfy.test"}, {}, f"{NEAR},ntfy.test"),
        ({"no_proxy": "a.test", "No_Proxy": "b.test"}, {}, f"{NEAR},a.test,b.test"),
        ({"no_proxy": ""}, {}, NEAR),
    ],
)
def test_all_go_by_the_proxy_but_this_machine(
    before: dict[str, str], after: dict[str, str], near: str
) -> None:
    environment = dict(before)
    go_by(PROXY, environment)
    assert names(environment.pop("no_proxy")) == names(near)
    assert environment == {**after, **BY_PROXY}
