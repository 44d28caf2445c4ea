"""Reading catalogue files: what is taken, and what is said of the rest."""

import pytest

from partners.spreadsheets.table import UnreadableFile
from skills.catalogue.files import read_aliases, read_skills, read_table

SKILLS = "skill_id,name,category,kind,source,source_ref,licence\n"
ALIASES = "skill_id,alias,kind,source,source_address\n"


@pytest.fixture
def written(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "file.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def test_a_skill_is_read_with_its_key(written):
    text = SKILLS + "S1, C++ ,Languages,language,O*NET,C++ [x],CC BY 4.0\n"
    [row] = read_skills(written(text))
    assert (row.code, row.name, row.key, row.licence) == (
        "S1",
        "C++",
        "c++",
        "CC BY 4.0",
    )


def test_an_alias_is_read_with_its_key(written):
    text = ALIASES + "S1,System Centre,former name,field knowledge,\n"
    [row] = read_aliases(written(text), {"S1"})
    assert (row.text, row.kind, row.key) == (
        "System Centre",
        "former name",
        "systemcentre",
    )


def test_a_file_saved_by_a_spreadsheet_is_read_too(written):
    text = (SKILLS + "S1,Zoë,Languages,product,,,\n").replace("\n", "\r\n")
    assert read_skills(written(text, "utf-8-sig"))[0].name == "Zoë"


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("S1,A,B,toy,,,", "file.csv, row 2: “toy” is not a kind of skill"),
        ("S1,A,,product,,,", "row 2: a skill needs an id and a category"),
        ("S1,%,B,product,,,", "row 2: a name has letters or digits"),
        (f"S1,{'a' * 101},B,product,,,", "row 2: a name has at most 100 characters"),
        ("S1,A,B,product,,,\nS1,C,B,product,,,", "file.csv has “S1” twice"),
        ("S1,Big IP,B,product,,,\nS2,big-ip,B,product,,,", "has “bigip” twice"),
    ],
)
def test_a_wrong_skill_is_refused_with_a_sentence(written, rows, sentence):
    with pytest.raises(UnreadableFile, match=sentence):
        read_skills(written(SKILLS + rows + "\n"))


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("S9,AD,abbreviation,,", "file.csv: no skill has the id “S9”"),
        ("S1,AD,nickname,,", "row 2: “nickname” is not a kind of alias"),
    ],
)
def test_a_wrong_alias_is_refused_with_a_sentence(written, row, sentence):
    with pytest.raises(UnreadableFile, match=sentence):
        read_aliases(written(ALIASES + row + "\n"), {"S1"})


def test_a_missing_column_is_named(written):
    with pytest.raises(UnreadableFile, match="has no column “kind”"):
        read_table(written("query,name\n"), ("query", "kind"))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UnreadableFile, match=r"nowhere\.csv: No such file"):
        read_table(tmp_path / "nowhere.csv", ("query",))


def test_a_file_that_is_no_text_is_refused(written):
    with pytest.raises(UnreadableFile, match="not a table in UTF-8 text"):
        read_table(written("Zoë", "latin-1"), ("query",))
