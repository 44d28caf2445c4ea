"""The contents of an edition of a plan: objects, and the values of parameters."""

import pgtrigger
from django.db import models
from django.db.models import Q

from disaster_recovery.content.schema import FIXED, KEY_FORMAT, KINDS, OF_PLANS
from partners.models import User, Versioned, recorded

from .generic import GenericVersion, has_good_key, has_known_kind, is_json_object
from .plan import PlanEdition

ONLY_DRAFTS = "disaster_recovery_planobject_only_drafts_change"
BASE_HAS_IT = "disaster_recovery_planobject_base_has_it"
MANDATORY_STAYS = "disaster_recovery_planobject_mandatory_stays"

# Sending a draft for review locks its row; whoever writes waits for it.
_ONLY_DRAFTS = f"""
    PERFORM FROM disaster_recovery_planedition
    WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.edition_id ELSE NEW.edition_id END
    FOR SHARE;
    IF (TG_OP = 'UPDATE' AND NEW.edition_id <> OLD.edition_id) OR EXISTS (
        SELECT FROM disaster_recovery_planedition
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.edition_id
                        ELSE NEW.edition_id END
          AND state <> 'draft'
    ) THEN
        RAISE EXCEPTION 'only a draft is changed'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = '{ONLY_DRAFTS}';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""
_BASE = f"""
    IF NOT EXISTS (
        SELECT FROM disaster_recovery_genericobject o
        JOIN disaster_recovery_genericversion v ON v.id = o.generic_id
        WHERE o.generic_id = NEW.base_id AND o.kind = NEW.kind AND o.key = NEW.key
          AND v.state = 'published'
    ) THEN
        RAISE EXCEPTION 'no such object in the published base'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = '{BASE_HAS_IT}';
    END IF;
    IF NEW.state = 'removed' AND EXISTS (
        SELECT FROM disaster_recovery_genericobject
        WHERE generic_id = NEW.base_id AND kind = NEW.kind AND key = NEW.key
          AND fields @> '{{"is_mandatory": true}}'
    ) THEN
        RAISE EXCEPTION 'every partner needs this section'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = '{MANDATORY_STAYS}';
    END IF;
    RETURN NEW;
"""  # noqa: S608 - the names of our own constraints
_EDITOR = """
    INSERT INTO disaster_recovery_planeditor (edition_id, user_id, first_at)
    VALUES (NEW.edition_id, NEW.edited_by_id, now())
    ON CONFLICT (edition_id, user_id) DO NOTHING;
    RETURN NULL;
