"""A file of people, checked, applied and undone, against a bare COPY of its rows."""

import time

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from lincs_ict.demonstration.bulk import copy, without_triggers
from partners import jobs
from partners.models import Appointment, StaffMember
from partners.spreadsheets.table import Row
from skills.imports import workflow
from tests.factories import appoint, make_partner, make_person, make_site, make_user

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]

SIZE = 10_000
COLUMNS = (
    *("partner_id", "name", "post", "work_email", "telephone", "mobile"),
    *("base_site_id", "full_time_equivalent", "is_willing_to_help"),
)


@pytest.fixture
def keeper():
    partner = make_partner("Boston")
    user = make_user(person=make_person(partner))
    appoint(user, Appointment.Role.COORDINATOR, partner)
    make_site(partner)
    return user


@pytest.fixture
def say(capsys):
    def said(line):
        with capsys.disabled():
            print(line)  # noqa: T201 - a benchmark is read by people

    return said


def cells(number, post="Engineer"):
    return {
        "name": f"Person Number {number}",
        "work_email": f"person{number}@boston.example",
        "post": post,
        "telephone": "01632 960001",
        "mobile": "07700 900001",
        "base_site": "Town Hall",
        "full_time_equivalent": "0.8",
        "is_willing_to_help": "yes",
    }


def timed(work):
    """Seconds it took, and how often the database was asked."""
    with CaptureQueriesContext(connection) as queries:
        began = time.perf_counter()
        done = work()
        seconds = time.perf_counter() - began
    asked = [q for q in queries if "SAVEPOINT" not in q["sql"]]
    return seconds, len(asked), done


def brought_in(keeper, size, post="Engineer"):
    """What checking, applying and undoing a file of so many rows takes."""
    rows = [Row(n, cells(n, post)) for n in range(2, size + 2)]
    batch = workflow.begin(
        by=keeper,
        partner=keeper.person.partner,
        kind="people",
        file_name="people.csv",
        data=b"",
        rows=rows,
    )
    checked = timed(jobs.work_once)
    batch.refresh_from_db()
    workflow.confirm(by=keeper, batch=batch, checks=1, is_partial=False)
    applied = timed(jobs.work_once)
    batch.refresh_from_db()
    return batch, checked, applied


def rewritten():
    """Seconds of one UPDATE that changes one column of everybody."""
    with transaction.atomic():
        seconds = timed(lambda: StaffMember.objects.update(post="Rewritten"))[0]
        transaction.set_rollback(True)
    return seconds


def copied(partner, site):
    """Seconds of a COPY of the same rows, the triggers at work and at rest."""
    rows = [
        (partner.pk, f"P {n}", "Engineer", f"c{n}@boston.example", "01632 960001")
        + ("07700 900001", site.pk, "0.8", True)
        for n in range(SIZE)
    ]
    found = []
    for rest in ((), (StaffMember,)):
        with transaction.atomic():
            with without_triggers(*rest):
                found.append(timed(lambda: copy(StaffMember, COLUMNS, rows))[0])
            transaction.set_rollback(True)
    return found


@pytest.fixture(autouse=True)
def _by_the_worker(monkeypatch):
    monkeypatch.setattr(workflow, "DIRECT", 0)


@pytest.fixture
def measured(keeper):
    """What each step took: (seconds, queries), by what it did."""
    batch, checked, applied = brought_in(keeper, SIZE)
    assert (batch.state, batch.rows_new) == ("applied", SIZE)
    changed, again, over = brought_in(keeper, SIZE, post="Manager")
    assert (changed.state, changed.rows_changed) == ("applied", SIZE)
    workflow.take_back(by=keeper, batch=changed)
    return {
        "check, all new": checked,
        "apply, all new": applied,
        "check, all changed": again,
        "apply, all changed": over,
        "undo, all changed": timed(jobs.work_once),
    }


def test_a_file_is_measured_against_a_bare_copy(keeper, measured, say):
    partner = keeper.person.partner
    guarded, bare = copied(partner, partner.sites.get())
    update = rewritten()
    for name, (seconds, asked, _) in measured.items():
        say(f"{SIZE:,} rows: {name:<19} {seconds:5.2f} s, {asked} queries")
    new = measured["check, all new"][0] + measured["apply, all new"][0]
    changed = measured["check, all changed"][0] + measured["apply, all changed"][0]
    say(f"COPY {bare:.2f} s bare, {guarded:.2f} s with history; UPDATE {update:.2f} s")
    say(f"new: {new / bare:.1f} times the bare COPY, {new / guarded:.1f} with history")
    say(f"changed: {changed / update:.1f} times one UPDATE of all")
    assert new > bare


@pytest.mark.parametrize("step", ["check", "apply"])
def test_each_thousand_rows_asks_the_same(keeper, say, step):
    place = {"check": 1, "apply": 2}[step]
    asked = [
        brought_in(keeper, size, post=f"Post {size}")[place][1]
        for size in (1000, 2000, 3000, 4000)
    ]
    say(f"{step}: {asked} queries for 1, 2, 3 and 4 thousand rows")
    steps_up = [b - a for a, b in zip(asked, asked[1:], strict=False)]
    # Each file has a thousand new people more, and changes all the others.
    assert max(steps_up[1:]) - min(steps_up[1:]) <= 1
