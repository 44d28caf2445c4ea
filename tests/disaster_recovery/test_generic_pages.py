"""The pages of the generic plan, read by many and written by few."""

import hashlib

import pytest
from django.urls import reverse

from disaster_recovery.generic_plan import versions as actions
from disaster_recovery.models import GenericVersion
from partners.models import Job
from tests.plans import make_generic, make_generic_object


def url(name, *args):
    return reverse(f"disaster_recovery:{name}", args=args)


@pytest.fixture
def whole(client_of, partnership_coordinator):
    return client_of(partnership_coordinator)


@pytest.fixture
def draft(generic, partnership_coordinator):
    return actions.start_draft(by=partnership_coordinator)


def thing(draft, key):
    return draft.contents.get(key=key)


def read(client, name, *args):
    response = client.get(url(name, *args))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.django_db
def test_before_the_first_version_it_says_so(client_of, staff_user, whole):
    assert "No version has been published yet" in read(
        client_of(staff_user), "versions"
    )
    assert "Start a draft" in read(whole, "versions")


def test_a_version_is_read_with_all_that_is_in_it(client_of, staff_user, generic):
    page = read(client_of(staff_user), "version", generic.pk)
    for words in ("Control-sheet", "2.1 Mutual-aid-numbers", "8 hours", "Declare"):
        assert words in page
    assert "Every partner needs this section" in page
    assert "{{council_name}}" in page
    assert "Change" not in page


def test_nobody_but_the_partnership_coordinator_sees_a_draft(
    client_of, coordinator, draft, whole
):
    client = client_of(coordinator)
    assert client.get(url("version", draft.pk)).status_code == 404
    assert "Draft" not in read(client, "versions")
    assert "Partners do not see it" in read(whole, "version", draft.pk)


def test_what_is_downloaded_has_the_fingerprint_that_is_shown(
    client_of, staff_user, draft, partnership_coordinator
):
    by = partnership_coordinator
    actions.publish(by=by, draft=draft, number=(1, 1, 0), notes="New")
    client = client_of(staff_user)
    file = client.get(url("version_json", draft.pk)).content
    assert hashlib.sha256(file).hexdigest() in read(client, "version", draft.pk)


def test_a_draft_has_no_download(whole, draft):
    assert whole.get(url("version_json", draft.pk)).status_code == 404


def test_a_draft_is_started_written_and_published(whole, generic):
    page = whole.post(url("start_draft"), follow=True).content.decode()
    draft = GenericVersion.objects.get(state="draft")
    assert "Partners do not see it yet" in page
    new = {"key": "exercises", "title": "Exercises", "body": "Once a year"}
    whole.post(url("add_generic", draft.pk, "section"), new)
    assert thing(draft, "exercises").fields["body"] == "Once a year"
    said = {"number": "1.1.0", "notes": "Exercises are new"}
    page = whole.post(url("publish", draft.pk), said, follow=True).content.decode()
    assert "Exercises are new" in page
    assert GenericVersion.objects.get(pk=draft.pk).number == "1.1.0"


def test_starting_twice_leads_to_the_draft_there_is(whole, draft):
    page = whole.post(url("start_draft"), follow=True).content.decode()
    assert "There is already a draft of the next version" in page
    assert GenericVersion.objects.count() == 2


@pytest.mark.parametrize("number", ["", "1", "1.2", "x.y.z", "1.0.0", "٣.١.٠"])
def test_a_bad_number_is_said_and_the_notes_are_kept(whole, draft, number):
    said = {"number": number, "notes": "What I wrote"}
    page = whole.post(url("publish", draft.pk), said).content.decode()
    assert "There is a problem" in page
    assert "What I wrote" in page


def test_what_does_not_fit_is_told_on_the_draft_and_when_publishing(whole, draft):
    make_generic_object(draft, "section", "broken", body="{{unheard}}")
    said = "there is no parameter “unheard”"
    assert said in read(whole, "version", draft.pk)
    posted = {"number": "1.1.0", "notes": "x"}
    assert said in whole.post(url("publish", draft.pk), posted).content.decode()


def fields_of(one, **changed):
    return {"edition": one.version, **one.fields, **changed}


def test_an_object_is_changed(whole, draft):
    one = thing(draft, "telephony")
    posted = fields_of(one, rto="1 day", workaround="Mobiles\r\n", depends_on=[])
    page = whole.post(url("edit_generic", one.pk), posted, follow=True)
    assert "Saved: Telephony" in page.content.decode()
    kept = thing(draft, "telephony").fields
    assert (kept["rto"], kept["workaround"]) == (1440, "Mobiles")
    assert "depends_on" not in kept


