"""What a row about a skill that somebody holds comes to."""

from datetime import date

import pytest

from skills.models import SkillHeld
from tests.factories import LONG_AGO, make_alias, make_held, make_person, make_skill
from tests.skills.imports.files import only, sentences

pytestmark = pytest.mark.django_db
HEADER = ["Work e-mail", "Skill", "Level"]


@pytest.fixture
def exchange(db):
    skill = make_skill("Microsoft Exchange Server")
    make_alias(skill, "MSX")
    return skill


def problem(batch):
    ((_, column, sentence),) = sentences(batch)
    return column, sentence


@pytest.mark.parametrize(
    "name", ["Microsoft Exchange Server", "microsoft exchange-server", "MSX", "msx"]
)
def test_a_skill_is_known_by_name_or_alias(held, ada, exchange, name):
    row = only(held(HEADER, [ada.work_email, name, "3"]))
    assert row.outcome == "new"
    assert row.values["skill_id"] == exchange.pk
    assert row.label == "Ada Able: Microsoft Exchange Server"


@pytest.mark.parametrize("level", ["3", "Practitioner", "practitioner"])
def test_a_level_is_a_number_or_a_word(held, ada, exchange, level):
    row = only(held(HEADER, [ada.work_email, "MSX", level]))
    assert row.values["level"] == 3


@pytest.mark.parametrize("level", ["0", "5", "guru", "3.5"])
def test_another_level_is_refused(held, ada, exchange, level):
    column, sentence = problem(held(HEADER, [ada.work_email, "MSX", level]))
    assert column == "Level"
    assert "Awareness, Working, Practitioner or Expert, or 1 to 4" in sentence


def test_a_new_skill_needs_a_level(held, ada, exchange):
    batch = held(HEADER, [ada.work_email, "MSX", ""])
    assert problem(batch)[1].startswith("Enter the level")


def test_an_alias_of_two_skills_lists_the_choices(held, ada, exchange):
    make_alias(make_skill("Active Directory"), "MSX")
    batch = held(HEADER, [ada.work_email, "MSX", "3"])
    assert problem(batch)[1] == (
        "This can mean several skills: write Active Directory or "
        "Microsoft Exchange Server"
    )


def test_an_unknown_skill_names_the_nearest(held, ada, exchange):
    batch = held(HEADER, [ada.work_email, "Microsft Exchnage Server", "3"])
    assert "nearest are Microsoft Exchange Server" in problem(batch)[1]


def test_nonsense_is_no_skill(held, ada, exchange):
    batch = held(HEADER, [ada.work_email, "?!", "3"])
    assert problem(batch)[1].endswith("look it up in the catalogue")


def test_a_retired_skill_is_refused(held, ada, exchange):
    make_skill("Novell", retired_on=LONG_AGO)
    batch = held(HEADER, [ada.work_email, "Novell", "3"])
    assert problem(batch)[1].startswith("This skill has been retired")


def test_a_retired_name_that_became_an_alias_means_its_successor(held, ada, exchange):
    make_skill("Novell", retired_on=LONG_AGO)
    make_alias(exchange, "Novell")
    row = only(held(HEADER, [ada.work_email, "Novell", "3"]))
    assert row.values["skill_id"] == exchange.pk


def test_a_retired_skill_somebody_holds_may_stand(held, ada):
    make_held(ada, make_skill("Novell", retired_on=LONG_AGO), 3)
    batch = held(HEADER, [ada.work_email, "Novell", "3"])
    assert only(batch).outcome == "unchanged"


def test_somebody_unknown_is_brought_in_first(held, exchange):
    batch = held(HEADER, ["no@boston.example", "MSX", "3"])
    assert "import the person first" in problem(batch)[1]


def test_one_person_s_skill_comes_once(held, ada, exchange):
    rows = [ada.work_email, "MSX", "3"], [ada.work_email, exchange.name, "4"]
    batch = held(HEADER, *rows)
    assert [said[:6] for *_, said in sentences(batch)] == ["Line 3", "Line 2"]


def test_last_used_comes_after_since(held, ada, exchange):
    header = [*HEADER, "Since", "Last used"]
    row = [ada.work_email, "MSX", "3", "1/2/2024", "1/1/2024"]
    assert problem(held(header, row))[0] == "Last used"


def test_a_level_brought_in_is_confirmed_by_who_applies_it(
    held, apply, ada, exchange, coordinator
):
    apply(held([*HEADER, "Since"], [ada.work_email, "MSX", "Expert", "1/2/2020"]))
    row = SkillHeld.objects.get()
    assert (row.level, row.since_on) == (4, date(2020, 2, 1))
    assert row.confirmed_by == coordinator
    assert row.confirmed_at


def test_an_unchanged_level_is_not_confirmed(held, apply, ada, exchange):
    bo = make_person(ada.partner, "Bo Both", work_email="bo@boston.example")
    make_held(ada, exchange, 3)
    rows = [ada.work_email, "MSX", "3"], [bo.work_email, "MSX", "2"]
    apply(held(HEADER, *rows))
    assert ada.skills_held.get().confirmed_at is None
    assert bo.skills_held.get().confirmed_at
