"""What the suite itself promises: no network, and no silence about browsers."""

import socket
from types import SimpleNamespace

import pytest

from tests import conftest


class Item:
    """A test as the collection sees it."""

    def __init__(self, *marks):
        self.marks = list(marks)

    def get_closest_marker(self, name):
        return name if name in self.marks else None

    def add_marker(self, mark):
        self.marks.append(mark.name)


@pytest.fixture
def no_browser(monkeypatch):
    monkeypatch.setattr(conftest.shutil, "which", lambda name: None)


def collected(*items):
    config = SimpleNamespace(stash=pytest.Stash())
    conftest.pytest_collection_modifyitems(config, list(items))
    return config


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org"])
def test_another_machine_is_out_of_reach(host):
    with socket.socket() as line, pytest.raises(Exception, match="stay on this"):
        line.connect((host, 80))


def test_this_machine_is_within_reach():
    with socket.socket() as door, socket.socket() as line:
        door.bind(("127.0.0.1", 0))
        door.listen()
        line.connect(door.getsockname())
        assert line.getpeername() == door.getsockname()


@pytest.mark.usefixtures("no_browser")
def test_without_a_browser_its_tests_are_skipped_and_counted(monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    seen, other = Item("browser"), Item()
    config = collected(seen, other)
    assert seen.marks == ["browser", "skip"]
    assert other.marks == []
    assert config.stash[conftest._skipped] == 1


@pytest.mark.usefixtures("no_browser")
def test_without_a_browser_a_build_fails(monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.UsageError, match="1 browser tests cannot run"):
        collected(Item("browser"))
    collected(Item())


def test_with_a_browser_nothing_is_skipped(monkeypatch):
    monkeypatch.setattr(conftest.shutil, "which", lambda name: f"/usr/bin/{name}")
    seen = Item("browser")
    collected(seen)
    assert seen.marks == ["browser"]
