"""Keeping a rota from its first hour to its duties, with and without script."""

from itertools import count

import pytest

from tests.browser.audit import shuts_out
from tests.browser.states import LEAD, STAFF

pytestmark = pytest.mark.browser
_number = count(1)


class Keeper:
    """Somebody who keeps a rota, and looks at each page on the way."""

    def __init__(self, visitor, has_script):
        # Each has people of its own: nobody is on duty twice.
        self.has_script, self.first = has_script, 2 * next(_number)
        name = f"Telephony {self.first}"
        self.home = f"/rota/{name.lower().replace(' ', '-')}/"
        self.page = visitor.opens("/rota/add/", LEAD, java_script_enabled=has_script)
        self.refused = visitor.refused
        self.page.fill("#id_name", name)
        self.page.get_by_label("Boston", exact=False).first.check()
        self.press("Save")

    def press(self, name, says=""):
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()
        assert says in self.page.inner_text("main")
        self.look()

    def follow(self, name):
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name).first.click()
        self.look()

    def look(self):
        if self.has_script:
            assert shuts_out(self.page) == {}
            assert self.refused == []

    def add_hours(self):
        self.follow("Add hours to cover")
        self.press("Save", "There is a problem")
        self.page.fill("#id_name", "Nights")
        self.page.fill("#id_starts_at", "17:00")
        self.page.fill("#id_ends_at", "9:00")
        self.press("Save", "5pm to 9am the next day")

    def add_rotation(self):
        self.follow("Add a rotation")
        self.page.fill("#id_name", "Turns")
        self.page.fill("#id_handover", "17:00")
        self.page.fill("#id_start_on", "5 1 2026")
        self.press("Save", "Nobody is in this rotation yet")

    def fill_order(self):
        self.follow("Change the order of Turns")
        for row in (0, 1):
            index = self.first + row
            self.page.select_option(f"#id_order-{row}-who", index=index)
        self.press("Save", "Turn now")

    def lay_out(self):
        self.follow("Create duties")
        self.press("Show what would change", "duties go")
        self.press("Create these duties", "Added")


@pytest.mark.parametrize("has_script", [True, False])
def test_a_rota_is_kept_from_its_first_hour_to_its_duties(visitor, has_script):
    keeper = Keeper(visitor, has_script)
    keeper.add_hours()
    keeper.add_rotation()
    keeper.fill_order()
    keeper.lay_out()


def test_what_would_change_is_read_before_it_is_saved(visitor):
    keeper = Keeper(visitor, has_script=True)
    keeper.add_hours()
    keeper.add_rotation()
    keeper.fill_order()
    keeper.lay_out()
    keeper.page.goto(keeper.home)
    keeper.follow("Change the turns of Turns")
    keeper.page.select_option("#id_unit", "day")
    keeper.press("Save", "What would change")
    keeper.press("Back to the form", "A turn lasts")
    keeper.press("Save", "Who")
    keeper.press("Save and change the duties", "Removed")
    keeper.follow("Undo this change")
    keeper.press("Undo this change", "The change that was undone")


@pytest.mark.parametrize("role", [LEAD, STAFF])
def test_the_pages_of_a_rota_shut_nobody_out(visitor, role):
    keeper = Keeper(visitor, has_script=False)
    keeper.add_hours()
    for page in ("/rota/", keeper.home, f"{keeper.home}changes/"):
        assert shuts_out(visitor.opens(page, role)) == {}


@pytest.mark.parametrize(
    "page", ["", "change/", "close/", "blocks/add/", "history/", "hours/add/"]
)
def test_the_forms_of_a_rota_shut_nobody_out(visitor, page):
    keeper = Keeper(visitor, has_script=False)
    assert shuts_out(visitor.opens(f"{keeper.home}{page}", LEAD)) == {}
    assert shuts_out(visitor.opens("/rota/lay-out-all/", LEAD)) == {}
