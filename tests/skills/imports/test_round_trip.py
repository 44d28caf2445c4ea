"""What we export comes back as a file that changes nothing."""

import io
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partners.models import Absence, StaffMember
from partners.spreadsheets.writing import lines, write_workbook
from skills.imports.columns import titles
from skills.imports.kinds import RULES
from skills.models import SkillHeld
from skills.records import exports
from tests.factories import (
    LONG_AGO,
    make_absence,
    make_held,
    make_person,
    make_site,
    make_skill,
)
from tests.skills.imports.files import bring_in, sentences

pytestmark = pytest.mark.django_db
EXPORTS = {
    "people": (StaffMember, exports.people_rows),
    "held": (SkillHeld, exports.held_rows),
    "absences": (Absence, exports.absence_rows),
}
NASTY = [
    "=1+1",
    "'=1+1",
    "+44 1632 960001",
    "007",
    "Zoë Łukasz Ōta",
    "two\nlines",
    'a "quoted", listed; one',
    "-",
    " @SUM(A1) ",
    "_x000D_",
    "\ufeffbegins so",
]


def as_csv(header, rows):
    return "".join(lines(header, rows)).encode()


def as_csv_for_excel(header, rows):
    return "".join(lines(header, rows, excel=True)).encode()


def as_xlsx(header, rows):
    file = io.BytesIO()
    write_workbook(file, header, rows)
    return file.getvalue()


WRITERS = {
    "a.csv": as_csv,
    "b.csv": as_csv_for_excel,
    "c.xlsx": as_xlsx,
}


def come_back(by, partner, kind, name):
    """The check of an export of all of a kind."""
    model, rows = EXPORTS[kind]
    ids = [*model.objects.order_by("pk").values_list("pk", flat=True)]
    data = WRITERS[name](titles(RULES[kind].columns), rows(ids))
    return bring_in(by, partner, kind, data, name)


@pytest.fixture
def records(boston, coordinator):
    """Boston's records, with everything a spreadsheet is tempted to mend."""
    hall = make_site(boston, "=Town Hall")
    for number, text in enumerate(NASTY):
        person = make_person(boston, text, post=text, base_site=hall)
        person.telephone, person.mobile = "+44 1632 960001", "07700 900001"
        person.full_time_equivalent = "0.5"
        person.save()
        retired = LONG_AGO if number % 2 else None
        skill = make_skill(f"C++ {number}", retired_on=retired)
        make_held(person, skill, 1 + number % 4, since_on=LONG_AGO)
        make_absence(person, date(2026, 12, 1), cover=coordinator.person)
        make_absence(person, LONG_AGO, LONG_AGO)
    make_person(boston, "Gil Gone", left_on=LONG_AGO)


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("kind", EXPORTS)
def test_an_export_comes_back_with_0_changes(records, coordinator, boston, kind, name):
    batch = come_back(coordinator, boston, kind, name)
    assert sentences(batch) == []
    assert [row.changes for row in batch.rows.exclude(outcome="unchanged")] == []
    assert batch.rows_unchanged == EXPORTS[kind][0].objects.count()


@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    post=st.text(
        st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40
    ),
    name=st.sampled_from([*WRITERS]),
)
def test_whatever_a_post_is_it_comes_back_unchanged(coordinator, boston, post, name):
    StaffMember.objects.filter(partner=boston).update(post=post)
    batch = come_back(coordinator, boston, "people", name)
    assert (sentences(batch), batch.rows_changed) == ([], 0)
    assert batch.rows_unchanged == 1
