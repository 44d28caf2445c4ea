"""Improvements that partners offer to the generic plan, and the answers."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from disaster_recovery.content.schema import KINDS, OF_PLANS
from partners.models import Partner, User, Versioned, recorded

from .generic import GenericVersion, has_good_key, has_known_kind, is_json_object


class OfferQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the partners this login coordinates; the partnership's sees all."""
        standing = user.standing
        if standing.is_partnership_coordinator:
            return self
        return self.filter(partner__in=standing.coordinates)

    def editable_by(self, user):
        return self.visible_to(user).waiting()

    def waiting(self):
        return self.filter(state=Offer.State.OFFERED)


@recorded()
class Offer(Versioned):
    """A partner's section, service or task, offered to the generic plan.

    `fields` is all that the partner's plan said when it was offered, and `base` the
    generic version that was written against: none for something new.
    """

    class State(models.TextChoices):
        OFFERED = "offered", "Waiting for the partnership coordinator"
        ACCEPTED = "accepted", "Added to the generic plan"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn by the partner"

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="offers")
    kind = models.CharField(
        max_length=10, choices=[(kind, KINDS[kind]) for kind in OF_PLANS]
    )
    key = models.CharField(max_length=60)
    base = models.ForeignKey(
        GenericVersion, models.PROTECT, null=True, blank=True, related_name="+"
    )
    fields = models.JSONField(default=dict)
    why = models.TextField("what is better", max_length=2000)
    state = models.CharField(max_length=10, choices=State, default=State.OFFERED)
    offered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    offered_at = models.DateTimeField("offered", default=timezone.now)
    answer = models.TextField(blank=True, max_length=2000)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("answered", null=True, blank=True)
    # The draft, later the version, that contains it, and under which key.
    taken_into = models.ForeignKey(
        GenericVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="credits",
        verbose_name="added to",
    )
    taken_as = models.CharField(max_length=60, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta(Versioned.Meta):
        ordering = ["-offered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "kind", "key"],
                condition=Q(state="offered"),
                name="%(app_label)s_%(class)s_one_open_an_object",
                violation_error_message=(
                    "You have already offered this and are waiting for an answer: "
                    "withdraw that offer first"
                ),
            ),
            has_known_kind([*OF_PLANS], "%(app_label)s_%(class)s_kind_is_known"),
            has_good_key("%(app_label)s_%(class)s_key_is_plain"),
            models.CheckConstraint(
                condition=is_json_object("fields") & Q(fields__has_key="title"),
                name="%(app_label)s_%(class)s_has_a_title",
                violation_error_message="Enter a title",
            ),
            models.CheckConstraint(
                condition=~Q(why=""),
                name="%(app_label)s_%(class)s_says_what_is_better",
                violation_error_message="Say what is better in your version",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=("offered", "withdrawn"), answered_at__isnull=True
                )
                | Q(
                    state__in=("accepted", "declined"),
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                ),
                name="%(app_label)s_%(class)s_answered_by_somebody",
                violation_error_message="Accept or decline the offer",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(answer=""),
                name="%(app_label)s_%(class)s_declined_for_a_reason",
                violation_error_message="Say why you decline the offer",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", taken_into__isnull=False)
                | (~Q(state="accepted") & Q(taken_into__isnull=True)),
                name="%(app_label)s_%(class)s_accepted_into_a_version",
                violation_error_message="An accepted offer needs a version it is in",
            ),
        ]

    def __str__(self):
        return f"{self.title}, offered by {self.partner}"

    @property
    def title(self):
        return self.fields.get("title", "")
