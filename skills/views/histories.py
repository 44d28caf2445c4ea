"""Who changed what: the history of a person, a skill and a partner, and their CSV."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partners.forms.history import HistoryForm
from partners.history import changes as history
from partners.history import pages
from partners.history.pages import HistorySource, Owners
from partners.models import (
    Absence,
    Appointment,
    BankHoliday,
    Partner,
    Site,
    StaffMember,
    Transfer,
    WorkingDay,
)
from partners.spreadsheets.writing import csv_response, file_name
from skills.models import (
    Alias,
    Certification,
    LearningWish,
    Skill,
    SkillHeld,
    SkillRelation,
)
from skills.records import actions

OF_A_PERSON = (SkillHeld, WorkingDay, Absence, Certification, LearningWish)


@dataclass(frozen=True, slots=True)
class History:
    """What happened to one record, what it is called and where its page is."""

    about: Model
    name: str
    address: str
    export: str
    sources: list[HistorySource]
    staff_ids: tuple[int, ...] = ()

    @property
    def noun(self):
        is_person = isinstance(self.about, StaffMember)
        return "person" if is_person else self.about._meta.verbose_name


def _of_person(user, pk):
    seen = StaffMember.objects.visible_to(user).order_by().values("pk")
    kept = StaffMember.objects.editable_by(user).order_by().values("pk")
    person = get_object_or_404(StaffMember, Q(pk__in=seen) | Q(pk__in=kept), pk=pk)
    standing = user.standing
    is_own = standing.staff_id == person.pk
    if not (is_own or standing.coordinates_partner(person.partner_id)):
        raise PermissionDenied
    own = pages.one_record(pk)
    transfers = HistorySource(Transfer, "staff_id", own)
    page = reverse("skills:person", args=[pk]) if person.is_in_post() else ""
    export = reverse("skills:person_history_export", args=[pk])
    found = [*_of_people(own), transfers]
    return History(person, person.name, page, export, found, (person.pk,))


def _of_people(owners: Owners):
    """All that is kept of people."""
    yield HistorySource(StaffMember, "pgh_obj_id", owners, person="e.pgh_obj_id = %s")
    for model in OF_A_PERSON:
        yield HistorySource(model, "staff_id", owners, person="e.staff_id = %s")


def _of_skill(user, pk):
    if not user.standing.is_partnership_coordinator:
        raise PermissionDenied
    skill = get_object_or_404(Skill, pk=pk)
    own = pages.one_record(pk)
    found = [
        HistorySource(Skill, "pgh_obj_id", own),
        HistorySource(Alias, "skill_id", own),
        HistorySource(SkillRelation, "skill_id", own),
        HistorySource(SkillRelation, "other_id", own),
    ]
    page = reverse("skills:skill", args=[pk])
    export = reverse("skills:skill_history_export", args=[pk])
    return History(skill, skill.name, page, export, found)


def _of_partner(user, slug):
    partner = get_object_or_404(Partner.objects.visible_to(user), slug=slug)
    if not user.standing.coordinates_partner(partner.pk):
        raise PermissionDenied
    page = reverse("skills:partner", args=[slug])
    export = reverse("skills:partner_history_export", args=[slug])
    found = [
        *_of_organisation(partner.pk),
        *_of_people(pages.people_at(partner.pk)),
        *_of_roles(partner.pk),
    ]
    return History(partner, partner.short_name, page, export, found)


def _of_organisation(pk):
    own, staff = pages.one_record(pk), "e.staff_id = %s"
    yield HistorySource(Partner, "pgh_obj_id", own)
    yield HistorySource(Site, "partner_id", own)
    yield HistorySource(BankHoliday, "partner_id", own)
    yield HistorySource(Transfer, "from_partner_id", own, person=staff)
    yield HistorySource(Transfer, "to_partner_id", own, person=staff)


def _of_roles(pk):
    """Roles at the partner, and other roles of its people."""
    person = "e.user_id = (SELECT user_id FROM partners_staffmember WHERE id = %s)"
    yield HistorySource(Appointment, "partner_id", pages.one_record(pk), person=person)
    yield HistorySource(
        Appointment,
        "user_id",
        pages.logins_at(pk),
        person=person,
        only=f"e.partner_id IS DISTINCT FROM {int(pk)}",
    )


def _form(request, found):
    """What may be asked of a partner's history; other histories are short."""
    if not isinstance(found.about, Partner):
        return None
    about = {"partner": found.about, "sources": found.sources}
    return HistoryForm(request.GET, reader=request.user, **about)


def _page(request, found):
    form = _form(request, found)
    wanted = form.wanted() if form else pages.HistoryFilter()
    page, problems = None, []
    if wanted:
        sources = found.sources
        page, problems = pages.requested_page(
            request, sources, wanted, about=found.about
        )
    context = {
        "history": found,
        "form": form,
        "is_narrowed": wanted != pages.HistoryFilter(),
        "page": page,
        "problems": problems,
    }
    return render(request, "skills/history.html", context)


def _export(request, found):
    form = _form(request, found)
    wanted = form.wanted() if form else pages.HistoryFilter()
    if not wanted:
        # The page says what was not understood; an empty file would not.
        page = request.path.removesuffix(".csv")
        return redirect(f"{page}/?{request.GET.urlencode()}")
    _note(request.user, found, form)
    reader, about = request.user, found.about
    changes = pages.all_changes(found.sources, wanted, reader=reader, about=about)
    return csv_response(
        file_name("history", found.name),
        history.HEADER,
        history.csv_rows(changes),
        excel=request.GET.get("excel") == "1",
    )


def _note(user, found, form):
    actions.note_export(
        by=user,
        what=f"{found.noun} history",
        filters={found.noun: [found.name]} | (form.said() if form else {}),
        staff_ids=list(found.staff_ids),
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
