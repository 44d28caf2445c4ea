"""Walking every address of the site in every role, and what came of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

from django.apps import apps
from django.db import connection
from django.urls import get_resolver

from partners.models import (
    Appointment,
    BankHoliday,
    Disclosure,
    Partner,
    StaffMember,
    Transfer,
    User,
)
from skills.models import ImportBatch, Skill, SkillHeld, UnansweredSearch
from tests import tree
from tests.factories import (
    LONG_AGO,
    make_absence,
    make_batch,
    make_correction,
    make_handled,
    make_held,
    make_holiday,
    make_merge,
    make_partner,
    make_person,
    make_proposal,
    make_provider,
    make_relation,
    make_site,
    make_skill,
    make_transfer,
    make_user,
)
from tests.recovery_things import make_plan_things, recovery_pk
from tests.rota_access import address_of, make_rota_things

SHOWN, SIGN_IN, REFUSED = "shown", "sign in", "refused"
HIDDEN, LED_AWAY, NOT_READ = "hidden", "led away", "not for reading"
_STATUS = {403: REFUSED, 404: HIDDEN, 405: NOT_READ}
_DOOR = "/accounts/login/"

GONE = "Zenobia Gonequick"
DEPARTED = "Custodian of departed things"
THEIRS = "Quirin Vexworth"
HUSHED = "Keeper of hushed matters"
MOBILE = "07700 900987"


OF_ALL = {
    "skills/unanswered-searches/": "unansweredsearch",
    "skills/merges/": "skillmerge",
    "skills/proposals/": "skillproposal",
}


def routes(resolver=None, before="") -> Iterator[str]:
    """Every address pattern there is, included ones too."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern, route)
        else:
            yield route


@dataclass(frozen=True, slots=True)
class Things:
    """One of everything that belongs to one partner, or to all."""

    partner: Partner
    person: StaffMember
    held: SkillHeld
    holiday: BankHoliday
    login: User
    skill: Skill
    transfer: Transfer
    batch: ImportBatch

    def address(self, route: str) -> str:
        """The address of the thing of this partner that a route leads to."""
        people = "people" in route
        if route.startswith(("rota/", "on-call/")):
            route = address_of(self.partner, route)
        # A forged id of somebody else's row.
        route = route.replace(
            "my-record/skills/<int:pk>", f"my-record/skills/{self.held.pk}"
        )
        route = route.replace("<slug:slug>", self.partner.slug)
        route = route.replace("<slug:provider_id>", f"partner-{self.partner.pk}")
        pk = self.person.pk if people else self.skill.pk
        pk = self.transfer.pk if "transfers" in route else pk
        pk = self.batch.pk if "skills/imports/" in route else pk
        if "corrections" in route:
            pk = self.person.correction_requests.get().pk
        pk = _pk_of_all(route) or recovery_pk(route, self.partner) or pk
        route = route.replace("<slug:kind>", "section").replace("<int:pk>", str(pk))
        route = route.replace("<slug:key>", "control-sheet")
        route = route.replace("<path:object_id>", str(self._recorded(route)))
        return "/" + _without_patterns(route)

    def _recorded(self, route):
        """The key of the row a route of the administration leads to."""
        rows = {
            "partner": self.partner,
            "staffmember": self.person,
            "skillheld": self.held,
            "bankholiday": self.holiday,
            "user": self.login,
            "skill": self.skill,
            "category": self.skill.category,
        }
        found = re.match(r"admin/(\w+)/(\w+)/<path", route)
        if not found:
            return ""
        return rows[found[2]].pk if found[2] in rows else _first(*found.groups())


def _first(app, model):
    """The key of the oldest row of a table that belongs to nobody."""
    rows = apps.get_model(app, model).objects.order_by("pk")
    return rows.values_list("pk", flat=True)[0]


def _pk_of_all(route):
    """The key of the row of a list which belongs to the whole partnership."""
    for beginning, model in OF_ALL.items():
        if route.startswith(f"{beginning}<int:pk>"):
            return _first("skills", model)
    return None


def _without_patterns(route):
    route = route.replace("^", "").replace("$", "")
    route = re.sub(r"\(\?P<app_label>[^)]*\)", "partners", route)
    route = re.sub(r"\(\?P<uidb36>[^)]*\)-\(\?P<key>[^)]*\)", "1-set", route)
    return re.sub(r"\(\?P<url>[^)]*\)", "nowhere", route)


