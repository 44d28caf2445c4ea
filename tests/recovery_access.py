"""Who meets what where recovery plans are written and read."""

from tests.access import HIDDEN, LED_AWAY, NOT_READ, REFUSED, SHOWN, SIGN_IN

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


def _of_partner(boston, lincoln, otherwise=REFUSED):
    """Boston's thing, then Lincoln's; the reader never has a say."""
    return tuple(
        OUTSIDE
        | dict.fromkeys(INSIDE, otherwise)
        | {"reader": REFUSED}
        | dict.fromkeys(shown, SHOWN)
        for shown in (boston, lincoln)
    )


OF_PARTNER = _of_partner({"staff", "ours", "chief"}, {"theirs", "chief"})
KEPT = _of_partner({"ours", "chief"}, {"theirs", "chief"})
# What is written is not told to be there, to those who do not write it.
WRITTEN = _of_partner({"ours", "chief"}, {"theirs", "chief"}, HIDDEN)


KEEPERS = ("ours", "theirs", "chief")


def _of_keepers():
    """The offer of one's own partner; those who keep nothing have no say."""
    kept = _of_partner({"ours", "chief"}, {"theirs", "chief"}, HIDDEN)
    return tuple(met | {"staff": REFUSED} for met in kept)


def _led_away(outcomes):
    """The same rows, where who would be shown the page is led to another."""
    return tuple(
        {role: LED_AWAY if met == SHOWN else met for role, met in thing.items()}
        for thing in outcomes
    )


PARTNER, EDITION = "recovery/partners/<slug:slug>/", "recovery/editions/<int:pk>/"
OBJECT, UPDATE = "recovery/objects/<int:pk>/", "recovery/updates/<int:pk>/"
PAGES = {
    "recovery/": ALL_BUT_READERS,
    "recovery/export.csv": ALL_BUT_READERS,
    PARTNER: OF_PARTNER,
    **dict.fromkeys((f"{PARTNER}{p}/" for p in ("adopt", "bring", "history")), KEPT),
    f"{PARTNER}history.csv": KEPT,
    f"{PARTNER}draft/": POSTED,
    EDITION: WRITTEN,
    **dict.fromkeys((f"{EDITION}{p}/" for p in ("to-do", "parameters")), WRITTEN),
    **dict.fromkeys((f"{EDITION}{p}/" for p in ("paste", "submit")), WRITTEN),
    f"{EDITION}add/<slug:kind>/": WRITTEN,
    **dict.fromkeys((f"{EDITION}packs/", f"{EDITION}times/"), WRITTEN),
    f"{EDITION}services.csv": WRITTEN,
    "recovery/packs/": ALL_BUT_READERS,
    **dict.fromkeys(("recovery/offers/", "recovery/offers/export.csv"), _met(KEEPERS)),
    "recovery/offers/<int:pk>/": _of_keepers(),
    "recovery/offers/<int:pk>/withdraw/": POSTED,
    f"{OBJECT}offer/": WRITTEN,
    # It has no contacts any more, and so leads back to the list.
    "recovery/packs/<int:pk>/pack.zip": _led_away(WRITTEN),
    # There is nothing to decide before it is sent for review.
    f"{EDITION}decide/": _led_away(WRITTEN),
    f"{EDITION}discard/": POSTED,
    f"{EDITION}fits/<slug:kind>/": POSTED,
    **dict.fromkeys((OBJECT, f"{OBJECT}leave-out/"), WRITTEN),
    **dict.fromkeys((UPDATE, f"{UPDATE}decisions.csv"), WRITTEN),
    f"{UPDATE}<slug:kind>/<slug:key>/": WRITTEN,
    **dict.fromkeys((f"{UPDATE}begin/", f"{UPDATE}untouched/"), POSTED),
    **dict.fromkeys((f"{OBJECT}{p}/" for p in ("fits", "bring-back")), POSTED),
    **dict.fromkeys((f"{OBJECT}{p}/" for p in ("take-generic", "move")), POSTED),
}
RECOVERY = PAGES | {
    "recovery/generic/": ALL_BUT_READERS,
    "recovery/generic/start/": POSTED,
    "recovery/generic/<int:pk>/": ALL_BUT_READERS,
    "recovery/generic/<int:pk>/plan.json": ALL_BUT_READERS,
    "recovery/generic/<int:pk>/times/": ALL_BUT_READERS,
    "recovery/generic/<int:pk>/history/": CHIEF_ONLY,
    "recovery/generic/<int:pk>/publish/": CHIEF_ONLY,
    "recovery/generic/<int:pk>/discard/": POSTED,
    "recovery/generic/<int:pk>/split-or-merged/": CHIEF_ONLY,
    "recovery/generic/<int:pk>/add/<slug:kind>/": CHIEF_ONLY,
    "recovery/generic/objects/<int:pk>/": OF_A_DRAFT,
    "recovery/generic/objects/<int:pk>/move/": POSTED,
    "recovery/generic/objects/<int:pk>/remove/": POSTED,
}
