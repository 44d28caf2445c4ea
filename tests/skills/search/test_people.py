"""Who answers, in which order, and how many each choice would leave."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from partners.models import StaffMember
from skills.matching.catalogue import Grade, Term
from skills.search.people import SearchFilters, find
from tests.factories import (
    make_absence,
    make_held,
    make_holiday,
    make_person,
    make_skill,
    make_working_week,
)
from tests.skills.readings import NOTHING_ASKED, match, reading, term

NO_FILTERS = SearchFilters()
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
RECENT = NOW - timedelta(days=30)
OLD = NOW - timedelta(days=366)
CRITERIA = [
    *("all skills", "other partner", "sure match", "level", "confirmed", "willing"),
    *("here now", "used lately", "name"),
]


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def vpn(db):
    return make_skill("VPN")


@pytest.fixture
def backup(db):
    return make_skill("Backup", "Servers")


def names(asked=NOTHING_ASKED, own=None, people=None, **wanted):
    people = people if people is not None else StaffMember.objects.in_post()
    found = find(people, asked, SearchFilters(**wanted), own_partner_id=own)
    known = dict(StaffMember.objects.values_list("pk", "name"))
    return [known[row.staff_id] for row in found.rows]


def bits(asked):
    rows = find(StaffMember.objects.in_post(), asked, NO_FILTERS).rows
    known = dict(StaffMember.objects.values_list("pk", "name"))
    return {known[row.staff_id]: row.terms for row in rows}


@pytest.fixture
def candidate(boston, lincoln, vpn, backup):
    """Makes somebody who is better than the next in the criteria named."""
    doubtful = make_skill("Virtual networks")

    def make(*better):
        person = make_person(
            lincoln if "other partner" in better else boston,
            "Adam" if "name" in better else "Zoe",
            is_willing_to_help="willing" in better,
        )
        make_held(
            person,
            vpn if "sure match" in better else doubtful,
            3 if "level" in better else 2,
            confirmed_at=RECENT if "confirmed" in better else OLD,
            last_used_on=date(2026, 11, 1) if "used lately" in better else None,
        )
        if "all skills" in better:
            make_held(person, backup, 1)
        if "here now" in better:
            make_working_week(person)
        return person

    make.asked = reading(
        Term("vpn", (match(vpn, 1.0), match(doubtful, 0.95))), term(backup)
    )
    return make


@pytest.mark.parametrize("criterion", CRITERIA)
def test_what_comes_first_outweighs_all_that_comes_after(candidate, boston, criterion):
    rest = CRITERIA[CRITERIA.index(criterion) + 1 :]
    second = candidate(*rest)
    first = candidate(criterion)
    rows = find(
        StaffMember.objects.all(),
        candidate.asked,
        NO_FILTERS,
        own_partner_id=boston.pk,
    ).rows
    assert [row.staff_id for row in rows] == [first.pk, second.pk]


def test_one_s_own_partner_s_people_come_last_but_come(boston, lincoln, vpn):
    for partner, name, level in ((boston, "Ours", 4), (lincoln, "Theirs", 1)):
        make_held(make_person(partner, name), vpn, level)
    assert names(reading(term(vpn)), own=boston.pk) == ["Theirs", "Ours"]
    assert names(reading(term(vpn)), own=lincoln.pk) == ["Ours", "Theirs"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("level", ["Zoe", "Ada", "Bob"]),
        ("partner", ["Ada", "Bob", "Zoe"]),
        ("name", ["Ada", "Bob", "Zoe"]),
        ("match", ["Zoe", "Ada", "Bob"]),
    ],
)
def test_each_order_is_what_it_says(boston, lincoln, vpn, sort, order):
    for partner, name, level in (
        (boston, "Ada", 2),
        (lincoln, "Zoe", 4),
        (boston, "Bob", 2),
    ):
        make_held(make_person(partner, name), vpn, level)
    assert names(reading(term(vpn)), sort=sort) == order


def test_partners_are_in_order_of_their_names(boston, lincoln):
    make_person(lincoln, "Ada")
    make_person(boston, "Zoe")
    assert names(sort="partner") == ["Zoe", "Ada"]
    assert names(sort="name") == ["Ada", "Zoe"]


def test_all_skills_come_first_then_some(boston, vpn, backup):
    both, first, second = (make_person(boston, n) for n in ("Both", "One", "Two"))
    for person, skill in ((both, vpn), (both, backup), (first, vpn), (second, backup)):
        make_held(person, skill, 4 if person is not both else 1)
    found = names(reading(term(vpn), term(backup)))
    assert found[0] == "Both"
    assert sorted(found[1:]) == ["One", "Two"]


def test_each_row_says_which_of_the_skills_it_answers(boston, vpn, backup):
    both, second = make_person(boston, "Both"), make_person(boston, "Two")
    for person, skill in ((both, vpn), (both, backup), (second, backup)):
        make_held(person, skill)
    assert bits(reading(term(vpn), term(backup))) == {"Both": 0b11, "Two": 0b10}


def test_words_are_found_in_names_and_posts(boston):
    make_person(boston, "José Núñez", post="Network engineer")
    make_person(boston, "Bea Other", post="Analyst")
    for word in ("jose", "José", "NUNEZ", "nunes", "netwrok engineer"):
        assert names(reading(words=word.split()))[:1] == ["José Núñez"]
    assert names(reading(words=["kubernetes"])) == []


def test_a_word_beside_a_skill_counts_as_one_more_wish(boston, vpn):
    ada, bea = make_person(boston, "Ada"), make_person(boston, "Bea Brown")
    make_held(ada, vpn, 4)
    make_held(bea, vpn, 1)
    make_person(boston, "Carl Brown")
    found = names(reading(term(vpn), words=["brown"]))
    assert found == ["Bea Brown", "Ada", "Carl Brown"]


def test_a_partner_in_the_words_narrows(boston, lincoln, vpn):
    for partner in (boston, lincoln):
        make_held(make_person(partner, partner.short_name), vpn)
    assert names(reading(term(vpn), partners=[boston.pk])) == ["Boston"]
    assert names(reading(partners=[boston.pk, lincoln.pk])) == ["Boston", "Lincoln"]


def test_the_gate_decides_who_may_appear(boston, vpn, stranger, leaver, staff_user):
    make_held(leaver.person, vpn, 4)
    make_held(staff_user.person, vpn)
    visible = StaffMember.objects.visible_to
    assert names(reading(term(vpn)), people=visible(staff_user)) == ["Sandy Staff"]
    assert names(reading(term(vpn)), people=visible(stranger)) == []
    assert names(reading(words=["leaver"]), people=visible(staff_user)) == []


def test_the_page_s_people_are_a_piece_of_everybody_s(boston, vpn):
    for level in range(1, 5):
        for _ in range(3):
            make_held(make_person(boston), vpn, level)
    asked = StaffMember.objects.all(), reading(term(vpn)), NO_FILTERS
    everybody = find(*asked).rows
    pages = [find(*asked, limit=5, offset=at) for at in (0, 5, 10)]
    assert [row for page in pages for row in page.rows] == everybody
    assert {page.total for page in pages} == {12}


def test_beyond_the_end_is_nobody_but_the_count_stays(boston):
    make_person(boston)
    found = find(
        StaffMember.objects.all(), NOTHING_ASKED, NO_FILTERS, limit=5, offset=99
    )
    assert found.rows == []
    assert found.total == 1


def test_today_and_now_are_those_of_the_moment_asked(boston, vpn):
    person = make_person(boston, "Ada")
    make_held(person, vpn)
    make_working_week(person)
    monday, asked = NOW, reading(term(vpn))
    for moment, total in ((monday, 1), (monday - timedelta(days=1), 0)):
        found = find(
            StaffMember.objects.all(), asked, SearchFilters(today=True), moment=moment
        )
        assert found.total == total


def test_somebody_away_is_last_among_equals(boston, vpn):
    for name in ("Ada", "Bob"):
        person = make_person(boston, name)
        make_held(person, vpn)
        make_working_week(person)
    make_absence(StaffMember.objects.get(name="Ada"), date(2026, 11, 23))
    assert names(reading(term(vpn))) == ["Bob", "Ada"]


@pytest.mark.parametrize("asked", ["skill", "word", "nothing"])
def test_one_statement_asks_for_page_and_counts(
    boston, vpn, asked, django_assert_num_queries
):
    make_held(make_person(boston, "Ada"), vpn)
    meant = {
        "skill": reading(term(vpn)),
        "word": reading(words=["ada"]),
        "nothing": NOTHING_ASKED,
    }[asked]
    with django_assert_num_queries(1):
        found = find(StaffMember.objects.all(), meant, NO_FILTERS, limit=25)
    assert found.total == 1


def test_a_post_answers_beside_a_skill_named_like_it(boston, vpn):
    make_held(make_person(boston, "Ada"), vpn, 4)
    make_person(boston, "Bea", post="Infrastructure engineer")
    asked = reading(term(vpn, grade=Grade.WORDS), query="infrastructure engineer")
    assert names(asked) == ["Ada", "Bea"]


def test_a_name_typed_right_comes_before_a_skill_typed_wrong(boston, vpn):
    make_held(make_person(boston, "Ada"), vpn, 4)
    make_person(boston, "Bea Regis")
    guess = Term("regis", (match(vpn, 0.57, Grade.CLOSE),))
    asked = reading(guess, query="regis")
    assert names(asked) == ["Bea Regis", "Ada"]


def ids(rows):
    return {row.staff_id for row in rows}


@pytest.fixture
def in_every_state(boston, lincoln, vpn):
    """People who work, are away, at a closed partner, or have no hours on record."""
    make_holiday(date(2026, 11, 23), "Fair day", kind="local", partner=lincoln)
    for partner in (boston, lincoln):
        for days in (range(1, 6), [2], [6, 7]):
            for away in (None, date(2026, 11, 23), date(2026, 11, 24)):
                person = make_person(partner)
                make_held(person, vpn)
                make_working_week(person, days)
                if away:
                    make_absence(person, away, away)
    make_held(make_person(boston), vpn)


@pytest.mark.parametrize("asked", [NOTHING_ASKED, "vpn"])
@pytest.mark.parametrize("day", [22, 23, 24, 28])
@pytest.mark.parametrize("hour", [0, 8, 9, 12, 16, 17, 23])
def test_the_statement_and_the_query_set_agree_who_is_here(
    in_every_state, vpn, asked, day, hour
):
    moment = datetime(2026, 11, day, hour, tzinfo=UTC)
    asked = reading(term(vpn)) if asked == "vpn" else asked
    everybody = StaffMember.objects.in_post()
    told = everybody.with_presence(moment)
    today = find(everybody, asked, SearchFilters(today=True), moment=moment).rows
    assert ids(today) == {p.pk for p in told if p.is_available_today}
    # Alike in all else, those who are here now come first.
    now = {p.pk for p in told if p.is_available_now}
    assert (
        ids(find(everybody, asked, NO_FILTERS, moment=moment).rows[: len(now)]) == now
    )
