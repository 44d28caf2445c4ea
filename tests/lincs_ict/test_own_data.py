"""Everything held about somebody is told to them, and nothing else is."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.apps import apps
from django.utils import timezone
from post_office.models import Email

from lincs_ict.own_data import archive, sections
from lincs_ict.own_data.kinds import IMPORTED, KINDS, MESSAGES, OF_OTHERS, OPENED, TAKEN
from partners.mail import queue
from partners.models import (
    Appointment,
    Disclosure,
    Reminder,
    StaffMember,
    User,
)
from skills.models import HandledSearch, SkillProposal
from tests import canary
from tests.factories import (
    LONG_AGO,
    appoint,
    make_absence,
    make_batch,
    make_certification,
    make_correction,
    make_held,
    make_invitation,
    make_partner,
    make_person,
    make_reset,
    make_skill,
    make_transfer,
    make_user,
    make_wish,
    make_working_week,
)
from tests.plans import (
    make_approved,
    make_content,
    make_decision,
    make_edition,
    make_offer,
    make_pack,
    make_update,
)
from tests.rota_makers import (
    make_duty,
    make_rota,
    make_rotation,
    make_swap,
    make_token,
)

EVERY = (*KINDS, OPENED, TAKEN, MESSAGES, IMPORTED)


def keys_to_people():
    """Every column of every table that names a person or a login."""
    for model in apps.get_models():
        if hasattr(model, "pgh_tracked_model"):  # told as history
            continue
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
            if field.related_model in (StaffMember, User):
                yield f"{model._meta.label}.{field.name}"


def told_by():
    return {f"{kind.model._meta.label}.{name}" for kind in EVERY for name in kind.by}


def test_every_key_to_a_person_is_told_or_left_out_for_a_reason():
    assert set(keys_to_people()) - told_by() - set(OF_OTHERS) == set()


def test_no_reason_is_given_for_what_is_told_or_gone():
    assert set(OF_OTHERS) & told_by() == set()
    assert set(OF_OTHERS) - set(keys_to_people()) == set()
    assert all(OF_OTHERS.values())


def test_every_kind_has_a_file_of_its_own():
    keys = [kind.key for kind in EVERY]
    assert len(keys) == len(set(keys))


def test_only_what_opens_a_login_is_told_nowhere():
    secret = {kind.key: set(kind.secret) for kind in KINDS if kind.secret}
    assert secret == {
        "login": {"password", "session_edition"},
        "browsers": {"session_key", "data"},
        "second-factor": {"data"},
        "invitations": {"digest"},
        "rota-addresses": {"digest", "shown"},
        # Other people's numbers.
        "plan-packs": {"contacts"},
    }


def make_everything(person):
    """One of every kind that is somebody's own."""
    user, skill = make_user(person=person), make_skill()
    appoint(user, Appointment.Role.READER)
    make_working_week(person, days=[1])
    make_absence(person, LONG_AGO, LONG_AGO)
    make_held(person, skill)
    make_wish(person, skill)
    make_certification(person)
    make_transfer(person, make_partner(), note="A note", answer="An answer")
    make_correction(person)
    make_invitation(person)
    user.usersession_set.create(ip="::1", session_key=user.pk, user_agent="Firefox")
    user.socialaccount_set.create(provider="partner-1", uid=f"name {user.pk}")
    Reminder.objects.create(staff=person, kind="asked", occasion="occasion")
    RecoveryCodes.activate(user)
    make_reset(person)
    propose(user)
    serve(person)
    batch = make_batch(person.partner, person)
    batch.uploaded_by = user
    batch.save()
    HandledSearch.objects.create(**SEARCH, handled_by=user)
    write_plans(user)
    Disclosure.objects.create(
        by=user, kind="page", what="person", staff_ids=[person.pk]
    )
    return user


SEARCH = {
    "words": "flux",
    "key": "flux",
    "times_asked": 1,
    "first_asked_on": LONG_AGO,
    "last_asked_on": LONG_AGO,
    "outcome": "dismissed",
}


def write_plans(user):
    edition = make_edition(started_by=user, answer="Flux")
    make_content(edition, edited_by=user)
    make_decision(make_update(edition.plan), user)
    make_offer(edition.plan.partner, user)
    make_pack(make_approved(make_edition()), user)


