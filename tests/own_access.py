"""Who meets what at the addresses of one's own record."""

from tests.access import HIDDEN, LED_AWAY, NOT_READ, REFUSED, SHOWN, SIGN_IN

OUTSIDE = {"nobody": SIGN_IN, "leaver": SIGN_IN, "stranger": REFUSED}
PEOPLE, NO_PERSON = ("staff", "ours", "theirs"), ("reader", "chief")


def _met(people, no_person):
    """The same for the things of both partners: nobody's own is among them."""
    met = dict.fromkeys(PEOPLE, people) | dict.fromkeys(NO_PERSON, no_person)
    return (OUTSIDE | met,) * 2


# Who has no record is told so on the first page, and led to it from the others.
FORM, ROW_OF_ANOTHER = _met(SHOWN, LED_AWAY), _met(HIDDEN, LED_AWAY)
PAGES = {
    "": _met(SHOWN, SHOWN),
    "confirm/": _met(NOT_READ, NOT_READ),
    "contact/": FORM,
    "working-days/": FORM,
    "skills/add/": FORM,
    "skills/add/<int:pk>/": FORM,
    "skills/<int:pk>/": ROW_OF_ANOTHER,
    "skills/<int:pk>/remove/": ROW_OF_ANOTHER,
    "wishes/add/": FORM,
    "wishes/<int:pk>/remove/": ROW_OF_ANOTHER,
    "certificates/add/": FORM,
    "certificates/<int:pk>/": ROW_OF_ANOTHER,
    "certificates/<int:pk>/remove/": ROW_OF_ANOTHER,
    "absences/add/": FORM,
    "absences/<int:pk>/": ROW_OF_ANOTHER,
    "absences/<int:pk>/remove/": ROW_OF_ANOTHER,
}
# What one posts there changes one's own record: tests/skills/test_own* forges ids.
MINE = {f"skills/my-record/{page}": met for page, met in PAGES.items()}
