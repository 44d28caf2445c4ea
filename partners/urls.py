from django.urls import path

from partners import views
from partners.views import invitations

app_name = "partners"

urlpatterns = [
    path("outbox/", views.outbox, name="outbox"),
    path("accounts/", views.signing_in, name="signing_in"),
    path("accounts/sessions/", views.signed_in, name="signed_in"),
    path(
        "invitations/accept/<str:token>/",
        invitations.invitation_link,
        name="invitation_link",
    ),
    path("invitations/accept/", invitations.invitation, name="invitation"),
    path("invitations/", invitations.invitation_list, name="invitations"),
    path(
        "invitations/export.csv",
        invitations.invitations_export,
        name="invitations_export",
    ),
    path(
        "invitations/<int:pk>/again/",
        invitations.invitation_again,
        name="invitation_again",
    ),
    path(
        "invitations/<int:pk>/withdraw/",
        invitations.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("corrections/", views.correction_list, name="corrections"),
    path("corrections/export.csv", views.corrections_export, name="corrections_export"),
    path("corrections/new/", views.ask_correction, name="ask_correction"),
    path("corrections/<int:pk>/", views.correction, name="correction"),
]
