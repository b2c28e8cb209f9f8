"""The files of the replica's pages, filled in."""

from __future__ import annotations

import re

import pytest

from upstox_browser_login.replica.pages import (
    bundle,
    gateway_page,
    generated,
    page,
    static,
    wording,
)


def test_every_hole_of_a_page_is_filled_as_it_is_given() -> None:
    names = set(re.findall(r"\{\{(\w+)\}\}", static("index.html")))
    made = page("index.html", **{name: f"<{name}>" for name in names})
    assert "{{" not in made
    assert all(f"<{name}>" in made for name in names)


def test_a_hole_that_nothing_fills_is_an_error() -> None:
    with pytest.raises(KeyError):
        page("index.html")


@pytest.mark.parametrize(
    ("status", "said"), [(502, "502 Bad Gateway"), (504, "504 Gateway Timeout"), (599, "599 Error")]
)
def test_a_gateway_says_its_own_status(status: int, said: str) -> None:
    answer = gateway_page(status)
    assert answer.status_code == status
    assert said in bytes(answer.body).decode()


def test_all_scripts_are_in_the_bundle_and_in_one_scope() -> None:
    whole = bundle()
    for part in ("dom", "network", "mobile", "otp", "pin", "after", "app"):
        assert static(f"js/{part}.js") in whole
    assert whole.startswith("(() => {")
    assert whole.endswith("})();\n")


def test_every_wording_has_the_same_texts() -> None:
    assert wording("reworded").keys() == wording("hinglish").keys()
    assert wording("reworded") != wording("hinglish")


def test_only_our_class_names_are_called_otherwise() -> None:
    text = ".k-card .k-field-error { } .other { } .ask-me"
    assert generated(text, lambda name: f"[{name}]") == (
        ".[k-card] .[k-field-error] { } .other { } .ask-me"
    )
