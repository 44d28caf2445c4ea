"""The demonstration partnership: plausible, safe to print, and the same each day."""

import io
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count
from post_office.models import Email

from lincs_ict.demonstration import cast
from lincs_ict.demonstration.logins import LEAVER, LOGINS
from lincs_ict.demonstration.partnership import make_partnership
from partners.models import Absence, Partner, StaffMember, User
from skills.catalogue.loaded import catalogue
from skills.models import (
    Certification,
    LearningWish,
    Level,
    SkillHeld,
    UnansweredSearch,
)
from skills.search import people as directory

TODAY = date(2026, 11, 24)
TUESDAY = datetime(2026, 11, 24, 11, tzinfo=UTC)
SUNDAY = datetime(2026, 11, 22, 11, tzinfo=UTC)


def fingerprint():
    people = StaffMember.objects.filter(anonymised_on=None).order_by("work_email")
    held = SkillHeld.objects.filter(staff__anonymised_on=None)
    held = held.order_by("staff__work_email", "skill__code")
    away = Absence.objects.order_by("staff__work_email", "begins_on")
    return [
        *people.values_list("name", "post", "telephone", "mobile", "confirmed_at"),
        *held.values_list("staff__name", "skill__code", "level", "since_on"),
        *away.values_list("staff__name", "begins_on", "ends_on", "cover__name"),
    ]


@pytest.fixture(scope="module", autouse=True)
def first_made(django_db_setup, django_db_blocker):
    """Made twice: what the first making was like, while the second is there."""
    at_noon = time_machine.travel(TUESDAY, tick=False)
    with at_noon, django_db_blocker.unblock(), transaction.atomic():
        for command in ("load_catalogue", "load_generic_plan"):
            call_command(command, stdout=io.StringIO())
        with transaction.atomic():
            make_partnership(TODAY)
            first = fingerprint()
            transaction.set_rollback(True)
        make_partnership(TODAY)
        yield first
        transaction.set_rollback(True)


def in_post():
    return StaffMember.objects.in_post(TODAY)


def away_today():
    return Absence.objects.on(TODAY)


def test_the_same_day_gives_the_same_people(first_made):
    assert fingerprint() == first_made


def test_there_are_partners_of_all_kinds():
    assert Counter(Partner.objects.values_list("kind", flat=True)) == {
        "district": 5,
        "borough": 1,
        "city": 1,
        "county": 1,
        "police": 1,
        "nhs": 3,
    }


def test_every_partner_can_be_rung_by_day_and_by_night():
    for partner in Partner.objects.annotate(places=Count("sites")):
        assert partner.service_desk_telephone
        assert partner.out_of_hours_telephone
        assert partner.senior_sponsor
        assert partner.places


@pytest.mark.parametrize(
    ("slugs", "least", "most"),
    [
        (["boston", "lincoln", "north-kesteven", "west-lindsey"], 6, 7),
        (["lincolnshire"], 38, 42),
        (["lincolnshire-police", "ulth", "lpft", "lchs"], 15, 25),
    ],
)
def test_partners_have_as_many_people_as_they_would(slugs, least, most):
    people = in_post().filter(partner__slug__in=slugs).values("partner")
    sizes = people.order_by().annotate(size=Count("pk")).values_list("size", flat=True)
    assert len(sizes) == len(slugs)
    assert all(least <= size <= most for size in sizes)


def test_telephone_numbers_are_those_kept_for_fiction():
    people = StaffMember.objects.values_list("telephone", "mobile")
    telephones, mobiles = ([n for n in kind if n] for kind in zip(*people, strict=True))
    assert all(re.fullmatch(r"01632 960\d{3}", number) for number in telephones)
    assert all(re.fullmatch(r"07700 900\d{3}", number) for number in mobiles)
    assert len(telephones) == len(set(telephones))
    assert len(mobiles) == len(set(mobiles))


def test_addresses_are_those_of_partners_that_do_not_exist():
    people = StaffMember.objects.filter(anonymised_on=None)
    for person in people.select_related("partner"):
        local, _, domain = person.work_email.partition("@")
        assert domain == f"{person.partner.slug}.example"
        assert re.fullmatch(r"[a-z]+(\.[a-z]+)*", local)


def test_names_are_as_people_write_them():
    names = set(StaffMember.objects.values_list("name", flat=True))
    assert {"Zoë Brückner", "Nguyễn Thị Hạnh", "Siobhán O’Dowd", "Suryani"} <= names
    assert len(names) == StaffMember.objects.count()


def test_skills_come_in_clusters_and_nobody_has_a_handful_by_chance():
    numbers = in_post().annotate(number=Count("skills_held"))
    counted = Counter(numbers.values_list("number", flat=True))
    assert counted.pop(0) == 2
    assert min(counted) >= 8
    assert max(counted) <= 20


def test_people_in_the_same_post_know_much_the_same():
    skills = {
        post: set(
            SkillHeld.objects.filter(staff__post=post).values_list("skill", flat=True)
        )
        for post in ("Network Engineer", "ICT Support Analyst")
    }
    network, desk = skills.values()
    assert len(network & desk) < min(len(network), len(desk)) / 3


def test_all_levels_occur_and_experts_are_the_fewest():
    levels = Counter(SkillHeld.objects.values_list("level", flat=True))
    assert set(levels) == set(Level.values)
    assert min(levels, key=levels.get) == Level.EXPERT


@pytest.mark.parametrize("login", LOGINS, ids=lambda login: login.role)
def test_each_login_gets_in_with_its_role(login):
    user = User.objects.get(email=login.email)
    assert len(login.password) >= 12
    assert user.check_password(login.password)
    assert not user.standing.is_stranger
    assert user.standing.may_administer == ("oordinator" in login.role)
    assert user.standing.is_only_reader == login.role.startswith("Reader")


