"""The walk over all addresses leaves none out."""

from django.urls import URLResolver, include, path
from django.urls.resolvers import RegexPattern

from tests.access import routes


def view(request):
    """Stands at an address."""


def test_the_walk_finds_addresses_however_they_are_included():
    inner = [path("inner/", view), path("<int:pk>/", view)]
    patterns = [path("new/", view), path("more/", include(inner))]
    found = routes(URLResolver(RegexPattern(r"^/"), patterns))
    assert list(found) == ["new/", "more/inner/", "more/<int:pk>/"]
