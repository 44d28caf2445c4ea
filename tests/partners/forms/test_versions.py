"""A save over a newer edition shows both, and nothing typed is lost."""

import re
from datetime import date

import pytest
import time_machine
from django import forms
from django.contrib import admin
from django.core import validators
from django.forms import fields, models

from partners.models import Partner, Site
from tests.administration import (
    both_versions,
    complaints,
    page,
    row,
    saved,
    typed,
)
from tests.factories import make_absence, make_held, make_person, make_site, make_skill

HALF_PAST_FIVE = "2026-11-22T17:30:00Z"


@pytest.fixture
def person(boston):
    return make_person(
        boston, "Bess Ordinary", post="Analyst", telephone="01632 960001"
    )


@pytest.fixture
def behind(chief, keeping, person):
    """What the coordinator typed, and meanwhile somebody else saved."""

    def type_and_save(**changes):
        mine = typed(keeping, page(person))
        with time_machine.travel(HALF_PAST_FIVE, tick=False):
            theirs = typed(chief, page(person)) | changes
            assert saved(chief.post(page(person), theirs))
        return mine

    return type_and_save


def test_both_versions_are_shown_and_what_was_typed_stays(keeping, person, behind):
    mine = behind(post="Manager", left_on="01/12/2026") | {"post": "Engineer"}
    answer = keeping.post(page(person), mine)
    said = both_versions(answer)
    assert ("Post", "Engineer", "Manager") in said
    assert ("Left on", "nothing", "1 December 2026") in said
    assert 'value="Engineer"' in answer.text
    person.refresh_from_db()
    assert person.post == "Manager"


def test_who_saved_and_when_is_said(chief, keeping, person, coordinator):
    mine = typed(chief, page(person)) | {"post": "Engineer"}
    theirs = typed(keeping, page(person)) | {"post": "Manager"}
    keeping.post(page(person), theirs)
    first = complaints(chief.post(page(person), mine))[0]
    when = r"\d+(:\d\d)?[ap]m|midday|midnight"
    sentence = rf"Olive Ours saved a newer version at ({when}) on \d+ \w+ \d{{4}}\. "
    assert re.match(sentence, first)
    assert "Nothing of yours is saved yet" in first


def test_a_login_without_a_person_is_not_named_to_coordinators(keeping, person, behind):
    mine = behind(post="Manager") | {"post": "Engineer"}
    answer = keeping.post(page(person), mine)
    assert complaints(answer)[0].startswith("A login without a person saved")
    assert "whole.partnership" not in answer.text


def test_saving_again_is_a_knowing_choice(keeping, person, behind):
    mine = behind(post="Manager") | {"post": "Engineer"}
    keeping.post(page(person), mine)
    again = mine | {"edition": "2"}
    assert saved(keeping.post(page(person), again))
    person.refresh_from_db()
    assert (person.post, person.version) == ("Engineer", 3)


def test_the_form_that_comes_back_knows_the_newest_version(keeping, person, behind):
    mine = behind(post="Manager") | {"post": "Engineer"}
    answer = keeping.post(page(person), mine)
    assert re.search(r'name="edition" value="2"', answer.text)


def test_a_third_version_meanwhile_is_shown_again(keeping, person, behind):
    mine = behind(post="Manager") | {"post": "Engineer"}
    keeping.post(page(person), mine)
    behind(post="Director")
    answer = keeping.post(page(person), mine | {"edition": "2"})
    assert ("Post", "Engineer", "Director") in both_versions(answer)


@pytest.mark.parametrize("edition", [None, "", "abc", "0", "-1", "2", "9" * 40, "\0"])
def test_a_version_left_out_or_made_up_overwrites_nothing(
    keeping, person, behind, edition
):
    mine = behind(post="Manager") | {"post": "Engineer", "edition": edition}
    behind(post="Director")
    mine = {key: value for key, value in mine.items() if value is not None}
    assert not saved(keeping.post(page(person), mine))
    person.refresh_from_db()
    assert person.post == "Director"


def test_the_same_change_made_by_both_is_no_quarrel(keeping, person, behind):
    mine = behind(post="Manager") | {"post": "Manager"}
    assert saved(keeping.post(page(person), mine))


def test_a_confirmation_meanwhile_stops_nobody(keeping, person):
    mine = typed(keeping, page(person)) | {"post": "Engineer"}
    type(person).objects.update(confirmed_at=HALF_PAST_FIVE)
    answer = keeping.post(page(person), mine)
    assert saved(answer) or ("Post", "Engineer", "Analyst") in both_versions(answer)


def test_a_stale_row_shows_both_levels(keeping, person):
    held = make_held(person, make_skill("DNS"), 2)
    mine = typed(keeping, page(person)) | {"skills_held-0-level": "4"}
    person.skills_held.update(level=1)
    answer = keeping.post(page(person), mine)
    said = ("Level", "Expert", "Awareness")
    assert said in both_versions(answer)
    held.refresh_from_db()
    assert held.level == 1


