"""What the people of the demonstration can do, would like to learn, and can prove."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from lincs_ict.demonstration.cast import PRACTITIONER
from lincs_ict.demonstration.certificates import CERTIFICATES
from lincs_ict.demonstration.clusters import cluster
from lincs_ict.demonstration.people import Person
from skills.models import Certification, LearningWish, Skill, SkillHeld

CORE = 5
# How much sooner somebody knows a skill of the first, second and third cluster.
NEARNESS = (10, 4, 2)
YEARS_BY_LEVEL = {1: (0, 2), 2: (1, 5), 3: (3, 10), 4: (5, 16)}


def make_knowledge(chance: Random, people: list[Person], today: date) -> None:
    """Skills held, wishes to learn and certificates of everybody, stored."""
    ids = dict(Skill.objects.current().values_list("name", "pk"))
    held = {id(person): list(_held(chance, person, ids, today)) for person in people}
    SkillHeld.objects.bulk_create(row for rows in held.values() for row in rows)
    LearningWish.objects.bulk_create(
        wish
        for person in people
        for wish in _wishes(chance, person, held[id(person)], ids, today)
    )
    Certification.objects.bulk_create(
        certificate
        for person in people
        for certificate in _certificates(chance, person, held[id(person)], ids, today)
    )


def _held(chance, person, ids, today) -> Iterator[SkillHeld]:
    if not person.part.has_skills:
        return
    known = dict(person.part.knows)
    for name in _drawn_skills(chance, person, known):
        known[name] = _level(chance, person, name)
    for name, level in known.items():
        yield _skill_held(chance, person, ids[name], level, today)


def _drawn_skills(chance, person, known) -> list[str]:
    """The skills somebody in this post has, by lot; the nearest the likeliest."""
    chances: dict[str, float] = {}
    for nearness, name in zip(NEARNESS, person.post.clusters, strict=False):
        for place, skill in enumerate(cluster(name, person.slug)):
            weight = nearness * (3 if place < CORE else 1)
            chances.setdefault(skill, weight)
    # A weighted draw without putting back: the smaller the waiting time, the sooner.
    waits = {skill: chance.expovariate(weight) for skill, weight in chances.items()}
    wanted = chance.randint(*person.post.grade.skills) - len(known)
    drawn = [skill for skill in sorted(waits, key=waits.get) if skill not in known]
    return drawn[: max(wanted, 0)]


def _level(chance, person, name) -> int:
    """A level by lot, one lower outside the core of the post."""
    level = chance.choices((1, 2, 3, 4), person.post.grade.levels)[0]
    core = cluster(person.post.clusters[0], person.slug)[:CORE]
    is_lower = name not in core and level > 1 and chance.random() < 0.35
    return level - is_lower


def _skill_held(chance, person, skill_id, level, today) -> SkillHeld:
    low, high = YEARS_BY_LEVEL[level]
    since = today - timedelta(days=chance.randint(low * 365 + 30, high * 365 + 30))
    unused = chance.randrange(60) if chance.random() < 0.8 else chance.randrange(1400)
    confirmed_at = person.staff.confirmed_at
    # Added after the last review, so that nobody has looked at it yet.
    if chance.random() < 0.12 or (confirmed_at and confirmed_at.date() < since):
        confirmed_at = None
    return SkillHeld(
        staff=person.staff,
        skill_id=skill_id,
        level=level,
        can_teach=level >= PRACTITIONER and chance.random() < 0.35,
        since_on=since,
        last_used_on=max(since, today - timedelta(days=unused)),
        confirmed_at=confirmed_at,
        confirmed_by=person.staff.confirmed_by if confirmed_at else None,
    )


def _wishes(chance, person, held, ids, today) -> Iterator[LearningWish]:
    """What the post would want and the person does not have."""
    names = list(person.part.wishes)
    known = {row.skill_id for row in held}
    if person.is_in_post and not names and chance.random() < 0.45:
        near = cluster(chance.choice(person.post.clusters), person.slug)
        names = chance.sample(near, chance.randint(1, 2))
    for name in names:
        if ids[name] not in known:
            wished = today - timedelta(days=chance.randrange(300))
            yield LearningWish(staff=person.staff, skill_id=ids[name], wished_on=wished)


def _certificates(chance, person, held, ids, today) -> Iterator[Certification]:
    """Certificates of what somebody does well; some run out soon, some have."""
    good = {row.skill_id for row in held if row.level >= PRACTITIONER}
    for name, body, skill, years in CERTIFICATES:
        if ids[skill] not in good or chance.random() > 0.22:
            continue
        awarded = today - timedelta(days=chance.randrange(40, (years or 5) * 365 + 120))
        yield Certification(
            staff=person.staff,
            name=name,
            awarded_by=body,
            skill_id=ids[skill],
            awarded_on=awarded,
            expires_on=awarded + timedelta(days=years * 365) if years else None,
        )
