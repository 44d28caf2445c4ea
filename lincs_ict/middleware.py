"""What every request passes through, and how static files are kept."""

from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from whitenoise.storage import CompressedManifestStaticFilesStorage

from lincs_ict.views import healthz
from partners.sessions import is_idle, note_use


class HealthMiddleware:
    """Answers the load balancer before host names and sessions are looked at."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path == "/healthz":
            return healthz(request)
        return self.get_response(request)


class BelongingMiddleware:
    """Turns away a login that has no person in post and no role."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        is_public = not getattr(view, "login_required", True)
        if is_public or request.resolver_match.view_name.startswith("account_"):
            return
        if request.user.is_authenticated and request.user.standing.is_stranger:
            raise PermissionDenied("stranger")


class UnusedMiddleware:
    """Signs out a coordinator's browser that was not used for twelve hours."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            now = timezone.now()
            if request.user.standing.may_administer and is_idle(request.session, now):
                logout(request)
                return redirect(f"{reverse('account_login')}?unused=1")
            note_use(request.session, now)
        return self.get_response(request)


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed names, also for the modules that scripts import."""

    support_js_module_import_aggregation = True
