"""The transfers of the demonstration."""

from lincs_ict.demonstration.transfers import NOTE
from partners.models import Transfer


def test_somebody_waits_for_an_answer_and_somebody_has_arrived(demonstration, db):
    done, waiting = Transfer.objects.order_by("state")
    assert (waiting.state, waiting.to_partner.slug) == ("released", "lincoln")
    assert waiting.note == NOTE
    assert (done.state, done.staff.partner.slug) == ("done", "east-lindsey")
    assert done.staff.work_email.endswith("@east-lindsey.example")
    assert done.staff.skills_held.exists()
