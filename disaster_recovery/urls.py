from django.urls import include, path

from disaster_recovery.views import (
    editions,
    generic,
    generic_objects,
    histories,
    offers,
    packs,
    plan_objects,
    plans,
    reviews,
    times,
    updates,
)

app_name = "disaster_recovery"
of_generic = [
    path("", generic.versions, name="versions"),
    path("start/", generic.start_draft, name="start_draft"),
    path("<int:pk>/", generic.version, name="version"),
    path("<int:pk>/plan.json", generic.version_json, name="version_json"),
    path("<int:pk>/history/", generic.version_history, name="version_history"),
    path("<int:pk>/times/", times.version_times, name="version_times"),
    path("<int:pk>/publish/", generic.publish, name="publish"),
    path("<int:pk>/discard/", generic.discard_draft, name="discard_generic"),
    path("<int:pk>/split-or-merged/", generic.supersedes, name="supersedes"),
    path("<int:pk>/add/<slug:kind>/", generic_objects.add, name="add_generic"),
    path("objects/<int:pk>/", generic_objects.edit, name="edit_generic"),
    path("objects/<int:pk>/move/", generic_objects.move, name="move_generic"),
    path("objects/<int:pk>/remove/", generic_objects.remove, name="remove_generic"),
]
of_partners = [
    path("", plans.plan, name="plan"),
    path("adopt/", plans.adopt, name="adopt"),
    path("bring/", plans.bring, name="bring"),
    path("draft/", plans.start_draft, name="new_draft"),
    path("history/", histories.plan_history, name="plan_history"),
    path("history.csv", histories.plan_history_export, name="plan_history_export"),
]
of_editions = [
    path("", editions.edition, name="edition"),
    path("to-do/", editions.to_do, name="to_do"),
    path("parameters/", editions.parameters, name="parameters"),
    path("paste/", editions.paste, name="paste"),
    path("discard/", editions.discard, name="discard"),
    path("fits/<slug:kind>/", editions.settle, name="settle"),
    path("add/<slug:kind>/", plan_objects.add, name="add_object"),
    path("submit/", reviews.submit, name="submit"),
    path("decide/", reviews.decide, name="decide"),
    path("packs/", packs.packs_of, name="packs_of"),
    path("times/", times.edition_times, name="edition_times"),
    path("services.csv", times.services_export, name="services_export"),
]
of_objects = [
    path("", plan_objects.edit, name="edit_object"),
    path("fits/", plan_objects.fits, name="fits"),
    path("leave-out/", plan_objects.leave_out, name="leave_out"),
    path("bring-back/", plan_objects.bring_back, name="bring_back"),
    path("take-generic/", plan_objects.take_generic, name="take_generic"),
    path("move/", plan_objects.move, name="move_object"),
    path("offer/", offers.make, name="make_offer"),
]
of_updates = [
    path("", updates.update, name="update"),
    path("begin/", updates.begin, name="begin_update"),
    path("untouched/", updates.untouched, name="untouched"),
    path("decisions.csv", updates.decisions_export, name="decisions_export"),
    path("<slug:kind>/<slug:key>/", updates.change, name="change"),
]
urlpatterns = [
    path("", plans.plans, name="plans"),
    path("export.csv", plans.plans_export, name="plans_export"),
    path("generic/", include(of_generic)),
    path("partners/<slug:slug>/", include(of_partners)),
    path("editions/<int:pk>/", include(of_editions)),
    path("objects/<int:pk>/", include(of_objects)),
    path("updates/<int:pk>/", include(of_updates)),
    path("offers/", offers.offers, name="offers"),
    path("offers/export.csv", offers.offers_export, name="offers_export"),
    path("offers/<int:pk>/", offers.offer, name="offer"),
    path("offers/<int:pk>/withdraw/", offers.withdraw, name="withdraw_offer"),
    path("packs/", packs.packs, name="packs"),
    path("packs/<int:pk>/pack.zip", packs.pack, name="pack"),
]
