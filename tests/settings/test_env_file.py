"""The env file: read once, as text, whatever it is."""

from __future__ import annotations

import codecs
import logging
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from upstox_browser_login.cli.run import main
from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.session import get_token
from upstox_browser_login.settings import (
    NEEDED_FOR_LOGIN,
    Settings,
    check,
    profile_file,
    read_env_file,
    variable,
)

from .conftest import VALUES

TEXT = "UPSTOX_PIN_CODE=0042\nUPSTOX_TIMEOUT=90\n"


def served(path: Path, text: str) -> threading.Thread:
    """Hand `text` out to the first who reads the pipe, and to nobody else."""
    if sys.platform == "win32":
        pytest.skip("pipes have no names there")
    os.mkfifo(path)
    thread = threading.Thread(target=path.write_text, args=(text, "utf-8"), daemon=True)
    thread.start()
    return thread


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have no names there")
@pytest.mark.parametrize("call", [Settings, check])
def test_a_pipe_is_read_once(call: type[Settings], tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    thread = served(path, TEXT)
    found = call(env_file=path)
    thread.join(60)
    if isinstance(found, Settings):
        assert (found.secret("pin_code"), found.timeout) == ("0042", 90)
    else:
        assert {each.name for each in found if each.state == "set"} == {  # type: ignore[unreachable]
            "UPSTOX_PIN_CODE",
            "UPSTOX_TIMEOUT",
        }


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="open files have no names there")
def test_process_substitution(tmp_path: Path) -> None:
    """`--env-file <(pass show upstox)` is a path like /dev/fd/63; so is /dev/stdin."""
    del tmp_path
    reading, writing = os.pipe()
    os.write(writing, TEXT.encode())
    os.close(writing)
    assert Settings(env_file=f"/dev/fd/{reading}").secret("pin_code") == "0042"
    os.close(reading)


@pytest.mark.parametrize("path", [".env", "mine.env"])
def test_a_folder_in_its_place(path: str) -> None:
    """Docker makes one where the file to mount does not exist."""
    Path(path).mkdir()
    with pytest.raises(ConfigurationError, match=r"\.env is a folder\.") as caught:
        Settings(env_file=None if path == ".env" else path)
    assert caught.value.exit_code == 3
    assert str(Path(path).absolute()) in caught.value.message
    assert "Docker" in caught.value.hint


