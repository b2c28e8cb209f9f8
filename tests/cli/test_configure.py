"""`configure`, driven through a pseudo-terminal."""

from __future__ import annotations

import json
import os
import re
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pyotp
import pytest

from tests.harness import variants
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings, profile_file

from .conftest import PROGRAM, Call, python_path

if sys.platform == "win32":
    pytest.skip("there is no pseudo-terminal", allow_module_level=True)
from tests.terminal import Terminal, terminal

SEED = "KRUGKIDROVUWG2ZAMJZG653OEBTG66BA"
ANSWERS = {
    "Mobile number": "9876501234",
    "PIN of the account": "024680",
    "TOTP seed": SEED,
    "Does your phone show the same?": "y",
    "API key": "5d0e8e2c-7f0b",
    "API secret": "r3pl1cas3cret",
    "Redirect URI": "https://callback.invalid/upstox?tenant=7",
    "Keep the secrets in the system's keyring": "n",
}
"""Every question up to the moment at which something is kept, and a good answer."""

HIDDEN = ("9876501234", "024680", SEED, "r3pl1cas3cret")

_KEYRING = """
import json, pathlib, keyring.backend, keyring.errors
FILE = pathlib.Path({path!r})
class Keyring(keyring.backend.KeyringBackend):
    priority = 1
    def _all(self):
        return json.loads(FILE.read_text()) if FILE.exists() else {{}}
    def get_password(self, service, username):
        return self._all().get(f"{{service}} {{username}}")
    def set_password(self, service, username, password):
        FILE.write_text(json.dumps({{**self._all(), f"{{service}} {{username}}": password}}))
    def delete_password(self, service, username):
        entries = self._all()
        del entries[f"{{service}} {{username}}"]
        FILE.write_text(json.dumps(entries))
"""
"""A keyring in a file, since the program is a process of its own."""

Run = Callable[..., AbstractContextManager["Terminal"]]


@pytest.fixture
def entries(tmp_path: Path) -> Path:
    """Where the keyring keeps its entries."""
    return tmp_path / "keyring.json"


@pytest.fixture
def run(tmp_path: Path, entries: Path) -> Run:
    """Run the program at a terminal, with a keyring that works."""
    (tmp_path / "filekeyring.py").write_text(_KEYRING.format(path=str(entries)))

    @contextmanager
    def start(*words: str, **env: str) -> Iterator[Terminal]:
        given = {
            **os.environ,
            "PYTHONPATH": python_path(tmp_path),
            "PYTHON_KEYRING_BACKEND": "filekeyring.Keyring",
            "UPSTOX_STATE_DIR": str(tmp_path / "state"),
            **env,
        }
        with terminal([*PROGRAM, "configure", *words], given) as opened:
            yield opened

    return start


def kept_in(entries: Path) -> dict[str, str]:
    found: dict[str, str] = (
        json.loads(entries.read_text(encoding="utf-8")) if entries.exists() else {}
    )
    return found


def check_nothing_shown(screen: Terminal) -> None:
    """No hidden answer was on the screen."""
    assert not [text for text in HIDDEN if text in screen.shown], screen.shown


