from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class PartnersConfig(AppConfig):
    """The ground floor: organisations, people, roles and what we agreed."""

    default = True
    name = "partners"
    verbose_name = "Partners and people"

    def ready(self):
        # Models are there only now.
        jobs, sessions, transfers = (
            import_module(f"partners.{name}")
            for name in ("jobs", "accounts.sessions", "people.transfers")
        )
        jobs.register_daily(sessions.tidy_up)
        jobs.register_daily(transfers.daily)


class AdminConfig(admin.AdminConfig):
    """Django's administration, behind our own door."""

    default = False
    default_site = "partners.admin.site.PartnershipAdminSite"

    def ready(self):
        # Before anybody asks for the site, or they register with one soon forgotten.
        import_module("partners.admin")
        super().ready()
