"""How well the records of people are kept: what is missing, old or running out."""

from datetime import date, timedelta

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from partners.models import Absence, Reminder, StaffMember, WorkingDay
from skills.models import Certification, SkillHeld
from skills.search.people import YEAR

SOON = timedelta(days=90)
AHEAD = timedelta(days=30)

# What a complete record has, as the page says what is missing.
WANTED = {
    "has_post": "post",
    "has_telephone": "telephone",
    "has_hours": "working days",
    "has_skills": "skills",
}
# Each figure of the page: the flag it counts, and what it is called.
FIGURES = {
    "complete": ("is_complete", "Complete records"),
    "incomplete": ("is_incomplete", "Something is missing"),
    "unconfirmed": ("is_unconfirmed", "Not confirmed for a year"),
    "certificates": ("has_certificate_ending", "Certificates expiring"),
    "away": ("is_away_soon", "Away now or in the next 30 days"),
    "login": ("has_no_login", "No login"),
    "telephone": ("has_no_telephone", "No phone number"),
    "skills": ("has_no_skills", "No skills"),
}


def with_upkeep(
    people: QuerySet[StaffMember], today: date | None = None
) -> QuerySet[StaffMember]:
    """People with every flag of FIGURES, and what their line of the list says."""
    today = today or timezone.localdate()
    return (
        people.annotate(
            has_post=_is(~Q(post="")),
            has_telephone=_is(~Q(telephone="") | ~Q(mobile="")),
            has_hours=Exists(WorkingDay.objects.filter(staff=OuterRef("pk"))),
            has_skills=Exists(SkillHeld.objects.filter(staff=OuterRef("pk"))),
            is_unconfirmed=_is(
                Q(confirmed_at__isnull=True) | Q(confirmed_at__lt=Now() - YEAR)
            ),
            has_certificate_ending=Exists(_ending(today)),
            is_away_soon=Exists(_absences(today)),
            has_no_login=_is(Q(user__isnull=True)),
        )
        .annotate(is_complete=_is(Q(**dict.fromkeys(WANTED, True))))
        .annotate(
            is_incomplete=_is(Q(is_complete=False)),
            has_no_telephone=_is(Q(has_telephone=False)),
            has_no_skills=_is(Q(has_skills=False)),
        )
    )


def with_details(
    people: QuerySet[StaffMember], today: date | None = None
) -> QuerySet[StaffMember]:
    """The same with numbers and days, which only the people shown need."""
    today = today or timezone.localdate()
    absences = _absences(today).order_by("begins_on")
    return people.annotate(
        skills_held_count=_one(
            SkillHeld.objects.filter(staff=OuterRef("pk")), Count("pk"), 0
        ),
        next_certificate_on=_one(_ending(today), Min("expires_on")),
        away_from=Subquery(absences.values("begins_on")[:1]),
        away_until=Subquery(absences.values("ends_on")[:1]),
        asked_at=_one(
            Reminder.objects.filter(staff=OuterRef("pk"), kind=Reminder.Kind.ASKED),
            Max("queued_at"),
        ),
    )


def figures(people: QuerySet[StaffMember]) -> dict[str, int]:
    """How many people there are, under "people", and of each figure."""
    counts = {
        name: Count("pk", filter=Q(**{flag: True}))
        for name, (flag, _) in FIGURES.items()
    }
    return people.order_by().aggregate(people=Count("pk"), **counts)


def missing(person: StaffMember) -> list[str]:
    """What a person's record lacks, in words; `person` comes from `with_upkeep`."""
    return [words for flag, words in WANTED.items() if not getattr(person, flag)]


def _ending(today):
    """Certificates that have run out or soon will."""
    return Certification.objects.filter(
        staff=OuterRef("pk"), expires_on__lte=today + SOON
    )


def _absences(today):
    return Absence.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        staff=OuterRef("pk"),
        begins_on__lte=today + AHEAD,
    )


def _one(rows, aggregate, otherwise=None):
    found = rows.order_by().values("staff").annotate(it=aggregate).values("it")
    return (
        Subquery(found) if otherwise is None else Coalesce(Subquery(found), otherwise)
    )


def _is(condition):
    return ExpressionWrapper(condition, output_field=BooleanField())
