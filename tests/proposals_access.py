"""Who meets what where skills are proposed and named, and people are missed."""

from tests.access import NOT_READ, REFUSED, SHOWN, SIGN_IN

OUTSIDE = {"nobody": SIGN_IN, "leaver": SIGN_IN, "stranger": REFUSED}
INSIDE = ("staff", "reader", "ours", "theirs", "chief")


def _met(shown):
    """The same for the things of both partners: all belong to the partnership."""
    inside = dict.fromkeys(INSIDE, REFUSED) | dict.fromkeys(shown, SHOWN)
    return (OUTSIDE | inside,) * 2


CHIEF_ONLY, ALL_BUT_READERS = _met(["chief"]), _met({*INSIDE} - {"reader"})
POSTED = (OUTSIDE | dict.fromkeys(INSIDE, NOT_READ),) * 2
PROPOSALS = {
    "skills/catalogue/propose/": ALL_BUT_READERS,
    "skills/catalogue/<int:pk>/aliases/": CHIEF_ONLY,
    "skills/catalogue/<int:pk>/merge/": CHIEF_ONLY,
    "skills/catalogue/<int:pk>/retire/": CHIEF_ONLY,
    "skills/merges/": CHIEF_ONLY,
    "skills/merges/export.csv": CHIEF_ONLY,
    "skills/merges/<int:pk>/": CHIEF_ONLY,
    "skills/merges/<int:pk>/undo/": POSTED,
    "skills/catalogue/<int:pk>/relations/": CHIEF_ONLY,
    "skills/catalogue/export.csv": _met(INSIDE),
    "skills/proposals/": CHIEF_ONLY,
    "skills/proposals/export.csv": CHIEF_ONLY,
    "skills/proposals/<int:pk>/": CHIEF_ONLY,
    "skills/unanswered-searches/<int:pk>/": CHIEF_ONLY,
    "skills/unanswered-searches/handled/": CHIEF_ONLY,
    "skills/unanswered-searches/handled/export.csv": CHIEF_ONLY,
    "skills/why/": ALL_BUT_READERS,
}
