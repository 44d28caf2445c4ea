"""What decides a rota, in the administration, and how it is said on pages."""

from datetime import timedelta

import pytest

from rota.formatting import more_or_less, weekdays
from rota.models import DemandTemplate
from tests.administration import page, saved, typed
from tests.rota_makers import make_demand, make_rota


@pytest.mark.django_db
def test_days_of_hours_are_ticked_in_the_administration(
    client_of, partnership_coordinator
):
    demand, chief = (
        make_demand(make_rota("Servers")),
        client_of(partnership_coordinator),
    )
    mine = typed(chief, page(demand)) | {"weekdays": ["6", "7"], "length": "08:00:00"}
    assert saved(chief.post(page(demand), mine))
    demand = DemandTemplate.objects.get()
    assert (demand.weekdays, demand.length) == ([6, 7], timedelta(hours=8))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([7, 6, 5, 4, 3, 2, 1], "every day"),
        ([1, 2, 3, 4, 5], "Monday to Friday"),
        ([6, 7], "Saturday and Sunday"),
        ([1, 3], "Monday, Wednesday"),
    ],
)
def test_days_of_the_week_are_said(days, said):
    assert weekdays(days) == said


@pytest.mark.parametrize(
    ("hours", "said"), [(16.0, "+16"), (-15.5, "−15.5"), (0.0, "0")]
)
def test_hours_more_or_less_are_said(hours, said):
    assert more_or_less(hours) == said
