"""Posts, clusters and certificates name only skills the catalogue has."""

import csv
from pathlib import Path

import pytest

from lincs_ict.demonstration import cast, clusters, staffing
from lincs_ict.demonstration.certificates import CERTIFICATES
from lincs_ict.demonstration.organisations import ORGANISATIONS
from lincs_ict.demonstration.posts import POSTS
from lincs_ict.demonstration.stacks import STACKS

VOCABULARY = Path(__file__).parents[2] / "skills" / "data" / "vocabulary.csv"
SLUGS = [organisation.slug for organisation in ORGANISATIONS]


@pytest.fixture(scope="module")
def known():
    with VOCABULARY.open(encoding="utf-8", newline="") as file:
        return {row["name"] for row in csv.DictReader(file)}


@pytest.mark.parametrize("slug", SLUGS)
def test_what_a_partner_runs_is_in_the_catalogue(known, slug):
    assert set(STACKS[slug].values()) <= known


@pytest.mark.parametrize("name", clusters.names())
def test_a_cluster_names_skills_of_the_catalogue(known, name):
    for slug in SLUGS:
        skills = clusters.cluster(name, slug)
        assert set(skills) <= known
        assert len(skills) == len(set(skills)) >= 10


def test_posts_name_clusters_and_partners_have_posts():
    named = {cluster for post in POSTS.values() for cluster in post.clusters}
    assert named == set(clusters.names())
    assert set(staffing.STAFFING) == set(SLUGS)
    assert {post for posts in staffing.STAFFING.values() for post in posts} <= set(
        POSTS
    )


def test_the_cast_and_certificates_name_skills_of_the_catalogue(known):
    assert {skill for _, _, skill, _ in CERTIFICATES} <= known
    parts = [part for part in cast.CAST if part.post in POSTS]
    assert len(parts) == len(cast.CAST)
    assert {skill for part in parts for skill, _ in part.knows} <= known
    assert {wish for part in parts for wish in part.wishes} <= known


def test_what_nobody_knows_is_in_no_cluster():
    for slug in SLUGS:
        skills = {s for name in clusters.names() for s in clusters.cluster(name, slug)}
        assert cast.COVETED not in skills
        assert cast.RARE not in skills
