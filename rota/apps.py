from django.apps import AppConfig


class RotaConfig(AppConfig):
    """The shared out-of-hours rota."""

    name = "rota"
    verbose_name = "Out-of-hours rota"
