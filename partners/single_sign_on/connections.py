"""Which accounts elsewhere open a login here."""

from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.db import transaction

from partners.accounts import sessions
from partners.models import IdentityProvider, User

LAST_WAY = (
    "This is your only way to sign in: choose a password first, by “Forgot your "
    "password?” on the sign-in page"
)


def rows(user):
    return SocialAccount.objects.filter(user=user).order_by("pk")


def of(user):
    """Each connection with the provider it belongs to, if that is still in use."""
    providers = IdentityProvider.objects.in_use().select_related("partner")
    by_key = {provider.key: provider for provider in providers}
    return [(row, by_key.get(row.provider)) for row in rows(user)]


@transaction.atomic
def end(connection, *, by):
    """Two requests at once may not take the last two ways away."""
    user = User.objects.select_for_update().get(pk=by.pk)
    others = [p for row, p in of(user) if p and row.pk != connection.pk]
    if not others and not user.has_usable_password():
        raise ValidationError(LAST_WAY)
    rows(user).filter(pk=connection.pk).delete()


@transaction.atomic
def begin(user, account):
    """This account opens this login from now on, instead of one of the same place."""
    rows(user).filter(provider=account.provider).delete()
    account.user = user
    account.save()


@transaction.atomic
def sign_out(provider):
    """Whoever may have come in by this provider comes in anew."""
    connected = SocialAccount.objects.filter(provider=provider.key)
    for user in User.objects.filter(pk__in=connected.values("user")):
        sessions.end_all(user=user)


@transaction.atomic
def end_of(provider):
    """Nobody comes in by this provider any more, until they are invited again."""
    sign_out(provider)
    return SocialAccount.objects.filter(provider=provider.key).delete()[0]
