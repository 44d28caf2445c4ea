"""What to say besides the people found: how the words were read, and what is near."""

from dataclasses import dataclass, field
from urllib.parse import quote

from django.db.models import Count, Q

from partners.models import Appointment, StaffMember
from skills.catalogue.loaded import catalogue
from skills.catalogue.relations import Neighbour, neighbours
from skills.matching.catalogue import Grade
from skills.models import LearningWish, Level, Skill, SkillHeld
from skills.search.people import matched_skills

_SAMPLE = 500
_RELATED = 8


@dataclass(frozen=True, slots=True)
class Understood:
    """Some of the words typed, and the skills they were taken for."""

    text: str
    skills: list[Skill]
    is_choice: bool
    is_guess: bool


def understood(reading) -> list[Understood]:
    """How each wanted skill was read, with the skills themselves: one query."""
    wanted = matched_skills(reading)
    skills = Skill.objects.in_bulk({m.skill_id for term in wanted for m in term})
    return [
        Understood(
            term.text,
            [skills[m.skill_id] for m in matches if m.skill_id in skills],
            term.is_choice,
            matches[0].grade == Grade.CLOSE,
        )
        for term, matches in zip(reading.terms, wanted, strict=True)
    ]


def did_you_mean(reading) -> list[Skill]:
    """Skills whose names look a little like the words, best first."""
    ids = [match.skill_id for match in reading.suggestions[:5]]
    skills = Skill.objects.in_bulk(ids)
    return [skills[pk] for pk in ids if pk in skills]


def skills_called(words: str, limit: int = 10) -> list[tuple[Skill, str]]:
    """Current skills that words may mean, best first, and why where it is not plain."""
    matches = catalogue().find(words, limit)
    skills = Skill.objects.current().in_bulk([match.skill_id for match in matches])
    return [
        (skill, "" if match.kind == "name" else match.why(skill.name))
        for match in matches
        if (skill := skills.get(match.skill_id))
    ]


@dataclass(frozen=True, slots=True)
class Nearby:
    """What helps when nobody was found."""

    lower_level: str = ""
    lower_count: int = 0
    related: list[Neighbour] = field(default_factory=list)
    adjacent: list[Skill] = field(default_factory=list)
    learners: list[LearningWish] = field(default_factory=list)


def nearby(user, reading, wanted, counts) -> Nearby:
    """The nearest level, skills next to those asked for, and who wants to learn."""
    ids = [m.skill_id for term in matched_skills(reading) for m in term]
    if not ids:
        return Nearby()
    level, count = _nearest_level(wanted, counts.get("choices", {}))
    wishes = LearningWish.objects.filter(
        skill__in=ids, staff__in=StaffMember.objects.visible_to(user)
    )
    near = related(user, reading)
    return Nearby(
        lower_level=level,
        lower_count=count,
        related=near,
        adjacent=close_to(user, ids, near),
        learners=list(wishes.select_related("staff__partner", "skill")[:10]),
    )


def _nearest_level(wanted, counts):
    for level in sorted(Level, reverse=True):
        if level < (wanted.level or 0) and counts.get(level.value):
            return level.label, counts[level.value]
    return "", 0


def related(user, reading) -> list[Neighbour]:
    """Skills with a relation to those asked for, and somebody to ask: one query."""
    ids = {match.skill_id for term in matched_skills(reading) for match in term}
    near = neighbours(user, ids) if ids else []
    return [neighbour for neighbour in near if neighbour.holders][:_RELATED]


def close_to(user, skill_ids, near, limit=6) -> list[Skill]:
    """What is adjacent, without what is told as `near` already."""
    told = {neighbour.skill.pk for neighbour in near}
    found = adjacent(user, skill_ids, limit + len(told))
    return [skill for skill in found if skill.pk not in told][:limit]


def adjacent(user, skill_ids, limit=6):
    """Skills somebody holds: of the same category, then most often held together.

    Counted by skill and put together here: joining holders to holders in one
    statement grows with the square of a common skill.
    """
    visible = StaffMember.objects.visible_to(user).order_by()
    held = SkillHeld.objects.filter(staff__in=visible).exclude(skill__in=skill_ids)
    shared = _counted(held.filter(staff__in=_holders(skill_ids)))
    categories = set(_categories(skill_ids).values_list("category", flat=True))
    near = Q(pk__in=_most(shared)) | Q(category__in=categories)
    skills = Skill.objects.current().exclude(pk__in=skill_ids).filter(near)
    holders = _counted(held.filter(skill__in=skills.order_by().values("pk")))
    found = [skill for skill in skills if skill.pk in holders]
    for skill in found:
        skill.holders = holders[skill.pk]
    found.sort(
        key=lambda skill: (
            skill.category_id not in categories,
            -shared.get(skill.pk, 0),
            -skill.holders,
        )
    )
    return found[:limit]


def _counted(held):
    people = held.order_by().values_list("skill").annotate(people=Count("pk"))
    return dict(people)


def _most(counted, limit=50):
    return sorted(counted, key=counted.get, reverse=True)[:limit]


def _holders(skill_ids):
    held = SkillHeld.objects.filter(skill__in=skill_ids)
    return held.order_by("pk").values("staff")[:_SAMPLE]


def _categories(skill_ids):
    return Skill.objects.filter(pk__in=skill_ids).values("category")


def coordinators(partner_ids=None) -> dict[int, list[tuple[str, str]]]:
    """Name and e-mail of those who keep each partner's records: one query."""
    held = Appointment.objects.in_force().filter(
        role=Appointment.Role.COORDINATOR, user__is_active=True
    )
    if partner_ids is not None:
        held = held.filter(partner__in=partner_ids)
    found = {}
    for row in held.select_related("user__person__partner").order_by("user__email"):
        person = getattr(row.user, "person", None)
        if person is None or person.is_in_post():
            contact = (row.user.get_full_name(), row.user.email)
            found.setdefault(row.partner_id, []).append(contact)
    return found


def ask_all(query: str) -> str:
    """A mailto: to every coordinator, with the subject filled in."""
    contacts = [email for people in coordinators().values() for _, email in people]
    subject = quote(f"Can anybody help with {query[:100]}?")
    return f"mailto:{','.join(dict.fromkeys(contacts))}?subject={subject}"
