"""What every template can use."""

from django.conf import settings

from lincs_ict.navigation import navigation_items
from partners.models import IdentityProvider


def site(request):
    """The context of every page: the login's standing, navigation and contact."""
    user = getattr(request, "user", None)
    standing = user.standing if user and user.is_authenticated else None
    return {
        "is_demonstration": settings.DEMO,
        "standing": standing,
        "navigation_items": _navigation_items(request, standing),
        "contact_email": settings.DEFAULT_FROM_EMAIL,
        # A callable: only the sign-in page needs the query.
        "has_single_sign_on": IdentityProvider.objects.in_use().exists,
    }


def _navigation_items(request, standing):
    if standing is None or standing.is_stranger:
        return []
    match = request.resolver_match
    return navigation_items(standing, match.view_name if match else "")
