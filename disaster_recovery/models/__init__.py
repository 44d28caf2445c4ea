from .content import PlanObject, PlanParameter
from .generic import GenericObject, GenericVersion
from .plan import Plan, PlanEdition, PlanEditor

__all__ = [
    "GenericObject",
    "GenericVersion",
    "Plan",
    "PlanEdition",
    "PlanEditor",
    "PlanObject",
    "PlanParameter",
]
