from django.urls import path

from partners import views

app_name = "partners"

urlpatterns = [
    path("outbox/", views.outbox, name="outbox"),
    path("accounts/sessions/", views.signed_in, name="signed_in"),
    path("corrections/", views.correction_list, name="corrections"),
    path("corrections/export.csv", views.corrections_export, name="corrections_export"),
    path("corrections/new/", views.ask_correction, name="ask_correction"),
    path("corrections/<int:pk>/", views.correction, name="correction"),
]
