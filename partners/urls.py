from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path, re_path

from partners import views
from partners.single_sign_on import views as single_sign_on
from partners.views import invitations
from partners.views.second_factors import (
    AddPasskeyView,
    RecoveryCodesView,
    RemovePasskeyView,
    SecondFactorView,
    SetUpView,
)

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

# allauth looks these two lists up without a namespace, so they are included apart.
second_factors = [
    path("", SecondFactorView.as_view(), name="mfa_index"),
    path("authenticate/", second_factor.authenticate, name="mfa_authenticate"),
    path("reauthenticate/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("app/set-up/", SetUpView.as_view(), name="mfa_activate_totp"),
    path("app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add/", AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path("passkeys/login/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path(
        "passkeys/reauthenticate/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "passkeys/<int:pk>/remove/",
        RemovePasskeyView.as_view(),
        name="mfa_remove_webauthn",
    ),
    path(
        "recovery-codes/",
        RecoveryCodesView.as_view(),
        name="mfa_view_recovery_codes",
    ),
    path(
        "recovery-codes/new/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "recovery-codes/download/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]

# No sign-up, and coordinators change e-mail addresses. allauth needs the name
# account_signup; the adapter closes the page.
sign_in = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("signup/", account.signup, name="account_signup"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path(
        "password/reset/done/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("second-factor/", include(second_factors)),
    path("organisation/", single_sign_on.organisation, name="account_organisation"),
    path(
        "connections/",
        single_sign_on.ways_to_sign_in,
        name="socialaccount_connections",
    ),
    path(
        "oidc/cancelled/",
        single_sign_on.cancelled,
        name="socialaccount_login_cancelled",
    ),
    path(
        "oidc/<slug:provider_id>/login/",
        single_sign_on.login,
        name="openid_connect_login",
    ),
    path(
        "oidc/<slug:provider_id>/login/callback/",
        single_sign_on.callback,
        name="openid_connect_callback",
    ),
]
