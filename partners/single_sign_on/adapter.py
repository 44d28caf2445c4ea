"""Whom a partner's provider signs in: its own people, once they are connected."""

import hashlib
import logging
import secrets

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialToken
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import (
    OpenIDConnectProvider,
)
from allauth.socialaccount.providers.openid_connect.views import (
    OpenIDConnectOAuth2Adapter,
)
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import render
from requests.auth import HTTPBasicAuth

from partners.accounts import invitations
from partners.accounts.adapter import InPostBackend
from partners.encryption import Unreadable
from partners.models import IdentityProvider

from . import connections
from .provider import InvalidToken, ask, claims, discovered

logger = logging.getLogger(__name__)
# Where the page of an invitation keeps its token, out of every address.
INVITATION = "invitation"
OIDC = OpenIDConnectProvider.id
UNKNOWN = (
    "This account is not connected to anybody here. Open the link in your invitation "
    "first, or ask your coordinator for an invitation"
)
CLOSED = "Your login here is closed: ask your coordinator"
ELSEWHERE = (
    "This account belongs to another partner than you do now, so it does not sign you "
    "in any more: ask your coordinator for an invitation"
)


def named(issuer, client_id, subject):
    """Whom a provider means. Under another address or client it means others."""
    return hashlib.sha256("\n".join([issuer, client_id, subject]).encode()).hexdigest()


class Conversation(OpenIDConnectOAuth2Adapter):
    """One sign-in with one provider."""

    nonce = ""

    @property
    def openid_config(self):
        if not hasattr(self, "_openid_config"):
            issuer = self.get_provider().app.settings["server_url"]
            self._openid_config = discovered(issuer)
        return self._openid_config

    def get_access_token_data(self, request, app, client, pkce_code_verifier=None):
        """The code becomes a token; allauth's way would follow where it is sent."""
        said = {
            "grant_type": "authorization_code",
            "code": request.GET.get("code", ""),
            "redirect_uri": client.callback_url,
            "code_verifier": pkce_code_verifier,
        }
        if self.basic_auth:
            known = HTTPBasicAuth(app.client_id, app.secret)
            return ask(self.access_token_url, said, known)
        said |= {"client_id": app.client_id, "client_secret": app.secret}
        return ask(self.access_token_url, said)

    def parse_token(self, data):
        """Nothing is asked with it later, so nothing of it is kept."""
        return SocialToken()

    def complete_login(self, request, app, token, **kwargs):
        id_token = kwargs["response"].get("id_token")
        if not isinstance(id_token, str):
            raise InvalidToken("The provider sent no token")
        said = claims(
            id_token,
            config=self.openid_config,
            client_id=app.client_id,
            nonce=self.nonce,
        )
        return self.get_provider().sociallogin_from_response(request, said)


class Provider(OpenIDConnectProvider):
    """A partner's provider, as allauth knows it."""

    oauth2_adapter_class = Conversation

    def get_default_scope(self):
        return ["openid"]

    def get_redirect_from_request_kwargs(self, request):
        """What the browser may choose: the page to go on to, and nothing else."""
        chosen = super().get_redirect_from_request_kwargs(request)
        return {"process": "login", "next_url": chosen.get("next_url")}

    def redirect(self, request, process, next_url=None, data=None, **kwargs):
        nonce = secrets.token_urlsafe()
        kwargs |= {"nonce": nonce, "auth_params": {"nonce": nonce}}
        return super().redirect(request, process, next_url, data, **kwargs)

    def extract_uid(self, data):
        return named(self.app.settings["server_url"], self.app.client_id, data["sub"])

    def extract_extra_data(self, data):
        return {}

    def extract_common_fields(self, data):
        return {}

    def extract_email_addresses(self, data):
        return []


class Callback(OAuth2CallbackView):
    """The way back, which remembers the nonce it was begun with."""

    def _get_state(self, request, provider):
        state, response = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, response


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Providers from our own table, and who may come in by them."""

    def is_open_for_signup(self, request, sociallogin):
        return False

    def list_apps(self, request, provider=None, client_id=None):
        rows = IdentityProvider.objects.in_use()
        asked = [row for row in rows if provider in (None, OIDC, row.key)]
        return [_app(row) for row in asked if client_id in (None, row.client_id)]

    def get_provider(self, request, provider, client_id=None):
        return Provider(request, app=self.get_app(request, provider, client_id))

    def list_providers(self, request):
        return [Provider(request, app=app) for app in self.list_apps(request)]

    def on_authentication_error(
        self, request, provider, error=None, exception=None, extra_context=None
    ):
        """Who runs the site finds in the log what its reader is not bothered with."""
        name = provider.app.provider_id if provider else request.path
        logger.warning("Sign-in by %s failed: %s", name, exception or error)

    def pre_social_login(self, request, sociallogin):
        """By the provider's own name for somebody, never by an e-mail address."""
        provider = _row(sociallogin.account.provider)
        if not sociallogin.is_existing:
            sociallogin.user = _invited(request, sociallogin.account, provider)
        user = sociallogin.user
        if not InPostBackend().user_can_authenticate(user):
            refuse(request, CLOSED)
        if not belongs(user, provider):
            sociallogin.account.delete()
            refuse(request, ELSEWHERE)


def _invited(request, account, provider):
    """The login of whoever opened an invitation in this browser, now connected."""
    found = invitations.find(request.session.get(INVITATION, ""))
    if found is None or found.staff.partner_id != provider.partner_id:
        refuse(request, UNKNOWN)
    try:
        with transaction.atomic():
            user = invitations.accept(invitation=found)
            connections.begin(user, account)
    except (ValidationError, IntegrityError):
        # Used, withdrawn, or this account connected to somebody, this very moment.
        refuse(request, UNKNOWN)
    del request.session[INVITATION]
    return user


def _app(row):
    """A row as allauth wants it; nothing of it is ever saved."""
    return SocialApp(
        provider=OIDC,
        provider_id=row.key,
        name=row.name,
        client_id=row.client_id,
        secret=_secret(row),
        settings={"server_url": row.issuer, "oauth_pkce_enabled": True},
    )


def _secret(row):
    try:
        return row.secret
    except Unreadable:
        logger.exception("The client secret of %s must be entered again", row.key)
        return ""


def _row(key):
    return next(r for r in IdentityProvider.objects.in_use() if r.key == key)


def belongs(user, provider):
    """Whether the person of this login is one of the provider's partner."""
    person = getattr(user, "person", None)
    return bool(person) and person.partner_id == provider.partner_id


def refuse(request, sentence):
    page = render(
        request, "socialaccount/refused.html", {"sentence": sentence}, status=403
    )
    raise ImmediateHttpResponse(page)