def test_a_virtual_environment_of_that_name_is_no_env_file() -> None:
    Path(".env").mkdir()
    Path(".env/pyvenv.cfg").touch()
    assert Settings().username is None


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF8, "utf-8"),
    ],
)
def test_other_encodings_are_read_by_their_mark(
    mark: bytes, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PowerShell 5 writes UTF-16, the older Notepad a mark before UTF-8."""
    Path(".env").write_bytes(mark + TEXT.replace("\n", "\r\n").encode(encoding))
    assert (Settings().secret("pin_code"), Settings().timeout) == ("0042", 90)
    Path("secret").write_bytes(mark + "hunter2 for Zoë\r\n".encode(encoding))
    monkeypatch.setenv("UPSTOX_PASSWORD_FILE", "secret")
    assert Settings().secret("password") == "hunter2 for Zoë"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"A=1\r\nUPSTOX_PIN_CODE=00\x0042\r\n", "line 2 of it has NUL bytes"),
        (TEXT.encode("utf-16-le"), "line 1 of it has NUL bytes"),
        (b"A=1\nB=2\nNAME=Zo\xeb\n", "line 3 of it is not UTF-8 text"),
        (codecs.BOM_UTF16_LE + b"A\0=", "line 1 of it is not UTF-8, and not whole UTF-16 text"),
    ],
)
def test_what_is_no_text_is_named_by_its_line(
    data: bytes, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("mine.env").write_bytes(data)
    with pytest.raises(ConfigurationError) as caught:
        Settings(env_file="mine.env")
    assert f"mine.env cannot be read: {reason}" in caught.value.message
    monkeypatch.setenv("UPSTOX_PASSWORD_FILE", "mine.env")
    with pytest.raises(ConfigurationError) as caught:
        Settings()
    assert f"UPSTOX_PASSWORD_FILE names cannot be read: {reason}" in caught.value.message


def test_a_key_that_is_set_twice(caplog: pytest.LogCaptureFixture) -> None:
    Path(".env").write_text(
        "\n# mine\nUPSTOX_PIN_CODE=0042\nexport UPSTOX_TIMEOUT=90\nUPSTOX_PASSWORD=\n\n"
        "upstox_pin_code=0043\nUPSTOX_PASSWORD=correct horse\n",
        "utf-8",
    )
    assert Settings().secret("pin_code") == "0043"
    (line,) = caplog.messages
    assert line == (
        f"UPSTOX_PIN_CODE is set twice in {Path('.env').absolute()}, in lines 3 and 7; "
        "the last one counts."
    )


def test_a_line_that_cannot_be_understood(caplog: pytest.LogCaptureFixture) -> None:
    Path(".env").write_text("UPSTOX_PIN_CODE=0042\n\n='hunter2\n", "utf-8")
    assert Settings().secret("pin_code") == "0042"
    (line,) = caplog.messages
    assert line == f"Line 3 of {Path('.env').absolute()} cannot be understood, and is left out."


def test_a_broken_line_of_something_else_is_left_out() -> None:
    Path(".env").write_text('FOO="bar\nUPSTOX_PIN_CODE=0042\n', "utf-8")
    found = read_env_file(None, None)
    assert dict(found.variables) == {"UPSTOX_PIN_CODE": "0042"}
    assert len(found.notices) >= 1


@pytest.mark.parametrize("line", ['UPSTOX_PIN_CODE="1234', "export upstox_pin_code='1234"])
def test_a_setting_whose_line_cannot_be_read_gives_way_to_no_older_value(line: str) -> None:
    """A person who has just changed the PIN would have the old one sent."""
    Path(".env").write_text(f"UPSTOX_PIN_CODE=0042\n{line}\n", "utf-8")
    with pytest.raises(ConfigurationError, match=r"UPSTOX_PIN_CODE: cannot be read; .* line 2"):
        Settings()


# -- ${…} ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("UPSTOX_PASSWORD='pa${x}ss'", "pa${x}ss"),
        ("export UPSTOX_PASSWORD = 'pa${THERE}ss'", "pa${x}ss".replace("x", "THERE")),
        ('UPSTOX_PASSWORD="pa${THERE}ss"', "pa-here-ss"),
        ("UPSTOX_PASSWORD=pa${EARLIER}ss", "pa-above-ss"),
        ("UPSTOX_PASSWORD=pa${x:-}ss", "pass"),
        ("UPSTOX_PASSWORD=pa$THERE-ss", "pa$THERE-ss"),
    ],
)
def test_references_to_variables(line: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THERE", "-here-")
    Path(".env").write_text(f"EARLIER=-above-\n{line}\n", "utf-8")
    assert Settings().secret("password") == value


@pytest.mark.parametrize("name", ["PASSWORD", "CLIENT_SECRET", "TIMEOUT", "PIN_CODE_FILE"])
def test_a_reference_to_nothing(name: str) -> None:
    """It would be left out, and the rest sent as the secret. Its name may be a piece of one."""
    Path(".env").write_text(f"UPSTOX_{name}=pa${{hunter2}}ss\n", "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        Settings()
    assert "has a ${…} of a variable that is not set" in caught.value.message
    assert f"UPSTOX_{name.removesuffix('_FILE')}" in caught.value.message
    assert "hunter2" not in str(caught.value)


def test_the_env_file_is_known_by_its_full_path() -> None:
    assert read_env_file(None, None).path == Path.cwd() / ".env"
    assert not read_env_file(None, None).chosen
    with pytest.raises(ConfigurationError) as caught:
        Settings(env_file="not-here.env")
    assert f"The env file {Path.cwd() / 'not-here.env'} does not exist." in caught.value.message
    path = Path.cwd() / "not-here.env"
    assert f"`upstox-browser-login configure --env-file {path}`" in caught.value.hint


def test_nothing_of_a_value_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    Path(".env").write_text(
        "UPSTOX_PASSWORD=hunter2a\nUPSTOX_PASSWORD=hunter2b\n'hunter2\n", encoding="utf-8"
    )
    assert Settings().secret("password") == "hunter2b"
    assert "hunter2" not in caplog.text


# -- what can be read once -------------------------------------------------------------------------


PIPE = (
    "UPSTOX_USERNAME=9876501234\nUPSTOX_CLIENT_ID=an-app\nUPSTOX_CLIENT_SECRET=r3pl1cas3cret\n"
    "UPSTOX_REDIRECT_URI=https://a.example/\nUPSTOX_PIN_CODE=0042\n"
)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have no names there")
@pytest.mark.timeout(30)
def test_a_token_is_asked_for_with_one_reading_of_a_pipe(tmp_path: Path) -> None:
    """By the look-up, by the login that follows, and by the next call. A second would hang."""
    thread = served(Path(".env"), f"{PIPE}UPSTOX_STATE_DIR={tmp_path / 'state'}\n")
    for _ in range(2):
        with pytest.raises(ConfigurationError) as caught:
            get_token()
        assert caught.value.message == "UPSTOX_TOTP_SECRET is not set."
    thread.join(60)


@pytest.fixture
def pin_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """`UPSTOX_PIN_CODE_FILE=/dev/fd/63`, as a shell hands it over."""
    reading, writing = os.pipe()
    os.write(writing, b"0042\n")
    os.close(writing)
    monkeypatch.setenv("UPSTOX_PIN_CODE_FILE", f"/dev/fd/{reading}")
    yield
    os.close(reading)


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="open files have no names there")
@pytest.mark.usefixtures("pin_in_a_pipe")
def test_a_token_is_asked_for_with_one_reading_of_name_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UPSTOX_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("UPSTOX_USERNAME", "9876501234")
    monkeypatch.setenv("UPSTOX_CLIENT_ID", "an-app")
    for _ in range(2):
        with pytest.raises(ConfigurationError) as caught:
            get_token()
        assert caught.value.message == (
            "UPSTOX_TOTP_SECRET, UPSTOX_CLIENT_SECRET, UPSTOX_REDIRECT_URI are not set."
        )


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="open files have no names there")
@pytest.mark.usefixtures("pin_in_a_pipe")
def test_check_env_reads_name_file_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in NEEDED_FOR_LOGIN:
        if name != "pin_code":
            monkeypatch.setenv(variable(name), VALUES[name])
    monkeypatch.setenv("UPSTOX_STATE_DIR", str(tmp_path / "state"))
    assert main(["check-env"]) == 0, capsys.readouterr()


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX's")
@pytest.mark.parametrize(
    ("mode", "text", "told"),
    [
        (0o644, "UPSTOX_PIN_CODE=024680\n", True),
        (0o602, "UPSTOX_CLIENT_SECRET=abcdef\n", True),
        (0o640, "UPSTOX_PIN_CODE=024680\n", False),
        (0o600, "UPSTOX_PIN_CODE=024680\n", False),
        (0o644, "UPSTOX_USERNAME=9876501234\n", False),
    ],
)
def test_credentials_that_others_may_read_are_warned_of(
    mode: int, text: str, told: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """Once, with the command that closes the file."""
    path = Path("my own.env").absolute()
    path.write_text(text)
    path.chmod(mode)
    Settings(env_file=path)
    assert caplog.text.count(f"chmod 600 '{path}'") == told


def test_a_pipe_and_a_file_that_was_mounted_are_not_warned_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody here can close what the administrator has mounted, and a pipe is no file."""
    if sys.platform == "win32":
        pytest.skip("modes of files are POSIX's")
    text = "UPSTOX_PIN_CODE=024680\n"
    served(Path("pipe"), text)
    Path("pipe").chmod(0o644)
    assert read_env_file("pipe", None).notices == ()
    Path("mounted").write_text(text, encoding="utf-8")
    Path("mounted").chmod(0o444)
    assert len(read_env_file("mounted", None).notices) == 1
    own = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: own + 1)
    assert read_env_file("mounted", None).notices == ()


