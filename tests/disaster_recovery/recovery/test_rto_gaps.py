"""An RTO shorter than that of what the service depends on cannot be kept."""

import pytest

from disaster_recovery.recovery.order import Service, rto_gaps


@pytest.mark.parametrize(
    ("rto", "needed", "verdict"),
    [
        (4, 24, "red"),
        (24, 24, "amber"),
        (24, 4, None),
        (None, 4, "unknown"),
        (4, None, "unknown"),
        (None, None, "unknown"),
        (0, 0, "amber"),
        (1 / 3, 20 / 60, "amber"),
    ],
)
def test_the_rto_against_that_of_what_it_depends_on(rto, needed, verdict):
    below = Service("below", rto=needed)
    gaps = rto_gaps([Service("above", rto=rto, depends_on=["below"]), below])
    assert [gap.verdict for gap in gaps] == ([verdict] if verdict else [])
    assert all((g.service.key, g.dependency) == ("above", below) for g in gaps)


def test_behind_an_unknown_rto_the_next_is_looked_at():
    site, power = Service("site", rto=24), Service("power", depends_on=["site"])
    gaps = rto_gaps([Service("phones", rto=4, depends_on=["power"]), power, site])
    verdicts = [(gap.service.key, gap.dependency.key, gap.verdict) for gap in gaps]
    assert verdicts == [
        ("phones", "power", "unknown"),
        ("phones", "site", "red"),
        ("power", "site", "unknown"),
    ]


def test_circles_and_unknown_keys_are_passed_over():
    a = Service("a", depends_on=["b", "a", "gone"])
    b = Service("b", depends_on=["a"])
    assert len(rto_gaps([a, b])) == 2


def test_a_service_that_depends_on_nothing_has_no_gap():
    assert rto_gaps([Service("site", rto=4), Service("power")]) == []
