"""The project's own files, as its rules look at them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
FLOORS = {
    "partners": 0,
    "skills": 1,
    "rota": 2,
    "disaster_recovery": 2,
    "lincs_ict": 3,
}
# What stands in these is arithmetic, and knows nothing of Django.
PURE_FOLDERS = (
    "skills/matching/",
    "rota/drawing/",
    "rota/scheduling/",
    "disaster_recovery/merging/",
    "disaster_recovery/recovery/",
    "disaster_recovery/content/",
)
PURE_MODULES = {
    *("partners/reach.py", "partners/standing.py", "partners/working_pattern.py"),
    *(f"partners/spreadsheets/{n}.py" for n in ("table", "values", "workbook")),
    *("skills/imports/columns.py", "skills/search/sql.py"),
    *(f"disaster_recovery/generic_plan/{n}.py" for n in ("entries", "files")),
    "disaster_recovery/packs/redaction.py",
}
IMPURE = {"disaster_recovery/content/cleaning.py"}  # it raises what forms understand


def modules(*folders: str) -> dict[str, str]:
    """Sources by path from the project's folder; what migrations hold is written."""
    paths = [p for folder in folders for p in (PROJECT / folder).rglob("*.py")]
    return {
        p.relative_to(PROJECT).as_posix(): p.read_text(encoding="utf-8")
        for p in sorted(paths)
    }


def templates() -> dict[str, str]:
    """Every template by its path under the project's folder."""
    paths = [p for p in sorted((PROJECT / "templates").rglob("*")) if p.is_file()]
    return {
        p.relative_to(PROJECT).as_posix(): p.read_text(encoding="utf-8") for p in paths
    }


def app_of(path: str) -> str:
    """The app a module or template belongs to; what is shared belongs to the top."""
    parts = [part for part in path.split("/") if part not in ("templates", "tests")]
    return parts[0] if parts[0] in FLOORS and len(parts) > 1 else "lincs_ict"


def is_pure(path: str) -> bool:
    """Whether a module may not know Django."""
    inside = path.startswith(PURE_FOLDERS) and path not in IMPURE
    return inside or path in PURE_MODULES


def is_out_of_reach(app: str, other: str) -> bool:
    """Whether `other` stands beside or above `app`."""
    return other != app and FLOORS[other] >= FLOORS[app]


def imported(path: str, source: str) -> Iterator[str]:
    """Dotted names a module imports anywhere, relative ones made whole."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _base(path, node.level) if node.level else []
            stem = [*base, *filter(None, [node.module])]
            yield from (".".join([*stem, alias.name]) for alias in node.names)


def _base(path, level):
    return path.removesuffix(".py").split("/")[:-level]


def strings(source: str) -> Iterator[str]:
    """Every string constant, those inside f-strings too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def attributes(source: str) -> Iterator[str]:
    """Every name after a dot, and every keyword of a call."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.arg


def functions(source: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef) -> int:
    """Lines of the body: names of arguments are not what makes it long."""
    return function.end_lineno - function.body[0].lineno + 1


def template_references(source: str) -> Iterator[str]:
    """Names of addresses and of templates that a template calls upon."""
    yield from re.findall(r"""{%\s*url\s+['"](\w+):""", source)
    yield from re.findall(r"""{%\s*(?:include|extends)\s+['"](\w+)/""", source)
