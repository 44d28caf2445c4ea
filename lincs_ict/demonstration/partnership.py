"""The whole demonstration partnership, made in one go."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pghistory
from django.db import transaction

from lincs_ict.demonstration.absences import make_absences
from lincs_ict.demonstration.corrections import make_corrections
from lincs_ict.demonstration.imports import make_imports
from lincs_ict.demonstration.invitations import make_invitations
from lincs_ict.demonstration.knowledge import make_knowledge
from lincs_ict.demonstration.leavers import make_former
from lincs_ict.demonstration.merges import make_merges
from lincs_ict.demonstration.organisations import make_partners
from lincs_ict.demonstration.outbox import make_messages
from lincs_ict.demonstration.own_record import make_own_record
from lincs_ict.demonstration.people import Person, invented_people, store
from lincs_ict.demonstration.plans import make_plans
from lincs_ict.demonstration.proposals import make_proposals
from lincs_ict.demonstration.roles import appoint_all, keepers, make_logins
from lincs_ict.demonstration.rotas import make_rotas
from lincs_ict.demonstration.searches import make_unanswered
from lincs_ict.demonstration.transfers import make_transfers
from lincs_ict.demonstration.upkeep import make_untidy
from partners.models import StaffMember
from skills.models import Level, SkillHeld

SEED = 2001


@transaction.atomic
def make_partnership(today: date) -> None:
    """Fill an empty database; the same day gives the same people."""
    chance = Random(SEED)  # noqa: S311 - nothing secret is drawn
    partners = make_partners()
    people = invented_people(chance, partners, today)
    logins = make_logins(people)
    _confirm(people)
    store(chance, people)
    appoint_all(people, logins, partners, today)
    make_knowledge(chance, people, today)
    make_absences(chance, people, today)
    make_own_record(people, today)
    make_unanswered(today)
    make_untidy(people, partners, today)
    make_proposals(today)
    make_messages(people, _stale(people, today))
    _make_history(people)
    make_transfers(people, partners, today)
    make_imports(people)
    make_corrections(people)
    make_merges()
    make_invitations(people)
    make_former(partners, today)
    make_rotas(today)
    make_plans(today)


def _confirm(people: list[Person]) -> None:
    """Say that the coordinator confirmed each record that is confirmed."""
    coordinators = keepers(people)
    for person in people:
        if person.staff.confirmed_at:
            person.staff.confirmed_by = coordinators[person.slug].user


def _stale(people: list[Person], today: date) -> dict[str, int]:
    long_ago = today - timedelta(days=365)
    return Counter(
        person.slug
        for person in people
        if person.is_in_post
        and not (
            person.staff.confirmed_at and person.staff.confirmed_at.date() > long_ago
        )
    )


def _make_history(people: list[Person]) -> None:
    """Let coordinators change something, so that there is history to look at."""
    for slug, keeper in keepers(people).items():
        with pghistory.context(user=keeper.user_id):
            _raise_a_level(slug)
            StaffMember.objects.filter(pk=keeper.pk).update(is_willing_to_help=True)


def _raise_a_level(slug: str) -> None:
    held = SkillHeld.objects.filter(staff__partner__slug=slug, level=Level.WORKING)
    row = held.order_by("pk").first()
    if row:
        row.level = Level.PRACTITIONER
        row.save()
