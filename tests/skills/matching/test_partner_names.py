"""Partners by the names people call them."""

import pytest

from skills.matching.partner_names import PartnerIndex

PARTNERS = {
    1: ("Boston Borough Council", "Boston"),
    2: ("City of Lincoln Council",),
    3: ("North Kesteven District Council", "NKDC"),
    4: ("South Kesteven District Council",),
    5: ("Lincolnshire County Council",),
    6: ("Lincolnshire Police",),
}


@pytest.mark.parametrize(
    ("words", "partner_id"),
    [
        ("boston", 1),
        ("boston borough", 1),
        ("lincoln city", 2),
        ("city lincoln", 2),
        ("lincoln", 2),
        ("nkdc", 3),
        ("skdc", 4),
        ("north kesteven", 3),
        ("lincolnshire county", 5),
        ("lincolnshire police", 6),
    ],
)
def test_partners_are_found_by_the_names_people_use(words, partner_id):
    assert PartnerIndex(PARTNERS).find(words.split()) == partner_id


@pytest.mark.parametrize("words", ["kesteven", "council", "police", "of", "lcc x"])
def test_words_that_name_no_partner_find_none(words):
    assert PartnerIndex(PARTNERS).find(words.split()) is None


def test_a_name_without_letters_is_no_name():
    assert PartnerIndex({1: ("", "%")}).find([]) is None
