"""An error that leaves the library shows no variable of ours, however a traceback is printed."""

from __future__ import annotations

import asyncio
import inspect
import io
import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
import requests
from rich.console import Console
from rich.logging import RichHandler
from rich.traceback import Traceback

from upstox_browser_login import (
    Httpx2Auth,
    RequestsAuth,
    Settings,
    Token,
    UpstoxError,
    UpstoxTokenManager,
    UpstoxTOTP,
    aget_token,
    alogin,
    api,
    get_token,
    login,
)
from upstox_browser_login.edge import at_the_edge
from upstox_browser_login.redaction import chain, install_log_redaction
from upstox_browser_login.replica import Replica

SECRETS = {
    "UPSTOX_USERNAME": "9876501234",
    "UPSTOX_PIN_CODE": "908172",
    "UPSTOX_TOTP_SECRET": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
    "UPSTOX_CLIENT_ID": "0f1e2d3c-client-id",
    "UPSTOX_CLIENT_SECRET": "cl1ent-s3cret",
    "UPSTOX_REDIRECT_URI": "https://callback.invalid/",
}
STORED = "stored-acc3ss-token"
HIDDEN = [*list(SECRETS.values())[:3], "cl1ent-s3cret", "aBc1dE", STORED]

NOWHERE = {"api_base_url": "http://127.0.0.1:9"}
"""Nothing listens there, so that the exchange fails in the middle of sending."""


