"""The script that looks at the page holds every part once."""

from __future__ import annotations

from pathlib import Path

from upstox_browser_login import page
from upstox_browser_login.page.script import PARTS, page_script
from upstox_browser_login.page.states.ways import INDIA

FOLDER = Path(page.__file__).with_name("in_page")


def test_every_part_is_in_it_once() -> None:
    assert sorted(PARTS) == sorted(each.stem for each in FOLDER.glob("*.js"))
    script = page_script()
    positions = []
    for part in PARTS:
        text = (FOLDER / f"{part}.js").read_text("utf-8")
        assert script.count(text) == 1
        positions.append(script.index(text))
    assert positions == sorted(positions), "each part needs the ones before it"


def test_the_script_knows_india_by_the_same_words_as_the_table() -> None:
    assert f"const INDIA = /{INDIA.pattern}/i;" in page_script()
