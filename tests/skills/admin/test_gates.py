"""Every path of the administration by which another's record might be reached."""

import pytest

from partners.models import StaffMember, User
from tests.administration import CANARY, asked, listing, page, told, typed
from tests.factories import LONG_AGO, make_absence, make_person, make_skill

# Everybody who does not keep Lincoln's records; None is nobody signed in.
OTHERS = [None, "stranger", "leaver", "staff_user", "reader", "coordinator"]
SUGGESTIONS = "/admin/autocomplete/"
ROWS = ["working_days", "absences", "skills_held", "certifications", "learning_wishes"]


@pytest.fixture
def ours(boston):
    person = make_person(boston, "Bess Ordinary")
    make_absence(person, LONG_AGO, LONG_AGO)
    return person


@pytest.fixture
def as_role(request, client, client_of):
    return lambda role: client_of(request.getfixturevalue(role)) if role else client


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("name", ["change", "delete", "history"])
def test_another_partner_s_records_are_neither_told_nor_touched(
    as_role, canary, role, name
):
    client = as_role(role)
    for record in (canary, canary.skills_held.get(), canary.partner):
        for posted in (None, {"post": "yes"}, {"name": "Taken", "_save": "Save"}):
            said, changed = asked(client, page(record, name), posted)
            assert CANARY not in said
            assert changed == []


@pytest.mark.parametrize("name", ["change", "history", "delete"])
def test_one_s_own_partner_s_records_are_told(chief, canary, name):
    for record in (canary, canary.skills_held.get()):
        said, _ = asked(chief, page(record, name))
        assert CANARY in said or record is not canary


FORGED = {
    "the partner": lambda theirs: {"partner": theirs.partner_id},
    "the site": lambda theirs: {"base_site": theirs.base_site_id},
    "the login": lambda theirs: {"user": User.objects.latest("pk").pk},
    "who covers": lambda theirs: {"absences-0-cover": theirs.pk},
    "a row's id": lambda theirs: {
        "skills_held-TOTAL_FORMS": 1,
        "skills_held-INITIAL_FORMS": 1,
        "skills_held-0-id": theirs.skills_held.get().pk,
        "skills_held-0-skill": theirs.skills_held.get().skill_id,
        "skills_held-0-level": 1,
        "skills_held-0-edition": 1,
    },
    "a row's owner": lambda theirs: {
        "skills_held-TOTAL_FORMS": 1,
        "skills_held-0-staff": theirs.pk,
        "skills_held-0-skill": theirs.skills_held.get().skill_id,
        "skills_held-0-level": 1,
    },
    "another's page": lambda theirs: {"id": theirs.pk, "pk": theirs.pk},
}


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_form_changes_nothing(as_role, chief, ours, canary, role, forged):
    posted = typed(chief, page(ours)) | FORGED[forged](canary)
    said, changed = asked(as_role(role), page(ours), posted)
    assert CANARY not in said
    assert changed == []


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_is_added_to_another_partner(as_role, canary, role):
    empty = {
        f"{rows}-{count}_FORMS": 0 for rows in ROWS for count in ("TOTAL", "INITIAL")
    }
    person = {"name": "Planted", "work_email": "planted@lincoln.example"}
    posted = empty | person | {"partner": canary.partner_id}
    address = listing(StaffMember, "add")
    said, changed = asked(as_role(role), address, posted)
    assert changed == []
    assert CANARY not in said


def test_the_gate_holds_although_a_form_let_something_through(
    keeping, ours, canary, monkeypatch
):
    monkeypatch.setattr("partners.admin.site.gated", lambda m, u: m.objects.all())
    posted = typed(keeping, page(ours)) | {"partner": canary.partner_id}
    _, changed = asked(keeping, page(ours), posted)
    assert changed == []


ACTIONS = ["delete_selected", "confirm", "mark_as_left"]


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("extra", [{}, {"index": 0}, {"post": "yes"}])
def test_actions_on_many_reach_no_other_partner(as_role, canary, role, action, extra):
    for record in (canary, canary.skills_held.get(), canary.partner):
        posted = {"action": action, "_selected_action": record.pk, **extra}
        said, changed = asked(
            as_role(role), listing(type(record)), posted | {"select_across": 1}
        )
        assert CANARY not in said
        untouched = type(record).objects.get(pk=record.pk)
        assert untouched.version == record.version
        assert set(changed) <= _own(role)


def _own(role):
    """What somebody may well have changed of their own by ticking everything."""
    tables = ("partners_staffmember", "partners_staffmemberevent")
    return set(tables) if role == "coordinator" else set()


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize(
    ("app", "model", "field"),
    [
        ("partners", "absence", "cover"),
        ("skills", "skillheld", "staff"),
        ("skills", "skillheld", "skill"),
        ("skills", "skillheld", "confirmed_by"),
        ("partners", "staffmember", "partner"),
        ("partners", "staffmember", "user"),
        ("partners", "staffmember", "base_site"),
        ("partners", "appointment", "partner"),
        ("partners", "appointment", "user"),
        ("partners", "disclosure", "by"),
    ],
)
def test_what_a_form_suggests_is_one_s_own(as_role, canary, role, app, model, field):
    asking = {"app_label": app, "model_name": model, "field_name": field}
    for term in ("", "canary", "quirin", "\0", "%", "lincoln"):
        answer = as_role(role).get(SUGGESTIONS, asking | {"term": term}, follow=True)
        assert answer.status_code < 500
        assert CANARY not in answer.text
        assert "City of Lincoln" not in answer.text


def test_what_a_form_suggests_is_in_post_and_in_the_catalogue(keeping, boston):
    make_person(boston, "Gone", left_on=LONG_AGO)
    make_skill("Retired", retired_on=LONG_AGO)
    for model, app, field in [
        ("absence", "partners", "cover"),
        ("skillheld", "skills", "skill"),
    ]:
        answer = keeping.get(
            SUGGESTIONS,
            {"app_label": app, "model_name": model, "field_name": field, "term": ""},
        )
        assert "Gone" not in answer.text
        assert "Retired" not in answer.text


@pytest.mark.parametrize("key", ["1", "abc"])
def test_a_record_one_may_not_see_is_told_by_its_number_alone(keeping, canary, key):
    key = str(canary.pk) if key == "1" else key
    answer = keeping.get(f"{listing(StaffMember)}{key}/change/", follow=True)
    assert told(answer) == [
        f"member of staff with ID “{key}” doesn’t exist. Perhaps it was deleted?"
    ]


def test_the_administration_has_no_log_of_its_own(chief, ours):
    posted = typed(chief, page(ours)) | {"post": "Engineer"}
    _, changed = asked(chief, page(ours), posted)
    assert sorted(changed) == ["partners_staffmember", "partners_staffmemberevent"]
    assert ours.events.last().pgh_context.metadata["user"]
