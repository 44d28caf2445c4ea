from importlib import import_module

from django.apps import AppConfig


class RotaConfig(AppConfig):
    """The shared out-of-hours rota."""

    name = "rota"
    verbose_name = "Out-of-hours rota"

    def ready(self):
        # Models are there only now.
        jobs, layings = map(import_module, ("partners.jobs", "rota.layings"))
        jobs.register(layings.JOB, layings.work, layings.give_up)
