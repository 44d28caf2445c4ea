"""Files of a generic plan that are wrong are refused, and named."""

import pytest

from disaster_recovery.generic_plan.files import UnreadableContents, read

PLAN = 'number = "1.0.0"\nrelease_notes = "The first"\n'
NEXT = 'number = "1.1.0"\nfollows = "one"\nrelease_notes = "More"\n'
SECTION = '+++\norder = 10\ntitle = "Safety"\n+++\nGet out.\n'
SERVICE = """
order = 10
title = "Power"
tier = 0
rto_hours = 4
rpo_hours = 0
mtpd_hours = 8
owner_role = "Facilities manager"
workaround = "Battery"
workaround_hours = 1
"""
TASK = """
order = 10
title = "Switch on"
phase = "recover"
body = "One after another."
owner_role = "Facilities lead"
deputy_role = "Incident lead"
skills = { "Data centre operations" = "Working" }
people = 1
expected_minutes = 10
pessimistic_minutes = 20
proof = "It is light"
on_paper = "The order"
scenarios = ["power"]
"""
PARAMETER = """
order = 10
title = "Safe"
sort = "place"
is_required = true
help = "Where it is"
example = "Upstairs"
"""


@pytest.fixture
def written(tmp_path):
    """Writes a version of one entry of each kind, with some files otherwise."""

    def write(name="one", **files):
        folder = tmp_path / name
        (folder / "sections").mkdir(parents=True)
        plain = {
            "plan.toml": PLAN,
            "sections/safety.md": SECTION,
            "services.toml": f"[power]{SERVICE}",
            "tasks.toml": f"[switch-on]{TASK}",
            "parameters.toml": f"[safe]{PARAMETER}",
        }
        told = (plain if name == "one" else {}) | files.get("files", {})
        for path, text in told.items():
            (folder / path).write_text(text, encoding="utf-8")
        return folder

    return write


def test_a_good_folder_is_read(written):
    contents = read(written())
    assert [one.key for one in contents.objects()] == [
        *("safety", "power", "switch-on", "safe")
    ]
    assert contents.sections[0].body == "Get out."


def test_a_version_takes_from_the_one_it_follows(written):
    written()
    news = {"plan.toml": NEXT, "sections/order.md": SECTION.replace("10", "20")}
    contents = read(written("two", files=news))
    assert contents.number == (1, 1, 0)
    assert [one.key for one in contents.sections] == ["safety", "order"]
    assert len(contents.tasks) == 1


def test_an_entry_stands_in_place_of_the_one_before(written):
    written()
    changed = {"plan.toml": NEXT, "sections/safety.md": SECTION.replace("out", "away")}
    assert read(written("two", files=changed)).sections[0].body == "Get away."


