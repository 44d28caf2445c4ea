"""A coordinator is led through adapting a plan, and a named person approves it."""

import pytest
from django.urls import reverse

from disaster_recovery.models import Plan, PlanEdition
from disaster_recovery.plans import adaptations, drafts, reading


def url(name, *args):
    return reverse(f"disaster_recovery:{name}", args=args)


@pytest.fixture
def ours(client_of, coordinator):
    return client_of(coordinator)


def read(client, name, *args, **query):
    response = client.get(url(name, *args), query)
    assert response.status_code == 200
    return response.getvalue().decode()


def post(client, name, *args, **posted):
    response = client.post(url(name, *args), posted, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def row(draft, key):
    return draft.contents.get(key=key)


def posted_for(draft, key, **changed):
    one = next(t for t in reading.resolved(draft) if t.key == key)
    kept = {**one.generic, "addendum": one.addendum, "edition": row(draft, key).version}
    return kept | changed


def test_a_plan_is_adopted_with_the_name_of_the_council(ours, boston, generic):
    assert "Begin with the generic plan" in read(ours, "plan", boston.slug)
    page = post(ours, "adopt", boston.slug, generic=generic.pk)
    assert "first fill in its values" in page
    draft = PlanEdition.objects.get()
    assert reading.values_of(draft) == {"council_name": boston.name}
    assert "what is still to do" in read(ours, "plan", boston.slug)


@pytest.mark.parametrize("choice", ["", "0", "x", "999999"])
def test_a_forged_version_is_not_adopted(ours, boston, generic, choice):
    page = post(ours, "adopt", boston.slug, generic=choice)
    assert "There is a problem" in page
    assert not Plan.objects.exists()


def test_adopting_twice_says_so(ours, boston, draft, generic):
    page = post(ours, "adopt", boston.slug, generic=generic.pk)
    assert "This partner already has a plan" in page


@pytest.mark.django_db
def test_a_plan_is_begun_with_a_text_of_one_s_own(ours, boston):
    page = post(ours, "bring", boston.slug, text="# Flood\nMove upstairs")
    assert "Flood" in page
    assert PlanEdition.objects.get().contents.get().fields["body"] == "Move upstairs"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Enter the text of your plan"),
        ("# A\npassword: hunter2", "It is no password"),
        ("# A\n-----BEGIN PRIVATE " + "KEY-----", "say where the safe is"),
        ("# A\0", "invisible characters"),
    ],
)
@pytest.mark.django_db
def test_a_bad_text_is_said_and_kept(ours, boston, text, sentence):
    page = post(ours, "bring", boston.slug, text=text)
    assert sentence in page
    assert not Plan.objects.exists()


@pytest.mark.django_db
def test_a_warning_is_overruled_with_a_tick(ours, boston):
    text = "# A\npassword: hunter2"
    post(ours, "bring", boston.slug, text=text, overrule="on")
    assert PlanEdition.objects.get().contents.count() == 1


def test_the_task_list_tells_what_is_still_to_do_and_for_whom(ours, draft):
    page = read(ours, "to_do", draft.pk)
    assert "0 of 7 parts" in page
    assert page.count("To read") == 7
    assert "For: ICT manager" in page
    post(ours, "settle", draft.pk, "section")
    page = read(ours, "to_do", draft.pk)
    assert "3 of 7 parts" in page
    assert page.count("Fits as it is") == 3


def test_values_are_entered(ours, draft):
    values = {"value-council_name": "Boston", "value-safe_place": "Room 1"}
    page = read(ours, "parameters", draft.pk)
    read_as = page.split('name="read" value="')[1].split('"')[0]
    post(ours, "parameters", draft.pk, read=read_as, **values)
    assert reading.values_of(draft) == {
        "council_name": "Boston",
        "safe_place": "Room 1",
    }


def test_who_enters_values_second_sees_both(ours, draft, coordinator):
    page = read(ours, "parameters", draft.pk)
    read_as = page.split('name="read" value="')[1].split('"')[0]
    values = {"council_name": "Theirs"}
    drafts.set_parameters(by=coordinator, edition=draft, values=values)
    mine = {"value-council_name": "Mine", "read": read_as}
    page = post(ours, "parameters", draft.pk, **mine)
    assert "Somebody saved other values meanwhile" in page
    assert "Theirs" in page
    assert reading.values_of(draft)["council_name"] == "Theirs"


