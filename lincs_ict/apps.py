from django.apps import AppConfig


class LincsIctConfig(AppConfig):
    """Composes the other apps into one site."""

    name = "lincs_ict"
    verbose_name = "Lincolnshire shared ICT support"
