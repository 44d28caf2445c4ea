"""The file of a pack: kept to the byte, and gone with its contacts."""

from hashlib import sha256

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from disaster_recovery.models import PackFile, PlanPack
from disaster_recovery.models.pack import FILE_STAYS
from tests.plans import make_approved, make_pack
from tests.races import broken_constraint

ZIP = b"PK\x05\x06" + b"\0" * 18


def make_file(pack, content=ZIP):
    digest = sha256(ZIP).hexdigest()
    return PackFile.objects.create(pack=pack, content=content, sha256=digest)


@pytest.fixture
def pack(draft):
    return make_pack(make_approved(draft))


def test_the_file_is_kept_to_the_byte(pack):
    make_file(pack)
    assert bytes(PackFile.objects.get(pack=pack).content) == ZIP


def test_a_file_must_match_its_fingerprint(pack):
    with pytest.raises(IntegrityError) as refused:
        make_file(pack, content=b"something else")
    expected = "disaster_recovery_packfile_has_its_fingerprint"
    assert broken_constraint(refused.value) == expected


def test_validation_compares_the_fingerprint_too(pack):
    file = PackFile(pack=pack, content=ZIP, sha256=sha256(b"other").hexdigest())
    with pytest.raises(ValidationError, match="does not match"):
        file.full_clean()


@pytest.mark.parametrize("change", [{"content": b"x"}, {"sha256": "0" * 64}])
def test_a_file_cannot_be_changed(pack, change):
    file = make_file(pack)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        PackFile.objects.filter(pk=file.pk).update(**change)
    assert broken_constraint(refused.value) == FILE_STAYS


def test_a_file_cannot_be_deleted(pack):
    file = make_file(pack)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        PackFile.objects.filter(pk=file.pk).delete()
    assert broken_constraint(refused.value) == FILE_STAYS


def test_the_content_goes_when_the_contacts_are_emptied(pack):
    file = make_file(pack)
    PlanPack.objects.filter(pk=pack.pk).update(contacts={})
    file.refresh_from_db()
    assert (bytes(file.content), file.sha256) == (b"", sha256(ZIP).hexdigest())
