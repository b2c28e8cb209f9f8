"""What the guide to a token-refresh service shows, with the import changed; and what is beside."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import httpx2
import jwt
import pytest
from dotenv import dotenv_values, load_dotenv

from tests.compat.conftest import World
from tests.replica.visitor import Visitor
from upstox_browser_login import (
    ConfigurationError,
    Token,
    TokenExchangeError,
    UpstoxTokenManager,
)
from upstox_browser_login.cli.run import main

BY_HAND = (
    "UPSTOX_CLIENT_ID",
    "UPSTOX_CLIENT_SECRET",
    "UPSTOX_REDIRECT_URI",
    "UPSTOX_API_BASE_URL",
    "UPSTOX_STATE_DIR",
)
pytestmark = pytest.mark.usefixtures("bare")


@pytest.fixture
def guide(world: World) -> Path:
    """The env file of the guide: the app, and two empty lines to be filled in."""
    path = world.env_file(Path(".env"), *BY_HAND)
    path.write_text(
        f"# Upstox API Credentials\n{path.read_text()}\naccess_token=\nUPSTOX_REFRESH_TOKEN=\n"
    )
    return path


@pytest.fixture
def full(world: World) -> Path:
    """An env file with the account as well."""
    path = world.env_file(Path(".env"))
    path.write_text(f"{path.read_text()}export access_token='old'  # kept up to date\n")
    return path


def in_file(path: Path) -> str | None:
    return dotenv_values(path)["access_token"]


def plain(token: Token) -> str:
    return token.access_token.get_secret_value()


def visit(visitor: Visitor, world: World, url: str) -> str:
    """What a person does at the dialog; the address that the browser ends on."""
    world.clock.offset += 30
    visitor.dialog(state=httpx2.URL(url).params["state"])
    visitor.otp()
    visitor.verify()
    visitor.pin()
    hop = visitor.client.get(visitor.approve()["data"]["redirectUri"])
    return str(hop.headers["location"])


def code_in(address: str) -> str:
    return str(httpx2.URL(address).params["code"])


def test_the_first_time(
    guide: Path, world: World, visitor: Visitor, capsys: pytest.CaptureFixture[str]
) -> None:
    manager = UpstoxTokenManager()
    auth_url = manager.get_authorization_url()
    account = world.replica.account
    assert auth_url.startswith(f"{world.replica.api_url}/v2/login/authorization/dialog?")
    assert "redirect_uri=https%3A%2F%2Fcallback.invalid%2Fupstox%3Ftenant%3D7" in auth_url
    code = code_in(visit(visitor, world, auth_url))
    try:
        manager.get_access_token_from_code(code)
        assert manager.access_token
        print(f"Access Token: {manager.access_token[:20]}...")
        if manager.refresh_token:
            print("Refresh Token saved")
    except Exception as error:  # noqa: BLE001  (the guide's own words)
        pytest.fail(str(error))
    assert capsys.readouterr().out.count("\n") == 2
    assert in_file(guide) == manager.access_token
    assert "UPSTOX_REFRESH_TOKEN=\n" in guide.read_text(encoding="utf-8")
    # Another program, later: the guide's own way to use the token.
    load_dotenv(guide)
    try:
        assert UpstoxTokenManager().get_current_token() == manager.access_token
        assert os.environ["access_token"] == manager.access_token  # noqa: SIM112  (the guide's spelling)
    finally:
        for name in (*BY_HAND, "access_token", "UPSTOX_REFRESH_TOKEN"):
            os.environ.pop(name, None)
    answer = visitor.user("/v2/user/profile", manager.access_token)
    assert answer.json()["data"]["user_id"] == account.user_id


@pytest.mark.usefixtures("guide")
def test_the_whole_address_will_do(world: World, visitor: Visitor) -> None:
    manager = UpstoxTokenManager()
    address = visit(visitor, world, manager.get_authorization_url())
    assert manager.get_access_token_from_code(address) == manager.access_token


@pytest.mark.usefixtures("guide")
def test_an_address_of_another_login_will_not(world: World, visitor: Visitor) -> None:
    manager = UpstoxTokenManager()
    address = visit(visitor, world, manager.get_authorization_url())
    exchanges = world.replica.counts.exchanges
    manager.get_authorization_url()
    with pytest.raises(TokenExchangeError) as caught:
        manager.get_access_token_from_code(address)
    assert caught.value.code == "STATE_MISMATCH"
    with pytest.raises(TokenExchangeError):
        UpstoxTokenManager().get_access_token_from_code(address)
    assert world.replica.counts.exchanges == exchanges


@pytest.mark.usefixtures("guide")
def test_another_script_may_take_the_answer(world: World, visitor: Visitor) -> None:
    """The guide's steps 2 and 3 are two scripts; an answer counts once."""
    address = visit(visitor, world, UpstoxTokenManager().get_authorization_url())
    manager = UpstoxTokenManager()
    assert manager.get_access_token_from_code(address) == manager.access_token
    exchanges = world.replica.counts.exchanges
    for again in (manager, UpstoxTokenManager()):
        with pytest.raises(TokenExchangeError, match="was used before, or none was made") as caught:
            again.get_access_token_from_code(address)
        assert caught.value.code == "STATE_MISMATCH"
        assert "get_authorization_url()" in caught.value.hint
    assert world.replica.counts.exchanges == exchanges


