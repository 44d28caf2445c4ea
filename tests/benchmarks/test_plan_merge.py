"""Texts of 2,000 lines merged against git's own merge; a nation's plans brought up."""

import random
import shutil
import subprocess
import sys
import time

import pytest

from disaster_recovery.merging.plan_merge import (
    Generic,
    GenericPlan,
    Local,
    LocalPlan,
    merge_plan,
)
from disaster_recovery.merging.text_merge import merge_text

pytestmark = pytest.mark.benchmark

GIT = shutil.which("git")
LINES = 2_000
# What the partnership asked for, of a text of that many lines.
SECOND = 1.0
PLANS, OBJECTS = 400, 120


def say(text):
    sys.stdout.write(f"\n{text}")


def numbered(mark, every=1):
    """Lines of which each so-manieth is the mark's own."""
    return [f"{mark if n % every == 0 else 'line'} {n}" for n in range(LINES)]


def shuffled(lines, seed):
    return random.Random(seed).sample(lines, len(lines))  # noqa: S311 - no secret


def drawn(words, seed):
    return random.Random(seed).choices(words, k=LINES)  # noqa: S311 - no secret


def blank_between(mark):
    return [line for n in range(LINES // 2) for line in (f"{mark} {n}", "")]


CASES = {
    "a few changed": (numbered("line"), numbered("o", 50), numbered("t", 70)),
    "every other changed": (numbered("line"), numbered("o", 2), numbered("t", 2)),
    "all lines changed": (numbered("line"), numbered("o"), numbered("t")),
    "all lines equal": (["-"] * LINES, ["-"] * (LINES - 9), ["-"] * (LINES + 9)),
    "blank lines between": tuple(map(blank_between, "bot")),
    "two kinds of line": tuple(drawn("ab", seed) for seed in range(3)),
    "ten kinds of line": tuple(drawn("abcdefghij", seed) for seed in range(3)),
    "shuffled": tuple(shuffled(numbered("line"), seed) for seed in range(3)),
    "turned round": (numbered("line"), numbered("line")[::-1], numbered("t", 2)),
    "all new": ([], numbered("o"), numbered("t")),
}


def timed(what):
    began = time.perf_counter()
    done = what()
    return time.perf_counter() - began, done


def by_git(folder, three):
    for name, text in zip("bot", three, strict=True):
        (folder / name).write_text(text + "\n")
    command = [GIT, "merge-file", "-p", "--diff3", "o", "b", "t"]
    return subprocess.run(command, cwd=folder, capture_output=True)  # noqa: S603


@pytest.mark.skipif(GIT is None, reason="no git on this machine")
@pytest.mark.parametrize("case", CASES)
def test_two_thousand_lines_are_merged_in_a_second(tmp_path, case):
    three = ["\n".join(lines) for lines in CASES[case]]
    floor, _ = timed(lambda: by_git(tmp_path, three))
    seconds, merged = timed(lambda: merge_text(*three))
    say(
        f"{case:<20} {seconds * 1e3:6.1f} ms, git {floor * 1e3:5.1f} ms; "
        f"{seconds / floor:4.1f} floors, {len(merged.conflicts)} conflicts"
    )
    assert seconds < SECOND


BODY = "\n\n".join(
    f"Paragraph {n} says what is done first, and by whom." * 3 for n in range(9)
)


def sections(version):
    """A version of the generic plan, each tenth object changed in it."""
    return GenericPlan(
        [
            Generic(
                "section",
                f"s{n}",
                {
                    "title": f"Section {n}",
                    "body": BODY + (f"\n\nIn {version}." if n % 10 == 0 else ""),
                    "position": n,
                },
            )
            for n in range(OBJECTS)
        ]
    )


def adapted(plan):
    """What one partner made of a third of the objects."""
    words = BODY.replace("Paragraph 2", f"Partner {plan}")
    return [Local("section", f"s{n}", {"body": words}) for n in range(0, OBJECTS, 3)]


def test_a_nations_plans_are_brought_up_to_a_new_version():
    before, now = sections("1.0"), sections("1.1")
    plans = [LocalPlan(adapted(n)) for n in range(PLANS)]
    floor, _ = timed(lambda: [one.fields == before for p in plans for one in p.objects])
    seconds, merges = timed(lambda: [merge_plan(before, p, now) for p in plans])
    say(
        f"{PLANS} plans of {OBJECTS} objects: {seconds:.1f} s, "
        f"{seconds / PLANS * 1e3:.1f} ms a plan; a look at each {floor * 1e3:.0f} ms"
    )
    assert all(len(merge.open) == OBJECTS / 10 for merge in merges)
