"""Why somebody does or does not turn up for a search, in words.

Nothing here decides who turns up: the directory is asked again, about one person and
with one thing less, and what changes its answer is the reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace

from django.utils import timezone

from partners.models import Absence, BankHoliday, Partner, StaffMember
from skills.catalogue.loaded import catalogue
from skills.matching.catalogue import Catalogue, CatalogueAlias, CatalogueSkill, Reading
from skills.models import Alias, Level, Skill, SkillHeld
from skills.search.people import SearchFilters, find, matched_skills

_FILTERS = [f.name for f in fields(SearchFilters) if f.name != "sort"]


def explainable_to(user):
    """Whom this login may ask about: whose records they keep, and themselves."""
    own = StaffMember.objects.visible_to(user).filter(pk=user.standing.staff_id)
    return StaffMember.objects.editable_by(user) | own


@dataclass(frozen=True, slots=True)
class Explanation:
    """What became of one person in one search."""

    person: StaffMember
    position: int | None
    total: int
    holds: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    remedies: list[str] = field(default_factory=list)
    near: list[Skill] = field(default_factory=list)

    @property
    def turns_up(self) -> bool:
        return self.position is not None


def explain(question, person: StaffMember) -> Explanation:
    """Ask the directory itself, then walk its rules in order until one says no."""
    ids = [row.staff_id for row in question.ask().rows]
    position = ids.index(person.pk) + 1 if person.pk in ids else None
    asked = PersonCheck(question, person)
    found = Explanation(person, position, len(ids), asked.holds())
    if position is None:
        why = asked.first_reason()
        found = replace(found, reasons=why.reasons, remedies=why.remedies)
        found = replace(found, near=why.near)
    return found


@dataclass(frozen=True, slots=True)
class Reason:
    """What keeps somebody out, what to do about it, and skills that come near."""

    reasons: list[str]
    remedies: list[str] = field(default_factory=list)
    near: list[Skill] = field(default_factory=list)


class PersonCheck:
    """One question about one person."""

    def __init__(self, question, person):
        self.question, self.person = question, person
        self.reading, self.wanted = question.reading, question.wanted
        skills = [m.skill_id for term in matched_skills(self.reading) for m in term]
        held = SkillHeld.objects.filter(staff=person, skill__in=skills)
        self.held = list(held.select_related("skill").order_by("-level", "pk"))

    def holds(self) -> list[str]:
        """What the record says of the skills that were asked for."""
        return [_held(row) for row in self.held]

    def first_reason(self) -> Reason:
        if not StaffMember.objects.visible_to(self.question.user).filter(
            pk=self.person.pk
        ):
            return self._left()
        if self.wanted is None:
            said = self.question.filters.not_understood()
            return Reason(
                [f"A filter was not recognised, so nobody is found: {'; '.join(said)}"],
                ["Search again without that filter"],
            )
        if not self._finds(replace(self.reading, partners=()), SearchFilters()):
            return self._lacks()
        return self._filtered()

    def _finds(self, reading: Reading, wanted: SearchFilters) -> bool:
        """Whether the directory finds the person for this reading and filters."""
        visible = StaffMember.objects.visible_to(self.question.user)
        said = reading.terms or reading.words or reading.partners
        if self.question.query and not (said or self.reading.partners):
            return False
        return find(visible.filter(pk=self.person.pk), reading, wanted).total > 0

    def _left(self):
        left, gone = self.person.left_on, self.person.partner.left_on
        if left and left <= timezone.localdate():
            return Reason(
                [f"{self.person} left on {_day(left)}: leavers are never shown"],
                ["If that is wrong, correct the day in their record"],
            )
        return Reason(
            [f"{self.person.partner.short_name} left the partnership on {_day(gone)}"]
        )

    def _lacks(self):
        query = self.question.query
        reasons = [
            f"{self.person} does not have any of the skills that “{term.text}” "
            f"matches: {_or(self._names(term))}"
            for term in self.reading.terms
        ]
        reasons += [
            f"“{word}” is neither a skill nor in their name or post"
            for word in self.reading.words
        ]
        if not reasons:
            reasons = [f"“{query}” was not understood as a skill, a name or a post"]
        retired = [
            f"They hold {row.skill}, which was retired from the catalogue on "
            f"{_day(row.skill.retired_on)}: searches no longer find it"
            for row in self._retired()
        ]
        remedies = ["If they can do it, add the skill to their record"]
        near = self._near()
        if near:
            remedies.append(
                f"If “{query}” is another name of {_or([s.name for s in near])}, which "
                "they hold, ask the partnership coordinator to add it as one"
            )
        return Reason([*reasons, *retired], remedies, near)

    def _names(self, term):
        ids = [match.skill_id for match in term.wanted]
        names = Skill.objects.in_bulk(ids)
        return [names[pk].name for pk in ids if pk in names]

    def _retired(self):
        """Retired skills of the person that the words would have been read as."""
        held = SkillHeld.objects.filter(
            staff=self.person, skill__retired_on__isnull=False
        )
        held = {row.skill_id: row for row in held.select_related("skill__category")}
        aliases = Alias.objects.filter(skill__in=held).order_by("pk")
        skills = [row.skill for row in held.values()]
        once = Catalogue(
            [CatalogueSkill(s.pk, s.name, s.category.name) for s in skills],
            [
                CatalogueAlias(*row)
                for row in aliases.values_list("skill", "text", "kind")
            ],
        )
        read = matched_skills(once.read(self.question.query)) if held else []
        return [held[pk] for pk in dict.fromkeys(m.skill_id for t in read for m in t)]

    def _near(self):
        found = [m.skill_id for m in catalogue().find(self.question.query)]
        found += [m.skill_id for m in self.reading.suggestions]
        held = Skill.objects.filter(held_by__staff=self.person).in_bulk(found)
        return [held[pk] for pk in dict.fromkeys(found) if pk in held][:3]

    def _filtered(self):
        """Each filter that excludes by itself; then what they exclude together."""
        reasons, kept, reading = [], self.wanted, replace(self.reading, partners=())
        if self.reading.partners and not self._finds(self.reading, SearchFilters()):
            reasons.append(self._elsewhere(self.reading.partners))
        for name in self._chosen():
            alone = SearchFilters(**{name: getattr(self.wanted, name)})
            if not self._finds(reading, alone):
                kept = replace(kept, **{name: getattr(SearchFilters(), name)})
                reasons += getattr(self, f"_say_{name}")()
        if not self._finds(reading, kept):
            reasons.append("None of their skills meets all the filters at once")
        return Reason(
            reasons,
            ["Search again without the filter, or correct the record if it is wrong"],
        )

    def _chosen(self) -> Iterator[str]:
        return (name for name in _FILTERS if getattr(self.wanted, name))

    def _elsewhere(self, partners):
        asked = Partner.objects.filter(pk__in=partners).order_by("short_name")
        names = _or([partner.short_name for partner in asked])
        here = self.person.partner.short_name
        return f"The search asks for {names}: {self.person} is at {here}"

    def _say_partners(self):
        return [self._elsewhere(self.wanted.partners)]

    def _say_categories(self):
        return ["None of the skills they hold of these is in the category asked for"]

    def _say_level(self):
        level = Level(self.wanted.level).label
        has = f": {_and(self.holds())}" if self.held else ""
        return [f"The search asks for {level} or above{has}"]

    def _say_teach(self):
        names = [row.skill.name for row in self.held]
        what = _or(names) if names else "any skill"
        return [f"Their record does not say that they can teach {what}"]

    def _say_confirmed(self):
        if not self.reading.terms:
            return [_confirmed("Their record", self.person.confirmed_at)]
        return [_confirmed(row.skill.name, row.confirmed_at) for row in self.held] or [
            "The skill asked for was not confirmed in the last year"
        ]

    def _say_willing(self):
        return ["Their record does not say that they are willing to help others"]

    def _say_today(self):
        local = timezone.localtime()
        person = StaffMember.objects.with_presence().get(pk=self.person.pk)
        reasons = [*self._days_off(local.date())]
        if not person.works_today and person.working_days.exists():
            reasons.append(f"{local:%A} is not a working day of theirs")
        elif not person.works_today:
            reasons.append("Their record does not say on which days they work")
        return reasons

    def _days_off(self, today):
        partner = self.person.partner
        for holiday in BankHoliday.objects.on(today, partner.pk):
            name = partner.short_name
            yield f"Today is a bank holiday at {name}: {holiday.name}"
        for absence in Absence.objects.on(today).filter(staff=self.person):
            last = absence.ends_on
            yield f"They are away until {_day(last) if last else 'further notice'}"


def _held(row):
    level = row.get_level_display()
    return f"{row.skill.name} at {level}"


def _confirmed(what, at):
    if at is None:
        return f"{what} was never confirmed"
    return f"{what} was last confirmed on {_day(timezone.localdate(at))}"


def _day(day):
    return f"{day:%-d %B %Y}"


def _or(names):
    return _joined(names, "or")


def _and(names):
    return _joined(names, "and")


def _joined(names, word):
    *most, last = names or ["nothing"]
    return f"{', '.join(most)} {word} {last}" if most else last
