"""Changes of a page: what the walk bears, and how `--diff` names each."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.recordings.bundles import Copy, recorded
from tests.recordings.mutations import MUTATIONS, Mutation
from upstox_browser_login.recordings.bundle import Bundle, read_bundle
from upstox_browser_login.recordings.diff import diff
from upstox_browser_login.recordings.looks import replay_looks


@cache
def unchanged(name: str) -> Bundle:
    """Read once: nothing is changed in it, and each serves for several changes."""
    return read_bundle(recorded(name))


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda each: each.name.replace(" ", "-"))
def test_looks_pass_as_far_as_the_walk_bears_a_change_and_diff_names_it(
    mutation: Mutation, tmp_path: Path
) -> None:
    copy = Copy(mutation.bundle, tmp_path)
    mutation.change(copy)
    new = read_bundle(copy.path)
    told = replay_looks(new)
    assert told.passed is mutation.passes, told.wrong
    changes = [str(each) for each in diff(unchanged(mutation.bundle), new)]
    assert not mutation.told or any(mutation.told in each for each in changes), changes


def _drawn(bundle: Bundle) -> bytes:
    answers = (each.response for each in bundle.exchanges if each.response is not None)
    bodies = b"".join(bundle.body(each.body) for each in answers)
    return b" ".join(re.findall(rb'"firstPaintMillis": \d+', bodies))


def test_the_pace_of_a_page_is_no_change() -> None:
    """The replica draws anew, in each run, when its page is painted."""
    one, other = unchanged("plain"), unchanged("slow-config")
    drawn = {_drawn(one), _drawn(other)}
    assert len(drawn) > 1
    assert diff(one, other) == []


def test_there_are_at_least_thirty() -> None:
    assert len(MUTATIONS) >= 30
