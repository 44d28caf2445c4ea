"""Exact keys and what they let go of."""

import pytest

from skills.matching.exact import KeyIndex, Name, Relaxation, cost, forms, in_any_order
from skills.matching.text import tokens


def name(skill_id, text, kind="name", worth=1.0):
    return Name(skill_id, text, kind, worth, tuple(tokens(text)))


@pytest.fixture
def index():
    return KeyIndex(
        [
            name(1, "Microsoft Exchange Server"),
            name(2, "Node.js"),
            name(3, "Identity and access management"),
            name(4, "Veeam", "other", 0.96),
            name(5, "VMware"),
            name(6, ".NET"),
        ]
    )


@pytest.mark.parametrize(
    ("asked", "skill_id", "loss"),
    [
        ("Microsoft Exchange Server", 1, Relaxation.NOTHING),
        ("exchange server", 1, Relaxation.VENDOR),
        ("MS Exchange Server", 1, Relaxation.SPELLING),
        ("nodejs", 2, Relaxation.DOT),
        ("access and identity management", 3, Relaxation.ORDER),
        ("node.js 20", 2, Relaxation.VERSION),
        ("exchange", 1, Relaxation.VENDOR | Relaxation.GENERIC),
        ("node.js problem", 2, Relaxation.GENERIC),
    ],
)
def test_a_name_is_found_however_it_is_written(index, asked, skill_id, loss):
    hit = index.find(tokens(asked))[0]
    assert hit.name.skill_id == skill_id
    assert hit.loss == loss


def test_the_strictest_key_of_a_name_comes_first():
    losses = list(forms(tokens("Microsoft Exchange Servers 2016")).values())
    assert losses[0] is Relaxation.NOTHING
    assert cost(losses[0]) == 0 < cost(losses[-1])


def test_dot_net_is_not_net(index):
    assert index.find(["net"]) == []


def test_a_maker_who_is_a_skill_too_is_not_a_mere_prefix(index):
    assert index.find(["microsoft", "veeam"])[0].loss == Relaxation.VENDOR
    assert index.find(["vmware", "veeam"])[0].loss & Relaxation.GENERIC


def test_a_name_of_empty_words_only_keeps_them_all():
    assert "projectmanagement" in forms(["project", "management"])
    assert "management" not in forms(["knowledge", "management"])


def test_little_words_and_order_do_not_matter_in_any_order():
    assert in_any_order(["of", "freedom", "information"]) == in_any_order(
        ["information", "freedom"]
    )
