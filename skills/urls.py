from django.urls import include, path

from skills.views import (
    aliases,
    catalogue,
    gaps,
    histories,
    own,
    own_rows,
    partners,
    people,
    proposals,
    search,
    transfers,
    upkeep,
    why,
)

app_name = "skills"

SKILL, WISH = {"kind": "skill"}, {"kind": "wish"}
CERTIFICATE, ABSENCE = {"kind": "certificate"}, {"kind": "absence"}

my_record = [
    path("", own.my_record, name="my_record"),
    path("confirm/", own.confirm_my_record, name="confirm_my_record"),
    path("contact/", own.my_contact, name="my_contact"),
    path("working-days/", own.my_hours, name="my_hours"),
    path("skills/add/", own_rows.choose_skill, name="choose_my_skill"),
    path("skills/add/<int:pk>/", own_rows.add_skill, name="add_my_skill"),
    path("skills/<int:pk>/", own_rows.change, SKILL, name="change_my_skill"),
    path("skills/<int:pk>/remove/", own_rows.remove, SKILL, name="remove_my_skill"),
    path("wishes/add/", own_rows.choose_wish, name="choose_my_wish"),
    path("wishes/<int:pk>/remove/", own_rows.remove, WISH, name="remove_my_wish"),
    path("certificates/add/", own_rows.add, CERTIFICATE, name="add_my_certificate"),
    path(
        "certificates/<int:pk>/",
        own_rows.change,
        CERTIFICATE,
        name="change_my_certificate",
    ),
    path(
        "certificates/<int:pk>/remove/",
        own_rows.remove,
        CERTIFICATE,
        name="remove_my_certificate",
    ),
    path("absences/add/", own_rows.add, ABSENCE, name="add_my_absence"),
    path("absences/<int:pk>/", own_rows.change, ABSENCE, name="change_my_absence"),
    path(
        "absences/<int:pk>/remove/",
        own_rows.remove,
        ABSENCE,
        name="remove_my_absence",
    ),
]

urlpatterns = [
    path("", search.search, name="search"),
    path("my-record/", include(my_record)),
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
    path("people/<int:pk>/transfer/", transfers.release, name="release"),
    path("transfers/", transfers.transfers, name="transfers"),
    path("transfers/export.csv", transfers.transfers_export, name="transfers_export"),
    path("transfers/<int:pk>/", transfers.transfer, name="transfer"),
    path("transfers/<int:pk>/accept/", transfers.accept, name="transfer_accept"),
    path("transfers/<int:pk>/decline/", transfers.decline, name="transfer_decline"),
    path("transfers/<int:pk>/withdraw/", transfers.withdraw, name="transfer_withdraw"),
    path("our-people/", upkeep.our_people, name="our_people"),
    path("partners/<slug:slug>/people/", upkeep.people, name="partner_people"),
    path(
        "partners/<slug:slug>/people/export.csv",
        upkeep.people_export,
        name="partner_people_export",
    ),
    path("partners/<slug:slug>/people/confirm/", upkeep.confirm, name="confirm_people"),
    path("partners/<slug:slug>/people/ask/", upkeep.ask, name="ask_people"),
    path("partners/<slug:slug>/people/leave/", upkeep.leave, name="people_leave"),
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
