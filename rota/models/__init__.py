"""The rota in the database: what it covers, whose turn it is, who is on duty."""

from .change import DutyChange
from .demand import DemandSkill, DemandTemplate
from .duty import Duty
from .laying_out import LayingOut
from .role import ROLES, Role
from .rota import Rota, RotaPartner
from .rotation import Block, MemberExclusion, Rotation, RotationMember
from .swap import Swap, SwapAsked
from .token import RotaToken

__all__ = [
    "ROLES",
    "Block",
    "DemandSkill",
    "DemandTemplate",
    "Duty",
    "DutyChange",
    "LayingOut",
    "MemberExclusion",
    "Role",
    "Rota",
    "RotaPartner",
    "RotaToken",
    "Rotation",
    "RotationMember",
    "Swap",
    "SwapAsked",
]
