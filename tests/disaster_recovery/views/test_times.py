"""Recovery times of a plan and of a version: drawn, in words and as CSV."""

import csv

import pytest
from django.urls import reverse

from disaster_recovery.plans import adaptations
from tests.plans import make_edition, make_generic

QUERIES = {"edition_times": 7, "version_times": 5}


def url(name, *args):
    return reverse(f"disaster_recovery:{name}", args=args)


@pytest.fixture
def ours(client_of, coordinator):
    return client_of(coordinator)


def read(client, name, pk):
    response = client.get(url(name, pk))
    assert response.status_code == 200
    return response.content.decode()


def test_a_plan_has_its_times_drawn_and_in_words(ours, draft):
    page = read(ours, "edition_times", draft.pk)
    for words in ("<svg", "Network", "Unknown", "No time yet for", "Critical path"):
        assert words in page


def test_a_service_due_before_what_it_depends_on_is_late(ours, draft, coordinator):
    thing = draft.contents.get(key="telephony")
    fields = {"title": "Telephony", "tier": 2, "rto": 60, "depends_on": ["network"]}
    adaptations.adapt(by=coordinator, thing=thing, fields=fields)
    assert "its RTO is shorter than that of “Network”" in read(
        ours, "edition_times", draft.pk
    )


def test_a_cycle_is_explained_and_not_an_error(ours, draft, coordinator):
    thing = draft.contents.get(key="network")
    fields = {"title": "Network", "tier": 0, "depends_on": ["telephony"]}
    adaptations.adapt(by=coordinator, thing=thing, fields=fields)
    page = read(ours, "edition_times", draft.pk)
    assert "The recovery order cannot be worked out" in page
    assert "which waits for" in page
    page = ours.get(url("services_export", draft.pk), follow=True).content.decode()
    assert "The recovery order cannot be worked out" in page


def test_an_empty_plan_has_nothing_to_show(client_of, partnership_coordinator):
    page = read(client_of(partnership_coordinator), "edition_times", make_edition().pk)
    assert "There is nothing to show yet" in page


def test_the_services_are_a_file(ours, draft):
    response = ours.get(url("services_export", draft.pk))
    text = response.getvalue().decode().splitlines()
    rows = {row["Service"]: row for row in csv.DictReader(text)}
    assert rows["Network"]["RTO"] == "4 hours"
    assert rows["Telephony"]["In time?"] == "Unknown"


def test_a_version_has_its_times_too(ours, generic):
    assert "Network" in read(ours, "version_times", generic.pk)


@pytest.mark.parametrize("number", [1, 20])
def test_the_number_of_queries_does_not_grow(
    client_of, partnership_coordinator, django_assert_num_queries, number
):
    rows = [("service", f"s{n}") for n in range(number)]
    generic = make_generic("1.0.0", rows)
    pages = {"edition_times": make_edition(generic=generic).pk}
    client = client_of(partnership_coordinator)
    for page, pk in (pages | {"version_times": generic.pk}).items():
        with django_assert_num_queries(QUERIES[page]):
            client.get(url(page, pk))
