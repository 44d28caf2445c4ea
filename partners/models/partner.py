"""The organisations in the partnership, and where they work."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .telephone import TelephoneField, is_telephone
from .versioned import Versioned, recorded


class PartnerQuerySet(models.QuerySet):
    def current(self, on=None):
        """Partners that have joined and not left."""
        on = on or timezone.localdate()
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gt=on)).filter(
            Q(joined_on__isnull=True) | Q(joined_on__lte=on)
        )

    def visible_to(self, user):
        return self.none() if user.standing.is_stranger else self.current()

    def editable_by(self, user):
        standing = user.standing
        if standing.is_partnership_coordinator:
            return self
        return self.filter(pk__in=standing.coordinates)


@recorded()
class Partner(Versioned):
    """A public body that shares its ICT support with the others."""

    class Kind(models.TextChoices):
        DISTRICT = "district", "District council"
        BOROUGH = "borough", "Borough council"
        CITY = "city", "City council"
        COUNTY = "county", "County council"
        POLICE = "police", "Police"
        NHS = "nhs", "NHS trust"

    name = models.CharField(
        max_length=120,
        unique=True,
        error_messages={"unique": "There is already a partner with this name"},
    )
    short_name = models.CharField(
        max_length=60, unique=True, help_text="As people say it: “Boston”"
    )
    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    service_desk_telephone = TelephoneField("service desk telephone")
    service_desk_email = models.EmailField("service desk e-mail", blank=True)
    desk_opens_at = models.TimeField("desk opens at", default="08:00")
    desk_closes_at = models.TimeField("desk closes at", default="17:30")
    out_of_hours_telephone = TelephoneField("out-of-hours telephone")
    out_of_hours_email = models.EmailField("out-of-hours e-mail", blank=True)
    senior_sponsor = models.CharField(
        max_length=120, blank=True, help_text="Name and post"
    )
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(
        null=True, blank=True, help_text="The first day it is no longer a partner"
    )

    objects = PartnerQuerySet.as_manager()

    class Meta(Versioned.Meta):
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on__isnull=True)
                | Q(joined_on__isnull=True)
                | Q(left_on__gte=F("joined_on")),
                name="%(app_label)s_%(class)s_leaves_after_joining",
                violation_error_message="A partner leaves after it has joined",
            ),
            models.CheckConstraint(
                condition=Q(desk_closes_at__gt=F("desk_opens_at")),
                name="%(app_label)s_%(class)s_desk_closes_after_opening",
                violation_error_message="The desk closes after it opens",
            ),
            is_telephone("service_desk_telephone"),
            is_telephone("out_of_hours_telephone"),
        ]

    def __str__(self):
        return self.name


class SiteQuerySet(models.QuerySet):
    def editable_by(self, user):
        return self.filter(partner__in=Partner.objects.editable_by(user))


@recorded()
class Site(Versioned):
    """A building where a partner's people are based."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="sites")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=10, blank=True)

    objects = SiteQuerySet.as_manager()

    class Meta(Versioned.Meta):
        ordering = ["partner", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "name"],
                name="%(app_label)s_%(class)s_name_is_unique_in_partner",
                violation_error_message="This partner has a site of that name already",
            )
        ]

    def __str__(self):
        return self.name
