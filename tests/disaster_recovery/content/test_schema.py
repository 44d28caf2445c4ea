"""The fields of each kind of object, and how their values are stored."""

import json
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disaster_recovery.content.schema import (
    FIELDS,
    KEYS,
    KINDS,
    MOST_LETTERS,
    NUMBER,
    SECTION,
    SERVICE,
    TASK,
    Field,
    circular_fields,
    faults,
    references,
    tidied,
)
from disaster_recovery.content.validation import validation_errors
from disaster_recovery.merging.field_merge import merge_fields

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def test_text_is_kept_in_one_way_and_nothing_empty_is():
    values = {"title": " Cafe\u0301 ", "body": "One  \r\nTwo\n\n", "parent": "", "x": 1}
    assert tidied(SECTION, values) == {"title": "Café", "body": "One\nTwo"}


def test_lists_hold_each_thing_once_and_nothing_empty():
    values = {"title": "T", "depends_on": ["a", "b", "a", ""], "tier": 0, "rto": None}
    assert tidied(SERVICE, values) == {
        "title": "T",
        "depends_on": ["a", "b"],
        "tier": 0,
    }


def test_a_good_object_has_no_faults():
    values = {"title": "Open the log", "phase": "prepare", "owner_role": "ICT manager"}
    values |= {"expected": 30, "scenarios": ["power"], "skills": ["Windows Server"]}
    assert faults(TASK, tidied(TASK, values)) == {}


@pytest.mark.parametrize(
    ("kind", "values", "sentence"),
    [
        (SECTION, {"title": ""}, "Enter title"),
        (SECTION, {"title": "a\nb"}, "Write title on one line"),
        (SECTION, {"title": "a\0"}, "Remove invisible characters from title"),
        (SECTION, {"title": "a" * 201}, "Shorten title to 200 characters or fewer"),
        (SECTION, {"body": "a" * (MOST_LETTERS + 1)}, "Shorten text to"),
        (SECTION, {"parent": "Not A Key"}, "Choose part of from the list"),
        (SECTION, {"is_mandatory": "yes"}, "Choose every partner"),
        (SERVICE, {"tier": 5}, "Enter tier as a whole number from 0 to 4"),
        (SERVICE, {"tier": True}, "Enter tier as a whole number"),
        (SERVICE, {"rto": -1}, "Write RTO like “4 hours”"),
        (SERVICE, {"rto": 10**12}, "Write RTO like “4 hours”"),
        (SERVICE, {"depends_on": "a"}, "Choose depends on from the list"),
        (SERVICE, {"depends_on": [1]}, "Choose depends on from the list"),
        (TASK, {"phase": "later"}, "Choose phase from the list"),
        (TASK, {"scenarios": ["war"]}, "Choose scenarios from the list"),
        (TASK, {"skills": ["a"] * 201}, "Choose skills needed from the list"),
    ],
)
def test_a_fault_says_what_to_do(kind, values, sentence):
    assert [s for s in faults(kind, values).values() if s.startswith(sentence)]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([*KINDS]), st.data())
def test_nothing_breaks_the_check_and_tidying_twice_changes_nothing(kind, data):
    names = st.sampled_from([one.name for one in FIELDS[kind]])
    once = tidied(kind, data.draw(st.dictionaries(names, ANYTHING)))
    assert tidied(kind, once) == once or "NaN" in json.dumps(once)
    faults(kind, once)


def test_what_refers_to_what_is_read_from_the_fields():
    assert references(SECTION) == {"parent": SECTION}
    assert references(TASK) == {"predecessors": TASK, "restores": SERVICE}


def test_fields_that_might_lead_in_a_circle_are_read_from_the_fields():
    assert [(kind, field.name) for kind, field in circular_fields()] == [
        (SECTION, "parent"),
        (SERVICE, "depends_on"),
        (TASK, "predecessors"),
    ]


def test_a_new_field_of_a_service_is_in_every_use_of_fields(monkeypatch):
    """One table of fields: forms, checks and merging take a field from there."""
    hosts = Field("hosted_on", "Hosted on", KEYS, of=SERVICE)
    cores = Field("cores", "Cores", NUMBER, most=99, is_higher_cautious=True)
    monkeypatch.setitem(FIELDS, SERVICE, (*FIELDS[SERVICE], hosts, cores))
    assert tidied(SERVICE, {"title": "T", "cores": 4})["cores"] == 4
    assert faults(SERVICE, {"title": "T", "tier": 1, "cores": 100})["cores"]
    base, ours, theirs = ({"cores": n, "hosted_on": k} for n, k in VALUES)
    cores, hosted_on = merge_fields((SERVICE, "a"), base, ours, theirs, frozenset())
    assert cores.suggestion == 8
    assert hosted_on.merged == ("b", "c")
    things = [SimpleNamespace(kind=SERVICE, key="a", fields={"hosted_on": ["z"]})]
    sentence = "Service or system “a”: Hosted on refers to “z”, which does not exist"
    assert sentence in validation_errors(things)


VALUES = [(2, ("a",)), (8, ("a", "b")), (4, ("c",))]
