"""Who is on call now: for those signed in, for switchboards, and for telephones."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from rota import tokens
from rota.models import Rota, RotaPartner, RotaToken
from rota.on_call import numbers_of, on_call_rotas, shown_to_all
from rota.scheduling import clock
from rota.scheduling.written_moments import written_moment

NOT_A_MOMENT = "Enter a date and time like 25 December 2026 3am: this page shows now"
_BEARER = "Bearer "


def _moment(request):
    """What `at` asks for: a function of the rota, what was typed, what was wrong."""
    typed = request.GET.get("at", "")[:40]
    now = timezone.now()
    if not typed:
        return (lambda rota: now), "", []
    wall = written_moment(typed)
    if wall is None or not 2000 <= wall.year < 2100:
        return (lambda rota: now), typed, [NOT_A_MOMENT]
    if timezone.is_aware(wall):
        return (lambda rota: wall), typed, []
    return (lambda rota: clock.begins(wall.date(), wall.time(), rota.zone)), typed, []


def _page(request, template, rotas, sees_mobile):
    moment_of, typed, problems = _moment(request)
    context = {
        "boards": on_call_rotas(rotas, moment_of, sees_mobile),
        "typed": typed,
        "problems": problems,
        "is_now": not typed or bool(problems),
    }
    response = render(request, template, context, status=400 if problems else 200)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def on_call(request):
    standing = request.user.standing
    ours = set(standing.coordinates) | {standing.partner_id}
    own = RotaPartner.objects.filter(rota=OuterRef("pk"), partner__in=ours - {None})
    rotas = Rota.objects.visible_to(request.user).current()
    rotas = rotas.annotate(is_ours=Exists(own)).order_by("-is_ours", "name")
    return _page(request, "rota/on_call.html", list(rotas), standing.sees_mobile_of)


@login_not_required
@require_safe
def switchboard(request, token):
    rotas = _rotas_of(RotaToken.Kind.SWITCHBOARD, token)
    response = _page(request, "rota/switchboard.html", rotas, shown_to_all)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _rotas_of(kind, words):
    """The rotas an address reads, in one query; 404 for an address of nobody's."""
    found = RotaToken.objects.in_force().filter(kind=kind, digest=tokens.digest(words))
    members = RotaPartner.objects.filter(rota=OuterRef("pk"))
    rotas = Rota.objects.current().annotate(
        address=Subquery(found.values("pk")[:1]),
        used_on=Subquery(found.values("last_used_on")[:1]),
        address_partner=Subquery(found.values("partner")[:1]),
    )
    own = members.filter(partner=OuterRef("address_partner"))
    rotas = list(
        rotas.filter(address__isnull=False)
        .filter(Q(address_partner=None) | Exists(own))
        .order_by("name")
    )
    if not rotas and not found.exists():
        raise Http404
    if rotas and rotas[0].used_on != timezone.localdate():
        found.update(last_used_on=timezone.localdate())
    return rotas


@login_not_required
@require_safe
def telephony(request):
    given = request.headers.get("Authorization", "")
    try:
        words = given.removeprefix(_BEARER) if given.startswith(_BEARER) else ""
        rotas = _rotas_of(RotaToken.Kind.TELEPHONY, words)
    except Http404:
        return _told({"error": "Give a token of this site as a bearer token"}, 401)
    asked = request.GET.get("rota")
    rotas = [rota for rota in rotas if asked in (None, rota.slug)]
    if asked and not rotas:
        return _told({"error": "There is no rota of this name here"}, 404)
    moment_of, _, problems = _moment(request)
    if problems:
        return _told({"error": "Enter a date and time like 2026-12-25T03:00"}, 400)
    found = [_as_json(board) for board in on_call_rotas(rotas, moment_of)]
    return _told({"version": 1, "rotas": found})


def _told(said, status=200):
    response = JsonResponse(said, status=status)
    response["Cache-Control"] = "no-store"
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="rota"'
    return response


def _as_json(board):
    zone = board.rota.zone
    return {
        "rota": board.rota.slug,
        "name": board.rota.name,
        "at": _both(board.moment, zone),
        "ring_next_after_minutes": board.rota.ring_next_after,
        "last_resort": board.rota.last_resort,
        "on_call": [
            {
                "role": place.role,
                "place": place.place,
                "now": _person(place.now),
                "until": _both(place.until, zone),
                "next": _person(place.following),
                "next_from": _both(place.following and place.following.starts_at, zone),
            }
            for place in board.places
        ],
    }


def _person(period):
    if period is None:
        return None
    person = period.staff
    return {
        "name": person.name,
        "partner": period.duty.partner.short_name,
        "numbers": list(numbers_of(person, shown_to_all)),
    }


def _both(moment: datetime | None, zone):
    if moment is None:
        return None
    utc = moment.astimezone(clock.UTC)
    return {"utc": utc.isoformat(), "local": clock.local(moment, zone).isoformat()}


@require_safe
def telephony_help(request):
    return render(request, "rota/telephony.html")
