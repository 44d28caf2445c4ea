"""The requests for correction of the demonstration."""

from django.core.management import call_command

from partners.models import CorrectionRequest


def test_the_demonstration_has_requests_answered_and_waiting(db, settings, capsys):
    settings.DEMO = True
    call_command("load_demonstration")
    states = CorrectionRequest.objects.values_list("state", flat=True)
    assert sorted(states) == ["declined", "open", "open"]