def test_an_untouched_row_is_not_written_over(keeping, person):
    held = make_held(person, make_skill("DNS"), 2)
    mine = typed(keeping, page(person)) | {"post": "Engineer"}
    person.skills_held.update(level=4)
    answer = keeping.post(page(person), mine)
    held.refresh_from_db()
    assert held.level == 4
    assert saved(answer) or ("Level", "Working", "Expert") in both_versions(answer)


def test_a_row_changed_meanwhile_is_not_deleted_unread(keeping, person):
    make_held(person, make_skill("DNS"), 2)
    mine = typed(keeping, page(person)) | {"skills_held-0-DELETE": "on"}
    person.skills_held.update(level=4)
    answer = keeping.post(page(person), mine)
    said = ("Level", "Working", "Expert")
    assert said in both_versions(answer)
    assert person.skills_held.count() == 1
    assert saved(keeping.post(page(person), mine | {"skills_held-0-edition": "2"}))
    assert person.skills_held.count() == 0


def test_a_row_removed_meanwhile_says_so_and_the_others_stay(keeping, person):
    first, second = (make_held(person, make_skill(name), 2) for name in ("ABC", "DNS"))
    mine = typed(keeping, page(person))
    mine |= {"skills_held-0-level": "4", "skills_held-1-level": "4"}
    first.delete()
    answer = keeping.post(page(person), mine)
    assert complaints(answer)[0].startswith("Somebody removed this row meanwhile")
    second.refresh_from_db()
    assert second.level == 2
    mine["skills_held-0-DELETE"] = "on"
    assert saved(keeping.post(page(person), mine))
    second.refresh_from_db()
    assert second.level == 4


def test_a_row_added_meanwhile_stays(keeping, person):
    mine = typed(keeping, page(person)) | row("absences", begins_on="01/12/2026")
    make_absence(person, date(2026, 5, 1), date(2026, 5, 2))
    assert saved(keeping.post(page(person), mine))
    assert person.absences.count() == 2


def test_a_stale_site_of_a_partner_shows_both_names(keeping, boston):
    site = make_site(boston, "Depot")
    mine = typed(keeping, page(boston)) | {"sites-0-name": "Works"}
    Site.objects.update(name="Yard")
    said = both_versions(keeping.post(page(boston), mine))
    assert ("Name", "Works", "Yard") in said
    site.refresh_from_db()
    assert site.name == "Yard"


def test_times_and_choices_are_shown_in_words(chief, boston):
    mine = typed(chief, page(boston))
    mine |= {"desk_opens_at": "07:30", "kind": "nhs"}
    Partner.objects.update(desk_opens_at="09:00", kind="city")
    said = both_versions(chief.post(page(boston), mine))
    assert ("Desk opens at", "7:30am", "9am") in said
    assert ("Kind", "NHS trust", "City council") in said


STOCK = {
    str(message)
    for kind in (*vars(fields).values(), *vars(models).values())
    if isinstance(kind, type) and issubclass(kind, forms.Field)
    for message in kind.default_error_messages.values()
} | {
    str(getattr(kind, "message", ""))
    for kind in vars(validators).values()
    if isinstance(kind, type)
}
# What no hand can type into the control, and what the control never asks.
UNASKED = {"overflow", "invalid_list", "invalid_pk_value", "incomplete"}


def _forms(request):
    for kept in admin.site._registry.values():
        if not kept.has_change_permission(request):
            continue
        yield kept.get_form(request)
        for inline in kept.get_inline_instances(request):
            yield inline.get_formset(request).form


@pytest.mark.django_db
def test_no_field_says_what_django_would_say(rf, partnership_coordinator):
    request = rf.get("/admin/")
    request.user = partnership_coordinator
    stock = [
        f"{form.__name__}.{name}: {message}"
        for form in _forms(request)
        for name, field in form().fields.items()
        if not field.widget.is_hidden
        for code, message in field.error_messages.items()
        if code not in UNASKED and (code != "required" or field.required)
        if str(message) in STOCK
    ]
    assert stock == []


WRONG = {
    "work_email": ("nope", "Enter work e-mail in the form name@partner.gov.uk"),
    "telephone": (
        "call me",
        "Enter a telephone number, like 01632 960001 or +44 1632 960001",
    ),
    "name": ("", "Enter name"),
    "post": ("x" * 200, "Shorten post to 120 characters or fewer"),
    "left_on": (
        "31 31 2026",
        "Enter the first day no longer in post as a date, like 22 11 2026",
    ),
    "full_time_equivalent": ("two", "Enter full-time equivalent as a number, like 0.6"),
    "base_site": ("999999", "Choose base site from the list"),
    "mobile": ("\0", "Remove the invisible characters from work mobile"),
}


@pytest.mark.parametrize("field", WRONG)
def test_what_is_wrong_says_what_to_do(keeping, person, field):
    value, sentence = WRONG[field]
    posted = typed(keeping, page(person)) | {field: value}
    assert sentence in complaints(keeping.post(page(person), posted))


def test_the_table_s_rules_are_said_too(keeping, person):
    posted = typed(keeping, page(person)) | {"full_time_equivalent": "2"}
    said = complaints(keeping.post(page(person), posted))
    assert said == ["Full-time equivalent is more than 0 and at most 1"]
