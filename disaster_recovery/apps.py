from importlib import import_module

from django.apps import AppConfig


class DisasterRecoveryConfig(AppConfig):
    """The generic recovery plan and each partner's plan made from it."""

    name = "disaster_recovery"
    verbose_name = "Disaster recovery"

    def ready(self):
        # Models are there only now.
        jobs, arrivals, generic, reminders = (
            import_module(name)
            for name in (
                "partners.jobs",
                "disaster_recovery.arrivals",
                "disaster_recovery.generic",
                "disaster_recovery.reminders",
            )
        )
        jobs.register(generic.BRING, arrivals.work, arrivals.give_up)
        jobs.register_daily(arrivals.catch_up)
        jobs.register_daily(reminders.send)
