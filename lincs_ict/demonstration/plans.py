"""The recovery plans of twelve partners, on three versions, in every state there is."""

import re
from datetime import date, timedelta

from django.utils import timezone

from disaster_recovery import offers
from disaster_recovery.content.schema import KINDS, PARAMETER
from disaster_recovery.models import GenericVersion, PlanEdition, PlanPack
from disaster_recovery.packs import building
from disaster_recovery.plans import adaptations, drafts, reviews
from disaster_recovery.updates import workflow
from disaster_recovery.updates.choices import Choice
from disaster_recovery.updates.comparison import compare, item_fingerprint
from lincs_ict.demonstration.generic_plan import ADDED, publish_third, with_first
from partners.models import Partner, StaffMember, User

MONTH = timedelta(days=30)
_EXAMPLE = re.compile(r"For example: (.+)")
OWN_PLAN = """# Who decides

The duty superintendent declares. Nobody else does.

# Force control room

Calls go to the neighbouring force within four minutes.

## Airwave

The national network does not hang on ours.

# Evidence systems

Nothing is restored before the digital forensics lead has signed."""


def make_plans(today: date) -> None:
    """Plans, the version that came after most of them, and one update under way."""
    chief = User.objects.get(email="margaret.ellershaw@lincolnshire.example")
    first, second = GenericVersion.objects.published().order_by("minor")
    _approved("lpft", first, today - 14 * MONTH)
    _approved("south-holland", first, today - 11 * MONTH)
    for slug in ("boston", "lincoln", "ulth"):
        _approved(
            slug, second, today - 3 * MONTH, adapt=_adapt if slug == "boston" else None
        )
    _approved("lincolnshire", second, today - 6 * MONTH)
    _drafted("lchs", second)
    _sent_back("west-lindsey", second)
    _packed("boston")
    third = publish_third(chief)
    _offered("boston")
    _take_up_all("lincolnshire", today)
    _take_up_some("south-holland")
    _decide_a_little("boston")
    _drafted("north-kesteven", third)
    _in_review("south-kesteven", third)
    _brought("lincolnshire-police")


def keeper(slug: str) -> User:
    partner = Partner.objects.get(slug=slug)
    return StaffMember.objects.coordinators_of(partner.pk).first().user


def approver(slug: str) -> User:
    """Somebody of the partner who keeps no records; a login is made where none is."""
    here = StaffMember.objects.in_post().filter(partner__slug=slug)
    others = here.exclude(user=keeper(slug)).order_by("-user", "pk")
    person = others.filter(user__isnull=False).first() or others.first()
    if person.user is None:
        person.user = User.objects.create_user(person.work_email)
        person.save()
    return person.user


def _adopted(slug, generic, adapt=None):
    by, partner = keeper(slug), Partner.objects.get(slug=slug)
    draft = drafts.adopt(
        by=by, partner=partner, generic=generic, values=values(generic)
    )
    drafts.set_parameters(by=by, edition=draft, values={"council_name": partner.name})
    if adapt:
        adapt(by, draft)
    for kind in KINDS:
        adaptations.settle(by=by, edition=draft, kind=kind)
    return draft


def values(generic: GenericVersion) -> dict[str, str]:
    """The examples that the parameters give."""
    rows = generic.contents.filter(kind=PARAMETER)
    told = {row.key: _EXAMPLE.search(row.fields.get("help", "")) for row in rows}
    return {key: found[1].strip() for key, found in told.items() if found}


def _approved(slug, generic, on, adapt=None):
    draft = _adopted(slug, generic, adapt)
    return _approve(slug, draft, on)


def _approve(slug, draft, on):
    """Reviewed and approved on a day gone by."""
    edition = reviews.submit(by=keeper(slug), edition=draft, approver=approver(slug))
    now = timezone.now()
    edition.plan.editions.in_force().update(state="superseded", superseded_at=now)
    edition.state = PlanEdition.State.APPROVED
    edition.approved_at = now - (timezone.localdate() - on)
    edition.review_on = on + 12 * MONTH
    edition.fingerprint = reviews.fingerprint_of(edition)
    edition.save()
    return edition


def _drafted(slug, generic):
    by = keeper(slug)
    partner = Partner.objects.get(slug=slug)
    draft = drafts.adopt(
        by=by, partner=partner, generic=generic, values={"council_name": partner.name}
    )
    adaptations.settle(by=by, edition=draft, kind="service")


def _in_review(slug, generic):
    draft = _adopted(slug, generic)
    reviews.submit(by=keeper(slug), edition=draft, approver=approver(slug))


