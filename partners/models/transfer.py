"""The move of a person, with all that is recorded of them, to another partner."""

import pgtrigger
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone

from .staff import StaffMember
from .versioned import Versioned, one_at_a_time, recorded

LEAVER = "Somebody who has left"
NOT_THEIRS = "partners_transfer_person_is_theirs"
CLOSED_STAYS_CLOSED = "partners_transfer_closed_stays_closed"

_THEIRS = f"""
    IF NOT EXISTS (
        SELECT FROM partners_staffmember
        WHERE id = NEW.staff_id AND partner_id = NEW.from_partner_id
          AND (left_on IS NULL OR left_on > CURRENT_DATE)
    ) THEN
        RAISE EXCEPTION 'the person is not in post at the releasing partner'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = '{NOT_THEIRS}';
    END IF;
    RETURN NEW;
"""
_CLOSED = f"""
    IF OLD.state IN ('declined', 'withdrawn', 'done')
       OR (OLD.state = 'accepted' AND NEW.state IN ('released', 'declined'))
       OR to_jsonb(NEW) - '{{state,answered_at,done_at,answer,version}}'::text[]
          IS DISTINCT FROM
          to_jsonb(OLD) - '{{state,answered_at,done_at,answer,version}}'::text[] THEN
        RAISE EXCEPTION 'a transfer goes forward only'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = '{CLOSED_STAYS_CLOSED}';
    END IF;
    RETURN NEW;
"""


class TransferQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Transfers from or to the partners whose records this login keeps."""
        standing = user.standing
        if standing.is_partnership_coordinator:
            return self
        kept = standing.coordinates
        return self.filter(Q(from_partner__in=kept) | Q(to_partner__in=kept))

    def still_open(self):
        return self.filter(state__in=Transfer.OPEN)

    def told_to(self, user):
        """With the person's name, unless they left and are not this login's."""
        kept = StaffMember.objects.editable_by(user), StaffMember.objects.in_post()
        named = [Exists(rows.order_by().filter(pk=OuterRef("staff"))) for rows in kept]
        return self.select_related("from_partner", "to_partner").annotate(
            staff_name=Case(
                When(named[0] | named[1], then=F("staff__name")),
                default=Value(LEAVER),
            )
        )


@recorded()
class Transfer(Versioned):
    """A person released to another partner, which accepts or declines."""

    class State(models.TextChoices):
        RELEASED = "released", "Waiting for an answer"
        ACCEPTED = "accepted", "Accepted, waiting for the day"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"
        DONE = "done", "Done"

    OPEN = (State.RELEASED, State.ACCEPTED)

    staff = models.ForeignKey(
        StaffMember, models.PROTECT, related_name="transfers", verbose_name="person"
    )
    from_partner = models.ForeignKey(
        "partners.Partner", models.PROTECT, related_name="transfers_away"
    )
    to_partner = models.ForeignKey(
        "partners.Partner",
        models.PROTECT,
        related_name="transfers_here",
        verbose_name="new partner",
    )
    begins_on = models.DateField(
        "first day there",
        default=timezone.localdate,
        help_text="The person moves on that day, or when accepted if that is later",
    )
    note = models.CharField(
        max_length=500,
        blank=True,
        help_text="What the new coordinator should know. The person can read it",
    )
    answer = models.CharField(
        max_length=500, blank=True, help_text="Why, if you decline"
    )
    state = models.CharField(max_length=10, choices=State, default=State.RELEASED)
    released_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TransferQuerySet.as_manager()

    class Meta(Versioned.Meta):
        ordering = ["-released_at", "-pk"]
        indexes = [
            models.Index(fields=["from_partner"], name="transfer_away"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["staff"],
                condition=Q(state__in=("released", "accepted")),
                name="%(app_label)s_%(class)s_one_open_a_person",
                violation_error_message=(
                    "A transfer of this person is open already: look at that one"
                ),
            ),
            models.CheckConstraint(
                condition=~Q(to_partner=F("from_partner")),
                name="%(app_label)s_%(class)s_to_another_partner",
                violation_error_message=(
                    "Choose another partner than the one the person is at"
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=("released", "accepted", "declined", "withdrawn", "done")
                ),
                name="%(app_label)s_%(class)s_state_is_known",
                violation_error_message="Choose a state from the list",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False)
                | (~Q(state="done") & Q(done_at__isnull=True)),
                name="%(app_label)s_%(class)s_done_at_a_time",
                violation_error_message="Say when the person moved",
            ),
        ]
        triggers = [
            *Versioned.Meta.triggers,
            # By name the triggers pass one after the other: first the person is held.
            one_at_a_time("partners_staffmember", "staff_id"),
            pgtrigger.Trigger(
                name="person_is_theirs",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_THEIRS,
            ),
            pgtrigger.Trigger(
                name="closed_stays_closed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=_CLOSED,
            ),
        ]

    def __str__(self):
        return f"{self.staff}: {self.from_partner} to {self.to_partner}"

    @property
    def is_open(self):
        return self.state in self.OPEN
