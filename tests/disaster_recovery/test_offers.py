"""What a partner improved goes to the generic plan, and comes back to all."""

import csv

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.urls import reverse

from disaster_recovery import offers
from disaster_recovery.generic_plan import versions
from disaster_recovery.models import Offer
from disaster_recovery.plans import adaptations
from tests.plans import make_offer

WORDS = {"title": "Mutual aid", "body": "Ask two neighbours"}


def url(name, *args):
    return reverse(f"disaster_recovery:{name}", args=args)


@pytest.fixture
def aid(draft, coordinator):
    """A section that Boston adapted, with an addendum."""
    thing = draft.contents.get(key="mutual-aid")
    said = {"fields": WORDS, "addendum": "Ring {{safe_place}}."}
    return adaptations.adapt(by=coordinator, thing=thing, **said)


@pytest.fixture
def made(aid, coordinator):
    return offers.offer(by=coordinator, thing=aid, why="Two are better than one")


@pytest.fixture
def chief(client_of, partnership_coordinator):
    return client_of(partnership_coordinator)


@pytest.fixture
def next_one(partnership_coordinator, generic_version):
    return versions.start_draft(by=partnership_coordinator)


@pytest.fixture
def generic_version(draft):
    return draft.generic


def object_of(draft):
    return draft.contents.get(key="mutual-aid")


def test_an_offer_says_all_with_its_parameters_unfilled(made, boston):
    assert made.fields["body"] == "Ask two neighbours\n\nRing {{safe_place}}."
    assert (made.partner, made.state) == (boston, "offered")


def test_what_is_generic_is_not_offered(draft, coordinator):
    thing = draft.contents.get(key="control-sheet")
    with pytest.raises(ValidationError, match="adapt it first"):
        offers.offer(by=coordinator, thing=thing, why="Better")


def test_it_is_offered_once(made, aid, coordinator):
    with pytest.raises(IntegrityError):
        offers.offer(by=coordinator, thing=aid, why="Again")


def test_others_do_not_offer_it(aid, their_coordinator):
    with pytest.raises(PermissionDenied):
        offers.offer(by=their_coordinator, thing=aid, why="Better")


def test_it_says_why(aid, coordinator):
    with pytest.raises(ValidationError, match="Say what is better"):
        offers.offer(by=coordinator, thing=aid, why=" ")


def test_an_accepted_one_is_in_the_draft_with_credit(
    made, next_one, partnership_coordinator, chief
):
    said = {"by": partnership_coordinator, "offer": made, "fields": made.fields}
    done = offers.accept(thing=object_of(next_one), **said)
    assert object_of(next_one).fields["body"].startswith("Ask two neighbours")
    assert (done.taken_into, done.taken_as) == (next_one, "mutual-aid")
    page = chief.get(url("version", next_one.pk)).content.decode()
    assert "Improved with" in page


def test_something_of_its_own_is_added(draft, coordinator, partnership_coordinator):
    said = {"title": "Flood", "body": "Pumps"}
    own = adaptations.add_own(
        by=coordinator, edition=draft, kind="section", fields=said
    )
    made = offers.offer(by=coordinator, thing=own, why="We had one")
    draft_of_next = versions.start_draft(by=partnership_coordinator)
    offers.accept(by=partnership_coordinator, offer=made, fields=made.fields)
    assert draft_of_next.contents.get(key="flood").fields["body"] == "Pumps"


def test_without_a_draft_there_is_nowhere_to_put_it(made, partnership_coordinator):
    with pytest.raises(ValidationError, match="Start a draft"):
        offers.accept(by=partnership_coordinator, offer=made, fields=made.fields)


def test_a_declined_one_says_why(made, partnership_coordinator):
    by = partnership_coordinator
    with pytest.raises(ValidationError, match="Say why"):
        offers.decline(by=by, offer=made, answer="")
    assert offers.decline(by=by, offer=made, answer="Too local").answer == "Too local"


def test_the_second_answer_is_refused(made, partnership_coordinator):
    by = partnership_coordinator
    offers.decline(by=by, offer=made, answer="Too local")
    with pytest.raises(ValidationError, match="answered or taken back"):
        offers.decline(by=by, offer=made, answer="Again")


def test_only_the_partnership_answers(made, coordinator):
    with pytest.raises(PermissionDenied):
        offers.decline(by=coordinator, offer=made, answer="No")


def test_it_is_taken_back(made, coordinator, client_of):
    client_of(coordinator).post(url("withdraw_offer", made.pk))
    made.refresh_from_db()
    assert made.state == "withdrawn"


def test_a_draft_given_up_lets_the_offer_wait_again(
    made, next_one, partnership_coordinator
):
    said = {"by": partnership_coordinator, "offer": made, "fields": made.fields}
    offers.accept(thing=object_of(next_one), **said)
    versions.discard_draft(by=partnership_coordinator, draft=next_one)
    made.refresh_from_db()
    assert (made.state, made.taken_into, made.answered_at) == ("offered", None, None)


def test_it_is_offered_and_accepted_through_the_pages(
    client_of, coordinator, aid, next_one, chief
):
    said = {"why": "Two are better"}
    page = client_of(coordinator).post(url("make_offer", aid.pk), said, follow=True)
    assert "It is offered" in page.content.decode()
    made = Offer.objects.get()
    page = chief.get(url("offer", made.pk)).content.decode()
    assert "[added: </span>two neighbours" in page
    posted = {"way": "accept", "edition": object_of(next_one).version, **made.fields}
    chief.post(url("offer", made.pk), posted)
    made.refresh_from_db()
    assert made.state == "accepted"


def test_a_refused_form_keeps_what_was_typed(made, next_one, chief):
    posted = {"way": "accept", "title": "", "body": "Typed by hand"}
    page = chief.post(url("offer", made.pk), posted).content.decode()
    assert "Enter title" in page
    assert "Typed by hand" in page
    page = chief.post(url("offer", made.pk), {"way": "decline"}).content.decode()
    assert "Enter why the offer is not taken" in page


@pytest.mark.parametrize("posted", [{"way": "nonsense"}, {"way": "accept"}, {"x": ""}])
def test_a_forged_answer_is_no_error(made, chief, posted):
    assert chief.post(url("offer", made.pk), posted).status_code == 200


def test_the_list_is_a_file(made, chief):
    response = chief.get(url("offers_export"), {"state": "offered"})
    (row,) = csv.DictReader(response.getvalue().decode().splitlines())
    assert (row["Object"], row["State"][:7]) == ("Mutual aid", "Waiting")


def test_others_do_not_see_it(made, client_of, their_coordinator):
    client = client_of(their_coordinator)
    assert "Mutual aid" not in client.get(url("offers")).content.decode()
    assert client.get(url("offer", made.pk)).status_code == 404


@pytest.mark.parametrize("number", [1, 20])
def test_the_number_of_queries_does_not_grow(
    chief, boston, django_assert_num_queries, number
):
    for n in range(number):
        make_offer(boston, key=f"flood-{n}")
    with django_assert_num_queries(5):
        assert chief.get(url("offers")).status_code == 200
