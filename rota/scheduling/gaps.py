"""Where duties fall short of what is needed: by the union, never by adding hours."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

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
    by_role = defaultdict(lambda: ([], []))
    for need in wanted:
        by_role[need.role][0].append(need)
    for period in periods:
        by_role[period.role][1].append(period)
    found = [
        gap
        for role, (asked, given) in by_role.items()
        for gap in _of_role(role, asked, given, holdings, from_at, until_at)
    ]
    return sorted(joined(found), key=lambda gap: (gap.starts_at, gap.role, gap.kind))


def _of_role(role, asked, given, holdings, from_at, until_at):
    for starts_at, ends_at, open_needs, present in _moments(asked, given):
        starts_at, ends_at = max(starts_at, from_at), min(ends_at, until_at)
        if open_needs and starts_at < ends_at:
            for gap in _lacking(open_needs, present, holdings):
                yield replace(gap, role=role, starts_at=starts_at, ends_at=ends_at)


def _moments(asked, given):
    """Stretches within which nothing begins or ends, with what is open in each."""
    edges = defaultdict(lambda: ([], []))
    for thing in (*asked, *given):
        edges[thing.starts_at][0].append(thing)
        edges[thing.ends_at][1].append(thing)
    current, before = [], None
    for moment in sorted(edges):
        if before is not None:
            open_needs = [thing for thing in current if isinstance(thing, Need)]
            present = [thing for thing in current if isinstance(thing, Period)]
            yield before, moment, open_needs, present
        begun, over = edges[moment]
        current = [thing for thing in current if not _is_among(thing, over)] + begun
        before = moment


def _is_among(thing, others):
    return any(thing is other for other in others)


def _lacking(open_needs, present, holdings):
    named = [period for period in present if period.staff is not None]
    people = {period.staff for period in named}
    wanted = max(need.people for need in open_needs)
    owed = frozenset(period.partner for period in present if period.staff is None)
    any_time = open_needs[0].starts_at
    said = {"role": "", "starts_at": any_time, "ends_at": any_time}
    said |= {"wanted": wanted, "present": len(people)}
    if len(people) < wanted:
        kind = GapKind.PEOPLE if people else GapKind.NOBODY
        yield Gap(kind=kind, owed_by=owed, **said)
    if not people:
        return
    for skill in sorted(_skills(open_needs), key=lambda s: (s.skill, s.level)):
        if not any(_holds(person, skill, holdings) for person in people):
            yield Gap(kind=GapKind.SKILL, skill=skill, **said)
    partners = {period.partner for period in named}
    if len(people) > len(partners) and any(n.different_partners for n in open_needs):
        yield Gap(kind=GapKind.PARTNERS, **said)


def _skills(open_needs):
    return {skill for need in open_needs for skill in need.skills}


def _holds(person, wanted, holdings):
    return holdings.get(person, {}).get(wanted.skill, 0) >= wanted.level


def joined(found: Iterable[Gap]) -> list[Gap]:
    """The gaps, where one that goes on as it was is told as one."""
    whole: dict[tuple, Gap] = {}
    done = []
    for gap in sorted(found, key=lambda g: g.starts_at):
        kind = (gap.role, gap.kind, gap.wanted, gap.present, gap.skill, gap.owed_by)
        last = whole.get(kind)
        if last and last.ends_at == gap.starts_at:
            whole[kind] = replace(last, ends_at=gap.ends_at)
            continue
        done += [last] if last else []
        whole[kind] = gap
    return done + [*whole.values()]
