"""Which skill a name means: the one rule for names that come too near each other."""

from dataclasses import dataclass

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q

from partners.models import User
from skills.catalogue.loaded import catalogue
from skills.matching.catalogue import Grade
from skills.matching.spelling import allowance, distance
from skills.matching.text import normalise_key, visible
from skills.models import Alias, Skill

# A word much misspelt scores above, a word in common below.
_WORTH_OFFERING = 0.3
_NEAREST = 5


def tidy(name: str) -> str:
    """A name on one line, without what nobody sees."""
    return " ".join(visible(name).split())


def collisions(text: str, skill_id: int | None) -> list[Skill]:
    """Other current skills that `text` names too, or nearly: one letter away.

    Names of three letters and fewer are compared as they are: one letter away from
    “C” is half of the alphabet.
    """
    key = normalise_key(text)
    if not key:
        return []
    others = Skill.objects.current().exclude(pk=skill_id)
    named = others.filter(Q(key=key) | Q(aliases__key=key))
    same = set(named.values_list("pk", flat=True))
    return [row for row in others if row.pk in same or _is_one_slip(key, row.key)]


def _is_one_slip(key, other):
    # Each slip costs more than half a mistake, so two of them cost more than one.
    if allowance(min(len(key), len(other))) < 1 or abs(len(key) - len(other)) > 1:
        return False
    return distance(key, other, 1) <= 1


def is_called(skill: Skill, text: str) -> bool:
    """Whether the text is the skill's name or another name of it already."""
    key = normalise_key(text)
    return key == skill.key or skill.aliases.filter(key=key).exists()


def collision_sentence(skills: list[Skill]) -> str:
    """What to say of the skills a name collides with."""
    names = ", ".join(f"“{skill.name}”" for skill in skills[:_NEAREST])
    more = f" and {len(skills) - _NEAREST} more" if len(skills) > _NEAREST else ""
    return (
        f"This name means or looks like {names}{more} too. If that is right, tick "
        "“Yes, it means both”"
    )


@dataclass(frozen=True, slots=True)
class Near:
    """A skill some words may mean, with its other names, and how it was found."""

    skill: Skill
    aliases: list[str]
    is_named: bool
    is_misspelt: bool
    is_guess: bool = False

    @property
    def label(self):
        also = f" – also {', '.join(self.aliases[:6])}" if self.aliases else ""
        return f"{self.skill.name}{also}"

    @property
    def kind(self):
        return Alias.Kind.MISSPELLING if self.is_misspelt else Alias.Kind.OTHER


def near_names(words: str, limit: int = _NEAREST) -> list[Near]:
    """The skills these words may mean, best first, as the search reads them."""
    return nearest([words], limit)[words]


def nearest(many: list[str], limit: int = 1) -> dict[str, list[Near]]:
    """For each of many words the skills they may mean: two queries for all."""
    known = catalogue()
    found = {words: known.find(words, limit=limit) for words in many}
    ids = {match.skill_id for matches in found.values() for match in matches}
    skills = Skill.objects.prefetch_related("aliases").in_bulk(ids)
    return {
        words: [
            _near(words, match, skills[match.skill_id])
            for match in matches
            if match.skill_id in skills
        ]
        for words, matches in found.items()
    }


def _near(words, match, skill):
    key, aliases = normalise_key(words), list(skill.aliases.all())
    return Near(
        skill=skill,
        aliases=[alias.text for alias in aliases],
        is_named=key in {skill.key, *(alias.key for alias in aliases)},
        is_misspelt=match.grade is Grade.CLOSE,
        is_guess=match.grade is Grade.LOOSE and match.score < _WORTH_OFFERING,
    )


def skill_named(text: str) -> Skill:
    """The one current skill of this name or other name.

    Raises ValidationError with a sentence that says which names are near.
    """
    key = normalise_key(text)
    current = Skill.objects.current()
    found = list(current.filter(key=key)[:1])
    found = found or list(current.filter(aliases__key=key).distinct()[:6])
    if len(found) == 1:
        return found[0]
    if found:
        names = " or ".join(f"“{skill.name}”" for skill in found)
        raise ValidationError(f"“{text}” means several skills: write {names}")
    near = " or ".join(f"“{near.skill.name}”" for near in near_names(text, 3))
    hint = f"did you mean {near}?" if near else "look it up in the list of skills"
    raise ValidationError(f"No skill is called “{text}”: {hint}")


def refuse_others(by: User) -> None:
    """Only the partnership coordinator can change the catalogue."""
    if not by.standing.is_partnership_coordinator:
        raise PermissionDenied(
            "Only the partnership coordinator can change the catalogue"
        )


@transaction.atomic
def add_skill(*, by: User, name: str, source: str = "", **fields) -> Skill:
    """A new skill of the catalogue.

    Raises PermissionDenied, and ValidationError where the name is taken already.
    """
    refuse_others(by)
    with pghistory.context(user=by.pk):
        skill = Skill(name=tidy(name), source=source, **fields)
        skill.key = normalise_key(skill.name)
        skill.full_clean()
        skill.save()
    return skill


@transaction.atomic
def add_alias(*, by: User, skill: Skill, text: str, **fields) -> Alias:
    """Another name for a skill.

    Raises PermissionDenied, and ValidationError where the skill is so called already.
    Whether it may collide is asked before, by the form: see `collisions`.
    """
    refuse_others(by)
    with pghistory.context(user=by.pk):
        alias = Alias(skill=skill, text=tidy(text), **fields)
        alias.key = normalise_key(alias.text)
        alias.full_clean()
        alias.save()
    return alias


@transaction.atomic
def remove_alias(*, by: User, skill: Skill, alias_id: int) -> Alias | None:
    """Take another name away; None where somebody did so already."""
    refuse_others(by)
    alias = skill.aliases.filter(pk=alias_id).first()
    if alias:
        with pghistory.context(user=by.pk):
            skill.aliases.filter(pk=alias_id).delete()
    return alias
