"""The people who work in ICT support."""

from datetime import timedelta

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Lower
from django.utils import timezone

from .appointment import Appointment, keeps_a_way_in, keeps_one_coordinator
from .presence import PresenceQuerySet
from .telephone import TelephoneField, is_telephone
from .versioned import Versioned, recorded
from .wording import PlainKey

MOVES_BY_TRANSFER = "partners_staffmember_moves_by_transfer"
_MOVES = f"""
    IF NOT EXISTS (
        SELECT FROM partners_transfer
        WHERE staff_id = NEW.id AND state = 'accepted'
          AND from_partner_id = OLD.partner_id AND to_partner_id = NEW.partner_id
    ) THEN
        RAISE EXCEPTION 'no accepted transfer moves this person'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = '{MOVES_BY_TRANSFER}';
    END IF;
    RETURN NEW;
"""

STAYS_ANONYMOUS = "partners_staffmember_stays_anonymous"
# A login that is deleted is forgotten here too; nothing else changes.
_LINKS = "{version,user_id,name_key,search_key}"
_ANONYMOUS = f"""
    IF to_jsonb(NEW) - '{_LINKS}'::text[]
       IS DISTINCT FROM to_jsonb(OLD) - '{_LINKS}'::text[]
       OR (NEW.user_id IS NOT NULL AND NEW.user_id IS DISTINCT FROM OLD.user_id) THEN
        RAISE EXCEPTION 'an anonymous record stays as it is'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = '{STAYS_ANONYMOUS}';
    END IF;
    RETURN NEW;
"""


class StaffQuerySet(PresenceQuerySet):
    def in_post(self, on=None):
        """People who have not left, in partners that have not left."""
        on = on or timezone.localdate()
        return self.filter(
            Q(left_on__isnull=True) | Q(left_on__gt=on),
            Q(partner__left_on__isnull=True) | Q(partner__left_on__gt=on),
        )

    def named(self, *words):
        """People with each word somewhere in the name or the post, however typed."""
        for word in words:
            self = self.filter(search_key__contains=PlainKey(Value(word)))
        return self

    def visible_to(self, user):
        """Whom this login may meet in the directory; leavers never."""
        return self.none() if user.standing.is_stranger else self.in_post()

    def editable_by(self, user):
        """Whose record this login may change as a coordinator, leavers too.

        Until they are anonymised: then there is nobody left to keep records of.
        """
        standing = user.standing
        named = self.filter(anonymised_on__isnull=True)
        if standing.is_partnership_coordinator:
            return named
        return named.filter(partner_id__in=standing.coordinates)

    def to_be_anonymised(self, days, on=None):
        """People who left more than so many days ago and still have a name here."""
        before = (on or timezone.localdate()) - timedelta(days=days)
        return self.filter(left_on__lt=before, anonymised_on__isnull=True)

    def coordinators_of(self, partner_id):
        """The people in post who keep this partner's records."""
        appointed = Appointment.objects.in_force().filter(
            partner=partner_id, user__is_active=True
        )
        return self.in_post().filter(user__in=appointed.values("user"))


@recorded(read_by="pgh_obj", exclude=["name_key", "search_key"])
class StaffMember(Versioned):
    """Somebody who works in ICT support at one of the partners."""

    partner = models.ForeignKey(
        "partners.Partner", models.PROTECT, related_name="people"
    )
    user = models.OneToOneField(
        "partners.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name="login",
    )
    name = models.CharField(max_length=120, help_text="As the person writes it")
    post = models.CharField(max_length=120, blank=True)
    work_email = models.EmailField("work e-mail")
    telephone = TelephoneField("work telephone")
    mobile = TelephoneField("work mobile")
    is_mobile_hidden = models.BooleanField(
        "hide my work mobile",
        default=False,
        help_text="Only you and your coordinators see it",
    )
    base_site = models.ForeignKey(
        "partners.Site",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="people",
        verbose_name="base site",
    )
    full_time_equivalent = models.DecimalField(
        max_digits=3, decimal_places=2, default=1, help_text="1 is full time"
    )
    is_willing_to_help = models.BooleanField(
        "willing to help other partners", default=False
    )
    left_on = models.DateField(
        null=True, blank=True, help_text="The first day no longer in post"
    )
    anonymised_on = models.DateField(null=True, blank=True, editable=False)
    confirmed_at = models.DateTimeField("last confirmed", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "partners.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="last confirmed by",
    )
    name_key = models.GeneratedField(
        expression=PlainKey("name"),
        output_field=models.TextField(),
        db_persist=True,
    )
    search_key = models.GeneratedField(
        expression=PlainKey("name", "post"),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = StaffQuerySet.as_manager()

    class Meta(Versioned.Meta):
        verbose_name = "member of staff"
        verbose_name_plural = "members of staff"
        ordering = ["name_key", "pk"]
        indexes = [
            models.Index(fields=["name_key", "id"], name="staffmember_name_order"),
            GinIndex(
                OpClass("search_key", name="gin_trgm_ops"), name="staffmember_words"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("work_email"),
                name="%(app_label)s_%(class)s_email_is_unique",
                violation_error_message=(
                    "Somebody in the partnership has this work e-mail already"
                ),
            ),
            models.CheckConstraint(
                condition=Q(full_time_equivalent__gt=0, full_time_equivalent__lte=1),
                name="%(app_label)s_%(class)s_full_time_is_one",
                violation_error_message=(
                    "Full-time equivalent is more than 0 and at most 1"
                ),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | Q(confirmed_at__isnull=False),
                name="%(app_label)s_%(class)s_confirmed_at_a_time",
                violation_error_message="Say when the record was confirmed",
            ),
            models.CheckConstraint(
                condition=Q(anonymised_on__isnull=True) | Q(left_on__isnull=False),
                name="%(app_label)s_%(class)s_anonymised_after_leaving",
                violation_error_message="Only people who have left are anonymised",
            ),
            is_telephone("telephone"),
            is_telephone("mobile"),
        ]
        triggers = [
            *Versioned.Meta.triggers,
            keeps_one_coordinator(
                pgtrigger.Insert | pgtrigger.Update,
                pgtrigger.Q(new__left_on__isnull=False, new__user__isnull=False),
                login="user_id",
            ),
            keeps_a_way_in(
                pgtrigger.Q(
                    old__left_on__isnull=True,
                    new__left_on__isnull=False,
                    new__user__isnull=False,
                ),
                login="user_id",
            ),
            pgtrigger.Trigger(
                name="moves_by_transfer",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__partner__df=pgtrigger.F("new__partner")),
                func=_MOVES,
            ),
            pgtrigger.Trigger(
                name="stays_anonymous",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__anonymised_on__isnull=False),
                func=_ANONYMOUS,
            ),
        ]

    def __str__(self):
        return self.name

    def is_in_post(self, on=None):
        """Neither the person nor the partner has left."""
        on = on or timezone.localdate()
        left = (self.left_on, self.partner.left_on)
        return all(day is None or day > on for day in left)