def _sent_back(slug, generic):
    draft = _adopted(slug, generic)
    who = approver(slug)
    edition = reviews.submit(by=keeper(slug), edition=draft, approver=who)
    answer = "The depot has moved: put the new address of the alternative site in."
    reviews.send_back(by=who, edition=edition, answer=answer)


def _brought(slug):
    partner = Partner.objects.get(slug=slug)
    drafts.start_from_text(by=keeper(slug), partner=partner, text=OWN_PLAN)


def _packed(slug):
    """Every variant of what is in force, with a person for each of a few roles."""
    edition = Partner.objects.get(slug=slug).plan.editions.in_force().get()
    people = StaffMember.objects.in_post().filter(partner__slug=slug).order_by("pk")
    holders = dict(zip(building.roles_of(edition), people, strict=False))
    for variant in PlanPack.Variant:
        building.make(
            by=keeper(slug), edition=edition, variant=variant, holders=holders
        )


def _offered(slug):
    """What a partner wrote of its own, offered to all."""
    edition = Partner.objects.get(slug=slug).plan.editions.in_force().get()
    thing = _thing(edition, "section", "legal-map")
    why = "Somebody who can be asked about the law stands in it."
    offers.offer(by=keeper(slug), thing=thing, why=why)


def _begun(slug):
    plan = Partner.objects.get(slug=slug).plan
    update = plan.updates.still_open().get()
    return workflow.begin(by=keeper(slug), update=update)


def _take_up_some(slug):
    """An update of which only what nobody touched is taken."""
    workflow.accept_untouched(by=keeper(slug), update=_begun(slug))


def _take_up_all(slug, approved_on):
    """An update decided to the end, and approved."""
    by, update = keeper(slug), _begun(slug)
    workflow.accept_untouched(by=by, update=update)
    while items := _open(update):
        item = next(one for one in items if not one.waits_for)
        seen = item_fingerprint(item)
        workflow.decide(
            by=by, update=update, name=item.name, seen=seen, choice=Choice("accepted")
        )
    draft = workflow.newest_edition(update.plan)
    for kind in KINDS:
        adaptations.settle(by=by, edition=draft, kind=kind)
    _approve(slug, draft, approved_on)


def _open(update):
    return compare(workflow.newest_edition(update.plan), update.generic).merge.open


def _adapt(by, draft):
    """Something of every row of the table that a newer version can meet."""
    _change(by, draft, "communications", lambda body: f"We answer first.\n\n{body}")
    _change(by, draft, "mutual-aid", lambda body: with_first(body, "We ask."))
    alike = ADDED["exercises"]
    _change(by, draft, "exercises", lambda body: f"{body}\n\n{alike}")
    _change(by, draft, "legal-map", lambda body: f"{body}\n\nOur solicitor keeps this.")
    _change(by, draft, "appendix-damage", lambda body: f"{body}\n\nTwo per building.")
    _change(by, draft, "planning", kind="service", rto=48 * 60)
    reasons = {
        "scenario-telephony": "The county runs our telephones",
        "scenario-supplier": "Covered by our procurement rules",
        "data-protection": "Our data protection officer has a plan of their own",
        "appendix-sign-off": "We sign on a form of our own",
    }
    for key, reason in reasons.items():
        adaptations.leave_out(by=by, thing=_thing(draft, "section", key), reason=reason)
    own = {"title": "Flooding of the server room", "body": "Sandbags are in the yard."}
    adaptations.add_own(by=by, edition=draft, kind="section", fields=own)
    board = {"title": "Staff notice board", "tier": 4, "depends_on": ["intranet"]}
    adaptations.add_own(by=by, edition=draft, kind="service", fields=board)
    drafts.set_parameters(by=by, edition=draft, values={"main_number": "01632 960321"})


def _thing(draft, kind, key):
    return draft.contents.select_related("edition__plan").get(kind=kind, key=key)


def _change(by, draft, key, change=None, kind="section", **said):
    thing = _thing(draft, kind, key)
    fields = {**adaptations.generic_of(thing), **said}
    if change:
        fields["body"] = change(fields["body"])
    adaptations.adapt(by=by, thing=thing, fields=fields)


def _decide_a_little(slug):
    """Take the update up, and leave a change of every kind to be decided on."""
    by, update = keeper(slug), _begun(slug)
    item = next(one for one in _open(update) if one.key == "emergency-store")
    choice = Choice("declined", reason="The county keeps the store for us")
    seen = item_fingerprint(item)
    workflow.decide(by=by, update=update, name=item.name, seen=seen, choice=choice)
