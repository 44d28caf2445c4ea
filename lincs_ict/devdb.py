"""A private PostgreSQL for the demonstration and the tests.

It answers on a Unix socket in a folder closed to everybody else, never on the
network, and keeps running between starts:

    python -m lincs_ict.devdb start|stop|programs
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from django.core.exceptions import ImproperlyConfigured
from psycopg2 import sql

from lincs_ict.postgres import copy_out, programs, version

PROJECT = Path(__file__).resolve().parent.parent
DATABASE = ROLE = "lincs_ict"
PORT = 5432
PATIENCE = 60
# A machine may lack the locale it names, and PostgreSQL's builtin provider makes
# pg_trgm drop accented letters: the C library always has this one.
LOCALE = "C.UTF-8"
SETTINGS = {"listen_addresses": "", "max_connections": 120, "log_min_messages": "fatal"}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def address(name: str = DATABASE, durable: bool = True) -> str:
    """The address of database `name`, whether or not its server runs.

    Raises ImproperlyConfigured outside the demonstration and the tests, and where
    PostgreSQL is missing.
    """
    return _server(None, durable).address(name)


def ensure(name: str = DATABASE, durable: bool = True, root: Path | None = None) -> str:
    """The address of database `name`, on a server started when none answers.

    Raises ImproperlyConfigured as `address` does, and where PostgreSQL does not start.
    """
    server = _server(root, durable)
    if not server.answers(name):
        with server.locked():
            server.start()
            server.create(name)
    return server.address(name)


def _server(root, durable):
    if not _is_private():
        raise ImproperlyConfigured(
            "DATABASE_URL is missing, and only the demonstration and the tests "
            "have a private database"
        )
    return Server.found(root or _root(), durable)


def stop(root: Path | None = None):
    """Stop whichever of the private servers are running."""
    for durable in (True, False):
        server = Server.found(root or _root(), durable)
        if server.is_alive():
            with server.locked():
                server.stop()


@dataclass(frozen=True)
class Server:
    """One private PostgreSQL: its folder, its programs and whom it runs as."""

    home: Path
    programs: Path
    uid: int
    gid: int
    is_durable: bool

    @classmethod
    def found(cls, root, durable):
        kind = "durable" if durable else "forgetful"
        home = Path(root).resolve() / f"{kind}-{version(programs())}"
        uid, gid = os.geteuid(), os.getegid()
        if uid == 0:  # as which PostgreSQL refuses to run
            uid, gid = pwd.getpwnam("nobody")[2:4]
        return cls(home, programs(), uid, gid, durable)

    @property
    def data(self):
        return self.home / "data"

    @property
    def sockets(self):
        # A socket's address holds about 100 characters, fewer than many a path.
        key = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        return Path("/tmp", f"lincs-ict-{os.geteuid()}-{key}")  # noqa: S108 – checked

    def address(self, name):
        return f"postgresql://{ROLE}@:{PORT}/{name}?host={self.sockets}"

    @contextmanager
    def locked(self):
        """Hold off everybody else who starts or stops a server of this root."""
        self.home.parent.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            self.home.parent.chmod(0o755)
        with open(self.home.parent / "lock", "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def connect(self, name):
        if not self.sockets.exists():
            raise psycopg2.OperationalError(f"{self.sockets} is missing")
        self._check(self.sockets)
        return psycopg2.connect(self.address(name), connect_timeout=3)

    def answers(self, name="postgres"):
        # Only a connection proves it: process ids outlive their servers.
        try:
            self.connect(name).close()
        except psycopg2.OperationalError:
            return False
        return True

    def create(self, name):
        with closing(self.connect("postgres")) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
                if not cursor.rowcount:
                    database = sql.Identifier(name)
                    cursor.execute(sql.SQL("CREATE DATABASE {}").format(database))

    def start(self):
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            if time.monotonic() > deadline:
                raise ImproperlyConfigured(self._complaint())
            self._try_to_start()
            time.sleep(0.1)

    def _try_to_start(self):
        if self.is_alive() and not self.sockets.exists():
            self.stop()  # its socket was swept away with old temporary files
        for folder in (self.home, self.sockets):
            self._own(folder)
        if not self.data.exists():
            self._initialise()
        if not self.is_alive():
            self._forget_the_dead()
        settings = SETTINGS | {"unix_socket_directories": self.sockets, "port": PORT}
        if not self.is_durable:
            settings |= FORGETFUL
        options = " ".join(f"-c {key}={value}" for key, value in settings.items())
        log = self.home / "server.log"
        self._run("pg_ctl", "-w", "-D", self.data, "-l", log, "-o", options, "start")

    def stop(self):
        self._run("pg_ctl", "-w", "-m", "fast", "-D", self.data, "stop")

    def is_alive(self):
        """Whether the process that the data folder names is this server's."""
        named = self.data / "postmaster.pid"
        if not Path("/proc/self").exists():
            return named.exists()  # not Linux: PostgreSQL finds out for itself
        try:
            words = Path("/proc", named.read_text().split()[0], "cmdline").read_bytes()
        except (OSError, IndexError):
            return False
        return os.fsencode(self.data) in words.split(b"\0")

    def _forget_the_dead(self):
        # After a kill the number may belong to a zombie or to somebody else, and
        # PostgreSQL would take either for a running server.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        (self.sockets / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)

    def _initialise(self):
        # Made beside and moved, so that one cut short is not taken for whole.
        draft = self.home / "draft"
        shutil.rmtree(draft, ignore_errors=True)
        choices = f"-U {ROLE} --auth=trust --encoding=UTF8 --locale={LOCALE}"
        choices += " --locale-provider=libc --no-instructions"
        made = self._run("initdb", "-D", draft, *choices.split())
        if made.returncode:
            raise ImproperlyConfigured(self._complaint())
        draft.rename(self.data)

    def _own(self, folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0 and folder.lstat().st_uid == 0:
            os.chown(folder, self.uid, self.gid)
        self._check(folder)

    def _check(self, folder):
        found = folder.lstat()
        is_closed = stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o077
        if not is_closed or found.st_uid != self.uid:
            raise ImproperlyConfigured(
                f"{folder} is not ours or is open to others: remove it and start again"
            )

    def _run(self, program, *arguments):
        command = [self._within_reach() / program, *arguments]
        # In the folder above, which root keeps to itself.
        with open(self.home.parent / "commands.log", "ab") as log:
            how = {"cwd": self.home, "stdout": log, "stderr": log, **self._identity()}
            return subprocess.run(command, stdin=subprocess.DEVNULL, **how)

    def _identity(self):
        how = {"env": {"PATH": os.defpath, "LC_ALL": LOCALE, "LANG": LOCALE}}
        if os.geteuid() == 0:
            how |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return how

    def _within_reach(self):
        """The programs, copied out where the server's account cannot reach them."""
        if version(self.programs, **self._identity()):
            return self.programs
        package = self.programs.parent.parent
        copies = self.home.parent / f"programs-{version(self.programs)}"
        if not copies.exists():
            copy_out(package, copies)
        return copies / package.name / self.programs.relative_to(package)

    def _complaint(self):
        return (
            f"PostgreSQL does not start: the logs in {self.home.parent} say why. "
            f"Removing {self.home} begins afresh"
        )


def _is_private():
    return "pytest" in sys.modules or os.environ.get("DEMO", "").strip().lower() == "on"


def _root():
    # The server's account must be able to walk in, which root's own home forbids.
    if os.geteuid():
        return PROJECT / ".devdb"
    key = hashlib.sha256(os.fsencode(PROJECT)).hexdigest()[:12]
    return Path("/var/lib", f"lincs-ict-{key}")


if __name__ == "__main__":
    commands = {"start": ensure, "stop": stop, "programs": programs}
    try:
        command = commands.get(" ".join(sys.argv[1:]), lambda: sys.exit(__doc__))
        sys.stdout.write(f"{command() or 'stopped'}\n")
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))
