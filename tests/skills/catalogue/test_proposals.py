"""Missing skills: proposed by anybody, decided once by the partnership coordinator."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from post_office.models import Email

from partners.models import Appointment
from skills.catalogue import proposals
from skills.models import Alias, Category, Skill, SkillHeld, SkillProposal
from tests.constraints import assert_guarded, assert_sentence
from tests.factories import (
    LONG_AGO,
    appoint,
    make_alias,
    make_category,
    make_held,
    make_person,
    make_proposal,
    make_skill,
    make_user,
)
from tests.races import lost, race

SAID = {"description": "Containers", "why": "Planning uses it"}
FIELDS = {"kind": "product", "description": ""}


@pytest.fixture
def proposal(staff_user):
    return make_proposal("Kubernetes", staff_user, level=3)


def accept(by, proposal, name="Kubernetes"):
    category = make_category()
    return proposals.accept(
        by=by, proposal=proposal, name=name, category=category, **FIELDS
    )


def told(address):
    return [m.message for m in Email.objects.all() if m.to == [address]]


def test_a_proposal_tells_those_who_keep_the_catalogue(
    staff_user, partnership_coordinator
):
    proposals.propose(by=staff_user, name=" Kuber\u200bnetes  K8s ", **SAID)
    assert SkillProposal.objects.get().name == "Kubernetes K8s"
    assert "Sandy Staff, Boston" in told(partnership_coordinator.email)[0]


def test_keepers_who_left_and_the_proposer_are_not_told(
    partnership_coordinator, leaver
):
    appoint(leaver, Appointment.Role.PARTNERSHIP_COORDINATOR)
    assert list(proposals.keepers()) == [partnership_coordinator]
    proposals.propose(by=partnership_coordinator, name="Kubernetes", **SAID)
    assert not Email.objects.exists()


@pytest.mark.parametrize("role", ["reader", "stranger", "leaver"])
def test_some_propose_nothing(request, role):
    with pytest.raises(PermissionDenied):
        proposals.propose(by=request.getfixturevalue(role), name="X", **SAID)


@pytest.mark.parametrize("role", ["staff_user", "coordinator", "reader"])
def test_only_the_partnership_coordinator_decides(request, proposal, role):
    by, skill = request.getfixturevalue(role), make_skill()
    with pytest.raises(PermissionDenied):
        accept(by, proposal)
    with pytest.raises(PermissionDenied):
        proposals.take_as_alias(by=by, proposal=proposal, skill=skill, kind="other")
    with pytest.raises(PermissionDenied):
        proposals.decline(by=by, proposal=proposal, reason="No")


def test_an_accepted_skill_is_the_proposer_s_unconfirmed(
    proposal, partnership_coordinator, staff_user
):
    skill = accept(partnership_coordinator, proposal, "Kubernetes (K8s)")
    held = SkillHeld.objects.get()
    assert (held.staff, held.skill, held.level) == (staff_user.person, skill, 3)
    assert held.confirmed_at is None
    assert skill.source == "proposed by Boston"
    assert "under the name Kubernetes (K8s)" in told(staff_user.email)[0]
    assert "Practitioner" in told(staff_user.email)[0]


def test_another_name_takes_its_provenance_from_the_partner(
    proposal, partnership_coordinator, staff_user
):
    skill = make_skill("Container orchestration")
    proposals.take_as_alias(
        by=partnership_coordinator, proposal=proposal, skill=skill, kind="vendor name"
    )
    alias = Alias.objects.get()
    assert (alias.text, alias.kind) == ("Kubernetes", "vendor name")
    assert alias.source == "proposed by Boston"
    assert SkillHeld.objects.get().skill == skill
    assert "another name: Container orchestration" in told(staff_user.email)[0]


def test_a_name_that_is_there_already_is_not_added_twice(
    proposal, partnership_coordinator, staff_user
):
    skill = make_skill("Containers")
    make_alias(skill, "kubernetes")
    make_held(staff_user.person, skill, 1)
    proposals.take_as_alias(
        by=partnership_coordinator, proposal=proposal, skill=skill, kind="other"
    )
    assert Alias.objects.count() == 1
    assert SkillHeld.objects.get().level == 1
    assert "Awareness" in told(staff_user.email)[0]


def test_declining_tells_the_reason(proposal, partnership_coordinator, staff_user):
    proposals.decline(
        by=partnership_coordinator, proposal=proposal, reason="A brand, not a skill"
    )
    assert "The reason: A brand, not a skill" in told(staff_user.email)[0]
    assert not Skill.objects.exists()


def test_a_proposer_who_left_is_given_nothing(proposal, partnership_coordinator):
    person = proposal.proposed_by.person
    person.left_on = LONG_AGO
    person.save()
    proposal = SkillProposal.objects.get()
    accept(partnership_coordinator, proposal)
    assert not SkillHeld.objects.exists()
    assert not Email.objects.exists()


def test_what_is_decided_stays_decided(proposal, partnership_coordinator):
    accept(partnership_coordinator, proposal)
    with pytest.raises(
        ValidationError, match="has already decided this proposal: added"
    ):
        proposals.decline(by=partnership_coordinator, proposal=proposal, reason="No")
    for change in ({"state": "open"}, {"reason": "x"}, {"name": "Other"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SkillProposal.objects.update(**change)


def test_a_login_and_a_category_may_be_forgotten(
    partnership_coordinator, django_user_model
):
    gone = make_user()
    proposal = make_proposal(by=gone, category=make_category("Odds"))
    proposals.decline(by=partnership_coordinator, proposal=proposal, reason="No")
    gone.delete()
    Category.objects.all().delete()
    proposal.refresh_from_db()
    assert (proposal.proposed_by, proposal.category) == (None, None)


def test_a_skill_waits_once_and_may_be_proposed_again(
    proposal, staff_user, partnership_coordinator
):
    with pytest.raises(IntegrityError), transaction.atomic():
        proposals.propose(by=staff_user, name="kuber-netes", **SAID)
    proposals.decline(by=partnership_coordinator, proposal=proposal, reason="No")
    proposals.propose(by=staff_user, name="kuber-netes", **SAID)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_told(proposal, partnership_coordinator):
    def decide():
        proposals.decline(by=partnership_coordinator, proposal=proposal, reason="No")

    (error,) = lost(race(decide, decide))
    assert "has already decided this proposal" in error.messages[0]


def broken(name, **fields):
    kept = {"name": "Broken", "key": "broken", "description": "x", "why": "x"}
    return f"skills_skillproposal_{name}", SkillProposal(**kept | fields)


DECLINED = {"state": "declined", "decided_at": timezone.now()}


@pytest.mark.parametrize("check", [assert_sentence, assert_guarded])
@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("decided_once", {"decided_at": timezone.now()}),
        ("decided_once", DECLINED | {"reason": "No"}),
        ("became_a_skill", {"state": "accepted", "decided_at": timezone.now()}),
        ("declined_for_a_reason", DECLINED),
        ("level_is_one_of_four", {"level": 5}),
    ],
)
def test_each_rule_has_its_sentence(partnership_coordinator, check, name, fields):
    if name in ("became_a_skill", "declined_for_a_reason"):
        fields = fields | {"decided_by": partnership_coordinator}
    check(broken(name, **fields, proposed_by=make_person(user=make_user()).user))
