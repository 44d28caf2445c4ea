"""Packs of an approved plan: made once, and downloaded byte for byte ever after."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.template.loader import render_to_string
from django.utils import timezone

from disaster_recovery.content.canonical_json import canonical_json
from disaster_recovery.content.effective import outline
from disaster_recovery.content.schema import KINDS, SECTION, SERVICE, TASK
from disaster_recovery.models import PackFile, PlanEdition, PlanPack
from disaster_recovery.packs import redaction
from disaster_recovery.packs.redaction import VARIANTS
from disaster_recovery.plans import drafts, reading
from partners.models import Partner, StaffMember, User
from partners.spreadsheets.writing import lines

NOT_APPROVED = "Packs are made from an approved plan: have the draft approved first"
EMPTIED = (
    "Somebody named in this pack has left, so it cannot be downloaded any more: make "
    "a new pack"
)
FIRST_HOUR = "first-hour"


@transaction.atomic
def make(
    *, by: User, edition: PlanEdition, variant: str, holders: Mapping[str, StaffMember]
) -> PlanPack:
    """The next copy of a variant; `holders` says who holds which role of the plan.

    Raises PermissionDenied, ValidationError where the edition is not in force, and
    IntegrityError where somebody else has just made the same copy.
    """
    drafts.refuse_others(by, edition.plan.partner_id)
    held = PlanEdition.objects.select_for_update(of=("self",))
    edition = held.select_related("plan__partner", "approver__person", "generic").get(
        pk=edition.pk
    )
    if edition.state != PlanEdition.State.APPROVED:
        raise ValidationError(NOT_APPROVED)
    if variant not in VARIANTS:
        raise ValidationError({"variant": "Choose who the pack is for"})
    copies = edition.packs.filter(variant=variant).aggregate(last=Max("copy_number"))
    pack = PlanPack(
        edition=edition,
        variant=variant,
        copy_number=(copies["last"] or 0) + 1,
        contacts=_snapshot(edition, holders),
        made_by=by,
        made_at=timezone.now().replace(microsecond=0),
    )
    content = build_zip(pack)
    pack.fingerprint = sha256(content).hexdigest()
    pack.full_clean(exclude=["edition", "made_by"])
    pack.save()
    PackFile.objects.create(pack=pack, content=content, sha256=pack.fingerprint)
    return pack


def file_of(pack: PlanPack) -> bytes:
    """The ZIP of a pack as it was made, whatever the software does today.

    Raises ValidationError where somebody it names has left.
    """
    file = PackFile.objects.filter(pack=pack).exclude(content=b"").first()
    if file is None or _names_a_leaver(pack):
        raise ValidationError(EMPTIED)
    return bytes(file.content)


def _names_a_leaver(pack):
    ids = [person["id"] for person in pack.contacts["people"]]
    here = StaffMember.objects.in_post().filter(pk__in=ids)
    return VARIANTS[pack.variant].names_people and here.count() < len(ids)


def roles_of(edition: PlanEdition) -> list[str]:
    """The roles that own or deputise for a task or a service, in alphabetical order."""
    live = [one for one in reading.resolved(edition) if not one.is_left_out]
    told = [o.fields.get(n) for o in live for n in ("owner_role", "deputy_role")]
    return sorted({role for role in told if role}, key=str.casefold)


def last_holders(edition: PlanEdition) -> dict[str, int]:
    """Who held which role in the newest pack of this plan, by id."""
    packs = PlanPack.objects.filter(edition__plan=edition.plan_id).exclude(contacts={})
    newest = packs.order_by("-made_at", "-pk").first()
    return newest.contacts.get("roles", {}) if newest else {}


def _snapshot(edition, holders):
    """Contacts as they are today: those who hold a role, and who keeps the plan."""
    partner = edition.plan.partner
    keepers = StaffMember.objects.coordinators_of(partner.pk).values("pk")
    ids = {person.pk for person in holders.values()}
    people = StaffMember.objects.in_post().filter(Q(pk__in=ids) | Q(pk__in=keepers))
    desks = Partner.objects.current().exclude(pk=partner.pk)
    return {
        "partner": partner.name,
        "approver": edition.approver.get_full_name(),
        "service_desk": partner.service_desk_telephone,
        "out_of_hours": partner.out_of_hours_telephone,
        "roles": {role: person.pk for role, person in sorted(holders.items())},
        "people": [_contact(person) for person in people.order_by("name_key", "pk")],
        "partners": [
            [one.name, one.service_desk_telephone, one.out_of_hours_telephone]
            for one in desks.order_by("name")
        ],
    }


def _contact(person):
    mobile = "" if person.is_mobile_hidden else person.mobile
    return {
        "id": person.pk,
        "name": person.name,
        "post": person.post,
        "telephone": person.telephone,
        "mobile": mobile,
    }


def build_zip(pack: PlanPack) -> bytes:
    """Every file of a pack, as the edition and the snapshot say."""
    edition, variant = pack.edition, VARIANTS[pack.variant]
    values = reading.values_of(edition)
    names = tuple(person["name"] for person in pack.contacts["people"])
    objects = redaction.redacted(
        reading.resolved(edition), variant, redaction.Known(values, names)
    )
    people = _people(pack)
    about = {
        "pack": pack,
        "edition": edition,
        "partner": pack.contacts["partner"],
        "approver": pack.contacts["approver"] if variant.names_approver else "",
        "marking": variant.marking,
        "withheld": variant.withheld,
        **_parts(objects),
        "people": people,
        "desks": pack.contacts["partners"] if variant.has_contacts else [],
    }
    files = {
        "README.txt": render_to_string("disaster_recovery/pack/README.txt", about),
        "plan.html": render_to_string("disaster_recovery/pack/plan.html", about),
        "contacts.csv": _csv(CONTACTS, _contact_rows(pack, people)),
        "tasks.csv": _csv(TASKS, map(_task_row, about["tasks"])),
        "plan.json": _json(pack, objects, values),
    }
    encoded = {name: text.encode() for name, text in files.items()}
    return redaction.zipped(encoded, timezone.localtime(pack.made_at))


CONTACTS = ["Role", "Name", "Post", "Telephone", "Mobile"]
TASKS = ["Phase", "Task", "Owner", "Deputy", "After", "Expected (minutes)"]
TASKS += ["At worst (minutes)", "Begun", "Finished", "By"]


def _csv(header, rows):
    return "".join(lines(header, rows))


def _people(pack):
    """A line for each role and each coordinator; none in packs for other people."""
    variant = VARIANTS[pack.variant]
    if not variant.names_people:
        return []
    by_id = {person["id"]: person for person in pack.contacts["people"]}
    # The table keeps them in an order of its own.
    roles = sorted(pack.contacts["roles"].items(), key=lambda one: one[0].casefold())
    people = [{"role": role, **by_id.get(pk, {})} for role, pk in roles]
    holding = {pk for _, pk in roles}
    people += [{"role": "", **p} for pk, p in by_id.items() if pk not in holding]
    return people if variant.has_mobiles else [{**p, "mobile": ""} for p in people]


def _contact_rows(pack, people):
    for one in people:
        yield [one.get(k, "") for k in ("role", "name", "post", "telephone", "mobile")]
    if not VARIANTS[pack.variant].has_contacts:
        return
    contacts = pack.contacts
    yield ["Service desk", contacts["partner"], "", contacts["service_desk"], ""]
    yield ["Out of hours", contacts["partner"], "", contacts["out_of_hours"], ""]
    for name, desk, night in contacts["partners"]:
        yield ["Partner, service desk", name, "", desk, ""]
        yield ["Partner, out of hours", name, "", night, ""]


def _parts(objects: Iterable) -> dict[str, Any]:
    kinds = {kind: [o for o in objects if o.kind == kind] for kind in KINDS}
    sections = outline(kinds[SECTION])
    names = {kind: {o.key: o.title for o in kinds[kind]} for kind in (SERVICE, TASK)}
    return {
        "first": [one for one in sections if one.section.key == FIRST_HOUR],
        "sections": [one for one in sections if one.section.key != FIRST_HOUR],
        "services": kinds[SERVICE],
        "tasks": kinds[TASK],
        "service_names": names[SERVICE],
        "task_names": names[TASK],
    }


def _task_row(task):
    told = task.fields
    return [
        told.get("phase", ""),
        task.title,
        told.get("owner_role", ""),
        told.get("deputy_role", ""),
        ", ".join(told.get("predecessors", ())),
        told.get("expected", ""),
        told.get("pessimistic", ""),
        *("", "", ""),
    ]


def _json(pack, objects, values):
    told = [
        {
            "kind": one.kind,
            "key": one.key,
            "position": one.position,
            "state": one.state,
            "fields": one.fields,
            "addendum": one.addendum,
            "reason": one.reason,
        }
        for one in objects
    ]
    return canonical_json(
        told,
        partner=pack.contacts["partner"],
        edition=pack.edition.number,
        fingerprint=pack.edition.fingerprint,
        variant=pack.variant,
        copy=pack.copy_number,
        parameters=VARIANTS[pack.variant].values_told(values),
    )


def forget(staff_id: int) -> int:
    """Empty the contacts of packs that name somebody; how many packs."""
    named = Q(contacts__people__contains=[{"id": staff_id}])
    return PlanPack.objects.filter(named).update(contacts={})
