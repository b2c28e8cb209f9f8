"""One variable of an env file changes, and nothing else does."""

from __future__ import annotations

import codecs
import errno
import io
import os
import stat
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import filelock
import pytest
from dotenv import dotenv_values
from dotenv.parser import parse_stream
from hypothesis import example, given
from hypothesis import strategies as st

from upstox_browser_login.errors import StoreError
from upstox_browser_login.files import dotenv
from upstox_browser_login.files.dotenv import (
    _only_change,
    change_privately,
    check_writable,
    is_up_to_date,
    line,
    set_variable,
    without_variable,
    write_variable,
)

NAME = "access_token"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "access_token=new\n"),
        ("A=1", "A=1\naccess_token=new\n"),
        ("A=1\r\n", "A=1\r\naccess_token=new\r\n"),
        ("A=1\r\nB=2", "A=1\r\nB=2\r\naccess_token=new\r\n"),
        ("access_token=old", "access_token=new"),
        ("access_token=old\nB=2\n", "access_token=new\nB=2\n"),
        ("access_token=old\r\nB=2\r\n", "access_token=new\r\nB=2\r\n"),
        ("access_token=\nB=2\n", "access_token=new\nB=2\n"),
        ("access_token=   # none yet\n", "access_token=   new # none yet\n"),
        ("access_token\nB=2\n", "access_token=new\nB=2\n"),
        ("access_token = old\n", "access_token = new\n"),
        ("export access_token=old\n", "export access_token=new\n"),
        ("  export  access_token='old'\n", "  export  access_token='new'\n"),
        ('access_token="old"  # of Monday\n', 'access_token="new"  # of Monday\n'),
        ("access_token='old'# of Monday\n", "access_token='new'# of Monday\n"),
        ("access_token=old # of Monday\n", "access_token=new # of Monday\n"),
        ("access_token='it\\'s old'\n", "access_token='new'\n"),
        ("access_token='two\nlines'\nB=2\n", "access_token='new'\nB=2\n"),
        ("'access_token'=old\n", "'access_token'=new\n"),
        (
            "access_token=a\nB=2\naccess_token=b\n",
            "access_token=new\nB=2\naccess_token=new\n",
        ),
        ("# access_token=old\n", "# access_token=old\naccess_token=new\n"),
        ("my_access_token=x\n", "my_access_token=x\naccess_token=new\n"),
        ("ACCESS_TOKEN=x\n", "ACCESS_TOKEN=x\naccess_token=new\n"),
        (
            "B='first\naccess_token=inside\nlast'\n",
            "B='first\naccess_token=inside\nlast'\naccess_token=new\n",
        ),
        ("B='not closed\n", "B='not closed\naccess_token=new\n"),
        ("'not closed", "'not closed\naccess_token=new\n"),
        ("\ufeffaccess_token=old\n", "\ufeffaccess_token=new\n"),
        ("\n\n# c\n\naccess_token=old\n\n# d\n", "\n\n# c\n\naccess_token=new\n\n# d\n"),
    ],
)
def test_only_the_value_changes(before: str, after: str) -> None:
    assert set_variable(before, NAME, "new") == after


def test_a_setting_in_another_case_does_not_stay_beside_the_new_one() -> None:
    """Settings are read in any case, and the last one counts. Other variables are others."""
    before = "upstox_pin_code=1111\nUPSTOX_PIN_CODE=2222\nUpstox_Pin_Code=3333\n"
    assert set_variable(before, "UPSTOX_PIN_CODE", "4444") == "UPSTOX_PIN_CODE=4444\n"
    before = "upstox_pin_code=1111\nB=1\n"
    assert set_variable(before, "UPSTOX_PIN_CODE", "4444") == "B=1\nUPSTOX_PIN_CODE=4444\n"
    before = "ACCESS_TOKEN=of-another-program\n"
    assert set_variable(before, "access_token", "x") == f"{before}access_token=x\n"


