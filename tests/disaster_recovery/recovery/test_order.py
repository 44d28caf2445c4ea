"""In which order services come back, and whether in time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disaster_recovery.recovery.order import (
    InvalidNumber,
    Service,
    Task,
    Verdict,
    recovery_order,
)

NETWORK = Service("network", "Network", rto=4)
EMAIL = Service("email", "E-mail", rto=24, depends_on=["network"], position=1)
DECLARE = Task("declare", "Declare", 1, 2)
CABLES = Task("cables", "Cables", 2, 3, ["declare"], ["network"], 2, position=1)
MAILBOXES = Task("mailboxes", "Mailboxes", 5, 9, restores=["email"], position=2)
LUNCH = Task("lunch", "Lunch", 1, position=3)


@pytest.fixture
def order():
    return recovery_order([EMAIL, NETWORK], [LUNCH, MAILBOXES, CABLES, DECLARE])


def by_key(times, key):
    named = ((getattr(one, "task", None) or one.service, one) for one in times)
    return next(one for thing, one in named if thing.key == key)


def test_times_are_as_early_and_as_late_as_can_be(order):
    times = [(t.task.key, t.start, t.finish, t.latest_start) for t in order.tasks]
    assert times == [
        ("declare", 0, 1, 0),
        ("cables", 1, 3, 1),
        ("mailboxes", 3, 8, 3),
        ("lunch", 0, 1, 7),
    ]


def test_a_task_waits_for_what_the_service_it_restores_depends_on(order):
    assert by_key(order.tasks, "mailboxes").start == 3


def test_one_person_does_one_after_another_at_worst(order):
    assert [t.alone_finish for t in order.tasks] == [2, 5, 14, 15]
    assert (order.alone, order.finish, order.worst_finish) == (15, 8, 14)
    assert by_key(order.services, "network").alone_finish == 5


def test_slack_tells_what_may_wait(order):
    assert [t.slack for t in order.tasks] == [0, 0, 0, 7]
    assert [t.is_critical for t in order.tasks] == [True, True, True, False]


def test_the_chain_that_drives_a_service(order):
    assert by_key(order.services, "network").chain == ("declare", "cables")
    assert order.chain == ("declare", "cables", "mailboxes")


def test_waves_are_what_can_begin_together(order):
    assert order.task_waves == (("declare", "lunch"), ("cables",), ("mailboxes",))
    assert order.service_waves == (("network",), ("email",))


def test_the_parallel_case_says_how_many_people_it_takes(order):
    assert order.people_at_once == 2


def test_people_who_leave_as_others_come_are_not_counted_twice():
    one = [Task("a", expected=1, people=3), Task("b", "", 1, None, ["a"], people=2)]
    assert recovery_order([], one).people_at_once == 3


def test_nothing_to_recover_takes_no_time():
    order = recovery_order([], [])
    assert (order.finish, order.alone, order.tasks, order.chain) == (0, 0, (), ())


@pytest.mark.parametrize(
    ("rto", "expected", "pessimistic", "verdict"),
    [
        (4, 3, 4, Verdict.GREEN),
        (4, 4, 4, Verdict.AMBER),
        (4, 3, 5, Verdict.AMBER),
        (4, 5, 6, Verdict.RED),
        (4, 5, 2, Verdict.RED),
        (4, 3, None, Verdict.GREEN),
        (0, 0, 0, Verdict.AMBER),
        (None, 3, 4, Verdict.UNKNOWN),
        (4, None, None, Verdict.UNKNOWN),
        (4, None, 3, Verdict.UNKNOWN),
        (1 / 3, 1 / 3, 1 / 3, Verdict.AMBER),
    ],
)
def test_the_finish_against_the_rto(rto, expected, pessimistic, verdict):
    task = Task("t", "", expected, pessimistic, restores=["s"])
    (times,) = recovery_order([Service("s", rto=rto)], [task]).services
    assert times.verdict == verdict


def test_what_no_task_restores_is_never_green():
    (times,) = recovery_order([Service("s", "Site", rto=4)], []).services
    assert (times.verdict, times.missing) == (Verdict.UNKNOWN, ("Site",))


def test_what_waits_for_an_unknown_time_is_never_green():
    tasks = [Task("a", "Ask"), Task("b", "Back", 1, None, ["a"], ["s"])]
    order = recovery_order([Service("s", rto=4)], tasks)
    assert order.services[0].verdict == Verdict.UNKNOWN
    assert order.services[0].missing == order.missing == ("Ask",)


def test_what_is_late_already_is_red_whatever_is_unknown():
    tasks = [Task("a"), Task("b", "", 9, None, ["a"], ["s"])]
    (times,) = recovery_order([Service("s", rto=4)], tasks).services
    assert times.verdict == Verdict.RED


def test_minutes_add_up_to_the_hour():
    tasks = [Task(f"t{n}", "", n / 60, position=n) for n in (7, 13, 40)]
    assert recovery_order([], tasks).alone == 1


@pytest.mark.parametrize("number", [-1, float("nan"), float("inf")])
def test_an_invalid_number_is_refused_by_title(number):
    with pytest.raises(InvalidNumber, match="as 0 or more: “Tea”"):
        recovery_order([], [Task("tea", "Tea", number)])


def test_an_invalid_rto_is_refused_by_title():
    with pytest.raises(InvalidNumber, match="“Tea”"):
        recovery_order([Service("tea", "Tea", -4)], [])


@st.composite
def recoveries(draw):
    """Services and tasks, each naming only what comes before it, in any order."""
    minutes = st.integers(0, 600).map(lambda n: n / 60)
    keys = [f"k{n}" for n in range(draw(st.integers(0, 8)))]
    services, tasks = [], []
    for at, key in enumerate(keys):
        before = st.lists(st.sampled_from(keys[:at]), max_size=3) if at else st.just([])
        rto = draw(st.none() | minutes)
        services.append(Service(key, rto=rto, depends_on=draw(before)))
        both = draw(st.none() | minutes), draw(st.none() | minutes)
        people = draw(st.integers(1, 4))
        restores = [key] if draw(st.booleans()) else []
        tasks.append(Task(key, "", *both, draw(before), restores, people))
    return draw(st.permutations(services)), draw(st.permutations(tasks))


@given(recoveries())
def test_every_task_starts_after_its_predecessors_finish(given_things):
    order = recovery_order(*given_things)
    at = {one.task.key: one for one in order.tasks}
    back = {one.service.key: one for one in order.services}
    for one in order.tasks:
        for key in one.task.predecessors:
            assert at[key].finish <= one.start
            assert at[key].latest_finish <= one.latest_start
            assert at[key].alone_finish <= one.alone_start
        for key in one.task.restores:
            assert all(
                back[d].finish <= one.start for d in back[key].service.depends_on
            )


@given(recoveries())
def test_a_service_is_back_once_its_tasks_and_dependencies_are(given_things):
    order = recovery_order(*given_things)
    back = {one.service.key: one for one in order.services}
    for key, one in back.items():
        done = [t.finish for t in order.tasks if key in t.task.restores]
        done += [back[d].finish for d in one.service.depends_on]
        assert one.finish == max(done, default=0)
        assert one.start <= one.finish <= one.worst_finish <= one.alone_finish


@given(recoveries())
def test_slack_is_never_below_nothing(given_things):
    order = recovery_order(*given_things)
    assert all(one.slack >= 0 for one in order.tasks)
    assert all(one.latest_finish <= order.finish for one in order.tasks)


@given(recoveries())
def test_the_chain_sums_to_the_finish(given_things):
    order = recovery_order(*given_things)
    lengths = {one.task.key: one.finish - one.start for one in order.tasks}
    assert sum(lengths[key] for key in order.chain) == order.finish
    assert all(by_key(order.tasks, key).is_critical for key in order.chain)
    for one in order.services:
        assert sum(lengths[key] for key in one.chain) == one.finish


@given(recoveries())
def test_one_person_takes_the_sum_and_the_parallel_case_no_longer(given_things):
    order = recovery_order(*given_things)
    lengths = [one.alone_finish - one.alone_start for one in order.tasks]
    assert order.alone == sum(lengths)
    assert order.finish <= order.worst_finish <= order.alone


@given(recoveries())
def test_waves_hold_everything_once(given_things):
    services, tasks = given_things
    order = recovery_order(services, tasks)
    for waves, things in ((order.task_waves, tasks), (order.service_waves, services)):
        assert sorted(sum(waves, ())) == sorted(one.key for one in things)
        assert all(waves)


@given(recoveries())
def test_unknown_is_never_green(given_things):
    for one in recovery_order(*given_things).services:
        if one.missing or one.service.rto is None:
            assert one.verdict in (Verdict.UNKNOWN, Verdict.RED)


@given(recoveries(), st.randoms())
def test_the_order_is_the_same_however_it_is_given(given_things, chance):
    services, tasks = map(list, given_things)
    order = recovery_order(services, tasks)
    chance.shuffle(services)
    chance.shuffle(tasks)
    assert recovery_order(services, tasks) == order


@given(recoveries())
def test_people_at_once_are_enough_and_no_more_than_all(given_things):
    order = recovery_order(*given_things)
    for one in order.tasks:
        others = (t for t in order.tasks if t.start <= one.start < t.finish)
        assert sum(t.task.people for t in others) <= order.people_at_once
    assert order.people_at_once <= sum(t.task.people for t in order.tasks)
