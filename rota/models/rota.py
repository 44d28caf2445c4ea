"""A rota: what it covers, for whom, and how soon somebody answers."""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from partners.models import Partner, Versioned, recorded


@cache
def _zones():
    return frozenset(available_timezones())


def is_time_zone(name):
    if name not in _zones():
        raise ValidationError("Enter a time zone like Europe/London")


def is_near(day):
    """No turn is counted from before this century, nor from beyond it."""
    if not 2000 <= day.year <= 2099:
        raise ValidationError("Enter a date from 2000 to 2099")


class RotaQuerySet(models.QuerySet):
    def current(self, on=None):
        """Rotas that are not closed."""
        on = on or timezone.localdate()
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))

    def visible_to(self, user):
        return self.none() if user.standing.is_stranger else self

    def editable_by(self, user):
        """Rotas belong to the partnership: its coordinator keeps them."""
        return self if user.standing.is_partnership_coordinator else self.none()

    def staffed_by(self, user):
        """Rotas on which this login puts people of its partners in places."""
        standing = user.standing
        if standing.is_partnership_coordinator:
            return self
        kept = RotaPartner.objects.filter(partner__in=standing.coordinates)
        return self.filter(pk__in=kept.values("rota"))


@recorded()
class Rota(Versioned):
    """Out-of-hours support that several partners give together."""

    name = models.CharField(
        max_length=80,
        unique=True,
        error_messages={"unique": "There is already a rota with this name"},
    )
    slug = models.SlugField(
        "short name in addresses",
        max_length=60,
        unique=True,
        error_messages={"unique": "Another rota has this short name already"},
    )
    covers = models.TextField(
        "what it covers",
        max_length=1000,
        blank=True,
        help_text="Systems and services, and what it is not for",
    )
    time_zone = models.CharField(
        max_length=40, default="Europe/London", validators=[is_time_zone]
    )
    partners = models.ManyToManyField(
        Partner, through="RotaPartner", related_name="rotas"
    )
    answer_within = models.PositiveSmallIntegerField(
        "answers within",
        default=15,
        help_text="Minutes until somebody answers the phone",
    )
    on_site_within = models.PositiveSmallIntegerField(
        "on site within",
        null=True,
        blank=True,
        help_text=(
            "Minutes until somebody is on site. Leave empty if there are no site visits"
        ),
    )
    response_terms = models.TextField(
        max_length=1000,
        blank=True,
        help_text=(
            "What was agreed with the people on duty, and what they are called for"
        ),
    )
    ring_next_after = models.PositiveSmallIntegerField(
        "ring the next after",
        default=15,
        help_text="Minutes without an answer before you ring the next person",
    )
    last_resort = models.CharField(
        max_length=200,
        blank=True,
        help_text="Who to ring if nobody answers at all: a name and a number",
    )
    closed_on = models.DateField(
        null=True,
        blank=True,
        validators=[is_near],
        help_text="The first day it is no longer used",
    )

    objects = RotaQuerySet.as_manager()

    class Meta(Versioned.Meta):
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ring_next_after__gte=1, ring_next_after__lte=120),
                name="%(app_label)s_%(class)s_rings_the_next_in_time",
                violation_error_message="Enter from 1 to 120 minutes",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def zone(self):
        return ZoneInfo(self.time_zone)


@recorded()
class RotaPartner(Versioned):
    """A partner that takes part in a rota."""

    rota = models.ForeignKey(Rota, models.CASCADE, related_name="memberships")
    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="rota_memberships"
    )

    class Meta(Versioned.Meta):
        verbose_name = "partner in a rota"
        verbose_name_plural = "partners in rotas"
        ordering = ["rota", "partner"]
        constraints = [
            models.UniqueConstraint(
                fields=["rota", "partner"],
                name="%(app_label)s_%(class)s_once_a_rota",
                violation_error_message="This partner is already on the rota",
            )
        ]

    def __str__(self):
        return f"{self.partner} in {self.rota}"
