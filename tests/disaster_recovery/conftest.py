"""A small generic plan, and the plan of Boston made from it."""

import pytest

from disaster_recovery.plans import drafts
from tests.factories import make_person, make_user
from tests.plans import make_generic

CONTENTS = (
    (
        "parameter",
        "council_name",
        {"title": "Name of council", "is_required": True},
    ),
    ("parameter", "safe_place", {"title": "Where the safe is"}),
    ("section", "control-sheet", {"is_mandatory": True, "body": "Of {{council_name}}"}),
    ("section", "mutual-aid", {"body": "Ask a neighbour"}),
    ("section", "mutual-aid-numbers", {"parent": "mutual-aid"}),
    ("service", "network", {"rto": 240, "tier": 0}),
    ("service", "telephony", {"rto": 480, "depends_on": ["network"]}),
    ("task", "declare", {"phase": "prepare"}),
    ("task", "restore-network", {"predecessors": ["declare"], "restores": ["network"]}),
)


@pytest.fixture
def generic(db):
    return make_generic("1.0.0", CONTENTS)


@pytest.fixture
def draft(boston, coordinator, generic):
    """Boston's first draft, which its coordinator adopted."""
    return drafts.adopt(
        by=coordinator,
        partner=boston,
        generic=generic,
        values={"council_name": "Boston Borough Council"},
    )


@pytest.fixture
def approver(boston):
    """Somebody at Boston who wrote nothing."""
    return make_user(person=make_person(boston, "Ada Approver"))
