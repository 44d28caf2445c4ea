"""What is edited knows its edition and leaves a history that stays."""

from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, models, transaction

from partners.models import Absence, StaffMember, User, Versioned
from tests import tree
from tests.factories import make_absence, make_person
from tests.races import broken_constraint

# Kept by the site itself, or about itself: nobody edits these.
KEPT_BY_THE_SITE = {"Anonymisation", "CatalogueStamp", "Disclosure"}
KEPT_BY_THE_SITE |= {"MergedRow", "SkillMerge", "UnansweredSearch"}
KEPT_BY_THE_SITE |= {"HandledSearch", "ImportBatch", "ImportRow", "Job", "Reminder"}
KEPT_BY_THE_SITE |= {"Delivery", "Invitation", "PlanEditor", "SecondFactorReset"}
# Duties are their own history: they are replaced and never rewritten.
KEPT_BY_THE_SITE |= {"Duty", "DutyChange", "RotaToken", "Swap", "SwapAsked"}
KEPT_BY_THE_SITE |= {"LayingOut", "PackFile", "PlanDecision", "PlanPack"}
# A login is recorded, but its row is written by every sign-in.
RECORDED_ONLY = {"User"}


def our_models():
    found = [model for app in tree.FLOORS for model in _of(app)]
    return [model for model in found if model.__name__ not in KEPT_BY_THE_SITE]


def _of(app):
    models_of = apps.get_app_config(app).get_models()
    return [model for model in models_of if not hasattr(model, "pgh_tracked_model")]


def events():
    return {m for m in apps.get_models() if hasattr(m, "pgh_tracked_model")}


@pytest.fixture
def person(boston):
    return make_person(boston, "Ada First", post="Analyst")


def last(record):
    return record.events.order_by("pgh_id").last()


@pytest.mark.parametrize("model", our_models(), ids=lambda m: m.__name__)
def test_what_people_edit_knows_its_edition(model):
    assert issubclass(model, Versioned) or model.__name__ in RECORDED_ONLY


@pytest.mark.parametrize("model", our_models(), ids=lambda m: m.__name__)
def test_what_people_edit_is_recorded_from_birth_to_death(model):
    tracked = {event.pgh_tracked_model for event in events()}
    assert model in tracked
    names = {trigger.name for trigger in model._meta.triggers}
    assert {"insert_insert", "update_update", "delete_delete"} <= names


@pytest.mark.parametrize("model", our_models(), ids=lambda m: m.__name__)
def test_every_constraint_has_a_sentence_of_its_own(model):
    plain = models.BaseConstraint.default_violation_error_message
    said = [c.violation_error_message for c in model._meta.constraints]
    assert plain not in said
    assert None not in said


def test_saving_updates_the_edition_read(person):
    person.post = "Senior analyst"
    person.save()
    assert person.version == 2
    assert StaffMember.objects.get().version == 2


def test_saving_some_fields_checks_the_edition_too(person):
    StaffMember.objects.update(post="Meanwhile")
    person.name = "Ada Second"
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        person.save(update_fields=["name"])
    assert broken_constraint(refusal.value).endswith("version_is_newest")


def test_saving_an_old_reading_is_refused(person):
    old = StaffMember.objects.get()
    person.post = "Senior analyst"
    person.save()
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        old.save()
    assert broken_constraint(refusal.value) == "partners_staffmember_version_is_newest"


def test_saving_nothing_new_is_no_new_edition(person):
    person.save()
    assert person.version == 1


def test_birth_change_and_death_are_recorded(person):
    person.post = "Senior analyst"
    person.save()
    pk = person.pk
    person.delete()
    kept = StaffMember.pgh_event_model.objects.filter(pgh_obj_id=pk)
    labels = kept.order_by("pgh_id").values_list("pgh_label", flat=True)
    assert list(labels) == ["insert", "update", "delete"]


def test_bulk_writes_are_recorded(person):
    StaffMember.objects.update(post="Reorganised")
    assert last(person).post == "Reorganised"
    person.refresh_from_db()
    person.post = "Again"
    StaffMember.objects.bulk_update([person], ["post"])
    assert last(person).post == "Again"
    Absence.objects.bulk_create([Absence(staff=person, begins_on=date(2026, 5, 1))])
    assert last(Absence.objects.get()).pgh_label == "insert"


def test_deleting_with_the_person_is_recorded(person):
    absence = make_absence(person, date(2026, 5, 1))
    person.delete()
    kept = Absence.pgh_event_model.objects.filter(pgh_obj_id=absence.pk)
    assert kept.order_by("pgh_id").last().pgh_label == "delete"


@pytest.mark.parametrize("change", ["update", "delete"])
def test_history_is_added_to_and_never_changed(person, change):
    rows = StaffMember.pgh_event_model.objects.all()
    attempt = {"update": lambda: rows.update(post="x"), "delete": rows.delete}[change]
    with pytest.raises(DatabaseError), transaction.atomic():
        attempt()
    assert last(person).post == "Analyst"


def test_history_keeps_no_password_and_no_sign_in(person):
    kept = {field.name for field in User.pgh_event_model._meta.get_fields()}
    assert "email" in kept
    assert not kept & {"password", "last_login"}


def test_signing_in_is_not_a_change(django_user_model):
    user = django_user_model.objects.create_user("ada@boston.example")
    user.last_login = datetime(2026, 5, 1, tzinfo=UTC)
    user.save()
    assert user.events.count() == 1
