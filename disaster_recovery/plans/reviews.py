"""Review of a plan: sent to a named person, who approves it or sends it back."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from disaster_recovery.content import cleaning
from disaster_recovery.content.canonical_json import fingerprint
from disaster_recovery.content.effective import Effective
from disaster_recovery.content.schema import SECTION
from disaster_recovery.content.validation import validation_errors
from disaster_recovery.models import PlanEdition
from disaster_recovery.plans import drafts
from disaster_recovery.plans.reading import (
    Parameter,
    canonical_of,
    parameters,
    resolved,
    values_of,
)
from partners.mail import queue
from partners.models import StaffMember, User

State = PlanEdition.State
A_YEAR = timedelta(days=365)
MOVED_ON = "Somebody moved this plan on meanwhile: look at what it says now"
NOT_THE_APPROVER = "Only the person asked to approve this plan does this"
NOT_AMONG_THEM = (
    "Choose somebody of this partner who can sign in and changed nothing in this draft"
)


def approvers(edition: PlanEdition) -> QuerySet[User]:
    """Who may be asked to approve: people of the partner who did not write it."""
    people = StaffMember.objects.in_post().filter(partner=edition.plan.partner_id)
    logins = people.filter(user__is_active=True).order_by().values("user")
    wrote = edition.editors.order_by().values("user")
    found = User.objects.filter(pk__in=logins).exclude(pk__in=wrote)
    return found.select_related("person").order_by("person__name_key", "pk")


def unfinished(edition: PlanEdition) -> list[str]:
    """Sentences about what keeps an edition from being reviewed."""
    return wrong_with(resolved(edition), parameters(edition), values_of(edition))


def wrong_with(
    objects: list[Effective], asked: list[Parameter], known: Iterable[str]
) -> list[str]:
    """The same of what was read already; `known` are parameters with values."""
    wrong = [
        f"Enter {one.title}: every plan needs it" for one in asked if one.is_missing
    ]
    live = {one.kind for one in objects if not one.is_left_out}
    if SECTION not in live:
        wrong.append("Write at least one section")
    return wrong + validation_errors(objects, {*known, *(one.key for one in asked)})


@transaction.atomic
def submit(*, by: User, edition: PlanEdition, approver: User) -> PlanEdition:
    """Send a draft for review to a named person who did not write it, and tell them.

    Raises PermissionDenied, and ValidationError with all that is still to do.
    """
    edition = drafts.held(by, edition)
    if by == approver or not approvers(edition).filter(pk=approver.pk).exists():
        raise ValidationError(NOT_AMONG_THEM)
    if wrong := unfinished(edition):
        raise ValidationError(wrong)
    edition.state, edition.answer = State.IN_REVIEW, ""
    edition.submitted_at, edition.submitted_by = timezone.now(), by
    edition.approver = approver
    with pghistory.context(user=by.pk):
        edition.save()
    _tell(edition, "plan_to_review", [approver.person], by)
    return edition


@transaction.atomic
def send_back(*, by: User, edition: PlanEdition, answer: str) -> PlanEdition:
    """Make a draft of an edition in review again: by the approver, or by its keeper."""
    edition = _in_review(edition)
    if by.pk != edition.approver_id:
        drafts.refuse_others(by, edition.plan.partner_id)
    edition.answer = cleaning.text(answer, most=2000)
    if not edition.answer:
        raise ValidationError({"answer": "Say what is to be changed"})
    edition.state = State.DRAFT
    with pghistory.context(user=by.pk):
        edition.save()
    _tell(edition, "plan_sent_back", _keepers(edition), by)
    return edition


@transaction.atomic
def approve(
    *, by: User, edition: PlanEdition, review_on: date | None = None
) -> PlanEdition:
    """Put an edition in force, for good; the one before it is superseded.

    Raises PermissionDenied for everybody but the person asked, ValidationError with a
    sentence, and IntegrityError for who edited it all the same.
    """
    edition = _in_review(edition)
    is_of_partner = by.standing.partner_id == edition.plan.partner_id
    if by.pk != edition.approver_id or not is_of_partner:
        raise PermissionDenied(NOT_THE_APPROVER)
    now, today = timezone.now(), timezone.localdate()
    edition.review_on = review_on or today + A_YEAR
    if not today < edition.review_on <= today + 2 * A_YEAR:
        raise ValidationError(
            {"review_on": "Choose a day after today, and within two years"}
        )
    with pghistory.context(user=by.pk):
        _supersede(edition, now)
        edition.state, edition.approved_at = State.APPROVED, now
        edition.fingerprint = fingerprint_of(edition)
        edition.save()
    _tell(edition, "plan_approved", _keepers(edition), by)
    return edition


def fingerprint_of(edition: PlanEdition) -> str:
    """The SHA-256 of all that an edition says; it stands on every printed page."""
    return fingerprint(canonical_of(edition))


def _supersede(edition, now):
    for old in edition.plan.editions.in_force():
        old.state, old.superseded_at = State.SUPERSEDED, now
        old.save()


def _in_review(edition):
    """The edition as it now is, held so that nobody else decides on it."""
    rows = PlanEdition.objects.select_for_update(of=("self",))
    found = rows.select_related("plan__partner", "generic", "approver").get(
        pk=edition.pk
    )
    if found.state != State.IN_REVIEW:
        raise ValidationError(MOVED_ON)
    return found


def _keepers(edition) -> Iterator[StaffMember]:
    yield from StaffMember.objects.coordinators_of(edition.plan.partner_id)


def _tell(edition, template, people, by):
    for person in people:
        queue.add_message(
            to=person.work_email,
            subject=f"Recovery plan of {edition.plan.partner.short_name}",
            template=template,
            context={
                "name": person.name,
                "edition": edition,
                "partner": edition.plan.partner,
                "sender": by.get_full_name(),
            },
        )
