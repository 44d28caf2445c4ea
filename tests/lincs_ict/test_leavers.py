"""The demonstration has somebody whose name is gone from all records."""

from datetime import date

import pytest

from lincs_ict.demonstration import leavers
from partners.models import Anonymisation
from tests.factories import make_skill


@pytest.mark.django_db
def test_the_leaver_of_the_demonstration_keeps_only_skills(boston):
    for name in leavers.HELD:
        make_skill(name)
    person = leavers.make_former({"boston": boston}, date(2026, 11, 22))
    assert person.name == f"Former member of staff {person.pk}"
    assert person.skills_held.count() == len(leavers.HELD)
    assert Anonymisation.objects.get().staff_id == person.pk
