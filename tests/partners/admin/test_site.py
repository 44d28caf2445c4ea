"""The administration's one door, and the doors of Django's that are shut."""

import pytest

from partners.models import BankHoliday, Disclosure, Partner, User
from tests.administration import listing


@pytest.fixture
def as_role(request, client, client_of):
    return lambda role: client_of(request.getfixturevalue(role)) if role else client


SHUT = ["r/1/1/", "password_change/", "password_change/done/", "post_office/email/"]
SHUT += ["account/emailaddress/", "auth/group/", "pghistory/events/"]


@pytest.mark.parametrize("address", SHUT)
def test_django_s_other_doors_are_shut(chief, address):
    assert chief.get(f"/admin/{address}").status_code == 404


@pytest.mark.parametrize("role", ["stranger", "staff_user", "reader"])
def test_those_who_keep_no_records_are_refused_at_the_door(as_role, role):
    answer = as_role(role).get("/admin/", follow=True)
    assert answer.status_code == 403


@pytest.mark.parametrize("role", [None, "leaver"])
def test_those_who_are_not_signed_in_are_led_to_the_one_sign_in_page(as_role, role):
    assert as_role(role).get("/admin/").status_code == 302
    answer = as_role(role).get("/admin/", follow=True)
    assert answer.request["PATH_INFO"] == "/accounts/login/"


def test_a_coordinator_is_offered_no_table_of_the_partnership(keeping):
    answer = keeping.get("/admin/")
    for model in (User, Disclosure):
        assert listing(model) not in answer.text
        assert keeping.get(listing(model)).status_code == 403
    for model in (Partner, BankHoliday):
        assert listing(model) in answer.text
