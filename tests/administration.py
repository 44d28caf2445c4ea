"""Reading and posting the administration's pages as a browser would."""

import html
import re

from django.urls import reverse

from tests.access import fingerprint
from tests.factories import make_held, make_person, make_site, make_skill

CANARY = "CANARY"
CANARY_MOBILE = "07700 900987"


def page(record, name="change") -> str:
    """The address of one of a record's pages."""
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=[record.pk])


def listing(model, name="changelist") -> str:
    """The address of a table's list, or of what is done from there."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}")


def make_canary(partner):
    """Somebody at another partner whose name and numbers must appear nowhere."""
    person = make_person(
        partner,
        f"{CANARY} Quirin",
        post=f"{CANARY} keeper",
        mobile=CANARY_MOBILE,
        base_site=make_site(partner, f"{CANARY} hall"),
    )
    make_held(person, make_skill("Kubernetes"), 3)
    return person


def typed(client, address) -> dict[str, str]:
    """What a browser would post back of a page nobody has touched."""
    shown = client.get(address).context
    posted = _values(shown["adminform"].form)
    for inline in shown["inline_admin_formsets"]:
        for form in (inline.formset.management_form, *inline.formset.forms):
            posted |= _values(form)
    return posted | {"_save": "Save"}


def _values(form):
    return {
        bound.html_name: shown
        for bound in form
        if (shown := _shown(bound.field.widget, bound.value())) is not None
    }


def _shown(widget, value):
    if isinstance(value, bool):
        return "on" if value else None
    shown = getattr(widget, "widget", widget).format_value(value)
    return (shown[0] if shown else "") if isinstance(shown, list) else shown or ""


def row(prefix, **fields) -> dict[str, object]:
    """A first row in a table of rows that had none."""
    counts = {f"{prefix}-TOTAL_FORMS": 1, f"{prefix}-INITIAL_FORMS": 0}
    return counts | {f"{prefix}-0-{name}": value for name, value in fields.items()}


def complaints(response) -> list[str]:
    """The sentences over a form that was not saved."""
    lists = re.findall(r'<ul class="errorlist[^>]*>(.*?)</ul>', response.text, re.S)
    found = [said for one in lists for said in re.findall(r"<li>(.*?)</li>", one, re.S)]
    return [html.unescape(said) for said in found]


def both_versions(response) -> list[tuple[str, ...]]:
    """Field, what was written and what the record says, of every table of them."""
    tables = re.findall(
        r'app-both-versions">.*?<tbody(.*?)</table>', response.text, re.S
    )
    rows = [row for one in tables for row in re.findall(r"<tr.*?</tr>", one, re.S)]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in rows]
    return [tuple(map(html.unescape, row)) for row in cells]


def told(response) -> list[str]:
    """The messages over a page."""
    return [str(message) for message in response.context["messages"]]


def saved(response) -> bool:
    return response.status_code == 302


def asked(client, address, posted=None) -> tuple[str, list[str]]:
    """All that was said in answer, and the tables that changed."""
    before = fingerprint()
    answer = (
        client.get(address, follow=True)
        if posted is None
        else client.post(address, posted, follow=True)
    )
    assert answer.status_code < 500
    after = fingerprint()
    changed = [table for table in before if before[table] != after[table]]
    return answer.getvalue().decode(), changed
