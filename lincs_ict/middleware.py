"""What every request passes through, and how static files are kept."""

from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from whitenoise.storage import CompressedManifestStaticFilesStorage

from lincs_ict.views import healthz
from partners.accounts import second_factor
from partners.accounts.sessions import is_idle, note_use


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


class SecondFactorMiddleware:
    """Leads who keeps records to their second factor before anything else."""

    # Beside what everybody may read without signing in.
    ALWAYS = {
        *("account_reauthenticate", "mfa_reauthenticate"),
        *("mfa_reauthenticate_webauthn", "partners:signing_in"),
        *("account_change_password", "account_set_password"),
    }
    SETTING_UP = {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn"}

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        is_public = not getattr(view, "login_required", True)
        name = request.resolver_match.view_name
        if is_public or name in self.ALWAYS or not request.user.is_authenticated:
            return None
        user = request.user
        if not second_factor.is_needed_by(user) or second_factor.was_shown(request):
            return None
        if second_factor.has_app(user):
            return _led_to("mfa_reauthenticate", request)
        if second_factor.has_one(user):
            return _led_to("mfa_reauthenticate_webauthn", request)
        return None if name in self.SETTING_UP else _led_to("mfa_index", request)


def _led_to(name, request):
    """To a page of the second factor, and from there on to what was wanted."""
    # What was posted is lost, and its address may have nothing to read.
    wanted = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
    return redirect(f"{reverse(name)}?{urlencode({'next': wanted})}")


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed names, also for the modules that scripts import."""

    support_js_module_import_aggregation = True
