"""Boxes that belong together, in Chromium."""

from __future__ import annotations

import pytest

from .watched import Watched

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


CELL = "<div style='width: 40px; height: 48px; border: 1px solid'>{}</div>"
TINY = "<input {} style='position: absolute; width: 1px; height: 1px; opacity: 0; {}'>"
CELLS = (
    "<p>Enter PIN</p><div style='position: relative'>{}<div style='display: flex'>{}</div></div>"
)


async def test_a_field_that_nobody_sees_is_there_where_cells_are_drawn_for_it(
    watched: Watched,
) -> None:
    """A press on the cells gives it the focus, and so it is seen by them."""
    cells = CELLS.format(TINY.format("id=pin", "pointer-events: none"), CELL.format("") * 6)
    look = await watched.shows(f"{cells}<button>Continue</button>")
    [field] = look.fields
    assert (field.id, field.maxlength, field.covered, field.faint) == ("pin", 6, False, True)
    assert field.near == ("Enter PIN",)
    assert await watched.hands.fill(field, "135790") == "typed"
    assert (await watched.until(lambda look: look.fields[0].length == 6)).fields[0].holds


@pytest.mark.parametrize(
    ("field", "cells"),
    [
        (TINY.format("", ""), "".join(CELL.format(each) for each in "1234")),
        (TINY.format("", ""), CELL.format("<button>1</button>") * 6),
        (TINY.format("", ""), CELL.format("") * 3),
        (TINY.format("", ""), CELL.format("<input style='width: 30px'>") * 6),
        (TINY.format("maxlength=4", ""), CELL.format("") * 6),
        (TINY.format("", "left: -2000px"), CELL.format("") * 6),
        (
            TINY.format("", ""),
            CELL.format("").replace("40px; height: 48px", "8px; height: 8px") * 6,
        ),
        (TINY.format("tabindex=-1", ""), CELL.format("") * 6),
        (TINY.format("aria-hidden=true", ""), CELL.format("") * 6),
        (TINY.format("", "visibility: hidden"), CELL.format("") * 6),
        (TINY.format("", "display: none"), CELL.format("") * 6),
    ],
)
async def test_a_field_that_nobody_sees_is_none_beside_what_is_no_row_of_its_cells(
    field: str, cells: str, watched: Watched
) -> None:
    """Such as the numbers of steps, the keys of a keypad, and boxes that are fields themselves."""
    look = await watched.shows(f"{CELLS.format(field, cells)}<button>Continue</button>")
    assert all(each.at[2] > 1 and not each.faint for each in look.fields)


async def test_a_box_of_the_countrys_code_is_a_part_of_the_number_behind_it(
    watched: Watched,
) -> None:
    await watched.shows(
        "<style>input { width: 200px } .code { width: 50px }</style>"
        "<p>Contact</p><div style='display: flex'><input class=code value='+91' readonly>"
        "<input id=number></div><div style='display: flex'><input id=wide value='+91'>"
        "<input id=other></div><button>Go</button>"
    )
    look = await watched.until(lambda look: look.fields)
    assert [each.id for each in look.fields] == ["number", "wide", "other"]
    assert set(look.fields[0].near) == {"Contact", "+91"}


PART = "<input type=tel maxlength={} style='width: {}px'>"


@pytest.mark.parametrize(
    ("boxes", "length"),
    [
        (PART.format(3, 90) * 2, 6),
        (PART.format(2, 40) * 3, 6),
        (" - ".join([PART.format(3, 90)] * 2), 6),
        (PART.format(5, 120) * 2, 10),
    ],
)
@pytest.mark.parametrize("by_key", [False, True])
async def test_a_code_in_parts_of_the_same_length_is_one_field(
    boxes: str, length: int, *, by_key: bool, watched: Watched
) -> None:
    look = await watched.shows(f"<p>Code</p><div>{boxes}</div><button>Go on</button>")
    [field] = look.fields
    assert (field.boxes, field.maxlength, field.near) == (length, length, ("Code",))
    text = "1234567890"[:length]
    assert await watched.hands.fill(field, text, keys=by_key) == "typed"
    assert (await watched.until(lambda look: look.fields[0].length == length)).fields[0].holds
    parts = await watched.page.evaluate(
        "() => [...document.querySelectorAll('input')].map((each) => each.value)"
    )
    assert len(set(map(len, parts))) == 1
    assert "".join(parts) == text


