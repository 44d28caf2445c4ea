"""A partner's people, as their coordinator keeps them."""

import csv

import pytest

from partners.models import Absence, Disclosure, StaffMember
from skills.imports import columns
from skills.models import SkillHeld
from tests.administration import complaints, page, row, saved, told, typed
from tests.factories import (
    CONFIRMED,
    LONG_AGO,
    make_absence,
    make_held,
    make_person,
    make_site,
    make_skill,
)

PEOPLE = "/admin/partners/staffmember/"


@pytest.fixture
def person(boston):
    return make_person(boston, "Bess Ordinary", telephone="01632 960001")


def found(client, asking=""):
    """The names a list shows."""
    return [row.name for row in client.get(PEOPLE + asking).context["cl"].result_list]


def cells(answer):
    return list(csv.reader(answer.getvalue().decode().splitlines()))


def test_a_coordinator_adds_a_person_with_a_skill(keeping, boston):
    skill = make_skill("DNS")
    posted = typed(keeping, PEOPLE + "add/") | row(
        "skills_held", skill=skill.pk, level=3
    )
    posted |= {"partner": boston.pk, "name": "Ada", "work_email": "ada@boston.example"}
    assert saved(keeping.post(PEOPLE + "add/", posted))
    held = SkillHeld.objects.get()
    assert (held.staff.name, held.staff.partner, held.level) == ("Ada", boston, 3)


def test_a_coordinator_writes_down_who_covers(keeping, person, coordinator):
    away = row("absences", begins_on="01/12/2026", cover=coordinator.person.pk)
    assert saved(keeping.post(page(person), typed(keeping, page(person)) | away))
    assert Absence.objects.get().cover == coordinator.person


@pytest.mark.parametrize("cover", ["zz", "999999"])
def test_who_covers_is_asked_for_in_words(keeping, person, cover):
    away = row("absences", begins_on="01/12/2026", cover=cover)
    answer = keeping.post(page(person), typed(keeping, page(person)) | away)
    assert "Choose who covers from the list" in complaints(answer)


def test_the_partnership_coordinator_too_keeps_cover_and_site_in_one_partner(
    chief, person, canary
):
    away = row("absences", begins_on="01/12/2026", cover=canary.pk)
    posted = typed(chief, page(person)) | away | {"base_site": canary.base_site_id}
    said = complaints(chief.post(page(person), posted))
    assert "Choose a colleague at the same partner to cover" in said
    assert "Choose a site of this partner" in said


def test_a_person_with_a_retired_skill_can_be_saved(keeping, person):
    skill = make_skill("Novell NetWare")
    make_held(person, skill)
    type(skill).objects.update(retired_on=LONG_AGO)
    posted = typed(keeping, page(person)) | {"skills_held-0-level": "4"}
    assert saved(keeping.post(page(person), posted))
    assert person.skills_held.get().level == 4


def test_a_retired_skill_is_not_recorded_anew(keeping, person):
    skill = make_skill("Novell NetWare", retired_on=LONG_AGO)
    posted = typed(keeping, page(person)) | row("skills_held", skill=skill.pk, level=1)
    answer = keeping.post(page(person), posted)
    assert complaints(answer) == ["Choose skill from the list"]


def test_a_coordinator_does_not_mark_themselves_as_left(keeping, coordinator):
    address = page(coordinator.person)
    posted = typed(keeping, address) | {"left_on": "01/11/2026"}
    said = ["You cannot mark yourself as left: ask a colleague"]
    assert complaints(keeping.post(address, posted)) == said


def test_a_coordinator_deletes_nobody(keeping, person):
    assert keeping.post(page(person, "delete"), {"post": "yes"}).status_code == 403
    assert StaffMember.objects.filter(pk=person.pk).exists()


def test_who_confirmed_a_record_is_not_told_by_their_login(keeping, person, chief):
    chief.post(PEOPLE, {"action": "confirm", "_selected_action": person.pk})
    answer = keeping.get(page(person))
    person.refresh_from_db()
    assert person.confirmed_by.email not in answer.text


def test_the_list_shows_people_in_post_and_leavers_on_asking(keeping, boston, person):
    make_person(boston, "Gone Away", left_on=LONG_AGO)
    assert found(keeping) == ["Bess Ordinary", "Olive Ours"]
    assert found(keeping, "?post=left") == ["Gone Away"]
    assert len(found(keeping, "?post=all")) == 3