def test_the_login_of_somebody_who_left_opens_nothing(client):
    user = User.objects.get(email=LEAVER.email)
    assert user.check_password(LEAVER.password)
    assert user.standing.is_stranger
    assert not client.login(email=LEAVER.email, password=LEAVER.password)


def test_every_partner_has_a_coordinator_in_post():
    for partner in Partner.objects.all():
        keepers = StaffMember.objects.coordinators_of(partner.pk)
        assert [keeper.partner for keeper in keepers] == [partner]
        assert not away_today().filter(staff__in=keepers).exists()


def holders(skill, **filters):
    held = SkillHeld.objects.filter(skill__name=skill, staff__in=in_post(), **filters)
    return held.values_list("staff", flat=True).order_by("staff")


def test_somebody_at_boston_knows_private_networking():
    skill = "Virtual private networking"
    assert holders(skill, staff__partner__slug="boston", level=Level.EXPERT)


def test_virtualisation_and_backup_are_held_together_and_apart():
    virtual = set(holders("VMware vSphere"))
    backup = set(holders(cast.BACKUP))
    assert virtual & backup
    assert virtual - backup
    assert backup - virtual


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("vpn boston", "Zoë Brückner"),
        ("vmware, backup", "Anne-Marie Fitzgerald-Hume"),
        ("civica xpress", "Winifred Ogbonna"),
        ("bruckner", "Zoë Brückner"),
    ],
)
def test_a_search_tells_its_story(query, name):
    reading = catalogue().read(query)
    asked, filters = len(reading.terms + reading.words), directory.SearchFilters()
    rows = directory.find(in_post(), reading, filters, moment=TUESDAY).rows
    everything = [row.staff_id for row in rows if row.terms == 2**asked - 1]
    assert StaffMember.objects.filter(pk__in=everything, name=name).exists()


def test_exchange_has_experts_at_three_partners():
    experts = holders("Microsoft Exchange Server", level=Level.EXPERT)
    assert len(set(experts.values_list("staff__partner", flat=True))) >= 3


def test_one_skill_is_wanted_by_two_and_held_by_nobody():
    assert not holders(cast.COVETED)
    assert LearningWish.objects.filter(skill__name=cast.COVETED).count() == 2


def test_the_only_one_who_knows_elections_is_away_and_covered():
    [staff_id] = holders(cast.RARE)
    absence = away_today().get(staff=staff_id)
    assert absence.cover
    assert not away_today().filter(staff=absence.cover).exists()


def test_somebody_is_away_and_so_is_the_cover():
    covers = away_today().exclude(cover=None).values("cover")
    assert away_today().filter(staff__in=covers).exists()


def test_some_are_away_with_and_without_cover_and_some_will_be():
    assert away_today().filter(cover=None, ends_on=None).exists()
    assert 6 <= away_today().count() <= 25
    assert Absence.objects.filter(begins_on__gt=TODAY).count() > 20


def test_covers_are_colleagues_at_the_same_partner():
    for absence in Absence.objects.exclude(cover=None).select_related("staff", "cover"):
        absence.clean()
        assert absence.staff != absence.cover


def test_even_on_a_sunday_somebody_is_there():
    there = in_post().with_presence(SUNDAY).filter(is_available_today=True)
    kinds = set(there.values_list("partner__kind", flat=True))
    assert kinds == {"police", "nhs"}
    assert there.count() > 10


def test_on_a_tuesday_most_are_there_and_not_all():
    people = in_post().with_presence(TUESDAY)
    there = people.filter(is_available_today=True).count()
    assert 0.6 < there / people.count() < 0.95


def test_some_work_part_time():
    assert 10 < in_post().filter(full_time_equivalent__lt=1).count() < 60


def test_records_are_in_every_state():
    assert in_post().filter(confirmed_at=None).exists()
    assert in_post().filter(confirmed_at__lt=TUESDAY - timedelta(days=1000)).exists()
    fresh = in_post().filter(confirmed_at__gt=TUESDAY - timedelta(days=365)).count()
    assert 0.6 < fresh / in_post().count() < 0.9
    willing = in_post().filter(is_willing_to_help=True).count()
    assert 0.5 < willing / in_post().count() < 0.7


def test_some_certificates_have_run_out_and_some_soon_will():
    soon = TODAY + timedelta(days=90)
    assert Certification.objects.filter(expires_on__lt=TODAY).exists()
    assert Certification.objects.filter(expires_on__range=(TODAY, soon)).exists()


def test_unanswered_searches_are_a_list_of_gaps():
    gaps = UnansweredSearch.objects.all()
    assert len(gaps) >= 5
    assert gaps[0].times_asked > 1
    assert all(gap.first_asked_on <= gap.last_asked_on <= TODAY for gap in gaps)


def test_coordinators_have_messages_waiting():
    welcomed = Email.objects.filter(subject__startswith="You keep the records")
    assert welcomed.count() == Partner.objects.count()
    assert Email.objects.filter(message__contains="Could you ask").exists()


def test_there_is_history_with_a_name_to_it():
    events = StaffMember._meta.get_field("events").related_model.objects
    assert events.filter(pgh_label="insert").count() == StaffMember.objects.count()
    changed = SkillHeld._meta.get_field("events").related_model.objects
    users = changed.filter(pgh_label="update").values_list("pgh_context__metadata")
    # The keeper of each partner confirmed levels, and a merge moved some.
    assert len(users.distinct()) == Partner.objects.count() + 1
