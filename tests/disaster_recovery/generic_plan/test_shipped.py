"""Versions that come with the product are published once, and hold together."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from disaster_recovery.generic_plan import shipped
from disaster_recovery.generic_plan.shipped import Shipped
from disaster_recovery.generic_plan.versions import canonical_of
from disaster_recovery.models import GenericVersion
from tests.plans import make_generic

pytestmark = pytest.mark.django_db
OBJECTS = (
    ("section", "control-sheet", {"title": "Control sheet", "is_mandatory": True}),
    ("service", "network", {"title": "Network", "tier": 0, "rto": 240}),
    ("service", "e-mail", {"title": "E-mail", "tier": 2, "depends_on": ["network"]}),
)


def test_a_shipped_version_is_published_as_it_is_written():
    made = shipped.load(Shipped((1, 0, 0), "The first", OBJECTS))
    assert (made.number, made.release_notes) == ("1.0.0", "The first")
    kept = made.contents.order_by("position").values_list("kind", "key", "fields")
    assert [*kept] == [*OBJECTS]


def test_it_is_brought_in_once():
    shipped.load(Shipped((1, 0, 0), "The first", OBJECTS))
    assert shipped.load(Shipped((1, 0, 0), "Another", ())) is None
    assert GenericVersion.objects.get().release_notes == "The first"


def test_the_same_text_has_the_same_fingerprint_everywhere():
    made = shipped.load(Shipped((1, 0, 0), "The first", OBJECTS))
    said = canonical_of(made)
    assert "published_at" not in said
    assert '"number":"1.0.0"' in said


def test_what_does_not_hold_together_is_not_brought_in():
    broken = (*OBJECTS, ("section", "a", {"title": "A", "body": "{{unheard}}"}))
    with pytest.raises(ValidationError, match="no parameter “unheard”"):
        shipped.load(Shipped((1, 0, 0), "The first", broken))
    assert not GenericVersion.objects.exists()


def test_a_draft_of_somebody_is_not_written_over():
    make_generic(objects=[("section", "theirs")])
    with pytest.raises(IntegrityError), transaction.atomic():
        shipped.load(Shipped((1, 0, 0), "The first", OBJECTS))
    assert GenericVersion.objects.get().is_draft