def test_an_open_quote_swallows_nothing() -> None:
    assert set_variable("B='open\n", NAME, "it's") == "access_token='it\\'s'\nB='open\n"
    with pytest.raises(ValueError, match="not closed"):
        set_variable("B='open\naccess_token=x\n", NAME, "it's")


@pytest.mark.parametrize("broken", ['access_token="024680', "export access_token='x", "A=b"])
def test_a_line_that_cannot_be_read_is_removed_by_its_name(broken: str) -> None:
    """A secret whose quote was left open would stay where somebody has asked to remove it."""
    kept = broken if broken == "A=b" else ""
    assert without_variable(f"B=1\n{broken}", "ACCESS_TOKEN") == f"B=1\n{kept}"


def test_quotes_where_they_are_needed() -> None:
    assert line(NAME, "a.b-c_d=") == "access_token=a.b-c_d="
    assert line(NAME, "it's #1") == "access_token='it\\'s #1'"
    assert set_variable('access_token="x"\n', NAME, 'say "hi"') == ('access_token="say \\"hi\\""\n')
    for value in ("two\nlines", "nul\0", "\x7f"):
        with pytest.raises(ValueError, match="printable"):
            line(NAME, value)


NAMES = st.sampled_from([NAME, "A", "B_2", "ACCESS_TOKEN"])
LINES = st.one_of(
    st.builds(
        "{}{}{}{}{}".format,
        st.sampled_from(["", "export ", "  "]),
        NAMES,
        st.sampled_from(["=", " = ", "= ", "=\t", ""]),
        st.sampled_from(
            [
                "",
                "x",
                "a b",
                "'q'",
                '"d"',
                "'it\\'s'",
                '"a\\"b"',
                "'two\nlines'",
                "a#b",
                "'open",
                '"',
            ]
        ),
        st.sampled_from(["", " ", " # note", "#note", "  #"]),
    ),
    st.sampled_from(["", "# access_token=no", "   ", "=x", "ä=ö"]),
    st.text(alphabet="abcA=_'\"# \\\t${}", max_size=12),
)
FILES = st.builds(
    lambda lines, end, last: end.join(lines) + (end if last else ""),
    st.lists(LINES, max_size=6),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
# python-dotenv expands `${…}` in what it reads, even between quotes.
VALUES = st.one_of(
    st.from_regex(r"[A-Za-z0-9_\-.]{1,40}", fullmatch=True),
    st.text(
        alphabet=st.characters(exclude_categories=("C", "Z"), exclude_characters="$"), max_size=20
    ),
    st.text(alphabet="ab'\"\\# ", max_size=8),
)


def _others(text: str) -> list[str]:
    bindings = parse_stream(io.StringIO(text, newline=""))
    # Blank lines count to the one that follows them; the last line may gain an end.
    others = [each.original.string.strip() for each in bindings if each.key != NAME or each.error]
    return [each for each in others if each]


def _values(text: str) -> dict[str, str | None]:
    return dotenv_values(stream=io.StringIO(text, newline=""), interpolate=False)


@given(FILES, VALUES)
@example("access_token=x'\n", "y")
@example("access_token='a'b\n", "y")
@example("access_token= #x", "")
@example("'open\nB=1", "y")
def test_any_file_and_any_value(text: str, value: str) -> None:
    try:
        after = set_variable(text, NAME, value)
    except ValueError:
        # A quote that is left open would swallow what comes behind it.
        assert any(each.error for each in parse_stream(io.StringIO(text, newline="")))
        return
    assert _values(after).get(NAME) == value
    before, now = _values(text), _values(after)
    before.pop(NAME, None)
    now.pop(NAME)
    assert now == before
    assert _others(after) == _others(text)
    assert set_variable(after, NAME, value) == after


def test_whether_a_file_has_the_value_already(tmp_path: Path) -> None:
    path = tmp_path / "a.env"
    assert not is_up_to_date(path, NAME, "one")
    path.write_text("A=1\nexport access_token='one' # mine\n", "utf-8")
    assert is_up_to_date(path, NAME, "one")
    assert not is_up_to_date(path, NAME, "two")
    with pytest.raises(StoreError):
        is_up_to_date(tmp_path, NAME, "one")


def test_writing_is_whole_and_private(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "a.env"
    assert not write_variable(path, NAME, "one")
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        path.chmod(0o644)
        assert write_variable(path, NAME, "two")
        assert stat.S_IMODE(path.stat().st_mode) == 0o644
    write_variable(path, NAME, "three")
    assert path.read_text("utf-8") == "access_token=three\n"
    assert [each.name for each in path.parent.iterdir()] == ["a.env"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read all")
def test_a_file_in_a_folder_that_is_closed(tmp_path: Path) -> None:
    """Whether a folder stands in its place cannot be seen either."""
    (tmp_path / "closed").mkdir(mode=0)
    for action in (check_writable, lambda path: write_variable(path, NAME, "new")):
        with pytest.raises(StoreError, match="Permission denied") as caught:
            action(tmp_path / "closed" / "a.env")
        assert "Let this user read and write" in caught.value.hint


def test_the_owner_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root writes the file of a service: the service must still be able to read it."""
    path = tmp_path / "a.env"
    path.write_text("access_token=old\n", "utf-8")
    given: list[tuple[int, int]] = []
    if sys.platform != "win32" and os.geteuid() == 0:
        os.chown(path, 1234, 2345)
        path.chmod(0o640)
    else:
        monkeypatch.setattr(os, "fchown", lambda _, *owner: given.append(owner), raising=False)
    before = path.stat()
    assert write_variable(path, NAME, "new") is bool(before.st_mode & 0o077 and os.name == "posix")
    after = path.stat()
    assert path.read_text("utf-8") == "access_token=new\n"
    assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)
    assert after.st_mode == before.st_mode
    assert given in ([], [(before.st_uid, before.st_gid)])
    assert given or before.st_uid == 1234, "it was asked for, where only root may do it"


def test_an_owner_that_cannot_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file stays as it was: whom it is for could not read another's."""

    def fchown(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "fchown", fchown, raising=False)
    path = tmp_path / "a.env"
    assert not write_variable(path, NAME, "old"), "a new file has no owner to keep"
    with pytest.raises(StoreError, match="Operation not permitted") as caught:
        write_variable(path, NAME, "new")
    assert caught.value.code == "STORE_UNWRITABLE"
    assert path.read_text("utf-8") == "access_token=old\n"
    assert [each.name for each in tmp_path.iterdir()] == ["a.env"]


CHANGES = {
    "write": partial(write_variable, name=NAME, value="new"),
    "configure": partial(change_privately, changes={NAME: "new"}),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_another_process_changes_meanwhile_stays(
    change: Callable[[Path], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits from the reading on, or would write back what stood there before."""
    path = tmp_path / "a.env"
    path.write_text("A=1\n", "utf-8")
    (tmp_path / "link.env").symlink_to(path)
    read, acquire, waits = Path.read_bytes, filelock.FileLock.acquire, threading.Event()

    def reads(self: Path) -> bytes:
        """Let another one change the file now, until it is done or waits."""
        data = read(self)
        if self == path and other.ident is None:
            other.start()
            assert waits.wait(60)
        return data

    def asks(self: filelock.FileLock, timeout: float) -> object:
        if threading.current_thread() is other and timeout > 0:
            waits.set()
        return acquire(self, timeout)

    def writes() -> None:
        write_variable(path, "B", "2")
        waits.set()

    other = threading.Thread(target=writes)
    monkeypatch.setattr(Path, "read_bytes", reads)
    monkeypatch.setattr(filelock.FileLock, "acquire", asks)
    change(tmp_path / "link.env")
    other.join(60)
    assert dotenv_values(path) == {"A": "1", "B": "2", NAME: "new"}


def test_a_file_that_another_process_keeps_is_no_reason_to_wait_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dotenv, "CHANGE_SECONDS", 0.0)
    path = tmp_path / "a.env"
    with _only_change(path), pytest.raises(StoreError, match="another process is changing it"):
        write_variable(path, NAME, "new")
    assert not path.exists()


def test_a_user_who_can_have_no_lock_changes_the_file_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "no folder"
    closed.write_bytes(b"")
    for folder in (None, closed):
        monkeypatch.setattr(dotenv, "default_state_folder", lambda folder=folder: folder)
        write_variable(tmp_path / "a.env", NAME, f"for {folder}")
        assert is_up_to_date(tmp_path / "a.env", NAME, f"for {folder}")


def test_bytes_that_are_no_text_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.env"
    path.write_bytes(b"NAME=Zo\xeb\r\naccess_token=old\r\n")
    write_variable(path, NAME, "new")
    assert path.read_bytes() == b"NAME=Zo\xeb\r\naccess_token=new\r\n"


@pytest.mark.skipif(os.name != "posix", reason="links need rights there")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.env").write_text("access_token=old\n", "utf-8")
    (tmp_path / "link.env").symlink_to("real.env")
    write_variable(tmp_path / "link.env", NAME, "new")
    assert (tmp_path / "link.env").is_symlink()
    assert (tmp_path / "real.env").read_text("utf-8") == "access_token=new\n"


def test_what_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        write_variable(tmp_path, NAME, "x")
    assert caught.value.hint == f"{tmp_path} is a folder: name a file."
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(StoreError):
        write_variable(tmp_path / "file" / "a.env", NAME, "x")


@pytest.mark.skipif(os.name != "posix", reason="there are no such files")
def test_what_is_no_ordinary_file_stays_what_it_is(tmp_path: Path) -> None:
    """Root may replace /dev/null by a file, and a pipe would be waited for."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    link = tmp_path / "link"
    link.symlink_to(pipe)
    for path in (pipe, link):
        for change in (
            partial(write_variable, path, NAME, "x"),
            partial(change_privately, path, {NAME: "x"}),
            partial(check_writable, path),
        ):
            with pytest.raises(StoreError, match="no ordinary file") as caught:
                change()
            assert caught.value.code == "STORE_UNWRITABLE"
    assert pipe.is_fifo()


def test_a_full_disk_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(_descriptor: int, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", write)
    with pytest.raises(StoreError) as caught:
        write_variable(tmp_path / "a.env", NAME, "x")
    assert caught.value.hint == "Free some space on that disk, then run again."


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF8, "utf-8"),
    ],
)
def test_the_encoding_stays(mark: bytes, encoding: str, tmp_path: Path) -> None:
    """PowerShell's own is UTF-16: a line in UTF-8 behind it would be rubbish to every reader."""
    path = tmp_path / "a.env"
    for before, after in (
        ("NAME=Zoë\r\naccess_token=old\r\n", "NAME=Zoë\r\naccess_token=new\r\n"),
        ("NAME=Zoë\r\n", "NAME=Zoë\r\naccess_token=new\r\n"),
    ):
        path.write_bytes(mark + before.encode(encoding))
        write_variable(path, NAME, "new")
        assert path.read_bytes() == mark + after.encode(encoding)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("A=1\naccess_token=old\n".encode("utf-16-le"), "line 1 of it has NUL bytes"),
        (b"A=1\nB=\0\n", "line 2 of it has NUL bytes"),
        (codecs.BOM_UTF16_LE + b"A\0=", "not whole utf-16-le text"),
    ],
)
def test_a_file_of_no_encoding_is_left_alone(data: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "a.env"
    path.write_bytes(data)
    with pytest.raises(StoreError, match=reason):
        write_variable(path, NAME, "new")
    assert path.read_bytes() == data


def test_links_in_a_circle_are_told_as_such(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.symlink_to(second)
    second.symlink_to(first)
    with pytest.raises(StoreError, match="cannot be read"):
        write_variable(first, "NAME", "value")
