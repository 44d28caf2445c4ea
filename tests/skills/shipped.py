"""The catalogue as it is shipped, read from its files without a database."""

import csv
from functools import cache
from pathlib import Path

from skills.matching.catalogue import Catalogue, CatalogueAlias, CatalogueSkill

DATA = Path(__file__).parents[2] / "skills" / "data"
PARTNERS = {
    1: ("Boston Borough Council", "Boston"),
    2: ("City of Lincoln Council", "City of Lincoln"),
    3: ("North Kesteven District Council", "North Kesteven"),
    4: ("Lincolnshire Police", "Lincolnshire Police"),
}


def rows(name, **dialect):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, **dialect))


def judged_queries():
    return rows("relevance_dev.tsv", delimiter="\t", quoting=csv.QUOTE_NONE)


@cache
def skills():
    return [
        CatalogueSkill(number, row["name"], row["category"])
        for number, row in enumerate(rows("vocabulary.csv"), 1)
    ]


@cache
def names():
    return {skill.id: skill.name for skill in skills()}


@cache
def aliases():
    codes = [row["skill_id"] for row in rows("vocabulary.csv")]
    ids = {code: number for number, code in enumerate(codes, 1)}
    return [
        CatalogueAlias(ids[row["skill_id"]], row["alias"], row["kind"])
        for row in rows("aliases.csv")
    ]


@cache
def catalogue():
    return Catalogue(skills(), aliases(), PARTNERS)


def first(query):
    """The name of the first skill a query finds, if any."""
    ranked = catalogue().read(query).ranked()
    return names()[ranked[0].skill_id] if ranked else None


def confident(query):
    """The names of the skills a query surely means."""
    ranked = catalogue().read(query).ranked()
    return [names()[match.skill_id] for match in ranked if match.is_confident]