@pytest.mark.browser
def test_the_happy_way_ends_with_a_token(
    run: Run, upstox: Replica, entries: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked, compared, kept in file and keyring, checked, and logged in with."""
    account = upstox.account
    given = {
        **ANSWERS,
        "Mobile number": account.mobile,
        "PIN of the account": account.pin,
        "TOTP seed": account.totp_secret,
        "API key": account.client_id,
        "API secret": account.client_secret,
        "Redirect URI": account.redirect_uri,
        "Keep the secrets in the system's keyring": "",
    }
    for name in upstox.settings():
        if name != "UPSTOX_API_BASE_URL":
            monkeypatch.delenv(name)
    with run("--profile", "papa") as screen:
        for question, answer in given.items():
            screen.expect(question)
            if question.startswith("Does"):
                shown = re.search(r"The code is now (\d{3}) (\d{3}), for (\d+) s", screen.shown)
                assert shown is not None
                codes = pyotp.TOTP(account.totp_secret)
                now = [codes.at(int(time.time()) - ago) for ago in (0, 30)]
                assert shown[1] + shown[2] in now
            screen.type(answer)
        screen.expect("Kept in ")
        screen.answer("Log in now? [Y/n]", "y")
        assert screen.end() == 0, screen.shown
    assert "Logged in as" in screen.shown
    for secret in (account.mobile, account.pin, account.totp_secret, account.client_secret):
        assert secret not in screen.shown
    assert upstox.counts.pins == 1
    path = profile_file("papa")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text("utf-8")
    assert set(re.findall(r"^(UPSTOX_\w+)=", text, re.MULTILINE)) == {
        "UPSTOX_USERNAME_KEYRING",
        "UPSTOX_PIN_CODE_KEYRING",
        "UPSTOX_TOTP_SECRET_KEYRING",
        "UPSTOX_CLIENT_ID",
        "UPSTOX_CLIENT_SECRET_KEYRING",
        "UPSTOX_REDIRECT_URI",
    }
    assert account.pin in kept_in(entries).values()
    assert len(kept_in(entries)) == 4


WRONG = {
    "Mobile number": ("12345", "must be 10 digits"),
    "PIN of the account": ("12", "must be 4 to 6 digits"),
    "TOTP seed": ("not base32!", "must be base32"),
    "API key": ("a b", "must be letters, digits and signs of a plain keyboard"),
    "API secret": ("'quoted'", "is in quotes"),
    "Redirect URI": ("callback", "must be an absolute http or https address"),
}


@pytest.mark.browser
def test_every_wrong_answer_is_asked_again(run: Run) -> None:
    """The rule is told and the answer is not; nothing is kept before all are right."""
    with run("--file") as screen:
        for question, answer in ANSWERS.items():
            if question.startswith("Keep"):
                break
            wrong, rule = WRONG.get(question, ("n", "Then this is another seed"))
            if question.startswith("Does"):
                screen.answer(question, "")  # look again
                screen.answer(question, "n")
                screen.expect(rule)
                screen.answer("TOTP seed", SEED)
            else:
                told = {"": "must not be empty", wrong: rule}
                if answer in HIDDEN:
                    told["9\udcff"] = "cannot be read as text"
                for text, said in told.items():
                    screen.answer(question, text)
                    screen.expect(said)
            assert not Path(".env").exists()
            screen.answer(question, answer)
        screen.expect("Kept in ")
    check_nothing_shown(screen)
    assert Settings().secret("pin_code") == "024680"
    assert stat.S_IMODE(Path(".env").stat().st_mode) == 0o600


EVERY = [*ANSWERS]
SOME = ("Mobile number", "Does your phone show the same?")
# Asked once a browser was found.
LAST = pytest.param(EVERY[-1], marks=pytest.mark.browser)


@pytest.mark.parametrize(
    "question", [*SOME, LAST, *variants(*(each for each in EVERY[:-1] if each not in SOME))]
)
def test_ctrl_c_at_every_question_changes_nothing(
    question: str, run: Run, entries: Path, tmp_path: Path
) -> None:
    Path(".env").write_text("UPSTOX_PIN_CODE=9999\n", encoding="utf-8")
    with run() as screen:
        for each, answer in ANSWERS.items():
            screen.expect(each)
            if each == question:
                screen.press_ctrl_c()
                break
            screen.type(answer)
        assert screen.end() == 130, screen.shown
    assert re.search(r"\n(\x1b\S*m)?error:(\x1b\S*m)? Stopped by Ctrl-C\.", screen.shown)
    check_nothing_shown(screen)
    assert Path(".env").read_text(encoding="utf-8") == "UPSTOX_PIN_CODE=9999\n"
    assert kept_in(entries) == {}
    assert not (tmp_path / "state").exists()


@pytest.mark.variant
def test_ctrl_c_where_a_browser_could_be_installed(run: Run) -> None:
    with run(UPSTOX_BROWSER_PATH="/no/such/browser") as screen:
        for question, answer in ANSWERS.items():
            if not question.startswith("Keep"):
                screen.answer(question, answer)
        screen.expect("Install one now? [Y/n]")
        screen.press_ctrl_c()
        assert screen.end() == 130, screen.shown
    assert not Path(".env").exists()


def test_ctrl_c_before_something_is_removed(run: Run) -> None:
    Path(".env").write_text("UPSTOX_PIN_CODE=9999\n", encoding="utf-8")
    with run("--remove") as screen:
        screen.expect("Remove it? [y/N]")
        screen.press_ctrl_c()
        assert screen.end() == 130, screen.shown
    assert Path(".env").read_text(encoding="utf-8") == "UPSTOX_PIN_CODE=9999\n"


@pytest.mark.browser
def test_ctrl_c_before_the_first_login_keeps_the_settings(run: Run, upstox: Replica) -> None:
    """They are whole by then, and so is the check-up."""
    given = upstox.settings()
    Path("my.env").write_text(
        "".join(f"{name}='{value}'\n" for name, value in given.items()), encoding="utf-8"
    )
    before = Path("my.env").read_text(encoding="utf-8")
    with run("--env-file", "my.env") as screen:
        for question in ANSWERS:
            if not question.startswith(("Does", "Keep")):
                screen.answer(f"{question}", "")
        screen.expect("Log in now? [Y/n]")
        screen.press_ctrl_c()
        assert screen.end() == 130, screen.shown
    kept = Path("my.env").absolute()
    assert f"The settings are kept in {kept}; `upstox-browser-login login" in screen.shown
    assert Path("my.env").read_text(encoding="utf-8") == before
    assert upstox.counts.pins == 0


def test_one_setting_is_changed_and_the_others_stay(run: Run, entries: Path) -> None:
    Path(".env").write_text(
        "# mine\nUPSTOX_PIN_CODE=9999\nUPSTOX_CLIENT_ID=app\nOTHER=1\n", encoding="utf-8"
    )
    with run("UPSTOX_PIN_CODE", "--keyring") as screen:
        screen.answer("PIN of the account, 4 to 6 digits (Enter: as it is)", "024680")
        assert screen.end() == 0, screen.shown
    text = Path(".env").read_text(encoding="utf-8")
    assert re.fullmatch(
        r"# mine\nUPSTOX_CLIENT_ID=app\nOTHER=1\n"
        r"UPSTOX_PIN_CODE_KEYRING=upstox-browser-login:settings-\w{8}\n",
        text,
    )
    assert list(kept_in(entries).values()) == ["024680"]
    with run("pin_code") as screen:  # where it was
        screen.answer("PIN of the account", "1111")
        assert screen.end() == 0, screen.shown
    assert list(kept_in(entries).values()) == ["1111"]
    with run("pin_code") as screen:
        screen.answer("PIN of the account", "")
        assert screen.end() == 0, screen.shown
    assert list(kept_in(entries).values()) == ["1111"]
    with run("--remove") as screen:
        screen.answer("Remove them? [y/N]", "y")
        assert screen.end() == 0, screen.shown
    assert Path(".env").read_text(encoding="utf-8") == "# mine\nOTHER=1\n"
    assert kept_in(entries) == {}


def test_a_setting_that_is_not_needed_can_be_left_out(run: Run) -> None:
    """Enter alone ends the question; a wrong answer is asked again with its rule."""
    with run("timeout") as screen:
        screen.answer("UPSTOX_TIMEOUT (Enter: leave it out):", "soon")
        screen.expect("UPSTOX_TIMEOUT must be a number, 5 to 600.")
        screen.answer("UPSTOX_TIMEOUT (Enter: leave it out):", "")
        assert screen.end() == 0, screen.shown
    assert screen.shown.endswith("Nothing was changed.\n")
    assert not Path(".env").exists()


def test_what_is_kept_and_will_be_ignored_is_told(run: Run) -> None:
    """A `.env` that nobody has named says not where secrets of the keyring go."""
    Path(".env").write_text(
        "UPSTOX_PIN_CODE_KEYRING=upstox-browser-login:settings-x\n", encoding="utf-8"
    )
    with run("proxy", "--file") as screen:
        screen.answer("UPSTOX_PROXY (Enter: leave it out):", "http://proxy.example:3128")
        assert screen.end() == 0, screen.shown
    assert "UPSTOX_PROXY=http://proxy.example:3128" in Path(".env").read_text(encoding="utf-8")
    assert "warning: UPSTOX_PROXY of " in screen.shown
    assert "name the file with --env-file" in screen.shown


@pytest.mark.parametrize(
    ("name", "meant"),
    [("pincode", "UPSTOX_PIN_CODE"), ("API_KEY", "UPSTOX_CLIENT_ID"), ("wobble", None)],
)
def test_a_name_that_is_no_setting_is_told_with_the_likeliest(
    ask: Call, name: str, meant: str | None
) -> None:
    hint = ask("configure", name).object["error"]["hint"]
    rest = "`upstox-browser-login check-env` shows the names of all."
    assert hint == (rest if meant is None else f"{meant} may be meant; {rest}")


def test_without_a_terminal_it_says_what_to_set(ask: Call) -> None:
    done = ask("configure")
    assert (done.status, done.code) == (2, "USAGE")
    assert "UPSTOX_USERNAME, UPSTOX_PIN_CODE, UPSTOX_TOTP_SECRET" in done.object["error"]["hint"]
    done = ask("configure", "--profile", "papa")
    assert f" in {profile_file('papa')}." in done.object["error"]["hint"]
    done = ask("configure", "no-such-setting")
    assert done.status == 2
    assert "check-env` shows the names" in done.object["error"]["hint"]
    assert not Path(".env").exists()


def test_remove_without_a_terminal(call: Call, ask: Call) -> None:
    Path(".env").write_text("UPSTOX_PIN_CODE=9999\nUPSTOX_CLIENT_ID=app\n", encoding="utf-8")
    assert call("configure", "--remove").status == 2
    assert ask("configure", "pin_code", "--remove", "--yes").data["removed"] == ["UPSTOX_PIN_CODE"]
    assert Path(".env").read_text(encoding="utf-8") == "UPSTOX_CLIENT_ID=app\n"
    assert call("configure", "--remove", "--yes").status == 0
    assert not Path(".env").exists()
    assert call("configure", "--remove", "--yes").status == 0


def test_nothing_is_asked_that_could_not_be_kept(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with run("--env-file", str(tmp_path / "file" / "x.env")) as screen:
        assert screen.end() == 11, screen.shown
    assert "Mobile number" not in screen.shown


def test_nothing_is_asked_where_the_keyring_that_is_wanted_cannot_be_used(run: Run) -> None:
    with run("--keyring", PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring") as screen:
        assert screen.end() == 3, screen.shown
    assert "The keyring is missing" in screen.shown
    assert "Mobile number" not in screen.shown
