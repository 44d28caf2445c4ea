"""Six kinds of question, each asked of the product and of the floor."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from partners.models import StaffMember
from skills.catalogue.loaded import catalogue
from skills.search.people import SearchFilters, find, matched_skills
from tests.benchmarks import floor

KINDS = ("exact", "alias", "misspelt", "two skills", "name", "nothing")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and the least level, as the page and as the floor are asked it."""

    query: str
    level: int | None = None

    @property
    def address(self):
        level = f"&level={self.level}" if self.level else ""
        return f"/skills/?q={self.query.replace(' ', '+')}{level}"

    @property
    def reading(self):
        return catalogue().read(self.query)


def questions() -> dict[str, Asked]:
    somebody = StaffMember.objects.in_post().order_by("pk")[50]
    asked = [
        Asked("Microsoft Exchange"),
        Asked("SCCM"),
        Asked("exchnge"),
        Asked("vmware, backup", 3),
        Asked(somebody.name.replace("'", "")),
        Asked("zzqxv"),
    ]
    return dict(zip(KINDS, asked, strict=True))


def product(asked, user, moment):
    """What the directory finds: total, rows in order, and counts that are not 0."""
    found = find(
        StaffMember.objects.visible_to(user),
        asked.reading,
        SearchFilters(level=asked.level),
        moment=moment,
        own_partner_id=user.standing.partner_id,
        limit=25,
    )
    counts = {
        (name, str(key)): n
        for name, group in found.counts.items()
        for key, n in group.items()
        if n
    }
    return found.total, [(row.staff_id, row.terms) for row in found.rows], counts


class Floor:
    """The floor's statements for one question, ready to be run again and again."""

    def __init__(self, asked, user, moment):
        local = timezone.localtime(moment)
        self.parameters = {
            "day": local.date(),
            "hour": local.time(),
            "weekday": local.isoweekday(),
            "recent": moment - timedelta(days=365),
            "own": user.standing.partner_id or 0,
        }
        terms = matched_skills(asked.reading)
        rows = [(m.skill_id, n, m.score) for n, ms in enumerate(terms) for m in ms]
        if rows:
            self.statement = floor.skills_asked(rows, asked.level or 1)
        else:
            self.statement, words = floor.words_asked(list(asked.reading.words))
            self.parameters |= words
        self.skills = [skill for skill, _, _ in rows]

    def answer(self):
        """As `product` says it, after what the page says of each row is read too."""
        with connection.cursor() as cursor:
            cursor.execute(self.statement, self.parameters)
            said = cursor.fetchall()
            rows = [(int(key), n) for what, key, n in said if what == "row"]
            ids = [pk for pk, _ in rows]
            cursor.execute(floor.SAID, {"ids": ids, "skills": self.skills})
            cursor.fetchall()
        total = sum(n for what, _, n in said if what == "total")
        beside = {"choices", "partner", "category"}
        counts = {(what, key): n for what, key, n in said if what in beside and n}
        return total, rows, counts

    def plan(self):
        with connection.cursor() as cursor:
            explain = f"EXPLAIN (ANALYZE, BUFFERS) {self.statement}"
            cursor.execute(explain, self.parameters)
            return "\n".join(line for (line,) in cursor.fetchall())


class Counter:
    """Takes what COPY writes, and counts its lines."""

    lines = 0

    def write(self, text):
        self.lines += text.count(b"\n")


def copy_everybody() -> int:
    """How many rows the floor of the CSV has."""
    counter = Counter()
    with connection.cursor() as cursor:
        cursor.copy_expert(floor.CSV, counter)
    return counter.lines
