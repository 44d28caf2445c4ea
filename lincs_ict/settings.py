"""Settings from the environment; a wrong value stops the start with a sentence."""

import sys
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

import lincs_ict.devdb as devdb
from lincs_ict.environment import env, needed, switch, whole_number

BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]

DEBUG = switch("DEBUG")
DEMO = switch("DEMO")
PRIVATE = DEMO or TESTING

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOOPBACK if PRIVATE else [])
if DEMO and not set(ALLOWED_HOSTS) <= set(LOOPBACK):
    raise ImproperlyConfigured(
        "DEMO prints its passwords, so it answers on this machine only: "
        "turn DEMO off, or set ALLOWED_HOSTS to 127.0.0.1, localhost or [::1]"
    )
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS is missing: list the host names this site answers to, "
        "with commas between them"
    )

# Where the links in messages lead: a command knows no request to take it from.
SITE_ADDRESS = env.str(
    "SITE_ADDRESS",
    default="http://127.0.0.1:8000"
    if PRIVATE
    else f"https://{ALLOWED_HOSTS[0].lstrip('.')}",
).rstrip("/")

SECRET_KEY = (
    "the demonstration and the tests have nothing to hide, so this key is public"
    if PRIVATE
    else needed("SECRET_KEY", "set it to fifty or more random characters, kept secret")
)

# A key that was changed still opens what was sealed under it.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

INSTALLED_APPS = [
    "lincs_ict",
    "rota",
    "disaster_recovery",
    "skills",
    "partners",
    "partners.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "django_filters",
    "crispy_forms",
    "csp",
    "pgtrigger",
    "pghistory",
    "post_office",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]
if PRIVATE:
    INSTALLED_APPS.insert(0, "lincs_ict.demonstration")

MIDDLEWARE = [
    "lincs_ict.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lincs_ict.middleware.IdleSessionMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "lincs_ict.middleware.MembershipMiddleware",
    "lincs_ict.middleware.SecondFactorMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "lincs_ict.urls"
WSGI_APPLICATION = "lincs_ict.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lincs_ict.context.site",
            ],
        },
    },
]
if PRIVATE:
    TEMPLATES[0]["OPTIONS"]["context_processors"].append(
        "lincs_ict.demonstration.context.logins"
    )
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "govuk"
CRISPY_TEMPLATE_PACK = "govuk"

# Outside the demonstration and the tests the database is always named. Theirs is
# started by run.py and by the tests, not by whoever reads the settings.
DATABASE_URL = env.str("DATABASE_URL", default="")
if not DATABASE_URL:
    DATABASE_URL = (
        devdb.address(durable=not TESTING)
        if PRIVATE
        else needed("DATABASE_URL", "for example postgresql://user:password@host/db")
    )
DATABASES = {
    "default": env.db_url_config(DATABASE_URL)
    | {
        "CONN_MAX_AGE": 0 if TESTING else 60,
        "CONN_HEALTH_CHECKS": True,
        # Behind a pooler a cursor on the server may not outlive its transaction.
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "TEST": {"NAME": "test_" + env.str("TEST_DATABASE", default="lincs_ict")},
    }
}
if PRIVATE:
    # History is never emptied, save where everybody in it is invented.
    options = DATABASES["default"].setdefault("OPTIONS", {})
    options["options"] = "-c lincs_ict.may_start_over=on"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Counted tries to sign in are shared by all workers, so they live in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "lincs_ict_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "partners.User"
AUTHENTICATION_BACKENDS = ["partners.accounts.adapter.InPostBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}
# A slow hash protects real passwords; the tests have none.
hasher = "MD5" if TESTING else "PBKDF2"
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{hasher}PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "partners.accounts.adapter.InvitationOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "partners.forms.plain_english.LoginForm",
    "change_password": "partners.forms.plain_english.ChangePasswordForm",
    "set_password": "partners.forms.plain_english.SetPasswordForm",
    "reset_password": "partners.forms.plain_english.ResetPasswordForm",
    "reset_password_from_key": "partners.forms.plain_english.ResetPasswordKeyForm",
    "reauthenticate": "partners.forms.second_factor.PasswordAgainForm",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Nobody makes this site write to addresses it does not know.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# Who keeps records signs in with a second factor, save where all are invented.
SECOND_FACTOR_REQUIRED = not PRIVATE
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A browser makes passkeys for a secure address, or for localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PRIVATE
MFA_ADAPTER = "partners.accounts.second_factor.SecondFactorAdapter"
MFA_TOTP_ISSUER = "Shared ICT support"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "partners.forms.second_factor.AuthenticateForm",
    "reauthenticate": "partners.forms.second_factor.ReauthenticateForm",
    "activate_totp": "partners.forms.second_factor.SetUpForm",
    "add_webauthn": "partners.forms.passkeys.AddForm",
    "authenticate_webauthn": "partners.forms.passkeys.AuthenticateForm",
    "reauthenticate_webauthn": "partners.forms.passkeys.ReauthenticateForm",
    "login_webauthn": "partners.forms.passkeys.LoginForm",
}
# Providers stand in our own table. Nobody comes in because of an e-mail address.
SOCIALACCOUNT_ADAPTER = "partners.single_sign_on.adapter.SingleSignOnAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = False
SOCIALACCOUNT_STORE_TOKENS = False
ALLAUTH_TRUSTED_PROXY_COUNT = whole_number("TRUSTED_PROXY_COUNT", 0)

# Every message is queued in the database; the demonstration sends none on.
EMAIL_BACKEND = "post_office.EmailBackend"
mail = env.email_url("EMAIL_URL", default="dummymail://" if PRIVATE else "smtp://")
EMAIL_HOST = mail["EMAIL_HOST"] or "localhost"
EMAIL_PORT = mail["EMAIL_PORT"] or 25
EMAIL_HOST_USER = mail["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = mail.get("EMAIL_USE_SSL", False)
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", default="ict-skills@lincolnshire.example")
# Each step of a conversation; altogether less than a worker is waited for.
EMAIL_TIMEOUT = 30
SERVER_EMAIL = DEFAULT_FROM_EMAIL
POST_OFFICE = {
    "DEFAULT_PRIORITY": "medium",
    "BACKENDS": {"default": mail["EMAIL_BACKEND"]},
    "MAX_RETRIES": 8,
    "MESSAGE_ID_ENABLED": True,
    "MESSAGE_ID_FQDN": DEFAULT_FROM_EMAIL.rpartition("@")[2],
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["lincs_ict.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "collected"
STATICFILES_DIRS = [BASE_DIR / "static", BASE_DIR / "build" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "lincs_ict.static_files.StaticStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING
WHITENOISE_AUTOREFRESH = DEBUG or TESTING

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not (DEBUG or PRIVATE)
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "lincs_ict.views.pages.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if not (DEBUG or PRIVATE):
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
if switch("BEHIND_TLS_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
# What happened is added to and never changed.
PGHISTORY_APPEND_ONLY = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
