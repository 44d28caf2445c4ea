"""What a row about somebody's days away comes to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.models import Absence
from partners.spreadsheets.table import Row
from skills.imports import absences as rule
from skills.imports.person_lookup import Person, Roll
from tests.factories import make_absence, make_person
from tests.skills.imports.files import only, sentences

pytestmark = pytest.mark.django_db
HEADER = ["Work e-mail", "First day", "Last day", "Covered by"]


def problem(batch):
    ((_, column, sentence),) = sentences(batch)
    return column, sentence


def days(absence):
    return absence.begins_on, absence.ends_on


def test_a_new_absence_is_added(absences, apply, ada, coordinator):
    cover = coordinator.person
    row = [ada.work_email, "1/12/2026", "5/12/2026", cover.work_email.upper()]
    apply(absences(HEADER, row))
    absence = Absence.objects.get()
    assert days(absence) == (date(2026, 12, 1), date(2026, 12, 5))
    assert absence.cover == cover


def test_without_a_last_day_it_is_until_further_notice(absences, apply, ada):
    apply(absences(HEADER, [ada.work_email, "1/12/2026", "", ""]))
    assert Absence.objects.get().ends_on is None


def test_the_first_day_says_which_absence_it_is(absences, ada):
    known = make_absence(ada, date(2026, 12, 1), date(2026, 12, 5))
    row = only(absences(HEADER, [ada.work_email, "1/12/2026", "6/12/2026", ""]))
    assert (row.outcome, row.target) == ("changed", known.pk)
    assert row.changes == [["Last day", "5 December 2026", "6 December 2026"]]


def test_its_id_lets_the_first_day_be_changed(absences, apply, ada):
    known = make_absence(ada, date(2026, 12, 1), date(2026, 12, 5))
    apply(absences(["Id", "First day"], [known.pk, "2/12/2026"]))
    known.refresh_from_db()
    assert known.begins_on == date(2026, 12, 2)


def test_an_absence_elsewhere_is_refused(absences, lincoln):
    away = make_absence(make_person(lincoln, "Tess Theirs"), date(2026, 12, 1))
    batch = absences(["Id", "Last day"], [away.pk, "2/12/2026"])
    assert "Boston has no absence with this id" in problem(batch)[1]
    assert "Tess" not in only(batch).label


def test_an_absence_ends_after_it_begins(absences, ada):
    batch = absences(HEADER, [ada.work_email, "5/12/2026", "1/12/2026", ""])
    assert problem(batch)[0] == "Last day"


@pytest.mark.parametrize("who", ["ada@boston.example", "no@boston.example", "Bo"])
def test_a_colleague_covers(absences, ada, who):
    batch = absences(HEADER, [ada.work_email, "5/12/2026", "", who])
    assert problem(batch)[0] == "Covered by"


def test_somebody_elsewhere_does_not_cover(absences, ada, their_coordinator):
    theirs = their_coordinator.person.work_email
    batch = absences(HEADER, [ada.work_email, "5/12/2026", "", theirs])
    assert "colleague at Boston" in problem(batch)[1]


def test_days_of_a_recorded_absence_are_not_counted_twice(absences, ada):
    make_absence(ada, date(2026, 12, 1), date(2026, 12, 5))
    batch = absences(HEADER, [ada.work_email, "5/12/2026", "8/12/2026", ""])
    assert "in another absence" in problem(batch)[1]


def test_days_of_two_rows_are_not_counted_twice(absences, ada):
    rows = [ada.work_email, "1/12/2026", "", ""], [ada.work_email, "3/12/2026", "", ""]
    batch = absences(HEADER, *rows)
    said = [sentence for *_, sentence in sentences(batch)]
    assert ["line 3" in said[0], "line 2" in said[1]] == [True, True]


def test_a_row_refused_leaves_its_old_days_taken(absences, ada):
    make_absence(ada, date(2026, 12, 1), date(2026, 12, 5))
    blocked = make_absence(ada, date(2026, 12, 20), date(2026, 12, 22))
    header = ["Id", *HEADER]
    moved = [blocked.pk, "", "4/12/2026", "6/12/2026", ""]
    into = ["", ada.work_email, "21/12/2026", "", ""]
    batch = absences(header, moved, into)
    assert {line for line, *_ in sentences(batch)} == {2, 3}


SPANS = st.lists(
    st.tuples(st.integers(1, 28), st.integers(0, 9)), min_size=1, max_size=6
)


def _roll():
    roll = Roll(1, "Boston", frozenset({"boston"}))
    roll.add([Person(7, 1, "Ada", "a@b.example", 1, True, None, {})])
    return roll


def _row(line, begins, length):
    ends = date(2026, 1, begins).toordinal() + length
    cells = {"work_email": "a@b.example", "begins_on": f"{begins}/1/2026"}
    return Row(line, cells | {"ends_on": date.fromordinal(ends).isoformat()})


def _standing(spans):
    """Absences that share no day, by id."""
    known, taken = {}, set()
    for pk, (begins, length) in enumerate(spans, start=1):
        days = {*range(begins, begins + length + 1)}
        if not days & taken:
            taken |= days
            values = _days(begins, length) | {"cover_id": None}
            known[pk] = rule.Away(pk, 7, 1, values)
    return known


@given(SPANS, SPANS)
def test_what_is_left_never_overlaps(standing, wanted):
    """However many rows are refused, the good ones share no day with anything."""
    known = _standing(standing)
    rows = [_row(n, *span) for n, span in enumerate(wanted, start=2)]
    final = {pk: away.values for pk, away in known.items()}
    for draft in rule.plan(rows, _roll(), rule.Calendar(known)):
        if draft.outcome in ("new", "changed"):
            key = draft.target or f"line {draft.row.line}"
            final[key] = (draft.current or {}) | draft.values
    spans = sorted((v["begins_on"], v["ends_on"]) for v in final.values())
    assert all(a[1] < b[0] for a, b in zip(spans, spans[1:], strict=False))


def _days(begins, length):
    first = date(2026, 1, begins)
    last = date.fromordinal(first.toordinal() + length)
    return {"begins_on": first.isoformat(), "ends_on": last.isoformat()}
