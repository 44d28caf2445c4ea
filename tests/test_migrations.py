"""What the models say and what the migrations make are the same."""

import io
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from tests import tree

WRITTEN_BY_A_MACHINE = re.compile(r"auto_\d|_and_more$|^\d{4}_(alter|add|remove)_")


@pytest.fixture(scope="module")
def graph():
    return MigrationLoader(None).graph


def ours(nodes):
    return sorted(node for node in nodes if node[0] in tree.FLOORS)


@pytest.mark.django_db
def test_no_migration_is_unwritten():
    said = io.StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=said)
    assert said.getvalue() == "No changes detected\n"


def test_each_app_has_one_line_of_migrations(graph):
    leaves = [app for app, _ in ours(graph.leaf_nodes())]
    assert leaves
    assert leaves == sorted(set(leaves))


def test_migrations_are_named_by_hand(graph):
    names = [name for _, name in ours(graph.nodes)]
    assert [n for n in names if WRITTEN_BY_A_MACHINE.search(n)] == []
    assert all(re.fullmatch(r"\d{4}_[a-z_]+", name) for name in names)


@pytest.mark.parametrize(
    "name",
    [
        "0002_auto_20261122_2210",
        "0002_alter_skill_name_and_more",
        "0002_remove_skill_code_and_more",
        "0003_alter_skill_name",
    ],
)
def test_the_check_of_names_can_fail(name):
    assert WRITTEN_BY_A_MACHINE.search(name)


def test_lower_apps_do_not_wait_for_upper_ones(graph):
    waits = [
        (child, parent)
        for child in ours(graph.nodes)
        for parent in ours(node.key for node in graph.node_map[child].parents)
        if tree.is_out_of_reach(child[0], parent[0])
    ]
    assert waits == []


def test_every_step_can_be_taken_back(graph):
    stuck = [
        f"{node}: {operation.describe()}"
        for node in ours(graph.nodes)
        for operation in graph.nodes[node].operations
        if not operation.reversible
    ]
    assert stuck == []


@pytest.mark.django_db(transaction=True)
def test_migrations_can_be_taken_back_and_made_again(graph):
    try:
        MigrationExecutor(connection).migrate([("skills", None)])
        assert "skills_skillheld" not in connection.introspection.table_names()
    finally:
        MigrationExecutor(connection).migrate(graph.leaf_nodes())
    assert "skills_skillheld" in connection.introspection.table_names()
