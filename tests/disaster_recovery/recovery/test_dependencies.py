"""What cannot be put in order is refused by name, and ties go by place."""

import pytest

from disaster_recovery.content.schema import TASK
from disaster_recovery.recovery.dependencies import (
    DependencyCycle,
    DuplicateKey,
    OrderError,
    SelfDependency,
    Service,
    Task,
    UnknownDependency,
    graph,
    in_order,
    waves,
)
from disaster_recovery.recovery.order import recovery_order

ADD_OR_REMOVE = "Add what does not exist, or remove the reference"


def refused(services, tasks):
    with pytest.raises(OrderError) as refusal:
        recovery_order(services, tasks)
    return refusal.type, str(refusal.value), refusal.value.names


@pytest.mark.parametrize(
    ("services", "tasks", "error", "sentence", "names"),
    [
        (
            [Service("net", "Network", depends_on=["net"])],
            [],
            SelfDependency,
            "Remove what depends on itself: service “Network”",
            ("net",),
        ),
        (
            [],
            [Task("a", "Ask", predecessors=["a"]), Task("b", predecessors=["b"])],
            SelfDependency,
            "Remove what depends on itself: task “Ask”; task “b”",
            ("a", "b"),
        ),
        (
            [],
            [Task("a", "Ask", predecessors=["gone"])],
            UnknownDependency,
            f"{ADD_OR_REMOVE}: task “Ask” refers to “gone”",
            ("gone",),
        ),
        (
            [Service("s", depends_on=["t"])],
            [Task("t")],
            UnknownDependency,
            f"{ADD_OR_REMOVE}: service “s” refers to “t”",
            ("t",),
        ),
        (
            [],
            [Task("a", "Ask", restores=["gone"])],
            UnknownDependency,
            f"{ADD_OR_REMOVE}: task “Ask” refers to “gone”",
            ("gone",),
        ),
        (
            [Service("s"), Service("s")],
            [],
            DuplicateKey,
            "Give each its own key: “s”",
            ("s",),
        ),
    ],
)
def test_what_is_refused_is_named(services, tasks, error, sentence, names):
    assert refused(services, tasks) == (error, sentence, names)


def test_a_cycle_of_services_is_described_from_one_to_the_next():
    things = [Service("a", "Ant", depends_on=["b"]), Service("b", depends_on=["a"])]
    error, sentence, names = refused(things, [])
    assert error is DependencyCycle
    assert "service “Ant”, which waits for service “b”, which waits for" in sentence
    assert names[0] == names[-1]
    assert {*names} == {"a", "b"}


def test_each_of_a_circle_waits_for_the_next():
    waits = {"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]}
    _, _, names = refused([], [Task(k, predecessors=w) for k, w in waits.items()])
    ways = zip(names, names[1:], strict=False)
    assert len(names) == 4
    assert all(after in waits[before] for before, after in ways)


def test_a_circle_through_services_and_tasks_is_found():
    services = [Service("dns"), Service("directory", depends_on=["dns"])]
    first = Task("accounts", restores=["directory"])
    second = Task("names", predecessors=["accounts"], restores=["dns"])
    error, sentence, _ = refused(services, [first, second])
    assert error is DependencyCycle
    assert "task “names”" in sentence
    assert "service “dns”" in sentence


def test_a_task_may_restore_a_service_with_what_it_depends_on():
    services = [Service("dns"), Service("directory", depends_on=["dns"])]
    edges = graph(services, [Task("both", restores=["dns", "directory"])])
    assert edges["task", "both"] == ()


def test_ties_go_by_place_then_by_key():
    edges = {(TASK, key): () for key in "dcba"}
    places = {(TASK, key): (key == "a", key) for key in "abcd"}
    assert [key for _, key in in_order(edges, places)] == ["b", "c", "d", "a"]


def test_waves_look_through_what_is_between():
    edges = graph(
        [Service("s"), Service("u", depends_on=["s"])],
        [Task("a", restores=["s"]), Task("b", restores=["u"])],
    )
    ordered = in_order(edges, {name: name for name in edges})
    assert waves(edges, [*ordered], TASK) == [("a",), ("b",)]
