from .catalogue import Alias, CatalogueStamp, Category, Skill, catalogue_edition
from .held import Certification, LearningWish, Level, SkillHeld
from .unanswered import UnansweredSearch

__all__ = [
    "Alias",
    "CatalogueStamp",
    "Category",
    "Certification",
    "LearningWish",
    "Level",
    "Skill",
    "SkillHeld",
    "UnansweredSearch",
    "catalogue_edition",
]
