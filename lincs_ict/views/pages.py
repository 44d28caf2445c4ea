"""Pages about the service itself: home, help, privacy, accessibility, refusals."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from skills.models import Level


@require_safe
def home(request):
    return redirect("skills:search")


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
