"""What an edit does to duties laid out already: told before it is saved.

An edit and its effect are one transaction: what was not read is taken back.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from partners.models import Partner, StaffMember, User
from rota.duties import changes, generation
from rota.duties.changes import Arrangement, Window
from rota.duties.generation import Layout
from rota.models import Duty, DutyChange, Rota
from rota.scheduling import clock

SOON = timedelta(minutes=1)
NOBODY = "Nobody named"


class Unread(Exception):
    """Duties would change of which nobody has read; `effect` tells which."""

    def __init__(self, effect):
        super().__init__("Duties would change")
        self.effect = effect


@dataclass(slots=True)
class DutyChangeForPerson:
    """What one person, or a partner that names somebody, gains and loses."""

    who: str
    partner: str
    gained: list[Duty] = field(default_factory=list)
    lost: list[Duty] = field(default_factory=list)

    @property
    def hours(self) -> float:
        """Hours more than before, or fewer below nought."""
        return _hours(self.gained) - _hours(self.lost)


@dataclass(frozen=True, slots=True)
class Effect:
    """What would change, for whom, and by which words that was read."""

    layout: Layout
    seen: str

    @classmethod
    def of(cls, layout: Layout):
        soon = timezone.now() + SOON
        told = sorted(_told(layout.arrangement, soon))
        return cls(layout, sha256(repr(told).encode()).hexdigest())

    @property
    def is_empty(self) -> bool:
        return self.layout.arrangement.is_empty

    @property
    def replaced(self) -> list[Duty]:
        return self.layout.arrangement.replaced

    @property
    def made(self) -> list[Duty]:
        return self.layout.arrangement.made

    def shares(self) -> list[DutyChangeForPerson]:
        """Everybody concerned, by name, with two queries."""
        found: dict[tuple, DutyChangeForPerson] = {}
        names = _Names([*self.made, *self.replaced])
        for side, duties in (("gained", self.made), ("lost", self.replaced)):
            for duty in duties:
                key = duty.staff_id, None if duty.staff_id else duty.partner_id
                share = found.get(key) or found.setdefault(key, names.share(duty))
                getattr(share, side).append(duty)
        return sorted(found.values(), key=lambda share: (share.partner, share.who))

    def clashes(self) -> list[tuple]:
        """Turns left open because their person is on duty elsewhere: (who, piece)."""
        names = _Names(self.layout.clashes, by_id=True)
        return [(names.people[period.staff], period) for period in self.layout.clashes]


class _Names:
    def __init__(self, things: Iterable, *, by_id=False):
        things = list(things)
        staff = {t.staff if by_id else t.staff_id for t in things} - {None}
        self.people = StaffMember.objects.select_related("partner").in_bulk(staff)
        owing = set() if by_id else {t.partner_id for t in things if not t.staff_id}
        self.partners = Partner.objects.in_bulk(owing)

    def share(self, duty):
        if duty.staff_id:
            person = self.people[duty.staff_id]
            return DutyChangeForPerson(person.name, person.partner.short_name)
        return DutyChangeForPerson(NOBODY, self.partners[duty.partner_id].short_name)


def _hours(duties):
    lengths = (d.ends_at - d.starts_at for d in duties)
    return sum(lengths, timedelta()).total_seconds() / 3600


def _told(arrangement, soon):
    """An arrangement in words that stay the same while somebody reads it."""
    for sign, duties in (("-", arrangement.replaced), ("+", arrangement.made)):
        for duty in duties:
            place = duty.rota_id, duty.role, duty.place, duty.staff_id
            times = (max(at, soon) for at in (duty.starts_at, duty.ends_at))
            said = ("now" if at == soon else str(at.timestamp()) for at in times)
            yield repr((sign, *place, duty.partner_id, *said))


def laid_until(rota: Rota) -> datetime | None:
    """The end of the last day on which duties are laid out; None if none is ahead."""
    ahead = Duty.objects.current().filter(
        rota=rota, cause=Duty.Cause.GENERATED, starts_at__gt=timezone.now()
    )
    last = ahead.aggregate(last=Max("starts_at"))["last"]
    if last is None:
        return None
    return clock.day_begins(clock.local_day(last, rota.zone) + clock.DAY, rota.zone)


def laid_anew(rota: Rota) -> Layout:
    """What was laid out of a rota already, as its rotations give it now."""
    until_at = laid_until(rota)
    if until_at is None:
        return Layout(Arrangement())
    return generation.preview(rota, until_at)


def closed(rota: Rota) -> Layout:
    """What closing takes away: everything from the day on which it is closed."""
    if rota.closed_on is None:
        return Layout(Arrangement())
    closes_at = clock.day_begins(rota.closed_on, rota.zone)
    from_at = max(closes_at, generation.next_minute())
    standing = Duty.objects.current().filter(rota=rota, ends_at__gt=from_at)
    clear = [Window.of(duty, from_at=from_at) for duty in standing]
    return Layout(changes.arrange(clear))


def keep(
    *,
    by: User,
    rota: Rota,
    save: Callable[[], object],
    why: str,
    seen: str = "",
    effect_on: Callable[[Rota], Layout] = laid_anew,
) -> DutyChange | None:
    """Save an edit and, with it, what it does to the duties laid out.

    Raises Unread where duties change and `seen` tells of another effect, or of none;
    whatever the save itself raises; and ValidationError if somebody was put on duty
    at the same moment. Nothing is saved then.
    """
    with transaction.atomic():
        Rota.objects.select_for_update(no_key=True).get(pk=rota.pk)
        save()
        effect = Effect.of(effect_on(Rota.objects.get(pk=rota.pk)))
        if effect.is_empty:
            return None
        if effect.seen != seen:
            raise Unread(effect)
        kind, arrangement = DutyChange.Kind.GENERATED, effect.layout.arrangement
        return changes.write(by=by, kind=kind, arrangement=arrangement, why=why[:500])
