"""What was searched for and nobody holds: the partnership coordinator's list."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.export import csv_response, file_name
from partners.paging import page_of
from skills import actions
from skills.models import UnansweredSearch

HEADER = ["Words", "Times asked", "First asked on", "Last asked on"]


def _unanswered(user):
    if not user.standing.is_partnership_coordinator:
        raise PermissionDenied
    return UnansweredSearch.objects.all()


@require_safe
def gaps(request):
    page, problems = page_of(request, _unanswered(request.user))
    context = {"page": page, "problems": problems}
    return render(request, "skills/gaps.html", context)


@require_safe
def gaps_export(request):
    asked = _unanswered(request.user).values_list(
        "words", "times_asked", "first_asked_on", "last_asked_on"
    )
    actions.note_export(by=request.user, what="gaps", filters={}, staff_ids=[])
    return csv_response(
        file_name("unanswered searches"),
        HEADER,
        asked,
        excel=request.GET.get("excel") == "1",
    )
