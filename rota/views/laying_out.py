"""Laying out duties: one rota, read before it is written, or all of them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partners import refusals
from partners.models import Job
from partners.paging import page_of
from rota.duties import generation, generation_job, preview
from rota.forms.keeping import LastDayForm
from rota.models import LayingOut
from rota.views.keeping import FORM, kept, posted, refuse_others
from rota.views.shares import effect_context


@FORM
def lay_out(request, rota):
    rota = kept(request.user, rota)
    is_asked = request.method == "POST" or "last_day" in request.GET
    typed = request.POST if request.method == "POST" else request.GET
    form = LastDayForm(typed if is_asked else None)
    context = {"rota": rota, "form": form, "laid_until": preview.laid_until(rota)}
    if is_asked and form.is_valid():
        until_at = _until(form, lambda day: generation.until(rota, day))
        done = until_at and _laid(request, rota, form, until_at, context)
        if done:
            return done
    return render(request, "rota/lay_out.html", context)


def _until(form, ask):
    try:
        return ask(form.cleaned_data["last_day"])
    except ValidationError as error:
        form.add_error("last_day", error)


def _laid(request, rota, form, until_at, context):
    """Written where it was read; otherwise what it would come to is shown."""
    day, is_posted = form.cleaned_data["last_day"], request.method == "POST"
    try:
        if is_posted:
            return _written(
                request, rota, until_at, f"Duties created until {day:%-d %B %Y}"
            )
        effect = preview.Effect.of(generation.preview(rota, until_at))
    except preview.Unread as unread:
        effect = unread.effect
    except ValidationError as error:
        form.add_error(None, error)
        return None
    context |= {"last_day": day, "is_other": is_posted, **effect_context(effect)}


def _written(request, rota, until_at, why):
    change = preview.keep(
        by=request.user,
        rota=rota,
        save=lambda: None,
        why=why,
        seen=request.POST.get("seen", "")[:64],
        effect_on=lambda fresh: generation.preview(fresh, until_at),
    )
    messages.success(request, why if change else "There was nothing to change")
    if change:
        return redirect("rota:change", change.pk)
    return redirect("rota:rota", rota.slug)


@FORM
def lay_out_all(request):
    refuse_others(request.user)
    form = LastDayForm(posted(request))
    if request.method == "POST" and form.is_valid():
        run = _begun(request.user, form)
        if run:
            return redirect("rota:laying_out", run.pk)
    page, problems = page_of(request, LayingOut.objects.all())
    context = {"form": form, "page": page, "problems": problems}
    return render(request, "rota/lay_out_all.html", context)


def _begun(user, form):
    day, today = form.cleaned_data["last_day"], timezone.localdate()
    if day < today:
        form.add_error("last_day", generation.TOO_EARLY)
    elif day - today > generation.LONGEST_AHEAD:
        form.add_error("last_day", generation.TOO_FAR)
    else:
        try:
            return generation_job.start_generation(by=user, last_day=day)
        except IntegrityError as error:
            form.add_error(None, refusals.sentence(error) or str(error))


@require_safe
def laying_out(request, run):
    refuse_others(request.user)
    run = get_object_or_404(LayingOut, pk=run)
    job = Job.objects.filter(kind=generation_job.JOB, target=run.pk).last()
    context = {"run": run, "job": run.is_busy and job}
    return render(request, "rota/laying_out.html", context)