def serve(person):
    rota = make_rota()
    make_swap(make_duty(rota, person), person, asked_by=person.user)
    make_rotation(rota, [person])
    make_token(staff=person)


def propose(user):
    words = {"name": "Flux", "description": "Flux", "why": "Flux"}
    return SkillProposal.objects.create(proposed_by=user, **words)


def send(to):
    context = {"name": "", "partner": "", "sender": ""}
    template = "coordinator_welcome"
    return queue.add_message(to=to, subject="Hello", template=template, context=context)


def files_of(user):
    with ZipFile(BytesIO(archive.zip_of(user))) as zipped:
        return {name: zipped.read(name).decode() for name in zipped.namelist()}


def held_by(user):
    return json.loads(files_of(user)["about-me.json"])["held"]


@pytest.mark.django_db
def test_one_of_each_kind_is_in_the_copy():
    user = make_everything(make_person())
    send(user.email)
    make_absence(make_person(user.person.partner), LONG_AGO, None, user.person)
    held = held_by(user)
    assert [key for key, rows in held.items() if not rows] == ["login-e-mails"]


@pytest.mark.django_db
def test_every_text_of_one_s_own_is_in_the_copy():
    person = make_person(telephone="01632 960555")
    user = make_everything(person)
    planted = plant_in(user)
    assert len(planted) > 15
    said = json.loads(files_of(user)["about-me.json"])
    written = json.dumps(said["held"])
    assert [place for place, words in planted.items() if words not in written] == []


def plant_in(user):
    """Words of its own in each text column of each row that is this login's."""
    planted = {}
    for kind in KINDS:
        own = kind.of(user).order_by()
        for field in canary.texts(kind.model):
            if field.name in kind.secret:
                continue
            words = f"zq{len(planted)}q"
            if canary.plant_in(own, field, words):
                planted[f"{kind.key}.{field.name}"] = words
    return planted


@pytest.mark.django_db
def test_nothing_of_anybody_else_is_in_the_copy():
    partner = make_partner()
    other = make_person(partner, "Otto Other")
    theirs = make_everything(other)
    send(theirs.email)
    planted = plant_in(theirs)
    user = make_everything(make_person(partner))
    said = "".join(files_of(user).values())
    assert [place for place, words in planted.items() if words in said] == []
    assert "Otto Other" not in said


@pytest.mark.django_db
def test_names_of_who_covers_and_who_opened_are_told():
    partner = make_partner()
    cover, opener = (
        make_person(partner, name) for name in ("Cora Cover", "Opal Opener")
    )
    person = make_person(partner)
    user = make_user(person=person)
    make_absence(person, LONG_AGO, LONG_AGO, cover)
    by = make_user(person=opener)
    Disclosure.objects.create(by=by, kind="page", what="x", staff_ids=[person.pk])
    held = held_by(user)
    assert held["absences"][0]["cover"] == "Cora Cover"
    assert held["opened"][0]["by"] == "Opal Opener"


@pytest.mark.django_db
def test_the_history_of_what_was_removed_is_told():
    person = make_person()
    user = make_user(person=person)
    make_certification(person, "Vanished diploma").delete()
    history = held_by(user)["history"]
    assert "removed" in {c["done"] for c in history if "Vanished" in c["what"]}


@pytest.mark.django_db
def test_messages_to_several_people_are_told_to_each():
    user, two = make_user("one@co.council.example"), "two@council.example"
    for to, cc in (
        ([two, "one@co.council.example"], []),
        ([two], ["One@co.council.example"]),
        (["someone@co.council.example"], []),
        (["one@coxcouncil.example"], [two]),
    ):
        Email.objects.create(from_email="ict@council.example", to=to, cc=cc)
    assert sections.sent(user).count() == 2


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (True, "yes"),
        (LONG_AGO, "1 January 2020"),
        ({"words": ["vpn", "backup"], "empty": []}, "words: vpn, backup"),
        ([1, None, "two"], "1, two"),
    ],
)
def test_values_are_told_in_words(value, words):
    assert sections.in_words(value) == words


def test_values_in_the_copy_are_for_programs():
    midnight = timezone.make_aware(timezone.datetime(2026, 7, 1))
    assert archive._plain(midnight) == "2026-07-01T00:00:00+01:00"
    assert archive._plain(LONG_AGO) == "2020-01-01"
    assert archive._plain({"a": [1]}) == {"a": [1]}
