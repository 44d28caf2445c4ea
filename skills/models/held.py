"""What people can do, want to learn, and hold certificates for."""

from datetime import timedelta

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from partners.models import StaffMember, Versioned, recorded

from .catalogue import Skill, not_of_a_merged_skill

SOON = timedelta(days=90)
HELD = (
    "level",
    "can_teach",
    "since_on",
    "last_used_on",
    "confirmed_at",
    "confirmed_by_id",
)


class Level(models.IntegerChoices):
    """How well, in the four levels of the government capability framework."""

    AWARENESS = 1, "Awareness"
    WORKING = 2, "Working"
    PRACTITIONER = 3, "Practitioner"
    EXPERT = 4, "Expert"

    @property
    def meaning(self):
        return {
            1: "knows of it and how it is used here",
            2: "applies it with the right tools",
            3: "could cover it alone for a week, and shows others",
            4: "the recognised adviser",
        }[self.value]

    @property
    def example(self):
        """What somebody at this level does on an ordinary Tuesday."""
        return {
            1: (
                "You can tell a caller what it is for and pass the call to the right "
                "person, but you have not changed a setting in it."
            ),
            2: (
                "You do the usual jobs with the notes beside you: add an account, "
                "restart the service, restore a file. When the unexpected happens "
                "you know whom to ask."
            ),
            3: (
                "You look after it while your colleague is on leave: plan a change "
                "and undo it, find the cause of a fault nobody has seen before, and "
                "show a newcomer how."
            ),
            4: (
                "Others ring you when they are stuck. You could design it for a new "
                "site, rescue it after a failed upgrade, and say which version to "
                "move to and why."
            ),
        }[self.value]


class SkillHeldQuerySet(models.QuerySet):
    def at_least(self, skill, level):
        return self.filter(skill=skill, level__gte=level)

    def visible_to(self, user):
        return self.filter(staff__in=StaffMember.objects.visible_to(user))

    def editable_by(self, user):
        return self.filter(staff__in=StaffMember.objects.editable_by(user))


def confirms_one_level():
    """A trigger: a confirmation was of the level it saw, and goes with it.

    Who confirms and changes the level in one save keeps the new confirmation.
    """
    return pgtrigger.Trigger(
        name="confirm_one_level",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__level__df=pgtrigger.F("new__level")),
        func="""
            IF NEW.confirmed_at IS NOT DISTINCT FROM OLD.confirmed_at THEN
                NEW.confirmed_at = NULL;
                NEW.confirmed_by_id = NULL;
            END IF;
            RETURN NEW;
        """,
    )


@recorded(read_by="staff")
class SkillHeld(Versioned):
    """One person's level in one skill: self-declared, then confirmed."""

    staff = models.ForeignKey(StaffMember, models.CASCADE, related_name="skills_held")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="held_by")
    level = models.PositiveSmallIntegerField(choices=Level, default=Level.WORKING)
    can_teach = models.BooleanField("can teach", default=False)
    since_on = models.DateField("since", null=True, blank=True)
    last_used_on = models.DateField("last used", null=True, blank=True)
    confirmed_at = models.DateTimeField("confirmed", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "partners.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="confirmed by",
    )

    objects = SkillHeldQuerySet.as_manager()

    class Meta(Versioned.Meta):
        verbose_name = "skill held"
        verbose_name_plural = "skills held"
        ordering = ["-level", "skill__name"]
        triggers = [
            *Versioned.Meta.triggers,
            confirms_one_level(),
            not_of_a_merged_skill(),
        ]
        indexes = [
            models.Index(
                F("skill"), F("level").desc(), F("staff"), name="skillheld_by_level"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "skill"],
                name="%(app_label)s_%(class)s_once_a_person",
                violation_error_message="This person already has that skill",
            ),
            models.CheckConstraint(
                condition=Q(level__range=(1, 4)),
                name="%(app_label)s_%(class)s_level_is_one_of_four",
                violation_error_message="Choose one of the four levels",
            ),
            models.CheckConstraint(
                condition=Q(last_used_on__isnull=True)
                | Q(since_on__isnull=True)
                | Q(last_used_on__gte=F("since_on")),
                name="%(app_label)s_%(class)s_used_after_learning",
                violation_error_message="“Last used” comes after “since”",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | Q(confirmed_at__isnull=False),
                name="%(app_label)s_%(class)s_confirmed_at_a_time",
                violation_error_message="Say when the level was confirmed",
            ),
        ]

    def __str__(self):
        return f"{self.skill}: {self.get_level_display()}"


@recorded(read_by="staff")
class LearningWish(Versioned):
    """A skill somebody would like to learn, whether or not they hold it."""

    staff = models.ForeignKey(
        StaffMember, models.CASCADE, related_name="learning_wishes"
    )
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="wished_by")
    wished_on = models.DateField(default=timezone.localdate)

    class Meta(Versioned.Meta):
        verbose_name = "wish to learn"
        verbose_name_plural = "wishes to learn"
        ordering = ["skill__name"]
        triggers = [*Versioned.Meta.triggers, not_of_a_merged_skill()]
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "skill"],
                name="%(app_label)s_%(class)s_once_a_person",
                violation_error_message="This person already has that wish",
            )
        ]

    def __str__(self):
        return str(self.skill)


@recorded(read_by="staff")
class Certification(Versioned):
    """A certificate somebody holds, and when it runs out."""

    staff = models.ForeignKey(
        StaffMember, models.CASCADE, related_name="certifications"
    )
    name = models.CharField("certificate", max_length=120)
    awarded_by = models.CharField(max_length=120, blank=True)
    skill = models.ForeignKey(
        Skill, models.SET_NULL, null=True, blank=True, related_name="certifications"
    )
    awarded_on = models.DateField("awarded", null=True, blank=True)
    expires_on = models.DateField(
        "runs out", null=True, blank=True, help_text="Leave empty if it does not expire"
    )

    class Meta(Versioned.Meta):
        ordering = ["expires_on", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "name", "awarded_on"],
                nulls_distinct=False,
                name="%(app_label)s_%(class)s_once_a_person",
                violation_error_message="This certificate is already in the list",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True)
                | Q(awarded_on__isnull=True)
                | Q(expires_on__gte=F("awarded_on")),
                name="%(app_label)s_%(class)s_expires_after_award",
                violation_error_message="The expiry date must be after the award date",
            ),
        ]

    def __str__(self):
        return self.name

    def is_expired(self, on=None):
        return bool(self.expires_on and self.expires_on < (on or timezone.localdate()))

    def runs_out_soon(self, on=None):
        """Not over yet, but within three months."""
        on = on or timezone.localdate()
        return bool(self.expires_on and on <= self.expires_on <= on + SOON)