@pytest.mark.parametrize(
    ("key", "posted", "sentence"),
    [
        ("telephony", {"rto": "soon"}, "Write rto like “4 hours”"),
        ("telephony", {"tier": "9"}, "Enter tier as a whole number from 0 to 4"),
        ("telephony", {"tier": "x"}, "Enter tier as a whole number"),
        ("telephony", {"depends_on": ["unheard"]}, "Choose depends on"),
        ("mutual-aid", {"parent": "unheard"}, "Choose part of from the list"),
        ("mutual-aid", {"title": ""}, "Enter title"),
        ("mutual-aid", {"title": "x" * 201}, "Shorten title"),
        ("mutual-aid", {"body": "a\0"}, "invisible characters"),
        ("mutual-aid", {"body": "password: hunter2"}, "It is no password"),
        ("declare", {"skills": "x" * 201}, "Choose skills needed"),
    ],
)
def test_bad_input_is_said_beside_the_field(whole, draft, key, posted, sentence):
    one = thing(draft, key)
    page = whole.post(url("edit_generic", one.pk), fields_of(one, **posted))
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert thing(draft, key).version == one.version


def test_a_warning_is_overruled_with_a_tick(whole, draft):
    one = thing(draft, "mutual-aid")
    posted = fields_of(one, body="password: hunter2", overrule="on")
    whole.post(url("edit_generic", one.pk), posted)
    assert "hunter2" in thing(draft, "mutual-aid").fields["body"]


def test_who_was_second_sees_both_versions(whole, draft, partnership_coordinator):
    one = thing(draft, "mutual-aid")
    posted = fields_of(one, body="Mine")
    actions.edit_object(
        by=partnership_coordinator, thing=one, fields={"title": "T", "body": "Theirs"}
    )
    page = whole.post(url("edit_generic", one.pk), posted).content.decode()
    for words in ("Mine", "Theirs", "Both versions", "saved a newer version"):
        assert words in page
    assert thing(draft, "mutual-aid").fields["body"] == "Theirs"


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"key": "Bad Key", "title": "X"}, "Write the key in small letters"),
        ({"key": "mutual-aid", "title": "X"}, "already has that key"),
        ({"title": "X"}, "Enter key"),
    ],
)
def test_a_bad_key_is_said(whole, draft, posted, sentence):
    page = whole.post(url("add_generic", draft.pk, "section"), posted)
    assert sentence in page.content.decode()


def test_objects_move_and_go(whole, draft):
    one = thing(draft, "mutual-aid")
    whole.post(url("move_generic", one.pk), {"way": "up"})
    assert draft.contents.of_kind("section").first().key == "mutual-aid"
    page = whole.post(url("remove_generic", one.pk), follow=True).content.decode()
    assert "still named by" in page
    gone = thing(draft, "telephony")
    whole.post(url("remove_generic", gone.pk))
    assert not draft.contents.filter(key="telephony").exists()


def test_sections_split_or_merged_are_noted_and_taken_back(whole, draft):
    said = {"old": "mutual-aid", "new": ["control-sheet", "mutual-aid-numbers"]}
    page = whole.post(url("supersedes", draft.pk), said, follow=True).content.decode()
    assert "Control-sheet, Mutual-aid-numbers" in page
    whole.post(url("supersedes", draft.pk), {"old": "mutual-aid"})
    assert "Nothing is noted yet" in read(whole, "supersedes", draft.pk)


def test_the_history_tells_what_was_done_in_a_draft(whole, draft):
    one = thing(draft, "mutual-aid")
    whole.post(url("edit_generic", one.pk), fields_of(one, title="Neighbours"))
    page = read(whole, "version_history", draft.pk)
    assert "Neighbours" in page
    assert "changed" in page


def test_a_draft_is_given_up(whole, draft):
    page = whole.post(url("discard_generic", draft.pk), follow=True).content.decode()
    assert "The draft is given up" in page
    assert not GenericVersion.objects.filter(pk=draft.pk).exists()


def test_a_published_version_has_no_form(whole, generic):
    one = thing(generic, "mutual-aid")
    for name, args in (
        ("edit_generic", [one.pk]),
        ("publish", [generic.pk]),
        ("supersedes", [generic.pk]),
        ("add_generic", [generic.pk, "section"]),
    ):
        assert whole.get(url(name, *args)).status_code == 404


def test_an_unknown_kind_is_not_there(whole, draft):
    assert whole.get(url("add_generic", draft.pk, "gadget")).status_code == 404


@pytest.mark.parametrize("number", [1, 20])
@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow(
    client_of, staff_user, django_assert_num_queries, number
):
    for minor in range(number):
        rows = [("section", f"s{n}") for n in range(number)]
        last = make_generic(f"1.{minor}.0", rows)
    client = client_of(staff_user)
    for page, args, queries in (("versions", [], 5), ("version", [last.pk], 6)):
        with django_assert_num_queries(queries):
            client.get(url(page, *args))


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("waiting", "waits to be brought"),
        ("running", "3 of 12"),
        ("failed", "broke off"),
        ("done", "What is new"),
    ],
)
def test_publishing_shows_how_far_it_has_come(
    client_of, partnership_coordinator, state, said
):
    made = make_generic("1.0.0", [("section", "one")])
    Job.objects.create(kind="bring-version", target=made.pk, state=state)
    Job.objects.update(done=3, total=12)
    address = reverse("disaster_recovery:version", args=[made.pk])
    assert said in client_of(partnership_coordinator).get(address).content.decode()
