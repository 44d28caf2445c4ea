"""The canonical form, and the fingerprint taken of it."""

from disaster_recovery.content.canonical_json import canonical_json, fingerprint

ONE = {"kind": "task", "key": "declare", "fields": {"title": "Declare", "rto": 1}}
TWO = {"kind": "section", "key": "a", "fields": {"title": "Café “A”"}}


def test_the_order_of_objects_and_of_their_parts_does_not_count():
    turned = {name: ONE[name] for name in reversed(ONE)}
    assert canonical_json([ONE, TWO]) == canonical_json([TWO, turned])


def test_it_is_plain_json_without_blanks():
    assert canonical_json([TWO], number="1.0.0") == (
        '{"number":"1.0.0","objects":[{"fields":{"title":"Café “A”"},'
        '"key":"a","kind":"section"}]}'
    )


def test_the_fingerprint_is_of_the_text_and_known():
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert fingerprint("") == empty
    assert fingerprint(canonical_json([ONE])) != fingerprint(canonical_json([TWO]))
