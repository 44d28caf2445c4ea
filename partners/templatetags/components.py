"""The parts that every page is made of: tables, buttons, downloads."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

register = template.Library()


@register.simple_block_tag
def table(content, labelled_by="", label=""):
    """A table that goes on sideways on a narrow screen.

    It is named by the heading whose id is `labelled_by`, or by `label`.
    """
    name = ("labelledby", labelled_by) if labelled_by else ("label", label)
    return format_html(
        '<div class="app-table-scroll" tabindex="0" role="region" aria-{}="{}">\n'
        '<table class="govuk-table">{}</table>\n</div>',
        *name,
        content,
    )


@register.simple_block_tag
def button(content, kind="", href="", **attributes):
    """A button that submits the form around it, or a link that looks like one.

    `kind` is "secondary", "warning" or nothing; further attributes, such as `name`
    and `value`, are given to the element.
    """
    classes = "govuk-button" + (f" govuk-button--{kind}" if kind else "")
    # Two presses of a link do no harm; two of a submit button would post twice.
    given = {"href": href, "role": "button", "draggable": "false"} if href else {}
    given = given or {"type": "submit", "data-prevent-double-click": "true"}
    given |= {"class": classes, "data-module": "govuk-button"} | attributes
    return format_html(
        "<{tag}{}>{}</{tag}>",
        format_html_join("", ' {}="{}"', given.items()),
        mark_safe(content.strip()),  # noqa: S308 – rendered by the template around it
        tag="a" if href else "button",
    )


@register.inclusion_tag("partners/_downloads.html")
def downloads(what, address, query=""):
    """Links to a list as CSV, plain and for Excel.

    `query` is the query string of the page, as `{% querystring %}` gives it.
    """
    query = str(query).removeprefix("?")
    return {
        "what": what,
        "csv": f"{address}?{query}" if query else address,
        "csv_for_excel": f"{address}?{query}&excel=1"
        if query
        else f"{address}?excel=1",
    }
