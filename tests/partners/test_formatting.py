from datetime import UTC, datetime

import pytest

from partners.formatting import dial, moment


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("01632 960001", "01632960001"),
        ("(01632) 960001", "01632960001"),
        ("+44 1632 960001", "+441632960001"),
        ("+44 (1632) 960-001", "+441632960001"),
        ("01632 960001 ext 42", "01632960001;ext=42"),
        ("01632 960001x42", "01632960001;ext=42"),
        ("01632 960001 ext. 42", "01632960001;ext=42"),
        ("", ""),
    ],
)
def test_a_number_is_dialled_without_spaces_and_its_extension_apart(written, dialled):
    assert dial(written) == dialled


def test_a_moment_is_told_in_local_time():
    summer = datetime(2026, 7, 1, 16, 30, tzinfo=UTC)
    assert moment(summer) == "5:30pm on 1 July 2026"
