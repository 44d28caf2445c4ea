"""People without a name any more, in the administration."""

import pytest
from django.utils import timezone

from partners.models import Absence, StaffMember, User
from tests.administration import listing, page, saved, typed
from tests.factories import (
    LONG_AGO,
    make_absence,
    make_held,
    make_person,
    make_skill,
    make_user,
)


@pytest.fixture
def nobody(boston):
    person = make_person(boston, "Former member of staff")
    make_user("former@anonymised.invalid", person=person)
    hidden = {"left_on": LONG_AGO, "anonymised_on": timezone.localdate()}
    StaffMember.objects.filter(pk=person.pk).update(**hidden)
    make_held(person, make_skill("VPN"))
    return person


@pytest.mark.parametrize("who", ["coordinator", "partnership_coordinator"])
def test_they_and_their_skills_are_on_no_list(request, client_of, nobody, who):
    client = client_of(request.getfixturevalue(who))
    for model in (StaffMember, type(nobody.skills_held.get())):
        shown = client.get(listing(model) + "?post=all")
        assert "Former member" not in shown.text
    for record in (nobody, nobody.skills_held.get()):
        assert client.get(page(record)).status_code in {302, 404}
        assert not saved(client.post(page(record), {}, follow=True))
    assert client.get(f"/skills/people/{nobody.pk}/history/").status_code == 404


def test_their_login_is_nobody_s_to_open_again(
    client_of, nobody, partnership_coordinator
):
    client = client_of(partnership_coordinator)
    assert "anonymised.invalid" not in client.get(listing(User)).text
    client.post(page(nobody.user), {"email": "back@boston.example", "is_active": "on"})
    assert User.objects.get(pk=nobody.user_id).email == "former@anonymised.invalid"


def test_whom_they_covered_for_is_saved_as_before(keeping, boston, nobody):
    person = make_person(boston)
    make_absence(person, LONG_AGO, LONG_AGO, cover=nobody)
    posted = typed(keeping, page(person)) | {"post": "Analyst"}
    assert saved(keeping.post(page(person), posted))
    assert Absence.objects.get().cover == nobody
