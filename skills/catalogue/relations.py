"""What is broader, narrower and related: told of a skill, added and removed."""

from collections.abc import Collection
from dataclasses import dataclass

import pghistory
from django.db import models, transaction
from django.db.models import Case, Count, F, OuterRef, Subquery, When
from django.db.models.functions import Coalesce

from partners.models import User
from skills.catalogue.names import refuse_others, tidy
from skills.models import Skill, SkillHeld, SkillRelation

Kind = SkillRelation.Kind


class Side(models.TextChoices):
    """What the one skill is to the other; most helpful first to who found nobody."""

    NARROWER = "narrower", "Narrower"
    RELATED = "related", "Related"
    BROADER = "broader", "Broader"


_ORDER = list(Side)
_SAID = {
    Side.NARROWER: "narrower than",
    Side.RELATED: "related to",
    Side.BROADER: "broader than",
}


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A skill that has a relation to another, and how many visible people hold it."""

    skill: Skill
    side: Side
    base: Skill
    holders: int
    relation: SkillRelation

    @property
    def said(self):
        """ "narrower than Networking": how it stands to the skill it was asked for."""
        return f"{_SAID[self.side]} {self.base}"


def neighbours(
    user: User, skill_ids: Collection[int], *, with_retired: bool = False
) -> list[Neighbour]:
    """Skills with a relation to these, in the order of Side: one query.

    The most often held come first; a skill next to several of these is told once.
    """
    rows = SkillRelation.objects.of(*skill_ids).select_related("skill", "other")
    rows = rows.exclude(skill__in=skill_ids, other__in=skill_ids)
    far = Case(When(skill__in=skill_ids, then=F("other")), default=F("skill"))
    rows = rows.annotate(far=far, holders=_holders(user))
    found = sorted(map(_neighbour, rows), key=_helpfulness, reverse=True)
    once = {
        near.skill.pk: near
        for near in found
        if with_retired or near.skill.retired_on is None
    }
    return sorted(once.values(), key=_helpfulness)


def _holders(user):
    held = SkillHeld.objects.visible_to(user).filter(skill=OuterRef("far")).order_by()
    counted = held.values("skill").annotate(people=Count("pk")).values("people")
    return Coalesce(Subquery(counted), 0)


def _neighbour(row):
    is_other = row.far == row.other_id
    skill, base = (row.other, row.skill) if is_other else (row.skill, row.other)
    side = Side.RELATED
    if row.kind == Kind.BROADER:
        side = Side.BROADER if is_other else Side.NARROWER
    return Neighbour(skill, side, base, row.holders, row)


def _helpfulness(near):
    return _ORDER.index(near.side), -near.holders, near.skill.name.lower()


def by_side(found: list[Neighbour]) -> list[tuple[Side, list[Neighbour]]]:
    """The neighbours as a page lists them: broader, narrower, related."""
    order = (Side.BROADER, Side.NARROWER, Side.RELATED)
    return [(side, [near for near in found if near.side == side]) for side in order]


@transaction.atomic
def add_relation(
    *, by: User, skill: Skill, other: Skill, side: str, source: str
) -> SkillRelation:
    """Say what `other` is to `skill`.

    Raises PermissionDenied, ValidationError with the sentence of the rule that is
    broken, and IntegrityError where somebody else was first.
    """
    refuse_others(by)
    first, second = (other, skill) if side == Side.NARROWER else (skill, other)
    kind = Kind.RELATED if side == Side.RELATED else Kind.BROADER
    relation = SkillRelation(skill=first, other=second, kind=kind, source=tidy(source))
    with pghistory.context(user=by.pk):
        relation.full_clean()
        relation.save()
    return relation


@transaction.atomic
def remove_relation(
    *, by: User, skill: Skill, relation_id: int, edition: int
) -> SkillRelation | None:
    """Take a relation away as it was read; None where somebody was there before."""
    refuse_others(by)
    rows = SkillRelation.objects.of(skill.pk).select_related("skill", "other")
    relation = rows.filter(pk=relation_id, version=edition).first()
    if relation is None:
        return None
    with pghistory.context(user=by.pk):
        gone, _ = SkillRelation.objects.filter(pk=relation_id, version=edition).delete()
    return relation if gone else None
