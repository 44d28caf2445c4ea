"""What holds of a merged plan whatever stands in it."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from disaster_recovery.merging.plan_merge import (
    Generic,
    GenericPlan,
    Local,
    LocalPlan,
    Outcome,
    Verdict,
    merge_plan,
)

few = settings(max_examples=40, deadline=None)
KEYS = "abc"
QUIET = {Outcome.NOTHING, Outcome.KEEP_OURS, Outcome.OWN, Outcome.STAYS_REMOVED}


def edited(draw, text, mark):
    """Lines taken out, replaced or added; a line that went never comes back."""
    lines, places = text.split("\n"), st.integers(0, 11)
    for new, at in enumerate(draw(st.sets(places, min_size=1, max_size=3))):
        if at < len(lines):
            fresh = f"{mark}{new}"
            ways = ["", fresh, f"{lines[at]}\n{fresh}", f"{fresh}\n{lines[at]}"]
            lines[at] = draw(st.sampled_from(ways))
    return "\n".join(filter(None, lines))


def changed(draw, fields, mark, keys):
    """Some of the fields changed, to what nobody else would write."""
    made = {}
    for name in draw(st.sets(st.sampled_from([*fields]), max_size=2)):
        made[name] = {
            "title": f"Title {mark}",
            "body": edited(draw, fields["body"], mark),
            "rto": draw(st.integers(0, 3)) + 10 * ord(mark[-1]),
            "depends_on": sorted({*fields["depends_on"][1:], *keys}),
            "position": draw(st.integers(0, 9)) + 10 * ord(mark[-1]),
        }[name]
    return made


def first(draw):
    body = "\n".join(f"line {n}" for n in range(12))
    return {
        key: {
            **{"title": f"Title {key}", "body": body, "rto": 0, "position": place},
            "depends_on": [*KEYS[: KEYS.index(key)]],
        }
        for place, key in enumerate(KEYS)
    }


def following(draw, version, mark):
    """The next version: some objects changed, some gone, perhaps a new one."""
    gone = draw(st.sampled_from(["", "", "", *KEYS]))
    made = {}
    for key, fields in version.items():
        if key not in gone:
            values = {**fields, **changed(draw, fields, mark, ())}
            values["depends_on"] = [k for k in values["depends_on"] if k not in gone]
            made[key] = values
    if draw(st.booleans()):
        fresh = {"title": f"New of {mark}", "body": mark, "rto": 1}
        made[f"new{mark}"] = fresh | {"depends_on": [], "position": 50}
    return made


def adapted(draw, key, fields):
    what = draw(st.sampled_from(["no", "own", "own", "own", "addendum", "removed"]))
    own = changed(draw, fields, "own-o", ["mine"]) if what == "own" else {}
    return Local(
        *("service", key, own),
        addendum="And" if what == "addendum" else "",
        left_out="removed" if what == "removed" else "",
        reason="We have none" if what == "removed" else "",
    )


@st.composite
def histories(draw):
    """Three versions, and what a partner made of the first."""
    versions = [first(draw)]
    for mark in ("v2", "v3"):
        versions.append(following(draw, versions[-1], mark))
    local = [adapted(draw, key, fields) for key, fields in versions[0].items()]
    mine = Local("service", "mine", {"title": "Quite another thing"})
    return *map(plan, versions), LocalPlan([*local, mine])


def plan(version):
    return GenericPlan([Generic("service", *one) for one in version.items()])


def rows(merge):
    """What is kept when all is taken as proposed, and what is removed stays so."""
    items = merge.items
    kept = [
        i.kept() if i.outcome is Outcome.REMOVED_CHANGED else i.result for i in items
    ]
    return LocalPlan([local for local in kept if local])


def is_clean(merge):
    verdicts = {field.verdict for item in merge.items for field in item.fields}
    return Verdict.CONVERGED not in verdicts and not any(
        item.is_conflict for item in merge.items
    )


@settings(max_examples=150, deadline=None)
@given(histories())
def test_one_step_makes_the_same_as_two(history):
    v1, v2, v3, ours = history
    direct, half = merge_plan(v1, ours, v3), merge_plan(v1, ours, v2)
    assume(is_clean(direct) and is_clean(half))
    whole = merge_plan(v2, rows(half), v3)
    assume(is_clean(whole))
    assert rows(whole).by_name == rows(direct).by_name


@few
@given(histories())
def test_once_all_is_settled_there_is_nothing_more(history):
    v1, _, v3, ours = history
    merge = merge_plan(v1, ours, v3)
    assume(is_clean(merge))
    again = merge_plan(v3, rows(merge), v3)
    assert {item.outcome for item in again.items} <= QUIET
    assert rows(again).by_name == rows(merge).by_name


@few
@given(histories())
def test_asking_twice_gives_the_same_answer(history):
    v1, _, v3, ours = history
    assert merge_plan(v1, ours, v3) == merge_plan(v1, ours, v3)


@few
@given(histories())
def test_every_object_has_its_item_and_nothing_of_ours_is_lost(history):
    v1, _, v3, ours = history
    merge = merge_plan(v1, ours, v3)
    assert set(merge.by_name) == {*v1.by_name, *ours.by_name, *v3.by_name}
    for name, local in ours.by_name.items():
        item = merge.by_name[name]
        assert item.ours == local
        if item.result and local.addendum:
            assert item.result.addendum == local.addendum


@few
@given(histories(), st.data())
def test_what_is_left_open_is_as_open_as_before(history, data):
    v1, _, v3, ours = history
    merge = merge_plan(v1, ours, v3)
    assume(is_clean(merge))
    done = data.draw(st.sets(st.sampled_from([item.name for item in merge.items])))
    # Bases that nobody decides on move at once, before any decision.
    done |= {item.name for item in merge.items if item.moves_base}
    taken = rows(merge).by_name
    base = {**v1.by_name, **dict.fromkeys(done)}
    base |= {name: one for name, one in v3.by_name.items() if name in done}
    local = {**ours.by_name, **{name: taken.get(name) for name in done}}
    again = merge_plan(*_half(base, local), v3)
    assert {i.name for i in again.open} <= {i.name for i in merge.open} - done


def _half(base, local):
    """Bases and rows as they are when some objects are settled."""
    held = [one for one in local.values() if one]
    return GenericPlan([one for one in base.values() if one]), LocalPlan(held)


@few
@given(histories())
def test_declining_everything_leaves_everything_as_it_is(history):
    v1, _, v3, ours = history
    merge = merge_plan(v1, ours, v3)
    hashes = frozenset(h for item in merge.open for h in item.declines)
    again = merge_plan(v1, LocalPlan(ours.objects, hashes), v3)
    assert not again.open
    assert again.declined == hashes
    assert all(i.kind == "service" for i in again.items)
