"""The private PostgreSQL, on a root of its own."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.core.exceptions import ImproperlyConfigured

from lincs_ict import devdb

STARTER = """
import sys
from pathlib import Path
from lincs_ict import devdb
print(devdb.ensure("lincs_ict", durable=False, root=Path(sys.argv[1])))
"""


@pytest.fixture(scope="module")
def root():
    # pytest's own folders are closed to the account that serves when root starts.
    folder = Path(tempfile.mkdtemp(prefix="devdb-"))
    yield folder
    devdb.stop(folder)
    for durable in (True, False):
        shutil.rmtree(devdb.Server.found(folder, durable).sockets, ignore_errors=True)
    shutil.rmtree(folder)


def answer(address, query="SELECT 1"):
    with closing(psycopg2.connect(address)) as connection:
        cursor = connection.cursor()
        cursor.execute(query)
        return cursor.fetchone()[0]


def starter(root, **environment):
    return subprocess.Popen(
        [sys.executable, "-c", STARTER, str(root)],
        cwd=devdb.PROJECT,
        env=os.environ | {"DEMO": "on"} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def kill(root):
    named = devdb.Server.found(root, durable=False).data / "postmaster.pid"
    os.kill(int(named.read_text().split()[0]), signal.SIGKILL)


def test_six_starters_at_once_share_one_server(root):
    starters = [starter(root) for _ in range(6)]
    said = [process.communicate() for process in starters]
    addresses = {output for output, _ in said}
    assert not any(process.returncode for process in starters), said
    assert len(addresses) == 1
    assert answer(addresses.pop().strip()) == 1


def test_the_address_names_a_socket_and_no_host(root):
    address = devdb.ensure(durable=False, root=root)
    assert re.fullmatch(
        r"postgresql://lincs_ict@:5432/lincs_ict\?host=/tmp/.+", address
    )


def test_a_killed_server_is_started_again(root):
    address = devdb.ensure(durable=False, root=root)
    kill(root)
    assert devdb.ensure(durable=False, root=root) == address
    assert answer(address) == 1


def test_a_number_that_now_belongs_to_another_process_is_not_a_server(root):
    server = devdb.Server.found(root, durable=False)
    devdb.ensure(durable=False, root=root)
    kill(root)
    (server.data / "postmaster.pid").write_text(f"{os.getpid()}\n{server.data}\n")
    assert not server.is_alive()
    assert answer(devdb.ensure(durable=False, root=root)) == 1


def test_sockets_swept_away_come_back(root):
    devdb.ensure(durable=False, root=root)
    shutil.rmtree(devdb.Server.found(root, durable=False).sockets)
    assert answer(devdb.ensure(durable=False, root=root)) == 1


def test_locales_that_are_not_installed_do_not_matter(root):
    devdb.stop(root)
    process = starter(root, LANG="xx_XX.UTF-8", LC_ALL="xx_XX.UTF-8")
    output, errors = process.communicate()
    assert not process.returncode, errors
    assert answer(output.strip(), "SHOW lc_messages") == "C.UTF-8"


def test_only_the_demonstration_keeps_its_data_through_a_power_cut(root):
    kept = devdb.ensure(durable=True, root=root)
    forgotten = devdb.ensure(durable=False, root=root)
    assert answer(kept, "SHOW fsync") == "on"
    assert answer(forgotten, "SHOW fsync") == "off"


def test_the_network_is_not_listened_to(root):
    address = devdb.ensure(durable=False, root=root)
    assert answer(address, "SHOW listen_addresses") == ""
    assert answer(address, "SHOW max_connections") == "120"


def test_its_folders_are_closed_to_others(root):
    devdb.ensure(durable=False, root=root)
    server = devdb.Server.found(root, durable=False)
    for folder in (server.home, server.sockets):
        assert folder.stat().st_mode & 0o077 == 0


def test_a_socket_folder_open_to_others_is_refused(root):
    devdb.ensure(durable=False, root=root)
    sockets = devdb.Server.found(root, durable=False).sockets
    sockets.chmod(0o777)
    with pytest.raises(ImproperlyConfigured, match="open to others"):
        devdb.ensure(durable=False, root=root)
    sockets.chmod(0o700)


def test_accented_letters_count_in_trigrams(root):
    address = devdb.ensure("accents", durable=False, root=root)
    with closing(psycopg2.connect(address)) as connection:
        cursor = connection.cursor()
        cursor.execute("CREATE EXTENSION pg_trgm")
        cursor.execute("SELECT show_trgm('é')")
        assert cursor.fetchone()[0] != []


def test_it_refuses_outside_the_demonstration_and_the_tests(root):
    process = starter(root, DEMO="off")
    _, errors = process.communicate()
    assert process.returncode
    assert "DATABASE_URL is missing" in errors


def test_a_stopped_server_no_longer_answers(root):
    devdb.ensure(durable=False, root=root)
    devdb.stop(root)
    assert not devdb.Server.found(root, durable=False).answers()
