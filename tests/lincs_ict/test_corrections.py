"""The requests for correction of the demonstration."""

from partners.models import CorrectionRequest


def test_the_demonstration_has_requests_answered_and_waiting(demonstration, db):
    states = CorrectionRequest.objects.values_list("state", flat=True)
    assert sorted(states) == ["declined", "open", "open"]
