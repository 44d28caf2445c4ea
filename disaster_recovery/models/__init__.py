from .content import PlanObject, PlanParameter
from .generic import GenericObject, GenericVersion
from .offer import Offer
from .pack import PackFile, PlanPack
from .plan import Plan, PlanEdition, PlanEditor
from .update import PlanDecision, PlanUpdate

__all__ = [
    "GenericObject",
    "GenericVersion",
    "Offer",
    "PackFile",
    "Plan",
    "PlanDecision",
    "PlanEdition",
    "PlanEditor",
    "PlanObject",
    "PlanPack",
    "PlanParameter",
    "PlanUpdate",
]
