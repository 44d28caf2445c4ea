"""Addresses of the rota."""

from django.urls import path

from rota.views import (
    addresses,
    calendar,
    duties,
    fairness,
    gaps,
    mine,
    on_call,
    planner,
    swaps,
    week,
)

app_name = "rota"

urlpatterns = [
    path("on-call/", on_call.on_call, name="on_call"),
    path("api/", on_call.telephony_help, name="telephony_help"),
    path("api/on-call/", on_call.telephony, name="telephony"),
    path("addresses/", addresses.addresses, name="addresses"),
    path(
        "addresses/<int:address>/withdraw/",
        addresses.withdraw,
        name="address_withdraw",
    ),
    path("<slug:rota>/week/", week.week, name="week"),
    path("<slug:rota>/week.csv", week.week_export, name="week_export"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar.csv", calendar.calendar_export, name="calendar_export"),
    path("gaps/", gaps.gaps, name="gaps"),
    path("gaps.csv", gaps.gaps_export, name="gaps_export"),
    path("mine/", mine.mine, name="mine"),
    path("mine.csv", mine.mine_export, name="mine_export"),
    path("duties/<int:duty>/confirm/", mine.confirm, name="confirm"),
    path("duties/<int:duty>/", duties.duty, name="duty"),
    path("duties/<int:duty>/cover/", duties.cover, name="cover"),
    path("duties/<int:duty>/correct/", duties.correct, name="correct"),
    path("duties/<int:duty>/exchange/", duties.exchange, name="exchange"),
    path("duties/<int:duty>/swap/", swaps.ask, name="swap_ask"),
    path("fairness/", fairness.fairness, name="fairness"),
    path("fairness/export.csv", fairness.fairness_export, name="fairness_export"),
    path("swaps/", swaps.swaps, name="swaps"),
    path("swaps/export.csv", swaps.swaps_export, name="swaps_export"),
    path("swaps/<int:swap>/", swaps.swap, name="swap"),
    path("swaps/<int:swap>/withdraw/", swaps.withdraw, name="swap_withdraw"),
    path("people/<int:person>/unable/", duties.unable, name="unable"),
    path("changes/<int:change>/vacated/", duties.vacated, name="vacated"),
    path("<slug:rota>/planner/", planner.planner, name="planner"),
    path("<slug:rota>/assign/", duties.assign, name="assign"),
]
