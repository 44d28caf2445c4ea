"""What deploy/ names is there: files, commands, settings and the health check."""

import re
import tomllib

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.urls import resolve

from lincs_ict.health import healthz
from tests import tree

DEPLOY = tree.PROJECT / "deploy"
# A server is neither the demonstration nor a test.
NOT_ON_A_SERVER = {"DEMO", "DEBUG", "TEST_DATABASE"}
READ_BY_COMPOSE_ALONE = {"DATABASE_PASSWORD"}


def text(name):
    return (DEPLOY / name).read_text(encoding="utf-8")


def units():
    return [path.name for path in sorted(DEPLOY.glob("*.service"))]


def example():
    """The settings of .env.example, those left out by a # too."""
    return set(re.findall(r"^#?([A-Z_]+)=", text(".env.example"), re.MULTILINE))


def settings_read():
    """What the settings read from the environment."""
    source = (tree.PROJECT / "lincs_ict" / "settings.py").read_text(encoding="utf-8")
    asked = r'(?:env\.\w+|switch|needed|whole_number)\(\s*"([A-Z_]+)"'
    return set(re.findall(asked, source))


def copied():
    """What the Dockerfile copies out of the project's folder, and not of a stage."""
    lines = re.findall(r"^COPY (?!--from)(.+) \S+$", text("Dockerfile"), re.MULTILINE)
    return {name for line in lines for name in line.split()}


def own_commands():
    commands = get_commands().items()
    return {name for name, app in commands if app != "lincs_ict.demonstration"}


def test_the_example_has_every_setting_and_no_other():
    expected = settings_read() - NOT_ON_A_SERVER | READ_BY_COMPOSE_ALONE
    assert "ALLOWED_HOSTS" in expected
    assert example() == expected


def test_compose_asks_for_settings_of_the_example():
    asked = set(re.findall(r"\$\{(\w+)", text("compose.yml")))
    assert READ_BY_COMPOSE_ALONE <= asked <= example()
    assert set(re.findall(r"\{\$(\w+)\}", text("Caddyfile"))) <= asked


def test_the_image_is_made_of_files_that_exist():
    assert [name for name in copied() if not (tree.PROJECT / name).exists()] == []


def test_the_image_has_every_app_and_folder_that_the_site_needs():
    folders = [*settings.TEMPLATES[0]["DIRS"], settings.STATICFILES_DIRS[0]]
    assert copied() >= {*tree.FLOORS, *(folder.name for folder in folders)}


def test_what_the_image_copies_is_sent_to_the_builder():
    sent = re.findall(r"^!(.+)$", text("Dockerfile.dockerignore"), re.MULTILINE)
    assert [n for n in copied() if not n.startswith(tuple(sent))] == []


def test_the_image_runs_as_an_ordinary_user():
    last_stage = text("Dockerfile").rpartition("\nFROM ")[2]
    assert re.findall(r"^USER (.+)$", last_stage, re.MULTILINE) == ["app"]


def test_the_image_has_a_python_that_the_project_takes():
    project = tomllib.loads((tree.PROJECT / "pyproject.toml").read_text())
    least = project["project"]["requires-python"].removeprefix(">=").split(".")
    for version in re.findall(r"^FROM python:([\d.]+)", text("Dockerfile"), re.M):
        assert [*map(int, version.split("."))] >= [*map(int, least)]


def test_the_health_check_asks_for_a_page_that_answers():
    path = re.search(r"http://127\.0\.0\.1:8000(/\w+)", text("Dockerfile"))[1]
    assert resolve(path).func is healthz


def test_compose_names_files_that_exist():
    named = re.findall(
        r"^\s*(?:- \./|dockerfile: deploy/|command: \[\"deploy/)([\w.-]+)",
        text("compose.yml"),
        re.MULTILINE,
    )
    assert {*named} == {"Caddyfile", "Dockerfile", "prepare.sh"}
    assert all((DEPLOY / name).exists() for name in named)


@pytest.mark.parametrize("name", ["Dockerfile", "compose.yml", "prepare.sh", *units()])
def test_every_command_exists(name):
    spoken = re.findall(r'manage\.py(?:", "| )([a-z_]+)', text(name))
    assert set(spoken) <= own_commands()


@pytest.mark.parametrize("name", units())
def test_a_unit_runs_what_is_installed(name):
    program = re.search(r"^ExecStart=/srv/lincs-ict/\.venv/bin/(\w+)", text(name), re.M)
    locked = (tree.PROJECT / "requirements" / "base.txt").read_text()
    assert program[1] == "python" or f"\n{program[1]}==" in locked
    configured = re.findall(r"--config deploy/([\w.]+)", text(name))
    assert all((DEPLOY / file).exists() for file in configured)


def test_the_site_and_the_worker_have_a_unit_each():
    assert units() == ["lincs-ict-web.service", "lincs-ict-worker.service"]
