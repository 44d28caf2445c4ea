"""The navigation: its pages, who sees each, and which one is current."""

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache

from django.urls import reverse

from partners.standing import Standing


@dataclass(frozen=True)
class Page:
    """A page of the navigation; `within` are patterns of the views under it."""

    label: str
    view: str
    within: str
    is_for: Callable[[Standing], bool] = lambda standing: True


def _may_administer(standing):
    return standing.may_administer


def _sees_plans(standing):
    return bool(standing.staff_id) or standing.may_administer


PAGES = (
    Page("Find someone", "skills:search", "skills:why skills:person*"),
    Page("On call", "rota:on_call", "rota:*"),
    Page(
        "Skills",
        "skills:catalogue",
        """
        skills:skill skills:skill_history skills:aliases skills:propose
        skills:proposal* skills:relations skills:merge* skills:retire_skill
        skills:unanswered* skills:handled*
        """,
    ),
    Page("Partners", "skills:partners", "skills:partner skills:partner_history"),
    Page(
        "Recovery plans", "disaster_recovery:plans", "disaster_recovery:*", _sees_plans
    ),
    Page(
        "Our people",
        "skills:our_people",
        """
        skills:partner_people skills:*_people skills:people_leave skills:invite_person
        skills:import* skills:new_import skills:transfer* skills:release
        skills:second_factor_reset partners:correction* partners:invitations
        """,
        _may_administer,
    ),
    Page("Admin", "admin:index", "admin:* partners:outbox*", _may_administer),
)


def navigation_items(standing: Standing, view: str) -> list[tuple[str, str, str]]:
    """The label, address and aria-current of each page that this login sees.

    aria-current is "page" on the page itself, "true" on a page under it, else "".
    """
    current = current_page(view)
    return [
        (
            page.label,
            reverse(page.view),
            "" if page is not current else "page" if page.view == view else "true",
        )
        for page in PAGES
        if page.is_for(standing)
    ]


@cache
def current_page(view: str) -> Page | None:
    """The page of the navigation that a view belongs to."""
    for page in PAGES:
        if any(fnmatchcase(view, name) for name in (page.view, *page.within.split())):
            return page
    return None
