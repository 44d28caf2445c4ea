"""What the address of a list may ask, and what comes of asking nonsense."""

import pytest
from django.contrib import admin

from partners.models import BankHoliday, Partner, StaffMember
from skills.models import Skill, SkillHeld
from tests.administration import (
    CANARY,
    CANARY_MOBILE,
    asked,
    listing,
    page,
    told,
)
from tests.factories import LONG_AGO, make_holiday, make_person, make_skill

ACTIONS = ["delete_selected", "confirm", "mark_as_left"]


@pytest.fixture
def as_role(request, client, client_of):
    return lambda role: client_of(request.getfixturevalue(role)) if role else client


LOOK_UPS = [
    "confirmed_by__password__startswith=md5",
    "user__password__startswith=md5",
    "user__email__startswith=a",
    "mobile__startswith=07700",
    "partner__people__mobile__startswith=07700",
    "partner__senior_sponsor__startswith=A",
    "base_site__name__startswith=CANARY",
    "absences__cover__name__startswith=CANARY",
    "search_key__contains=canary",
    "partner__exact=1",
    "partner__slug=lincoln",
    "id__in=1,2",
    "is_willing_to_help__in=1",
    "is_willing_to_help__exact__exact=1",
    "nonsense=1",
]


@pytest.mark.parametrize("role", ["coordinator", "partnership_coordinator"])
@pytest.mark.parametrize("look_up", LOOK_UPS)
def test_a_look_up_no_filter_offers_is_refused(as_role, canary, role, look_up):
    for name in ("changelist", "export"):
        answer = as_role(role).get(f"{listing(StaffMember, name)}?{look_up}")
        assert answer.status_code == 400
        assert CANARY not in answer.text


@pytest.mark.parametrize("field", ["mobile", "work_email", "user", "password"])
@pytest.mark.parametrize("popup", ["", "&_popup=1"])
def test_no_field_but_the_key_leads_back_to_a_form(keeping, boston, field, popup):
    ours = make_person(boston)
    for address in (listing(StaffMember), page(ours), listing(StaffMember, "add")):
        answer = keeping.get(f"{address}?_to_field={field}{popup}")
        assert answer.status_code == 400


@pytest.mark.parametrize("model", [StaffMember, SkillHeld, BankHoliday, Partner])
def test_lists_and_their_filters_name_no_other_partner(keeping, canary, model):
    make_holiday(LONG_AGO, CANARY, kind="local", partner=canary.partner)
    said, _ = asked(keeping, f"{listing(model)}?_facets=True&_popup=1")
    assert "City of Lincoln" not in said
    assert 'title="Lincoln"' not in said
    assert CANARY not in said


@pytest.mark.parametrize("model", [StaffMember, SkillHeld])
@pytest.mark.parametrize(
    "asking", ["", "partner=lincoln", "post=all", "q=canary", "all=1&p=99", "o=-3.1"]
)
def test_a_file_holds_no_other_partner_s_people(keeping, canary, model, asking):
    answer = keeping.get(f"{listing(model, 'export')}?{asking}")
    said = answer.getvalue().decode()
    assert answer.status_code in {200, 400}
    assert CANARY not in said
    assert CANARY_MOBILE not in said


@pytest.mark.parametrize("key", ["abc", "_00", "1_5F", "9" * 30, "-1"])
@pytest.mark.parametrize("name", ["change", "history", "delete"])
def test_a_key_of_nonsense_leads_nowhere(chief, key, name):
    for model in admin.site._registry:
        address = f"{listing(model)}{key}/{name}/"
        answer = chief.get(address)
        assert answer.status_code in {302, 403, 404}


BAD_INPUT = ["q=%00", "q=%25%25", "q=_", "q='--", "q=%FF", "p=abc", "p=-1", "p=9999"]
BAD_INPUT += [
    "o=zzz",
    "o=99.-99",
    "o=-",
    "e=1",
    "all=x",
    "_facets=x",
    "q=" + "a " * 900,
]
BAD_INPUT += ["q=<script>alert(1)</script>", f"q={'x' * 3000}"]


@pytest.mark.parametrize("asking", BAD_INPUT)
def test_bad_input_gets_a_page(chief, canary, asking):
    for model in admin.site._registry:
        answer = chief.get(f"{listing(model)}?{asking}")
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    ("model", "asking"),
    [
        (StaffMember, "is_willing_to_help__exact=9"),
        (SkillHeld, "level__exact=zz"),
        (BankHoliday, "on__year=zz"),
    ],
)
def test_a_filter_that_makes_no_sense_is_said(chief, model, asking):
    answer = chief.get(f"{listing(model)}?{asking}", follow=True)
    assert told(answer) == ["This list knows no such filter, so it shows everything"]


@pytest.mark.parametrize("asking", ["post", "partner", "confirmed"])
def test_a_choice_no_filter_offers_shows_nothing_and_says_so(chief, canary, asking):
    answer = chief.get(f"{listing(StaffMember)}?{asking}=nonsense")
    [sentence] = told(answer)
    assert sentence.endswith("“nonsense”: nothing is shown")
    assert CANARY not in answer.text


def test_a_filter_with_a_character_nobody_sees_is_refused(chief):
    make_skill()
    assert chief.get(f"{listing(Skill)}?kind__exact=%00").status_code == 400


def test_a_dozen_words_are_looked_for_and_the_rest_is_said(chief, canary):
    asking = f"{listing(StaffMember)}?q={'canary+' * 13}"
    answer = chief.get(asking)
    assert told(answer) == ["Only the first 12 words are looked for"]
    assert CANARY in answer.text


@pytest.mark.parametrize("ticked", ["abc", "\0", "1e5", "-1", "²"])
@pytest.mark.parametrize("action", ACTIONS)
def test_ticks_that_are_no_rows_are_said(chief, ticked, action):
    posted = {"action": action, "_selected_action": ticked, "post": "yes"}
    answer = chief.post(listing(StaffMember), posted, follow=True)
    assert told(answer) == ["Tick rows of this list"]
