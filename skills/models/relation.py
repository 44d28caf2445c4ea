"""How skills stand to each other: one is broader than another, or next to it."""

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from partners.models import Versioned, recorded

from .catalogue import Skill

GOES_ROUND = "skills_skillrelation_never_goes_round"
_TAKEN_BACK = "directly or through others. Remove that first"

# Every skill reached by going to broader ones, and once only wherever rounds were.
_ABOVE = """
    WITH RECURSIVE above(id) AS (
        SELECT {start}::bigint
        UNION
        SELECT relation.other_id FROM skills_skillrelation relation
        JOIN above ON relation.skill_id = above.id
        WHERE relation.kind = 'broader' AND relation.id IS DISTINCT FROM {but}
    )
    SELECT FROM above WHERE id = {sought}
"""
_NEVER_ROUND = f"""
    -- Two at once would each miss what the other is about to say.
    PERFORM pg_advisory_xact_lock(hashtext('{GOES_ROUND}'));
    IF NEW.kind = 'broader' AND NEW.skill_id <> NEW.other_id AND EXISTS (
        {_ABOVE.format(start="NEW.other_id", but="NEW.id", sought="NEW.skill_id")}
    ) THEN
        RAISE EXCEPTION 'this skill is broader than the other already'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = '{GOES_ROUND}';
    END IF;
    RETURN NEW;
"""


class RelationQuerySet(models.QuerySet):
    def of(self, *skill_ids):
        """The relations these skills take part in, on either side."""
        return self.filter(Q(skill__in=skill_ids) | Q(other__in=skill_ids))

    def between_current(self):
        """Relations between skills people can still be recorded with."""
        return self.filter(skill__retired_on=None, other__retired_on=None)


@recorded()
class SkillRelation(Versioned):
    """What one skill is to another: that has a broader one, or is related to it."""

    class Kind(models.TextChoices):
        BROADER = "broader", "Broader"
        RELATED = "related", "Related"

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="relations")
    other = models.ForeignKey(
        Skill, models.CASCADE, related_name="relations_to", verbose_name="other skill"
    )
    kind = models.CharField(
        max_length=7, choices=Kind, help_text="What the other skill is to this one"
    )
    source = models.CharField(max_length=200, default="field knowledge")

    objects = RelationQuerySet.as_manager()

    # What the trigger says, for whom it meets without the names at hand.
    trigger_sentences = {
        GOES_ROUND: (
            "The narrower of these skills is already broader than the other, "
            f"{_TAKEN_BACK}"
        )
    }

    class Meta(Versioned.Meta):
        ordering = ["kind", "skill", "other"]
        triggers = [
            *Versioned.Meta.triggers,
            pgtrigger.Trigger(
                name="never_goes_round",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_NEVER_ROUND,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(skill=F("other")),
                name="%(app_label)s_%(class)s_is_to_another",
                violation_error_message=(
                    "A skill cannot be broader than itself or related to itself: "
                    "choose another skill"
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind="broader") | Q(skill__lte=F("other")),
                name="%(app_label)s_%(class)s_related_in_one_order",
                violation_error_message=(
                    "Related skills are kept once, the older skill first: "
                    "exchange the two"
                ),
            ),
            models.UniqueConstraint(
                Least("skill", "other"),
                Greatest("skill", "other"),
                name="%(app_label)s_%(class)s_one_a_pair",
                violation_error_message=(
                    "These two skills already have a relation: remove it first, "
                    "then add another"
                ),
            ),
        ]

    def __str__(self):
        said = "narrower than" if self.kind == self.Kind.BROADER else "related to"
        return f"{self.skill} is {said} {self.other}"

    def clean(self):
        self._put_in_order()
        if self.kind == self.Kind.BROADER and self._goes_round():
            raise ValidationError(
                f"{self.skill} is already broader than {self.other}, {_TAKEN_BACK}"
            )

    def save(self, *args, **kwargs):
        self._put_in_order()
        super().save(*args, **kwargs)

    def _put_in_order(self):
        """Related goes both ways, so that it is written one way only."""
        ids = self.skill_id, self.other_id
        if self.kind == self.Kind.RELATED and all(ids) and ids[0] > ids[1]:
            self.skill_id, self.other_id = self.other_id, self.skill_id

    def _goes_round(self):
        if not (self.skill_id and self.other_id) or self.skill_id == self.other_id:
            return False
        with connection.cursor() as cursor:
            cursor.execute(
                _ABOVE.format(start="%s", but="%s", sought="%s"),
                [self.other_id, self.pk, self.skill_id],
            )
            return cursor.fetchone() is not None
