"""Signing in with the account of one's organisation, and one's ways to sign in."""

from allauth.account.internal.decorators import login_not_required
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2LoginView
from csp.decorators import csp_update
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from partners.models import IdentityProvider
from partners.whole_numbers import whole_number

from . import connections
from .adapter import Callback, Conversation
from .forms import OrganisationForm


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request):
    """Which organisation's account somebody signs in with."""
    if request.user.is_authenticated:
        return redirect("home")
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _talk(OAuth2LoginView, request, form.cleaned_data["organisation"].key)
    asked = request.POST if form.is_bound else request.GET
    context = {"form": form, "next": asked.get("next", "")}
    return may_go_on(render)(request, "socialaccount/organisation.html", context)


@login_not_required
@require_POST
def login(request, provider_id):
    return _talk(OAuth2LoginView, request, provider_id)


@login_not_required
@require_safe
def callback(request, provider_id):
    return _talk(Callback, request, provider_id)


@login_not_required
@require_safe
def cancelled(request):
    return render(request, "socialaccount/cancelled.html")


@require_http_methods(["GET", "HEAD", "POST"])
def ways_to_sign_in(request):
    """The connections of whoever is signed in; all but the last way in may go."""
    if request.method == "POST":
        return _disconnect(request)
    context = {"connections": connections.of(request.user)}
    return render(request, "socialaccount/connections.html", context)


def may_go_on(view):
    """Lets the forms of a page lead to the providers: browsers ask before going."""
    origins = sorted({row.origin for row in IdentityProvider.objects.in_use()})
    return csp_update({"form-action": origins})(view) if origins else view


def _talk(view, request, provider_id):
    """One step of a sign-in; whatever the provider does, a page is the answer."""
    try:
        return view.adapter_view(Conversation(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except ImmediateHttpResponse as refused:
        return refused.response
    except OAuth2Error as error:
        return render_authentication_error(request, None, exception=error)


def _disconnect(request):
    pk = whole_number(request.POST.get("connection", ""))
    connection = get_object_or_404(connections.rows(request.user), pk=pk)
    try:
        connections.end(connection, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "That account no longer signs you in")
    return redirect("socialaccount_connections")
