"""Secret addresses: calendars, the switchboard's page, the telephone system's."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from partners.models import Partner, StaffMember, User

from .rota import Rota


class RotaTokenQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(revoked_at__isnull=True)

    def calendars(self):
        return self.filter(kind__in=RotaToken.CALENDARS)

    def of_those_here(self):
        """Without those of people and partners that have left, from that day on."""
        today = timezone.localdate()
        gone = Q(staff__left_on__lte=today) | Q(partner__left_on__lte=today)
        return self.exclude(gone | Q(staff__partner__left_on__lte=today))

    def editable_by(self, user):
        """Own ones, and those of partners whose coordinator a login is."""
        standing = user.standing
        if standing.is_partnership_coordinator:
            return self
        kept = standing.coordinates
        return self.filter(
            Q(staff=standing.staff_id or 0)
            | Q(staff__partner__in=kept)
            | Q(partner__in=kept)
            | Q(kind="rota", made_by=user)
        )


class RotaToken(models.Model):
    """A secret address that reads part of the rota, of which only the hash is kept."""

    class Kind(models.TextChoices):
        SWITCHBOARD = "switchboard", "On call now, for a switchboard"
        TELEPHONY = "telephony", "On call now, for a phone system"
        OWN = "own", "Calendar of one person"
        ROTA = "rota", "Calendar of one rota"
        PARTNER = "partner", "Calendar of one partner"

    CALENDARS = (Kind.OWN, Kind.ROTA, Kind.PARTNER)

    kind = models.CharField(max_length=12, choices=Kind)
    label = models.CharField("who uses it", max_length=120, blank=True)
    digest = models.BinaryField(max_length=32, unique=True)
    staff = models.ForeignKey(
        StaffMember,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="rota_tokens",
        verbose_name="person",
    )
    rota = models.ForeignKey(
        Rota, models.CASCADE, null=True, blank=True, related_name="tokens"
    )
    partner = models.ForeignKey(
        Partner, models.CASCADE, null=True, blank=True, related_name="rota_tokens"
    )
    made_at = models.DateTimeField("made", default=timezone.now)
    made_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name="made by"
    )
    last_used_on = models.DateField("last used", null=True, blank=True)
    revoked_at = models.DateTimeField("withdrawn", null=True, blank=True)
    # What a calendar showed last, as a hash, and since when it has shown that.
    shown = models.BinaryField(max_length=32, null=True, editable=False)
    shown_since = models.DateTimeField(null=True, editable=False)

    objects = RotaTokenQuerySet.as_manager()

    class Meta:
        verbose_name = "secret address"
        verbose_name_plural = "secret addresses"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(kind="own", staff__isnull=False, rota=None, partner=None)
                    | Q(kind="rota", rota__isnull=False, staff=None, partner=None)
                    | Q(kind="partner", partner__isnull=False, staff=None, rota=None)
                    | Q(kind__in=("switchboard", "telephony"), staff=None, rota=None)
                ),
                name="%(app_label)s_%(class)s_reads_what_its_kind_says",
                violation_error_message="Choose what this address is for",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.label or self.staff or self.rota}"
