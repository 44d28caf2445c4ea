from django.contrib import admin
from django.urls import include, path

from lincs_ict.health import healthz
from lincs_ict.views import own_data, pages
from partners.urls import sign_in
from rota.views import on_call

urlpatterns = [
    path("", pages.home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("help/", pages.help_page, name="help"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("about-me/", own_data.about_me, name="about_me"),
    path("about-me/opened/", own_data.about_me_opened, name="about_me_opened"),
    path("about-me/taken/", own_data.about_me_taken, name="about_me_taken"),
    path("about-me/messages/", own_data.about_me_messages, name="about_me_messages"),
    path("about-me/copy.zip", own_data.about_me_copy, name="about_me_copy"),
    path("skills/", include("skills.urls")),
    path("rota/", include("rota.urls")),
    path("on-call/<str:token>/", on_call.switchboard, name="switchboard"),
    path("recovery/", include("disaster_recovery.urls")),
    path("", include("partners.urls")),
    path("accounts/", include(sign_in)),
    path("admin/", admin.site.urls),
]
