"""What is made of searches nobody could answer."""

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from partners.models import User
from skills.catalogue.names import add_alias, add_skill, refuse_others
from skills.models import HandledSearch, Skill, UnansweredSearch

Outcome = HandledSearch.Outcome
SOURCE = "asked for in searches"
_COUNTED = ("words", "key", "times_asked", "first_asked_on", "last_asked_on")


@transaction.atomic
def name_after_search(
    *, by: User, search: UnansweredSearch, skill: Skill, kind: str
) -> HandledSearch:
    """The words become another name of a skill.

    Raises PermissionDenied, and ValidationError with a sentence where somebody
    handled the search meanwhile or the skill is so called already.
    """
    refuse_others(by)
    handled = _handle(by, search, Outcome.ALIAS, skill)
    add_alias(by=by, skill=skill, text=handled.words, kind=kind, source=SOURCE)
    return handled


@transaction.atomic
def add_searched_skill(*, by: User, search: UnansweredSearch, **fields) -> Skill:
    """The words become a skill, under the name given; raises as above."""
    refuse_others(by)
    skill = add_skill(by=by, source=SOURCE, **fields)
    _handle(by, search, Outcome.SKILL, skill)
    return skill


@transaction.atomic
def dismiss(*, by: User, search: UnansweredSearch) -> HandledSearch:
    """Nothing comes of the words; asked again, they are counted anew."""
    refuse_others(by)
    return _handle(by, search, Outcome.DISMISSED)


@transaction.atomic
def undo_dismissal(*, by: User, handled_id: int) -> UnansweredSearch:
    """Back among the gaps, with what was counted before and since.

    Raises ValidationError with a sentence where it is undone or was no dismissal.
    """
    refuse_others(by)
    kept = HandledSearch.objects.select_for_update().filter(
        pk=handled_id, outcome=Outcome.DISMISSED
    )
    if not (handled := kept.first()):
        raise ValidationError("This has already been undone")
    counted = {name: getattr(handled, name) for name in _COUNTED}
    search, is_new = UnansweredSearch.objects.get_or_create(
        key=counted.pop("key"), defaults=counted
    )
    changes = {"first_asked_on": handled.first_asked_on}
    if not is_new:
        changes["times_asked"] = F("times_asked") + handled.times_asked
    UnansweredSearch.objects.filter(pk=search.pk).update(**changes)
    handled.delete()
    return search


def _handle(by, search, outcome, skill=None):
    found = UnansweredSearch.objects.select_for_update().filter(pk=search.pk).first()
    if found is None:
        raise ValidationError(
            f"Somebody else has dealt with “{search.words}”: see “Handled”"
        )
    counted = {name: getattr(found, name) for name in _COUNTED}
    with pghistory.context(user=by.pk):
        found.delete()
        return HandledSearch.objects.create(
            **counted, outcome=outcome, skill=skill, handled_by=by
        )
