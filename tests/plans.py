"""Plain makers of generic versions, plans and what stands in them."""

from itertools import count

from django.utils import timezone

from disaster_recovery.models import (
    GenericObject,
    GenericVersion,
    Offer,
    Plan,
    PlanDecision,
    PlanEdition,
    PlanObject,
    PlanPack,
    PlanParameter,
    PlanUpdate,
)
from tests.factories import LONG_AGO, make_partner, make_user

_number = count(1)
FINGERPRINT = "0" * 64


def make_generic(number=None, objects=(), **fields):
    """A published version, or with no number the draft; objects are (kind, key)."""
    made = GenericVersion.objects.create(**fields)
    for kind, key, *more in objects:
        make_generic_object(made, kind, key, **(more[0] if more else {}))
    return publish(made, number) if number else made


def publish(generic, number):
    """As it stands, without asking whether it is fit to be published."""
    names = ("major", "minor", "patch")
    parts = dict(zip(names, map(int, number.split(".")), strict=True))
    said = {"published_at": timezone.now(), "fingerprint": FINGERPRINT}
    said |= {"state": "published", "release_notes": generic.release_notes or "Notes"}
    for name, value in (parts | said).items():
        setattr(generic, name, value)
    generic.save()
    return generic


def make_generic_object(generic, kind="section", key=None, position=None, **fields):
    key = key or f"{kind}-{next(_number)}"
    needed = {"service": {"tier": 2}, "parameter": {"sort": "line"}}
    needed["task"] = {"phase": "recover", "owner_role": "ICT manager"}
    position = generic.contents.count() if position is None else position
    return GenericObject.objects.create(
        generic=generic,
        kind=kind,
        key=key,
        position=position,
        fields={"title": key.capitalize(), **needed.get(kind, {}), **fields},
    )


def make_plan(partner=None):
    return Plan.objects.create(partner=partner or make_partner())


def make_edition(plan=None, generic=None, **fields):
    """A draft, with every object of the generic version inherited."""
    plan = plan or make_plan()
    number = plan.editions.count() + 1
    made = PlanEdition.objects.create(
        plan=plan, **{"number": number, "generic": generic} | fields
    )
    if generic:
        for one in generic.contents.exclude(kind="parameter"):
            make_content(made, one.kind, one.key, base=generic, position=one.position)
    return made


def make_content(edition, kind="section", key=None, **fields):
    key = key or f"{kind}-{next(_number)}"
    if "base" not in fields:
        fields = {"state": "ours", "fields": {"title": key}} | fields
    return PlanObject.objects.create(edition=edition, kind=kind, key=key, **fields)


def make_value(edition, key, value="Boston"):
    return PlanParameter.objects.create(edition=edition, key=key, value=value)


def make_review(edition, by=None, approver=None):
    """The draft, sent for review."""
    edition.state, edition.submitted_at = "in review", timezone.now()
    edition.submitted_by = by or make_user()
    edition.approver = approver or make_user()
    edition.save()
    return edition


def make_approved(edition, **fields):
    """The draft, reviewed and approved by somebody else than who sent it."""
    if edition.is_draft:
        make_review(edition)
    said = {"approved_at": timezone.now(), "review_on": LONG_AGO}
    said |= {"fingerprint": FINGERPRINT, "state": "approved"}
    for name, value in (said | fields).items():
        setattr(edition, name, value)
    edition.save()
    return edition


def make_update(plan=None, generic=None, **fields):
    plan = plan or make_plan()
    generic = generic or make_generic(f"9.0.{next(_number)}")
    return PlanUpdate.objects.create(plan=plan, generic=generic, **fields)


def make_decision(update, by=None, choice="accepted", **fields):
    named = {"kind": "section", "key": "backups", "title": "Backups"}
    named |= {"outcome": "fast forward", "generic": update.generic}
    return PlanDecision.objects.create(
        update=update, choice=choice, decided_by=by or make_user(), **named | fields
    )


def make_offer(partner=None, by=None, kind="section", key="flood", **fields):
    said = {"fields": {"title": key.capitalize(), "body": "Move the servers up."}}
    return Offer.objects.create(
        partner=partner or make_partner(),
        kind=kind,
        key=key,
        why="It worked in the flood",
        offered_by=by or make_user(),
        **said | fields,
    )


def make_pack(edition, by=None, variant="full", copy_number=1, **fields):
    said = {"fingerprint": FINGERPRINT, "made_by": by or make_user()}
    return PlanPack.objects.create(
        edition=edition, variant=variant, copy_number=copy_number, **said | fields
    )