"""


def only_drafts():
    """A trigger: only drafts can be changed."""
    return pgtrigger.Trigger(
        name="closed_stays_draft",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=_ONLY_DRAFTS,
    )


def names_the_editor():
    """A trigger: whoever changes something in a draft is recorded as its editor."""
    return pgtrigger.Trigger(
        name="names_the_editor",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Q(new__edited_by__isnull=False),
        func=_EDITOR,
    )


_ONLY_DRAFTS_SENTENCE = (
    "This edition is in review or approved, so it cannot be changed: send it back, or "
    "start a new draft"
)


class PlanContentQuerySet(models.QuerySet):
    def visible_to(self, user):
        seen = PlanEdition.objects.visible_to(user).order_by()
        return self.filter(edition__in=seen.values("pk"))

    def editable_by(self, user):
        kept = PlanEdition.objects.editable_by(user).order_by()
        return self.filter(edition__in=kept.values("pk"))


@recorded(read_by="edition")
class PlanObject(Versioned):
    """A section, service or task in an edition: only what the partner changed.

    `base` is the generic version it was last updated to; `fields` holds own values in
    place of the generic ones, and all of them where there is no base.
    """

    class State(models.TextChoices):
        INHERITED = "inherited", "As in the generic plan"
        ADAPTED = "adapted", "Adapted"
        OURS = "ours", "Our own"
        REMOVED = "removed", "Removed"
        NOT_APPLICABLE = "not applicable", "Not applicable"

    LEFT_OUT = (State.REMOVED, State.NOT_APPLICABLE)

    edition = models.ForeignKey(PlanEdition, models.CASCADE, related_name="contents")
    kind = models.CharField(
        max_length=10, choices=[(kind, KINDS[kind]) for kind in OF_PLANS]
    )
    key = models.CharField(max_length=60)
    position = models.PositiveIntegerField(default=0)
    base = models.ForeignKey(
        GenericVersion, models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=14, choices=State, default=State.INHERITED)
    fields = models.JSONField(default=dict, blank=True)
    addendum = models.TextField(blank=True, max_length=60_000)
    reason = models.CharField(max_length=500, blank=True)
    is_settled = models.BooleanField(
        "checked",
        default=False,
        help_text="Somebody at the partner has read it and says that it is right",
    )
    edited_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PlanContentQuerySet.as_manager()
    trigger_sentences = {
        ONLY_DRAFTS: _ONLY_DRAFTS_SENTENCE,
        BASE_HAS_IT: "This version of the generic plan has nothing with that key",
        MANDATORY_STAYS: (
            "Every partner needs this section: say why it does not apply instead"
        ),
    }

    class Meta(Versioned.Meta):
        verbose_name = "part of a plan"
        verbose_name_plural = "parts of plans"
        ordering = ["edition", "kind", "position", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "kind", "key"],
                name="%(app_label)s_%(class)s_key_is_unique",
                violation_error_message=(
                    "Something of this kind already has that key: choose another key"
                ),
            ),
            has_known_kind([*OF_PLANS], "%(app_label)s_%(class)s_kind_is_known"),
            has_good_key("%(app_label)s_%(class)s_key_is_plain"),
            models.CheckConstraint(
                condition=Q(state="inherited", fields={}, addendum="")
                | (Q(state="adapted") & ~Q(fields={}, addendum=""))
                | Q(state="ours", fields__has_key="title")
                | Q(state__in=("removed", "not applicable")),
                name="%(app_label)s_%(class)s_state_fits_fields",
                violation_error_message="Only a part with own text is adapted",
            ),
            models.CheckConstraint(
                condition=Q(base__isnull=False)
                | Q(state__in=("ours", "removed"), fields__has_key="title"),
                name="%(app_label)s_%(class)s_base_or_ours",
                violation_error_message="Only your own parts have no base",
            ),
            models.CheckConstraint(
                condition=~Q(state="ours") | Q(base__isnull=True),
                name="%(app_label)s_%(class)s_ours_has_no_base",
                violation_error_message="Your own parts have no base",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("removed", "not applicable")) & ~Q(reason="")
                | Q(state__in=("inherited", "adapted", "ours"), reason=""),
                name="%(app_label)s_%(class)s_left_out_for_a_reason",
                violation_error_message="Say why it is left out of the plan",
            ),
            models.CheckConstraint(
                condition=is_json_object("fields")
                & (Q(base__isnull=True) | ~Q(fields__has_any_keys=[*sorted(FIXED)])),
                name="%(app_label)s_%(class)s_changes_what_may_be",
                violation_error_message=(
                    "Only the generic plan says whether every partner needs a section"
                ),
            ),
        ]
        triggers = [
            *Versioned.Meta.triggers,
            pgtrigger.Trigger(
                name="base_has_it",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__base__isnull=False),
                func=_BASE,
            ),
            only_drafts(),
            names_the_editor(),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.key}"

    @property
    def is_left_out(self):
        return self.state in self.LEFT_OUT


@recorded(read_by="edition")
class PlanParameter(Versioned):
    """A partner's value for a parameter of the generic plan."""

    edition = models.ForeignKey(PlanEdition, models.CASCADE, related_name="parameters")
    key = models.CharField(max_length=60)
    value = models.TextField(max_length=4000)
    edited_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PlanContentQuerySet.as_manager()

    class Meta(Versioned.Meta):
        verbose_name = "detail of a plan"
        verbose_name_plural = "details of plans"
        ordering = ["edition", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "key"],
                name="%(app_label)s_%(class)s_key_is_unique",
                violation_error_message="This detail already has a value",
            ),
            models.CheckConstraint(
                condition=Q(key__regex=KEY_FORMAT),
                name="%(app_label)s_%(class)s_key_is_plain",
                violation_error_message="Choose a detail from the list",
            ),
            models.CheckConstraint(
                condition=~Q(value=""),
                name="%(app_label)s_%(class)s_says_something",
                violation_error_message="Enter a value, or remove the detail",
            ),
        ]
        triggers = [*Versioned.Meta.triggers, only_drafts(), names_the_editor()]

    def __str__(self):
        return self.key
