"""Long histories, read a page at a time: a page costs the same however long it is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from partners.history import changes as history

PAGE_SIZE = 25
BLOCK = 2_000
SET_UP = 0
_PLACE = re.compile(r"(\d{1,17})-(\d{1,2})-(\d{1,10})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Owners:
    """Whose events are told, and of which time: a query of (id, since, until)."""

    sql: str
    values: tuple = ()


@dataclass(frozen=True, slots=True)
class HistorySource:
    """The events of one kind of record, found by a column that names their owner.

    `person` is the condition that picks one person's events, where there are any.
    """

    model: type[Model]
    column: str
    owners: Owners
    person: str = ""
    only: str = ""

    @property
    def kind(self) -> str:
        return self.model._meta.model_name


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """What of a history is asked for; by default all of it."""

    person: int | None = None
    who: int | None = None
    kind: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where in a history one is: at an event, between newer and older ones."""

    at: datetime
    source: int
    event: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The place an address names; None where it names none."""
        found = _PLACE.fullmatch(text)
        if not found or not text.isascii():
            return None
        at, source, event = map(int, found.groups())
        try:
            return cls(_EPOCH + timedelta(microseconds=at), source, event)
        except OverflowError:
            return None

    def __str__(self):
        at = (self.at - _EPOCH) // timedelta(microseconds=1)
        return f"{at}-{self.source}-{self.event}"


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Some changes, newest first, and the places from which to go on."""

    changes: list[history.Change]
    newer: Cursor | None
    older: Cursor | None


def one_record(pk: int) -> Owners:
    """One record, at all times."""
    return Owners(
        "SELECT %s::bigint AS id, '-infinity'::timestamptz AS since,"
        " 'infinity'::timestamptz AS until",
        (pk,),
    )


def people_at(pk: int) -> Owners:
    """The people of a partner, each while they were its own."""
    return Owners(_STAYS, (pk,) * 4)


def logins_at(pk: int) -> Owners:
    """The logins of the people of a partner, each while the person was its own."""
    return Owners(
        f"SELECT p.user_id AS id, s.since, s.until FROM ({_STAYS}) s"  # noqa: S608
        " JOIN partners_staffmember p ON p.id = s.id AND p.user_id IS NOT NULL",
        (pk,) * 4,
    )


# People leave a partner by a transfer only; who was deleted was at one to the end.
_STAYS = """
    SELECT t.staff_id AS id,
        COALESCE((
            SELECT max(i.done_at) FROM partners_transfer i
            WHERE i.staff_id = t.staff_id AND i.to_partner_id = t.from_partner_id
              AND i.state = 'done' AND i.done_at < t.done_at
        ), '-infinity') AS since,
        t.done_at AS until
    FROM partners_transfer t
    WHERE t.from_partner_id = %s AND t.state = 'done'
    UNION ALL
    SELECT p.id,
        COALESCE((
            SELECT max(i.done_at) FROM partners_transfer i
            WHERE i.staff_id = p.id AND i.to_partner_id = %s AND i.state = 'done'
        ), '-infinity'),
        'infinity'
    FROM partners_staffmember p
    WHERE p.partner_id = %s
    UNION ALL
    SELECT e.pgh_obj_id, '-infinity', 'infinity'
    FROM partners_staffmemberevent e
    WHERE e.partner_id = %s AND e.pgh_label = 'delete'
"""


def read_page(
    sources: Sequence[HistorySource],
    wanted: HistoryFilter,
    *,
    reader,
    about=None,
    before: Cursor | None = None,
    after: Cursor | None = None,
    size: int = PAGE_SIZE,
) -> HistoryPage:
    """The newest changes; or those older than `before`, or newer than `after`."""
    places = _places(sources, wanted, size + 1, before, after)
    is_more, places = len(places) > size, places[:size]
    if after and not before:
        places.reverse()
        has_newer, has_older = is_more, True
    else:
        has_newer, has_older = before is not None, is_more
    return HistoryPage(
        _told(sources, places, reader, about),
        newer=places[0] if places and has_newer else None,
        older=places[-1] if places and has_older else None,
    )


def all_changes(sources, wanted, *, reader, about=None) -> Iterator[history.Change]:
    """Every change, newest first, read in blocks."""
    place = None
    while True:
        places = _places(sources, wanted, BLOCK, place, None)
        yield from _told(sources, places, reader, about)
        if len(places) < BLOCK:
            return
        place = places[-1]


