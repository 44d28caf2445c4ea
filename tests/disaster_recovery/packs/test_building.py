"""Packs are the same to the byte, check without us, and withhold what they should."""

import csv
import io
import zipfile
from hashlib import sha256
from subprocess import run

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.urls import reverse

from disaster_recovery.models import PlanPack
from disaster_recovery.models.pack import PACK_STAYS
from disaster_recovery.packs import building
from disaster_recovery.packs.redaction import VARIANTS
from disaster_recovery.plans import adaptations
from partners.models import Disclosure, StaffMember
from tests.factories import LONG_AGO, make_person
from tests.plans import make_approved, make_pack, make_value
from tests.races import broken_constraint

NUMBER, MOBILE = "01632 960777", "07700 900777"


@pytest.fixture
def lead(boston):
    return make_person(boston, "Ida Incident", telephone=NUMBER, mobile=MOBILE)


@pytest.fixture
def approved(draft, coordinator):
    """In force, with a name, a number, a place of safety and an outside link in it."""
    make_value(draft, "safe", "Behind the mayor’s portrait")
    thing = draft.contents.get(key="mutual-aid")
    body = (
        f"Ida Incident knows, on {NUMBER}. See {{{{safe}}}}, [or](https://x.example)."
    )
    adaptations.adapt(
        by=coordinator, thing=thing, fields={"title": "Aid", "body": body}
    )
    draft.refresh_from_db()
    return make_approved(draft)


@pytest.fixture
def make(approved, coordinator, lead):
    def made(variant="full"):
        said = {"by": coordinator, "edition": approved, "variant": variant}
        return building.make(**said, holders={"ICT manager": lead})

    return made


def files(pack):
    archive = zipfile.ZipFile(io.BytesIO(building.file_of(pack)))
    return {name: archive.read(name).decode() for name in archive.namelist()}


def url(name, *args):
    return reverse(f"disaster_recovery:{name}", args=args)


def test_a_pack_is_the_same_to_the_byte_whenever_it_is_made(make, lead):
    made = make()
    first = building.file_of(made)
    lead.name = "Ida Otherwise"
    lead.save()
    assert building.file_of(PlanPack.objects.get(pk=made.pk)) == first


def test_copies_are_counted_by_variant(make):
    assert [make(v).copy_number for v in ("full", "duty", "full")] == [1, 1, 2]


