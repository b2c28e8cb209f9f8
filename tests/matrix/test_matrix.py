"""The matrix: each row's cells run side by side, and each is checked by the same rules."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.harness import files_below, leaks_in, variants
from tests.shared_browser import SharedBrowser, use_temporary
from upstox_browser_login.errors import Step
from upstox_browser_login.page import timing
from upstox_browser_login.page.pattern import Pattern
from upstox_browser_login.page.states import screens as known
from upstox_browser_login.page.states.fields import PURPOSES

from . import broken, cells, table
from .cells import Cell
from .faults import FAULTS
from .sampled import sampling
from .stages import REACH, Row, rows, stages


def cells_of(row: Row) -> list[Cell]:
    """The cells of a row; every fourth with evidence, which costs half as much again."""
    place = rows().index(row)
    return [
        Cell(row, fault, "off" if (place + number) % 4 else "on-failure")
        for number, fault in enumerate(FAULTS)
        if not fault.left_out(row)
    ]


ALIKE = (("disk full", "read-only folders"), ("clock +1 day", "clock -1 day"))
"""Faults of one kind: the first stage of each step has both, the others one of the two in turn."""


STOPPED = {"mobile", "pin"}
"""Stages at which `make test` stops a command by SIGTERM, which costs as much as three logins."""


def is_variant(cell: Cell) -> bool:
    """Whether the cell is left to `make test-all`.

    It breaks another request than the stage's first, or one that few logins make; or, at a stage
    that is not the first of its step, it takes a browser of its own or is like another cell; or it
    is SIGTERM elsewhere than before anything is sent and at the PIN.
    """
    stage = cell.row.stage
    rare = bool(set(stage.reach.scenarios) - {"remembered"})
    of_its_step = next(each for each in stages() if each.step == stage.step)
    turn = stages().index(stage) % 2
    alike = cell.fault.name in {pair[turn] for pair in ALIKE}
    return (
        not cell.row.first
        or (rare and cell.fault.wire is not None)
        or (stage != of_its_step and (cell.own_browser or alike))
        or (cell.fault.name == "SIGTERM" and stage.name not in STOPPED)
    )


def params() -> list[pytest.ParameterSet]:
    """The rows, and what is left to `make test-all` of each as another."""
    found = []
    for row in rows():
        mine = cells_of(row)
        more = [cell for cell in mine if is_variant(cell)]
        if len(more) < len(mine):
            found.append(pytest.param([each for each in mine if each not in more], id=str(row)))
        if more:
            found.append(pytest.param(more, id=f"{row} (more)", marks=pytest.mark.variant))
    return found


@pytest.mark.timeout(300)
@pytest.mark.parametrize("some", params())
def test_row(
    some: list[Cell],
    shared_browser: SharedBrowser,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    record_property: Callable[[str, object], None],
) -> None:
    """Whatever breaks, wherever: the right error in time, and nothing sent twice, told or left."""
    # The bounds have tests of their own; nothing here depends on their length.
    monkeypatch.setattr(timing, "DEFAULT", timing.Timing(unknown=8.0))
    temporary = tmp_path / "tmp"
    use_temporary(temporary, monkeypatch)
    broken.let_servers_speak_tls(monkeypatch)
    cells.tell_watches(monkeypatch)
    cells.SECRETS.clear()
    caplog.set_level(logging.DEBUG)
    before = set(psutil.Process().children(recursive=True))
    opened = set(shared_browser.contexts)
    disk = broken.FaultyDisk()
    shared_browser.install(monkeypatch)
    disk.install(monkeypatch)
    with sampling() as sampled:
        outcomes = cells.run_all(some, shared_browser, disk, tmp_path / "cells")

    wrong = [f"{each.cell}: {text}" for each in outcomes for text in each.problems]
    told = caplog.text + "".join(capfd.readouterr())
    wrong += [
        f"the {kind} was printed or logged" for kind in leaks_in(told.encode(), cells.SECRETS)
    ]
    wrong += [
        f"/proc of a child showed the {kind}"
        for kind in leaks_in(sampled.text.encode(), cells.SECRETS)
    ]
    if outcomes and sys.platform == "linux" and "chrom" not in sampled.text:
        wrong.append("no browser was looked at")
    wrong += [f"left {path}" for path in files_below(temporary)]
    wrong += [f"left open: {context}" for context in shared_browser.left_open(beside=opened)]
    # A renderer of the shared browser may live on for a moment, for whoever comes next.
    new = {
        each
        for each in set(psutil.Process().children(recursive=True)) - before
        if each.pid not in shared_browser.processes()
    }
    _, alive = psutil.wait_procs(new, timeout=60)
    wrong += [f"left {process}" for process in alive]
    record_property(
        "matrix",
        [
            (
                str(each.cell.row),
                each.cell.fault.name,
                each.code,
                not each.problems,
                round(each.seconds, 1),
            )
            for each in outcomes
        ],
    )
    assert not wrong, "\n".join(wrong)


def test_the_table_in_the_documents_is_this_one() -> None:
    """What the documents promise is what the cells are checked by."""
    text = table.render()
    if os.environ.get("UPDATE_DOCS") == "1":
        table.PATH.write_text(text, encoding="utf-8")
    assert table.PATH.read_text("utf-8") == text, "run this test again with UPDATE_DOCS=1"


def test_the_matrix_is_large() -> None:
    """Columns or rows do not get lost unnoticed, nor does `make test` leave too much to others."""
    assert sum(not is_variant(cell) for row in rows() for cell in cells_of(row)) >= 150
    tried = {each.fault.name for row in rows() for each in cells_of(row) if not is_variant(each)}
    assert tried == {each.name for each in FAULTS}


def test_every_state_is_reached() -> None:
    """What a login goes on from takes a scenario; a page for what ends it can be made up."""
    assert {row.stage.name for row in rows()} >= {each.name for each in known.SCREENS}
    assert {row.stage.name for row in rows()} >= set(PURPOSES)
    assert [row.stage.reach for row in rows()]
    assert {row.stage.name for row in rows()} >= REACH.keys(), "REACH names what is no state"


@pytest.mark.timeout(300)
@pytest.mark.parametrize("step", ["pin", *variants("open")])
def test_a_new_state_is_covered_without_being_listed(
    step: Step,
    shared_browser: SharedBrowser,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """One more line in the table of the page's states, and its cells are run."""
    says = Pattern(r"\b(upload|renew) (your )?signature\b")
    told = "Upstox asks for a new signature."
    new = known.Screen("signature", step, "denied", told, says=says)
    monkeypatch.setattr(known, "SCREENS", (new, *known.SCREENS))
    # A command of its own does not know what only this process has in its table.
    own = tuple(each for each in FAULTS if each.name != "SIGTERM")
    monkeypatch.setattr(sys.modules[__name__], "FAULTS", own)
    (row,) = (each for each in rows() if each.stage.name == "signature")
    assert len(cells_of(row)) >= 5
    ends: list[tuple[str, str, str, bool, float]] = []

    def hear(_: str, value: Any) -> None:
        ends.extend(value)

    test_row(cells_of(row), shared_browser, tmp_path, monkeypatch, caplog, capfd, hear)
    assert {code for _, _, code, _, _ in ends} == {"ACTION_REQUIRED"}
