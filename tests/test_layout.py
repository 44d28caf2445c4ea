"""The ladder: an app knows only what stands beneath it."""

import ast
import re

import pytest
from django.apps import apps

from tests import tree

APPS = tuple(tree.FLOORS)
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
    names = set(tree.imported(path, source))
    ours = {n for n in names if n.split(".")[0] in APPS}
    return sorted(
        {n for n in ours if not tree.is_pure(_module(n))}
        | {n for n in names if n.split(".")[0] in {"django", "psycopg2", "pgtrigger"}}
    )


def _module(name):
    """The path of what is imported: it is a module, or something in one."""
    path = f"{name.replace('.', '/')}.py"
    return path if (tree.PROJECT / path).exists() else f"{path.rpartition('/')[0]}.py"


def two_way_folders(sources):
    """Pairs of folders of an app that import each other."""
    arrows = {
        (folder, other)
        for path, source in sources.items()
        for name in tree.imported(path, source)
        if (folder := _folder(path)) and (other := _folder(name.replace(".", "/")))
        if folder != other and folder.split("/")[0] == other.split("/")[0]
    }
    return sorted(pair for pair in arrows if pair[::-1] in arrows and pair[0] < pair[1])


def _folder(path):
    folder = "/".join(path.split("/")[:2])
    return folder if (tree.PROJECT / folder).is_dir() else None


def demonstration_imports(path, source):
    """What is imported from the demonstration, an app that is not always installed."""
    if path.startswith("lincs_ict/demonstration/"):
        return []
    names = tree.imported(path, source)
    return sorted(n for n in names if n.startswith("lincs_ict.demonstration"))


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


def test_nothing_imports_the_demonstration():
    assert faults(tree.modules(*APPS), demonstration_imports) == {}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("lincs_ict/views.py", ["lincs_ict.demonstration.logins.LOGINS"]),
        ("lincs_ict/demonstration/context.py", []),
    ],
)
def test_the_check_of_the_demonstration_tells_good_from_bad(path, found):
    source = "from lincs_ict.demonstration.logins import LOGINS"
    assert demonstration_imports(path, source) == found


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
    pure = {p: s for p, s in tree.modules(*APPS).items() if tree.is_pure(p)}
    assert {*pure} >= tree.PURE_MODULES
    assert all(any(p.startswith(folder) for p in pure) for folder in tree.PURE_FOLDERS)
    assert faults(pure, impurities) == {}


def test_no_folder_imports_one_that_imports_it_back():
    assert two_way_folders(tree.modules(*APPS)) == []


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
    path = "skills/matching/exact.py"
    assert impurities(path, "from django import forms") == ["django.forms"]
    assert impurities(path, "from skills.models import Skill")
    assert impurities(path, "from disaster_recovery.content.cleaning import text")
    assert impurities(path, "import re\nfrom skills.matching.text import STOP") == []


def test_the_check_of_folders_tells_good_from_bad():
    there = {"skills/search/x.py": "from skills.records import filters"}
    back = {"skills/records/x.py": "import skills.search.sql"}
    assert two_way_folders(there | back) == [("skills/records", "skills/search")]
    assert two_way_folders(there) == two_way_folders(back) == []


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
