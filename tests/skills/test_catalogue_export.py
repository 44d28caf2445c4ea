"""The catalogue taken away: what stands in it, for whom, and how safely."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.models import Disclosure
from skills.models import Skill, SkillRelation
from skills.records import exports
from tests.factories import (
    LONG_AGO,
    make_alias,
    make_held,
    make_person,
    make_relation,
    make_skill,
)

ADDRESS = "/skills/catalogue/export.csv"
RELATED = SkillRelation.Kind.RELATED


NAMES = "Remote access; Tunnel"
TOLD = ["VPN", "Networks", "Product", "", "", NAMES, *"10101", "", "O*NET"]


@pytest.fixture
def taken(member):
    """The rows of the file, for an address that ends so."""

    def taken(rest=""):
        text = member.get(ADDRESS + rest).getvalue().decode()
        return list(csv.DictReader(io.StringIO(text)))

    return taken


@pytest.fixture
def vpn(db):
    return make_skill("VPN", source="O*NET")


def test_a_row_tells_what_a_skill_is_and_who_holds_it(taken, vpn, boston, leaver):
    make_alias(vpn, "Tunnel")
    make_alias(vpn, "Remote access")
    make_held(make_person(boston), vpn, 3, can_teach=True)
    make_held(make_person(boston), vpn, 1)
    make_held(leaver.person, vpn, 4)
    assert taken() == [dict(zip(exports.CATALOGUE_HEADER, TOLD, strict=True))]


def test_relations_are_told_on_both_sides(taken, vpn):
    security, ipsec, wan = (make_skill(name) for name in ("Security", "IPsec", "WAN"))
    make_relation(vpn, security)
    make_relation(ipsec, vpn)
    make_relation(wan, vpn, RELATED)
    told = [(row["Skill"], row["Broader"], row["Related"]) for row in taken()]
    assert told == [
        ("IPsec", "VPN", ""),
        ("Security", "", ""),
        ("VPN", "Security", "WAN"),
        ("WAN", "", "VPN"),
    ]


def test_retired_skills_are_there_with_the_day_and_without_relations(taken, vpn):
    make_relation(make_skill("ISDN", retired_on=LONG_AGO), vpn)
    retired, current = taken()
    assert (retired["Skill"], retired["Retired on"]) == ("ISDN", "2020-01-01")
    assert retired["Broader"] == ""
    assert current["Retired on"] == ""


def test_the_file_has_the_page_s_category_in_its_name_too(member, taken, vpn):
    other = make_skill("Python", "Programming")
    rest = f"?category={other.category_id}"
    assert [row["Skill"] for row in taken(rest)] == ["Python"]
    name = member.get(ADDRESS + rest).headers["Content-Disposition"]
    assert "catalogue-programming-" in name
    page = member.get(f"/skills/catalogue/{rest}").content.decode()
    assert f'href="{ADDRESS}{rest}"' in page


@pytest.mark.parametrize("typed", ["999999", "x", "9" * 40, "%00"])
def test_a_category_that_is_not_there_leads_to_the_page_that_says_so(
    member, vpn, typed
):
    response = member.get(f"{ADDRESS}?category={typed}", follow=True)
    assert "There is no category" in response.content.decode()
    assert f'href="{ADDRESS}?"' in response.content.decode()


def test_a_name_that_looks_like_a_formula_is_made_safe(taken, vpn):
    formula = make_skill("=1+1", source="@SUM(A1)")
    make_alias(formula, "+44")
    make_relation(vpn, formula)
    by_name = {row["Skill"]: row for row in taken()}
    kept = by_name["'=1+1"]
    assert (kept["Other names"], kept["Source"]) == ("'+44", "'@SUM(A1)")
    assert by_name["VPN"]["Broader"] == "'=1+1"


def test_it_names_nobody_so_that_nothing_is_noted_and_readers_may(
    client_of, reader, vpn
):
    response = client_of(reader).get(ADDRESS + "?excel=1")
    assert response.getvalue().startswith(b"\xef\xbb\xbf")
    assert not Disclosure.objects.exists()


def test_the_file_asks_as_often_for_many_skills_as_for_one(taken, vpn, boston):
    counts = []
    for number in (1, 19):
        for _ in range(number):
            skill = make_skill()
            make_held(make_person(boston), skill)
            make_relation(skill, vpn)
        with CaptureQueriesContext(connection) as asked:
            taken()
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_catalogue_is_read_in_blocks(vpn, staff_user, monkeypatch):
    monkeypatch.setattr(exports, "BLOCK", 2)
    ids = [vpn.pk, *(make_skill(f"Skill {n}").pk for n in range(5))]
    Skill.objects.filter(pk=ids[3]).delete()
    rows = list(exports.catalogue_with_holders(staff_user, ids))
    assert [row[0] for row in rows] == ["VPN", *(f"Skill {n}" for n in (0, 1, 3, 4))]
