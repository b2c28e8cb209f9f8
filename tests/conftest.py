"""Every test starts on a clean machine: no UPSTOX_ variables, a home of its own."""

from __future__ import annotations

import gc
import os
import re
import shutil
from collections.abc import Generator, Iterator
from importlib import import_module
from itertools import count
from pathlib import Path

import pytest
from hypothesis.internal.conjecture import providers

from tests.harness import Desk, hand_no_ignored_signal_on
from tests.matrix.broken import certificates
from tests.matrix.summary import note_recognition, pytest_terminal_summary
from tests.needs_browser import mark_by_fixtures, no_unmarked_browser
from tests.shared_browser import SharedBrowser, one_browser
from upstox_browser_login.browser import launch
from upstox_browser_login.evidence import record
from upstox_browser_login.redaction import redactor
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import TraceMode

__all__ = ["no_unmarked_browser", "pytest_terminal_summary"]  # found here by pytest

ROOT = Path(__file__).parent.parent

# Asked before HOME is changed: Playwright keeps its browsers below it.
_BROWSERS = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or str(
    Path("~/.cache/ms-playwright").expanduser()
)


def _is_thorough(config: pytest.Config) -> bool:
    """Whether this is `make test-all`."""
    return bool(config.getoption("hypothesis_profile") == "thorough")


def pytest_configure(config: pytest.Config) -> None:
    """Let Hypothesis find no values in our sources: each process would read all of them for that.

    That takes seconds, and is left to `make test-all`.
    """
    if not _is_thorough(config) and hasattr(providers, "is_local_module_file"):
        # By its name: mypy takes no assignment to what a module has from another.
        setattr(providers, "is_local_module_file", lambda _path: False)  # noqa: B010


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests before pytest picks those that `-m` names."""
    mark_by_fixtures(items)
    note_recognition(items)


def pytest_collection_finish() -> None:
    """Thousands of tests and all modules stay: whoever looks for garbage need not look there."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def ordinary_signals() -> None:
    """In the process that runs the tests; pytest's own helpers go on ignoring what they ignore."""
    hand_no_ignored_signal_on()


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Names of folders: for each that pytest numbers itself it looks at all that are there."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def clean_machine(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("UPSTOX_", "XDG_")):
            monkeypatch.delenv(name)
    home = next(homes)
    home.mkdir()
    # The names of a home folder, of Windows too, and that by which platformdirs is told there.
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", _BROWSERS)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(home)


@pytest.fixture(scope="session")
def driver_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("driver-cache")


@pytest.fixture(autouse=True)
def compiled_once(driver_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Share what was compiled of driver and patterns: each test's own state folder is empty."""
    for user in (launch, import_module("upstox_browser_login.session.login")):
        monkeypatch.setattr(user, "compiled_folder", lambda _state: driver_cache)


@pytest.fixture(autouse=True)
def unhurried_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser on a busy machine answers late, and evidence without a picture looks incomplete."""
    monkeypatch.setattr(record, "ITEM_SECONDS", 5.0)


@pytest.fixture(autouse=True)
def forgetful_redactor() -> None:
    """The redactor of a process never forgets; one test's secrets are not the next one's."""
    redactor.forget()


_REPORT = pytest.StashKey[pytest.TestReport]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[_REPORT] = report
    return report


@pytest.fixture
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """A user's machine. The evidence of a failed test goes to `traces/`, where CI finds it.

    `make test-all`, which CI runs, has evidence of every login that fails.
    """
    trace: TraceMode = "on-failure" if _is_thorough(request.config) else "off"
    desk = Desk(tmp_path / "desk", trace=trace)
    yield desk
    report = request.node.stash.get(_REPORT, None)
    if report is not None and report.failed:
        name = re.sub(r"[^\w=.-]+", "-", request.node.name)
        for folder in desk.evidence:
            shutil.copytree(folder, ROOT / "traces" / f"{name}-{folder.name}", dirs_exist_ok=True)


@pytest.fixture
def replica(desk: Desk, request: pytest.FixtureRequest) -> Iterator[Replica]:
    """A replica on the desk's clock. `indirect` parameters name its scenarios."""
    scenarios = getattr(request, "param", ())
    with Replica(*scenarios, clock=desk.clock.time) as served:
        yield served


@pytest.fixture(scope="session")
def shared_browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedBrowser]:
    """A browser for all logins that are about something else.

    The fault matrix has servers with TLS: the browser is told which certificate is good.
    """
    args = certificates().argument
    with one_browser(tmp_path_factory.mktemp("browser"), args) as shared:
        yield shared


@pytest.fixture
def sharing(shared_browser: SharedBrowser, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let this test's logins use the shared browser, where they would have started its like."""
    before = set(shared_browser.contexts)
    shared_browser.install(monkeypatch, always=True)
    yield
    left = shared_browser.left_open(beside=before)
    assert left == [], "a login has left its pages open"
