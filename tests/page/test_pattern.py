"""Patterns that are compiled when they are first sought."""

from __future__ import annotations

import re

import pytest

from upstox_browser_login.page.pattern import Pattern


def test_case_does_not_count() -> None:
    found = Pattern(r"one[- ]time (code)").search("Enter the ONE-TIME CODE")
    assert found is not None
    assert found[1] == "CODE"


def test_match_looks_at_the_beginning_alone() -> None:
    pattern = Pattern("code")
    assert pattern.match("Code of six digits")
    assert pattern.match("The code") is None
    assert pattern.search("The code")


def test_it_is_compiled_once_and_no_earlier_than_it_is_sought(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled: list[str] = []
    compile_ = re.compile

    def counted(pattern: str, flags: int) -> re.Pattern[str]:
        compiled.append(pattern)
        return compile_(pattern, flags)

    monkeypatch.setattr(re, "compile", counted)
    pattern = Pattern("code")
    assert compiled == []
    assert pattern.search("code")
    assert pattern.search("a code")
    assert compiled == ["code"]


def test_what_it_fits_can_be_left_out() -> None:
    assert Pattern(r" or e-?mail").without("Number or E-MAIL").strip() == "Number"
