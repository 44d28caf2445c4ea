"""Two skills of many holders merged and unmerged, against one UPDATE of their rows."""

import pytest
from django.db import connection, transaction

from partners.models import Appointment, StaffMember
from skills.catalogue.merge import merge, undo
from skills.catalogue.merge_plan import Plan
from skills.models import SkillHeld
from tests.benchmarks.test_import import say, timed  # noqa: F401 - a fixture
from tests.factories import appoint, make_partner, make_skill, make_user

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]

HOLDERS = 5_000


@pytest.fixture
def pair():
    """Each of them held by so many, half of whom hold both."""
    partner, pair = make_partner("Boston"), (make_skill(), make_skill())
    people = StaffMember.objects.bulk_create(
        StaffMember(partner=partner, name=f"Person {n}", work_email=f"p{n}@b.example")
        for n in range(HOLDERS * 3 // 2)
    )
    for skill, staff, level in zip(
        pair, (people[:HOLDERS], people[-HOLDERS:]), (4, 2), strict=True
    ):
        SkillHeld.objects.bulk_create(
            SkillHeld(staff=person, skill=skill, level=level) for person in staff
        )
    return pair


def floor():
    """Every row written once by one statement, with its triggers, and taken back."""
    with transaction.atomic():
        seconds, _, _ = timed(lambda: SkillHeld.objects.update(can_teach=True))
        transaction.set_rollback(True)
    return seconds


def test_merging_and_undoing(pair, say):  # noqa: F811 - the fixture itself
    by = make_user()
    appoint(by, Appointment.Role.PARTNERSHIP_COORDINATOR)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    least = floor()
    planned, asked, plan = timed(lambda: Plan(*pair).fingerprint)
    say(f"preview of {2 * HOLDERS:,} rows: {planned:.2f} s, {asked} queries")
    seconds, asked, done = timed(
        lambda: merge(by=by, from_skill=pair[0], into_skill=pair[1], fingerprint=plan)
    )
    say(f"merge: {seconds:.2f} s, {asked} queries; {seconds / least:.1f} floors")
    seconds, asked, _ = timed(lambda: undo(by=by, merge=done))
    say(f"undo: {seconds:.2f} s, {asked} queries; {seconds / least:.1f} floors")
    say(f"floor, one UPDATE of {2 * HOLDERS:,} rows: {least:.2f} s")
    assert SkillHeld.objects.filter(skill=pair[0]).count() == HOLDERS
