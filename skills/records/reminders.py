"""Who is reminded of what, once an occasion: run daily, it sends what is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from partners.mail import queue
from partners.models import Appointment, Partner, Reminder, StaffMember
from skills.models import Certification
from skills.records.quality import FIGURES, figures, with_upkeep
from skills.search.people import YEAR

Kind = Reminder.Kind
QUARTER = timedelta(days=90)
# Days before a certificate runs out, the last first: one reminder of each.
NOTICE = (14, 60)
DAILY = (Kind.UNCONFIRMED, Kind.CERTIFICATE, Kind.DIGEST)
BLOCK = 500
_ONE_RUN = "SELECT pg_advisory_xact_lock(hashtext('skills_send_reminders'))"


@dataclass(frozen=True, slots=True)
class Due:
    """A message that somebody has not had yet."""

    person: StaffMember
    kind: str
    occasion: str
    subject: str
    template: str
    context: dict


def daily() -> None:
    """What the worker does once a day."""
    for _ in send():
        pass


def send(*, is_rehearsal: bool = False) -> Iterator[Due]:
    """Queue what is due, each message in one transaction with its record.

    Two runs at once send nothing twice: one waits, and finds it done.
    """
    for find in (_unconfirmed, _certificates, _digests):
        while block := _sent(find, is_rehearsal):
            yield from block
            if is_rehearsal or len(block) < BLOCK:
                break


@transaction.atomic
def _sent(find, is_rehearsal) -> list[Due]:
    with connection.cursor() as cursor:
        cursor.execute(_ONE_RUN)
    due = find(timezone.now(), timezone.localdate(), None if is_rehearsal else BLOCK)
    if not is_rehearsal:
        Reminder.objects.bulk_create(
            Reminder(staff=d.person, kind=d.kind, occasion=d.occasion) for d in due
        )
        for each in due:
            _queue(each)
    return due


def _queue(due):
    queue.add_message(
        to=due.person.work_email,
        subject=due.subject,
        template=due.template,
        context={"name": due.person.name, **due.context},
    )


def _unconfirmed(now: datetime, today: date, most: int | None) -> list[Due]:
    """Records not confirmed for a year, reminded of at most once a quarter."""
    reminded = Reminder.objects.filter(
        kind__in=[Kind.UNCONFIRMED, Kind.ASKED], queued_at__gt=now - QUARTER
    )
    old = Q(confirmed_at__isnull=True) | Q(confirmed_at__lt=now - YEAR)
    people = StaffMember.objects.in_post().filter(old)
    waiting = people.exclude(pk__in=reminded.values("staff")).order_by("pk")
    return [
        Due(
            person,
            Kind.UNCONFIRMED,
            today.isoformat(),
            "Is your record still right?",
            "record_to_confirm",
            {"confirmed_at": person.confirmed_at, "address": _page(person)},
        )
        for person in waiting[:most]
    ]


def _page(person):
    return queue.absolute_url(reverse("skills:person", args=[person.pk]))


def _certificates(now: datetime, today: date, most: int | None) -> list[Due]:
    """Certificates that run out in 60 days, and again in 14."""
    rows = (
        Certification.objects.filter(
            staff__in=StaffMember.objects.in_post().order_by(),
            expires_on__gte=today,
            expires_on__lte=today + timedelta(days=max(NOTICE)),
        )
        .select_related("staff")
        .order_by("pk")
    )
    known = _known(Kind.CERTIFICATE)
    due = (_of_certificate(row, today) for row in rows)
    return [d for d in due if (d.person.pk, d.occasion) not in known][:most]


def _of_certificate(row, today):
    days = next(n for n in NOTICE if row.expires_on <= today + timedelta(days=n))
    return Due(
        row.staff,
        Kind.CERTIFICATE,
        f"{row.pk} runs out {row.expires_on.isoformat()}: {days} days",
        "Your certificate is about to expire",
        "certificate_runs_out",
        {
            "certificate": row.name,
            "expires_on": row.expires_on,
            "address": _page(row.staff),
        },
    )


def _digests(now: datetime, today: date, most: int | None) -> list[Due]:
    """The figures of each partner, to those who keep its records, once a month."""
    known = _known(Kind.DIGEST)
    month = f"{today:%Y-%m}"
    due = []
    for person, partner in _keepers():
        occasion = f"{month} {partner.slug}"[:80]
        if (person.pk, occasion) not in known and len(due) != most:
            due.append(_digest(person, partner, occasion))
    return due


def _keepers():
    """Coordinators in post, each with the partner they keep."""
    with_login = StaffMember.objects.in_post().filter(user__isnull=False)
    people = {person.user_id: person for person in with_login}
    kept = Partner.objects.current().in_bulk()
    appointed = Appointment.objects.in_force().filter(
        role=Appointment.Role.COORDINATOR, user__is_active=True
    )
    for login, partner in appointed.order_by("partner", "pk").values_list(
        "user", "partner"
    ):
        if login in people and partner in kept:
            yield people[login], kept[partner]


def _digest(person, partner, occasion):
    people = with_upkeep(StaffMember.objects.in_post().filter(partner=partner))
    numbers = figures(people)
    address = reverse("skills:partner_people", args=[partner.slug])
    return Due(
        person,
        Kind.DIGEST,
        occasion,
        f"The records of {partner.short_name} this month",
        "month_of_records",
        {
            "partner": partner.name,
            "people": numbers.pop("people"),
            "figures": [(FIGURES[k][1], n) for k, n in numbers.items()],
            "address": queue.absolute_url(address),
        },
    )


def _known(kind):
    return set(Reminder.objects.filter(kind=kind).values_list("staff", "occasion"))
