"""Who meets what where one reads what is held of one, and has it corrected."""

from tests.access import HIDDEN, REFUSED, SHOWN, SIGN_IN

OUTSIDE = {"nobody": SIGN_IN, "leaver": SIGN_IN, "stranger": REFUSED}
INSIDE = ("staff", "reader", "ours", "theirs", "chief")


def _met(*shown, otherwise=REFUSED):
    return OUTSIDE | dict.fromkeys(INSIDE, otherwise) | dict.fromkeys(shown, SHOWN)


# One's own, whosever things are asked for: a login without a person has some too.
OWN = (_met(*INSIDE),) * 2
KEEPERS = (_met("ours", "theirs", "chief"),) * 2
ABOUT_ME = {
    f"about-me/{page}": OWN
    for page in ("", "opened/", "taken/", "messages/", "copy.zip")
} | {
    "corrections/": KEEPERS,
    "corrections/export.csv": KEEPERS,
    "corrections/new/": (_met("staff", "ours", "theirs"),) * 2,
    "corrections/<int:pk>/": (
        _met("ours", "chief", otherwise=HIDDEN),
        _met("theirs", "chief", otherwise=HIDDEN),
    ),
}
