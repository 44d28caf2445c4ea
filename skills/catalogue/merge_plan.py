"""Making one skill of two: what happens to whom, told before it is done."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import chain
from operator import attrgetter

from django.core.exceptions import ValidationError

from skills.catalogue.names import collisions
from skills.matching.text import normalise_key
from skills.models import (
    Alias,
    Certification,
    LearningWish,
    MergedRow,
    Skill,
    SkillHeld,
    SkillRelation,
)

Kind, Deed = MergedRow.Kind, MergedRow.Deed
MODELS = {
    Kind.HELD: SkillHeld,
    Kind.WISH: LearningWish,
    Kind.CERTIFICATE: Certification,
    Kind.NAME: Alias,
}
_DAWN = datetime.min.replace(tzinfo=UTC)


def stronger(theirs: SkillHeld, ours: SkillHeld) -> SkillHeld:
    """Whose level stays: the higher confirmed one, else the higher, ours if alike."""
    return theirs if _rank(theirs) > _rank(ours) else ours


def _rank(held):
    is_confirmed = held.confirmed_at is not None
    return is_confirmed, held.level, held.confirmed_at or _DAWN


def joined(theirs: SkillHeld, ours: SkillHeld) -> dict:
    """What one person's row says once both skills are one."""
    best = stronger(theirs, ours)
    used = _first(max, theirs.last_used_on, ours.last_used_on)
    since = _first(min, theirs.since_on, ours.since_on)
    return {
        "level": best.level,
        "confirmed_at": best.confirmed_at,
        "confirmed_by_id": best.confirmed_by_id,
        "can_teach": theirs.can_teach or ours.can_teach,
        # One may say only “since” and the other only an earlier “last used”.
        "since_on": since and _first(min, since, used),
        "last_used_on": used,
    }


def _first(choose, *days: date | None):
    known = [day for day in days if day]
    return choose(known) if known else None


@dataclass(frozen=True, slots=True)
class Both:
    """Somebody who holds both skills, and what their one row will say."""

    theirs: SkillHeld
    ours: SkillHeld

    @property
    def result(self):
        return joined(self.theirs, self.ours)

    @property
    def is_changed(self):
        return any(getattr(self.ours, name) != to for name, to in self.result.items())


class Plan:
    """What merging one skill into another would do: five queries, however many.

    Decided proposals and handled searches stay with the skill they were decided
    for: its page leads to the other. Relations stay too, hidden while it is retired:
    what is broader than the one need not be broader than the other.
    """

    def __init__(self, from_skill: Skill, into_skill: Skill, is_final: bool = False):
        """Reads the rows; locks them if the merge is about to be done."""
        self.from_skill, self.into_skill = from_skill, into_skill
        self._is_final = is_final
        self.theirs, self.ours = self._of_both(SkillHeld, "staff_id")
        self.wishes, self.other_wishes = self._of_both(LearningWish, "staff_id")
        self.names, self.other_names = self._of_both(Alias, "key")
        self.certificates = self._rows(Certification, [from_skill.pk])
        self.followers = self._rows(Skill, [from_skill.pk], "merged_into")

    def _rows(self, model, skills, column="skill"):
        rows = model.objects.filter(**{f"{column}__in": skills}).order_by("pk")
        return [*rows.select_for_update()] if self._is_final else [*rows]

    def _of_both(self, model, key):
        """The rows of each skill, by the person or the name."""
        of = {self.from_skill.pk: {}, self.into_skill.pk: {}}
        for row in self._rows(model, [*of]):
            of[row.skill_id][getattr(row, key)] = row
        return of[self.from_skill.pk], of[self.into_skill.pk]

    @cached_property
    def moved(self) -> list[SkillHeld]:
        return [row for staff, row in self.theirs.items() if staff not in self.ours]

    @cached_property
    def both(self) -> list[Both]:
        return [
            Both(row, self.ours[staff])
            for staff, row in self.theirs.items()
            if staff in self.ours
        ]

    @cached_property
    def moved_wishes(self):
        return [row for key, row in self.wishes.items() if key not in self.other_wishes]

    @cached_property
    def dropped_wishes(self):
        return [row for key, row in self.wishes.items() if key in self.other_wishes]

    @cached_property
    def moved_names(self):
        known = {self.into_skill.key, *self.other_names}
        return [row for key, row in self.names.items() if key not in known]

    @cached_property
    def dropped_names(self):
        moved = {row.pk for row in self.moved_names}
        return [row for row in self.names.values() if row.pk not in moved]

    @property
    def adds_name(self) -> bool:
        """Whether the name that goes is no other name of the skill that stays yet."""
        known = {self.into_skill.key, *self.other_names, *self.names}
        return normalise_key(self.from_skill.name) not in known

    def collisions(self) -> list[Skill]:
        """Other skills that the name which goes means too, or nearly."""
        found = collisions(self.from_skill.name, self.from_skill.pk)
        return [skill for skill in found if skill.pk != self.into_skill.pk]

    def relations(self) -> list[SkillRelation]:
        """What the skill that goes stands in relation to, and will not any more."""
        current = SkillRelation.objects.between_current()
        return [*current.of(self.from_skill.pk).select_related("skill", "other")]

    @property
    def fingerprint(self) -> str:
        """Changes with every row the merge would touch."""
        rows = chain(
            (self.from_skill, self.into_skill),
            *(held.values() for held in (self.theirs, self.ours)),
            *(rows.values() for rows in (self.wishes, self.other_wishes)),
            *(rows.values() for rows in (self.names, self.other_names)),
            self.certificates,
            self.followers,
        )
        told = "|".join(f"{type(row).__name__} {row.pk} {row.version}" for row in rows)
        return hashlib.sha256(told.encode()).hexdigest()

    def people(self) -> list[tuple[int, SkillHeld, SkillHeld | None]]:
        """Everybody concerned, those with both first: person, theirs, ours."""
        both = [(both.theirs, both.ours) for both in self.both]
        alone = [(row, None) for row in self.moved]
        return [(row.staff_id, row, ours) for row, ours in [*both, *alone]]


def refuse_unlike(from_skill: Skill, into_skill: Skill) -> None:
    """Raises ValidationError with a sentence where two skills cannot be merged."""
    if from_skill.pk == into_skill.pk:
        raise ValidationError("Choose another skill: this is the one you are merging")
    for skill in (from_skill, into_skill):
        if skill.merged_into_id:
            raise ValidationError(
                f"“{skill}” has already been merged into another skill"
            )
    if into_skill.retired_on:
        raise ValidationError(f"“{into_skill}” has been retired: bring it back first")


def columns_of(row) -> dict:
    """What a row says, by column, but for its key and its version."""
    names = [field.attname for field in row._meta.concrete_fields]
    kept = [name for name in names if name not in {"id", "version"}]
    return dict(zip(kept, attrgetter(*kept)(row), strict=True))
