"""An offer is answered once, over what was read, and tells nobody of a draft."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from disaster_recovery import offers
from disaster_recovery.generic_plan import versions
from disaster_recovery.models import GenericVersion, Offer
from disaster_recovery.plans import adaptations
from partners.models import Appointment
from tests.factories import appoint, make_person, make_user
from tests.plans import make_offer
from tests.races import lost, race


def url(name, *args):
    return reverse(f"disaster_recovery:{name}", args=args)


@pytest.fixture
def aid(draft, coordinator):
    """A section that Boston adapted."""
    thing = draft.contents.get(key="mutual-aid")
    said = {"title": "Mutual aid", "body": "Ask two neighbours"}
    return adaptations.adapt(by=coordinator, thing=thing, fields=said)


@pytest.fixture
def made(aid, coordinator):
    return offers.offer(by=coordinator, thing=aid, why="Two are better")


@pytest.fixture
def chief(client_of, partnership_coordinator):
    return client_of(partnership_coordinator)


@pytest.fixture
def next_one(partnership_coordinator, draft):
    return versions.start_draft(by=partnership_coordinator)


def write(by, next_one, body):
    thing = next_one.contents.get(key="mutual-aid")
    said = {"title": "Mutual aid", "body": body}
    return versions.edit_object(by=by, thing=thing, fields=said)


def test_who_offered_does_not_read_the_draft(
    made, next_one, partnership_coordinator, client_of, coordinator
):
    write(partnership_coordinator, next_one, "Secret words of the draft")
    page = client_of(coordinator).get(url("offer", made.pk)).content.decode()
    assert "Secret" not in page
    assert "Ask a neighbour" in page


def test_giving_a_draft_up_is_not_stopped_by_a_newer_offer(
    made, aid, next_one, partnership_coordinator, coordinator
):
    by = partnership_coordinator
    thing = next_one.contents.get(key="mutual-aid")
    offers.accept(by=by, offer=made, fields=made.fields, thing=thing)
    newer = offers.offer(by=coordinator, thing=aid, why="Three are better")
    versions.discard_draft(by=by, draft=next_one)
    states = dict(Offer.objects.values_list("pk", "state"))
    assert states == {made.pk: "withdrawn", newer.pk: "offered"}


def test_a_title_that_begins_with_a_digit_can_be_taken(
    draft, coordinator, next_one, partnership_coordinator
):
    said = {"title": "24-hour desk", "body": "Ring it"}
    own = adaptations.add_own(
        by=coordinator, edition=draft, kind="section", fields=said
    )
    made = offers.offer(by=coordinator, thing=own, why="Useful")
    done = offers.accept(by=partnership_coordinator, offer=made, fields=made.fields)
    assert next_one.contents.filter(key=done.taken_as).exists()


def test_who_keeps_the_generic_plan_no_more_is_not_told(aid, coordinator, lincoln):
    login = make_user(person=make_person(lincoln, "Faye Former"))
    since = timezone.localdate() - timedelta(days=9)
    until = timezone.localdate() - timedelta(days=1)
    role = Appointment.Role.PARTNERSHIP_COORDINATOR
    appoint(make_user("another@council.example"), role)
    Appointment.objects.create(user=login, role=role, since=since, until=until)
    offers.offer(by=coordinator, thing=aid, why="Better")
    assert not Email.objects.exists()


def test_what_went_from_the_draft_meanwhile_is_not_added_unread(
    made, next_one, partnership_coordinator, chief
):
    thing = next_one.contents.get(key="mutual-aid")
    posted = {"way": "accept", "edition": thing.version, **made.fields}
    next_one.contents.filter(key__startswith="mutual-aid").delete()
    page = chief.post(url("offer", made.pk), posted).content.decode()
    assert "There is a problem" in page
    assert Offer.objects.get().state == "offered"


def test_what_changed_in_the_draft_meanwhile_is_shown_first(
    made, next_one, partnership_coordinator, chief
):
    thing = next_one.contents.get(key="mutual-aid")
    posted = {"way": "accept", "edition": thing.version, **made.fields}
    write(partnership_coordinator, next_one, "Theirs")
    page = chief.post(url("offer", made.pk), posted).content.decode()
    assert "saved a newer version" in page
    assert Offer.objects.get().state == "offered"


def test_what_an_offer_leaves_out_is_not_put_back_by_the_form(
    draft, coordinator, next_one, chief
):
    row = draft.contents.get(key="telephony")
    said = {"title": "Telephony", "tier": 2}
    thing = adaptations.adapt(by=coordinator, thing=row, fields=said)
    made = offers.offer(by=coordinator, thing=thing, why="No RTO is known")
    page = chief.get(url("offer", made.pk)).content.decode()
    assert 'value="8 hours"' not in page


def test_what_looks_like_a_password_is_warned_of(aid, coordinator, client_of):
    thing = adaptations.adapt(
        by=coordinator,
        thing=aid,
        fields={"title": "A", "body": "password: hunter2"},
        overrule=True,
    )
    with pytest.raises(ValidationError):
        offers.offer(by=coordinator, thing=thing, why="Better")


def test_what_is_offered_is_shown_before_it_is(aid, client_of, coordinator):
    page = client_of(coordinator).get(url("make_offer", aid.pk)).content.decode()
    assert "[added: </span>two neighbours" in page


def test_what_the_generic_plan_has_not_is_said(draft, coordinator, next_one, chief):
    row = draft.contents.get(key="telephony")
    said = {"title": "T", "tier": 2, "depends_on": ["own-mast", "network"]}
    thing = adaptations.adapt(by=coordinator, thing=row, fields=said)
    made = offers.offer(by=coordinator, thing=thing, why="We have a mast")
    page = chief.get(url("offer", made.pk)).content.decode()
    assert "the generic plan has no own-mast, which" in page


def test_why_is_overruled_with_a_tick(aid, client_of, coordinator):
    client, said = client_of(coordinator), {"why": "The password: hunter2 is gone"}
    page = client.post(url("make_offer", aid.pk), said).content.decode()
    assert "It is no password" in page
    client.post(url("make_offer", aid.pk), said | {"overrule": "on"})
    assert Offer.objects.count() == 1


def test_the_notes_of_a_version_propose_thanks(
    made, next_one, partnership_coordinator, chief
):
    thing = next_one.contents.get(key="mutual-aid")
    said = {"by": partnership_coordinator, "offer": made, "fields": made.fields}
    offers.accept(thing=thing, **said)
    page = chief.get(url("publish", next_one.pk)).content.decode()
    assert "Boston Borough Council: Mutual aid" in page


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_are_one(made, next_one, partnership_coordinator):
    by = partnership_coordinator
    thing = next_one.contents.get(key="mutual-aid")

    def take():
        said = {"fields": made.fields, "thing": thing}
        return offers.accept(by=by, offer=Offer.objects.get(), **said)

    def refuse():
        return offers.decline(by=by, offer=Offer.objects.get(), answer="Too local")

    (error,) = lost(race(take, refuse))
    assert isinstance(error, ValidationError)


@pytest.mark.django_db(transaction=True)
def test_taking_an_offer_while_the_draft_is_given_up(
    made, next_one, partnership_coordinator
):
    by = partnership_coordinator

    def take():
        return offers.accept(by=by, offer=made, fields=made.fields)

    def give_up():
        versions.discard_draft(by=by, draft=next_one)

    next_one.contents.filter(key="mutual-aid").delete()
    for error in lost(race(take, give_up)):
        assert isinstance(error, ValidationError)
    assert Offer.objects.get().state == "offered" or GenericVersion.objects.count() == 2


@pytest.mark.parametrize("number", [1, 20])
def test_a_page_of_an_offer_costs_the_same(
    made, chief, next_one, boston, django_assert_num_queries, number
):
    for n in range(number):
        make_offer(boston, key=f"flood-{n}")
    with django_assert_num_queries(15):
        assert chief.get(url("offer", made.pk)).status_code == 200
