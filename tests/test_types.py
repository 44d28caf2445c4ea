"""Types are checked where modules are pure, as pyproject.toml lists them."""

import subprocess
import sys
import tomllib

from tests import tree

# Pure modules whose types are not written down yet. Take a line off the list when
# mypy accepts it, and put it on the list in pyproject.toml.
UNTYPED = {
    "disaster_recovery/generic_plan/entries.py",
    "disaster_recovery/generic_plan/files.py",
    "partners/reach.py",
    "partners/spreadsheets/table.py",
    "partners/spreadsheets/workbook.py",
    "partners/standing.py",
    "partners/working_pattern.py",
}
CHECK = [sys.executable, "-m", "mypy", "--no-error-summary"]


def mypy(*arguments):
    """What mypy complains of; nothing where it accepts everything."""
    done = subprocess.run(
        [*CHECK, *arguments], cwd=tree.PROJECT, capture_output=True, text=True
    )
    return done.stdout + done.stderr


def checked_files():
    project = tomllib.loads((tree.PROJECT / "pyproject.toml").read_text())
    return tuple(project["tool"]["mypy"]["files"])


def test_mypy_accepts_the_pure_modules():
    assert mypy() == ""


def test_mypy_refuses_what_has_no_types(tmp_path):
    (tmp_path / "untyped.py").write_text("def double(number):\n    return 2 * number\n")
    assert "no-untyped-def" in mypy(tmp_path / "untyped.py")


def test_every_pure_module_is_checked_or_waits_on_the_list():
    pure = {path for path in tree.modules(*tree.FLOORS) if tree.is_pure(path)}
    unchecked = {path for path in pure if not path.startswith(checked_files())}
    assert {p for p in unchecked if not p.endswith("/__init__.py")} == UNTYPED
