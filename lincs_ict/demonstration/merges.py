"""Two skills that were one: a merge that stands, and one that was taken back."""

from lincs_ict.demonstration.cast import PARTNERSHIP_COORDINATOR
from partners.models import User
from skills.catalogue.merge import merge, undo
from skills.catalogue.merge_plan import Plan
from skills.catalogue.names import add_skill
from skills.models import Skill, SkillHeld

TEAMS = ("MS Teams administration", "Microsoft Teams")
SURVEYS = ("Wi-Fi surveying", "Wireless networking (Wi-Fi)")


def make_merges() -> None:
    """Half of those who hold a skill had it under another name too."""
    lead = User.objects.get(email=PARTNERSHIP_COORDINATOR)
    _merged(lead, *TEAMS)
    undo(by=lead, merge=_merged(lead, *SURVEYS))


def _merged(lead, name, into):
    stays = Skill.objects.get(name=into)
    goes = add_skill(by=lead, name=name, category=stays.category, kind=stays.kind)
    held = SkillHeld.objects.filter(skill=stays).order_by("pk")
    SkillHeld.objects.bulk_create(
        SkillHeld(staff_id=staff_id, skill=goes, level=5 - level)
        for staff_id, level in held.values_list("staff_id", "level")[::2]
    )
    seen = Plan(goes, stays).fingerprint
    return merge(by=lead, from_skill=goes, into_skill=stays, fingerprint=seen)
