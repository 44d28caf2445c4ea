"""The catalogue of skills, and one skill with everybody who holds it."""

from collections import Counter

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Prefetch
from django.db.models.functions import Lower
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partners.models import StaffMember
from partners.paging import page_of
from partners.spreadsheets.writing import csv_response, file_name
from partners.whole_numbers import whole_number
from skills.catalogue.relations import by_side, neighbours
from skills.matching.catalogue import Grade, Match, Reading, Term
from skills.models import Category, Level, Skill, SkillHeld
from skills.records import actions
from skills.records.exports import (
    CATALOGUE_HEADER,
    SEARCH_HEADER,
    catalogue_with_holders,
    search_rows,
)
from skills.search.people import SearchFilters
from skills.search.results import ring_for, with_whereabouts
from skills.search.suggestions import close_to

LEVELS = sorted(Level, reverse=True)
LEARNERS = 25


@require_safe
def catalogue(request):
    categories, problems = _chosen(request)
    context = {
        "every_category": Category.objects.all(),
        "shelves": _shelves(request.user, categories),
        "chosen": None if problems else request.GET.get("category"),
        "problems": problems,
    }
    return render(request, "skills/catalogue.html", context)


@require_safe
def catalogue_export(request):
    """The page's skills and the retired ones: it names nobody, so all may have it."""
    categories, problems = _chosen(request)
    if problems:
        # The page says what was not understood; a file would not.
        return redirect(f"{reverse('skills:catalogue')}?{request.GET.urlencode()}")
    skills = Skill.objects.filter(category__in=categories)
    skills = skills.order_by("category__name", Lower("name"))
    ids = list(skills.values_list("pk", flat=True))
    label = categories[0].name if request.GET.get("category") else ""
    return csv_response(
        file_name("catalogue", label),
        CATALOGUE_HEADER,
        catalogue_with_holders(request.user, ids),
        excel=request.GET.get("excel") == "1",
    )


def _chosen(request):
    """The category the address names, or all of them and a sentence."""
    typed = request.GET.get("category", "")
    everything = Category.objects.all()
    if not typed:
        return everything, []
    chosen = everything.filter(pk=whole_number(typed))
    if chosen.exists():
        return chosen, []
    return everything, [f"There is no category “{typed[:40]}”: showing all categories"]


def _shelves(user, categories):
    """Each category with its skills, and how many hold each."""
    skills = Prefetch("skills", Skill.objects.current(), to_attr="current_skills")
    held = SkillHeld.objects.visible_to(user).order_by()
    holders = dict(held.values_list("skill").annotate(people=Count("pk")))
    return [
        (category, [(row, holders.get(row.pk, 0)) for row in category.current_skills])
        for category in categories.prefetch_related(skills)
    ]


@require_safe
def skill(request, pk):
    skill = get_object_or_404(
        Skill.objects.select_related("category", "merged_into"), pk=pk
    )
    held = _holders(request.user, skill)
    page, problems = page_of(request, held)
    wishes = skill.wished_by.filter(
        staff__in=StaffMember.objects.visible_to(request.user)
    )
    context = {
        "skill": skill,
        "aliases": skill.aliases.order_by("kind", Lower("text")),
        "levels": LEVELS,
        "matrix": _matrix(held),
        "page": page,
        "problems": problems,
        "holders": _reached(page, request.user),
        **_around(request.user, skill),
        "learners": wishes.select_related("staff__partner")[:LEARNERS],
    }
    return render(request, "skills/skill.html", context)


def _around(user, skill):
    """What somebody said of the skill's relations, then what else is close to it."""
    found = neighbours(user, [skill.pk])
    return {"sides": by_side(found), "close": close_to(user, [skill.pk], found)}


def _holders(user, skill):
    """Who holds the skill: the strongest first, then the most lately confirmed."""
    return (
        SkillHeld.objects.visible_to(user)
        .filter(skill=skill)
        .order_by(
            "-level",
            F("confirmed_at").desc(nulls_last=True),
            "staff__name_key",
            "staff",
        )
    )


def _reached(page, user):
    """The page's skills held, each with the person and the number to ring now."""
    people = StaffMember.objects.filter(pk__in=[held.staff_id for held in page])
    by_id = {person.pk: person for person in with_whereabouts(people)}
    standing = user.standing
    return [
        (held, by_id[held.staff_id], ring_for(by_id[held.staff_id], standing=standing))
        for held in page
        if held.staff_id in by_id
    ]


def _matrix(held):
    """For each partner that has a holder: how many at each level, and altogether."""
    partner = ("staff__partner__short_name", "staff__partner__slug")
    counted = held.order_by().values_list(*partner, "level").annotate(Count("pk"))
    by_partner = {}
    for name, slug, level, people in counted:
        by_partner.setdefault((name, slug), Counter())[level] = people
    return [
        (name, slug, [at[level] for level in LEVELS], at.total())
        for (name, slug), at in sorted(by_partner.items())
    ]


@require_safe
def skill_export(request, pk):
    if not request.user.standing.exports_people:
        raise PermissionDenied
    skill = get_object_or_404(Skill, pk=pk)
    ids = list(_holders(request.user, skill).values_list("staff", flat=True))
    itself = Match(skill.pk, Grade.EXACT, 1.0, skill.name, "name")
    asked = Reading(skill.name, terms=(Term(skill.name, (itself,)),))
    actions.note_export(
        by=request.user, what="skill", filters={"skill": [skill.name]}, staff_ids=ids
    )
    return csv_response(
        file_name("skill", skill.name),
        SEARCH_HEADER,
        search_rows(ids, asked, SearchFilters(), request.user.standing),
        excel=request.GET.get("excel") == "1",
    )
