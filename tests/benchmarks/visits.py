"""Visits to the site, timed: one after another, and many at once."""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client

from partners.models import User

TAKE_CSV = """
import resource, sys, time
import django
django.setup()
from django.test import Client
from partners.models import User
client = Client(SERVER_NAME="localhost")
client.force_login(User.objects.get(pk=sys.argv[1]))
began = time.perf_counter()
lines = 0
for block in client.get("/skills/export.csv", {"q": ""}).streaming_content:
    lines += block.count(b"\\r\\n")
spent = time.perf_counter() - began
print(lines - 1, spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds of the clock and of this process's processor."""

    wall: float
    cpu: float


class Visitor(Client):
    """A test client that keeps no copies of templates and contexts."""

    def request(self, **request):
        return self.handler(self._base_environ(**request))


def median_of(act, times=7) -> Spent:
    act()  # the first fills caches
    spent = [_once(act) for _ in range(times)]
    return Spent(*map(statistics.median, zip(*spent, strict=True)))


def _once(act):
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return (time.perf_counter() - wall) * 1e3, (time.process_time() - cpu) * 1e3


def staff(number=1):
    """Logins of members of staff in post."""
    users = User.objects.filter(person__isnull=False, person__left_on=None)
    return list(users.order_by("pk")[:number])


def _environment():
    """The site's own settings, as the demonstration runs, over the test database."""
    named = connection.settings_dict["NAME"]
    address = urlsplit(settings.DATABASE_URL)._replace(path=f"/{named}").geturl()
    return os.environ | {
        "DATABASE_URL": address,
        "DEMO": "on",
        "DEBUG": "off",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "DJANGO_SETTINGS_MODULE": "lincs_ict.settings",
        "PYTHONPATH": str(settings.BASE_DIR),
    }


def _run(*arguments, **how):
    command = [sys.executable, *map(str, arguments)]
    where = {"cwd": settings.BASE_DIR, "env": _environment()}
    return subprocess.Popen(command, **where, **how)  # noqa: S603 - our own program


def take_csv() -> tuple[int, float, float]:
    """Rows, seconds and peak megabytes of a process that takes everybody's CSV."""
    command = ("-c", TAKE_CSV, staff()[0].pk)
    said, _ = _run(*command, stdout=subprocess.PIPE, text=True).communicate()
    rows, seconds, peak = said.split()
    return int(rows), float(seconds), float(peak)


@contextmanager
def site(workers):
    """The port of the site behind gunicorn, which stops with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    _run("manage.py", "collectstatic", "--no-input", "-v0").wait()
    gunicorn = ("-m", "gunicorn", "lincs_ict.wsgi", "-b", f"127.0.0.1:{port}")
    process = _run(*gunicorn, "-w", workers, "--log-level", "error")
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(port, patience=60):
    deadline = time.monotonic() + patience
    while _visit(port, "/healthz", "") != 200:
        if time.monotonic() > deadline:
            raise TimeoutError("gunicorn does not answer")
        time.sleep(0.2)


def _visit(port, address, cookie):
    connected = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connected.request("GET", address, headers={"Cookie": cookie})
        response = connected.getresponse()
        response.read()
    except ConnectionError:
        return 0
    finally:
        connected.close()
    return response.status


def cookie(user):
    """What a browser sends in which this login is signed in."""
    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"


def crowd(port, addresses, cookies, times=8) -> tuple[list[float], list[int]]:
    """Milliseconds of every visit, sorted, and every status; a searcher a cookie."""
    searchers = len(cookies)

    def search(number):
        visits = []
        for turn in range(times):
            address = addresses[(number + turn) % len(addresses)]
            began = time.perf_counter()
            status = _visit(port, address, cookies[number])
            visits.append(((time.perf_counter() - began) * 1e3, status))
        return visits

    with ThreadPoolExecutor(searchers) as pool:
        visits = [v for visits in pool.map(search, range(searchers)) for v in visits]
    spent, statuses = zip(*visits, strict=True)
    return sorted(spent), list(statuses)
