"""What we ship as the generic plan, and how strictly its files are read."""

import csv
import re
from dataclasses import replace
from itertools import pairwise

import pytest

from disaster_recovery.content import secrets_scan
from disaster_recovery.content.effective import parameters_in
from disaster_recovery.content.markdown import html
from disaster_recovery.content.schema import SCENARIOS, SECTION, SERVICE, TASK
from disaster_recovery.generic_plan.files import (
    DATA,
    SHIPPED,
    Contents,
    UnreadableContents,
    read,
)
from disaster_recovery.recovery.order import Service, Task, Verdict, recovery_order
from tests.tree import PROJECT

HOURS_OF_TIERS = {0: (4, 12), 1: (0, 4), 2: (0, 24), 3: (0, 72), 4: (168, 336)}
LEGAL_MAP = """
    Civil Contingencies Act 2004|Contingency Planning Regulations 2005, regulation 21
    UK GDPR, article 33|72 hours|ICO|Local Government Act 1972, section 113
    Police Act 1996, section 22A|ISO 22301|ISO/IEC 27031:2025|principle D1
"""
LESSONS = {
    "South Oxfordshire, 2015": "another site, the diverted number and a temporary",
    "Copeland, 2017": "six months late",
    "Redcar and Cleveland, 2020": "cut their links",
    "Gloucester, 2021": "a legal point",
    "Tewkesbury, 2024": "as a precaution",
}
# A plan for everybody speaks of a firewall, not of who made it.
VENDORS = (
    "microsoft cisco vmware citrix dell fortinet google amazon oracle sophos veeam"
)


@pytest.fixture(scope="module", params=SHIPPED)
def contents(request):
    return read(DATA / request.param)


@pytest.fixture(scope="module")
def first():
    return read(DATA / "generic_1_0")


@pytest.fixture(scope="module")
def second():
    return read(DATA / "generic_1_1")


def catalogue():
    path = PROJECT / "skills" / "data" / "vocabulary.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["name"] for row in csv.DictReader(file)}


def texts(contents):
    return [*secrets_scan.texts_in(v for o in contents.objects() for v in said(o))]


def said(one):
    return one.fields.values()


def as_order(contents: Contents):
    services = [
        Service(s.key, s.title, s.rto_hours, s.tier, s.depends_on, s.order)
        for s in contents.services
    ]
    tasks = [
        Task(
            t.key,
            t.title,
            t.expected_minutes / 60,
            t.pessimistic_minutes / 60,
            t.predecessors,
            t.restores,
            t.people,
            t.phase,
            t.order,
        )
        for t in contents.tasks
    ]
    return recovery_order(services, tasks)


def test_every_version_says_its_number_and_what_is_new(first, second):
    assert (first.number, second.number) == ((1, 0, 0), (1, 1, 0))
    assert first.release_notes
    assert second.release_notes != first.release_notes


def test_the_first_version_has_twenty_sections_then_appendices(first):
    top = [one.key for one in first.sections if not one.parent]
    assert len(top) == 21
    assert (top[0], top[-1]) == ("control-sheet", "appendices")


def test_the_first_version_has_the_tasks_and_parameters(first):
    assert len(first.tasks) == 33
    assert len(first.services) == 48
    assert len(first.parameters) == 22


def test_the_first_six_sections_are_mandatory(contents):
    mandatory = [one.title for one in contents.sections if one.is_mandatory]
    assert mandatory == [one.title for one in contents.sections[:6]]


def test_there_is_a_section_for_each_scenario(contents):
    parts = {o.key for o in contents.sections if o.parent == "scenarios"}
    assert parts == {f"scenario-{key}" for key in SCENARIOS}


def test_provision_is_of_hardware_networks_and_systems(contents):
    parts = [o.title for o in contents.sections if o.parent == "provision"]
    assert parts == [f"Provision of {w}" for w in ("hardware", "networks", "systems")]


def test_tasks_go_from_preparing_to_the_review(contents):
    phases = list(dict.fromkeys(one.phase for one in contents.tasks))
    assert phases == ["prepare", "recover", "validate", "return", "review"]


def test_every_parameter_is_used_somewhere(contents):
    used = {key for o in contents.objects() for key in parameters_in(said(o))}
    assert used == {one.key for one in contents.parameters}


def test_skills_needed_are_in_the_catalogue(contents):
    needed = {skill.name for task in contents.tasks for skill in task.skills}
    assert needed <= catalogue()
    assert all(task.skills for task in contents.tasks)


def test_roles_of_tasks_are_explained(contents):
    roles = next(one.body for one in contents.sections if one.key == "roles")
    explained = set(re.findall(r"^\| (\w[\w ]+?) \|", roles, re.MULTILINE))
    named = {r for t in contents.tasks for r in (t.owner_role, t.deputy_role)}
    assert named <= explained
    assert all(t.owner_role != t.deputy_role for t in contents.tasks)


def test_times_of_a_service_are_in_order(contents):
    for one in contents.services:
        least, most = HOURS_OF_TIERS[one.tier]
        assert least <= one.rto_hours <= most, one.key
        assert one.rto_hours <= one.mtpd_hours, one.key


def test_tasks_take_at_worst_no_less_than_expected(contents):
    for one in contents.tasks:
        assert 0 < one.expected_minutes <= one.pessimistic_minutes, one.key
        assert 0 < one.people <= 10, one.key


