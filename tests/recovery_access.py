"""Who meets what where recovery plans are written and read."""

from tests.access import HIDDEN, NOT_READ, REFUSED, SHOWN, SIGN_IN

OUTSIDE = {"nobody": SIGN_IN, "leaver": SIGN_IN, "stranger": REFUSED}
INSIDE = ("staff", "reader", "ours", "theirs", "chief")


def _met(shown, otherwise=REFUSED):
    """The same for the things of both partners: all belong to the partnership."""
    inside = dict.fromkeys(INSIDE, otherwise) | dict.fromkeys(shown, SHOWN)
    return (OUTSIDE | inside,) * 2


CHIEF_ONLY, ALL_BUT_READERS = _met(["chief"]), _met({*INSIDE} - {"reader"})
# What stands in a draft is not told to be there.
OF_A_DRAFT = _met(["chief"], HIDDEN)
POSTED = _met((), NOT_READ)
RECOVERY = {
    "recovery/generic/": ALL_BUT_READERS,
    "recovery/generic/start/": POSTED,
    "recovery/generic/<int:pk>/": ALL_BUT_READERS,
    "recovery/generic/<int:pk>/plan.json": ALL_BUT_READERS,
    "recovery/generic/<int:pk>/history/": CHIEF_ONLY,
    "recovery/generic/<int:pk>/publish/": CHIEF_ONLY,
    "recovery/generic/<int:pk>/discard/": POSTED,
    "recovery/generic/<int:pk>/split-or-merged/": CHIEF_ONLY,
    "recovery/generic/<int:pk>/add/<slug:kind>/": CHIEF_ONLY,
    "recovery/generic/objects/<int:pk>/": OF_A_DRAFT,
    "recovery/generic/objects/<int:pk>/move/": POSTED,
    "recovery/generic/objects/<int:pk>/remove/": POSTED,
}