def make_things(partner: Partner, skill: Skill, **person) -> Things:
    staff = make_person(partner, **person)
    make_site(partner)
    make_correction(staff)
    make_provider(partner, is_active=False)
    make_rota_things(partner, staff)
    make_plan_things(partner)
    return Things(
        partner=partner,
        person=staff,
        held=make_held(staff, skill, 3),
        holiday=make_holiday(
            LONG_AGO, "Founders", kind=BankHoliday.Kind.LOCAL, partner=partner
        ),
        login=make_user(person=staff),
        skill=skill,
        transfer=make_transfer(staff, make_partner()),
        batch=make_batch(partner, staff),
    )


def make_their_secrets(partner: Partner) -> Things:
    """Lincoln's things: a marked person, what they once were, and one who left."""
    gone = make_person(partner, GONE, post=DEPARTED, left_on=LONG_AGO)
    skill = make_skill("Kubernetes")
    make_held(gone, skill, 4)
    things = make_things(partner, skill, name=THEIRS, post=HUSHED, mobile=MOBILE)
    StaffMember.objects.filter(pk=things.person.pk).update(post="Engineer")
    things.person.refresh_from_db()
    make_absence(things.person, LONG_AGO, LONG_AGO)
    Disclosure.objects.create(kind="page", what="person", staff_ids=[])
    words = {"words": "flux", "key": "flux", "last_asked_on": LONG_AGO}
    UnansweredSearch.objects.create(**words)
    make_handled("fluxes")
    make_proposal("Flux capacitance")
    make_merge()
    make_relation(skill, make_skill("Containers"))
    return things


def outcome(response, address: str) -> str:
    """What came of asking: redirects have been followed."""
    path = response.request["PATH_INFO"]
    if path == _DOOR and not address.startswith(_DOOR):
        return SIGN_IN
    if response.status_code in _STATUS:
        return _STATUS[response.status_code]
    if response.status_code != 200:
        return str(response.status_code)
    return SHOWN if path == address else LED_AWAY


def body(response) -> str:
    """All that is said, in a workbook too."""
    content = response.getvalue()
    if not content.startswith(b"PK"):
        return content.decode()
    with ZipFile(BytesIO(content)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def fingerprint() -> dict[str, str]:
    """Each of our tables by its rows; sign-in and passwords are one's own."""
    tables = {
        model._meta.db_table
        for app in tree.FLOORS
        for model in apps.get_app_config(app).get_models()
        if model not in {Disclosure, UnansweredSearch}
    }
    with connection.cursor() as cursor:
        return {table: _rows(cursor, table) for table in sorted(tables)}


_ROWS = """
    SELECT md5(string_agg(line, '' ORDER BY line)) FROM (
        SELECT (to_jsonb(t) - '{{password,last_login}}'::text[])::text AS line
        FROM {table} t
    ) lines
"""


def _rows(cursor, table):
    cursor.execute(_ROWS.format(table=table))
    return cursor.fetchone()[0]


def hostile(things: Things) -> dict[str, object]:
    """What somebody might post to change what is not theirs, in any form."""
    inlines = "sites skills_held working_days absences certifications appointments "
    inlines += "learning_wishes aliases"
    counts = {f"{name}-TOTAL_FORMS": 0 for name in inlines.split()}
    counts |= {f"{name}-INITIAL_FORMS": 0 for name in inlines.split()}
    return {
        **counts,
        "action": "delete_selected",
        "_selected_action": things.person.pk,
        "post": "yes",
        "partner": things.partner.pk,
        "to_partner": things.transfer.to_partner_id,
        "begins_on": "2026-12-24",
        "name": "Taken over",
        "short_name": "Taken over",
        "slug": "taken-over",
        "work_email": "taken@over.example",
        "email": "taken@over.example",
        "full_time_equivalent": "1",
        "desk_opens_at": "01:00",
        "desk_closes_at": "02:00",
        "staff": things.person.pk,
        "skill": things.skill.pk,
        "level": 1,
        "on": "2026-12-24",
        "kind": "local",
        "category": things.skill.category_id,
        "role": Appointment.Role.PARTNERSHIP_COORDINATOR,
        "version": 1,
    }
