"""People in numbers: as many as asked for, the same each day, beside nobody real."""

import io
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone

from lincs_ict.demonstration import bulk, holdings
from partners.models import Absence, Partner, StaffMember, WorkingDay
from skills.models import SkillHeld
from tests.factories import make_held, make_person, make_skill


@pytest.fixture
def skills(db):
    return [make_skill() for _ in range(40)]


def make(partners=5, staff=60, **options):
    said = io.StringIO()
    call_command(
        "make_national_data", partners=partners, staff=staff, stdout=said, **options
    )
    return said.getvalue()


def test_as_many_as_were_asked_for_are_made(skills):
    said = make()
    assert (Partner.objects.count(), StaffMember.objects.count()) == (5, 60)
    assert SkillHeld.objects.count() == 60 * 46 // 3
    assert "60 members of staff" in said
    assert "920 skills held" in said


def test_a_few_skills_are_held_by_many_and_most_by_few(skills):
    make(staff=120)
    held = Counter(SkillHeld.objects.values_list("skill", flat=True))
    numbers = sorted(held.values(), reverse=True)
    assert numbers[0] > 2 * numbers[20]
    assert len(numbers) > 35


def test_the_people_are_whole(skills):
    make()
    for person in StaffMember.objects.all():
        person.full_clean()
    for absence in Absence.objects.exclude(cover=None):
        absence.full_clean()
    for held in SkillHeld.objects.all()[:50]:
        held.full_clean()


def test_some_have_left_some_are_away_and_all_work(skills):
    make(staff=300)
    today = timezone.localdate()
    assert 8 <= StaffMember.objects.exclude(left_on=None).count() <= 48
    assert 6 <= Absence.objects.on(today).count() <= 36
    assert WorkingDay.objects.values("staff").distinct().count() == 300


def test_every_partner_with_people_has_a_coordinator(skills):
    make()
    for partner in Partner.objects.annotate(size=Count("people")):
        keepers = StaffMember.objects.coordinators_of(partner.pk)
        assert len(keepers) == min(partner.size, 1)


def drawn_and_undone():
    with transaction.atomic():
        make()
        held = SkillHeld.objects.order_by("staff", "skill").values_list(
            "staff__name", "staff__partner__name", "skill", "level", "since_on"
        )
        drawn = list(held)
        transaction.set_rollback(True)
    return drawn


def test_the_same_numbers_give_the_same_people(skills):
    assert drawn_and_undone() == drawn_and_undone() != []


def test_a_row_that_breaks_a_rule_is_refused_and_triggers_wake_again(skills):
    staff_id = make_person().pk
    row = (staff_id, 0, 2, False, None, None, None, None)
    refused = pytest.raises(IntegrityError)
    with refused, transaction.atomic(), bulk.without_triggers(SkillHeld):
        bulk.copy(SkillHeld, holdings.HELD, [row])
    make_held(StaffMember.objects.get(), skills[0])
    assert SkillHeld.objects.get().events.count() == 1


def test_no_history_is_written_and_the_triggers_wake_again(skills):
    make()
    events = SkillHeld._meta.get_field("events").related_model.objects
    assert not events.exists()
    held = SkillHeld.objects.first()
    held.can_teach = not held.can_teach
    held.save()
    assert (held.version, events.count()) == (2, 1)


def test_where_there_are_people_nothing_is_made_unless_asked(skills):
    make_person()
    with pytest.raises(CommandError, match="There are 1 people here already"):
        make()
    make(add=True)
    assert StaffMember.objects.count() == 61


def test_real_people_are_left_to_themselves(skills):
    make_person(work_email="somebody@boston.gov.uk")
    with pytest.raises(CommandError, match="There are real people here"):
        make(add=True)
    assert StaffMember.objects.count() == 1


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({"partners": 0}, "At least one partner"),
        ({"partners": 100_000}, "There are names for"),
    ],
)
def test_numbers_that_cannot_be_are_refused(skills, numbers, sentence):
    with pytest.raises(CommandError, match=sentence):
        make(**numbers)
    assert not StaffMember.objects.exists()


def test_an_empty_catalogue_is_loaded_first(db):
    assert "Skills: 468 added" in make(partners=1, staff=3)
