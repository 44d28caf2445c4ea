"""The ladder: an app knows only what stands beneath it."""

import ast
import re

import pytest
from django.apps import apps

from tests import tree

APPS = tuple(tree.FLOORS)
PURE = {
    "partners": {
        *("appraisal", "benefits", "cells", "reach", "standing", "table"),
        *("workbook", "working_pattern"),
    },
    "skills": {
        *("columns", "coverage", "directory_sql", "everyday", "grading", "initials"),
        *(
            "judgement",
            "keys",
            "ladder",
            "matching",
            "phrases",
            "places",
            "relevance",
            "spelling",
        ),
        "wording",
    },
    "rota": {
        *("clock", "demand", "fairness", "gaps", "schedule", "turns"),
        "working_time",
    },
    "disaster_recovery": {
        *("alignment", "canonical", "contents", "critical_path", "durations"),
        *("entries", "field_merge"),
        *("fields", "headings", "knots", "layers", "markdown", "marks", "merge"),
        *(
            "object_merge",
            "outcomes",
            "packing",
            "recovery_order",
            "recovery_table",
            "resolving",
        ),
        *("rto_gaps", "safekeeping", "soundness", "succession", "text_merge"),
        *("timeline", "timings", "waiting", "wording"),
    },
}
# Django's own commands are imported once it is known which settings to use.
MAY_DEFER = {"manage.py"}


def imports_out_of_reach(path, source):
    app = tree.app_of(path)
    tops = {name.split(".")[0] for name in tree.imported(path, source)}
    return sorted(t for t in tops & set(APPS) if tree.is_out_of_reach(app, t))


def strings_out_of_reach(path, source):
    """ "app.Model", "app.module.name" and "app:page", wherever they stand."""
    app = tree.app_of(path)
    named = re.compile(rf"({'|'.join(APPS)})[.:]\w[\w.]*")
    found = filter(None, map(named.fullmatch, tree.strings(source)))
    return sorted({m[0] for m in found if tree.is_out_of_reach(app, m[1])})


def relations_out_of_reach(source, relations):
    used = {text.split("__")[0] for text in tree.strings(source)}
    used |= {name.split("__")[0] for name in tree.attributes(source)}
    return sorted(used & relations)


def deferred_imports(source):
    return sorted(
        f"{function.name}, line {node.lineno}"
        for function in tree.functions(source)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    )


def impurities(path, source):
    """What a pure module imports that is neither Python's own nor pure itself."""
    allowed = {f"{app}.{name}" for app, names in PURE.items() for name in names}
    names = set(tree.imported(path, source))
    ours = {n for n in names if n.split(".")[0] in APPS}
    return sorted(
        {n for n in ours if n not in allowed and n.rpartition(".")[0] not in allowed}
        | {n for n in names if n.split(".")[0] in {"django", "psycopg2", "pgtrigger"}}
    )


def templates_out_of_reach(path, source):
    app = tree.app_of(path)
    named = set(tree.template_references(source)) & set(APPS)
    return sorted(n for n in named if tree.is_out_of_reach(app, n))


def relations_from_above(app):
    """Names by which models of upper apps can be reached from this app's models."""
    relations = [
        relation
        for model in apps.get_app_config(app).get_models()
        for relation in model._meta.related_objects
        if tree.FLOORS.get(relation.related_model._meta.app_label, -1)
        > tree.FLOORS[app]
    ]
    names = {name for r in relations for name in (r.name, r.get_accessor_name())}
    return names - {None, "+"}


def faults(sources, check):
    """Each file with what the check found in it; the empty dictionary is good."""
    found = {path: check(path, source) for path, source in sources.items()}
    return {path: what for path, what in found.items() if what}


def test_no_app_imports_what_stands_above_or_beside_it():
    assert faults(tree.modules(*APPS), imports_out_of_reach) == {}


def test_no_app_names_what_stands_above_or_beside_it():
    assert faults(tree.modules(*APPS), strings_out_of_reach) == {}


@pytest.mark.parametrize("app", APPS)
def test_no_app_follows_relations_from_above(app):
    above = relations_from_above(app)
    found = faults(tree.modules(app), lambda _, s: relations_out_of_reach(s, above))
    assert found == {}


def test_no_import_hides_in_a_function():
    sources = {p: s for p, s in tree.modules(*APPS).items() if p not in MAY_DEFER}
    assert faults(sources, lambda _, source: deferred_imports(source)) == {}


def test_pure_modules_know_nothing_of_the_framework():
    sources = {f"{app}/{n}.py" for app, names in PURE.items() for n in names}
    pure = {p: s for p, s in tree.modules(*APPS).items() if p in sources}
    assert pure
    assert faults(pure, impurities) == {}


def test_no_template_calls_upon_what_stands_above_or_beside_it():
    assert faults(tree.templates(), templates_out_of_reach) == {}


def test_tests_of_an_app_stay_on_its_floor():
    assert faults(tree.modules("tests/partners"), imports_out_of_reach) == {}


@pytest.mark.parametrize(
    ("path", "source", "found"),
    [
        ("partners/x.py", "from skills.models import Skill", ["skills"]),
        ("partners/x.py", "import skills.models as s", ["skills"]),
        ("partners/x.py", "def f():\n    from lincs_ict import views", ["lincs_ict"]),
        ("rota/x.py", "from disaster_recovery import merge", ["disaster_recovery"]),
        ("skills/views/x.py", "from ...rota import models", ["rota"]),
        ("skills/x.py", "from partners.models import Partner", []),
        ("lincs_ict/x.py", "import rota.models, disaster_recovery.models", []),
    ],
)
def test_the_import_check_tells_good_from_bad(path, source, found):
    assert imports_out_of_reach(path, source) == found


@pytest.mark.parametrize(
    ("path", "source", "found"),
    [
        ("partners/x.py", "F('skills.Skill')", ["skills.Skill"]),
        ("partners/x.py", "reverse('skills:person')", ["skills:person"]),
        ("partners/x.py", "load('rota.feeds.ics')", ["rota.feeds.ics"]),
        ("skills/x.py", "F('partners.Partner')", []),
        ("partners/x.py", "'skills. And so on'", []),
    ],
)
def test_the_string_check_tells_good_from_bad(path, source, found):
    assert strings_out_of_reach(path, source) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("people.filter(skills_held__level=3)", ["skills_held"]),
        ("person.skills_held.all()", ["skills_held"]),
        ("people.values('skills_held__skill')", ["skills_held"]),
        ("person.absences.all()", []),
    ],
)
def test_the_relation_check_tells_good_from_bad(source, found):
    assert "skills_held" in relations_from_above("partners")
    assert relations_out_of_reach(source, {"skills_held"}) == found


def test_the_other_checks_tell_good_from_bad():
    assert deferred_imports("def f():\n    import os") == ["f, line 2"]
    assert deferred_imports("import os") == []
    assert impurities("skills/keys.py", "from django import forms") == ["django.forms"]
    assert impurities("skills/keys.py", "from skills.models import Skill")
    assert (
        impurities("skills/keys.py", "import re\nfrom skills.wording import STOP") == []
    )


@pytest.mark.parametrize(
    ("path", "source", "found"),
    [
        ("templates/partners/x.html", "{% url 'skills:person' 1 %}", ["skills"]),
        ("templates/partners/x.html", '{% include "skills/_x.html" %}', ["skills"]),
        ("templates/skills/x.html", '{% include "partners/_x.html" %}', []),
        ("templates/base.html", "{% url 'skills:search' %}", []),
    ],
)
def test_the_template_check_tells_good_from_bad(path, source, found):
    assert templates_out_of_reach(path, source) == found
