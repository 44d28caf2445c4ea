from importlib import import_module

from django.apps import AppConfig


class SkillsConfig(AppConfig):
    """Who can do what, and how to reach them."""

    name = "skills"
    verbose_name = "Skills"

    def ready(self):
        # Models are there only now.
        jobs, sessions, steps = (
            import_module(name)
            for name in (
                "partners.jobs",
                "partners.accounts.sessions",
                "skills.imports.workflow",
            )
        )
        jobs.register(steps.JOB, steps.work, steps.give_up)
        jobs.register_daily(steps.empty_old)
        jobs.register_daily(sessions.tidy_up)
