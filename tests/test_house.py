"""The rooms of the house and the grain of what stands in them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import tree

ROLES = {
    *("__init__", "actions", "admin", "apps", "filters", "forms", "imports"),
    *("models", "urls", "views"),
}
FOLDERS = {"admin", "forms", "management", "migrations", "models", "templatetags"}
FOLDERS |= {"views"}
# Rooms named by a noun: each a thing of the trade, beside the roles above.
NOUNS = {
    app: frozenset(nouns.split())
    for app, nouns in {
        "partners": """
            adapter administration appraisal benefits cells chronicle
            correction_forms corrections edition_forms export history history_forms
            invitation_forms invitations jobs messages outgoing paging passkey_forms
            reach refusals sealing second_factor sessions sign_in_forms single_sign_on
            standing table transfer_forms transfers workbook working_pattern
        """,
        "skills": """
            batches catalogue_forms columns coverage directory directory_sql everyday
            explanations exports grading initials judgement keys ladder matching
            merged_rows merges merging naming nearby phrases places proposals relations
            relevance reminders results spelling unanswered uploads upkeep wording
        """,
        "rota": """
            board changes checks clock covering demand digests duties effects fairness
            feeds gaps generation layings notices planning readiness reminders reports
            resolver schedule swaps telling tokens turns working_time
        """,
        "disaster_recovery": """
            adapting alignment arrivals canonical choosing contents critical_path
            durations entries field_merge fields generic headings incoming knots
            layers markdown marks merge object_merge offers outcomes packing packs
            plans reading recovery_order recovery_table reminders resolving reviews
            rto_gaps safekeeping settling shipped soundness succession text_merge
            timeline timings updates waiting wording writing
        """,
        "lincs_ict": """
            anonymising demonstration devdb environment formats middleware own_data
            reports settings traces wsgi
        """,
    }.items()
}
VAGUE = {"base", "common", "core", "helpers", "lib", "misc", "services", "signals"}
VAGUE |= {"tools", "utilities", "utils"}
APPS = tuple(tree.FLOORS)
WRITTEN_BY_DJANGO = "/migrations/"


def unknown_rooms(paths):
    """Modules and folders of the apps that are neither a role nor a listed noun."""
    found = []
    for path in paths:
        app, room, *_ = path.removesuffix(".py").split("/")
        known = ROLES | NOUNS[app] if path.count("/") == 1 else FOLDERS | NOUNS[app]
        found += [] if room in known else [path]
    return found


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


def test_every_room_is_on_the_list():
    assert unknown_rooms(written(*APPS)) == []


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


def test_the_check_of_rooms_can_fail():
    assert unknown_rooms(["skills/gadgets.py"]) == ["skills/gadgets.py"]
    assert unknown_rooms(["skills/gadgets/x.py"]) == ["skills/gadgets/x.py"]
    assert unknown_rooms(["rota/matching.py"]) == ["rota/matching.py"]
    assert unknown_rooms(["skills/matching.py", "skills/views/search.py"]) == []
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
