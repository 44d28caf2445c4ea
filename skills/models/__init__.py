from .batch import ImportBatch, ImportRow
from .catalogue import Alias, CatalogueStamp, Category, Skill, catalogue_edition
from .held import Certification, LearningWish, Level, SkillHeld
from .merge import MergedRow, SkillMerge
from .proposal import SkillProposal
from .relation import SkillRelation
from .unanswered import HandledSearch, UnansweredSearch

__all__ = [
    "Alias",
    "CatalogueStamp",
    "Category",
    "Certification",
    "HandledSearch",
    "ImportBatch",
    "ImportRow",
    "LearningWish",
    "Level",
    "MergedRow",
    "Skill",
    "SkillHeld",
    "SkillMerge",
    "SkillProposal",
    "SkillRelation",
    "UnansweredSearch",
    "catalogue_edition",
]
