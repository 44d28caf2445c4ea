"""Forms say what to do, and the template pack says it where it is seen and heard."""

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout, Submit
from crispy_forms.templatetags.crispy_forms_filters import (
    as_crispy_errors,
    as_crispy_form,
)
from crispy_forms.utils import render_crispy_form
from django import forms

from partners.forms.plain_english import PlainEnglishForm


class Plain(PlainEnglishForm, forms.Form):
    """One field of every kind."""

    name = forms.CharField(max_length=5, help_text="As the person writes it")
    work_email = forms.EmailField(label="Work e-mail")
    ict_manager = forms.CharField(label="ICT manager")
    hours = forms.IntegerField()
    starts_on = forms.DateField(label="First day")
    partner = forms.ChoiceField(choices=[("b", "Boston"), ("l", "Lincoln")])
    level = forms.ChoiceField(
        choices=[(1, "One"), (2, "Two")], widget=forms.RadioSelect
    )
    sites = forms.MultipleChoiceField(
        choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple
    )
    is_told = forms.BooleanField(label="I was told")
    notes = forms.CharField(widget=forms.Textarea, error_messages={"required": "Own"})
    sheet = forms.FileField(label="Spreadsheet")
    version = forms.IntegerField(widget=forms.HiddenInput)


def errors_of(**data):
    return {name: list(errors) for name, errors in Plain(data).errors.items()}


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("name", "Enter name"),
        ("work_email", "Enter work e-mail"),
        ("ict_manager", "Enter ICT manager"),
        ("starts_on", "Enter first day"),
        ("partner", "Choose partner"),
        ("level", "Choose level"),
        ("sites", "Choose sites"),
        ("is_told", "Tick “I was told”"),
        ("notes", "Own"),
        ("sheet", "Choose spreadsheet"),
    ],
)
def test_a_missing_answer_is_asked_for(field, sentence):
    assert errors_of()[field] == [sentence]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("work_email", "ann", "Enter work e-mail in the form name@partner.gov.uk"),
        ("hours", "many", "Enter hours as a whole number"),
        ("starts_on", "31 2 2026", "Enter first day as a date, like 22 11 2026"),
        ("partner", "x", "Choose partner from the list"),
        ("name", "Too long", "Shorten name to 5 characters or fewer"),
    ],
)
def test_a_wrong_answer_is_told_how_to_become_right(field, typed, sentence):
    assert errors_of(**{field: typed})[field] == [sentence]


@pytest.mark.parametrize("typed", ["22 11 2026", "22/11/2026", "22 November 2026"])
def test_dates_are_understood_as_people_write_them(typed):
    assert "starts_on" not in errors_of(starts_on=typed)


def test_a_date_carries_an_example():
    assert Plain().fields["starts_on"].help_text == "For example, 22 11 2026"


def test_a_text_field_has_label_hint_and_error_tied_to_it():
    page = as_crispy_form(Plain({}))
    assert '<label class="govuk-label" for="id_name">Name</label>' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert '<div class="govuk-hint" id="id_name_helptext">As the person' in page
    assert '<div id="id_name_error"><p class="govuk-error-message">' in page
    assert '<span class="govuk-visually-hidden">Error:</span> Enter name' in page


@pytest.mark.parametrize(
    "classes",
    [
        "govuk-input govuk-input--error",
        "govuk-select govuk-select--error",
        "govuk-textarea govuk-textarea--error",
        "govuk-file-upload govuk-file-upload--error",
        "govuk-checkboxes__input",
        "govuk-radios__input",
    ],
)
def test_each_kind_of_field_looks_like_its_kind(classes):
    assert classes in as_crispy_form(Plain({}))


def test_a_group_has_fieldset_legend_and_a_label_for_each_choice():
    page = as_crispy_form(Plain({"level": "2"}))
    assert (
        '<legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Level' in page
    )
    assert 'for="id_level_1">Two</label>' in page
    assert 'value="2" id="id_level_1" checked>' in page


def test_a_group_with_an_error_is_described_by_it():
    assert '<fieldset class="govuk-fieldset" aria-describedby="id_sites_error">' in (
        as_crispy_form(Plain({}))
    )


def test_a_hidden_field_has_neither_label_nor_group():
    page = as_crispy_form(Plain({"version": "3"}))
    assert '<input type="hidden" name="version" value="3" id="id_version">' in page
    assert 'for="id_version"' not in page


def test_browsers_do_not_answer_before_we_do():
    assert " required" not in as_crispy_form(Plain())


def test_the_summary_links_to_fields_and_to_the_first_choice_of_a_group():
    summary = as_crispy_errors(Plain({}))
    assert '<a href="#id_name">Enter name</a>' in summary
    assert '<a href="#id_level_0">Choose level</a>' in summary
    assert '<a href="#id_sites_0">Choose sites</a>' in summary
    assert "<li>Enter version</li>" in summary


def test_the_summary_says_what_belongs_to_no_field():
    form = Plain({})
    form.add_error(None, "The record was changed meanwhile")
    assert '<a href="#id_name">The record was changed meanwhile</a>' in (
        as_crispy_errors(form)
    )


def test_what_was_typed_is_shown_harmless():
    page = as_crispy_form(Plain({"name": "<script>"}))
    assert "&lt;script&gt;" in page
    assert "<script>" not in page


@pytest.mark.parametrize("line_break", ["\n", "\r", "\u2028", "\x85"])
def test_a_name_stays_on_one_line_and_notes_need_not(line_break):
    errors = errors_of(name=f"A{line_break}B", notes=f"A{line_break}B")
    assert errors["name"] == ["Write name on one line"]
    assert "notes" not in errors


def test_a_layout_is_drawn_with_form_token_legend_and_button():
    helper = FormHelper()
    helper.layout = Layout(
        Fieldset("Who", "name"), Div("hours", css_class="app-x"), Submit("go", "Save")
    )
    page = render_crispy_form(Plain(), helper, {"csrf_token": "token"})
    assert "govuk-fieldset__legend--m" in page
    assert 'class="app-x"' in page
    assert "novalidate" in page
    assert 'name="csrfmiddlewaretoken"' in page
    assert 'class="govuk-button" name="go" value="Save"' in page


def test_a_form_without_layout_is_drawn_whole():
    helper = FormHelper()
    helper.add_input(Submit("go", "Save"))
    page = render_crispy_form(Plain(), helper, {"csrf_token": "token"})
    assert 'enctype="multipart/form-data"' in page
    assert 'for="id_sheet">Spreadsheet</label>' in page
    assert page.count('class="govuk-button"') == 1
