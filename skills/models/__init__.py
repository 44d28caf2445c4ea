from .batch import ImportBatch, ImportRow
from .catalogue import Alias, CatalogueStamp, Category, Skill, catalogue_edition
from .held import Certification, LearningWish, Level, SkillHeld
from .unanswered import UnansweredSearch

__all__ = [
    "Alias",
    "CatalogueStamp",
    "Category",
    "Certification",
    "ImportBatch",
    "ImportRow",
    "LearningWish",
    "Level",
    "Skill",
    "SkillHeld",
    "UnansweredSearch",
    "catalogue_edition",
]