def test_a_value_that_looks_like_a_password_is_said_beside_its_field(ours, draft):
    page = read(ours, "parameters", draft.pk)
    read_as = page.split('name="read" value="')[1].split('"')[0]
    posted = {"read": read_as, "value-safe_place": "PIN: 4711"}
    assert "It is no password" in post(ours, "parameters", draft.pk, **posted)
    post(ours, "parameters", draft.pk, **posted, overrule="on")
    assert reading.values_of(draft)["safe_place"] == "PIN: 4711"


def test_a_section_is_adapted(ours, draft):
    one = row(draft, "mutual-aid")
    posted = posted_for(draft, "mutual-aid", body="Ours", addendum="More")
    page = post(ours, "edit_object", one.pk, **posted)
    assert "Saved: Mutual-aid" in page
    one.refresh_from_db()
    assert (one.fields, one.addendum, one.state) == (
        {"body": "Ours"},
        "More",
        "adapted",
    )
    assert "What the generic plan says" in read(ours, "edit_object", one.pk)
    post(ours, "take_generic", one.pk)
    one.refresh_from_db()
    assert one.state == "inherited"


def test_a_mandatory_section_stays_mandatory_when_it_is_adapted(ours, draft):
    one = row(draft, "control-sheet")
    posted = posted_for(draft, "control-sheet", body="Ours")
    post(ours, "edit_object", one.pk, **posted)
    one.refresh_from_db()
    assert one.fields == {"body": "Ours"}


@pytest.mark.parametrize(
    ("key", "posted", "sentence"),
    [
        ("mutual-aid", {"title": ""}, "Enter title"),
        ("mutual-aid", {"body": "pwd: hunter2"}, "It is no password"),
        ("mutual-aid", {"addendum": "pwd: hunter2"}, "It is no password"),
        ("mutual-aid", {"addendum": "a\0"}, "invisible characters"),
        ("network", {"rto": "soon"}, "Write rto like “4 hours”"),
        ("network", {"depends_on": ["unheard"]}, "Choose depends on"),
    ],
)
def test_bad_input_is_said_beside_the_field(ours, draft, key, posted, sentence):
    one = row(draft, key)
    posted = posted_for(draft, key, **posted)
    assert sentence in post(ours, "edit_object", one.pk, **posted)
    one.refresh_from_db()
    assert one.state == "inherited"


def test_who_was_second_sees_both_versions(ours, draft, coordinator):
    posted = posted_for(draft, "mutual-aid", body="Mine")
    one = row(draft, "mutual-aid")
    said = {"title": "T", "body": "Theirs"}
    adaptations.adapt(by=coordinator, thing=row(draft, "mutual-aid"), fields=said)
    page = post(ours, "edit_object", one.pk, **posted)
    for words in ("Mine", "Theirs", "Both versions", "Olive Ours"):
        assert words in page
    assert row(draft, "mutual-aid").fields["body"] == "Theirs"


def test_something_of_one_s_own_is_added_and_pasted(ours, draft):
    post(ours, "add_object", draft.pk, "service", title="CCTV", tier="3")
    assert row(draft, "own-cctv").state == "ours"
    page = post(ours, "paste", draft.pk, text="# Flood\n\n# Fire")
    assert "2 sections are added" in page
    assert ours.get(url("add_object", draft.pk, "gadget")).status_code == 404


def test_a_section_is_left_out_and_comes_back(ours, draft):
    one = row(draft, "mutual-aid")
    assert "Enter reason" in post(ours, "leave_out", one.pk, reason="")
    post(ours, "leave_out", one.pk, reason="We have none")
    assert "We have none" in read(ours, "edition", draft.pk)
    assert "Bring it back" in read(ours, "edit_object", one.pk)
    post(ours, "bring_back", one.pk)
    one.refresh_from_db()
    assert one.state == "inherited"


def test_a_mandatory_section_is_said_not_to_be_applicable(ours, draft):
    one = row(draft, "control-sheet")
    assert "Not applicable to us" in read(ours, "leave_out", one.pk)
    post(ours, "leave_out", one.pk, reason="We have none")
    assert "Not applicable because:" in read(ours, "edition", draft.pk)


def test_objects_move_and_are_noted_to_fit(ours, draft):
    one = row(draft, "mutual-aid")
    post(ours, "move_object", one.pk, way="up")
    assert draft.contents.filter(kind="section").first() == one
    post(ours, "fits", row(draft, "network").pk)
    assert row(draft, "network").is_settled
