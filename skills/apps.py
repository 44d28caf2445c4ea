from django.apps import AppConfig


class SkillsConfig(AppConfig):
    """Who can do what, and how to reach them."""

    name = "skills"
    verbose_name = "Skills"
