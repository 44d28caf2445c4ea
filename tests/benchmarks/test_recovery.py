"""A new version on its way to 400 plans, the board and a plan, against bare SQL."""

from time import perf_counter

import pytest
from django.db import connection

from disaster_recovery.generic_plan import files, shipped
from disaster_recovery.models import GenericVersion, Plan, PlanObject, PlanUpdate
from disaster_recovery.plans import drafts
from disaster_recovery.updates import delivery, workflow
from partners.jobs import Progress
from partners.models import Appointment, Partner
from tests.benchmarks.test_import import say  # noqa: F401 - a fixture
from tests.benchmarks.test_rota import _counter, seconds, sql
from tests.factories import appoint, make_user
from tests.plans import make_approved

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]

PLANS, ADAPTED = 400, 12
ROWS = """
SELECT o.edition_id, o.kind, o.key, o.position, o.base_id, o.state, o.fields,
o.addendum, o.reason FROM disaster_recovery_planobject o
JOIN disaster_recovery_planedition e ON e.id = o.edition_id
WHERE e.state <> 'superseded'
"""
BOARD = """
SELECT p.name, e.number, e.state, e.approved_at, e.review_on, g.major, g.minor,
(SELECT count(*) FROM disaster_recovery_planobject o
 WHERE o.edition_id = e.id AND o.state <> 'inherited'),
(SELECT max(made_at) FROM disaster_recovery_planpack k WHERE k.edition_id = e.id),
u.open_items FROM partners_partner p
JOIN disaster_recovery_plan q ON q.partner_id = p.id
JOIN disaster_recovery_planedition e ON e.plan_id = q.id
JOIN disaster_recovery_genericversion g ON g.id = e.generic_id
LEFT JOIN disaster_recovery_planupdate u ON u.plan_id = q.id AND u.closed_at IS NULL
WHERE p.left_on IS NULL ORDER BY p.name LIMIT 25
"""
PLAN = """
SELECT o.kind, o.key, o.position, o.state, o.fields, o.addendum, g.fields
FROM disaster_recovery_planobject o LEFT JOIN disaster_recovery_genericobject g
ON g.generic_id = o.base_id AND g.kind = o.kind AND g.key = o.key
WHERE o.edition_id = %s ORDER BY o.kind, o.position
"""


@pytest.fixture
def lead(db):
    made = make_user()
    appoint(made, Appointment.Role.PARTNERSHIP_COORDINATOR)
    return made


@pytest.fixture
def four_hundred(lead):
    """Plans in force on version 1.0, every tenth object adapted."""
    first, second = (files.read(files.DATA / one) for one in files.SHIPPED)
    made = shipped.load(shipped.of_contents(first))
    for number in range(PLANS):
        name = f"Partner {number:03}"
        partner = Partner.objects.create(
            name=name, short_name=name, slug=f"p-{number}", kind="district"
        )
        draft = drafts.adopt(by=lead, partner=partner, generic=made, values={})
        _adapt(draft)
        make_approved(draft)
    shipped.load(shipped.of_contents(second))


def _adapt(draft):
    keys = [*draft.contents.order_by("kind", "key").values_list("pk", flat=True)]
    rows = draft.contents.filter(pk__in=keys[::10])
    rows.update(state="adapted", addendum="As we do it here.")


def test_an_update_and_the_pages(four_hundred, lead, client, say):  # noqa: F811
    newest = GenericVersion.objects.published().newest_first().first()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for what in ("to a new version", "again, with nothing new"):
        began = perf_counter()
        delivery.work(newest.pk, Progress())
        say(f"{PLANS} plans {what}: {perf_counter() - began:.1f} s")
    say(f"{PlanObject.objects.count():,} objects, {PlanUpdate.objects.count()} updates")
    say(f"reading all their rows alone: {seconds(lambda: sql(ROWS)):.2f} s")
    update = PlanUpdate.objects.earliest("pk")
    _take_up(lead, say, update)
    client.force_login(lead)
    _measure(client, say, update)


def _take_up(lead, say, update):  # noqa: F811 - the fixture itself
    for what, act in (
        ("taking one up", lambda: workflow.begin(by=lead, update=update)),
        (
            "all untouched of it",
            lambda: workflow.accept_untouched(by=lead, update=update),
        ),
    ):
        began = perf_counter()
        act()
        say(f"{what}: {(perf_counter() - began) * 1000:.0f} ms")


def _measure(client, say, update):  # noqa: F811 - the fixture itself
    empty = seconds(lambda: client.get("/privacy/"))
    edition = Plan.objects.latest("pk").editions.get()
    floors = {
        "/recovery/": lambda: sql(BOARD),
        f"/recovery/editions/{edition.pk}/": lambda: sql(PLAN, edition.pk),
        f"/recovery/updates/{update.pk}/": lambda: sql(PLAN, edition.pk),
    }
    for address, floor in floors.items():
        asked = []
        with connection.execute_wrapper(_counter(asked)):
            assert client.get(address).status_code == 200
        page, least = seconds(lambda a=address: client.get(a)), seconds(floor)
        say(
            f"{address}: {page * 1000:.1f} ms, {len(asked)} queries; SQL alone "
            f"{least * 1000:.1f} ms, an empty page {empty * 1000:.1f} ms"
        )
