"""The one catalogue of skills, and the other names people know them by."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from partners.models import Versioned, recorded
from skills.matching.text import normalise_key

_STAMP = """
    INSERT INTO skills_cataloguestamp AS stamp (id, edition) VALUES (1, 1)
    ON CONFLICT (id) DO UPDATE SET edition = stamp.edition + 1;
    RETURN NULL;
"""


def stamps_catalogue():
    """A trigger that tells every process to read the catalogue again."""
    return pgtrigger.Trigger(
        name="stamp_catalogue",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=_STAMP,
    )


IS_MERGED = "skills_skill_is_merged"
_REFUSE_MERGED = f"""
        RAISE EXCEPTION 'this skill is merged into another'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = '{IS_MERGED}';
"""

# The row merged into is locked first: it may be merged itself at this moment.
_NO_CHAINS = f"""
    PERFORM FROM skills_skill WHERE id = NEW.merged_into_id FOR SHARE;
    IF EXISTS (
        SELECT FROM skills_skill
        WHERE (id = NEW.merged_into_id AND merged_into_id IS NOT NULL)
            OR merged_into_id = NEW.id
    ) THEN {_REFUSE_MERGED}
    END IF;
    RETURN NEW;
"""

_NOT_OF_MERGED = f"""
    PERFORM FROM skills_skill WHERE id = NEW.skill_id FOR KEY SHARE;
    IF EXISTS (
        SELECT FROM skills_skill
        WHERE id = NEW.skill_id AND merged_into_id IS NOT NULL
    ) THEN {_REFUSE_MERGED}
    END IF;
    RETURN NEW;
"""


def merges_make_no_chains():
    """A trigger: what a skill is merged into is not merged itself."""
    return pgtrigger.Trigger(
        name="merges_make_no_chains",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Q(new__merged_into__isnull=False),
        func=_NO_CHAINS,
    )


def not_of_a_merged_skill():
    """A trigger: nothing new is recorded under a skill that was merged."""
    return pgtrigger.Trigger(
        name="not_of_a_merged_skill",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("skill_id"),
        func=_NOT_OF_MERGED,
    )


class CatalogueStamp(models.Model):
    """One row that counts the editions of the catalogue."""

    edition = models.PositiveBigIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(id=1),
                name="%(app_label)s_%(class)s_is_one_row",
            )
        ]

    def __str__(self):
        return f"Edition {self.edition}"


@recorded()
class Category(Versioned):
    """A group of skills people browse by."""

    name = models.CharField(
        max_length=80,
        unique=True,
        error_messages={"unique": "There is already a category with this name"},
    )

    class Meta(Versioned.Meta):
        ordering = ["name"]
        verbose_name_plural = "categories"
        triggers = [*Versioned.Meta.triggers, stamps_catalogue()]

    def __str__(self):
        return self.name


class SkillQuerySet(models.QuerySet):
    def current(self):
        """Skills people can still be recorded with."""
        return self.filter(retired_on__isnull=True)


@recorded()
class Skill(Versioned):
    """Something people in ICT support can do, under its one agreed name."""

    class Kind(models.TextChoices):
        PRODUCT = "product", "Product"
        PRACTICE = "practice", "Practice"
        LANGUAGE = "language", "Language"
        PROTOCOL = "protocol", "Protocol"
        FRAMEWORK = "framework", "Framework"
        BUSINESS = "lob", "Line-of-business system"

    code = models.CharField(
        max_length=12, unique=True, null=True, blank=True, editable=False
    )
    name = models.CharField(max_length=100)
    key = models.CharField(max_length=120, editable=False)
    category = models.ForeignKey(Category, models.PROTECT, related_name="skills")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PRODUCT)
    description = models.TextField(blank=True, max_length=600)
    source = models.CharField(max_length=200, blank=True)
    source_reference = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=60, blank=True)
    retired_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_here",
        verbose_name="merged into",
    )

    objects = SkillQuerySet.as_manager()

    trigger_sentences = {
        IS_MERGED: ("This skill has been merged: choose the skill it was merged into")
    }

    class Meta(Versioned.Meta):
        ordering = [Lower("name")]
        triggers = [
            *Versioned.Meta.triggers,
            stamps_catalogue(),
            merges_make_no_chains(),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="%(app_label)s_%(class)s_key_is_unique",
                violation_error_message=(
                    "There is already a skill with this name, perhaps written "
                    "with other spaces, hyphens or capitals"
                ),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(retired_on__isnull=False),
                name="%(app_label)s_%(class)s_merged_is_retired",
                violation_error_message=(
                    "This skill was merged into another: undo the merge to bring "
                    "it back"
                ),
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")),
                name="%(app_label)s_%(class)s_not_merged_into_itself",
                violation_error_message="Choose another skill: not the same one",
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        self.key = normalise_key(self.name)

    def save(self, *args, **kwargs):
        self.key = normalise_key(self.name)
        super().save(*args, **kwargs)


@recorded()
class Alias(Versioned):
    """Another name people use for a skill; two skills may share one."""

    class Kind(models.TextChoices):
        ABBREVIATION = "abbreviation", "Abbreviation"
        FORMER = "former name", "Former name"
        VENDOR = "vendor name", "Vendor name"
        MISSPELLING = "misspelling", "Misspelling"
        OTHER = "other", "Other name"

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="aliases")
    text = models.CharField("alias", max_length=100)
    key = models.CharField(max_length=120, editable=False)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.OTHER)
    source = models.CharField(max_length=200, default="field knowledge")
    source_address = models.URLField(blank=True)

    class Meta(Versioned.Meta):
        ordering = [Lower("text")]
        verbose_name_plural = "aliases"
        triggers = [
            *Versioned.Meta.triggers,
            stamps_catalogue(),
            not_of_a_merged_skill(),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["skill", "key"],
                name="%(app_label)s_%(class)s_once_a_skill",
                violation_error_message="This skill already has that other name",
            ),
        ]
        indexes = [models.Index(fields=["key"], name="alias_key")]

    def __str__(self):
        return self.text

    def clean(self):
        self.key = normalise_key(self.text)

    def save(self, *args, **kwargs):
        self.key = normalise_key(self.text)
        super().save(*args, **kwargs)


def catalogue_edition() -> int:
    """The edition every process compares its copy of the catalogue with."""
    return CatalogueStamp.objects.values_list("edition", flat=True).first() or 0
