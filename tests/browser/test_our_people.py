"""A coordinator's look at the records: wide, narrow, in error and without script."""

import pytest

from tests.browser.audit import shuts_out
from tests.browser.states import KEEPER, LEAD

pytestmark = pytest.mark.browser
OURS = "/skills/partners/boston/people/"
PLAIN = {"java_script_enabled": False, "viewport": {"width": 320, "height": 640}}
STATES = {
    "people": (KEEPER, OURS, "Something is missing"),
    "choice": (LEAD, "/skills/our-people/", "Choose whose records"),
    "figure": (KEEPER, f"{OURS}?show=unconfirmed", "found"),
    "nobody": (KEEPER, f"{OURS}?name=zzz", "Nobody at Boston Borough Council matches"),
    "unknown": (KEEPER, f"{OURS}?show=wrong", "There is no figure"),
    "pages": (LEAD, "/skills/partners/lincolnshire/people/", "on every page"),
}


def click(page, selector):
    with page.expect_navigation():
        page.click(selector)


@pytest.mark.parametrize("name", STATES)
def test_nobody_is_shut_out_of(visitor, name):
    role, address, says = STATES[name]
    page = visitor.opens(address, role)
    assert says in page.inner_text("main")
    assert shuts_out(page) == {}
    assert visitor.refused == []


def test_every_figure_of_the_demonstration_counts_somebody(visitor):
    page = visitor.opens(OURS, KEEPER)
    numbers = page.locator(".app-figures td:nth-child(2)").all_inner_texts()
    assert len(numbers) == 8
    assert "0" not in numbers


def test_nobody_is_shut_out_of_choosing_nobody_and_of_a_wrong_day(visitor):
    page = visitor.opens(OURS, KEEPER)
    click(page, "text=Confirm their records")
    assert page.title().startswith("Error: ")
    assert shuts_out(page) == {}
    page.check("text=Nell Brackenbury")
    click(page, "text=Mark as left")
    page.fill("#id_left_on", "soon")
    click(page, "main button")
    assert page.title().startswith("Error: ")
    assert shuts_out(page) == {}


def test_the_month_s_work_without_script_on_a_telephone(visitor):
    page = visitor.opens("/skills/our-people/", KEEPER, **PLAIN)
    click(page, "text=Not confirmed for a year")
    page.check("[name=person] >> nth=0")
    click(page, "text=Ask them to confirm")
    assert "1 person asked by e-mail" in page.inner_text("main")
    page.check("[name=person] >> nth=0")
    click(page, "text=Confirm their records")
    assert "1 person confirmed" in page.inner_text("main")
