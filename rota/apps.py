from importlib import import_module

from django.apps import AppConfig


class RotaConfig(AppConfig):
    """The shared out-of-hours rota."""

    name = "rota"
    verbose_name = "Out-of-hours rota"

    def ready(self):
        # Models are there only now.
        jobs, layings, reminders = (
            import_module(name)
            for name in (
                "partners.jobs",
                "rota.duties.generation_job",
                "rota.messages.reminders",
            )
        )
        jobs.register(layings.JOB, layings.work, layings.give_up)
        jobs.register_daily(reminders.daily)
