"""The command that publishes the versions that come with the software."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from disaster_recovery.models import GenericVersion
from tests.plans import make_generic

pytestmark = pytest.mark.django_db


def load():
    said = StringIO()
    call_command("load_generic_plan", stdout=said)
    return said.getvalue().splitlines()


def test_all_versions_are_published():
    assert load() == ["Version 1.0.0: published", "Version 1.1.0: published"]
    newest = GenericVersion.objects.published().newest_first().first()
    assert newest.number == "1.1.0"
    assert newest.contents.filter(kind="task").count() >= 33


def test_loading_again_adds_nothing():
    load()
    assert load() == [
        "Version 1.0.0: here already",
        "Version 1.1.0: here already",
    ]
    assert GenericVersion.objects.count() == 2


def test_a_newer_version_is_left_as_it_is():
    make_generic("3.0.0")
    assert {line.partition(": ")[2] for line in load()} == {
        "left out, for version 3.0.0 is newer"
    }


def test_a_draft_stands_in_the_way():
    make_generic()
    with pytest.raises(CommandError, match="There is a draft"):
        load()
    assert not GenericVersion.objects.published().exists()


def test_a_draft_does_not_where_all_is_here():
    load()
    make_generic()
    assert load()[1] == "Version 1.1.0: here already"
