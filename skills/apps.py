from importlib import import_module

from django.apps import AppConfig


class SkillsConfig(AppConfig):
    """Who can do what, and how to reach them."""

    name = "skills"
    verbose_name = "Skills"

    def ready(self):
        # Models are there only now.
        jobs, workflow, reminders = (
            import_module(name)
            for name in (
                "partners.jobs",
                "skills.imports.workflow",
                "skills.records.reminders",
            )
        )
        jobs.register(workflow.JOB, workflow.work, workflow.give_up)
        jobs.register_daily(workflow.empty_old)
        jobs.register_daily(reminders.daily)
