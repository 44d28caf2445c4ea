"""Sessions of a login, and how they end."""

from django.contrib.sessions.models import Session

from partners.models import User


def of(user: User) -> list[str]:
    """The keys of the sessions in which this login is signed in."""
    # Whose a session is stands only within it.
    return [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]


def end(user: User) -> None:
    """Sign the login out wherever it is signed in."""
    Session.objects.filter(pk__in=of(user)).delete()
