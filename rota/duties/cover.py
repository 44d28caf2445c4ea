"""Covering a duty: naming somebody, sharing it, exchanging it, and who could."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from partners.models import StaffMember, User
from rota.duties import changes, checks
from rota.duties.changes import Assignment, Window
from rota.loading import holdings, people_of, plan_of
from rota.models import Duty, DutyChange, Role

Kind, Cause = DutyChange.Kind, Duty.Cause
NOT_YOURS = (
    "Only this partner’s coordinators and the partnership coordinator can arrange this"
)
SAY_WHY = "{}. Choose somebody else, or override this and give a reason"
SAME_PERSON = "One person has both duties: choose the duty of somebody else"
# So far back is looked to share the load.
LOOK_BACK = timedelta(weeks=13)


def may_arrange(
    user: User, replaced: Sequence[Duty], put: Sequence[Assignment]
) -> bool:
    """Whether a login may do this: of its own partners, who goes and who comes."""
    standing = user.standing
    partners = {d.partner_id for d in replaced} | {new.partner for new in put}
    return all(standing.coordinates_partner(partner) for partner in partners)


@transaction.atomic
def arrange(
    *,
    by: User,
    kind: Kind,
    put: Sequence[Assignment],
    clear: Sequence[Window] = (),
    why: str = "",
    go_ahead: bool = False,
) -> DutyChange:
    """Put people into windows, or leave them to their partner, once it is checked.

    Raises PermissionDenied where somebody of another partner goes or comes, and
    ValidationError: a refusal, or what wants a reason as long as there is none.
    """
    replaced = changes.arrange(clear, put).replaced
    if not may_arrange(by, replaced, put):
        raise PermissionDenied(NOT_YOURS)
    refuse(put, replaced, go_ahead=go_ahead and bool(why.strip()))
    return changes.make(by=by, kind=kind, clear=clear, put=put, why=why)


def refuse(
    put: Sequence[Assignment], replaced: Sequence[Duty], *, go_ahead: bool
) -> None:
    """Raise ValidationError for what speaks against these duties.

    With `go_ahead` only for what cannot be overruled.
    """
    found = checks.problems(put, gone=[duty.pk for duty in replaced])
    refusals = [p.sentence for p in found if p.is_refusal]
    if refusals:
        raise ValidationError(refusals)
    if found and not go_ahead:
        said = [SAY_WHY.format(problem.sentence) for problem in found]
        raise ValidationError(said, code="wants a reason")


def exchange(
    first: Duty, second: Duty, cause: str = Cause.ASSIGNED
) -> list[Assignment]:
    """Each person in the other's duty; ValidationError if it is one person."""
    if first.staff_id == second.staff_id:
        raise ValidationError(SAME_PERSON)
    return [
        changes.put_instead(first, second.staff, cause),
        changes.put_instead(second, first.staff, cause),
    ]


def take_off_duty(
    *,
    by: User,
    person: StaffMember,
    from_at: datetime | None = None,
    until_at: datetime | None = None,
) -> DutyChange | None:
    """Take somebody who cannot serve off every duty from now, or a moment on.

    Each is left to their partner, a gap until somebody is named. None if there was
    none. Raises PermissionDenied for who is neither the person nor a coordinator.
    """
    standing = by.standing
    is_own = standing.staff_id == person.pk
    if not (is_own or standing.coordinates_partner(person.partner_id)):
        raise PermissionDenied(NOT_YOURS)
    from_at = max(from_at or timezone.now(), timezone.now())
    duties = Duty.objects.current().filter(staff=person, ends_at__gt=from_at)
    if until_at:
        duties = duties.filter(starts_at__lt=until_at)
    put = [
        changes.put_instead(d, None, Cause.SICKNESS, from_at=from_at, until_at=until_at)
        for d in duties
    ]
    return changes.make(by=by, kind=Kind.SICKNESS, put=put) if put else None


@transaction.atomic
def confirm(*, by: User, duty: Duty) -> bool:
    """Somebody knows of a duty of theirs; whether there was anything to confirm.

    Raises PermissionDenied for a duty of somebody else.
    """
    staff = by.standing.staff_id
    if staff is None or duty.staff_id != staff:
        raise PermissionDenied(NOT_YOURS)
    now = timezone.now()
    coming = Duty.objects.current().filter(pk=duty.pk, ends_at__gt=now)
    return bool(coming.filter(confirmed_at=None).update(confirmed_at=now))


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could take a duty, and what speaks for and against it."""

    person: StaffMember
    hours: float
    missing: tuple[str, ...]
    problems: tuple[checks.Problem, ...]

    @property
    def is_ready(self) -> bool:
        """Available."""
        return not (self.missing or self.problems)

    @property
    def sentences(self) -> list[str]:
        """What speaks against it, then how much they did lately."""
        against = [problem.sentence for problem in self.problems]
        against += [f"Does not hold {name}" for name in self.missing]
        weeks = LOOK_BACK.days // 7
        load = f"{self.hours:.0f} hours on duty in the last {weeks} weeks"
        return [*(against or ["Free, rested and has the skills needed"]), load]


def candidates(duty: Duty, *, from_at=None, until_at=None) -> list[Candidate]:
    """Who could take a duty, the best first: ready, then with the fewest hours.

    Nobody who is away, leaves, or is on duty elsewhere. The number of queries does
    not grow with the number of people.
    """
    window = Window.of(duty, from_at, until_at)
    people = {
        person.pk: person
        for person in people_of(duty.rota).select_related("partner")
        if person.pk != duty.staff_id
    }
    assignments = [
        Assignment(window, person.partner_id, pk) for pk, person in people.items()
    ]
    against = checks.problems_of_each(assignments, gone=[duty.pk])
    free = [pk for pk, found in against.items() if not any(p.is_refusal for p in found)]
    missing, hours = _missing(duty.rota, window, free), _hours(free, window.starts_at)
    found = [
        Candidate(people[pk], hours[pk], missing[pk], tuple(against[pk])) for pk in free
    ]
    return sorted(found, key=_rank)


def _rank(candidate):
    return (
        len(candidate.problems) + len(candidate.missing),
        candidate.hours,
        candidate.person.name_key,
    )


def _missing(rota, window, people):
    """The names of skills asked for that each of these does not hold."""
    asked = plan_of(rota).needs(window.starts_at, window.ends_at)
    skills = {s for need in asked if need.role == window.role for s in need.skills}
    held = holdings(people) if skills else {}
    named = checks.names_of(skills)
    return {
        pk: tuple(
            named[skill]
            for skill in sorted(skills, key=lambda s: s.skill)
            if held.get(pk, {}).get(skill.skill, 0) < skill.level
        )
        for pk in people
    }


def _hours(people, before):
    """Hours on duty lately, shadowing left out."""
    found = defaultdict(float)
    since = before - LOOK_BACK
    rows = Duty.objects.current().filter(staff__in=people).exclude(role=Role.SHADOW)
    rows = rows.touching(since, before).values_list("staff", "starts_at", "ends_at")
    for staff, starts_at, ends_at in rows:
        time = min(ends_at, before) - max(starts_at, since)
        found[staff] += time.total_seconds() / 3600
    return found
