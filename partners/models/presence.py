"""Who works today, and who is here now."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from .absence import Absence
from .holiday import BankHoliday
from .working_day import WorkingDay


class PresenceQuerySet(models.QuerySet):
    """People, with what can be said of one moment."""

    def with_presence(self, moment=None):
        """Annotate works_today, is_away, is_holiday, is_available_today and _now.

        Weekday and hours are those of Europe/London at the moment.
        """
        local = timezone.localtime(moment)
        working = WorkingDay.objects.filter(
            staff=OuterRef("pk"), weekday=local.isoweekday()
        )
        present = working.filter(starts_at__lte=local.time(), ends_at__gt=local.time())
        away = Absence.objects.on(local.date()).filter(staff=OuterRef("pk"))
        holiday = BankHoliday.objects.on(local.date(), OuterRef("partner"))
        return self.annotate(
            works_today=Exists(working),
            is_within_hours=Exists(present),
            is_away=Exists(away),
            is_holiday=Exists(holiday),
        ).annotate(
            is_available_today=_here_and("works_today"),
            is_available_now=_here_and("is_within_hours"),
        )


def _here_and(flag):
    return models.ExpressionWrapper(
        Q(is_away=False, is_holiday=False) & Q(**{flag: True}),
        output_field=models.BooleanField(),
    )
