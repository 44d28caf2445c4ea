"""Each rule of the ground floor, in the form and in the table."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from partners.models import (
    Absence,
    Appointment,
    BankHoliday,
    Partner,
    Site,
    StaffMember,
    User,
    WorkingDay,
)
from tests.constraints import assert_guarded, assert_sentence, constraints_of
from tests.factories import (
    LONG_AGO,
    appoint,
    make_absence,
    make_holiday,
    make_person,
    make_site,
    make_user,
    make_working_week,
)

MODELS = [Absence, Appointment, BankHoliday, Partner, Site, StaffMember, User]
MODELS += [WorkingDay]
Role = Appointment.Role
MAY = date(2026, 5, 1)


def partner(**fields):
    fields = {"name": "New", "short_name": "New", "slug": "new"} | fields
    return Partner(kind=Partner.Kind.CITY, **fields)


def person(boston, **fields):
    return StaffMember(
        **{"partner": boston, "name": "New", "work_email": "new@boston.example"}
        | fields
    )


def absence_again(boston):
    staff = make_person(boston)
    make_absence(staff, date(2026, 5, 1), date(2026, 5, 8))
    return Absence(staff=staff, begins_on=date(2026, 5, 8))


def cover_for_oneself(boston):
    staff = make_person(boston)
    return Absence(staff=staff, begins_on=MAY, cover=staff)


def appointed_again(boston):
    user = make_user()
    appoint(user, Role.READER)
    return Appointment(user=user, role=Role.READER, since=MAY)


def weekday_again(boston):
    staff = make_person(boston)
    make_working_week(staff)
    return WorkingDay(staff=staff, weekday=1)


def email_again(boston):
    make_person(boston, work_email="ada@boston.example")
    return person(boston, work_email="Ada@Boston.example")


def login_again(boston):
    make_user("ada@boston.example")
    return User(email="ADA@boston.example", password="-")


def site_again(boston):
    make_site(boston, "Town Hall")
    return Site(partner=boston, name="Town Hall")


def holiday_again(boston):
    make_holiday(MAY)
    return BankHoliday(on=MAY, name="Again")


def backwards(boston):
    return Absence(staff=make_person(boston), begins_on=MAY, ends_on=LONG_AGO)


BROKEN = {
    "partners_absence_days_counted_once": absence_again,
    "partners_absence_ends_after_it_begins": backwards,
    "partners_absence_somebody_else_covers": cover_for_oneself,
    "partners_appointment_ends_after_it_begins": lambda boston: Appointment(
        user=make_user(), role=Role.READER, since=MAY, until=LONG_AGO
    ),
    "partners_appointment_held_once": appointed_again,
    "partners_appointment_partner_goes_with_coordinator": lambda boston: Appointment(
        user=make_user(), role=Role.COORDINATOR, since=MAY
    ),
    "partners_bankholiday_once_a_day": holiday_again,
    "partners_bankholiday_partner_goes_with_local": lambda boston: BankHoliday(
        on=MAY, name="May fair", kind=BankHoliday.Kind.LOCAL
    ),
    "partners_partner_desk_closes_after_opening": lambda boston: partner(
        desk_opens_at=time(17), desk_closes_at=time(9)
    ),
    "partners_partner_leaves_after_joining": lambda boston: partner(
        joined_on=MAY, left_on=LONG_AGO
    ),
    "partners_partner_out_of_hours_telephone_is_telephone": lambda boston: partner(
        out_of_hours_telephone="ask"
    ),
    "partners_partner_service_desk_telephone_is_telephone": lambda boston: partner(
        service_desk_telephone="ask"
    ),
    "partners_site_name_is_unique_in_partner": site_again,
    "partners_staffmember_anonymised_after_leaving": lambda boston: person(
        boston, anonymised_on=MAY
    ),
    "partners_staffmember_confirmed_at_a_time": lambda boston: person(
        boston, confirmed_by=make_user()
    ),
    "partners_staffmember_email_is_unique": email_again,
    "partners_staffmember_full_time_is_one": lambda boston: person(
        boston, full_time_equivalent="1.20"
    ),
    "partners_staffmember_mobile_is_telephone": lambda boston: person(
        boston, mobile="ask"
    ),
    "partners_staffmember_telephone_is_telephone": lambda boston: person(
        boston, telephone="=HYPERLINK(1)"
    ),
    "partners_user_email_is_unique": login_again,
    "partners_workingday_ends_after_it_starts": lambda boston: WorkingDay(
        staff=make_person(boston), weekday=1, starts_at=time(17), ends_at=time(9)
    ),
    "partners_workingday_once_a_week": weekday_again,
    "partners_workingday_weekday_is_one_of_seven": lambda boston: WorkingDay(
        staff=make_person(boston), weekday=8, starts_at=time(9), ends_at=time(17)
    ),
}


@pytest.fixture(params=BROKEN)
def record(request, boston):
    """A record that breaks one constraint, with the constraint's name."""
    return request.param, BROKEN[request.param](boston)


def test_every_constraint_has_its_case_here():
    assert sorted(constraints_of(*MODELS)) == sorted(BROKEN)


def test_a_form_says_what_is_wrong(record):
    assert_sentence(record)


def test_the_table_refuses_it_from_whatever_hand(record):
    assert_guarded(record)


def test_a_cover_comes_from_the_same_partner(boston, lincoln):
    theirs = make_person(lincoln)
    absence = Absence(staff=make_person(boston), begins_on=MAY, cover=theirs)
    with pytest.raises(ValidationError, match="Choose a colleague at the same partner"):
        absence.full_clean()


@pytest.mark.parametrize(
    "number",
    [
        "01632 960001",
        "(01632) 960001",
        "01632-960001",
        "+44 (1632) 960001",
        "01632 960001 x12",
        "50123",
    ],
)
def test_telephone_numbers_stay_as_people_write_them(boston, number):
    member = make_person(boston, telephone=number)
    member.refresh_from_db()
    assert member.telephone == number


@pytest.mark.parametrize(
    "number", ["999", "-01632 960001", "01632     960001", "=1632 960001", "x12"]
)
def test_what_is_no_telephone_number_is_told_so(number):
    with pytest.raises(ValidationError, match="Enter a telephone number"):
        StaffMember(telephone=number).clean_fields(
            exclude=["partner", "name", "work_email"]
        )


def test_an_absence_without_an_end_lasts(boston):
    make_absence(make_person(boston), MAY)
    assert Absence.objects.on(date(2030, 1, 1)).exists()
    assert not Absence.objects.on(date(2026, 4, 30)).exists()


def test_an_absence_takes_in_its_last_day(boston):
    make_absence(make_person(boston), MAY, date(2026, 5, 8))
    assert Absence.objects.on(date(2026, 5, 8)).exists()
    assert not Absence.objects.on(date(2026, 5, 9)).exists()


def test_names_are_ordered_without_regard_to_accents_and_capitals(boston):
    for name in ("Zoë Adams", "éva Brown", "Ewan Clark", "Eva Brand"):
        make_person(boston, name)
    names = list(StaffMember.objects.values_list("name", flat=True))
    assert names == ["Eva Brand", "éva Brown", "Ewan Clark", "Zoë Adams"]
