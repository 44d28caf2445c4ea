"""A real Chromium, and the demonstration partnership served to it."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from playwright.sync_api import sync_playwright
from pytest_django.live_server_helper import LiveServer

from lincs_ict.demonstration.logins import LOGINS
from partners.models import Absence, Partner, StaffMember, Transfer
from rota.models import Duty, DutyChange, Swap
from skills.models import (
    Certification,
    Skill,
    SkillMerge,
    SkillProposal,
    UnansweredSearch,
)
from tests.conftest import found_browser

QUIET = [
    "--disable-gpu",
    "--in-process-gpu",
    "--disable-extensions",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    """Every test here needs the database, though the server asks it, not the test."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.django_db)


ROLES = {login.role: login for login in LOGINS}
STRANGER = "stranger@council.example"


@pytest.fixture(scope="session")
def chromium():
    """The machine's own browser, one for the whole run."""
    program = found_browser()
    flags = [*QUIET, *(["--no-sandbox"] if os.getuid() == 0 else [])]
    # Playwright keeps a loop running, beside which Django would refuse its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        yield browser
        browser.close()
        # What was opened beside the loop is out of reach, and open, once it stops.
        connections.close_all()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="module")
def site(chromium, demonstration, django_db_blocker):
    """The demonstration, one for a module, served on this machine."""
    with django_db_blocker.unblock():
        get_user_model().objects.create_user(STRANGER)
        server = LiveServer("127.0.0.1")
        yield Site(server.url, _places(), _sessions())
        server.stop()


@dataclass(frozen=True, slots=True)
class Site:
    """Where the demonstration is served, and what stands at which address."""

    url: str
    places: dict[str, object]
    sessions: dict[str, str]

    def address(self, path):
        return path.format(**self.places)


def _places():
    here = StaffMember.objects.in_post()
    certified = Certification.objects.filter(staff__in=here).first()
    away = Absence.objects.filter(staff__in=here, cover__isnull=False).first()
    held = Skill.objects.get(name="VMware vSphere")
    return {
        "person": certified.staff_id,
        "away": away.staff_id,
        "colleague": here.get(name=_name_of("Member of staff")).pk,
        "kept": here.get(name=_name_of("Coordinator of Boston")).pk,
        "skill": held.pk,
        "unheld": Skill.objects.filter(held_by__isnull=True).first().pk,
        "category": held.category_id,
        "partner": Partner.objects.order_by("-name").first().slug,
        "transfer": Transfer.objects.get(state="released").pk,
        "proposal": SkillProposal.objects.filter(state="open").first().pk,
        "duplicate": Skill.objects.get(name="Wi-Fi surveying").pk,
        "stays": Skill.objects.get(name="Wireless networking (Wi-Fi)").pk,
        "teams": Skill.objects.get(name="Microsoft Teams").pk,
        "merge": SkillMerge.objects.get(undone_at__isnull=True).pk,
        "undone": SkillMerge.objects.get(undone_at__isnull=False).pk,
        "declined": SkillProposal.objects.get(state="declined").pk,
        "gap": UnansweredSearch.objects.get(words="pega platform").pk,
        "boston": Partner.objects.get(slug="boston").pk,
        "duty": _duty_to_come().pk,
        "server": _duty_to_come().staff_id,
        "swap": Swap.objects.filter(state="open").first().pk,
        "vacated": DutyChange.objects.get(kind="sickness").pk,
    }


def _duty_to_come():
    coming = Duty.objects.current().filter(starts_at__gt=timezone.now())
    return coming.filter(role="primary", staff__isnull=False).earliest("starts_at")


def _sessions():
    """A session for everybody, kept before the tests begin to roll back."""
    keys = {}
    for email in [STRANGER, *(login.email for login in LOGINS)]:
        client = Client()
        client.force_login(get_user_model().objects.get(email=email))
        keys[email] = client.cookies["sessionid"].value
    return keys


def _name_of(role):
    return ROLES[role].who.partition(",")[0]


@dataclass
class Visitor:
    """Somebody who comes with a browser, and what that browser was refused."""

    chromium: object
    site: Site
    refused: list = field(default_factory=list)
    contexts: list = field(default_factory=list)

    def opens(self, address, role=None, **kind):
        """A page at an address, for a role of the demonstration or for nobody."""
        context = self.chromium.new_context(base_url=self.site.url, **kind)
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        if role:
            context.add_cookies([self._signed_in(role)])
        page = context.new_page()
        page.on("console", self._listen)
        page.goto(self.site.address(address))
        return page

    def _signed_in(self, role):
        email = ROLES[role].email if role in ROLES else role
        session = self.site.sessions[email]
        return {"name": "sessionid", "value": session, "url": self.site.url}

    def _listen(self, message):
        if "Content Security Policy" in message.text:
            self.refused.append(message.text)

    def leaves(self):
        for context in self.contexts:
            context.close()


@pytest.fixture
def visitor(chromium, site):
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(_forget_tries).result()
    somebody = Visitor(chromium, site)
    yield somebody
    somebody.leaves()


def _forget_tries():
    """Outside the test's transaction, whose locks the server would wait for."""
    cache.clear()
    connection.close()


@pytest.fixture
def no_second_factors(visitor):
    """None is set up for anybody, where the server sees it."""
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(_take_off).result()


def _take_off():
    Authenticator.objects.all().delete()
    connection.close()
