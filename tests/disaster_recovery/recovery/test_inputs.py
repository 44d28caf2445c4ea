"""The objects of a plan as services and tasks with hours."""

from dataclasses import dataclass, field
from fractions import Fraction

from disaster_recovery.recovery.inputs import read


@dataclass(frozen=True)
class Thing:
    kind: str
    key: str
    fields: dict = field(default_factory=dict)
    position: int = 0
    is_left_out: bool = False


def test_minutes_become_exact_hours():
    fields = {"title": "Cables", "expected": 20, "people": 2, "phase": "recover"}
    _, (task,) = read([Thing("task", "cables", fields, 3)])
    assert (task.expected, task.pessimistic) == (Fraction(1, 3), None)
    assert (task.title, task.people, task.phase) == ("Cables", 2, "recover")
    assert task.position == 3


def test_a_service_keeps_its_rto_tier_and_dependencies():
    fields = {"title": "E-mail", "rto": 240, "tier": 2, "depends_on": ["net"]}
    (email, net), _ = read([Thing("service", "email", fields), Thing("service", "net")])
    assert (email.rto, email.tier, email.depends_on) == (4, 2, ("net",))
    assert (net.rto, net.tier, net.depends_on) == (None, None, ())


def test_who_waited_for_what_is_left_out_waits_for_what_that_waited_for():
    things = [
        Thing("task", "a"),
        Thing("task", "b", {"predecessors": ["a"]}, is_left_out=True),
        Thing("task", "c", {"predecessors": ["b"]}, is_left_out=True),
        Thing("task", "d", {"predecessors": ["c", "a"]}),
    ]
    _, tasks = read(things)
    assert [(t.key, t.predecessors) for t in tasks] == [("a", ()), ("d", ("a",))]


def test_what_is_left_out_in_a_circle_is_looked_through_once():
    things = [
        Thing("task", "a", {"predecessors": ["b"]}),
        Thing("task", "b", {"predecessors": ["c"]}, is_left_out=True),
        Thing("task", "c", {"predecessors": ["b"]}, is_left_out=True),
    ]
    assert read(things)[1][0].predecessors == ()


def test_a_service_left_out_is_not_restored():
    things = [
        Thing("service", "fax", is_left_out=True),
        Thing("task", "wire", {"restores": ["fax"]}),
    ]
    assert read(things)[1][0].restores == ()


def test_what_is_not_there_stays_named_for_the_order_to_refuse():
    _, (task,) = read([Thing("task", "a", {"predecessors": ["gone"]})])
    assert task.predecessors == ("gone",)


def test_sections_and_parameters_are_passed_over():
    assert read([Thing("section", "a"), Thing("parameter", "b")]) == ([], [])
