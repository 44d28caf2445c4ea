"""What the tables say about the rows of a file: a few questions for each thousand."""

from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from partners.models import Absence, Partner, Site, StaffMember, User
from partners.spreadsheets.table import Row
from partners.whole_numbers import whole_number
from skills.bulk_update import kept
from skills.catalogue.loaded import catalogue
from skills.imports import absences, people, skills_held
from skills.imports.person_lookup import Person, Roll
from skills.imports.skill_lookup import SkillNames
from skills.models import Alias, Skill, SkillHeld
from skills.models.held import HELD

PERSON = (
    "name",
    "post",
    "telephone",
    "mobile",
    "base_site_id",
    "full_time_equivalent",
    "is_willing_to_help",
    "left_on",
)
ABSENCE = ("begins_on", "ends_on", "cover_id")


def values_of(names: Sequence[str], row: Iterable) -> dict:
    return {name: kept(value) for name, value in zip(names, row, strict=True)}


def roll_of(partner: Partner, by: User | None) -> Roll:
    """An empty roll for the partner's files, brought in by this login."""
    called = (partner.name, partner.short_name, partner.slug)
    return Roll(
        partner.pk,
        partner.short_name,
        frozenset(name.casefold() for name in called),
        by.standing.staff_id if by else None,
    )


def sites_of(partner: Partner) -> people.Sites:
    return people.Sites(
        dict(Site.objects.filter(partner=partner).values_list("pk", "name"))
    )


def read_people(roll: Roll, emails: Iterable[str], ids: Iterable[int]) -> None:
    """Put whoever has one of these e-mails or ids on the roll."""
    emails = {email.lower() for email in emails if email} - {*roll.by_email}
    ids = {*ids} - {*roll.by_id}
    if not (emails or ids):
        return
    today = timezone.localdate()
    found = (
        StaffMember.objects.annotate(plain_email=Lower("work_email"))
        .filter(Q(plain_email__in=emails) | Q(pk__in=ids))
        .order_by()
        .values_list(
            "pk",
            "partner_id",
            "work_email",
            "version",
            "partner__left_on",
            "anonymised_on",
            *PERSON,
        )
    )
    roll.add(_person(*row, today=today) for row in found)


def _person(
    pk, partner_id, email, version, partner_left_on, anonymised_on, *values, today
):
    left_on = values[-1]
    days = (left_on, partner_left_on)
    return Person(
        id=pk,
        partner_id=partner_id,
        name=values[0],
        email=email,
        version=version,
        is_in_post=all(day is None or day > today for day in days),
        left_on=kept(left_on),
        is_anonymous=anonymised_on is not None,
        values=values_of(PERSON, values),
    )


def cells(rows: Sequence[Row], key: str) -> set[str]:
    found = {row.cells.get(key, "").strip() for row in rows}
    # No text with this letter is in a table, and none may be asked for.
    return {text for text in found if text and "\x00" not in text}


def ids(rows: Sequence[Row]) -> set[int]:
    return {whole_number(text) for text in cells(rows, "id")} - {None}


def read_names() -> SkillNames:
    skills = Skill.objects.order_by().values_list("pk", "name", "key", "retired_on")
    return SkillNames(
        [(pk, name, key, bool(day)) for pk, name, key, day in skills],
        Alias.objects.order_by().values_list("skill_id", "key"),
        catalogue(),
    )


def read_held(staff_ids: Iterable[int]) -> dict[tuple[int, int], skills_held.Held]:
    found = SkillHeld.objects.filter(staff__in=staff_ids).order_by()
    rows = found.values_list("staff_id", "skill_id", "pk", "version", *HELD)
    return {
        (staff, skill): skills_held.Held(pk, version, values_of(HELD, values))
        for staff, skill, pk, version, *values in rows
    }


def read_absences(known: Q) -> dict[int, absences.Away]:
    rows = (
        Absence.objects.filter(known)
        .order_by()
        .values_list("pk", "staff_id", "version", *ABSENCE)
    )
    return {
        pk: absences.Away(pk, staff, version, values_of(ABSENCE, values))
        for pk, staff, version, *values in rows
    }


def covers(found: Iterable[absences.Away]) -> set[int]:
    return {pk for a in found if (pk := a.values["cover_id"])}
