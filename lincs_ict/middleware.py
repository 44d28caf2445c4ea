"""Who may go on with a request: members, sessions in use, a second factor shown."""

from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from partners.accounts import second_factor
from partners.accounts.sessions import is_idle, note_use


class MembershipMiddleware:
    """Refuses a login that has no person in post and no role."""

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


class IdleSessionMiddleware:
    """Signs out a coordinator whose browser has been idle for twelve hours."""

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
    """Sends people who keep records to their second factor before anything else."""

    # Besides the pages that need no sign-in.
    ALWAYS_OPEN = {
        *("account_reauthenticate", "mfa_reauthenticate"),
        *("mfa_reauthenticate_webauthn", "partners:signing_in"),
        *("account_change_password", "account_set_password"),
    }
    SET_UP_PAGES = {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn"}

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        is_public = not getattr(view, "login_required", True)
        name = request.resolver_match.view_name
        if is_public or name in self.ALWAYS_OPEN or not request.user.is_authenticated:
            return None
        user = request.user
        if not second_factor.is_needed_by(user) or second_factor.was_shown(request):
            return None
        if second_factor.has_app(user):
            return _redirect_via("mfa_reauthenticate", request)
        if second_factor.has_one(user):
            return _redirect_via("mfa_reauthenticate_webauthn", request)
        if name in self.SET_UP_PAGES:
            return None
        return _redirect_via("mfa_index", request)


def _redirect_via(name, request):
    """To a page of the second factor, which then leads on to the page asked for."""
    # A form that was posted is lost, and its address may not be a page to read.
    next_page = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
    return redirect(f"{reverse(name)}?{urlencode({'next': next_page})}")
