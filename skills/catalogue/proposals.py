"""Skills people propose, and what the partnership coordinator makes of them."""

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from partners.mail import queue
from partners.models import Appointment, StaffMember, User
from skills.catalogue.names import add_alias, add_skill, is_called, refuse_others, tidy
from skills.matching.text import normalise_key
from skills.models import Skill, SkillHeld, SkillProposal

State = SkillProposal.State


def may_propose(user: User) -> bool:
    """Members of staff and coordinators; readers and strangers do not."""
    return user.standing.exports_people


@transaction.atomic
def propose(*, by: User, name: str, **fields) -> SkillProposal:
    """Ask for a skill, and tell the partnership coordinators.

    Raises PermissionDenied, and IntegrityError (…_waits_once) where the same skill
    waits already.
    """
    if not may_propose(by):
        raise PermissionDenied("Readers cannot propose skills")
    proposal = SkillProposal(name=tidy(name), proposed_by=by, **fields)
    proposal.key = normalise_key(proposal.name)
    proposal.full_clean(validate_constraints=False)
    with pghistory.context(user=by.pk):
        proposal.save()
    for keeper in keepers().exclude(pk=by.pk):
        _tell(keeper, proposal, "A skill is proposed", "skill_proposed", who=_whose(by))
    return proposal


def keepers() -> QuerySet[User]:
    """The logins that keep the catalogue today."""
    held = Appointment.objects.in_force().filter(
        role=Appointment.Role.PARTNERSHIP_COORDINATOR
    )
    logins = User.objects.filter(is_active=True, pk__in=held.values("user"))
    gone = StaffMember.objects.filter(user__isnull=False).exclude(
        pk__in=StaffMember.objects.in_post().values("pk")
    )
    return logins.exclude(pk__in=gone.values("user"))


@transaction.atomic
def accept(*, by: User, proposal: SkillProposal, **fields) -> Skill:
    """Make a new skill of it, as the fields say; the proposer's level goes along.

    Raises PermissionDenied, and ValidationError with a sentence where it is decided
    already or the name is taken.
    """
    refuse_others(by)
    proposal = _still_open(proposal)
    skill = add_skill(by=by, source=provenance(proposal), **fields)
    _decide(by, proposal, State.ACCEPTED, skill=skill)
    return skill


@transaction.atomic
def take_as_alias(
    *, by: User, proposal: SkillProposal, skill: Skill, kind: str
) -> Skill:
    """Make it another name of a skill; raises as `accept` does."""
    refuse_others(by)
    proposal = _still_open(proposal)
    source = provenance(proposal)
    if not is_called(skill, proposal.name):
        add_alias(by=by, skill=skill, text=proposal.name, kind=kind, source=source)
    _decide(by, proposal, State.MERGED, skill=skill)
    return skill


@transaction.atomic
def decline(*, by: User, proposal: SkillProposal, reason: str) -> None:
    """Say no, and why; raises as `accept` does."""
    refuse_others(by)
    _decide(by, _still_open(proposal), State.DECLINED, reason=reason)


def provenance(proposal: SkillProposal) -> str:
    """The partner, not the person: everybody reads it, also when they have left."""
    person = person_of(proposal.proposed_by)
    return f"proposed by {person.partner.short_name if person else 'the partnership'}"


def person_of(user: User | None) -> StaffMember | None:
    return getattr(user, "person", None)


def _whose(user):
    person = person_of(user)
    return f"{person.name}, {person.partner.short_name}" if person else user.email


def _still_open(proposal):
    """The proposal as it is now, held until we are done with it."""
    kept = SkillProposal.objects.select_for_update().get(pk=proposal.pk)
    if not kept.is_open:
        who = kept.decided_by.get_full_name()
        said = kept.get_state_display().lower()
        raise ValidationError(f"{who} has already decided this proposal: {said}")
    return kept


def _decide(by, proposal, state, *, skill=None, reason=""):
    proposal.state, proposal.skill, proposal.reason = state, skill, reason
    proposal.decided_by, proposal.decided_at = by, timezone.now()
    with pghistory.context(user=by.pk):
        proposal.save()
        held = _give_level(proposal)
    asked_by = proposal.proposed_by
    if asked_by and asked_by != by and not asked_by.standing.is_stranger:
        subject = "What became of the skill you proposed"
        _tell(asked_by, proposal, subject, "skill_decided", skill=skill, held=held)


def _give_level(proposal):
    """What the proposer said of themselves; a level already recorded stays."""
    person = person_of(proposal.proposed_by)
    if not (proposal.skill and proposal.level and person and person.is_in_post()):
        return None
    held, _ = SkillHeld.objects.get_or_create(
        staff=person, skill=proposal.skill, defaults={"level": proposal.level}
    )
    return held


def _tell(user, proposal, subject, template, **context):
    context |= {"name": user.get_full_name(), "proposal": proposal}
    queue.add_message(
        to=user.email, subject=subject, template=template, context=context
    )
