"""People move to another partner by a transfer, and only so."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from post_office.models import Email

from partners import refusals
from partners.models import Appointment, StaffMember, Transfer, User
from partners.people import transfers
from tests.constraints import assert_guarded, assert_sentence
from tests.factories import (
    LONG_AGO,
    appoint,
    make_absence,
    make_partner,
    make_person,
    make_site,
    make_transfer,
    make_user,
    make_working_week,
)

COORDINATOR = Appointment.Role.COORDINATOR


@pytest.fixture
def ann(boston):
    return make_person(boston, "Ann Able", base_site=make_site(boston))


@pytest.fixture
def released(ann, lincoln, coordinator, their_coordinator):
    """Ann, whom Boston releases to Lincoln from today on."""
    return transfers.release(by=coordinator, person=ann, to_partner=lincoln)


def later(days=30):
    return timezone.localdate() + timedelta(days=days)


def told_to():
    return {(m.to[0], m.message.split("\n")[2]) for m in Email.objects.all()}


def test_accepting_moves_the_person_and_empties_the_site(
    released, ann, lincoln, their_coordinator
):
    done = transfers.accept(by=their_coordinator, transfer=released)
    ann.refresh_from_db()
    assert (ann.partner, ann.base_site) == (lincoln, None)
    assert (done.state, done.done_at is not None) == ("done", True)


def test_working_days_and_absences_come_along(released, ann, their_coordinator):
    make_working_week(ann)
    make_absence(ann, LONG_AGO, LONG_AGO)
    transfers.accept(by=their_coordinator, transfer=released)
    assert ann.working_days.count() == 5
    assert ann.absences.count() == 1


def test_who_covers_is_kept_for_the_past_and_emptied_for_what_comes(
    released, ann, boston, their_coordinator
):
    bob = make_person(boston)
    past = make_absence(ann, LONG_AGO, LONG_AGO, cover=bob)
    own = make_absence(ann, later(), cover=bob)
    covered = make_absence(bob, later(), cover=ann)
    transfers.accept(by=their_coordinator, transfer=released)
    for absence in (past, own, covered):
        absence.refresh_from_db()
    assert [past.cover, own.cover, covered.cover] == [bob, None, None]


def test_the_old_coordinator_loses_the_record_at_once(
    released, ann, coordinator, their_coordinator
):
    assert ann in StaffMember.objects.editable_by(coordinator)
    transfers.accept(by=their_coordinator, transfer=released)
    assert ann not in StaffMember.objects.editable_by(coordinator)
    assert ann in StaffMember.objects.editable_by(their_coordinator)


def test_a_coordinator_who_moves_gives_the_role_back(
    boston, lincoln, coordinator, their_coordinator
):
    other = make_user(person=make_person(boston, "Second"))
    appoint(other, COORDINATOR, boston)
    moving = transfers.release(
        by=coordinator, person=coordinator.person, to_partner=lincoln
    )
    transfers.accept(by=their_coordinator, transfer=moving)
    assert User.objects.get(pk=coordinator.pk).standing.coordinates == frozenset()


def test_the_only_coordinator_of_a_partner_stays_until_there_is_another(
    boston, lincoln, coordinator, their_coordinator
):
    person = coordinator.person
    moving = transfers.release(by=coordinator, person=person, to_partner=lincoln)
    with pytest.raises(ValidationError, match="Olive Ours is the only coordinator"):
        transfers.accept(by=their_coordinator, transfer=moving)
    person.refresh_from_db()
    assert person.partner == boston
    assert Transfer.objects.get().state == "released"


def test_the_person_and_both_coordinators_are_told(
    released, ann, coordinator, their_coordinator
):
    keepers = [coordinator.person, their_coordinator.person]
    everybody = {person.work_email for person in (ann, *keepers)}
    assert {to for to, _ in told_to()} == everybody
    Email.objects.all().delete()
    transfers.accept(by=their_coordinator, transfer=released)
    assert {to for to, _ in told_to()} == everybody
    assert any(said.startswith("Your record has moved") for _, said in told_to())


def test_a_day_to_come_takes_effect_on_that_day_and_once(
    ann, boston, lincoln, coordinator, their_coordinator
):
    person, day = {"person": ann, "to_partner": lincoln}, later()
    moving = transfers.release(by=coordinator, begins_on=day, **person)
    assert transfers.accept(by=their_coordinator, transfer=moving).state == "accepted"
    call_command("apply_transfers")
    ann.refresh_from_db()
    assert ann.partner == boston
    with time_machine.travel(day):
        call_command("apply_transfers")
        call_command("apply_transfers")
    ann.refresh_from_db()
    assert (ann.partner, ann.version) == (lincoln, 2)


def test_what_stands_in_the_way_is_said_and_the_others_move(
    capsys, coordinator, their_coordinator, lincoln, ann
):
    for person in (coordinator.person, ann):
        make_transfer(person, lincoln, state="accepted")
    call_command("apply_transfers")
    said = capsys.readouterr()
    assert "is the only coordinator of Boston" in said.err
    assert said.out == "1 of 2 transfers took effect\n"


def test_a_transfer_of_somebody_who_left_is_withdrawn(capsys, ann, lincoln):
    make_transfer(ann, lincoln, state="accepted")
    StaffMember.objects.filter(pk=ann.pk).update(left_on=LONG_AGO)
    call_command("apply_transfers")
    assert Transfer.objects.get().state == "withdrawn"
    assert Email.objects.count() == 0


def test_declining_leaves_everything_as_it_was(
    released, ann, boston, their_coordinator
):
    transfers.decline(by=their_coordinator, transfer=released, answer="No post")
    ann.refresh_from_db()
    assert ann.partner == boston
    assert Transfer.objects.get().answer == "No post"


def test_after_an_answer_there_is_no_other(released, coordinator, their_coordinator):
    transfers.decline(by=their_coordinator, transfer=released)
    for by, act in (
        (their_coordinator, transfers.accept),
        (their_coordinator, transfers.decline),
        (coordinator, transfers.withdraw),
    ):
        with pytest.raises(ValidationError, match="answered or withdrawn meanwhile"):
            act(by=by, transfer=released)


def test_an_accepted_transfer_can_be_withdrawn_until_the_day(
    ann, lincoln, coordinator, their_coordinator
):
    moving = make_transfer(ann, lincoln, begins_on=later())
    transfers.accept(by=their_coordinator, transfer=moving)
    assert transfers.withdraw(by=coordinator, transfer=moving).state == "withdrawn"


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("coordinator", {"release", "withdraw"}),
        ("their_coordinator", {"accept", "decline"}),
        ("partnership_coordinator", {"release", "accept", "decline", "withdraw"}),
        ("staff_user", set()),
        ("reader", set()),
        ("stranger", set()),
    ],
)
def test_each_does_what_is_theirs_to_do(request, boston, lincoln, role, may):
    by, done = request.getfixturevalue(role), set()
    for act in ("accept", "decline", "withdraw"):
        moving = make_transfer(make_person(boston), lincoln)
        if is_let(getattr(transfers, act), by=by, transfer=moving):
            done.add(act)
    if is_let(transfers.release, by=by, person=make_person(boston), to_partner=lincoln):
        done.add("release")
    assert done == may


def is_let(act, **details):
    try:
        act(**details)
    except PermissionDenied:
        return False
    return True


def test_nobody_is_released_who_has_left(ann, lincoln, coordinator):
    ann.left_on = LONG_AGO
    with pytest.raises(ValidationError, match="Ann Able has left"):
        transfers.release(by=coordinator, person=ann, to_partner=lincoln)


def test_nobody_is_released_to_a_partner_that_left(ann, coordinator):
    gone = make_partner(left_on=date(2026, 1, 1))
    with pytest.raises(ValidationError, match="is not a partner any more"):
        transfers.release(by=coordinator, person=ann, to_partner=gone)


@pytest.fixture(params=["one_open_a_person", "to_another_partner", "state_is_known"])
def wrong(request, ann, boston, lincoln):
    """The name of a constraint, and a transfer that breaks it."""
    wrong = {"staff": ann, "from_partner": boston, "to_partner": lincoln}
    if request.param == "one_open_a_person":
        make_transfer(ann, lincoln)
    if request.param == "to_another_partner":
        wrong["to_partner"] = boston
    if request.param == "state_is_known":
        wrong["state"] = "lost"
    return f"partners_transfer_{request.param}", Transfer(**wrong)


def test_the_form_says_what_is_wrong(wrong):
    assert_sentence(wrong)


def test_the_table_refuses_what_is_wrong(wrong):
    assert_guarded(wrong)


def refused(act):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        act()
    return refusals.sentence(refusal.value)


def test_the_table_refuses_a_move_without_a_transfer(ann, lincoln):
    move = StaffMember.objects.filter(pk=ann.pk).update
    assert refused(lambda: move(partner=lincoln)).startswith("People move to another")


def test_the_table_refuses_to_release_somebody_elses_person(ann, lincoln):
    elsewhere = make_partner()
    said = refused(lambda: make_transfer(ann, lincoln, from_partner=elsewhere))
    assert said.startswith("This person is not in post at the partner")


@pytest.mark.parametrize("state", ["declined", "withdrawn", "done"])
def test_the_table_keeps_closed_transfers_as_they_are(ann, lincoln, state):
    done_at = timezone.now() if state == "done" else None
    make_transfer(ann, lincoln, state=state, done_at=done_at)
    reopen = Transfer.objects.all().update
    said = refused(lambda: reopen(state="released", done_at=None))
    assert said.startswith("This transfer was answered")


def test_the_table_keeps_to_whom_and_from_when(ann, lincoln):
    make_transfer(ann, lincoln)
    redirect = Transfer.objects.all().update
    assert refused(lambda: redirect(to_partner=make_partner()))
    assert refused(lambda: redirect(begins_on=LONG_AGO))
