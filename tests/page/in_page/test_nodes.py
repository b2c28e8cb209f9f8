"""What nodes say of themselves, whatever a page calls its fields."""

from __future__ import annotations

import pytest

from .watched import Watched, named

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

NAMES = (
    *("tagName", "id", "title", "type", "hidden", "inert", "textContent", "children"),
    *("childNodes", "parentElement", "assignedSlot", "shadowRoot", "getRootNode"),
    *("getAttribute", "hasAttribute", "querySelector", "querySelectorAll", "matches", "closest"),
    *("getBoundingClientRect", "scrollTop", "childElementCount"),
)


@pytest.mark.parametrize("around", ["<form>", "<form role=dialog>", "<form onclick='x'>"])
async def test_a_field_may_have_the_name_of_a_property_of_its_form(
    around: str, watched: Watched
) -> None:
    """The form gives the field in place of the property."""
    hidden = "".join(f"<input type=hidden name={name} value=1>" for name in NAMES)
    form = f"{hidden}<label>Mobile number <input id=mobile></label><button>Continue</button></form>"
    look = await watched.shows(around + form)
    (field,) = look.fields
    assert (field.id, field.label, field.covered) == ("mobile", "Mobile number", False)
    assert not named(look, "Continue").covered
    assert await watched.hands.fill(field, "135790") == "typed"