@pytest.mark.parametrize(
    "boxes",
    [
        # The month and year of a card, a day's date, a code beside a number, and two lines.
        PART.format(2, 60) * 2,
        PART.format(2, 60) * 2 + PART.format(4, 90),
        PART.format(6, 90) + PART.format(10, 150),
        PART.format(3, 90) + "<br><br>" + PART.format(3, 90),
        PART.format(3, 90) + "<span style='padding: 80px'></span>" + PART.format(3, 90),
    ],
)
async def test_boxes_that_make_no_whole_code_are_fields_of_their_own(
    boxes: str, watched: Watched
) -> None:
    look = await watched.shows(f"<p>Code</p><div>{boxes}</div><button>Go on</button>")
    assert [each.boxes for each in look.fields] == [0] * boxes.count("<input")


@pytest.mark.parametrize(
    "named",
    [
        ("placeholder=DD", "placeholder=MM", "placeholder=YY"),
        ("aria-label=Day", "aria-label=Month", "aria-label=Year"),
        ("name=dob_day", "name=dob_month", "name=dob_year"),
        ("autocomplete=bday-day", "autocomplete=bday-month", "autocomplete=bday-year"),
    ],
)
async def test_the_parts_of_a_date_are_no_code(named: tuple[str, ...], watched: Watched) -> None:
    boxes = "".join(PART.format(f"2 {each}", 60) for each in named)
    look = await watched.shows(f"<p>Verify it is you</p><div>{boxes}</div><button>Go on</button>")
    assert [each.boxes for each in look.fields] == [0, 0, 0]


BOX = "<input type=password maxlength={} style='width: 40px; height: 40px; display: block'>"
GRID = (
    "<label>PIN</label>"
    "<div style='display: grid; grid-template-columns: repeat({}, 50px); row-gap: {}px'>{}</div>"
)


@pytest.mark.parametrize(
    ("columns", "gap", "boxes", "fields"),
    [
        (3, 8, BOX.format(1) * 6, [6]),
        # A row that is wrapped.
        (5, 8, BOX.format(1) * 6, [6]),
        (4, 8, BOX.format(1) * 6, [6]),
        (5, 60, BOX.format(1) * 6, [5, 0]),
        (5, 8, BOX.format(1) * 5 + BOX.format(6), [5, 0]),
        (3, 60, BOX.format(1) * 6, [3, 3]),
        (4, 8, BOX.format(1) * 8, [4, 4]),
        (3, 8, BOX.format(1) * 5, [3, 0, 0]),
        # Of two kinds, such as a code and a PIN.
        (3, 8, BOX.format(1) * 3 + BOX.format(1).replace("password", "text") * 3, [3, 3]),
    ],
)
async def test_six_boxes_in_two_rows_are_one_field(
    columns: int, gap: int, boxes: str, fields: list[int], watched: Watched
) -> None:
    look = await watched.shows(GRID.format(columns, gap, boxes) + "<button>Continue</button>")
    assert [each.boxes for each in look.fields] == fields
    if fields == [6]:
        assert await watched.hands.fill(look.fields[0], "135790") == "typed"
        assert (await watched.until(lambda look: look.fields[0].length == 6)).fields[0].holds


async def test_rows_of_two_forms_are_two_fields(watched: Watched) -> None:
    form = f"<form style='margin: 0'>{GRID.format(3, 8, BOX.format(1) * 3)}</form>"
    look = await watched.shows(f"{form.replace('<label>PIN</label>', '') * 2}<button>Go</button>")
    assert [each.boxes for each in look.fields] == [3, 3]