def _told(sources, places, reader, about):
    """What happened at these places, in their order."""
    by_model = {}
    for place in places:
        by_model.setdefault(sources[place.source].model, set()).add(place.event)
    rows = {
        (model, row.pgh_id): row
        for model, ids in by_model.items()
        for row in history.events(model).filter(pgh_id__in=ids)
    }
    found = [rows[sources[place.source].model, place.event] for place in places]
    return history.describe(found, reader=reader, about=about)


def _places(sources, wanted, most, before, after) -> list[Cursor]:
    """Where the changes are, newest first; those next after a place oldest first."""
    order = "ASC" if after and not before else "DESC"
    legs, values = [], []
    for number, source in enumerate(sources):
        if (wanted.kind and wanted.kind != source.kind) or (
            wanted.person is not None and not source.person
        ):
            continue
        sql, some = _leg(number, source, wanted, before, after, order)
        legs.append(f"({sql})")
        values += [*some, most]
    if not legs:
        return []
    asked = f"{' UNION ALL '.join(legs)} ORDER BY 3 {order}, 1 {order}, 2 {order}"
    with connection.cursor() as cursor:
        cursor.execute(f"{asked} LIMIT %s", [*values, most])
        return [Cursor(at, source, event) for source, event, at in cursor.fetchall()]


def _leg(number, source, wanted, before, after, order):
    conditions, values = _conditions(number, source, wanted, before, after)
    table = source.model._meta.get_field("events").related_model._meta.db_table
    sql = f"""
        SELECT {number}, e.pgh_id, e.pgh_created_at
        FROM ({source.owners.sql}) o CROSS JOIN LATERAL (
            SELECT e.pgh_id, e.pgh_created_at FROM {table} e
            {_CONTEXT if wanted.who is not None else ""}
            WHERE e.{source.column} = o.id
              AND e.pgh_created_at BETWEEN o.since AND o.until
              {"".join(f"AND {condition} " for condition in conditions)}
            ORDER BY e.pgh_created_at {order}, e.pgh_id {order}
            LIMIT %s
        ) e
    """  # noqa: S608 - names of tables and columns are our own
    return sql, [*source.owners.values, *values]


_CONTEXT = "LEFT JOIN pghistory_context c ON c.id = e.pgh_context_id"


def _conditions(number, source, wanted, before, after):
    """Conditions upon an event, and the values in them."""
    found = [(source.only, ())] if source.only else []
    if wanted.person is not None:
        found.append((source.person, (wanted.person,)))
    if wanted.who == SET_UP:
        found.append(("c.metadata->>'user' IS NULL", ()))
    elif wanted.who is not None:
        found.append(("c.metadata->>'user' = %s", (str(wanted.who),)))
    if wanted.since:
        found.append(("e.pgh_created_at >= %s", (_midnight(wanted.since),)))
    if wanted.until:
        found.append(
            ("e.pgh_created_at < %s", (_midnight(wanted.until + timedelta(days=1)),))
        )
    for place, sign in ((before, "<"), (after, ">")):
        if place:
            # Said twice, so that an index by time is of use.
            found += [
                (f"e.pgh_created_at {sign}= %s", (place.at,)),
                (
                    f"(e.pgh_created_at, {number}, e.pgh_id) {sign} (%s, %s, %s)",
                    (place.at, place.source, place.event),
                ),
            ]
    values = [value for _, some in found for value in some]
    return [condition for condition, _ in found], values


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def requested_page(
    request, sources, wanted=None, *, about=None
) -> tuple[HistoryPage, list[str]]:
    """The page the address asks for, or the newest, and what was not understood."""
    read = {way: request.GET.get(way, "") for way in ("before", "after")}
    places = {way: Cursor.parse(text) for way, text in read.items()}
    strange = [read[way] for way, place in places.items() if read[way] and not place]
    problems = [
        f"There is no place “{text[:40]}” in this history: these are the newest changes"
        for text in strange
    ]
    wanted = wanted or HistoryFilter()
    found = read_page(sources, wanted, reader=request.user, about=about, **places)
    if not found.changes and any(places.values()):
        found = read_page(sources, wanted, reader=request.user, about=about)
    return found, problems
