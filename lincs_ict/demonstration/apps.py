from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    """An invented partnership to look at, and numbers to measure with."""

    name = "lincs_ict.demonstration"
