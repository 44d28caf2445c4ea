"""What pages of the directory are asked with."""

import pytest

from skills.models import Alias
from tests.factories import (
    make_alias,
    make_held,
    make_person,
    make_skill,
    make_working_week,
)
from tests.skills.pages import PAGE


@pytest.fixture
def member(client_of, staff_user):
    """A browser of a member of Boston's staff."""
    return client_of(staff_user)


@pytest.fixture
def ask(member):
    """The search page's answer to what is typed, with other parts of the address."""
    return lambda q="", **rest: member.get(PAGE, {"q": q, **rest})


@pytest.fixture
def exchange(lincoln):
    """A skill with other names, and one person at Lincoln who holds it."""
    skill = make_skill("Microsoft Exchange Server", "Mail")
    make_alias(skill, "MSX", Alias.Kind.ABBREVIATION)
    make_alias(skill, "Exchange")
    person = make_person(
        lincoln,
        "Ada Able",
        telephone="01632 960001",
        mobile="07700 900001",
        work_email="ada@lincoln.example",
    )
    make_held(person, skill, 3)
    make_working_week(person)
    return skill
