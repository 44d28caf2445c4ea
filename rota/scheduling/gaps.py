"""Where duties fall short of what is needed: by the union, never by adding hours."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from rota.scheduling.demand import Need, SkillNeeded
from rota.scheduling.schedule import Period


class GapKind(StrEnum):
    """What is missing: nobody at all, too few, a skill, or a second partner."""

    NOBODY = "nobody"
    PEOPLE = "people"
    SKILL = "skill"
    PARTNERS = "partners"


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch in which a role is not covered as it should be."""

    role: str
    starts_at: datetime
    ends_at: datetime
    kind: GapKind
    wanted: int = 1
    present: int = 0
    skill: SkillNeeded | None = None
    # Partners whose turn it is and that have named nobody.
    owed_by: frozenset[int] = frozenset()


# What each person holds: the level by skill.
Holdings = Mapping[int, Mapping[int, int]]


def gaps(
    wanted: Iterable[Need],
    periods: Iterable[Period],
    holdings: Holdings,
    from_at: datetime,
    until_at: datetime,
) -> list[Gap]:
    """Every stretch of the window in which somebody or something is missing.

    Of needs that overlap the greatest number of people counts, and every skill.
    """
    needs, given = defaultdict(list), defaultdict(list)
    for need in wanted:
        needs[need.role].append(need)
    for period in periods:
        given[period.role].append(period)
    found = [
        gap
        for role in needs
        for gap in _of_role(needs[role], given[role], holdings, from_at, until_at)
    ]
    return sorted(joined(found), key=lambda gap: (gap.starts_at, gap.role, gap.kind))


def _of_role(
    asked: Sequence[Need],
    given: Sequence[Period],
    holdings: Holdings,
    from_at: datetime,
    until_at: datetime,
) -> Iterator[Gap]:
    for starts_at, ends_at, open_needs, present in _moments(asked, given):
        starts_at, ends_at = max(starts_at, from_at), min(ends_at, until_at)
        if open_needs and starts_at < ends_at:
            for gap in _lacking(open_needs, present, holdings):
                yield replace(gap, starts_at=starts_at, ends_at=ends_at)


def _moments(
    asked: Sequence[Need], given: Sequence[Period]
) -> Iterator[tuple[datetime, datetime, list[Need], list[Period]]]:
    """Stretches within which nothing begins or ends, with what is open in each."""
    waiting: list[Need | Period] = [*asked, *given]
    edges = {at for each in waiting for at in (each.starts_at, each.ends_at)}
    waiting.sort(key=lambda each: each.starts_at, reverse=True)
    current: list[Need | Period] = []
    for before, moment in pairwise(sorted(edges)):
        current = [each for each in current if each.ends_at > before]
        while waiting and waiting[-1].starts_at <= before:
            current.append(waiting.pop())
        open_needs = [each for each in current if isinstance(each, Need)]
        present = [each for each in current if isinstance(each, Period)]
        yield before, moment, open_needs, present


def _lacking(
    open_needs: Sequence[Need], present: Sequence[Period], holdings: Holdings
) -> Iterator[Gap]:
    named = [period for period in present if period.staff is not None]
    people = {period.staff for period in present if period.staff is not None}
    wanted = max(need.people for need in open_needs)
    owed = frozenset(period.partner for period in present if period.staff is None)
    first = open_needs[0]
    gap = Gap(
        first.role,
        first.starts_at,
        first.ends_at,
        GapKind.NOBODY,
        wanted=wanted,
        present=len(people),
    )
    if len(people) < wanted:
        kind = GapKind.PEOPLE if people else GapKind.NOBODY
        yield replace(gap, kind=kind, owed_by=owed)
    if not people:
        return
    skills = {skill for need in open_needs for skill in need.skills}
    for skill in sorted(skills, key=lambda s: (s.skill, s.level)):
        levels = [holdings.get(person, {}).get(skill.skill, 0) for person in people]
        if max(levels) < skill.level:
            yield replace(gap, kind=GapKind.SKILL, skill=skill)
    partners = {period.partner for period in named}
    if len(people) > len(partners) and any(n.different_partners for n in open_needs):
        yield replace(gap, kind=GapKind.PARTNERS)


def joined(found: Iterable[Gap]) -> list[Gap]:
    """The gaps, where one that goes on as it was is told as one."""
    whole: dict[tuple[object, ...], Gap] = {}
    done: list[Gap] = []
    for gap in sorted(found, key=lambda g: g.starts_at):
        kind = (gap.role, gap.kind, gap.wanted, gap.present, gap.skill, gap.owed_by)
        last = whole.get(kind)
        if last and last.ends_at == gap.starts_at:
            whole[kind] = replace(last, ends_at=gap.ends_at)
            continue
        done += [last] if last else []
        whole[kind] = gap
    return done + [*whole.values()]
