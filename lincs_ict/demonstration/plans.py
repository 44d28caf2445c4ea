"""The recovery plans of twelve partners, on three versions, in every state."""

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

The national network does not depend on ours.

# Evidence systems

Nothing is restored before the digital forensics lead has signed."""


def make_plans(today: date) -> None:
    """Make the plans, a newer version than most of them, and an update in progress."""
    chief = User.objects.get(email="margaret.ellershaw@lincolnshire.example")
    first, second = GenericVersion.objects.published().order_by("minor")
    _adopt_and_approve("lpft", first, today - 14 * MONTH)
    _adopt_and_approve("south-holland", first, today - 11 * MONTH)
    for slug in ("boston", "lincoln", "ulth"):
        _adopt_and_approve(
            slug, second, today - 3 * MONTH, adapt=_adapt if slug == "boston" else None
        )
    _adopt_and_approve("lincolnshire", second, today - 6 * MONTH)
    _draft("lchs", second)
    _send_back("west-lindsey", second)
    _make_packs("boston")
    third = publish_third(chief)
    _offer("boston")
    _finish_update("lincolnshire", today)
    _accept_untouched("south-holland")
    _begin_update("boston")
    _draft("north-kesteven", third)
    _submit("south-kesteven", third)
    _start_from_own_text("lincolnshire-police")


def coordinator(slug: str) -> User:
    partner = Partner.objects.get(slug=slug)
    return StaffMember.objects.coordinators_of(partner.pk).first().user


def approver(slug: str) -> User:
    """Not the coordinator but a colleague; a login is made if they have none."""
    here = StaffMember.objects.in_post().filter(partner__slug=slug)
    others = here.exclude(user=coordinator(slug)).order_by("-user", "pk")
    person = others.filter(user__isnull=False).first() or others.first()
    if person.user is None:
        person.user = User.objects.create_user(person.work_email)
        person.save()
    return person.user


def _adopt(slug, generic, adapt=None):
    by, partner = coordinator(slug), Partner.objects.get(slug=slug)
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
    """The examples in the help of the parameters."""
    rows = generic.contents.filter(kind=PARAMETER)
    examples = {row.key: _EXAMPLE.search(row.fields.get("help", "")) for row in rows}
    return {key: found[1].strip() for key, found in examples.items() if found}


def _adopt_and_approve(slug, generic, on, adapt=None):
    _approve(slug, _adopt(slug, generic, adapt), on)


def _approve(slug, draft, on):
    """Submit the draft and approve it on a day in the past."""
    edition = reviews.submit(
        by=coordinator(slug), edition=draft, approver=approver(slug)
    )
    now = timezone.now()
    edition.plan.editions.in_force().update(state="superseded", superseded_at=now)
    edition.state = PlanEdition.State.APPROVED
    edition.approved_at = now - (timezone.localdate() - on)
    edition.review_on = on + 12 * MONTH
    edition.fingerprint = reviews.fingerprint_of(edition)
    edition.save()


def _draft(slug, generic):
    by = coordinator(slug)
    partner = Partner.objects.get(slug=slug)
    draft = drafts.adopt(
        by=by, partner=partner, generic=generic, values={"council_name": partner.name}
    )
    adaptations.settle(by=by, edition=draft, kind="service")


def _submit(slug, generic):
    draft = _adopt(slug, generic)
    reviews.submit(by=coordinator(slug), edition=draft, approver=approver(slug))


def _send_back(slug, generic):
    draft = _adopt(slug, generic)
    who = approver(slug)
    edition = reviews.submit(by=coordinator(slug), edition=draft, approver=who)
    answer = "The depot has moved: enter the new address of the alternative site."
    reviews.send_back(by=who, edition=edition, answer=answer)


def _start_from_own_text(slug):
    partner = Partner.objects.get(slug=slug)
    drafts.start_from_text(by=coordinator(slug), partner=partner, text=OWN_PLAN)


def _make_packs(slug):
    """Make every kind of pack, with a person in each of the first roles."""
    edition = Partner.objects.get(slug=slug).plan.editions.in_force().get()
    people = StaffMember.objects.in_post().filter(partner__slug=slug).order_by("pk")
    holders = dict(zip(building.roles_of(edition), people, strict=False))
    for variant in PlanPack.Variant:
        building.make(
            by=coordinator(slug), edition=edition, variant=variant, holders=holders
        )


def _offer(slug):
    """Offer one of the partner's own texts to the generic plan."""
    edition = Partner.objects.get(slug=slug).plan.editions.in_force().get()
    plan_object = _object(edition, "section", "legal-map")
    why = "It names somebody to ask about the law."
    offers.offer(by=coordinator(slug), thing=plan_object, why=why)


def _update_of(slug):
    plan = Partner.objects.get(slug=slug).plan
    update = plan.updates.still_open().get()
    return workflow.begin(by=coordinator(slug), update=update)


def _accept_untouched(slug):
    """Accept only what the partner has not changed."""
    workflow.accept_untouched(by=coordinator(slug), update=_update_of(slug))


def _finish_update(slug, approved_on):
    """Decide every change of an update, and approve the plan."""
    by, update = coordinator(slug), _update_of(slug)
    workflow.accept_untouched(by=by, update=update)
    while items := _open(update):
        item = next(item for item in items if not item.waits_for)
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
    """Adapt one object of each kind that a newer version can meet."""
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
        "appendix-sign-off": "We use our own form",
    }
    for key, reason in reasons.items():
        adaptations.leave_out(
            by=by, thing=_object(draft, "section", key), reason=reason
        )
    own = {"title": "Flooding of the server room", "body": "Sandbags are in the yard."}
    adaptations.add_own(by=by, edition=draft, kind="section", fields=own)
    board = {"title": "Staff notice board", "tier": 4, "depends_on": ["intranet"]}
    adaptations.add_own(by=by, edition=draft, kind="service", fields=board)
    drafts.set_parameters(by=by, edition=draft, values={"main_number": "01632 960321"})


def _object(draft, kind, key):
    return draft.contents.select_related("edition__plan").get(kind=kind, key=key)


def _change(by, draft, key, change=None, kind="section", **changed):
    plan_object = _object(draft, kind, key)
    fields = {**adaptations.generic_of(plan_object), **changed}
    if change:
        fields["body"] = change(fields["body"])
    adaptations.adapt(by=by, thing=plan_object, fields=fields)


def _begin_update(slug):
    """Begin the update, and leave a change of every kind to decide."""
    by, update = coordinator(slug), _update_of(slug)
    item = next(item for item in _open(update) if item.key == "emergency-store")
    choice = Choice("declined", reason="The county keeps the store for us")
    seen = item_fingerprint(item)
    workflow.decide(by=by, update=update, name=item.name, seen=seen, choice=choice)
