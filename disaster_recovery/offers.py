"""The other way: what a partner improved, offered to all through the generic plan."""

import re
from collections.abc import Mapping
from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from disaster_recovery.content import cleaning
from disaster_recovery.content.objects import overlaid
from disaster_recovery.content.schema import KEY_FORMAT
from disaster_recovery.generic_plan import versions
from disaster_recovery.models import GenericObject, GenericVersion, Offer, PlanObject
from disaster_recovery.plans import adaptations, drafts
from partners.mail import queue
from partners.models import Appointment, StaffMember, User

State = Offer.State
NOTHING_NEW = "This is as the generic plan has it: adapt it first, then offer it"
LEFT_OUT = "This is left out of your plan, so there is nothing to offer"
ANSWERED = "This offer is answered or taken back already: look at what it says now"
NO_DRAFT = "Start a draft of the next version first: then there is where it can go"
OWN = re.compile("^own-")


@transaction.atomic
def offer(*, by: User, thing: PlanObject, why: str, overrule: bool = False) -> Offer:
    """Offer an object of a plan as it stands, with its parameters unfilled.

    Raises PermissionDenied, ValidationError with a sentence, and IntegrityError where
    it waits for an answer already.
    """
    plan = thing.edition.plan
    drafts.refuse_others(by, plan.partner_id)
    if thing.is_left_out:
        raise ValidationError(LEFT_OUT)
    said = told_by(thing)
    if thing.base_id and said == adaptations.generic_of(thing):
        raise ValidationError(NOTHING_NEW)
    made = Offer(
        partner=plan.partner,
        kind=thing.kind,
        key=thing.key,
        base=thing.base,
        fields=cleaning.checked(thing.kind, said, overrule=overrule),
        why=_said("why", why, "Say what is better in your version", overrule),
        offered_by=by,
    )
    with pghistory.context(user=by.pk):
        made.save()
    for person in _chiefs():
        _tell(made, "plan_offered", person, by)
    return made


def _said(name, typed, missing, overrule):
    """What was typed as it is kept; what is wrong with it is said of that field."""
    try:
        kept = cleaning.text(typed, overrule=overrule, most=2000)
    except ValidationError as error:
        raise ValidationError({name: error}) from error
    if not kept:
        raise ValidationError({name: missing})
    return kept


def told_by(thing: PlanObject) -> dict[str, Any]:
    """All that an object says, its addendum behind the text."""
    said = overlaid(adaptations.generic_of(thing), thing.fields)
    if thing.addendum:
        name = "calendar" if thing.kind == "service" else "body"
        said[name] = "\n\n".join(filter(None, (said.get(name), thing.addendum)))
    return said


@transaction.atomic
def withdraw(*, by: User, offer: Offer) -> Offer:
    """Take an offer back before it is answered."""
    offer = _waiting(offer)
    drafts.refuse_others(by, offer.partner_id)
    offer.state = State.WITHDRAWN
    with pghistory.context(user=by.pk):
        offer.save()
    return offer


@transaction.atomic
def accept(
    *,
    by: User,
    offer: Offer,
    fields: Mapping[str, Any],
    thing: GenericObject | None = None,
    key: str = "",
    overrule: bool = False,
) -> Offer:
    """Put an offer into the draft of the next version, as it was edited.

    `thing` is the object of the draft as it was read; without one it is added, under
    `key` or the one it is offered by.
    Raises PermissionDenied, ValidationError, and IntegrityError where somebody changed
    the draft meanwhile.
    """
    _refuse_all_but_chiefs(by)
    offer = _waiting(offer)
    draft = draft_of_next()
    if draft is None:
        raise ValidationError(NO_DRAFT)
    said = {"by": by, "fields": fields, "overrule": overrule}
    if thing is None:
        said |= {"draft": draft, "kind": offer.kind, "key": key or key_of(offer)}
        thing = versions.add_object(**said)
    else:
        versions.edit_object(thing=thing, **said)
    offer.taken_into, offer.taken_as = draft, thing.key
    return _answered(by, offer, State.ACCEPTED, "")


@transaction.atomic
def decline(*, by: User, offer: Offer, answer: str, overrule: bool = False) -> Offer:
    """Do not take an offer, and say why."""
    _refuse_all_but_chiefs(by)
    offer = _waiting(offer)
    kept = _said("answer", answer, "Say why the offer is not taken", overrule)
    return _answered(by, offer, State.DECLINED, kept)


def draft_of_next() -> GenericVersion | None:
    return GenericVersion.objects.filter(state=GenericVersion.State.DRAFT).first()


def key_of(offer: Offer) -> str:
    """Under which key the generic plan has it: without what told it was our own."""
    plain = OWN.sub("", offer.key)
    return plain if re.fullmatch(KEY_FORMAT, plain) else offer.key


def generic_now(offer: Offer, reader: User) -> GenericObject | None:
    """What the newest version says of it that is there for the reader.

    That is the draft for who keeps the generic plan, and for nobody else.
    """
    newest = GenericVersion.objects.visible_to(reader).newest_first().first()
    rows = GenericObject.objects.filter(generic=newest, kind=offer.kind)
    return rows.filter(key=key_of(offer)).select_related("generic").first()


def _waiting(offer):
    rows = Offer.objects.select_for_update(of=("self",)).select_related("partner")
    found = rows.get(pk=offer.pk)
    if found.state != State.OFFERED:
        raise ValidationError(ANSWERED)
    return found


def _answered(by, offer, state, answer):
    offer.state, offer.answer = state, answer
    offer.answered_at, offer.answered_by = timezone.now(), by
    with pghistory.context(user=by.pk):
        offer.save()
    for person in StaffMember.objects.coordinators_of(offer.partner_id):
        _tell(offer, "plan_offer_answered", person, by)
    return offer


def _refuse_all_but_chiefs(by):
    if not by.standing.is_partnership_coordinator:
        raise PermissionDenied("Only the partnership coordinator does this")


def _chiefs():
    role = Appointment.Role.PARTNERSHIP_COORDINATOR
    appointed = Appointment.objects.in_force().filter(role=role).order_by()
    return StaffMember.objects.in_post().filter(user__in=appointed.values("user"))


def _tell(offer, template, person, by):
    queue.add_message(
        to=person.work_email,
        subject=f"Offered to the generic recovery plan: {offer.title}"[:200],
        template=template,
        context={
            "name": person.name,
            "offer": offer,
            "sender": by.get_full_name(),
            "address": queue.absolute_url(
                reverse("disaster_recovery:offer", args=[offer.pk])
            ),
        },
    )
