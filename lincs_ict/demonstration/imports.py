"""Files that Boston's coordinator brought in: one applied, one to be read."""

from lincs_ict.demonstration.people import Person
from lincs_ict.demonstration.roles import keepers
from partners.models import StaffMember
from partners.spreadsheets.table import Row
from skills.imports import workflow
from skills.models import ImportBatch, SkillHeld

SLUG = "boston"


def make_imports(people: list[Person]) -> None:
    """Hours of three people, as brought in; and a file of skills with mistakes."""
    keeper = keepers(people)[SLUG]
    staff = StaffMember.objects.filter(partner=keeper.partner, left_on__isnull=True)
    others = [*staff.exclude(pk=keeper.pk).order_by("name_key")[:4]]
    hours = [_row(person, full_time_equivalent="0.8") for person in others[:3]]
    batch = _bring_in(keeper, ImportBatch.Kind.PEOPLE, "working-hours.xlsx", hours)
    workflow.confirm(by=keeper.user, batch=batch, checks=batch.checks, is_partial=False)
    skills = [*_held(others[0]), *_mistaken(others[1])]
    _bring_in(keeper, ImportBatch.Kind.HELD, "skills-autumn.csv", skills)


def _held(person):
    """One level as it is, one raised or lowered, and a new skill."""
    held = SkillHeld.objects.filter(staff=person).select_related("skill")
    for number, row in enumerate(held.order_by("skill__name")[:2]):
        level = row.level if number == 0 else row.level % 4 + 1
        yield _row(person, skill=row.skill.name, level=str(level))
    yield _row(person, skill="Rust", level="Awareness", since_on="1/9/2026")


def _mistaken(person):
    yield _row(person, skill="Windows Servr 2029", level="3")
    yield _row(person, skill="AD", level="Practitioner")
    yield _row(person, skill="Python", level="Guru")
    elsewhere = StaffMember.objects.exclude(partner=person.partner).order_by("pk")[0]
    yield _row(elsewhere, skill="Python", level="2")


def _row(person, **cells):
    return {"work_email": person.work_email, **cells}


def _bring_in(keeper, kind, name, cells):
    rows = [Row(line, found) for line, found in enumerate(cells, start=2)]
    return workflow.begin(
        by=keeper.user,
        partner=keeper.partner,
        kind=kind,
        file_name=name,
        data=repr(cells).encode(),
        rows=rows,
    )
