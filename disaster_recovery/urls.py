from django.urls import path

from disaster_recovery.views import generic, generic_objects

app_name = "disaster_recovery"
urlpatterns = [
    path("generic/", generic.versions, name="versions"),
    path("generic/start/", generic.start_draft, name="start_draft"),
    path("generic/<int:pk>/", generic.version, name="version"),
    path("generic/<int:pk>/plan.json", generic.version_json, name="version_json"),
    path("generic/<int:pk>/history/", generic.version_history, name="version_history"),
    path("generic/<int:pk>/publish/", generic.publish, name="publish"),
    path("generic/<int:pk>/discard/", generic.discard_draft, name="discard_generic"),
    path("generic/<int:pk>/split-or-merged/", generic.supersedes, name="supersedes"),
    path("generic/<int:pk>/add/<slug:kind>/", generic_objects.add, name="add_generic"),
    path("generic/objects/<int:pk>/", generic_objects.edit, name="edit_generic"),
    path("generic/objects/<int:pk>/move/", generic_objects.move, name="move_generic"),
    path(
        "generic/objects/<int:pk>/remove/",
        generic_objects.remove,
        name="remove_generic",
    ),
]
