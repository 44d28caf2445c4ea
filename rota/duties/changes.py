"""Changing who is on duty: what was is replaced, never rewritten.

Every change clears windows of places and puts duties there; what is left of a duty on
either side of a window stays with its person. The database has the last word.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from partners import refusals
from partners.models import StaffMember, User
from rota.duties import notifications
from rota.models import Duty, DutyChange, Rota
from rota.models.duty import HOLDER_SENTENCE
from rota.scheduling.schedule import Period, Stretch, without

Kind = DutyChange.Kind
PAST = (
    "The past cannot be changed here: start now or later, or "
    "correct it and give a reason"
)
UNDONE_ALREADY = "This change has already been undone"
CHANGED_SINCE = "Part of this was changed again later: undo the later change first"
NOTHING_LEFT = "All of this is in the past, so there is nothing to undo"
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of one place of a rota, UTC and half-open."""

    rota: int
    role: str
    place: int
    starts_at: datetime
    ends_at: datetime

    @classmethod
    def of(cls, duty: Duty, from_at: datetime | None = None, until_at=None):
        """The window of a duty, or of the part of it in these bounds."""
        starts_at = max(duty.starts_at, from_at or duty.starts_at)
        ends_at = min(duty.ends_at, until_at or duty.ends_at)
        return cls(duty.rota_id, duty.role, duty.place, starts_at, ends_at)

    def touches(self, duty: Duty) -> bool:
        return (
            (self.rota, self.role, self.place) == (duty.rota_id, duty.role, duty.place)
            and self.starts_at < duty.ends_at
            and self.ends_at > duty.starts_at
        )


@dataclass(frozen=True, slots=True)
class Assignment:
    """Somebody for a window, or a partner that owes somebody."""

    window: Window
    partner: int
    staff: int | None = None
    cause: str = Duty.Cause.ASSIGNED

    def period(self) -> Period:
        """The same for the pure modules."""
        w = self.window
        return Period(w.role, w.place, w.starts_at, w.ends_at, self.partner, self.staff)


@dataclass(slots=True)
class Arrangement:
    """What a change would replace and make; nothing of it is written yet."""

    replaced: list[Duty] = field(default_factory=list)
    made: list[Duty] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.replaced or self.made)

    def people(self) -> set[int]:
        """Everybody whose duties it touches."""
        return {d.staff_id for d in (*self.replaced, *self.made) if d.staff_id}


def arrange(clear: Iterable[Window], put: Iterable[Assignment] = ()) -> Arrangement:
    """What a change comes to: one query. What is put is cleared for too."""
    put = list(put)
    windows = [*clear, *(new.window for new in put)]
    replaced = _standing_in(windows)
    made = [left for duty in replaced for left in _left_of(duty, windows)]
    made += [_new(new) for new in put]
    return Arrangement(replaced, with_uids(replaced, made))


def _standing_in(windows):
    if not windows:
        return []
    first = min(window.starts_at for window in windows)
    last = max(window.ends_at for window in windows)
    near = Duty.objects.current().touching(first, last)
    near = near.filter(rota__in={window.rota for window in windows})
    near = near.select_related("rota", "staff", "partner")
    return [duty for duty in near if any(w.touches(duty) for w in windows)]


def _left_of(duty, windows):
    """What stays with the person on either side of the windows."""
    whole = Period("", 0, duty.starts_at, duty.ends_at, 0)
    taken = [Stretch(w.starts_at, w.ends_at) for w in windows if w.touches(duty)]
    for period in without(whole, taken):
        yield Duty(**_as_was(duty), starts_at=period.starts_at, ends_at=period.ends_at)


def _as_was(duty):
    names = ("rota_id", "role", "place", "staff_id", "partner_id", "cause")
    return {n: getattr(duty, n) for n in (*names, "confirmed_at")}


def _new(put):
    window = put.window
    return Duty(
        rota_id=window.rota,
        role=window.role,
        place=window.place,
        starts_at=window.starts_at,
        ends_at=window.ends_at,
        staff_id=put.staff,
        partner_id=put.partner,
        cause=put.cause,
    )


def with_uids(replaced: list[Duty], made: list[Duty]) -> list[Duty]:
    """A duty that goes on, with more or fewer hours, is the same in a calendar."""
    free = defaultdict(list)
    for duty in replaced:
        free[duty.rota_id, duty.role, duty.staff_id].append(duty)
    for duty in made:
        known = free[duty.rota_id, duty.role, duty.staff_id]
        touched = [d for d in known if _overlap(d, duty)]
        duty.uid = touched[0].uid if touched else uuid4()
        if touched:
            known.remove(touched[0])
    return made


def _overlap(one, other):
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


