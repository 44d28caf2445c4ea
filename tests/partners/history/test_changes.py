import pghistory
import pytest

from partners.history import changes
from partners.models import Partner, Site, StaffMember
from tests.factories import make_absence, make_person, make_site, make_user


def told(model, row, **how):
    return changes.newest_first(changes.events(model).filter(pgh_obj=row.pk), **how)


def change(row, by=None, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    with pghistory.context(user=by and by.pk):
        row.save()


def test_a_change_tells_who_what_and_from_what_to_what(boston, staff_user):
    change(boston, staff_user, kind=Partner.Kind.BOROUGH)
    newest = told(Partner, boston)[0]
    assert (newest.who, newest.what) == (
        "Sandy Staff",
        "Partner: Boston Borough Council",
    )
    assert newest.action == "changed"
    assert newest.fields == [("Kind", "District council", "Borough council")]


def test_the_newest_change_comes_first(boston):
    change(boston, senior_sponsor="Ann")
    change(boston, senior_sponsor="Bob")
    assert [c.fields for c in told(Partner, boston)[:2]] == [
        [("Senior sponsor", "Ann", "Bob")],
        [("Senior sponsor", "", "Ann")],
    ]


def test_the_first_row_tells_what_was_written(boston):
    first = told(Partner, boston)[-1]
    assert (first.action, first.who) == ("added", changes.NOBODY)
    assert ("Desk opens at", "", "8am") in first.fields
    assert "Version" not in [label for label, *_ in first.fields]


def test_a_removed_record_is_told_with_what_it_held(boston):
    site = make_site(boston, "Town Hall", postcode="PE21 8QR")
    pk = site.pk
    site.delete()
    newest, oldest = changes.newest_first(changes.events(Site).filter(pgh_obj=pk))
    assert (newest.action, newest.what) == ("removed", "Site: Town Hall")
    assert ("Postcode", "PE21 8QR", "") in newest.fields
    assert oldest.action == "added"


def test_a_link_to_the_record_itself_goes_without_saying(boston):
    make_site(boston, "Town Hall")
    rows = changes.events(Site).filter(partner=boston)
    assert changes.newest_first(rows)[0].fields[0] == ("Partner", "", boston.name)
    assert changes.newest_first(rows, about=boston)[0].fields == []


def test_links_days_numbers_and_switches_are_said_in_words(boston):
    person = make_person(boston, "Ann")
    site = make_site(boston, "Town Hall")
    change(person, base_site=site, is_willing_to_help=True, full_time_equivalent="0.60")
    assert told(StaffMember, person)[0].fields == [
        ("Base site", "", "Town Hall"),
        ("Full time equivalent", "1", "0.6"),
        ("Willing to help other partners", "no", "yes"),
    ]


def test_a_record_that_is_gone_is_said_to_be_gone(boston):
    person = make_person(boston, base_site=make_site(boston))
    person.base_site.delete()
    added = told(StaffMember, person)[-1]
    assert ("Base site", "", changes.GONE) in added.fields


def test_bulk_changes_are_told_too(boston):
    Partner.objects.filter(pk=boston.pk).update(senior_sponsor="Raw")
    assert told(Partner, boston)[0].fields == [("Senior sponsor", "", "Raw")]


@pytest.fixture
def by_sponsor(boston):
    """A change by a login without a person."""
    user = make_user("sponsor@council.example")
    change(boston, user, senior_sponsor="Ann")
    return boston


def test_the_e_mail_of_a_login_is_not_told(by_sponsor, coordinator):
    assert told(Partner, by_sponsor)[0].who == changes.NAMELESS
    assert told(Partner, by_sponsor, reader=coordinator)[0].who == changes.NAMELESS


def test_the_partnership_coordinator_is_told_the_e_mail_of_a_login(
    by_sponsor, partnership_coordinator
):
    who = told(Partner, by_sponsor, reader=partnership_coordinator)[0].who
    assert who == "sponsor@council.example"


def test_a_leaver_is_named_only_to_who_keeps_their_record(
    boston, leaver, coordinator, staff_user, their_coordinator
):
    change(boston, leaver, senior_sponsor="Ann")
    assert told(Partner, boston, reader=coordinator)[0].who == "Lee Leaver"
    for reader in (None, staff_user, their_coordinator):
        assert told(Partner, boston, reader=reader)[0].who == changes.LEAVER


def test_a_leaver_is_not_named_as_cover_either(boston, leaver):
    absence = make_absence(make_person(boston), "2026-01-05", cover=leaver.person)
    fields = told(type(absence), absence)[0].fields
    assert ("Covered by", "", changes.LEAVER) in fields


def test_a_login_removed_since_is_said_to_be_gone(boston):
    user = make_user()
    change(boston, user, senior_sponsor="Ann")
    user.delete()
    assert told(Partner, boston)[0].who == changes.GONE


def test_two_kinds_of_record_are_told_in_one_order(boston):
    make_site(boston, "Town Hall")
    change(boston, senior_sponsor="Ann")
    found = changes.newest_first(
        changes.events(Partner).filter(pgh_obj=boston),
        changes.events(Site).filter(partner=boston),
    )
    assert [(c.what, c.action) for c in found] == [
        ("Site: Town Hall", "added"),
        ("Partner: Boston Borough Council", "changed"),
        ("Partner: Boston Borough Council", "added"),
    ]


def test_a_long_history_asks_as_often_as_a_short_one(
    boston, coordinator, django_assert_num_queries
):
    for number in range(20):
        change(boston, coordinator, senior_sponsor=f"Sponsor {number}")
        if number in (0, 19):
            with django_assert_num_queries(4):
                told(Partner, boston)


def test_the_lines_of_the_csv_are_one_a_field(boston):
    change(boston, senior_sponsor="Ann")
    line = next(changes.csv_rows(told(Partner, boston)))
    assert line[1:] == [
        changes.NOBODY,
        "Partner: Boston Borough Council",
        "",
        "changed",
        "Senior sponsor",
        "",
        "Ann",
    ]
    assert len(line) == len(changes.HEADER)
