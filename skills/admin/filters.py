"""Filters and columns that the lists of people and of skills held share."""

from django.contrib import admin
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from partners.admin.records import Choice
from partners.formatting import moment
from partners.models import StaffMember
from skills.search.people import YEAR


class InPostFilter(Choice):
    """People in post unless leavers are asked for."""

    title = "in post"
    parameter_name = "post"

    def lookups(self, request, model_admin):
        return [("left", "Leavers"), ("all", "Everybody")]

    def choices(self, changelist):
        everything, *rest = super().choices(changelist)
        yield everything | {"display": "In post"}
        yield from rest

    def chosen(self, request, queryset):
        if self.value() == "all":
            return queryset
        in_post = StaffMember.objects.in_post().order_by().values("pk")
        if self.value() == "left":
            return queryset.exclude(pk__in=in_post)
        return queryset.filter(pk__in=in_post)


class ConfirmedFilter(Choice):
    """Confirmed in the last year, longer ago, or never."""

    title = "last confirmed"
    parameter_name = "confirmed"

    def lookups(self, request, model_admin):
        return [("year", "In the last year"), ("old", "Longer ago"), ("no", "Never")]

    def chosen(self, request, queryset):
        a_year_ago = timezone.now() - YEAR
        asked = {
            "year": Q(confirmed_at__gte=a_year_ago),
            "old": Q(confirmed_at__lt=a_year_ago),
            "no": Q(confirmed_at__isnull=True),
        }
        return queryset.filter(asked.get(self.value(), Q()))


class Confirmed:
    """When a record was confirmed: the day in a list, the moment on its page."""

    @admin.display(description="last confirmed", ordering="confirmed_at")
    def confirmed_on(self, record):
        at = record.confirmed_at
        return at and timezone.localtime(at).date()

    @admin.display(description="last confirmed", empty_value="never")
    def confirmed(self, record):
        # By whom is in the history, which knows who may read whose name.
        return record.confirmed_at and moment(record.confirmed_at)


def number_of(model, link):
    """Counted a row at a time: a join would count what a search matched."""
    rows = model.objects.filter(**{link: OuterRef("pk")}).order_by().values(link)
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)
