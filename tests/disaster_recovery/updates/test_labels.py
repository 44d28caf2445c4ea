"""Every change that somebody decides on has its words and its buttons."""

import pytest

from disaster_recovery.merging.outcomes import SETTLED, Outcome
from disaster_recovery.models import PlanDecision
from disaster_recovery.updates import labels

OPEN = [outcome for outcome in Outcome if outcome not in SETTLED]


@pytest.mark.parametrize("outcome", OPEN)
def test_every_open_outcome_has_words_and_a_button(outcome):
    assert labels.OUTCOMES[outcome]
    assert labels.BUTTONS[outcome]


def test_buttons_and_forms_post_choices_that_can_be_recorded():
    posted = {choice for buttons in labels.BUTTONS.values() for choice, _ in buttons}
    assert posted | {*labels.FORMS, *labels.SIMPLE_CHOICES} <= {*PlanDecision.Choice}
