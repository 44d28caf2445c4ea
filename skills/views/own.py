"""Somebody's own record: what it says, and the pages that change the person."""

from functools import wraps

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Prefetch
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from partners.models import StaffMember, Weekday, WorkingDay
from partners.working_pattern import in_words
from skills.forms.own import ContactForm, DayForm
from skills.records import actions
from skills.search.people import YEAR

RECORD = "skills:my_record"
FORM = require_http_methods(["GET", "HEAD", "POST"])
PAST_SHOWN = 10


def mine(user):
    """The person behind a login, if there is one."""
    people = StaffMember.objects.in_post().select_related("partner", "base_site")
    return people.filter(pk=user.standing.staff_id).first()


def own(view):
    """A view of one's own record; who has none is led to where that is said."""

    @wraps(view)
    def of_person(request, *args, **kwargs):
        person = mine(request.user)
        if person is None:
            return redirect(RECORD)
        return view(request, person, *args, **kwargs)

    return of_person


@require_safe
def my_record(request):
    person = mine(request.user)
    if person is None:
        return render(request, "skills/own/nobody.html")
    days = person.working_days.values_list("weekday", "starts_at", "ends_at")
    at = person.confirmed_at
    context = {
        "person": person,
        "is_stale": bool(at and at < timezone.now() - YEAR),
        "hours": in_words(days),
        "held": person.skills_held.select_related("skill"),
        "wishes": person.learning_wishes.select_related("skill"),
        "certifications": person.certifications.select_related("skill"),
        **_absences(person, request.user),
    }
    return render(request, "skills/own/record.html", context)


def _absences(person, user):
    """What is ahead, and the last of what is over; leavers cover nobody."""
    today = timezone.localdate()
    cover = Prefetch("cover", StaffMember.objects.visible_to(user))
    ahead = person.absences.not_over(today).prefetch_related(cover)
    over = person.absences.filter(ends_on__lt=today).order_by("-begins_on")
    return {"absences": ahead, "absences_over": over[:PAST_SHOWN]}


@require_POST
@own
def confirm_my_record(request, person):
    actions.confirm_own_record(by=request.user)
    messages.success(request, "Thank you. Your record is confirmed")
    return redirect(RECORD)


@FORM
@own
def my_contact(request, person):
    posted = request.POST if request.method == "POST" else None
    form = ContactForm(posted, instance=person, person=person)
    form.reader = request.user
    if posted is not None and form.is_valid() and form.is_saved():
        messages.success(request, "Contact details saved")
        return redirect(RECORD)
    context = {"form": form, "heading": "Your contact details"}
    return render(request, "skills/own/form.html", context)


@FORM
@own
def my_hours(request, person):
    posted = request.POST if request.method == "POST" else None
    forms = _days(person, posted)
    for form in forms:
        form.reader = request.user
    if posted is not None and _are_saved(request.user, forms):
        messages.success(request, "Working days saved")
        return redirect(RECORD)
    context = {"forms": forms, "is_wrong": any(form.errors for form in forms)}
    return render(request, "skills/own/hours.html", context)


def _days(person, posted):
    kept = {day.weekday: day for day in person.working_days.all()}
    days = (kept.get(day) or WorkingDay(staff=person, weekday=day) for day in Weekday)
    return [
        DayForm(posted, instance=day, person=person, prefix=f"day{day.weekday}")
        for day in days
    ]


def _are_saved(user, forms):
    if not all(form.is_valid() for form in forms):
        return False
    try:
        with transaction.atomic():
            actions.set_working_week(by=user, days=[form.instance for form in forms])
    except IntegrityError as error:
        forms[0].refuse(error)
        return False
    return True
