"""What one wrote beside what the record says, in a table anybody can read."""

import re

import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_errors

from partners.forms.versions import VersionedForm
from partners.models import Partner, Site
from tests.administration import both_versions, page, typed
from tests.factories import make_site


class SponsorForm(VersionedForm):
    """A form such as our own pages have."""

    class Meta:
        model = Partner
        fields = ["senior_sponsor", "service_desk_telephone"]


@pytest.fixture
def behind(boston):
    """What somebody typed over an older edition."""
    Partner.objects.update(senior_sponsor="<b>Theirs</b>")
    boston.refresh_from_db()
    typed = {"senior_sponsor": "Mine", "service_desk_telephone": "01632 960110"}
    return SponsorForm({**typed, "edition": "1"}, instance=boston)


def test_a_form_knows_its_differences(behind):
    assert not behind.is_valid()
    assert behind.differences == [("Senior sponsor", "Mine", "<b>Theirs</b>")]
    assert behind["senior_sponsor"].value() == "Mine"


def test_a_form_that_is_not_behind_has_none(boston):
    form = SponsorForm({"senior_sponsor": "Mine", "edition": "1"}, instance=boston)
    assert form.is_valid()
    assert form.differences == []


def test_our_pages_show_them_under_the_summary(behind):
    said = as_crispy_errors(behind)
    assert said.index("There is a problem") < said.index("Both versions")
    assert "<td" in said
    assert "&lt;b&gt;Theirs" in said
    assert "<b>" not in said


def test_the_table_says_what_its_rows_and_columns_are(behind):
    said = as_crispy_errors(behind)
    assert "<caption" in said
    assert re.findall(r'scope="(col|row)">([^<]+)', said) == [
        ("col", "Field"),
        ("col", "You wrote"),
        ("col", "The record says"),
        ("row", "Senior sponsor"),
    ]


def test_a_page_without_a_quarrel_shows_no_table(keeping, boston):
    answer = keeping.post(page(boston), typed(keeping, page(boston)) | {"kind": "x"})
    assert both_versions(answer) == []


def test_rows_of_a_record_have_a_table_each_with_their_name(keeping, boston):
    for name in ("Depot", "Works"):
        make_site(boston, name)
    mine = typed(keeping, page(boston))
    mine |= {"sites-0-address": "1 Quay", "sites-1-address": "2 Quay"}
    Site.objects.update(address="Elsewhere")
    answer = keeping.post(page(boston), mine)
    assert both_versions(answer) == [
        ("Address", "1 Quay", "Elsewhere"),
        ("Address", "2 Quay", "Elsewhere"),
    ]
    assert "Both versions: Depot" in answer.text
    assert "Both versions: Works" in answer.text
