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
                "disaster_recovery.updates.delivery",
                "disaster_recovery.generic_plan.versions",
                "disaster_recovery.plans.reminders",
            )
        )
        jobs.register(generic.BRING, arrivals.work, arrivals.give_up)
        jobs.register_daily(arrivals.catch_up)
        jobs.register_daily(reminders.send)
