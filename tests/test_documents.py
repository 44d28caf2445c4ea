"""The documents are short, lead somewhere, and name every command."""

import re
from pathlib import Path

import pytest

from tests import tree

DOCS = tree.PROJECT / "docs"
DOCUMENTS = sorted([*tree.PROJECT.glob("*.md"), *DOCS.rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]+)")
# A path of ours in backticks, as architecture.md names files.
PATH = re.compile(r"`((?:partners|skills|rota|disaster_recovery|lincs_ict)/[\w/.]+)`")


def command_names():
    paths = [path for path in tree.modules(*tree.FLOORS) if "/commands/" in path]
    return {Path(path).stem for path in paths} - {"__init__"}


def numbered_decisions():
    return sorted(path.name for path in (DOCS / "decisions").glob("[0-9]*.md"))


def test_the_readme_is_short():
    lines = (tree.PROJECT / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 120
    assert [line for line in lines if len(line) > 120] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(document):
    links = LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("name", ["architecture.md", "rota.md", "recovery-plans.md"])
def test_every_file_that_is_named_exists(name):
    named = PATH.findall((DOCS / name).read_text(encoding="utf-8"))
    assert [path for path in named if not (tree.PROJECT / path).exists()] == []


def test_every_command_is_described_and_no_other():
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `(\w+)", text, re.MULTILINE))
    assert described == command_names()


def test_commands_in_operations_exist():
    text = (DOCS / "operations.md").read_text(encoding="utf-8")
    spoken = set(re.findall(r"manage\.py (\w+)", text))
    of_django = {"migrate", "collectstatic", "check", "createcachetable"}
    assert spoken <= command_names() | of_django


def test_every_decision_is_listed():
    listing = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")
    assert LINK.findall(listing) == numbered_decisions()


def test_every_decision_has_its_four_parts():
    parts = ("**Context.**", "**Decision.**", "**Rejected.**", "**Consequence.**")
    for name in numbered_decisions():
        text = (DOCS / "decisions" / name).read_text(encoding="utf-8")
        assert all(part in text for part in parts), name
        assert len(text.splitlines()) <= 20, name
