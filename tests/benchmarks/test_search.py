"""The search page and its CSV at 1,000, 30,000 and 90,000 people, against a floor."""

import os
import statistics
import sys
import time
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from skills.catalogue import loaded
from tests.benchmarks import visits
from tests.benchmarks.questions import (
    KINDS,
    Floor,
    copy_everybody,
    product,
    questions,
)

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]

SIZES = (1_000, 30_000, 90_000)
# Noise of a machine that others use too.
NOISE = 1.5
_seen = {}
_cookies = []


def say(text):
    sys.stdout.write(f"{text}\n")


@pytest.fixture(scope="module", params=SIZES)
def size(request, django_db_setup, django_db_blocker):
    """The nation at one size, stored for other processes to see."""
    with django_db_blocker.unblock():
        loaded._held.clear()
        assert connection.settings_dict["NAME"].startswith("test_")  # it is emptied
        call_command("load_bank_holidays", stdout=StringIO())
        call_command("make_national_data", staff=request.param, stdout=StringIO())
        # Kept before any test's transaction, so that the site sees them too.
        _cookies[:] = map(visits.cookie, visits.staff(50))
        yield request.param
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def user(size):
    return visits.staff()[0]


@pytest.fixture
def visitor(user):
    client = visits.Visitor(SERVER_NAME="localhost")
    client.force_login(user)
    return client


@pytest.mark.parametrize("kind", KINDS)
def test_the_floor_gives_the_same_rows_and_counts(size, user, kind):
    moment = timezone.now()
    asked = questions()[kind]
    floor = Floor(asked, user, moment)
    say(f"\n{size:,}: {kind} {asked.query!r}\n{floor.plan()}")
    assert floor.answer() == product(asked, user, moment)
    assert bool(floor.answer()[0]) == (kind != "nothing")


def line(size, kind, page, sql, ours, empty, ratio):
    return (
        f"{size:>7,} {kind:<11} page {page.wall:7.1f} ms ({page.cpu:6.1f} CPU)  "
        f"SQL {sql.wall:7.1f} (ours {ours.wall:7.1f})  "
        f"empty page {empty.wall:5.1f}  ratio {ratio:4.1f}"
        f"{'' if ratio <= 2 else '  above the aim of 2'}"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_is_measured_against_its_floor(size, user, visitor, kind):
    asked = questions()[kind]
    assert visitor.get(asked.address).status_code == 200
    page = visits.median_of(lambda: visitor.get(asked.address))
    sql = visits.median_of(Floor(asked, user, timezone.now()).answer)
    empty = visits.median_of(lambda: visitor.get("/privacy/"))
    ours = visits.median_of(lambda: product(asked, user, timezone.now()))
    # A floor is the faster of the two: ours may beat what was written by hand.
    ratio = page.wall / (min(sql.wall, ours.wall) + empty.wall)
    _seen[size, kind] = (page, sql, empty, ratio)
    say(line(size, kind, page, sql, ours, empty, ratio))
    assert page.wall > empty.wall


def test_everybodys_csv_is_streamed_and_measured(size, user):
    copies = visits.median_of(copy_everybody, times=3).wall / 1e3
    rows, seconds, peak = visits.take_csv()
    _seen[size, "csv"] = (rows, seconds, peak)
    say(
        f"{size:>7,} CSV {rows:,} rows in {seconds:.1f} s, peak {peak:.0f} MB; "
        f"COPY {copies:.1f} s; ratio {seconds / copies:.1f}"
    )
    assert rows == copy_everybody()


def test_fifty_search_at_once(size):
    if size == SIZES[0]:
        pytest.skip("measured where it takes time")
    addresses = [asked.address for asked in questions().values()]
    workers = os.cpu_count()
    with visits.site(workers) as port:
        began = time.perf_counter()
        spent, statuses = visits.crowd(port, addresses, _cookies)
        seconds = time.perf_counter() - began
    say(
        f"{size:>7,} 50 searchers, {workers} workers: median "
        f"{statistics.median(spent):.0f} ms, p95 {spent[len(spent) * 95 // 100]:.0f} "
        f"ms, {len(spent) / seconds:.0f} pages a second"
    )
    assert set(statuses) == {200}


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_grows_no_faster_than_the_nation(kind):
    small, large = (_seen.get((size, kind)) for size in SIZES[1:])
    if not (small and large):
        pytest.skip("both sizes are measured first")
    growth = large[0].wall / small[0].wall
    say(f"{kind:<11} grows {growth:.1f} times from 30,000 to 90,000")
    assert growth <= 3 * NOISE


def test_memory_for_the_csv_stays_flat():
    small, large = (_seen.get((size, "csv")) for size in SIZES[1:])
    if not (small and large):
        pytest.skip("both sizes are measured first")
    say(f"CSV peak {small[2]:.0f} MB at 30,000 and {large[2]:.0f} MB at 90,000")
    assert large[2] <= small[2] * 1.25
