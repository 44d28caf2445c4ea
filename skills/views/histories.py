"""Who changed what: the history of a person, a skill and a partner, and their CSV."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partners import history
from partners.export import csv_response, file_name
from partners.models import Absence, Partner, Site, StaffMember, WorkingDay
from partners.paging import page_of
from skills import actions
from skills.models import Alias, Certification, LearningWish, Skill, SkillHeld

OF_A_PERSON = (SkillHeld, WorkingDay, Absence, Certification, LearningWish)


@dataclass(frozen=True, slots=True)
class History:
    """What happened to one record, what it is called and where its page is."""

    noun: str
    name: str
    address: str
    export: str
    changes: list[history.Change]
    staff_ids: tuple[int, ...] = ()


def _of_person(user, pk):
    seen = StaffMember.objects.visible_to(user).order_by().values("pk")
    kept = StaffMember.objects.editable_by(user).order_by().values("pk")
    person = get_object_or_404(StaffMember, Q(pk__in=seen) | Q(pk__in=kept), pk=pk)
    standing = user.standing
    is_own = standing.staff_id == person.pk
    if not (is_own or standing.coordinates_partner(person.partner_id)):
        raise PermissionDenied
    found = history.changes(
        history.events(StaffMember).filter(pgh_obj=person),
        *(history.events(model).filter(staff=person) for model in OF_A_PERSON),
        reader=user,
        about=person,
    )
    page = reverse("skills:person", args=[pk]) if person.is_in_post() else ""
    export = reverse("skills:person_history_export", args=[pk])
    return History("person", person.name, page, export, found, (person.pk,))


def _of_skill(user, pk):
    if not user.standing.is_partnership_coordinator:
        raise PermissionDenied
    skill = get_object_or_404(Skill, pk=pk)
    found = history.changes(
        history.events(Skill).filter(pgh_obj=skill),
        history.events(Alias).filter(skill=skill),
        reader=user,
        about=skill,
    )
    page = reverse("skills:skill", args=[pk])
    export = reverse("skills:skill_history_export", args=[pk])
    return History("skill", skill.name, page, export, found)


def _of_partner(user, slug):
    partner = get_object_or_404(Partner.objects.visible_to(user), slug=slug)
    if not user.standing.coordinates_partner(partner.pk):
        raise PermissionDenied
    found = history.changes(
        history.events(Partner).filter(pgh_obj=partner),
        history.events(Site).filter(partner=partner),
        reader=user,
        about=partner,
    )
    page = reverse("skills:partner", args=[slug])
    export = reverse("skills:partner_history_export", args=[slug])
    return History("partner", partner.short_name, page, export, found)


def _page(request, found):
    page, problems = page_of(request, found.changes)
    context = {"history": found, "page": page, "problems": problems}
    return render(request, "skills/history.html", context)


def _export(request, found):
    actions.note_export(
        by=request.user,
        what=f"{found.noun} history",
        filters={found.noun: [found.name]},
        staff_ids=list(found.staff_ids),
    )
    return csv_response(
        file_name("history", found.name),
        history.HEADER,
        history.as_rows(found.changes),
        excel=request.GET.get("excel") == "1",
    )


@require_safe
def person_history(request, pk):
    return _page(request, _of_person(request.user, pk))


@require_safe
def person_history_export(request, pk):
    return _export(request, _of_person(request.user, pk))


@require_safe
def skill_history(request, pk):
    return _page(request, _of_skill(request.user, pk))


@require_safe
def skill_history_export(request, pk):
    return _export(request, _of_skill(request.user, pk))


@require_safe
def partner_history(request, slug):
    return _page(request, _of_partner(request.user, slug))


@require_safe
def partner_history_export(request, slug):
    return _export(request, _of_partner(request.user, slug))
