"""The rooms of the house and the grain of what stands in them."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests import tree

# Who reads the folders of an app knows what it does; any module may stand in them.
FOLDERS = {
    app: frozenset(folders.split())
    for app, folders in {
        "partners": """
            accounts admin forms history mail management models people single_sign_on
            spreadsheets templatetags views
        """,
        "skills": """
            admin catalogue forms imports management matching models records search
            templatetags views
        """,
        "rota": "drawing duties forms messages models scheduling templatetags views",
        "disaster_recovery": """
            content forms generic_plan management merging models packs plans recovery
            templatetags updates views
        """,
        "lincs_ict": "anonymising demonstration formats management own_data views",
    }.items()
}
MOST_OUTSIDE = 12  # modules of an app that stand in no folder
VAGUE = {"base", "common", "core", "helpers", "lib", "misc", "services", "signals"}
VAGUE |= {"tools", "utilities", "utils"}
APPS = tuple(tree.FLOORS)
WRITTEN_BY_DJANGO = "/migrations/"


def unknown_folders(paths):
    """Modules of the apps that stand in a folder that is not on the list."""
    inside = [path for path in paths if path.count("/") > 1]
    return [
        path for path in inside if path.split("/")[1] not in FOLDERS[tree.app_of(path)]
    ]


def crowded(paths, most):
    """Apps with too many modules in no folder, and how many these are."""
    outside = [path for path in paths if path.count("/") == 1]
    modules = [path for path in outside if not path.endswith("/__init__.py")]
    counted = Counter(tree.app_of(path) for path in modules)
    return {app: number for app, number in counted.items() if number > most}


def vague_names(paths):
    return [path for path in paths if VAGUE & set(Path(path).with_suffix("").parts)]


def too_long(sources, most):
    counted = {path: len(source.splitlines()) for path, source in sources.items()}
    return {path: number for path, number in counted.items() if number > most}


def long_functions(sources, most, name=""):
    return {
        f"{path}: {function.name}": tree.length(function)
        for path, source in sources.items()
        for function in tree.functions(source)
        if function.name.startswith(name) and tree.length(function) > most
    }


def inline(sources):
    """Style, script and event attributes that the content policy would refuse."""
    refused = re.compile(
        r"<style|<[^>]+\sstyle\s*=|<script(?![^>]*\ssrc=)|<[^>]+\son[a-z]+\s*="
        r"|javascript:",
        re.IGNORECASE,
    )
    found = {path: refused.search(source) for path, source in sources.items()}
    return {path: match[0] for path, match in found.items() if match}


def written(*folders):
    sources = tree.modules(*folders).items()
    return {p: s for p, s in sources if WRITTEN_BY_DJANGO not in p}


def views():
    sources = written(*APPS).items()
    return {p: s for p, s in sources if re.search(r"/views(/\w+)?\.py$", p)}


def pages():
    """Templates somebody sees in a browser; those of e-mail have no markup."""
    return {p: s for p, s in tree.templates().items() if p.endswith(".html")}


def test_every_folder_is_on_the_list():
    assert unknown_folders(written(*APPS)) == []


def test_few_modules_stand_outside_folders():
    assert crowded(written(*APPS), MOST_OUTSIDE) == {}


def test_no_room_has_a_vague_name():
    assert vague_names(tree.modules(*APPS, "tests")) == []


def test_modules_are_short():
    assert too_long(written(*APPS, "tests"), 300) == {}


def test_functions_are_short():
    assert long_functions(written(*APPS), 40) == {}


def test_views_are_shorter():
    assert views()
    assert long_functions(views(), 20) == {}


def test_tests_are_short():
    assert long_functions(written("tests"), 15, name="test_") == {}


def test_a_page_leaves_its_error_summary_to_the_base():
    drawn = ("as_crispy_errors", "govuk/errors.html", "title %}{% if form.errors")
    found = [p for p, s in tree.templates().items() if any(d in s for d in drawn)]
    assert found == ["templates/base.html"]


def test_templates_are_short():
    assert too_long(tree.templates(), 100) == {}


# It is read where no style sheet can be fetched, and has its own within it.
SELF_CONTAINED = "templates/disaster_recovery/pack/plan.html"


def test_nothing_is_inline_in_a_template():
    assert inline(pages()) == {SELF_CONTAINED: "<style"}


@pytest.mark.parametrize(
    "command", [["check"], ["format", "--check", "--exclude", "migrations"]]
)
def test_the_style_is_one(command):
    ruff = Path(sys.executable).with_name("ruff")
    done = subprocess.run(  # noqa: S603 - our own linter on our own files
        [ruff, *command, "--quiet", tree.PROJECT], capture_output=True, text=True
    )
    assert done.stdout == ""
    assert done.returncode == 0, done.stderr


def test_the_checks_of_folders_can_fail():
    assert unknown_folders(["skills/gadgets/x.py"]) == ["skills/gadgets/x.py"]
    assert unknown_folders(["rota/matching/x.py"]) == ["rota/matching/x.py"]
    assert unknown_folders(["skills/x.py", "skills/views/search.py"]) == []
    assert crowded(["rota/x.py", "rota/y.py", "rota/__init__.py"], 1) == {"rota": 2}
    assert crowded(["rota/x.py", "rota/views/y.py"], 1) == {}
    assert vague_names(["partners/utils.py", "skills/models/common.py"]) != []
    assert vague_names(["partners/models/staff.py"]) == []


def test_the_checks_of_length_can_fail():
    sources = {"x.py": "def test_f():\n    a = 1\n    return a\n"}
    assert too_long(sources, 2) == {"x.py": 3}
    assert too_long(sources, 3) == {}
    assert long_functions(sources, 1) == {"x.py: test_f": 2}
    assert long_functions(sources, 2) == {}


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        "<script>go()</script>",
        '<script type="module">go()</script>',
        '<a onclick="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_the_check_of_inline_markup_can_fail(markup):
    assert inline({"x.html": markup}) != {}


def test_the_check_of_inline_markup_lets_good_markup_pass():
    good = '<script src="/x.js"></script><p class="one" id="on">One style = good</p>'
    assert inline({"x.html": good}) == {}
