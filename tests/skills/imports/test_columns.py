"""The columns of the spreadsheets that go out and come back."""

from collections import Counter

import pytest

from partners.spreadsheets.table import known_titles, plain, rows_of
from skills.imports.columns import (
    ABSENCES,
    CATALOGUE,
    PEOPLE,
    SKILLS_HELD,
    read_only,
    titles,
)

TABLES = [PEOPLE, SKILLS_HELD, ABSENCES, CATALOGUE]


@pytest.mark.parametrize("columns", TABLES)
def test_no_title_stands_for_two_columns(columns):
    names = [
        name
        for key, column in columns.items()
        for name in {plain(text) for text in (key, column.title, *column.others)}
    ]
    assert [name for name, times in Counter(names).items() if times > 1] == []


@pytest.mark.parametrize("columns", TABLES)
def test_a_file_under_our_own_titles_is_known_whole(columns):
    (row,) = rows_of([(1, titles(columns)), (2, list(columns))], columns)
    assert row.cells == {key: key for key in columns}


@pytest.mark.parametrize(
    ("columns", "title", "key"),
    [
        (PEOPLE, "EMAIL ADDRESS", "work_email"),
        (PEOPLE, "Phone", "telephone"),
        (PEOPLE, "Mobile phone", "mobile"),
        (PEOPLE, "fte", "full_time_equivalent"),
        (SKILLS_HELD, "skill name", "skill"),
        (ABSENCES, "Start date", "begins_on"),
        (ABSENCES, "until", "ends_on"),
    ],
)
def test_the_titles_people_use_are_known(columns, title, key):
    assert known_titles(columns)[plain(title)] == key


def test_what_only_goes_out_is_named():
    assert read_only(PEOPLE) == {"confirmed_on"}
    assert read_only(SKILLS_HELD) == {"name", "confirmed_on"}
    assert read_only(ABSENCES) == {"name"}
