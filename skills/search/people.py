"""The directory's one question: who has these skills, and how many for each choice."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from partners.models import Absence, BankHoliday
from skills.matching.catalogue import Grade, Match, Reading
from skills.search import sql

YEAR = timedelta(days=365)
_LIKE = re.compile(r"[%_\\]")


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """What the filters ask for; the defaults hide nobody."""

    partners: tuple[int, ...] = ()
    categories: tuple[int, ...] = ()
    level: int | None = None
    today: bool = False
    willing: bool = False
    teach: bool = False
    confirmed: bool = False
    sort: str = "match"


@dataclass(frozen=True, slots=True)
class PersonHit:
    """One person found: how many of the terms asked for, by bits."""

    staff_id: int
    terms: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of people in order, how many there are, and counts beside choices."""

    total: int
    rows: list[PersonHit]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)


def matched_skills(reading: Reading) -> list[tuple[Match, ...]]:
    """For each wanted skill the matches of the surest grade: the ones searched."""
    return [term.wanted for term in reading.terms]


def find(
    people,
    reading: Reading,
    wanted: SearchFilters,
    *,
    moment: datetime | None = None,
    own_partner_id: int | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> SearchPage:
    """Those of `people` (a gate's QuerySet) who answer the reading, best first.

    `terms` of a row has bit n set for the nth wanted skill, then for each word.
    Without a limit everybody is returned, and no counts.
    """
    if people.query.is_empty():
        return SearchPage(0, [])
    statement, parameters = _statement(
        people, reading, wanted, moment or timezone.now(), own_partner_id
    )
    if limit is None:
        return _everybody(statement, parameters, wanted)
    final = sql.PAGE.format(order=sql.ORDERS[wanted.sort])
    with connection.cursor() as cursor:
        cursor.execute(statement + final, [*parameters, limit, offset])
        total, rows, *counts = cursor.fetchone()
    return SearchPage(total, [PersonHit(*row) for row in rows or []], _counts(counts))


def _everybody(statement, parameters, wanted):
    final = sql.EVERYBODY.format(order=sql.ORDERS[wanted.sort])
    with connection.cursor() as cursor:
        cursor.execute(statement + final, parameters)
        rows = [PersonHit(*row) for row in cursor.fetchall()]
    return SearchPage(len(rows), rows)


def _counts(columns):
    names = ("partner", "category", "choices")
    return {
        name: {_number(k): n for k, n in (column or {}).items()}
        for name, column in zip(names, columns, strict=True)
    }


def _number(text):
    return int(text) if text.isdigit() else text


def _statement(people, reading, wanted, moment, own_partner_id):
    """The statement up to the people chosen, and its parameters in order."""
    person, person_parameters = _select(people, *sql.PERSON_COLUMNS)
    local = timezone.localtime(moment)
    presence, presence_parameters = _presence(local)
    source, parameters = _source(reading, wanted)
    statement = sql.MATCHED.format(
        source=source,
        person=person,
        only_partners="AND p.partner_id = ANY(%s)" if reading.partners else "",
        level_rank="sum" if len(reading.terms) + len(reading.words) > 1 else "max",
        **presence,
    )
    return statement, [
        *_flags(wanted, moment - YEAR),
        *parameters,
        *person_parameters,
        *presence_parameters,
        *([list(reading.partners)] if reading.partners else []),
        local.isoweekday(),
        list(wanted.partners) or None,
        list(wanted.partners),
        own_partner_id or 0,
    ]


def _presence(local):
    """Who is away and where nobody works at a local moment, then the hour."""
    day = local.date()
    everywhere_or_local = BankHoliday.objects.filter(on=day)
    closed, closed_parameters = _select(everywhere_or_local, "partner_id")
    away, away_parameters = _select(Absence.objects.on(day), "staff_id")
    hours = [local.time(), local.time()]
    return (
        {"closed": closed, "away": away},
        [*closed_parameters, *away_parameters, *hours],
    )


def _select(rows, *columns):
    return rows.order_by().values_list(*columns).query.sql_with_params()


def _flags(wanted: SearchFilters, recent: datetime) -> Sequence[object]:
    categories = list(wanted.categories) or None
    return [
        wanted.level,
        categories,
        wanted.teach,
        wanted.confirmed,
        recent,
        wanted.today,
        wanted.willing,
    ]


def plain(word):
    """The word as the table keys its people: see partners.models.wording."""
    apart = unicodedata.normalize("NFKD", word)
    return "".join(c for c in apart if not "\u0300" <= c <= "\u036f").lower()


def _source(reading, wanted):
    words = _patterns(reading.words)
    first_word = len(reading.terms)
    if not reading.terms:
        if reading.words:
            return sql.FROM_WORDS, words
        return sql.FROM_EVERYBODY, []
    skills = [
        (match.skill_id, term, match.score)
        for term, matches in enumerate(matched_skills(reading))
        for match in matches
    ]
    source = sql.FROM_SKILLS
    parameters = [list(column) for column in zip(*skills, strict=True)]
    if reading.words:
        source += sql.OR_WORDS
        parameters += [first_word, *words]
    if not _is_exact(reading):
        source += sql.OR_POST
        # A name typed right comes before a skill's name typed wrong.
        is_guess = reading.terms[0].wanted[0].grade == Grade.CLOSE
        weight = 1.0 if is_guess else 0.5
        typed = _anywhere(plain(reading.query.strip()))
        parameters += [weight, first_word - 1, typed]
    return source, parameters


def _is_exact(reading):
    """Whether the whole query is one name from the catalogue, and so no post."""
    term = reading.terms[0]
    return term.text == reading.query.strip() and term.wanted[0].grade == Grade.EXACT


def _anywhere(word):
    return "%" + _LIKE.sub(r"\\\g<0>", word) + "%"


def _patterns(words):
    """Each word as it is compared: whole, anywhere, and where a word begins."""
    found = [plain(word) for word in words]
    return [
        found,
        [_anywhere(word) for word in found],
        [r"\m" + re.escape(word) for word in found],
    ]
