"""The row of pages: each view belongs to one page of it, and marks that."""

import pytest
from django.urls import get_resolver

from lincs_ict.navigation import PAGES, current_page, navigation_items
from partners.standing import Standing

KEEPER = Standing(is_partnership_coordinator=True)
# A person's own pages and those of an account are reached by their name.
BY_NAME = ("my_", "_my_")


def views(app):
    names = get_resolver().namespace_dict[app][1].reverse_dict
    return sorted(f"{app}:{name}" for name in names if isinstance(name, str))


@pytest.mark.parametrize("app", ["rota", "disaster_recovery"])
def test_every_view_of_an_upper_app_belongs_to_one_page(app):
    assert len({current_page(view) for view in views(app)} - {None}) == 1
    assert None not in {current_page(view) for view in views(app)}


def test_every_page_about_skills_and_people_belongs_to_one_page():
    homeless = [
        view
        for view in views("skills")
        if not current_page(view)
        and not any(part in view for part in BY_NAME)
        and not view.endswith("export")
    ]
    assert homeless == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.label)
def test_a_page_marks_itself_and_nothing_else(page):
    marked = [row for row in navigation_items(KEEPER, page.view) if row[2]]
    assert [(label, current) for label, _, current in marked] == [(page.label, "page")]


def test_a_page_within_marks_the_page_it_belongs_to():
    marked = [row for row in navigation_items(KEEPER, "rota:swap") if row[2]]
    assert [(label, current) for label, _, current in marked] == [("On call", "true")]


def test_an_own_record_marks_nothing():
    assert [row for row in navigation_items(KEEPER, "skills:my_record") if row[2]] == []
