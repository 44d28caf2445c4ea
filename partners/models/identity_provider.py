"""Where a partner's people sign in with their organisation's own account."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from partners import encryption

from .partner import Partner
from .versioned import Versioned, recorded

UNSAFE = "Enter an address that begins with https://"
# Without a query, a fragment, a name or a password in it.
_ADDRESS = r"^https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~/-]*)?$"
_SAFE = r"^(https://|http://(127\.0\.0\.1|localhost)[:/])"


def is_safe(address):
    """Whether what is sent there can be read by nobody on the way."""
    parts = urlsplit(address)
    if settings.PRIVATE and parts.hostname in {"127.0.0.1", "localhost"}:
        return parts.scheme in {"http", "https"}
    return parts.scheme == "https" and bool(parts.hostname)


class IdentityProviderQuerySet(models.QuerySet):
    def in_use(self):
        """Those that sign people in today."""
        return self.filter(is_active=True, partner__in=Partner.objects.current())

    def editable_by(self, user):
        return self if user.standing.is_partnership_coordinator else self.none()


@recorded(exclude=["sealed_secret"])
class IdentityProvider(Versioned):
    """The service in which a partner keeps its people's accounts."""

    partner = models.OneToOneField(
        Partner,
        models.CASCADE,
        related_name="identity_provider",
        error_messages={"unique": "This partner has its provider already"},
    )
    name = models.CharField(
        "name as shown",
        max_length=40,
        help_text="For example “City of Lincoln account”",
    )
    issuer = models.CharField(
        "address of the provider",
        max_length=200,
        blank=True,
        help_text=(
            "For Microsoft Entra ID: https://login.microsoftonline.com/, the tenant "
            "ID, then /v2.0"
        ),
    )
    client_id = models.CharField("client ID", max_length=120, blank=True)
    sealed_secret = models.TextField(editable=False, blank=True)
    is_active = models.BooleanField("people may sign in with it", default=False)

    objects = IdentityProviderQuerySet.as_manager()

    class Meta(Versioned.Meta):
        ordering = ["partner"]
        constraints = [
            models.CheckConstraint(
                condition=Q(issuer="")
                | Q(issuer__regex=_ADDRESS) & Q(issuer__regex=_SAFE),
                name="%(app_label)s_%(class)s_address_is_safe",
                violation_error_message=UNSAFE,
            ),
            models.CheckConstraint(
                condition=Q(is_active=False)
                | ~Q(issuer="") & ~Q(client_id="") & ~Q(sealed_secret=""),
                name="%(app_label)s_%(class)s_is_whole_when_in_use",
                violation_error_message=(
                    "Enter the address, the client ID and the client secret before "
                    "people may sign in with it"
                ),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def key(self):
        """What it is called in addresses and in people's connections."""
        return f"partner-{self.partner_id}"

    @property
    def origin(self):
        """The one place where everything about it is, for the browser to allow."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def secret(self):
        return encryption.unseal(self.sealed_secret) if self.sealed_secret else ""

    @secret.setter
    def secret(self, secret):
        self.sealed_secret = encryption.seal(secret) if secret else ""

    def clean(self):
        super().clean()
        if self.issuer and not is_safe(self.issuer):
            raise ValidationError({"issuer": UNSAFE})
