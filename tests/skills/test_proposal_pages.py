"""The pages on which skills are proposed and decided."""

import csv
import io

import pytest
from post_office.models import Email

from skills.models import Alias, Skill, SkillHeld, SkillProposal
from tests.factories import (
    LONG_AGO,
    make_alias,
    make_category,
    make_proposal,
    make_skill,
)
from tests.skills.pages import text

PROPOSE, PROPOSALS = "/skills/catalogue/propose/", "/skills/proposals/"
SAID = {"description": "Runs containers", "why": "Planning uses it"}


@pytest.fixture
def chief(client_of, partnership_coordinator):
    return client_of(partnership_coordinator)


def send(browser, name="Zephyr", **more):
    return browser.post(PROPOSE, SAID | {"name": name} | more, follow=True)


def test_a_name_like_no_other_is_proposed_at_once(member):
    answer = send(member, level=2)
    assert "“Zephyr” has been proposed" in text(answer)
    assert "Zephyr , proposed on" in text(answer)
    assert SkillProposal.objects.get().level == 2


def test_near_names_are_shown_before_anything_is_sent(member, exchange):
    answer = send(member, "Exchnge server")
    assert "Is it one of these?" in text(answer)
    assert "Microsoft Exchange Server – also" in text(answer)
    assert not SkillProposal.objects.exists()
    assert "There is a problem" not in text(answer)
    answer = send(member, "Exchnge server", asked="exchngeserver", choice="none")
    assert SkillProposal.objects.get().name == "Exchnge server"


def test_choosing_a_near_name_leads_to_its_skill(member, exchange):
    near = {"asked": "exchnge", "choice": exchange.pk, "why": ""}
    answer = member.post(PROPOSE, {"name": "exchnge", **near})
    assert answer.url == f"/skills/catalogue/{exchange.pk}/"


def test_once_asked_something_is_to_be_chosen(member, exchange):
    answer = send(member, "exchnge", asked="exchnge")
    assert "Choose one of these skills, or none" in text(answer)
    answer = send(member, "exchnge", asked="exchnge", choice="99999999999999999999")
    assert "Choose one of these skills, or none" in text(answer)


def test_another_name_is_asked_about_anew(member, exchange):
    answer = send(member, "exchange", asked="zephyr", choice="none")
    assert "Is it one of these?" in text(answer)
    assert not SkillProposal.objects.exists()


def test_a_skill_that_is_there_is_not_proposed(member):
    make_skill("Zephyr")
    answer = send(member, asked="zephyr", choice="none")
    assert "“Zephyr” is already in the catalogue: choose it" in text(answer)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Enter the name of the skill"),
        ("!!!", "Enter a name with letters or digits"),
        ("a\0b", "Remove the invisible characters from the name of the skill"),
        ("x" * 101, "Shorten the name of the skill to 100 characters or fewer"),
    ],
)
def test_a_bad_name_is_refused_and_nothing_typed_is_lost(member, name, sentence):
    answer = send(member, name)
    assert sentence in text(answer)
    assert "Planning uses it" in text(answer)


def test_a_level_and_a_category_that_are_none_are_refused(member):
    answer = send(member, level="9", category="99999999999999999999")
    assert "Choose I hold it at level from the list" in text(answer)
    assert "Choose category from the list" in text(answer)


def test_what_waits_is_not_proposed_again(member):
    make_proposal("Zephyr")
    assert "already been proposed and is waiting" in text(send(member))


def test_a_line_break_in_a_name_reaches_no_subject(member, partnership_coordinator):
    response = send(member, "Zephyr\nBcc: x@y.example")
    assert "on one line" in response.text
    assert not Email.objects.exists()
    assert not SkillProposal.objects.exists()


def test_the_page_is_filled_from_the_address(member):
    assert 'value="cobol"' in member.get(PROPOSE, {"name": "co\0bol "}).text.replace(
        "co bol", "cobol"
    )


def test_who_has_no_record_says_no_level(chief):
    assert "level" not in chief.get(PROPOSE).context["form"].fields


def test_one_sees_one_s_own_proposals_and_no_others(member, staff_user, coordinator):
    make_proposal("Mine", staff_user)
    make_proposal("Theirs", coordinator)
    page = text(member.get(PROPOSE))
    assert "Mine" in page
    assert "Theirs" not in page


def decide(chief, proposal, decision, **fields):
    posted = {f"{decision}-{name}": value for name, value in fields.items()}
    address = f"{PROPOSALS}{proposal.pk}/"
    return chief.post(address, posted | {"decision": decision}, follow=True)


