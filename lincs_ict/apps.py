from importlib import import_module

from django.apps import AppConfig


class LincsIctConfig(AppConfig):
    """Composes the other apps into one site."""

    name = "lincs_ict"
    verbose_name = "Lincolnshire shared ICT support"

    def ready(self):
        # Models are there only now.
        jobs = import_module("partners.jobs")
        jobs.register_daily(import_module("lincs_ict.anonymising.leavers").daily)
