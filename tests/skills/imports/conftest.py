"""A coordinator with files of each kind, and somebody to write about."""

from functools import partial

import pytest

from tests.factories import make_person
from tests.skills.imports import files


@pytest.fixture
def ada(boston):
    return make_person(
        boston,
        "Ada Able",
        work_email="ada@boston.example",
        post="Engineer",
        telephone="01632 960001",
    )


@pytest.fixture
def check(coordinator, boston):
    """Check a file for Boston: the kind, the header, the rows."""

    def checked(kind, header, *rows):
        data = files.table(header, *rows)
        return files.bring_in(coordinator, boston, kind, data)

    return checked


@pytest.fixture
def people(check):
    return partial(check, "people")


@pytest.fixture
def held(check):
    return partial(check, "held")


@pytest.fixture
def absences(check):
    return partial(check, "absences")


@pytest.fixture
def apply(coordinator):
    """Confirm a checked batch as Boston's coordinator."""
    return partial(files.confirm, coordinator)
