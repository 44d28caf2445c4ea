"""Days, yes and no, shares and telephone numbers as people write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.spreadsheets.values import (
    parse_day,
    parse_share,
    parse_telephone,
    parse_yes_no,
)

THE_DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    [
        *("22/11/2026", "22.11.2026", "22-11-2026", "2026-11-22", " 22/11/2026 "),
        *("22 November 2026", "22 Nov 2026", "22-Nov-2026", "22nd november, 2026"),
        *("2026-11-22 00:00:00", "2026-11-22T00:00", "22 NOV. 2026"),
    ],
)
def test_a_day_is_read_however_people_write_it(text):
    assert parse_day(text) == THE_DAY


def test_the_day_stands_before_the_month():
    assert parse_day("3/4/2026") == date(2026, 4, 3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("11/22/2026", "write the day first"),
        ("22/11/26", "in four digits"),
        ("22 Nov 26", "in four digits"),
        ("22/11/20266", "in four digits"),
        ("22/11/0026", "Check the year"),
        ("31/2/2026", "not in the calendar"),
        ("0/2/2026", "not in the calendar"),
        ("2026-13-01", "no such month"),
        ("22 Foo 2026", "no such month"),
        ("46348", "format the column as a date"),
        ("22/11-2026", "is no date"),
        ("2026-11-22 14:30", "is no date"),
        ("tomorrow", "is no date"),
        ("٢٢/١١/٢٠٢٦", "is no date"),
        ("", "is no date"),
        ("9" * 5000, "is no date"),
    ],
)
def test_a_day_that_is_not_sure_is_refused_with_what_to_do(text, said):
    with pytest.raises(ValueError, match=said) as refused:
        parse_day(text)
    assert len(str(refused.value)) < 200


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_comes_back_from_each_way_of_writing_it(day):
    ways = ("%d/%m/%Y", "%d.%m.%Y", "%-d-%-m-%Y", "%-d %B %Y", "%d %b %Y", "%Y-%m-%d")
    assert {parse_day(day.strftime(way)) for way in ways} == {day}


def answer(parse, text):
    try:
        return parse(text)
    except ValueError as error:
        return str(error)


@given(st.text())
def test_any_other_text_is_refused_with_a_sentence(text):
    for parse in (parse_day, parse_yes_no, parse_share, parse_telephone):
        said = answer(parse, text)
        assert not isinstance(said, str) or "“" in said


@pytest.mark.parametrize("text", ["yes", "Yes", "Y", "TRUE", "1", "✓"])
def test_yes_is_yes(text):
    assert parse_yes_no(text) is True


@pytest.mark.parametrize("text", ["no", "No", "N", "false", "0"])
def test_no_is_no(text):
    assert parse_yes_no(text) is False


@pytest.mark.parametrize("text", ["", "perhaps", "yes and no", "2"])
def test_neither_yes_nor_no_is_refused(text):
    with pytest.raises(ValueError, match="write yes or no"):
        parse_yes_no(text)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("0.6", "0.6"),
        ("0,6", "0.6"),
        ("60%", "0.6"),
        ("60 %", "0.6"),
        ("1", "1"),
        ("1.00", "1"),
        ("100%", "1"),
    ],
)
def test_a_share_is_read_as_a_number_or_per_cent(text, share):
    assert str(parse_share(text)) == share
    assert parse_share(text) == Decimal(share)


@pytest.mark.parametrize("text", ["", "half", "-1", "1e5", "NaN", "9" * 400])
def test_what_is_no_share_is_refused(text):
    with pytest.raises(ValueError, match="like 0.6"):
        parse_share(text)


@pytest.mark.parametrize(
    "text", ["01632 960001", "+44 1632 960001", "07700900123", "960001", "999", ""]
)
def test_a_whole_telephone_number_stays_as_it_is(text):
    assert parse_telephone(text) == (text, "")


@pytest.mark.parametrize(
    ("text", "number", "lost"),
    [
        ("7700900123", "07700900123", "0"),
        ("1632 960001", "01632 960001", "0"),
        ("441632960001", "+441632960001", "+"),
    ],
)
def test_what_a_spreadsheet_took_off_is_put_back_and_said(text, number, lost):
    repaired = parse_telephone(text)
    assert repaired.number == number
    assert repaired.repair == f"The {lost} at the front of “{text}” was put back"


@pytest.mark.parametrize("text", ["7.700900123E+09", "7,7E9", "800123456"])
def test_a_number_that_cannot_be_mended_for_certain_is_refused(text):
    with pytest.raises(ValueError, match="text"):
        parse_telephone(text)
