"""What the suite itself promises: no network, and no silence about browsers."""

import socket
from types import SimpleNamespace

import pytest

from tests import conftest


class Terminal:
    """Where a run says what it did: one skipped test, for this reason."""

    def __init__(self, reason):
        report = SimpleNamespace(longrepr=("a file", 1, f"Skipped: {reason}"))
        self.stats = {"skipped": [report]}
        self.said = []

    def line(self, text):
        self.said.append(text)


@pytest.fixture
def no_browser(monkeypatch):
    monkeypatch.setattr(conftest.shutil, "which", lambda name: None)


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
@pytest.mark.parametrize(
    ("build", "outcome"),
    [("", pytest.skip.Exception), ("true", pytest.fail.Exception)],
)
def test_without_a_browser_its_tests_wait_and_a_build_fails(
    monkeypatch, build, outcome
):
    monkeypatch.setenv("CI", build)
    with pytest.raises(outcome, match="no Chromium on this machine"):
        conftest.found_browser()


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (
            conftest.NO_BROWSER,
            ["1 browser tests were skipped: no Chromium on this machine"],
        ),
        ("no LibreOffice", []),
    ],
)
def test_what_is_skipped_for_want_of_a_browser_is_counted(reason, said):
    terminal = Terminal(reason)
    conftest.pytest_terminal_summary(terminal)
    assert terminal.said == said


def test_the_first_browser_there_is_is_taken(monkeypatch):
    there = {"google-chrome": "/opt/chrome", "chromium-browser": "/opt/chromium"}
    monkeypatch.setattr(conftest.shutil, "which", there.get)
    assert conftest.found_browser() == "/opt/chromium"
