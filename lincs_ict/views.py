"""The pages that belong to no app: start, health, help and refusals."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from lincs_ict.demonstration.logins import LOGINS
from skills.models import Level


def site(request):
    """Context every page has."""
    user = getattr(request, "user", None)
    standing = user.standing if user and user.is_authenticated else None
    return {
        "is_demonstration": settings.DEMO,
        "standing": standing,
        "contact_email": settings.DEFAULT_FROM_EMAIL,
        "demonstration_logins": LOGINS if settings.DEMO else (),
    }


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


@login_not_required
def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)