def checked(folder):
    """What the machine's own checker says of an unpacked copy."""
    return run(
        ["sha256sum", "--check", "MANIFEST.sha256"],  # noqa: S607 - wherever it is
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_manifest_is_checked_without_us(make, tmp_path):
    with zipfile.ZipFile(io.BytesIO(building.file_of(make()))) as archive:
        archive.extractall(tmp_path)
    done = checked(tmp_path)
    assert (done.returncode, done.stdout.count(": OK")) == (0, 5)
    (tmp_path / "plan.html").write_text("Otherwise")
    assert checked(tmp_path).returncode == 1


def test_the_plan_leads_nowhere_and_runs_nothing(make):
    page = files(make())["plan.html"]
    for words in ("<script", "<link", "href=", "src=", "https://", "@import", "url("):
        assert words not in page


def test_the_full_pack_tells_all(make):
    told = files(make())
    assert {"ICT manager", "Ida Incident", NUMBER, MOBILE} <= {
        cell for row in csv.reader(io.StringIO(told["contacts.csv"])) for cell in row
    }
    for words in ("OFFICIAL-SENSITIVE", "Behind the mayor", MOBILE, "counter(pages)"):
        assert words in told["plan.html"]


@pytest.mark.parametrize(
    ("variant", "missing"),
    [
        ("duty", (MOBILE,)),
        ("partner", ("Ida Incident", NUMBER, MOBILE, "mayor")),
        ("public", ("Ida Incident", NUMBER, MOBILE, "mayor", "4 960")),
    ],
)
def test_a_variant_withholds_what_it_should(make, variant, missing):
    whole = "\n".join(files(make(variant)).values())
    for words in missing:
        assert words not in whole
    assert "Left out of this copy" in whole


def test_a_hidden_mobile_is_in_no_pack(make, lead):
    lead.is_mobile_hidden = True
    lead.save()
    assert MOBILE not in "\n".join(files(make()).values())


def test_a_cell_is_no_formula(make, lead):
    lead.name = "=1+1"
    lead.save()
    assert "\r\nICT manager,'=1+1," in files(make())["contacts.csv"]


def test_only_what_is_in_force_is_packed(make, approved, draft, coordinator):
    approved.state, approved.superseded_at = "superseded", approved.approved_at
    approved.save()
    with pytest.raises(ValidationError, match="approved plan"):
        make()


def test_others_make_none(approved, their_coordinator):
    with pytest.raises(PermissionDenied):
        building.make(
            by=their_coordinator, edition=approved, variant="full", holders={}
        )


def test_a_pack_that_was_made_stays(make):
    made = make()
    made.copy_number = 9
    with pytest.raises(IntegrityError) as refused:
        made.save()
    assert broken_constraint(refused.value) == PACK_STAYS


def test_contacts_are_forgotten_with_who_is_in_them(make, lead):
    made = make()
    assert building.forget(lead.pk) == 1
    made.refresh_from_db()
    assert made.contacts == {}
    with pytest.raises(ValidationError, match="make a new pack"):
        building.file_of(made)


@pytest.mark.parametrize(("variant", "is_told"), [("full", False), ("public", True)])
def test_a_leaver_is_in_no_pack_from_that_day(make, lead, variant, is_told):
    made = make(variant)
    StaffMember.objects.filter(pk=lead.pk).update(left_on=LONG_AGO)
    if is_told:
        assert building.file_of(made)
    else:
        with pytest.raises(ValidationError, match="has left"):
            building.file_of(made)


def test_a_pack_stays_the_same_when_the_software_changes(make, monkeypatch):
    made = make()
    first = building.file_of(made)
    monkeypatch.setattr(building, "render_to_string", lambda *_: "Another template")
    assert building.build_zip(made) != first
    assert building.file_of(PlanPack.objects.get(pk=made.pk)) == first
    assert sha256(first).hexdigest() == made.fingerprint


def test_a_pack_without_its_file_is_refused(approved):
    made = make_pack(approved, contacts=building._snapshot(approved, {}))
    with pytest.raises(ValidationError, match="make a new pack"):
        building.file_of(made)


@pytest.mark.parametrize("variant", PlanPack.Variant)
def test_every_variant_has_its_row(variant):
    assert VARIANTS[variant].marking.startswith("OFFICIAL")


def test_a_coordinator_makes_one_and_takes_it(
    client_of, coordinator, approved, lead, django_capture_on_commit_callbacks
):
    client = client_of(coordinator)
    page = client.get(url("packs_of", approved.pk)).content.decode()
    assert "No pack has been made yet" in page
    said = {"variant": "full", "role-0": lead.pk}
    page = client.post(url("packs_of", approved.pk), said, follow=True)
    assert "Copy 1 is made" in page.content.decode()
    response = client.get(url("pack", PlanPack.objects.get().pk))
    assert response["Content-Type"] == "application/zip"
    assert lead.pk in Disclosure.objects.get(what="pack").staff_ids


def test_the_variant_is_asked_for(client_of, coordinator, approved):
    page = client_of(coordinator).post(url("packs_of", approved.pk), {"role-0": ""})
    assert "Choose for whom the pack is" in page.content.decode()


@pytest.mark.parametrize(
    ("who", "variants"),
    [
        ("coordinator", {"full", "duty", "partner", "public"}),
        ("staff_user", {"duty", "public"}),
        ("their_coordinator", {"partner", "public"}),
        ("partnership_coordinator", {"full", "duty", "partner", "public"}),
    ],
)
def test_each_sees_the_variants_made_for_them(request, make, who, variants):
    for variant in ("full", "duty", "partner", "public"):
        make(variant)
    seen = PlanPack.objects.visible_to(request.getfixturevalue(who))
    assert {*seen.values_list("variant", flat=True)} == variants


@pytest.mark.parametrize("number", [1, 20])
def test_the_number_of_queries_does_not_grow(
    client_of, coordinator, approved, django_assert_num_queries, number
):
    for copy in range(number):
        make_pack(approved, copy_number=copy + 1)
    client = client_of(coordinator)
    with django_assert_num_queries(5):
        assert client.get(url("packs")).status_code == 200
    with django_assert_num_queries(11):
        assert client.get(url("packs_of", approved.pk)).status_code == 200
