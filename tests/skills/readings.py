"""Readings as the matching would make them, without asking it."""

from skills.matching.catalogue import Grade, Match, Reading, Term


def match(skill, score=1.0, grade=Grade.EXACT):
    return Match(skill.pk, grade, score, skill.name, "name", skill.name.lower())


def term(*skills, grade=Grade.EXACT):
    """One wish, for any of these skills."""
    matches = tuple(match(skill, grade=grade) for skill in skills)
    return Term(skills[0].name.lower(), matches)


def reading(*terms, words=(), partners=(), query="typed"):
    return Reading(query, tuple(terms), tuple(partners), tuple(words))


NOTHING_ASKED = Reading("")
