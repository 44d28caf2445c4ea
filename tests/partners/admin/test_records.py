"""Partners, days off, logins and their roles, as coordinators keep them."""

from datetime import date

import pytest

from partners.models import (
    Appointment,
    BankHoliday,
    Disclosure,
    Partner,
    Site,
    StaffMember,
    User,
)
from tests.administration import asked, complaints, listing, page, row, saved, typed
from tests.factories import (
    LONG_AGO,
    appoint,
    make_held,
    make_holiday,
    make_partner,
    make_person,
    make_site,
    make_skill,
    make_user,
)

CHIEF = Appointment.Role.PARTNERSHIP_COORDINATOR
LAST_ONE = (
    "The partnership needs at least one partnership coordinator: appoint another first"
)
NEW_LOGIN = {
    "email": "new@boston.example",
    "is_active": "on",
    "appointments-TOTAL_FORMS": 0,
    "appointments-INITIAL_FORMS": 0,
}
EVE = {"on": "24/12/2026", "name": "Christmas Eve"}


def test_a_coordinator_keeps_the_desk_of_their_partner(keeping, boston):
    posted = typed(keeping, page(boston))
    posted["service_desk_telephone"] = "01632 960777"
    assert saved(keeping.post(page(boston), posted))
    boston.refresh_from_db()
    assert boston.service_desk_telephone == "01632 960777"


@pytest.mark.parametrize(
    ("field", "forged"),
    [
        ("kind", "police"),
        ("slug", "taken-over"),
        ("name", "Taken over"),
        ("short_name", "Taken over"),
        ("joined_on", "01/01/2001"),
        ("left_on", "01/01/2002"),
    ],
)
def test_a_coordinator_does_not_change_what_a_partner_is(
    keeping, boston, field, forged
):
    posted = typed(keeping, page(boston)) | {field: forged}
    assert asked(keeping, page(boston), posted)[1] == []


def test_a_coordinator_does_not_add_a_partner(keeping):
    posted = {"name": "New", "short_name": "New", "slug": "new", "kind": "city"}
    assert asked(keeping, listing(Partner, "add"), posted)[1] == []


def test_a_coordinator_adds_a_site_of_their_partner(keeping, boston):
    posted = typed(keeping, page(boston)) | row("sites", name="Depot")
    assert saved(keeping.post(page(boston), posted))
    assert boston.sites.get().name == "Depot"


def test_another_partner_s_site_is_not_taken_over(keeping, boston, canary):
    site = Site.objects.get(partner=canary.partner)
    forged = row("sites", id=site.pk, name="Taken", partner=boston.pk, edition=1)
    posted = typed(keeping, page(boston)) | forged | {"sites-INITIAL_FORMS": 1}
    said, changed = asked(keeping, page(boston), posted)
    assert changed == []
    assert site.name not in said


def test_a_site_is_not_given_to_another_partner(keeping, boston, lincoln):
    posted = typed(keeping, page(boston))
    posted |= row("sites", name="Depot", partner=lincoln.pk)
    assert asked(keeping, page(boston), posted)[1] == []


def test_a_coordinator_adds_and_removes_a_day_of_their_partner(keeping, boston):
    posted = EVE | {"kind": "local", "partner": boston.pk}
    assert saved(keeping.post(listing(BankHoliday, "add"), posted))
    day = BankHoliday.objects.get()
    assert (day.on, day.partner) == (date(2026, 12, 24), boston)
    assert saved(keeping.post(page(day, "delete"), {"post": "yes"}))
    assert not BankHoliday.objects.exists()


@pytest.mark.parametrize("kind", ["actual", "substitute", "one-off", "local"])
@pytest.mark.parametrize("whose", ["boston", "lincoln", "nobody"])
def test_a_coordinator_adds_no_day_for_others(keeping, boston, lincoln, kind, whose):
    if (kind, whose) == ("local", "boston"):
        return
    partner = {"boston": boston.pk, "lincoln": lincoln.pk, "nobody": ""}[whose]
    posted = EVE | {"kind": kind, "partner": partner}
    assert asked(keeping, listing(BankHoliday, "add"), posted)[1] == []


def test_a_coordinator_changes_no_day_of_all_england(keeping):
    day = make_holiday(LONG_AGO, "New Year")
    for name in ("change", "delete"):
        said, changed = asked(keeping, page(day, name), {"post": "yes", **EVE})
        assert changed == []
        assert "New Year" not in said


def test_a_new_day_is_a_local_one_to_begin_with(keeping):
    assert typed(keeping, listing(BankHoliday, "add"))["kind"] == "local"
    answer = keeping.get(listing(BankHoliday, "add"))
    assert BankHoliday.Kind.SUBSTITUTE.label not in answer.text