def test_no_service_is_due_before_what_it_depends_on(contents):
    assert as_order(contents).gaps == ()


def test_every_service_is_restored_in_time_where_all_goes_as_expected(contents):
    order = as_order(contents)
    late = [t.service.key for t in order.services if t.verdict == Verdict.RED]
    assert late == []
    assert order.missing == ()


def test_each_service_can_be_restored_by_some_task(contents):
    restored = {key for task in contents.tasks for key in task.restores}
    assert restored == {one.key for one in contents.services}


def test_services_are_listed_by_tier(contents):
    tiers = [one.tier for one in contents.services]
    assert tiers == sorted(tiers)


def test_no_two_entries_of_a_kind_share_a_place(contents):
    for kind in (SECTION, SERVICE, TASK):
        places = [one.order for one in contents.of_kind(kind)]
        assert len({*places}) == len(places)


def test_parts_stand_after_what_they_are_part_of(contents):
    places = {one.key: one.order for one in contents.sections}
    parts = [one for one in contents.sections if one.parent]
    assert all(places[one.parent] < one.order for one in parts)


def test_sections_are_long_enough_to_help_and_short_enough_to_read(contents):
    brief = {"appendices"}
    for one in contents.sections:
        words = len(one.body.split())
        assert words <= 500, one.key
        assert words >= 150 or one.key in brief, one.key


def test_the_first_hour_fits_one_page(contents):
    card = next(one.body for one in contents.sections if one.key == "first-hour")
    assert 250 <= len(card.split()) <= 450
    assert card.startswith("**You are the first to know.")


def test_text_keeps_to_the_small_subset(contents):
    for one in contents.sections:
        tags = set(re.findall(r"<(\w+)", html(one.body)))
        small = {"p", "ul", "ol", "li", "strong", "table", "thead", "tbody", "tr"}
        assert tags <= small | {"td", "th", "h5", "h6"}, one.key
        assert not re.search(r"^#{1,2}\s", one.body, re.MULTILINE), one.key


def test_rows_of_a_table_have_the_cells_of_its_head(contents):
    for text in texts(contents):
        rows = [line.count("|") if line[:1] == "|" else 0 for line in text.split("\n")]
        uneven = [pair for pair in pairwise(rows) if all(pair) and len({*pair}) > 1]
        assert uneven == [], text[:40]


def test_no_text_names_a_section_by_its_number(contents):
    found = re.compile(r"\b(?:see |in )?section \d", re.IGNORECASE)
    legal = re.compile(r"(?:Act \d{4}|regulation \d+),? section", re.IGNORECASE)
    for text in texts(contents):
        lines = [ln for ln in text.split("\n") if not legal.search(ln)]
        assert not any(found.search(ln) for ln in lines), text[:40]


def test_sections_that_a_text_names_are_there(contents):
    titles = {one.title for one in contents.sections}
    named = re.findall(r"(?:see|in|of) “([A-Z][^”]+)”", "\n".join(texts(contents)))
    assert named
    assert {*named} <= titles


def test_telephone_numbers_are_those_set_aside_for_fiction(contents):
    numbers = re.findall(r"\b0\d{3,4} ?\d{3} ?\d{3,4}\b", "\n".join(texts(contents)))
    assert numbers
    assert all(re.fullmatch(r"01632 960\d{3}", number) for number in numbers)


def test_no_maker_of_products_is_named(contents):
    words = {w for text in texts(contents) for w in re.findall(r"\w+", text.lower())}
    assert words.isdisjoint(VENDORS.split())


def test_nobody_is_named(contents):
    title = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Cllr)\b\.? [A-Z]|@")
    assert not any(map(title.search, texts(contents)))


def test_nothing_looks_like_a_password_or_a_key(contents):
    for one in contents.objects():
        assert secrets_scan.refusal(said(one)) == "", one.key
        assert secrets_scan.warning(said(one)) == "", one.key


def test_the_legal_map_has_what_obliges_and_allows(contents):
    text = next(one.body for one in contents.sections if one.key == "legal-map")
    wanted = [w.strip() for line in LEGAL_MAP.split("\n") for w in line.split("|")]
    assert [words for words in wanted if words not in text] == []


def test_what_others_learned_is_told(contents):
    text = next(one.body for one in contents.sections if one.key == "lessons")
    rows = {
        line.split("|")[1].strip(): line for line in text.split("\n") if "|" in line
    }
    for who, what in LESSONS.items():
        assert what in rows[who]


def test_what_is_kept_is_what_the_plan_keeps(first):
    task = next(one for one in first.tasks if one.key == "divert-main-number").fields()
    assert task["skills"][0] == "Contact centre systems: Working"
    assert (task["expected"], task["pessimistic"]) == (30, 90)
    power = next(one for one in first.services if one.key == "power").fields()
    assert (power["tier"], power["rto"], power["workaround_lasts"]) == (0, 300, 60)


def test_contents_never_change(first):
    with pytest.raises(AttributeError):
        first.number = (2, 0, 0)
    assert replace(first, number=(2, 0, 0)) != first


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UnreadableContents, match=r"plan\.toml"):
        read(tmp_path / "generic_9_9")
