"""Addresses of the rota."""

from django.urls import path

from rota.views import duties

app_name = "rota"

urlpatterns = [
    path("duties/<int:duty>/", duties.duty, name="duty"),
    path("duties/<int:duty>/cover/", duties.cover, name="cover"),
    path("duties/<int:duty>/correct/", duties.correct, name="correct"),
    path("duties/<int:duty>/exchange/", duties.exchange, name="exchange"),
    path("people/<int:person>/unable/", duties.unable, name="unable"),
    path("changes/<int:change>/vacated/", duties.vacated, name="vacated"),
    path("<slug:rota>/assign/", duties.assign, name="assign"),
]
