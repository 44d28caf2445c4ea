"""One person: how to reach them, what they can do, and how fresh that is."""

from itertools import groupby

from django.contrib import messages
from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from partners.accounts import invitations
from partners.models import StaffMember
from partners.working_pattern import in_words
from skills.models import Level
from skills.records import actions
from skills.search.people import YEAR
from skills.search.results import ring_for, with_whereabouts
from skills.search.suggestions import coordinators


@require_safe
def person(request, pk):
    standing = request.user.standing
    people = with_whereabouts(StaffMember.objects.visible_to(request.user))
    person = get_object_or_404(people.annotate(is_stale=_is_stale()), pk=pk)
    if standing.staff_id != person.pk:
        actions.note_page_opened(by=request.user, person=person)
    keeps = standing.coordinates_partner(person.partner_id)
    context = {
        "person": person,
        "ring": ring_for(person, standing=standing),
        "mobile": person.mobile if standing.sees_mobile_of(person) else "",
        "hours": _hours(person),
        "absences": _absences(person, request.user),
        "levels": _by_level(person),
        "wishes": person.learning_wishes.select_related("skill"),
        "coordinators": coordinators([person.partner_id]).get(person.partner_id, []),
        "may_edit": keeps,
        "may_read_history": keeps or standing.staff_id == person.pk,
    }
    return render(request, "skills/person.html", context)


@require_POST
def invite_person(request, pk):
    kept = StaffMember.objects.editable_by(request.user)
    person = get_object_or_404(kept, pk=pk)
    _, refused = invitations.invite_all(people=[person], by=request.user)
    if refused:
        messages.error(request, " ".join(refused))
    else:
        messages.success(request, f"{person.name} has been invited by e-mail")
    return redirect("skills:person", pk)


def _is_stale():
    return Q(confirmed_at__lt=timezone.now() - YEAR)


def _hours(person):
    days = person.working_days.all()
    return in_words((day.weekday, day.starts_at, day.ends_at) for day in days)


def _absences(person, user):
    """Absences of today and to come; who covers, unless they left meanwhile."""
    today = timezone.localdate()
    cover = Prefetch("cover", StaffMember.objects.visible_to(user))
    absences = person.absences.not_over(today).prefetch_related(cover)
    return absences.annotate(is_today=Q(begins_on__lte=today))


def _by_level(person):
    held = person.skills_held.select_related("skill").annotate(is_stale=_is_stale())
    return [
        (Level(level), list(rows))
        for level, rows in groupby(held, lambda row: row.level)
    ]
