"""The pages where people see the data held about them, and download a copy."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lincs_ict.own_data import archive, sections
from lincs_ict.own_data.kinds import MESSAGES, OPENED, TAKEN
from partners.paging import page_of
from partners.spreadsheets.writing import file_name
from skills.records.actions import note_export

WHO_OPENED = (
    "We record who opens your page or downloads a list that you are on: who they are, "
    "when, and what they searched for. Your colleagues do this as part of their work."
)
NOT_OPENED = "Nobody has opened your details or downloaded a list you are on."


@require_safe
def about_me(request):
    held = sections.held_about(request.user, sections.MOST)
    context = {
        "sections": [section for section in held if section.rows],
        "empty": [section for section in held if not section.rows],
        "opened": sections.opened(request.user).count(),
        "taken": sections.taken(request.user).count(),
        "messages_sent": sections.sent(request.user).count(),
        "most": sections.MOST,
    }
    return render(request, "lincs_ict/about_me.html", context)


def _long_list(request, kind, rows, **context):
    """A page of a list that may grow without end."""
    page, problems = page_of(request, rows)
    [section] = sections.read_sections(request.user, {kind: page.object_list})
    context |= {"page": page, "problems": problems, "section": section}
    return render(request, "lincs_ict/about_me_list.html", context)


@require_safe
def about_me_opened(request):
    rows = sections.opened(request.user)
    return _long_list(request, OPENED, rows, nothing=NOT_OPENED, intro=WHO_OPENED)


@require_safe
def about_me_taken(request):
    rows = sections.taken(request.user)
    return _long_list(request, TAKEN, rows, nothing="You have not opened anything yet.")


@require_safe
def about_me_messages(request):
    rows = sections.sent(request.user)
    nothing = "We have not sent you any messages."
    return _long_list(request, MESSAGES, rows, nothing=nothing)


@require_safe
def about_me_copy(request):
    person = request.user.standing.staff_id
    staff_ids = [person] if person else []
    note_export(by=request.user, what="own copy", filters={}, staff_ids=staff_ids)
    name = file_name("about me", ending="zip")
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    copy = archive.zip_of(request.user)
    return HttpResponse(copy, content_type="application/zip", headers=headers)
