"""Skills held, one row each, as coordinators keep them."""

import csv

import pytest

from partners.models import Disclosure
from skills.imports.columns import SKILLS_HELD, titles
from skills.models import SkillHeld
from tests.administration import asked, complaints, page, saved, typed
from tests.factories import LONG_AGO, make_held, make_person, make_skill

HELD = "/admin/skills/skillheld/"


@pytest.fixture
def held(boston):
    return make_held(make_person(boston, "Bess Ordinary"), make_skill("DNS"), 2)


def found(client, asking=""):
    rows = client.get(HELD + asking).context["cl"].result_list
    return [(row.staff.name, row.skill.name) for row in rows]


def test_a_coordinator_adds_and_removes_a_skill_held(keeping, held):
    posted = {"staff": held.staff_id, "skill": make_skill("VPN").pk, "level": 4}
    assert saved(keeping.post(HELD + "add/", posted))
    new = SkillHeld.objects.get(level=4)
    assert saved(keeping.post(page(new, "delete"), {"post": "yes"}))
    assert SkillHeld.objects.get() == held


def test_no_skill_is_given_to_another_partner_s_person(keeping, held, canary):
    forged = {"staff": canary.pk, "skill": make_skill("VPN").pk, "level": 1}
    assert asked(keeping, HELD + "add/", forged)[1] == []
    moved = typed(keeping, page(held)) | {"staff": canary.pk}
    assert asked(keeping, page(held), moved)[1] == []


def test_no_skill_of_another_partner_s_person_is_taken(keeping, canary):
    theirs = canary.skills_held.get()
    forged = {"staff": canary.pk, "skill": theirs.skill_id, "level": 1, "edition": 1}
    for name in ("change", "delete"):
        assert asked(keeping, page(theirs, name), forged | {"post": "yes"})[1] == []


def test_the_same_skill_twice_is_refused(keeping, held):
    again = {"staff": held.staff_id, "skill": held.skill_id, "level": 4}
    answer = keeping.post(HELD + "add/", again)
    assert complaints(answer) == ["This person already has that skill"]


def test_the_list_is_of_people_in_post(keeping, boston, held):
    make_held(make_person(boston, left_on=LONG_AGO), held.skill)
    assert found(keeping) == [("Bess Ordinary", "DNS")]


@pytest.mark.parametrize(
    ("asking", "rows"),
    [
        ("?level__exact=2", 1),
        ("?level__exact=4", 0),
        ("?can_teach__exact=1", 0),
        ("?confirmed=no", 1),
        ("?q=dns", 1),
        ("?q=vpn", 0),
    ],
)
def test_the_filters_of_the_list_do_what_they_say(keeping, held, asking, rows):
    assert len(found(keeping, asking)) == rows


def test_the_file_holds_what_the_list_shows(keeping, held, canary, coordinator):
    answer = keeping.get(HELD + "export.csv?level__exact=2")
    header, row = csv.reader(answer.getvalue().decode().splitlines())
    assert header == titles(SKILLS_HELD)
    assert row[:3] == [str(held.staff_id), held.staff.work_email, "Bess Ordinary"]
    assert row[4:7] == ["DNS", "Working", "no"]
    note = Disclosure.objects.get(by=coordinator)
    assert (note.what, note.staff_ids) == ("skills held", [held.staff_id])
    assert note.filters == {"level__exact": ["2"]}


def test_its_history_is_told(keeping, held):
    held.level = 4
    held.save()
    said = keeping.get(page(held, "history")).text
    assert "Working" in said
    assert "Expert" in said