SELF_APPOINTMENT = row("appointments", role=CHIEF, since="01/01/2020")


@pytest.mark.parametrize("role", ["staff_user", "reader", "coordinator", "leaver"])
def test_nobody_appoints_themselves(request, client_of, role):
    user = request.getfixturevalue(role)
    for address in (page(user), listing(User, "add")):
        posted = NEW_LOGIN | SELF_APPOINTMENT
        assert asked(client_of(user), address, posted)[1] == []


def test_the_partnership_coordinator_makes_a_login_with_a_role(chief, boston):
    posted = NEW_LOGIN | row(
        "appointments", role="coordinator", partner=boston.pk, since="01/11/2026"
    )
    assert saved(chief.post(listing(User, "add"), posted))
    user = User.objects.get(email="new@boston.example")
    assert user.appointments.get().partner == boston
    assert not user.has_usable_password()


def test_the_same_email_in_other_capitals_is_refused(chief):
    make_user("New@boston.example")
    answer = chief.post(listing(User, "add"), NEW_LOGIN)
    assert complaints(answer)[-1] == "There is already a login with this e-mail"


LOSSES = {
    "ended": {"appointments-0-until": "01/01/2026"},
    "removed": {"appointments-0-DELETE": "on"},
    "made a reader's": {"appointments-0-role": "reader"},
}


@pytest.mark.parametrize("loss", LOSSES)
def test_the_last_partnership_coordinator_keeps_the_role(
    chief, partnership_coordinator, loss
):
    address = page(partnership_coordinator)
    posted = typed(chief, address) | LOSSES[loss]
    answer = chief.post(address, posted)
    assert complaints(answer) == [LAST_ONE]
    assert Appointment.objects.get().until is None
    for name, value in LOSSES[loss].items():
        assert name in answer.text
        assert value in answer.text


def test_the_last_partnership_coordinator_keeps_the_login(
    chief, partnership_coordinator
):
    other = make_user()
    appoint(other, CHIEF, until=date(2099, 1, 1))
    posted = typed(chief, page(other))
    posted.pop("is_active")
    assert saved(chief.post(page(other), posted))
    own = typed(chief, page(partnership_coordinator))
    own.pop("is_active")
    answer = chief.post(page(partnership_coordinator), own)
    assert complaints(answer) == ["Nobody closes their own login: ask a colleague to"]
    assert User.objects.get(pk=partnership_coordinator.pk).is_active


def test_the_last_partnership_coordinator_does_not_leave(
    keeping, boston, partnership_coordinator
):
    person = make_person(boston, user=partnership_coordinator)
    posted = typed(keeping, page(person)) | {"left_on": "01/11/2026"}
    assert complaints(keeping.post(page(person), posted)) == [LAST_ONE]
    person.refresh_from_db()
    assert person.left_on is None


def test_one_of_two_partnership_coordinators_leaves(
    keeping, boston, partnership_coordinator
):
    appoint(make_user(), CHIEF)
    person = make_person(boston, user=partnership_coordinator)
    posted = typed(keeping, page(person)) | {"left_on": "01/11/2026"}
    assert saved(keeping.post(page(person), posted))


def test_what_is_still_used_is_not_deleted_and_says_by_what(chief, canary):
    answer = chief.get(page(canary.partner, "delete"))
    assert "CANARY Quirin" in answer.text
    assert asked(chief, page(canary.partner, "delete"), {"post": "yes"})[1] == []


def test_disclosures_are_read_and_not_changed(chief, canary):
    note = Disclosure.objects.create(kind="page", what="person", staff_ids=[canary.pk])
    assert chief.get(page(note)).status_code == 200
    for name in ("change", "delete"):
        chief.post(page(note, name), {"what": "nothing", "post": "yes"})
    assert Disclosure.objects.get().what == "person"


def _one_more(number):
    partner = make_partner()
    person = make_person(partner, base_site=make_site(partner))
    make_held(person, make_skill(category=f"Category {number}"))
    user = make_user(person=person)
    appoint(user, Appointment.Role.READER)
    make_holiday(LONG_AGO, kind="local", partner=partner)
    Disclosure.objects.create(kind="page", what="person", staff_ids=[1], by=user)


@pytest.mark.parametrize(
    ("model", "queries"),
    [(Partner, 5), (BankHoliday, 8), (User, 5), (Disclosure, 7), (StaffMember, 6)],
)
def test_a_list_asks_as_much_for_one_row_as_for_twenty(
    chief, django_assert_num_queries, model, queries
):
    for rows in (range(1), range(1, 20)):
        for number in rows:
            _one_more(number)
        with django_assert_num_queries(queries):
            assert chief.get(listing(model)).status_code == 200
