"""The generic plan: its versions, and the sections, services and tasks in them."""

import pgtrigger
from django.db import models
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.lookups import Exact

from disaster_recovery.content.schema import KEY_FORMAT, KEY_SENTENCE, KINDS
from partners.models import User, Versioned, recorded

PUBLISHED_STAYS = "disaster_recovery_genericversion_published_stays"
CONTENTS_STAY = "disaster_recovery_genericobject_published_stays"

_PUBLISHED = f"""
    RAISE EXCEPTION 'a published version stays as it is'
        USING ERRCODE = 'integrity_constraint_violation',
              CONSTRAINT = '{PUBLISHED_STAYS}';
"""
# Publishing locks the row of the version; whoever writes waits for it.
_OF_PUBLISHED = f"""
    PERFORM FROM disaster_recovery_genericversion
    WHERE id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.generic_id END,
                 CASE WHEN TG_OP <> 'DELETE' THEN NEW.generic_id END)
    FOR SHARE;
    IF EXISTS (
        SELECT FROM disaster_recovery_genericversion
        WHERE id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.generic_id END,
                     CASE WHEN TG_OP <> 'DELETE' THEN NEW.generic_id END)
          AND state = 'published'
    ) THEN
        RAISE EXCEPTION 'a published version stays as it is'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = '{CONTENTS_STAY}';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""
_STAYS = "A published version cannot be changed: start a draft of the next version"


def is_json_object(field):
    """The condition that a JSON column holds an object, not a list or a number."""
    kind = Func(F(field), function="jsonb_typeof", output_field=TextField())
    return Q(Exact(kind, Value("object")))


def has_known_kind(kinds, name):
    return models.CheckConstraint(
        condition=Q(kind__in=kinds),
        name=name,
        violation_error_message="Choose the kind from the list",
    )


def has_good_key(name):
    return models.CheckConstraint(
        condition=Q(key__regex=KEY_FORMAT),
        name=name,
        violation_error_message=KEY_SENTENCE,
    )


class GenericVersionQuerySet(models.QuerySet):
    def published(self):
        return self.filter(state=GenericVersion.State.PUBLISHED)

    def newest_first(self):
        """A draft, then the published versions from the newest to the oldest."""
        number = [F(n).desc(nulls_first=True) for n in ("major", "minor", "patch")]
        return self.order_by(*number, "-pk")

    def visible_to(self, user):
        """Published versions for staff and coordinators; drafts for their editors."""
        if user.standing.is_partnership_coordinator:
            return self
        if user.standing.staff_id or user.standing.may_administer:
            return self.published()
        return self.none()

    def editable_by(self, user):
        """The draft, for the partnership coordinator."""
        may = user.standing.is_partnership_coordinator
        return self.filter(state=GenericVersion.State.DRAFT) if may else self.none()


@recorded()
class GenericVersion(Versioned):
    """A numbered version of the generic plan, or the draft of the next one."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    major = models.PositiveSmallIntegerField(null=True, blank=True)
    minor = models.PositiveSmallIntegerField(null=True, blank=True)
    patch = models.PositiveSmallIntegerField(null=True, blank=True)
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+"
    )
    release_notes = models.TextField(blank=True, max_length=20_000)
    # The key of an old section to the keys of those that replace it.
    supersedes = models.JSONField(default=dict, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    started_at = models.DateTimeField("started", auto_now_add=True)
    published_at = models.DateTimeField("published", null=True, blank=True)
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = GenericVersionQuerySet.as_manager()
    trigger_sentences = {PUBLISHED_STAYS: _STAYS}

    class Meta(Versioned.Meta):
        verbose_name = "version of the generic plan"
        verbose_name_plural = "versions of the generic plan"
        ordering = ["-major", "-minor", "-patch", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["major", "minor", "patch"],
                name="%(app_label)s_%(class)s_number_is_unique",
                violation_error_message=(
                    "There is already a version with this number: choose a higher one"
                ),
            ),
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state="draft"),
                name="%(app_label)s_%(class)s_one_draft",
                violation_error_message=(
                    "There is already a draft of the next version: continue that one"
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    state="draft",
                    major__isnull=True,
                    minor__isnull=True,
                    patch__isnull=True,
                    published_at__isnull=True,
                    fingerprint="",
                )
                | Q(
                    state="published",
                    major__isnull=False,
                    minor__isnull=False,
                    patch__isnull=False,
                    published_at__isnull=False,
                    fingerprint__regex="^[0-9a-f]{64}$",
                )
                & ~Q(release_notes=""),
                name="%(app_label)s_%(class)s_published_with_a_number",
                violation_error_message=(
                    "A published version needs a number, notes, time and fingerprint"
                ),
            ),
            models.CheckConstraint(
                condition=is_json_object("supersedes"),
                name="%(app_label)s_%(class)s_supersedes_by_key",
                violation_error_message="Say which section replaces which",
            ),
        ]
        triggers = [
            *Versioned.Meta.triggers,
            pgtrigger.Trigger(
                name="published_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="published"),
                func=_PUBLISHED,
            ),
        ]

    def __str__(self):
        return f"Version {self.number}" if self.number else "Draft"

    @property
    def number(self):
        """Like 1.1.0; nothing while it is a draft."""
        parts = (self.major, self.minor, self.patch)
        return "" if None in parts else ".".join(map(str, parts))

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT


class GenericObjectQuerySet(models.QuerySet):
    def of_kind(self, kind):
        return self.filter(kind=kind)

    def visible_to(self, user):
        seen = GenericVersion.objects.visible_to(user).order_by()
        return self.filter(generic__in=seen.values("pk"))

    def editable_by(self, user):
        kept = GenericVersion.objects.editable_by(user).order_by()
        return self.filter(generic__in=kept.values("pk"))


@recorded(read_by="generic")
class GenericObject(Versioned):
    """A section, service, task or parameter in a version of the generic plan."""

    generic = models.ForeignKey(
        GenericVersion, models.CASCADE, related_name="contents", verbose_name="version"
    )
    kind = models.CharField(max_length=10, choices=[*KINDS.items()])
    key = models.CharField(max_length=60)
    position = models.PositiveIntegerField(default=0)
    fields = models.JSONField(default=dict)

    objects = GenericObjectQuerySet.as_manager()
    trigger_sentences = {CONTENTS_STAY: _STAYS}

    class Meta(Versioned.Meta):
        verbose_name = "part of the generic plan"
        verbose_name_plural = "parts of the generic plan"
        ordering = ["generic", "kind", "position", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["generic", "kind", "key"],
                name="%(app_label)s_%(class)s_key_is_unique",
                violation_error_message=(
                    "Something of this kind already has that key: choose another key"
                ),
            ),
            has_known_kind([*KINDS], "%(app_label)s_%(class)s_kind_is_known"),
            has_good_key("%(app_label)s_%(class)s_key_is_plain"),
            models.CheckConstraint(
                condition=is_json_object("fields") & Q(fields__has_key="title"),
                name="%(app_label)s_%(class)s_has_a_title",
                violation_error_message="Enter a title",
            ),
        ]
        triggers = [
            *Versioned.Meta.triggers,
            pgtrigger.Trigger(
                name="published_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_OF_PUBLISHED,
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def title(self):
        return self.fields.get("title", "")

    @property
    def is_mandatory(self):
        return bool(self.fields.get("is_mandatory"))