@pytest.mark.usefixtures("guide")
def test_an_answer_that_was_cut(world: World, visitor: Visitor) -> None:
    """Its state is kept for the whole address, which may come with a web page's `&amp;`."""
    address = visit(visitor, world, UpstoxTokenManager().get_authorization_url())
    exchanges = world.replica.counts.exchanges
    for cut in (address.partition("&state=")[0], address.partition("&")[0]):
        with pytest.raises(TokenExchangeError, match="a shell cuts it at each `&`"):
            UpstoxTokenManager().get_access_token_from_code(cut)
    assert world.replica.counts.exchanges == exchanges
    pasted = f"<{address.replace('&', '&amp;')}>"
    assert UpstoxTokenManager().get_access_token_from_code(pasted)
    # Also where there is no state any more, of which the whole address would be told.
    with pytest.raises(TokenExchangeError, match="a shell cuts it at each `&`"):
        UpstoxTokenManager().get_access_token_from_code(address.partition("&state=")[0])


@pytest.mark.parametrize("another_script", [False, True])
def test_a_certificate_that_is_not_there_costs_no_state(
    another_script: bool,
    guide: Path,
    world: World,
    visitor: Visitor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Corrected, the same address will do."""
    manager = UpstoxTokenManager(guide)
    address = visit(visitor, world, manager.get_authorization_url())
    manager = UpstoxTokenManager(guide) if another_script else manager
    with monkeypatch.context() as changes:
        changes.setenv("SSL_CERT_FILE", "none.pem")
        with pytest.raises(ConfigurationError, match="SSL_CERT_FILE"):
            manager.get_access_token_from_code(address)
    assert manager.get_access_token_from_code(address) == in_file(guide)


@pytest.mark.usefixtures("guide")
def test_the_command_line_may_take_the_answer(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the other way round."""
    monkeypatch.setenv("UPSTOX_USERNAME", world.replica.account.mobile)
    address = visit(visitor, world, UpstoxTokenManager().get_authorization_url())
    assert main(["exchange", address]) == 0
    assert main(["exchange", address]) == 10


@pytest.mark.usefixtures("guide")
def test_where_no_state_can_be_kept(
    world: World,
    visitor: Visitor,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The object that made the address knows it all the same."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("UPSTOX_STATE_DIR", str(tmp_path / "file"))
    manager = UpstoxTokenManager()
    address = visit(visitor, world, manager.get_authorization_url())
    assert "Only this object can take the answer" in caplog.text
    assert manager.get_access_token_from_code(address) == manager.access_token


def test_a_damaged_database_is_moved_aside(
    full: Path, world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Before the code is spent."""
    database = tmp_path / "tokens.db"
    database.write_bytes(b"SQLite format 3\0" + b"\xff" * 4080)
    monkeypatch.setenv("UPSTOX_TOKEN_STORE", f"sqlite:///{database}")
    manager = UpstoxTokenManager()
    token = manager.get_access_token_from_code(
        code_in(visit(visitor, world, manager.get_authorization_url()))
    )
    assert manager.access_token == token == in_file(full)
    assert len([*tmp_path.glob("tokens.db.damaged")]) == 1


@pytest.mark.usefixtures("guide")
def test_a_spent_code(world: World, visitor: Visitor) -> None:
    manager = UpstoxTokenManager()
    code = code_in(visit(visitor, world, manager.get_authorization_url()))
    manager.get_access_token_from_code(code)
    with pytest.raises(TokenExchangeError) as caught:
        manager.get_access_token_from_code(code)
    assert caught.value.code == "CODE_REJECTED"
    with pytest.raises(ConfigurationError):
        manager.get_access_token_from_code("not a code!")


def test_a_code_with_the_account_known(full: Path, world: World, visitor: Visitor) -> None:
    """The store has it too, so that the command line and `get_token()` use it."""
    manager = UpstoxTokenManager()
    code = code_in(visit(visitor, world, manager.get_authorization_url()))
    token = manager.get_access_token_from_code(code)
    assert UpstoxTokenManager().access_token == token == in_file(full)


@pytest.mark.usefixtures("sharing", "stored")
def test_a_manual_refresh(full: Path, world: World, visitor: Visitor, stored: Token) -> None:
    manager = UpstoxTokenManager()
    new_token = manager.refresh_access_token()
    assert new_token != plain(stored)
    assert visitor.user("/v2/user/profile", new_token).status_code == 200
    assert in_file(full) == new_token
    assert world.replica.counts.pins >= 2


def test_the_current_token(full: Path, world: World, stored: Token) -> None:
    """From the store, into the env file, whose other lines, quotes and mode stay."""
    full.chmod(0o640)
    before = full.read_text(encoding="utf-8")
    pins = world.replica.counts.pins
    assert UpstoxTokenManager().get_current_token() == plain(stored)
    assert full.read_text(encoding="utf-8") == before.replace("'old'", f"'{plain(stored)}'")
    assert stat.S_IMODE(full.stat().st_mode) == 0o640
    assert world.replica.counts.pins == pins


@pytest.mark.usefixtures("no_token")
def test_none_at_hand(full: Path) -> None:
    """Looking does not log in."""
    manager = UpstoxTokenManager()
    assert (manager.access_token, manager.refresh_token) == (None, None)
    assert in_file(full) == "old"


def test_the_refresh_token_is_the_extended_one(full: Path, stored: Token) -> None:
    assert stored.extended_token is not None
    assert UpstoxTokenManager(full).refresh_token == stored.extended_token.get_secret_value()


def test_without_an_account_an_env_file_s_dead_token_is_none(guide: Path, world: World) -> None:
    empty, living = guide.read_text("utf-8"), world.replica._world.state.mint.extended_token()
    old = jwt.encode({"exp": 1_700_000_000}, "k" * 32, algorithm="HS256")
    for dead in ("opaque", old, f"'Bearer {living}'"):
        text = empty.replace("access_token=\n", f"access_token={dead}\n", 1)
        guide.write_text(text, encoding="utf-8")
        manager = UpstoxTokenManager()
        assert manager.access_token is None
        with pytest.raises(ConfigurationError, match="UPSTOX_USERNAME, UPSTOX_PIN_CODE"):
            manager.get_current_token()


def test_the_app_is_needed(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="UPSTOX_CLIENT_ID, UPSTOX_CLIENT_SECRET"):
        UpstoxTokenManager()
    with pytest.raises(ConfigurationError, match="does not exist"):
        UpstoxTokenManager(tmp_path / "nothing.env")


def test_no_env_file_is_made(world: World, stored: Token, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in world.variables().items():
        monkeypatch.setenv(name, value)
    assert UpstoxTokenManager().get_current_token() == plain(stored)
    assert not Path(".env").exists()


def test_others_who_can_read_it_are_mentioned(
    full: Path, stored: Token, caplog: pytest.LogCaptureFixture
) -> None:
    full.chmod(0o644)
    assert UpstoxTokenManager().get_current_token() == plain(stored)
    assert "can be read by other users" in caplog.text


def test_the_env_file_stays_where_it_was(
    full: Path, stored: Token, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager = UpstoxTokenManager()
    path = full.absolute()
    monkeypatch.chdir(tmp_path)
    manager.get_current_token()
    assert in_file(path) == plain(stored)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read all")
def test_an_env_file_in_a_folder_that_was_closed_does_not_cost_the_token(
    tmp_path: Path, full: Path, stored: Token
) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    path = folder / ".env"
    path.write_bytes(full.read_bytes())
    manager = UpstoxTokenManager(path)
    folder.chmod(0)
    try:
        assert manager.get_current_token() == plain(stored)
    finally:
        folder.chmod(0o700)


@pytest.mark.parametrize("way", ["stored", "code"])
@pytest.mark.parametrize("why", [errno.EROFS, errno.ENOSPC])
def test_an_env_file_that_cannot_be_written_does_not_cost_the_token(
    why: int,
    way: str,
    full: Path,
    world: World,
    visitor: Visitor,
    stored: Token,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The token is returned, and the log says what is not up to date."""
    manager = UpstoxTokenManager()

    def refuse(*_: object, **__: object) -> None:
        raise OSError(why, os.strerror(why))

    monkeypatch.setattr("upstox_browser_login.files.dotenv.write_where_possible", refuse)
    before = full.read_text("utf-8")
    if way == "stored":
        assert manager.get_current_token() == plain(stored)
    else:
        code = code_in(visit(visitor, world, manager.get_authorization_url()))
        token = manager.get_access_token_from_code(code)
        assert token == manager.access_token
    assert full.read_text("utf-8") == before
    assert "access_token= is not up to date: " in caplog.text


async def test_in_an_event_loop(full: Path, world: World, visitor: Visitor) -> None:
    manager = UpstoxTokenManager()
    code = code_in(visit(visitor, world, manager.get_authorization_url()))
    assert manager.get_access_token_from_code(code) == in_file(full)
