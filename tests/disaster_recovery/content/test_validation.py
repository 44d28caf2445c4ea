"""What an object names is there, and nothing goes in a circle."""

from types import SimpleNamespace

import pytest

from disaster_recovery.content.validation import validation_errors

NEEDED = {
    "section": {},
    "service": {"tier": 1},
    "task": {"phase": "recover", "owner_role": "ICT manager"},
    "parameter": {"sort": "line"},
}


def thing(kind, key, **fields):
    fields = {"title": key.upper(), **NEEDED[kind], **fields}
    return SimpleNamespace(kind=kind, key=key, fields=fields)


def test_what_fits_together_is_sound():
    things = [
        thing("section", "a", body="{{name}} and {{place}}"),
        thing("section", "b", parent="a"),
        thing("service", "x"),
        thing("service", "y", depends_on=["x"]),
        thing("task", "x", restores=["x"]),
        thing("task", "y", predecessors=["x"]),
        thing("parameter", "name"),
    ]
    assert validation_errors(things, ["place"]) == []


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (thing("section", "a", title=""), "Section “a”: Enter title"),
        (
            thing("section", "a", parent="gone"),
            "Section “A”: Part of refers to “gone”, which does not exist",
        ),
        (
            thing("task", "a", predecessors=["a"]),
            "Task “A”: After these tasks refers to itself",
        ),
        (
            thing("task", "a", restores=["a"]),
            "Task “A”: Services it restores refers to “a”, which does not exist",
        ),
        (
            thing("section", "a", body="{{gone}}"),
            "Section “A”: there is no parameter “gone”",
        ),
    ],
)
def test_what_does_not_fit_is_named(broken, sentence):
    assert sentence in validation_errors([broken])


def test_a_circle_is_named_by_its_titles():
    things = [
        thing("service", "a", depends_on=["b"]),
        thing("service", "b", depends_on=["c"]),
        thing("service", "c", depends_on=["a"]),
    ]
    (sentence,) = validation_errors(things)
    assert sentence.startswith("Depends on goes round in a circle: ")
    assert sentence.count("→") == 3
    assert "A → B" in sentence


@pytest.mark.parametrize("value", ["x", {"a": 1}, 7])
def test_nonsense_is_a_fault_and_no_error(value):
    assert validation_errors([thing("section", "a", title=["no"], parent="A b")])
    assert validation_errors([thing("task", "a", predecessors=value)])