def test_a_proposal_is_accepted_as_edited(chief, staff_user):
    proposal = make_proposal("zefyr", staff_user, level=1)
    category = make_category().pk
    said = {"name": "Zephyr", "category": category, "kind": "product"}
    answer = decide(chief, proposal, "accept", **said)
    assert "“zefyr” is now in the catalogue" in text(answer)
    assert Skill.objects.get().name == "Zephyr"
    assert SkillHeld.objects.get().level == 1


def test_a_taken_name_is_said_and_the_proposal_waits(chief):
    make_skill("Zephyr")
    make_skill("Oldest", retired_on=LONG_AGO)
    proposal, category = make_proposal("Zephyrs"), make_category().pk
    said = {"category": category, "kind": "product"}
    answer = decide(chief, proposal, "accept", name="zeph-yr", **said)
    assert "“Zephyr” is already in the catalogue" in text(answer)
    answer = decide(chief, proposal, "accept", name="oldest", **said)
    assert "“Oldest” is a retired skill: bring it back instead" in text(answer)
    assert SkillProposal.objects.get().is_open


def test_a_proposal_becomes_another_name(chief, exchange):
    proposal = make_proposal("Mail tower")
    said = {"skill": "msx", "kind": "other"}
    answer = decide(chief, proposal, "alias", **said)
    assert "“Mail tower” is now another name of a skill" in text(answer)
    assert Alias.objects.get(text="Mail tower").skill == exchange


@pytest.mark.parametrize(
    ("skill", "sentence"),
    [
        ("", "Enter the skill it is another name of"),
        ("exchnge", "No skill is called “exchnge”: did you mean “Microsoft Exchange"),
        ("qqqqqq", "No skill is called “qqqqqq”: look it up in the list of skills"),
        ("MSX", "“MSX” means several skills"),
    ],
)
def test_an_unknown_skill_is_said_with_what_is_near(chief, exchange, skill, sentence):
    make_alias(make_skill("Multi-site exchange"), "MSX")
    answer = decide(chief, make_proposal("Zephyr"), "alias", skill=skill, kind="other")
    assert sentence in text(answer)


def test_a_decline_wants_a_reason(chief):
    proposal = make_proposal()
    assert "Enter the reason" in text(decide(chief, proposal, "decline", reason=""))
    answer = decide(chief, proposal, "decline", reason="A brand")
    assert "“Kubernetes” has been declined" in text(answer)
    assert "A brand" in text(answer)


def test_the_second_to_decide_is_told_who_was_first(chief, partnership_coordinator):
    proposal = make_proposal()
    decide(chief, proposal, "decline", reason="A brand")
    answer = decide(chief, proposal, "decline", reason="Mine")
    assert f"{partnership_coordinator.email} has already decided this proposal" in text(
        answer
    )
    assert SkillProposal.objects.get().reason == "A brand"


def test_a_decision_nobody_offers_is_no_decision(chief):
    proposal = make_proposal()
    answer = chief.post(f"{PROPOSALS}{proposal.pk}/", {"decision": "x"}, follow=True)
    assert "Choose what to do with the proposal" in text(answer)
    assert chief.get(f"{PROPOSALS}99999999999999999999/").status_code == 404


def test_the_list_is_filtered_by_state(chief, partnership_coordinator):
    make_proposal("Waits")
    decide(chief, make_proposal("Refused"), "decline", reason="No")
    names = lambda q: [p.name for p in chief.get(PROPOSALS + q).context["page"]]  # noqa: E731
    assert names("") == ["Waits"]
    assert names("?state=declined") == ["Refused"]
    assert names("?state=all") == ["Refused", "Waits"]
    assert names("?state=merged") == []
    assert "There is no state “<b>”" in text(chief.get(f"{PROPOSALS}?state=<b>"))


def test_the_csv_has_what_the_page_is_filtered_to(chief, staff_user):
    make_proposal("=cmd()", staff_user, level=4)
    decide(chief, make_proposal("Refused"), "decline", reason="No")
    answer = chief.get(f"{PROPOSALS}export.csv?state=open")
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode(), newline="")))
    assert [row[0] for row in rows] == ["Name", "'=cmd()"]
    assert rows[1][4:6] == ["Expert", "Sandy Staff"]


def test_the_list_asks_as_often_for_twenty_as_for_one(
    chief, coordinator, django_assert_num_queries
):
    for number in range(20):
        make_proposal(f"Skill {number}", coordinator)
        if number in (0, 19):
            with django_assert_num_queries(5):
                chief.get(PROPOSALS)


def test_own_proposals_ask_as_often_for_twenty_as_for_one(
    member, staff_user, django_assert_num_queries
):
    for number in range(20):
        make_proposal(f"Skill {number}", staff_user)
        if number in (0, 19):
            with django_assert_num_queries(6):
                member.get(PROPOSE)
