"""What a change of duties means for people: they are told, requests follow or lapse."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from partners.mail import queue
from partners.models import StaffMember, User
from rota.formatting import wall_span
from rota.models import Duty, DutyChange, Rota, Swap

State = Swap.State
MOST = 20


def notify_and_follow_up(
    change: DutyChange,
    replaced: Sequence[Duty],
    made: Sequence[Duty],
    answers: int | None = None,
) -> None:
    """Called in the transaction of every change: requests follow, people are told.

    The request that the change `answers` is left alone.
    """
    _follow(replaced, made, answers)
    rotas = Rota.objects.in_bulk({duty.rota_id for duty in made})
    for duty in made:
        duty.rota = rotas[duty.rota_id]
    _tell(change, replaced, made)


def _follow(replaced, made, answers):
    """Requests about duties that are arranged anew go on, shorter, or lapse."""
    ids = [duty.pk for duty in replaced]
    about = Q(duty__in=ids) | Q(offered__in=ids)
    found = Swap.objects.filter(about, state=State.OPEN).exclude(pk=answers)
    found = found.select_for_update(of=("self",))
    for swap in found.select_related("duty__rota", "duty__staff", "duty__partner"):
        kept = _kept(swap.duty, made) if swap.duty_id in ids else swap.duty
        offered = swap.offered
        if swap.offered_id in ids:
            offered = _kept(swap.offered, made)
        _go_on(swap, kept, offered)


def _kept(duty, made):
    """The duty that the same person has now in place of one; None if it went."""
    same = [d for d in made if d.uid == duty.uid and d.staff_id == duty.staff_id]
    return same[0] if same else None


def _go_on(swap, duty, offered):
    starts_at = duty and max(swap.starts_at, duty.starts_at)
    ends_at = duty and min(swap.ends_at, duty.ends_at)
    whole = offered is None or _same_hours(offered, swap.offered)
    if duty is None or starts_at >= ends_at or (swap.offered_id and not offered):
        lapse(swap, "the duty was changed")
    elif not whole:
        lapse(swap, "the duty offered in exchange was changed")
    else:
        swap.duty, swap.offered = duty, offered
        swap.starts_at, swap.ends_at = starts_at, ends_at
        swap.save()


def _same_hours(one, other):
    return (one.starts_at, one.ends_at) == (other.starts_at, other.ends_at)


def lapse(swap: Swap, because: str) -> None:
    """Close a request nobody can accept any more, and tell whoever asked."""
    swap.state, swap.answered_at, swap.answer = State.LAPSED, timezone.now(), because
    swap.save()
    _to_asker(swap, "Your swap request has lapsed", f"lapsed: {because}")


def _tell(change, replaced, made):
    """Whoever loses or gains duties to come hears of it, and nobody else."""
    now = timezone.now()
    lost, gained = defaultdict(list), defaultdict(list)
    before = {_key(duty) for duty in replaced}
    after = {_key(duty) for duty in made}
    for duty in replaced:
        if duty.ends_at > now and _key(duty) not in after:
            lost[duty.staff_id].append(duty)
    for duty in made:
        if duty.ends_at > now and _key(duty) not in before:
            gained[duty.staff_id].append(duty)
    ids = {*lost, *gained} - {None, change.made_by and change.made_by.standing.staff_id}
    people = StaffMember.objects.in_post().filter(pk__in=ids)
    for person in people:
        _message(
            person,
            "Your duties on call have changed",
            "duties_changed",
            {
                "lost": _lines(lost[person.pk]),
                "gained": _lines(gained[person.pk]),
                "change": change,
                "sender": _sender(change.made_by),
            },
        )


def _key(duty):
    return duty.rota_id, duty.role, duty.staff_id, duty.starts_at, duty.ends_at


def _lines(duties):
    """Each duty as a line, in order; the rest is counted."""
    found = sorted(duties, key=lambda duty: duty.starts_at)
    lines = [line(duty) for duty in found[:MOST]]
    more = len(found) - MOST
    return lines + ([f"and {more} more, in your calendar"] if more > 0 else [])


def line(duty) -> str:
    """A duty in a message: which, and from when until when."""
    role = duty.get_role_display().lower()
    return f"{duty.rota.name}, {role}: {wall_span(duty, duty.rota)}"


def _sender(user: User | None):
    return user.get_full_name() if user else "The rota"


def _message(person, subject, template, context):
    context = {"name": person.name, **context}
    to = person.work_email
    queue.add_message(to=to, subject=subject, template=template, context=context)


def swap_asked(swap: Swap, asked: Sequence[StaffMember]) -> None:
    """Those named hear of it; an open request is on everybody's page."""
    address = queue.absolute_url(reverse("rota:swap", args=[swap.pk]))
    for person in asked:
        context = {
            "swap": swap,
            "line": line_of(swap),
            "offered": swap.offered and line(swap.offered),
            "address": address,
            "sender": _sender(swap.asked_by),
        }
        _message(person, "Can you take a duty on call?", "swap_asked", context)


def line_of(swap: Swap) -> str:
    """The hours somebody is asked to take, as a line of a message."""
    role = swap.duty.get_role_display().lower()
    return f"{swap.duty.rota.name}, {role}: {wall_span(swap, swap.duty.rota)}"


def swap_declined(swap: Swap) -> None:
    _to_asker(
        swap,
        "Nobody you asked can take your duty",
        "was declined by everybody you asked",
    )


def swap_withdrawn(swap: Swap) -> None:
    """Those asked need not answer any more."""
    for asked in swap.asked.filter(declined_at=None).select_related("staff"):
        context = {"line": line_of(swap), "sender": _sender(swap.answered_by)}
        subject = "A swap request has been withdrawn"
        _message(asked.staff, subject, "swap_withdrawn", context)


def _to_asker(swap, subject, said):
    user = swap.asked_by
    person = user and StaffMember.objects.in_post().filter(user=user).first()
    if person:
        address = queue.absolute_url(reverse("rota:swap", args=[swap.pk]))
        context = {"line": line_of(swap), "said": said, "address": address}
        _message(person, subject, "swap_closed", context | {"swap": swap})
