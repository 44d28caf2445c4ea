"""Second factors: what is set up, setting up an app, making and removing passkeys."""

from allauth.account.utils import get_next_redirect_url
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.db import IntegrityError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode

from partners.accounts import second_factor


class WantedMixin:
    """Knows the page of ours that somebody wanted before being led here."""

    def get_context_data(self, **kwargs):
        wanted = get_next_redirect_url(self.request)
        needed = second_factor.is_needed_by(self.request.user)
        more = {"wanted": wanted, "is_needed": needed}
        return super().get_context_data(**kwargs) | more


class SecondFactorView(WantedMixin, IndexView):
    """What is set up, and the way to set it up."""


# The code to scan is an image within the page: allowed here and nowhere else.
@method_decorator(csp_update({"img-src": [SELF, "data:"]}), name="dispatch")
class SetUpView(WantedMixin, ActivateTOTPView):
    """Sets up the app; whoever just did so has shown it."""

    def form_valid(self, form):
        try:
            response = super().form_valid(form)
        except IntegrityError:
            # The button was pressed twice: the first press has set it up.
            return redirect("mfa_index")
        second_factor.note_set_up(self.request)
        return response

    def get_success_url(self):
        wanted = get_next_redirect_url(self.request)
        query = "?" + urlencode({"next": wanted}) if wanted else ""
        return reverse("mfa_view_recovery_codes") + query


class RecoveryCodesView(WantedMixin, ViewRecoveryCodesView):
    """The recovery codes that are left, and the way on."""


class AddPasskeyView(WantedMixin, AddWebAuthnView):
    """Makes a passkey; whoever just did so has shown it."""

    def form_valid(self, form):
        response = super().form_valid(form)
        second_factor.note_set_up(self.request, Authenticator.Type.WEBAUTHN)
        return response

    def form_invalid(self, form):
        messages.error(self.request, " ".join(sum(form.errors.values(), [])))
        return redirect("mfa_add_webauthn")


class RemovePasskeyView(RemoveWebAuthnView):
    """Removes a passkey, save the last second factor of who needs one."""

    def form_valid(self, form):
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.object):
            said = adapter.error_messages["cannot_delete_authenticator"]
            messages.error(self.request, said)
            return redirect("mfa_list_webauthn")
        return super().form_valid(form)