def test_the_filters_of_the_list_do_what_they_say(chief, canary, person):
    StaffMember.objects.filter(pk=person.pk).update(
        confirmed_at=CONFIRMED, is_willing_to_help=True
    )
    StaffMember.objects.filter(pk=canary.pk).update(
        confirmed_at=CONFIRMED.replace(year=2020)
    )
    assert found(chief, "?partner=boston") == ["Bess Ordinary"]
    assert found(chief, "?is_willing_to_help__exact=1") == ["Bess Ordinary"]
    assert found(chief, "?confirmed=old") == ["CANARY Quirin"]
    assert found(chief, "?confirmed=no") == []


@pytest.mark.parametrize(
    ("q", "names"),
    [
        ("o'hanlon", ["Bernadette O'Hanlon"]),
        ("jose", ["José Núñez"]),
        ("service-desk bernadette", ["Bernadette O'Hanlon"]),
        ("%", []),
        ("_", []),
        ("---", []),
        ("nobody", []),
    ],
)
def test_the_search_is_by_name_and_post(chief, boston, q, names):
    make_person(boston, "Bernadette O'Hanlon", post="Service-desk lead")
    make_person(boston, "José Núñez")
    assert found(chief, f"?q={q.replace('%', '%25')}") == names


def test_skills_are_counted_whatever_is_searched(keeping, person):
    for _ in range(3):
        make_held(person, make_skill())
    [shown] = keeping.get(PEOPLE + "?q=bess").context["cl"].result_list
    assert shown.skills_held_count == 3


def test_confirming_many_says_how_many(keeping, person, coordinator):
    ticked = [person.pk, coordinator.person.pk]
    posted = {"action": "confirm", "_selected_action": ticked}
    answer = keeping.post(PEOPLE, posted, follow=True)
    assert told(answer) == ["2 confirmed, with their skills"]
    assert StaffMember.objects.filter(confirmed_by=coordinator).count() == 2


def test_marking_many_as_left_says_how_many(keeping, person):
    posted = {"action": "mark_as_left", "_selected_action": person.pk}
    answer = keeping.post(PEOPLE, posted, follow=True)
    assert told(answer) == ["1 marked as left: they are hidden at once"]
    assert "Bess Ordinary" not in found(keeping)


def test_the_history_of_a_person_has_its_own_page(keeping, person):
    answer = keeping.get(page(person, "history"))
    assert answer["Location"] == f"/skills/people/{person.pk}/history/"


def test_the_history_of_a_leaver_is_the_coordinator_s_to_read(keeping, boston):
    gone = make_person(boston, "Gone Away", left_on=LONG_AGO)
    assert keeping.get(page(gone, "history"), follow=True).status_code == 200


def test_the_file_holds_what_the_list_shows_in_its_order(keeping, boston, person):
    make_person(boston, "Zoe Last", post="=1+1", base_site=make_site(boston))
    for asking in ("", "?q=bess", "?o=-1", "?post=all&o=2", "?p=7"):
        header, *rows = cells(keeping.get(f"{PEOPLE}export.csv{asking}"))
        shown = "" if "p=7" in asking else asking
        assert [cell[2] for cell in rows] == found(keeping, shown)
        assert header == columns.titles(columns.PEOPLE)


def test_the_file_is_safe_to_open_and_not_kept_by_browsers(keeping, boston):
    make_person(boston, "Zoe Last", post="=1+1")
    answer = keeping.get(PEOPLE + "export.csv?q=zoe&excel=1")
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"].startswith('attachment; filename="people-zoe-')
    text = answer.getvalue().decode()
    assert text.startswith("\ufeff")
    assert ",'=1+1," in text


def test_taking_a_list_away_is_noted_with_filters_and_people(
    keeping, person, coordinator
):
    keeping.get(PEOPLE + "export.csv?q=bess&post=all")
    note = Disclosure.objects.get()
    assert (note.by, note.what, note.kind) == (coordinator, "people", "export")
    assert note.staff_ids == [person.pk]
    assert note.filters == {"q": ["bess"], "post": ["all"]}


def test_a_filter_that_makes_no_sense_takes_nothing_away(keeping, person):
    answer = keeping.get(PEOPLE + "export.csv?is_willing_to_help__exact=zz")
    assert answer["Location"] == PEOPLE + "?e=1"
    assert not Disclosure.objects.exists()


def test_a_page_of_a_person_is_opened_with_rows_of_every_kind(keeping, person):
    make_absence(person, LONG_AGO, LONG_AGO)
    make_held(person, make_skill("DNS"))
    answer = keeping.get(page(person))
    inlines = answer.context["inline_admin_formsets"]
    assert len(inlines) == 5
    assert "1 January 2020" in answer.text or "01/01/2020" in answer.text