@transaction.atomic
def make(
    *,
    by: User | None,
    kind: Kind,
    clear: Sequence[Window] = (),
    put: Sequence[Assignment] = (),
    why: str = "",
    answers: int | None = None,
) -> DutyChange:
    """Clear windows and put people in; the change that tells of it.

    Raises ValidationError with a sentence: for the past, unless it is a correction
    with a reason; for a person twice at one time; for who was second.
    """
    _refuse_past(kind, [*clear, *(new.window for new in put)], why)
    _hold(clear, put)
    arrangement = arrange(clear, put)
    return write(by=by, kind=kind, arrangement=arrangement, why=why, answers=answers)


def _refuse_past(kind, windows, why):
    if kind == Kind.CORRECTION:
        if not why.strip():
            raise ValidationError("Say why you are correcting the past")
        return
    now = timezone.now()
    if any(window.starts_at < now for window in windows):
        raise ValidationError(PAST)


def _hold(clear, put):
    rotas = {w.rota for w in clear} | {new.window.rota for new in put}
    hold(rotas, {new.staff for new in put if new.staff})


def hold(rotas: Iterable[int], people: Iterable[int] = ()) -> None:
    """One after the other: by rota, then by person, always in the same order."""
    for model, ids in ((Rota, set(rotas)), (StaffMember, set(people))):
        rows = model.objects.filter(pk__in=ids).order_by("pk")
        list(rows.select_for_update(no_key=True, of=("self",)).values_list("pk"))


def write(
    *,
    by: User | None,
    kind: Kind,
    arrangement: Arrangement,
    why: str = "",
    undoes: DutyChange | None = None,
    answers: int | None = None,
) -> DutyChange:
    """Write an arrangement as one change, or raise ValidationError with a sentence.

    Called in a transaction that holds the rotas. `answers` is the id of the request
    it answers, which does not lapse by it.
    """
    change = DutyChange.objects.create(made_by=by, kind=kind, why=why, undoes=undoes)
    ids = [duty.pk for duty in arrangement.replaced]
    try:
        with transaction.atomic():
            gone = Duty.objects.current().filter(pk__in=ids)
            if gone.update(replaced_by=change) != len(ids):
                raise ValidationError(HOLDER_SENTENCE)
            for duty in arrangement.made:
                duty.made_by = change
            Duty.objects.bulk_create(arrangement.made, batch_size=_AT_ONCE)
            check_now()
            notifications.notify_and_follow_up(
                change, arrangement.replaced, arrangement.made, answers
            )
    except IntegrityError as error:
        raise ValidationError(_sentence(error)) from error
    return change


def check_now():
    """An exchange is in order once it is whole: now it has to be."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _sentence(error):
    found = refusals.sentence(error)
    if found is None:
        raise error
    return found


@transaction.atomic
def undo(*, by: User, change: DutyChange, why: str = "") -> DutyChange:
    """Put everything back as it was before a change, from now on.

    Raises ValidationError if it was undone already, if something of it was changed
    again since, or if all of it is past.
    """
    if DutyChange.objects.filter(undoes=change).exists():
        raise ValidationError(UNDONE_ALREADY)
    made = list(change.made.all())
    if any(duty.replaced_by_id for duty in made):
        raise ValidationError(CHANGED_SINCE)
    now = timezone.now()
    clear = [Window.of(d, from_at=now) for d in made if d.ends_at > now]
    put = [_back(d, now) for d in change.replaced.all() if d.ends_at > now]
    if not (clear or put):
        raise ValidationError(NOTHING_LEFT)
    _hold(clear, put)
    arrangement = _as_before(arrange(clear, put), change)
    if any(duty.made_by_id != change.pk for duty in arrangement.replaced):
        raise ValidationError(CHANGED_SINCE)
    return write(
        by=by, kind=Kind.UNDONE, arrangement=arrangement, why=why, undoes=change
    )


def _back(duty, now):
    window = Window.of(duty, from_at=now)
    return Assignment(window, duty.partner_id, duty.staff_id, duty.cause)


def _as_before(arrangement, change):
    """In calendars too: whoever has a duty back has the one they had."""
    before = {_key(duty): duty for duty in change.replaced.all()}
    for duty in arrangement.made:
        was = before.get(_key(duty))
        if was:
            duty.uid, duty.confirmed_at = was.uid, was.confirmed_at
    return arrangement


def _key(duty):
    return duty.rota_id, duty.role, duty.place, duty.staff_id, duty.ends_at


def put_instead(
    duty: Duty, person: StaffMember | None, cause: str, **bounds
) -> Assignment:
    """Somebody in place of whoever has a duty, for all of it or within bounds."""
    window = Window.of(duty, **bounds)
    if person is None:
        return Assignment(window, duty.partner_id, None, cause)
    return Assignment(window, person.partner_id, person.pk, cause)
