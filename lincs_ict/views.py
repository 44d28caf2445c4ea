"""The pages that belong to no app: start, help, refusals, and what is held of one."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from lincs_ict.navigation import row_of_pages
from lincs_ict.own_data import archive, gathering
from lincs_ict.own_data.kinds import MESSAGES, OPENED, TAKEN
from partners.models import IdentityProvider
from partners.paging import page_of
from partners.spreadsheets.writing import file_name
from skills.models import Level
from skills.records.actions import note_export

WHO_OPENED = (
    "Opening your page, and taking away a list that you are in, is written down: who, "
    "when, and what they had searched for. Colleagues do this in their work."
)
NOT_OPENED = "Nobody has opened your details or taken away a list you are in."


def site(request):
    """Context every page has."""
    user = getattr(request, "user", None)
    standing = user.standing if user and user.is_authenticated else None
    return {
        "is_demonstration": settings.DEMO,
        "standing": standing,
        "row_of_pages": _row_of_pages(request, standing),
        "contact_email": settings.DEFAULT_FROM_EMAIL,
        # Asked by the sign-in page alone.
        "has_single_sign_on": IdentityProvider.objects.in_use().exists,
    }


def _row_of_pages(request, standing):
    if standing is None or standing.is_stranger:
        return []
    match = request.resolver_match
    return row_of_pages(standing, match.view_name if match else "")


@require_safe
def home(request):
    return redirect("skills:search")


@login_not_required
@require_safe
def healthz(request):
    """200 when the database answers and every migration is applied, else 503."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return HttpResponse("database not reachable\n", "text/plain", 503)
    if waiting:
        return HttpResponse("migrations not applied\n", "text/plain", 503)
    return HttpResponse("well\n", "text/plain")


@login_not_required
@require_safe
def help_page(request):
    return render(request, "lincs_ict/help.html", {"levels": Level})


@login_not_required
@require_safe
def privacy(request):
    return render(request, "lincs_ict/privacy.html")


@login_not_required
@require_safe
def accessibility(request):
    return render(request, "lincs_ict/accessibility.html")


@require_safe
def about_me(request):
    sections = gathering.held_about(request.user, gathering.MOST)
    context = {
        "sections": [section for section in sections if section.rows],
        "empty": [section for section in sections if not section.rows],
        "opened": gathering.opened(request.user).count(),
        "taken": gathering.taken(request.user).count(),
        "messages_sent": gathering.sent(request.user).count(),
        "most": gathering.MOST,
    }
    return render(request, "lincs_ict/about_me.html", context)


def _long_list(request, kind, rows, **context):
    """A page of a list that may grow without end."""
    page, problems = page_of(request, rows)
    [section] = gathering.told(request.user, {kind: page.object_list})
    context |= {"page": page, "problems": problems, "section": section}
    return render(request, "lincs_ict/about_me_list.html", context)


@require_safe
def about_me_opened(request):
    rows = gathering.opened(request.user)
    return _long_list(request, OPENED, rows, nothing=NOT_OPENED, told=WHO_OPENED)


@require_safe
def about_me_taken(request):
    rows = gathering.taken(request.user)
    return _long_list(request, TAKEN, rows, nothing="You have opened nothing yet.")


@require_safe
def about_me_messages(request):
    rows = gathering.sent(request.user)
    return _long_list(request, MESSAGES, rows, nothing="No message was sent to you.")


@require_safe
def about_me_copy(request):
    person = request.user.standing.staff_id
    staff_ids = [person] if person else []
    note_export(by=request.user, what="own copy", filters={}, staff_ids=staff_ids)
    name = file_name("about me", ending="zip")
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    made = archive.archive(request.user)
    return HttpResponse(made, content_type="application/zip", headers=headers)


@login_not_required
def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)
