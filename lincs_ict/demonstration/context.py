"""What the demonstration adds to pages."""

from django.conf import settings

from lincs_ict.demonstration.logins import LOGINS


def logins(request):
    """The logins that the sign-in page lists."""
    return {"demonstration_logins": LOGINS if settings.DEMO else ()}
