"""A refusal of the table comes back as the sentence that says what to do."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from partners import refusals
from partners.models import Appointment, Partner, StaffMember, User
from partners.models.appointment import LAST_COORDINATOR
from tests.administration import complaints, listing, page, row, saved, typed
from tests.constraints import constraints_of
from tests.factories import (
    LONG_AGO,
    appoint,
    make_partner,
    make_person,
    make_skill,
    make_user,
)
from tests.races import lost, race
from tests.tree import FLOORS

BUILT_IN = "Constraint “%(name)s” is violated."
RACING = pytest.mark.django_db(transaction=True)


def refusal_of(act):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        act()
    return refusals.sentence(refusal.value)


def _models():
    return [m for app in FLOORS for m in apps.get_app_config(app).get_models()]


def test_every_constraint_has_its_sentence():
    for name in constraints_of(*_models()):
        sentence = refusals._sentences()[name]
        assert sentence != BUILT_IN.replace("%(name)s", name) or "one_row" in name


@pytest.mark.django_db
def test_a_unique_column_has_its_sentence(boston):
    again = {"short_name": "Other", "slug": "other", "name": boston.name}
    said = refusal_of(lambda: make_partner(**again))
    assert said == "There is already a partner with this name"


@pytest.mark.django_db
def test_a_constraint_says_its_sentence(boston):
    make_person(boston, work_email="ada@boston.example")
    said = refusal_of(lambda: make_person(boston, work_email="ADA@boston.example"))
    assert said == "Somebody in the partnership has this work e-mail already"


@pytest.mark.django_db
def test_a_newer_version_says_so(boston):
    old = Partner.objects.get()
    boston.senior_sponsor = "Ann"
    boston.save()
    old.senior_sponsor = "Bob"
    assert refusal_of(old.save) == refusals.STALE_SENTENCE


@pytest.mark.django_db
def test_the_last_partnership_coordinator_says_so(partnership_coordinator):
    said = refusal_of(partnership_coordinator.delete)
    assert said == refusals._SPECIAL[LAST_COORDINATOR]


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["is_active", "left"])
def test_every_way_to_lose_the_last_one_is_refused(partnership_coordinator, field):
    person = make_person(user=partnership_coordinator)
    logins = User.objects.filter(pk=partnership_coordinator.pk)
    people = StaffMember.objects.filter(pk=person.pk)
    lose = {
        "is_active": lambda: logins.update(is_active=False),
        "left": lambda: people.update(left_on=LONG_AGO),
    }
    assert refusal_of(lose[field]) == refusals._SPECIAL[LAST_COORDINATOR]


@pytest.mark.django_db
def test_a_leaver_is_nobody_s_second_partnership_coordinator(partnership_coordinator):
    gone = make_user()
    appoint(gone, Appointment.Role.PARTNERSHIP_COORDINATOR)
    make_person(user=gone, left_on=LONG_AGO)
    ended = partnership_coordinator.appointments.get().delete
    assert refusal_of(ended) == refusals._SPECIAL[LAST_COORDINATOR]


@pytest.mark.django_db
def test_other_logins_close_and_other_people_leave_whoever_coordinates(boston):
    person = make_person(boston, user=make_user())
    assert User.objects.update(is_active=False) == 1
    assert StaffMember.objects.filter(pk=person.pk).update(left_on=LONG_AGO) == 1


@pytest.mark.django_db
def test_what_is_joined_to_something_gone_says_so(boston):
    person = make_person(boston)
    people = StaffMember.objects.filter(pk=person.pk)

    def lose_the_site():
        people.update(base_site_id=10**9)
        connection.check_constraints()

    assert refusal_of(lose_the_site) == refusals.JOINED_SENTENCE


@pytest.mark.django_db
def test_what_is_still_used_says_by_whom(boston):
    for name in ("Ann", "Bob", "Cat", "Dan", "Eve"):
        make_person(boston, name)
    with pytest.raises(ProtectedError) as refusal:
        boston.delete()
    assert refusals.sentence(refusal.value) == (
        "This is still used by Ann, Bob, Cat and 2 more: change that first"
    )


@pytest.mark.django_db
def test_an_empty_column_is_no_rule_of_ours(boston):
    assert refusal_of(lambda: StaffMember.objects.create(name=None)) is None


def test_an_error_without_a_cause_is_no_rule_of_ours():
    assert refusals.sentence(IntegrityError("something else")) is None


@pytest.mark.parametrize("name", ["change", "delete"])
def test_a_refusal_nobody_has_a_sentence_for_is_raised(
    chief, boston, monkeypatch, name
):
    def broken(*args, **kwargs):
        raise IntegrityError("a rule nobody knows")

    for method in ("save_model", "delete_model"):
        monkeypatch.setattr(f"partners.admin.records.PartnerAdmin.{method}", broken)
    posted = typed(chief, page(boston)) | {"post": "yes"}
    with pytest.raises(IntegrityError, match="nobody knows"):
        chief.post(page(boston, name), posted)


def _two_coordinators():
    partner = make_partner("Boston")
    people = [make_person(partner, user=make_user()) for _ in range(2)]
    for person in people:
        appoint(person.user, Appointment.Role.COORDINATOR, partner)
    return partner, people


def _both_post(client_of, people, address, *changes):
    clients = [client_of(person.user) for person in people]
    forms = [typed(client, address) for client in clients]
    return race(
        *(
            lambda client=client, posted=form | change: client.post(address, posted)
            for client, form, change in zip(clients, forms, changes, strict=True)
        )
    )


def _sentence_of_the_one_who_lost(answers, kept):
    """What the loser reads, over a form that still holds what they typed."""
    assert lost(answers) == []
    assert sorted(map(saved, answers)) == [False, True]
    [refused] = [answer for answer in answers if not saved(answer)]
    assert any(text in refused.text for text in kept)
    return " ".join(complaints(refused))


@RACING
def test_of_two_who_add_the_same_email_one_is_told(client_of):
    partner, people = _two_coordinators()
    new = {"partner": partner.pk, "full_time_equivalent": "1"}
    answers = _both_post(
        client_of,
        people,
        listing(StaffMember, "add"),
        new | {"name": "Ada One", "work_email": "ada@boston.example"},
        new | {"name": "Ada Two", "work_email": "ADA@boston.example"},
    )
    said = _sentence_of_the_one_who_lost(answers, ["Ada One", "Ada Two"])
    assert "Somebody in the partnership has this work e-mail already" in said
    assert StaffMember.objects.count() == 3


@RACING
def test_of_two_who_save_one_reading_one_is_told(client_of):
    partner, people = _two_coordinators()
    person = make_person(partner, post="Analyst")
    answers = _both_post(
        client_of, people, page(person), {"post": "Engineer"}, {"post": "Manager"}
    )
    said = _sentence_of_the_one_who_lost(answers, ["Engineer", "Manager"])
    assert "saved a newer version" in said
    person.refresh_from_db()
    assert (person.version, person.post) in [(2, "Engineer"), (2, "Manager")]


@RACING
def test_of_two_who_add_the_same_skill_one_is_told(client_of):
    partner, people = _two_coordinators()
    person, skill = make_person(partner), make_skill("DNS")
    answers = _both_post(
        client_of,
        people,
        page(person),
        row("skills_held", skill=skill.pk, level=1),
        row("skills_held", skill=skill.pk, level=4),
    )
    said = _sentence_of_the_one_who_lost(answers, ["DNS"])
    assert "This person already has that skill" in said
    assert person.skills_held.count() == 1


@RACING
def test_of_two_who_add_the_same_days_away_one_is_told(client_of):
    partner, people = _two_coordinators()
    person = make_person(partner)
    answers = _both_post(
        client_of,
        people,
        page(person),
        row("absences", begins_on="01/12/2026", ends_on="03/12/2026"),
        row("absences", begins_on="02/12/2026", ends_on="04/12/2026"),
    )
    said = _sentence_of_the_one_who_lost(answers, ["02/12/2026", "03/12/2026"])
    assert "Some of these days are already in another absence of this person" in said
    assert person.absences.count() == 1


def _closing(client, user):
    posted = typed(client, page(user))
    posted.pop("is_active")
    return lambda: client.post(page(user), posted)


@RACING
def test_of_two_who_close_each_other_s_login_one_is_told(client_of):
    chiefs = [make_user() for _ in range(2)]
    for user in chiefs:
        appoint(user, Appointment.Role.PARTNERSHIP_COORDINATOR)
    closings = [_closing(client_of(a), b) for a, b in (chiefs, chiefs[::-1])]
    answers = race(*closings)
    said = _sentence_of_the_one_who_lost(answers, [user.email for user in chiefs])
    assert refusals._SPECIAL[LAST_COORDINATOR] in said
    assert User.objects.filter(is_active=True).count() == 1


def test_a_save_refused_after_the_form_was_read_is_told(chief, boston, monkeypatch):
    def save_model(self, request, obj, form, change):
        rows = Partner.objects.filter(pk=obj.pk, senior_sponsor="")
        rows.update(senior_sponsor="Meanwhile")
        obj.save()

    monkeypatch.setattr("partners.admin.records.PartnerAdmin.save_model", save_model)
    posted = typed(chief, page(boston)) | {"senior_sponsor": "Ann Typed"}
    answer = chief.post(page(boston), posted)
    assert complaints(answer) == [refusals.STALE_SENTENCE]
    assert 'value="Ann Typed"' in answer.text
    assert Partner.objects.get(pk=boston.pk).senior_sponsor == ""


def test_many_at_once_are_refused_as_a_whole(chief, partnership_coordinator):
    users = [make_user(), partnership_coordinator, make_user()]
    posted = {"action": "delete_selected", "post": "yes"}
    posted |= {"_selected_action": [user.pk for user in users]}
    answer = chief.post(listing(User), posted, follow=True)
    assert refusals._SPECIAL[LAST_COORDINATOR] in answer.text
    assert User.objects.count() == 3
