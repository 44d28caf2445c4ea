"""One duty: what it is, what became of it, and who else could have it."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_safe

from partners.forms.saving import save_or_report
from partners.models import StaffMember
from rota.duties import cover as covering
from rota.duties.on_duty import duty_periods
from rota.forms.covering import (
    AssignForm,
    CorrectionForm,
    CoverForm,
    ExchangeForm,
    UnableForm,
    everybody,
    ranked,
)
from rota.models import Duty, DutyChange, Rota

AHEAD = timedelta(weeks=13)
LEAVE_OPEN = "Nobody yet: {} will name somebody"


def _found(request, pk):
    rows = Duty.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("rota", "staff__partner", "partner", "made_by"), pk=pk
    )


def _to_arrange(request, pk):
    """A standing duty of a partner of this login; others are refused."""
    duty = _found(request, pk)
    if not request.user.standing.coordinates_partner(duty.partner_id):
        raise PermissionDenied
    return duty


def _led_back(request, duty):
    messages.info(request, "This duty has changed or is over: check what it says now")
    return redirect("rota:duty", duty.pk)


def _done(request, change, duty):
    """To the duty that stands now where the change put somebody."""
    messages.success(request, "Rota changed")
    new = change.made.filter(replaced_by=None, role=duty.role, place=duty.place)
    chosen = new.filter(cause__in=Duty.BY_HAND).first() or new.first() or duty
    return redirect("rota:duty", chosen.pk)


def _to_exchange(user, duty):
    """Duties of colleagues that this login may give for this one."""
    coming = Duty.objects.current().of_partners(user).filter(rota=duty.rota)
    now = timezone.now()
    coming = coming.filter(starts_at__gt=now, starts_at__lt=now + AHEAD)
    others = coming.filter(staff__isnull=False).exclude(staff=duty.staff_id)
    return others.select_related("rota", "staff")


def _asked(request):
    """What the link to the page says of the hours, as far as it is understood."""
    asked = {name: request.GET.get(name, "")[:20] for name in ("role", "place")}
    for prefix in ("from", "until"):
        try:
            wall = parse_datetime(request.GET.get(prefix, "")[:20])
        except ValueError:
            wall = None
        if wall:
            asked[f"{prefix}_on"] = f"{wall:%-d %B %Y}"
            asked[f"{prefix}_time"] = f"{wall:%H:%M}"
    return asked


def _is_own(user, duty):
    return duty.staff_id is not None and duty.staff_id == user.standing.staff_id


@require_safe
def duty(request, duty):
    duty = _found(request, duty)
    of_place = duty.rota.duties.filter(role=duty.role, place=duty.place)
    others = of_place.touching(duty.starts_at, duty.ends_at).exclude(pk=duty.pk)
    is_past = duty.ends_at <= timezone.now()
    is_kept = request.user.standing.coordinates_partner(duty.partner_id)
    context = {
        "duty": duty,
        "rota": duty.rota,
        "duty_periods": duty_periods(Duty.objects.filter(pk=duty.pk)),
        "others": others.select_related("staff", "partner", "made_by", "replaced_by"),
        "is_past": is_past,
        "may_arrange": is_kept and duty.replaced_by_id is None,
        "may_ask": (is_kept or _is_own(request.user, duty))
        and duty.replaced_by_id is None
        and not is_past,
    }
    return render(request, "rota/duty.html", context)


def _arranged(request, form):
    """The change that the form asks for; None where it says what is wrong."""
    return save_or_report(
        form, lambda: covering.arrange(by=request.user, **form.arrangement())
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cover(request, duty):
    duty = _to_arrange(request, duty)
    if duty.replaced_by_id or duty.ends_at <= timezone.now():
        return _led_back(request, duty)
    found = covering.candidates(duty)
    open_ = LEAVE_OPEN.format(duty.partner.short_name) if duty.staff_id else ""
    choices = ranked(found, request.user, leave_open=open_)
    form = CoverForm(
        request.POST or None, user=request.user, duty=duty, choices=choices
    )
    if change := _arranged(request, form):
        return _done(request, change, duty)
    context = {"form": form, "duty": duty, "rota": duty.rota, "candidates": found}
    return render(request, "rota/cover.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request, duty):
    duty = _to_arrange(request, duty)
    if duty.replaced_by_id or duty.starts_at > timezone.now():
        return _led_back(request, duty)
    choices = everybody(duty.rota, request.user)
    form = CorrectionForm(
        request.POST or None, user=request.user, duty=duty, choices=choices
    )
    if change := _arranged(request, form):
        return _done(request, change, duty)
    context = {"form": form, "duty": duty, "rota": duty.rota}
    return render(request, "rota/correct.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def exchange(request, duty):
    duty = _to_arrange(request, duty)
    if duty.replaced_by_id or duty.starts_at <= timezone.now():
        return _led_back(request, duty)
    others = _to_exchange(request.user, duty)
    form = ExchangeForm(request.POST or None, duty=duty, others=others)
    if change := _arranged(request, form):
        return _done(request, change, duty)
    context = {"form": form, "duty": duty, "rota": duty.rota}
    return render(request, "rota/exchange.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request, rota):
    rota = get_object_or_404(Rota.objects.visible_to(request.user), slug=rota)
    if not Rota.objects.staffed_by(request.user).filter(pk=rota.pk).exists():
        raise PermissionDenied
    form = AssignForm(
        request.POST or None,
        user=request.user,
        rota=rota,
        choices=everybody(rota, request.user),
        initial=_asked(request),
    )
    if change := _arranged(request, form):
        return _done(request, change, change.made.first())
    return render(request, "rota/assign.html", {"form": form, "rota": rota})


@require_http_methods(["GET", "HEAD", "POST"])
def unable(request, person):
    people = StaffMember.objects.visible_to(request.user).select_related("partner")
    person = get_object_or_404(people, pk=person)
    standing = request.user.standing
    is_own = standing.staff_id == person.pk
    if not (is_own or standing.coordinates_partner(person.partner_id)):
        raise PermissionDenied
    form = UnableForm(request.POST or None, rota=Rota())
    if form.is_valid():
        return _vacated(request, person, *form.cleaned_data["span"])
    coming = Duty.objects.current().filter(staff=person, ends_at__gt=timezone.now())
    context = {"form": form, "person": person, "is_own": is_own}
    context["duties"] = coming.select_related("rota")[:20]
    return render(request, "rota/unable.html", context)


def _vacated(request, person, from_at, until_at):
    change = covering.take_off_duty(
        by=request.user, person=person, from_at=from_at, until_at=until_at
    )
    if change is None:
        messages.info(request, f"{person} has no duty in that time")
        return redirect("rota:unable", person.pk)
    messages.success(
        request,
        f"{person} is off these duties: each is now a gap until somebody covers it",
    )
    return redirect("rota:vacated", change.pk)


@require_safe
def vacated(request, change):
    """What a change left open, each with who could have it."""
    change = get_object_or_404(DutyChange, pk=change, kind=DutyChange.Kind.SICKNESS)
    left = change.made.visible_to(request.user).current().filter(staff=None)
    found = left.filter(ends_at__gt=timezone.now()).select_related("rota", "partner")
    standing = request.user.standing
    duties = [d for d in found if standing.coordinates_partner(d.partner_id)]
    context = {"change": change, "left": found, "duties": duties[:10]}
    context["could"] = [(d, covering.candidates(d)[:3]) for d in duties[:10]]
    return render(request, "rota/vacated.html", context)