@pytest.fixture(autouse=True)
def account(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("UPSTOX_API_BASE_URL", NOWHERE["api_base_url"])
    monkeypatch.setenv("UPSTOX_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("UPSTOX_TRACE", "off")


def variables(error: BaseException) -> Iterator[str]:
    """Every variable of every frame below the test, as crash reporters walk them."""
    queue, seen = [error], set()
    while queue:
        each = queue.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield repr(each)
        for frame, _ in traceback.walk_tb(each.__traceback__):
            if frame.f_globals["__name__"] != __name__:
                yield from (f"{name}={value!r}" for name, value in frame.f_locals.items())
        queue += [other for other in (each.__cause__, each.__context__) if other is not None]
        if isinstance(each, BaseExceptionGroup):
            queue += each.exceptions


def as_rich_shows_it(error: BaseException) -> str:
    shown = io.StringIO()
    trace = Traceback.from_exception(
        *(type(error), error, error.__traceback__),
        show_locals=True,
        locals_max_string=10_000,
        suppress=[str(Path(__file__).parent)],  # the test's own frames are the caller's
    )
    Console(file=shown, width=200).print(trace)
    return shown.getvalue()


def damaged_store() -> None:
    """A stored token that cannot be read."""
    settings = Settings()
    token = Token.from_reply({"access_token": STORED}, issued_at=datetime.now(UTC))
    from upstox_browser_login.store import open_store, token_key

    open_store(settings).save(token_key(settings), token)
    (file,) = (settings.state_dir / "tokens").glob("*.json")
    file.write_text(file.read_text()[:-20])


def broken_env_file() -> Path:
    path = Path("broken.env")
    path.write_text(
        "".join(f"{n}={v}\n" for n, v in SECRETS.items()) + "UPSTOX_TIMEOUT=much\n",
        encoding="utf-8",
    )
    return path


def ask(auth: Any) -> None:
    """A request for the API, whose token is in a damaged store."""
    damaged_store()
    url = f"{NOWHERE['api_base_url']}/v2/user/profile"
    if isinstance(auth, RequestsAuth):
        requests.get(url, auth=auth, timeout=5)
    else:
        httpx2.get(url, auth=auth)


def after_damage(work: Callable[[], Any]) -> Any:
    damaged_store()
    return work()


CALLS: dict[str, Callable[[], Any]] = {
    "login": lambda: login(Settings(browser_path=Path("/nowhere/chromium"))),
    "alogin": lambda: asyncio.run(alogin(Settings(browser_path=Path("/nowhere/chromium")))),
    "get_token": lambda: after_damage(get_token),
    "aget_token": lambda: after_damage(lambda: asyncio.run(aget_token())),
    "Settings": lambda: Settings(pin_code="908172-", timeout=1),
    "UpstoxTOTP": lambda: UpstoxTOTP(pin_code="908172x", client_secret="cl1ent-s3cret"),
    "from_env_file": lambda: UpstoxTOTP.from_env_file(broken_env_file()),
    "get_access_token": lambda: after_damage(UpstoxTOTP().app_token.get_access_token),
    "by a code": lambda: UpstoxTokenManager().get_access_token_from_code("aBc1dE"),
    "by an address": lambda: UpstoxTokenManager().get_access_token_from_code(
        "https://callback.invalid/?code=aBc1dE&state=other"
    ),
    "current token": lambda: after_damage(UpstoxTokenManager().get_current_token),
    "token request": lambda: asyncio.run(api.request_token(Settings())),
    "Token.from_json": lambda: Token.from_json(f'{{"token":{{"access_token":"{STORED}"}}}}'),
    "Httpx2Auth": lambda: ask(Httpx2Auth()),
    "RequestsAuth": lambda: ask(RequestsAuth()),
}  # fmt: skip


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_no_variable_of_ours_leaves_with_an_error(call: Callable[[], Any]) -> None:
    """Client secret, code, PIN, seed, token: in no frame of it, of a cause or of a context."""
    with pytest.raises(Exception) as caught:  # noqa: PT011  (each call has an error of its own)
        call()
    shown = "\n".join([*variables(caught.value), as_rich_shows_it(caught.value)])
    assert [secret for secret in HIDDEN if secret in shown] == []


@pytest.mark.browser
def test_the_code_of_a_login_that_fails_at_the_exchange(
    monkeypatch: pytest.MonkeyPatch, desk: Any
) -> None:
    """The real way: every secret has been used by then."""
    with Replica("token-html", clock=desk.clock.time) as replica:
        settings = desk.settings(replica, trace="off")
        with pytest.raises(UpstoxError) as caught:
            login(settings, clock=desk.clock)
        used = [
            *(entry.query["code"] for entry in replica.log if "code" in entry.query),
            *replica.counts.codes,
            replica.account.pin,
            replica.account.client_secret,
        ]
    assert caught.value.code == "BAD_RESPONSE"
    assert len(used) >= 4
    shown = "\n".join([*variables(caught.value), as_rich_shows_it(caught.value)])
    assert [secret for secret in used if secret in shown] == []


@pytest.mark.parametrize(
    "call",
    [
        UpstoxTOTP.from_env_file,
        lambda path: Settings(env_file=path),
        lambda path: UpstoxTokenManager(env_file=path),
    ],
)
def test_an_env_file_that_cannot_be_read_is_in_no_error(
    call: Callable[[Path], Any], tmp_path: Path
) -> None:
    """An error of decoding holds all that was to be decoded."""
    path = tmp_path / ".env"
    path.write_bytes(
        "".join(f"{name}={each}\n" for name, each in SECRETS.items()).encode() + b"\xff"
    )
    with pytest.raises(UpstoxError, match="is not UTF-8 text") as caught:
        call(path)
    shown = "\n".join(repr(each) for each in chain(caught.value))
    assert [secret for secret in SECRETS.values() if secret in shown] == []


def test_what_the_caller_was_handling_keeps_its_frames() -> None:
    """An error of ours that comes in somebody's `except` block does not spoil theirs."""

    def theirs() -> None:
        raise KeyError("theirs")

    def both() -> None:
        try:
            theirs()
        except KeyError:
            Settings(env_file="nowhere.env")

    with pytest.raises(UpstoxError) as caught:
        both()
    (own,) = [each for each in chain(caught.value) if isinstance(each, KeyError)]
    assert "theirs" in [frame.name for frame in traceback.extract_tb(own.__traceback__)]


def test_the_log_tells_developers_where_it_was(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "upstox_browser_login.edge")
    with suppress(UpstoxError):
        Settings(timeout=1)
    assert "in __init__" in caplog.text
    assert "model.py" in caplog.text


def test_a_logged_error_shows_no_variable_of_ours() -> None:
    """Such as asyncio logs of a task of ours: rich's handler would show the variables."""
    install_log_redaction()
    shown = io.StringIO()
    handler = RichHandler(
        console=Console(file=shown, width=200), rich_tracebacks=True, tracebacks_show_locals=True
    )
    logger = logging.getLogger("somebody")
    logger.addHandler(handler)
    inner = inspect.unwrap(Settings.__init__)
    pin = {"pin_code": f"{SECRETS['UPSTOX_PIN_CODE']}-"}
    try:
        try:
            inner(object.__new__(Settings), **pin)
        except UpstoxError:
            logger.exception("it failed")
    finally:
        logger.removeHandler(handler)
    assert "it failed" in shown.getvalue()
    assert "908172" not in shown.getvalue()


def test_what_it_returns_and_how_it_looks_stays() -> None:
    @at_the_edge
    def plain(first: int, *, second: str = "x") -> str:
        """Says something."""
        return f"{first}{second}"

    @at_the_edge
    async def later(first: int) -> int:
        return first

    assert plain(1, second="y") == "1y"
    assert asyncio.run(later(2)) == 2
    assert inspect.iscoroutinefunction(later)
    assert (plain.__doc__, str(inspect.signature(plain))) == (
        "Says something.",
        "(first: 'int', *, second: 'str' = 'x') -> 'str'",
    )
    assert next(iter(inspect.signature(login).parameters)) == "settings"
