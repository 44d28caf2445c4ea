"""The recovery times in words."""

import pytest

from disaster_recovery.recovery.order import Service, Task, recovery_order
from disaster_recovery.recovery.table import length, recovery_table

NETWORK = Service("network", "Network", rto=4, tier=0)


def table(services, tasks):
    return recovery_table(recovery_order(services, tasks))


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (None, "unknown"),
        (0, "0 minutes"),
        (1 / 3, "20 minutes"),
        (36, "1 day 12 hours"),
    ],
)
def test_hours_are_shown_in_words(hours, words):
    assert length(hours) == words


@pytest.mark.parametrize(
    ("expected", "pessimistic", "word"),
    [
        (3, 4, "In time"),
        (4, 4, "No time left"),
        (4, 9, "No time left"),
        (3, 9, "Late at worst"),
        (5, 9, "Late"),
        (None, 9, "Unknown"),
    ],
)
def test_the_verdict_is_a_word_too(expected, pessimistic, word):
    task = Task("cables", "Cables", expected, pessimistic, restores=["network"])
    assert table([NETWORK], [task]).services[0].word == word


def test_a_service_tells_its_times_and_what_drives_them():
    tasks = [
        Task("declare", "Declare", 1, 2),
        Task("cables", "Cables", 1.5, 3, ["declare"], ["network"]),
    ]
    (row,) = table([NETWORK], tasks).services
    assert (row.rto, row.back, row.at_worst) == (
        "4 hours",
        "2 hours 30 minutes",
        "5 hours",
    )
    assert (row.chain, row.tier, row.wave) == (("Declare", "Cables"), 0, 1)


def test_a_length_that_lacks_something_is_at_least_so_long():
    ask = Task("ask", "Ask")
    recovery = table([NETWORK], [ask, Task("b", "", 1, 2, ["ask"], ["network"])])
    assert recovery.services[0].back == "at least 1 hour"
    assert recovery.services[0].missing == ("Ask",)
    assert (recovery.finish, recovery.alone) == ("at least 1 hour", "at least 2 hours")
    assert recovery.tasks[0].finish == "unknown"


@pytest.mark.parametrize(
    ("rto", "needed", "words"),
    [
        (1, 4, "Late: its RTO is shorter than that of “Network”, 4 hours"),
        (4, 4, "No time left: it has the same RTO as “Network”, 4 hours"),
        (4, None, "Unknown: it depends on “Network”, which has no RTO"),
        (None, 4, "Unknown: it has no RTO, and depends on “Network”, 4 hours"),
    ],
)
def test_a_gap_is_a_sentence(rto, needed, words):
    below = Service("network", "Network", rto=needed)
    above = Service("phones", "Phones", rto=rto, depends_on=["network"], position=1)
    recovery = {row.key: row.gaps for row in table([below, above], []).services}
    assert [sentence for _, sentence in recovery["phones"]] == [words]
    assert recovery["network"] == ()


def test_the_summary_counts_the_worst_first():
    services = [NETWORK, Service("b", rto=1), Service("c", rto=9)]
    tasks = [
        Task("t", "", 2, restores=["network"]),
        Task("u", "", 2, restores=["b"]),
    ]
    words = "3 services: 1 late, 1 unknown, 1 in time"
    assert table(services, tasks).summary == words
    assert table([NETWORK], []).summary == "1 service: 1 unknown"
    assert table([], []).summary == "0 services: none"


def test_a_task_says_how_long_it_can_wait():
    recovery = table([], [Task("a", "", 1), Task("b", "", 3, position=1)])
    assert [(row.slack, row.is_critical) for row in recovery.tasks] == [
        ("2 hours", False),
        ("0 minutes", True),
    ]


def test_what_follows_an_unknown_duration_is_at_least_that_late():
    after = Task("b", "", 1, predecessors=["ask"], position=2)
    tasks = [Task("a", "", 2), Task("ask", "", None, None, ["a"], position=1), after]
    a, ask, b = table([], tasks).tasks
    assert (a.start, a.finish) == ("0 minutes", "2 hours")
    assert (ask.start, ask.finish) == ("2 hours", "unknown")
    assert (b.start, b.finish) == ("at least 2 hours", "at least 3 hours")
    assert b.alone_finish == "at least 3 hours"


def test_a_service_that_nothing_restores_has_no_length():
    (row,) = table([NETWORK], []).services
    assert (row.back, row.at_worst, row.alone) == ("unknown",) * 3
