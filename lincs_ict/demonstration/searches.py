"""Searches nobody could answer, as months of use would leave them."""

from datetime import date, timedelta

from skills.matching.catalogue import normalise_key
from skills.models import UnansweredSearch

# Words, how often asked, days ago of the last time, and of the first.
UNANSWERED = (
    ("kubernetes", 9, 2, 140),
    ("pega platform", 7, 1, 61),
    ("mainframe jcl", 5, 12, 200),
    ("snowflake", 4, 6, 33),
    ("drone licence", 3, 4, 4),
    ("lorawan sensors", 3, 20, 95),
    ("body worn video", 2, 9, 15),
    ("cubernetties", 2, 5, 8),
    ("welsh language interface", 1, 47, 47),
)


def make_unanswered(today: date) -> None:
    """The gap list, with counts."""
    rows = UnansweredSearch.objects.bulk_create(
        UnansweredSearch(
            words=words,
            key=normalise_key(words),
            times_asked=times,
            last_asked_on=today - timedelta(days=last),
        )
        for words, times, last, _ in UNANSWERED
    )
    # The first day is filled in on storing, so it is put back afterwards.
    for row, (*_, first) in zip(rows, UNANSWERED, strict=True):
        row.first_asked_on = today - timedelta(days=first)
    UnansweredSearch.objects.bulk_update(rows, ["first_asked_on"])
