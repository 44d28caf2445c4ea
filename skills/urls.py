from django.urls import path

from skills.views import (
    aliases,
    catalogue,
    gaps,
    histories,
    partners,
    people,
    proposals,
    search,
    why,
)

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
    path("gaps/", gaps.gaps, name="gaps"),
    path("gaps/export.csv", gaps.gaps_export, name="gaps_export"),
    path("gaps/<int:pk>/", gaps.gap, name="gap"),
    path("gaps/handled/", gaps.gaps_handled, name="gaps_handled"),
    path(
        "gaps/handled/export.csv",
        gaps.gaps_handled_export,
        name="gaps_handled_export",
    ),
    path("catalogue/propose/", proposals.propose_skill, name="propose"),
    path("catalogue/<int:pk>/aliases/", aliases.aliases, name="aliases"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/export.csv", proposals.proposals_export, name="proposals_export"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("why/", why.why, name="why"),
]
