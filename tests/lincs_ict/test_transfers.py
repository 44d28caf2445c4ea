"""The transfers of the demonstration."""

import io

import pytest
from django.core.management import call_command

from lincs_ict.demonstration.transfers import NOTE
from partners.models import Transfer


@pytest.mark.django_db
def test_somebody_waits_for_an_answer_and_somebody_has_arrived(settings):
    settings.DEMO = True
    call_command("load_demonstration", stdout=io.StringIO())
    done, waiting = Transfer.objects.order_by("state")
    assert (waiting.state, waiting.to_partner.slug) == ("released", "lincoln")
    assert waiting.note == NOTE
    assert (done.state, done.staff.partner.slug) == ("done", "east-lindsey")
    assert done.staff.work_email.endswith("@east-lindsey.example")
    assert done.staff.skills_held.exists()
