"""What every request passes through, and how static files are kept."""

from django.core.exceptions import PermissionDenied
from whitenoise.storage import CompressedManifestStaticFilesStorage

from lincs_ict.views import healthz


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


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed names, also for the modules that scripts import."""

    support_js_module_import_aggregation = True
