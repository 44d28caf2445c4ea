"""The catalogue is completed from its files, and what people changed is left alone."""

import io

import pytest
from django.core.management import CommandError, call_command

from skills.models import Alias, Skill, SkillRelation
from tests.factories import make_relation, make_skill

SKILLS = """skill_id,name,category,kind,source,source_ref,licence
S1,Microsoft Entra ID,Identity,product,public page,https://page.example,OGL
S2,C++,Languages,language,O*NET,C++ [x],CC BY 4.0
"""
ALIASES = """skill_id,alias,kind,source,source_address
S1,Azure AD,former name,field knowledge,
S1,AAD,abbreviation,,
S2,cpp,abbreviation,field knowledge,https://page.example/cpp
"""
RELATIONS = """skill_id,other_id,kind,source
S1,S2,broader,field knowledge
S2,S3,related,
"""
THREE = SKILLS + "S3,Rust,Languages,language,,,\n"


@pytest.fixture
def load(db, tmp_path):
    """Loads files of these texts; without relations, nothing is told of them."""
    names = ("skills", "aliases", "relations")
    paths = {name: tmp_path / f"{name}.csv" for name in names}

    def load(skills=SKILLS, aliases=ALIASES, relations=""):
        texts = (skills, aliases, relations or RELATIONS.partition("\n")[0])
        for path, text in zip(paths.values(), texts, strict=True):
            path.write_text(text)
        said = io.StringIO()
        call_command("load_catalogue", stdout=said, **paths)
        return said.getvalue().splitlines()[: 3 if relations else 2]

    return load


def events():
    models = (Skill, Alias)
    return [m._meta.get_field("events").related_model.objects.count() for m in models]


def said(added=0, unchanged=0, changed=0, collided=0):
    return (
        f"{added} added, {unchanged} unchanged, "
        f"{changed} changed here and left alone, {collided} collided"
    )


def test_skills_arrive_with_category_and_source(load):
    assert load() == [f"Skills: {said(added=2)}", f"Aliases: {said(added=3)}"]
    skill = Skill.objects.get(code="S1")
    assert (skill.category.name, skill.source, skill.source_reference) == (
        "Identity",
        "public page",
        "https://page.example",
    )
    assert Skill.objects.get(code="S2").key == "c++"


def test_aliases_arrive_with_kind_and_source(load):
    load()
    former = Alias.objects.get(text="Azure AD")
    assert (former.skill.name, former.kind) == ("Microsoft Entra ID", "former name")
    assert Alias.objects.get(text="AAD").source == "field knowledge"
    assert Alias.objects.get(text="cpp").source_address == "https://page.example/cpp"


def test_a_second_run_changes_nothing(load):
    load()
    before = events()
    assert load() == [f"Skills: {said(unchanged=2)}", f"Aliases: {said(unchanged=3)}"]
    assert events() == before == [2, 3]


def test_what_is_new_in_the_files_is_added(load):
    load()
    skills = SKILLS + "S3,Rust,Languages,language,,,\n"
    assert load(skills, ALIASES + "S3,rustlang,other,,\n") == [
        f"Skills: {said(added=1, unchanged=2)}",
        f"Aliases: {said(added=1, unchanged=3)}",
    ]


def test_a_skill_renamed_here_keeps_its_new_name(load):
    load()
    skill = Skill.objects.get(code="S1")
    skill.name = "Entra"
    skill.save()
    assert load()[0] == f"Skills: {said(unchanged=1, changed=1)}"
    assert Skill.objects.get(code="S1").name == "Entra"


def test_an_alias_changed_here_is_left_alone(load):
    load()
    alias = Alias.objects.get(text="AAD")
    alias.text = "Azure directory"
    alias.save()
    assert load()[1] == f"Aliases: {said(unchanged=2, changed=1)}"
    assert not Alias.objects.filter(text="AAD").exists()


def test_what_was_removed_here_does_not_come_back(load):
    load()
    Alias.objects.filter(text="cpp").delete()
    Skill.objects.get(code="S1").delete()
    assert load() == [
        f"Skills: {said(unchanged=1, changed=1)}",
        f"Aliases: {said(changed=3)}",
    ]


def test_a_skill_somebody_made_under_that_name_collides(load):
    make_skill("c++", category="Programming")
    assert load()[0] == f"Skills: {said(added=1, collided=1)}"
    assert Skill.objects.filter(key="c++").count() == 1


def test_two_spellings_of_one_alias_are_one(load):
    assert load(aliases=ALIASES + "S1,azure-ad,other,,\n")[1] == (
        f"Aliases: {said(added=3, collided=1)}"
    )


def test_a_file_that_cannot_be_read_changes_nothing(load):
    with pytest.raises(CommandError, match="“toy” is not a kind of skill"):
        load(skills=SKILLS + "S3,Rust,Languages,toy,,,\n")
    assert not Skill.objects.exists()


def relations(load, text=RELATIONS):
    return load(THREE, relations=text)[2]


def pairs():
    columns = ("skill__code", "other__code", "kind", "source")
    return sorted(SkillRelation.objects.values_list(*columns))


def test_relations_arrive_with_kind_and_source(load):
    assert relations(load) == f"Relations: {said(added=2)}"
    assert pairs() == [
        ("S1", "S2", "broader", "field knowledge"),
        ("S2", "S3", "related", "field knowledge"),
    ]


def test_a_second_run_adds_no_relation(load):
    relations(load)
    assert relations(load) == f"Relations: {said(unchanged=2)}"


def test_a_related_pair_is_one_in_whichever_order(load):
    turned = RELATIONS.replace("S2,S3", "S3,S2")
    assert relations(load, turned) == f"Relations: {said(added=2)}"
    assert relations(load) == f"Relations: {said(unchanged=2)}"


def test_a_relation_removed_or_changed_here_is_left_alone(load):
    relations(load)
    SkillRelation.objects.get(kind="related").delete()
    SkillRelation.objects.update(kind="related")
    assert relations(load) == f"Relations: {said(changed=2)}"


def test_a_relation_of_a_removed_skill_is_left_out(load):
    load(THREE)
    Skill.objects.get(code="S1").delete()
    assert relations(load) == f"Relations: {said(added=1, changed=1)}"


def test_a_relation_against_what_was_said_here_collides(load):
    load(THREE)
    one, two, three = Skill.objects.order_by("code")
    make_relation(two, three)
    make_relation(three, one)
    assert relations(load) == f"Relations: {said(changed=1, collided=1)}"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("S1,S9,related,", "no skill has the id “S9”"),
        ("S2,S1,related,", "has “S1 and S2” twice"),
        ("S3,S3,related,", "row 4: a skill has no relation to itself"),
        ("S1,S3,near,", "row 4: “near” is not a kind of relation"),
        ("S2,S3,broader,\nS3,S1,broader,", "goes round: S"),
    ],
)
def test_a_file_of_relations_that_is_wrong_changes_nothing(load, row, sentence):
    text = RELATIONS.replace("S2,S3,related,\n", "") if "round" in sentence else ""
    rows = f"{text or RELATIONS}{row}\n"
    with pytest.raises(CommandError, match=sentence):
        relations(load, rows)
    assert not Skill.objects.exists()


def test_the_catalogue_of_the_project_is_whole(db):
    said = io.StringIO()
    call_command("load_catalogue", stdout=said)
    assert Skill.objects.count() == 468
    assert Alias.objects.count() >= 1500
    assert 200 <= SkillRelation.objects.count() <= 300
    told = said.getvalue().splitlines()
    assert all("0 collided" in told[place] for place in (0, 2))
