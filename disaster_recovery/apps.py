from django.apps import AppConfig


class DisasterRecoveryConfig(AppConfig):
    """The generic recovery plan and each partner's plan made from it."""

    name = "disaster_recovery"
    verbose_name = "Disaster recovery"
