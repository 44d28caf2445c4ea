"""Tables, buttons and downloads look the same on every page."""

import pytest
from django.template import Context, Template


def drawn(text, **context):
    template = Template("{% load components %}" + text)
    return template.render(Context(context))


def test_table_is_a_named_region_that_scrolls():
    html = drawn('{% table labelled_by="people" %}<tr></tr>{% endtable %}')
    assert '<div class="app-table-scroll" tabindex="0" role="region"' in html
    assert 'aria-labelledby="people"' in html
    assert '<table class="govuk-table"><tr></tr></table>' in html


def test_table_without_a_heading_says_its_name():
    html = drawn("{% table label=name %}{% endtable %}", name='"Week"')
    assert 'aria-label="&quot;Week&quot;"' in html


def test_button_submits_once():
    html = drawn("{% button %}Confirm{% endbutton %}")
    assert html == (
        '<button type="submit" data-prevent-double-click="true" class="govuk-button"'
        ' data-module="govuk-button">Confirm</button>'
    )


@pytest.mark.parametrize("kind", ["secondary", "warning"])
def test_button_of_a_kind_keeps_its_name_and_value(kind):
    text = '{% button kind name="state" value=x %}Go{% endbutton %}'
    html = drawn(text, kind=kind, x="<x>")
    assert f'class="govuk-button govuk-button--{kind}"' in html
    assert 'name="state" value="&lt;x&gt;"' in html


def test_button_with_an_address_is_a_link():
    text = "{% button href=address %} Go <b>on</b> {% endbutton %}"
    html = drawn(text, address="/a/?b=1&c=2")
    assert html.startswith('<a href="/a/?b=1&amp;c=2" role="button" draggable="false"')
    assert html.endswith(">Go <b>on</b></a>")


def test_what_a_button_says_is_escaped():
    assert "&lt;i&gt;" in drawn("{% button %}{{ x }}{% endbutton %}", x="<i>")


@pytest.mark.parametrize(
    ("query", "plain", "excel"),
    [
        ("", "/x.csv", "/x.csv?excel=1"),
        ("?state=open", "/x.csv?state=open", "/x.csv?state=open&amp;excel=1"),
        ("state=open", "/x.csv?state=open", "/x.csv?state=open&amp;excel=1"),
    ],
)
def test_downloads_keep_what_the_page_asks(query, plain, excel):
    html = drawn('{% downloads "this list" "/x.csv" query %}', query=query)
    assert f'href="{plain}">Download this list as CSV' in html
    assert f'href="{excel}">CSV for Excel' in html
