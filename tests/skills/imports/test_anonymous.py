"""A file brings nobody back whose name was taken out of the records."""

import pytest
from django.utils import timezone

from partners.models import Absence, StaffMember
from tests.factories import LONG_AGO, make_absence
from tests.skills.imports.files import only, sentences

pytestmark = pytest.mark.django_db
HIDDEN = {"left_on": LONG_AGO, "anonymised_on": timezone.localdate()}


@pytest.fixture
def nobody(ada):
    StaffMember.objects.filter(pk=ada.pk).update(**HIDDEN)
    return ada


@pytest.mark.parametrize("column", ["Id", "Work e-mail"])
def test_a_row_about_them_is_refused(people, nobody, column):
    key = nobody.work_email if "mail" in column else str(nobody.pk)
    batch = people([column, "Left on"], [key, ""])
    ((_, _, sentence),) = sentences(batch)
    assert sentence.startswith("This person left and their name has been removed")


def test_an_absence_they_once_covered_reads_as_before(absences, coordinator, nobody):
    make_absence(coordinator.person, LONG_AGO, LONG_AGO, cover=nobody)
    day = f"{LONG_AGO:%d/%m/%Y}"
    header = ["Work e-mail", "First day", "Last day", "Covered by"]
    mine = coordinator.person.work_email
    row = only(absences(header, [mine, day, day, nobody.work_email]))
    assert (row.outcome, Absence.objects.count()) == ("unchanged", 1)
