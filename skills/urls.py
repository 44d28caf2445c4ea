from django.urls import path

from skills.views import catalogue, gaps, histories, imports, partners, people, search

app_name = "skills"

urlpatterns = [
    path("", search.search, name="search"),
    path("export.csv", search.export, name="export"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/history/", histories.person_history, name="person_history"),
    path(
        "people/<int:pk>/history.csv",
        histories.person_history_export,
        name="person_history_export",
    ),
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/<int:pk>/", catalogue.skill, name="skill"),
    path("catalogue/<int:pk>/export.csv", catalogue.skill_export, name="skill_export"),
    path("catalogue/<int:pk>/history/", histories.skill_history, name="skill_history"),
    path(
        "catalogue/<int:pk>/history.csv",
        histories.skill_history_export,
        name="skill_history_export",
    ),
    path("partners/", partners.partners, name="partners"),
    path("partners/<slug:slug>/", partners.partner, name="partner"),
    path(
        "partners/<slug:slug>/export.csv",
        partners.partner_export,
        name="partner_export",
    ),
    path(
        "partners/<slug:slug>/history/",
        histories.partner_history,
        name="partner_history",
    ),
    path(
        "partners/<slug:slug>/history.csv",
        histories.partner_history_export,
        name="partner_history_export",
    ),
    path("partners/<slug:slug>/imports/", imports.imports, name="imports"),
    path("partners/<slug:slug>/imports/new/", imports.new_import, name="new_import"),
    path(
        "partners/<slug:slug>/imports/template.csv",
        imports.import_template_csv,
        name="import_template_csv",
    ),
    path(
        "partners/<slug:slug>/imports/template.xlsx",
        imports.import_template_xlsx,
        name="import_template_xlsx",
    ),
    path("imports/<int:pk>/", imports.import_batch, name="import"),
    path("imports/<int:pk>/rows.csv", imports.import_rows_export, name="import_rows"),
    path("imports/<int:pk>/confirm/", imports.import_confirm, name="import_confirm"),
    path("imports/<int:pk>/recheck/", imports.import_recheck, name="import_recheck"),
    path("imports/<int:pk>/undo/", imports.import_undo, name="import_undo"),
    path("imports/<int:pk>/discard/", imports.import_discard, name="import_discard"),
    path("gaps/", gaps.gaps, name="gaps"),
    path("gaps/export.csv", gaps.gaps_export, name="gaps_export"),
]