def test_env_file_is_the_one_of_the_current_folder() -> None:
    Path(".env").write_text("export UPSTOX_PIN_CODE='0042' # mine\n", encoding="utf-8")
    Path("other.env").write_text("UPSTOX_PIN_CODE=0043\n", encoding="utf-8")
    assert Settings().secret("pin_code") == "0042"
    assert Settings(env_file="other.env").secret("pin_code") == "0043"
    assert Settings(env_file=Path("other.env").absolute()).username is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "does not exist"), (b"\xff\xfe\x00", "not UTF-8"), ("folder", "is a folder")],
)
def test_env_file_that_cannot_be_read(content: bytes | str | None, reason: str) -> None:
    path = Path("mine.env")
    if content == "folder":
        path.mkdir()
    elif isinstance(content, bytes):
        path.write_bytes(content)
    for call in (Settings, check):
        with pytest.raises(ConfigurationError, match=reason) as caught:
            call(env_file=path)
        assert "mine.env" in str(caught.value)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_env_file_that_may_not_be_read() -> None:
    path = Path("mine.env")
    path.touch(mode=0)
    with pytest.raises(ConfigurationError, match="Permission denied"):
        Settings(env_file=path)


def test_profile_replaces_the_env_file() -> None:
    Path(".env").write_text("UPSTOX_PIN_CODE=0042\nUPSTOX_TIMEOUT=90\n", encoding="utf-8")
    path = profile_file("second")
    path.parent.mkdir(parents=True)
    path.write_text("UPSTOX_PIN_CODE=0043\n")
    found = Settings(profile="second")
    assert found.secret("pin_code") == "0043"
    assert found.timeout == 60
    assert found.profile == "second"
    assert Settings().profile is None


def test_profile_is_no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """It chooses the file that the variables stand in."""
    monkeypatch.setenv("UPSTOX_PROFILE", "second")
    assert Settings().profile is None


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "x" * 65, "a\0", "a b"])
def test_names_that_are_no_profile(name: str) -> None:
    with pytest.raises(ConfigurationError, match="profile's name"):
        Settings(profile=name)


def test_profile_that_does_not_exist() -> None:
    with pytest.raises(ConfigurationError, match="does not exist"):
        Settings(profile="nobody")


@pytest.mark.parametrize(
    ("file", "profile", "options"),
    [
        ("no.env", None, "--env-file {}"),
        ("no.env", "papa", "--env-file {} --profile papa"),
        (None, "papa", "--profile papa"),
    ],
)
def test_the_command_that_writes_a_missing_file_is_told(
    file: str | None, profile: str | None, options: str
) -> None:
    """With both options it is the named file that is read, and so it is the one to write."""
    with pytest.raises(ConfigurationError) as caught:
        read_env_file(file, profile)
    command = f"configure {options.format(Path('no.env').absolute())}`"
    assert command in caught.value.hint
