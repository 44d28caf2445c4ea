"""Two nights at once, or a coordinator beside the night: it is done once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lincs_ict.anonymising import leavers
from partners.models import Anonymisation, StaffMember
from tests.factories import make_partner, make_person
from tests.races import lost, race

pytestmark = pytest.mark.django_db(transaction=True)
GONE = timezone.localdate() - timedelta(days=100)


@pytest.fixture
def leaver():
    return make_person(make_partner(), "Xanthippe Quill", left_on=GONE)


def test_two_at_once_do_it_once(leaver):
    do = lambda: leavers.anonymise(staff_id=leaver.pk)  # noqa: E731
    outcomes = race(do, do)
    assert lost(outcomes) == []
    assert [bool(outcome) for outcome in outcomes].count(True) == 1
    assert Anonymisation.objects.get().staff_id == leaver.pk


def test_who_is_brought_back_meanwhile_keeps_their_name_or_is_not_back(leaver):
    rows = StaffMember.objects.filter(pk=leaver.pk, anonymised_on=None)
    outcomes = race(
        lambda: leavers.anonymise(staff_id=leaver.pk),
        lambda: rows.update(left_on=None),
    )
    assert len(lost(outcomes)) < 2
    leaver.refresh_from_db()
    is_back = leaver.left_on is None
    assert (leaver.name == "Xanthippe Quill") is is_back
