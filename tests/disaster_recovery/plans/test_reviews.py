"""A plan is approved by a named person who did not write it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from post_office.models import Email

from disaster_recovery.models import PlanEdition
from disaster_recovery.plans import adaptations, drafts, reviews
from tests.factories import make_person
from tests.races import lost, race


@pytest.fixture
def ready(draft, coordinator):
    """The draft, in which the coordinator wrote something."""
    thing = draft.contents.get(key="mutual-aid")
    adaptations.adapt(by=coordinator, thing=thing, fields={"title": "Ours"})
    return draft


@pytest.fixture
def in_review(ready, coordinator, approver):
    return reviews.submit(by=coordinator, edition=ready, approver=approver)


def approve(by, edition, **said):
    return reviews.approve(by=by, edition=edition, **said)


def told():
    return [(m.to[0], m.message) for m in Email.objects.order_by("pk")]


def test_people_of_the_partner_who_wrote_nothing_may_approve(
    ready, boston, approver, their_coordinator, leaver, staff_user
):
    make_person(boston, "No Login")
    assert [*reviews.approvers(ready)] == [approver, staff_user]


def test_sending_for_review_names_and_tells_the_approver(
    in_review, coordinator, approver
):
    assert (in_review.state, in_review.approver) == ("in review", approver)
    assert in_review.submitted_by == coordinator
    ((to, message),) = told()
    assert to == approver.person.work_email
    assert "Olive Ours asks you to approve edition 1" in message


@pytest.mark.parametrize("who", ["coordinator", "their_coordinator", "leaver"])
def test_others_are_not_asked_to_approve(request, ready, coordinator, who):
    with pytest.raises(ValidationError, match="Choose somebody of this partner"):
        reviews.submit(
            by=coordinator, edition=ready, approver=request.getfixturevalue(who)
        )


def test_all_that_is_still_to_do_is_said(ready, coordinator, approver):
    drafts.set_parameters(by=coordinator, edition=ready, values={"council_name": ""})
    task = {"title": "Test", "phase": "review", "owner_role": "ICT"}
    task |= {"predecessors": ["unheard"]}
    adaptations.add_own(by=coordinator, edition=ready, kind="task", fields=task)
    with pytest.raises(ValidationError) as refusal:
        reviews.submit(by=coordinator, edition=ready, approver=approver)
    assert refusal.value.messages == [
        "Enter Name of council: every plan needs it",
        "Task “Test”: After these tasks refers to “unheard”, which does not exist",
    ]


def test_what_is_left_out_may_still_be_named(ready, coordinator, approver):
    adaptations.leave_out(
        by=coordinator, thing=ready.contents.get(key="network"), reason="None"
    )
    assert reviews.unfinished(ready) == []


def test_approving_puts_in_force_and_seals(in_review, approver, coordinator):
    done = approve(approver, in_review)
    assert (done.state, done.approver) == ("approved", approver)
    assert done.review_on == timezone.localdate() + timedelta(days=365)
    again = PlanEdition.objects.get(pk=done.pk)
    assert reviews.fingerprint_of(again) == done.fingerprint
    assert told()[-1][0] == coordinator.person.work_email
    assert "in force from now on" in told()[-1][1]


def test_the_edition_before_is_superseded(in_review, approver, coordinator):
    approve(approver, in_review)
    new = drafts.start_draft(by=coordinator, plan=in_review.plan)
    reviews.submit(by=coordinator, edition=new, approver=approver)
    approve(approver, new)
    states = in_review.plan.editions.order_by("number")
    assert [*states.values_list("state", flat=True)] == ["superseded", "approved"]


@pytest.mark.parametrize(
    "who", ["coordinator", "their_coordinator", "partnership_coordinator", "staff_user"]
)
def test_nobody_but_the_person_asked_approves(request, in_review, who):
    with pytest.raises(PermissionDenied):
        approve(request.getfixturevalue(who), in_review)


def test_who_left_meanwhile_does_not_approve(in_review, approver):
    person = approver.person
    person.left_on = timezone.localdate()
    person.save()
    with pytest.raises(PermissionDenied):
        approve(type(approver).objects.get(pk=approver.pk), in_review)


@pytest.mark.parametrize("days", [-1, 0, 731, 10_000])
def test_the_day_of_review_is_within_two_years(in_review, approver, days):
    day = timezone.localdate() + timedelta(days=days)
    with pytest.raises(ValidationError, match="within two years"):
        approve(approver, in_review, review_on=day)


@pytest.mark.parametrize("who", ["approver", "coordinator"])
def test_sending_back_makes_it_a_draft_again(request, in_review, coordinator, who):
    by = request.getfixturevalue(who)
    with pytest.raises(ValidationError, match="Say what is to be changed"):
        reviews.send_back(by=by, edition=in_review, answer=" ")
    back = reviews.send_back(by=by, edition=in_review, answer="The numbers are old")
    assert (back.state, back.answer) == ("draft", "The numbers are old")
    assert "The numbers are old" in told()[-1][1]
    one = back.contents.get(key="network")
    adaptations.adapt(by=coordinator, thing=one, fields={"title": "N", "tier": 0})


def test_others_send_nothing_back(in_review, staff_user, their_coordinator):
    for by in (staff_user, their_coordinator):
        with pytest.raises(PermissionDenied):
            reviews.send_back(by=by, edition=in_review, answer="x")


def test_an_approver_who_begins_to_write_approves_no_more(
    in_review, approver, coordinator, boston
):
    reviews.send_back(by=approver, edition=in_review, answer="Let me do it")
    in_review.contents.filter(key="network").update(edited_by=approver, position=9)
    with pytest.raises(ValidationError, match="changed nothing in this draft"):
        reviews.submit(by=coordinator, edition=in_review, approver=approver)


def test_what_is_decided_is_not_decided_again(in_review, approver):
    approve(approver, in_review)
    with pytest.raises(ValidationError, match="meanwhile"):
        approve(approver, in_review)
    with pytest.raises(ValidationError, match="meanwhile"):
        reviews.send_back(by=approver, edition=in_review, answer="x")


def test_what_is_overdue_is_found(in_review, approver):
    approve(approver, in_review, review_on=timezone.localdate() + timedelta(days=1))
    overdue = PlanEdition.objects.overdue
    assert overdue().count() == 0
    assert overdue(timezone.localdate() + timedelta(days=2)).count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_approved_is_what_was_read(ready, coordinator, approver):
    """Somebody writes while it is sent for review: one of the two is refused."""
    thing = ready.contents.get(key="network")

    def write():
        said = {"title": "Late", "tier": 0}
        return adaptations.adapt(by=coordinator, thing=thing, fields=said)

    def send():
        return reviews.submit(by=coordinator, edition=ready, approver=approver)

    outcomes = race(write, send)
    assert PlanEdition.objects.get(pk=ready.pk).state == "in review"
    is_late = ready.contents.get(key="network").fields.get("title") == "Late"
    assert len(lost(outcomes)) == (0 if is_late else 1)
