"""The partners, and one of them with its people and what it is strong at."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partners.models import Partner, StaffMember
from partners.paging import page_of
from partners.spreadsheets.writing import csv_response, file_name
from skills.matching.catalogue import Reading
from skills.models import Level, SkillHeld
from skills.records import actions
from skills.records.exports import SEARCH_HEADER, search_rows
from skills.search.people import SearchFilters
from skills.search.results import ring_for, with_whereabouts
from skills.search.suggestions import coordinators

PARTNERS = 50
STRENGTHS = 20


@require_safe
def partners(request):
    people = StaffMember.objects.visible_to(request.user).order_by()
    visible = Partner.objects.visible_to(request.user)
    page, problems = page_of(
        request,
        visible.annotate(
            in_post=Count("people", filter=Q(people__in=people.values("pk")))
        ).order_by("name"),
        PARTNERS,
    )
    context = {"page": page, "problems": problems}
    return render(request, "skills/partners.html", context)


@require_safe
def partner(request, slug):
    partner = get_object_or_404(Partner.objects.visible_to(request.user), slug=slug)
    standing = request.user.standing
    people = _people(request.user, partner)
    page, problems = page_of(request, with_whereabouts(people))
    context = {
        "partner": partner,
        "sites": partner.sites.all(),
        "coordinators": coordinators([partner.pk]).get(partner.pk, []),
        "local_days": partner.local_days.filter(on__gte=timezone.localdate()),
        "strengths": _strengths(people)[:STRENGTHS],
        "page": page,
        "problems": problems,
        "people": [(row, ring_for(row, standing=standing)) for row in page],
        "keeps_records": standing.coordinates_partner(partner.pk),
    }
    return render(request, "skills/partner.html", context)


def _people(user, partner):
    return StaffMember.objects.visible_to(user).filter(partner=partner)


def _strengths(people):
    """Skills with somebody who could cover alone, the best served first."""
    held = SkillHeld.objects.filter(
        staff__in=people.order_by(), level__gte=Level.PRACTITIONER
    )
    return (
        held.order_by()
        .values("skill", "skill__name")
        .annotate(
            experts=Count("pk", filter=Q(level=Level.EXPERT)),
            practitioners=Count("pk", filter=Q(level=Level.PRACTITIONER)),
        )
        .order_by("-experts", "-practitioners", "skill__name")
    )


@require_safe
def partner_export(request, slug):
    if not request.user.standing.exports_people:
        raise PermissionDenied
    partner = get_object_or_404(Partner.objects.visible_to(request.user), slug=slug)
    ids = list(_people(request.user, partner).values_list("pk", flat=True))
    actions.note_export(
        by=request.user, what="partner", filters={"partner": [slug]}, staff_ids=ids
    )
    return csv_response(
        file_name("partner", partner.short_name),
        SEARCH_HEADER,
        search_rows(ids, Reading(""), SearchFilters(), request.user.standing),
        excel=request.GET.get("excel") == "1",
    )
