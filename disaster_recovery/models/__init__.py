from .content import PlanObject, PlanParameter
from .generic import GenericObject, GenericVersion
from .offer import Offer
from .pack import PlanPack
from .plan import Plan, PlanEdition, PlanEditor
from .update import PlanDecision, PlanUpdate

__all__ = [
    "GenericObject",
    "GenericVersion",
    "Offer",
    "Plan",
    "PlanDecision",
    "PlanEdition",
    "PlanEditor",
    "PlanObject",
    "PlanPack",
    "PlanParameter",
    "PlanUpdate",
]