def test_what_is_removed_is_gone(written):
    written()
    news = {"plan.toml": f'{NEXT}[removed]\ntasks = ["switch-on"]\n'}
    assert read(written("two", files=news)).tasks == ()


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("plan.toml", f"{PLAN}colour = 1\n", "plan.toml: unknown name colour"),
        ("plan.toml", 'number = "1.0.0"\n', "release_notes is missing"),
        ("plan.toml", PLAN.replace("1.0.0", "one"), "write the number like"),
        ("plan.toml", f"{PLAN}[removed]\ncats = []\n", "cannot remove cats"),
        (
            "plan.toml",
            f'{PLAN}[removed]\ntasks = ["x"]\n',
            "there is no task x to remove",
        ),
        ("plan.toml", f'{PLAN}[supersedes]\nx = ["safety"]\n', "x was not there"),
        ("sections/safety.txt", SECTION, "name a section <key>.md"),
        ("plan.toml", f"{PLAN}[supersedes]\nx = 1\n", "supersedes is to have lists"),
        ("plan.toml", f'{PLAN}[removed]\ntasks = "x"\n', "removed is to have lists"),
        ("plan.toml", f"{PLAN}follows = 1\n", "follows is to be the name of a folder"),
        ("plan.toml", f'{PLAN}follows = "one"\n', "it follows itself"),
        ("plan.toml", f'{PLAN}follows = "two"\n', "two/plan.toml"),
        ("sections/Big.md", SECTION, "Big.md: Big: Write the key in small letters"),
        ("sections/safety.md", "Get out.", "safety.md: begin with values"),
        ("sections/safety.md", SECTION.replace("order", "place"), "unknown name place"),
        ("sections/safety.md", SECTION.replace("10", '"10"'), "order is to be int"),
        ("sections/safety.md", SECTION.replace("+++", '+++\nbody = ""', 1), "below"),
        (
            "sections/safety.md",
            SECTION.replace("+++", '+++\nparent = "x"', 1),
            "safety.md: Section “Safety”: Part of refers to “x”, which does not exist",
        ),
        ("sections/safety.md", f"{SECTION}{{{{cat}}}}", "there is no parameter “cat”"),
        ("services.toml", f"[power]{SERVICE}[power]{SERVICE}", "services.toml: Cannot"),
        ("services.toml", "power = 1\n", "services.toml: power is no table"),
        ("services.toml", "[power]\n", "services.toml: power: mtpd_hours, order,"),
        ("services.toml", f"[power]{SERVICE.replace('= 0', '= 9', 1)}", "Enter tier"),
        ("tasks.toml", f"[x]{TASK}predecessors = [1]\n", "to be a list of keys"),
        ("tasks.toml", f'[x]{TASK}restores = ["a", "a"]\n', "has something twice"),
        ("tasks.toml", f'[x]{TASK}restores = ["gas"]\n', "refers to “gas”"),
        ("tasks.toml", f'[x]{TASK}predecessors = ["x"]\n', "refers to itself"),
        ("tasks.toml", f"[x]{TASK.replace('Working', 'Wizard')}", "Awareness, Working"),
        ("tasks.toml", f"[x]{TASK.replace('recover', 'rest')}", "Choose phase"),
        ("parameters.toml", f"[x]{PARAMETER.replace('place', 'cat')}", "Choose what"),
        ("parameters.toml", f"[x]{PARAMETER.replace('true', '1')}", "is to be bool"),
    ],
)
def test_what_is_wrong_is_refused(written, path, text, said):
    folder = written(files={path: text})
    with pytest.raises(UnreadableContents) as refused:
        read(folder)
    assert said in str(refused.value)
    assert str(refused.value).startswith(("one/", "two/"))


def test_a_circle_is_refused(written):
    first = f'[a]{SERVICE}depends_on = ["b"]\n'
    second = f'[b]{SERVICE.replace("Power", "Light")}depends_on = ["a"]\n'
    folder = written(files={"services.toml": first + second})
    with pytest.raises(UnreadableContents, match="Depends on goes round in a circle"):
        read(folder)


def test_what_says_nothing_new_is_refused(written):
    written()
    folder = written("two", files={"plan.toml": NEXT, "sections/safety.md": SECTION})
    with pytest.raises(UnreadableContents, match="safety is as it was"):
        read(folder)


def test_a_number_goes_up(written):
    written()
    same = NEXT.replace("1.1.0", "1.0.0")
    with pytest.raises(UnreadableContents, match="choose a higher number"):
        read(written("two", files={"plan.toml": same}))


def test_a_section_is_superseded_by_new_ones_only(written):
    written()
    split = f'{NEXT}[removed]\nsections = ["safety"]\n[supersedes]\nsafety = ["x"]\n'
    with pytest.raises(UnreadableContents, match="x, which is to stand for safety"):
        read(written("two", files={"plan.toml": split}))


def test_text_that_is_not_utf_8_is_refused(written):
    folder = written()
    (folder / "plan.toml").write_bytes(b"\xff")
    with pytest.raises(UnreadableContents, match=r"plan\.toml"):
        read(folder)
