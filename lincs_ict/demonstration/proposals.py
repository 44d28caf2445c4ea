"""Skills people have proposed, in every state, and gaps somebody has dealt with."""

from datetime import date, datetime, time, timedelta

import pghistory
from django.utils import timezone

from lincs_ict.demonstration.cast import PARTNERSHIP_COORDINATOR
from lincs_ict.demonstration.logins import LOGINS
from partners.models import User
from skills.matching.catalogue import normalise_key
from skills.models import (
    Category,
    HandledSearch,
    Level,
    Skill,
    SkillProposal,
)

_, DINESH, BERNADETTE, CALLUM, _ = (login.email for login in LOGINS)
State = SkillProposal.State
# By whom, the name, what it is, why, the level, days ago.
WAITING = (
    (
        CALLUM,
        "Low-code forms",
        "Building public forms without writing code",
        "Three districts are moving their paper forms this winter",
        Level.WORKING,
        3,
    ),
    (
        DINESH,
        "Flood sensor telemetry",
        "Reading river and culvert sensors over long-range radio",
        "The drainage boards ask us first when a gauge goes quiet",
        None,
        9,
    ),
)
MERGED = (
    BERNADETTE,
    "Remote working tunnels",
    "The encrypted way in from home",
    "Half of our calls on a Monday are about it",
    None,
    40,
)
DECLINED = (
    CALLUM,
    "Being good with people",
    "Keeping calm at the counter",
    "It is most of what we do",
    Level.EXPERT,
    61,
)
ACCEPTED = (
    DINESH,
    "Body-worn camera docking",
    "Docks, uploads and retention of footage",
    "Parking officers carry them from April",
    None,
    75,
)
REASON = "It matters, but the catalogue holds what somebody can be rung about"
HANDLED = (("bin day", 6), ("car park permit", 2))


def make_proposals(today: date) -> None:
    """Two wait, three are decided, and two searches were dismissed."""
    chief = User.objects.get(email=PARTNERSHIP_COORDINATOR)
    for said in WAITING:
        _propose(today, said)
    with pghistory.context(user=chief.pk):
        vpn = Skill.objects.get(name="Virtual private networking")
        vpn.aliases.create(text=MERGED[1], source="proposed by Lincoln")
        _decide(chief, _propose(today, MERGED), state=State.MERGED, skill=vpn)
        new = _skill(ACCEPTED)
        _decide(chief, _propose(today, ACCEPTED), state=State.ACCEPTED, skill=new)
        declined = _propose(today, DECLINED)
        _decide(chief, declined, state=State.DECLINED, reason=REASON)
    _make_gaps(chief, today)


def _propose(today, said):
    email, name, description, why, level, ago = said
    return SkillProposal.objects.create(
        name=name,
        description=description,
        why=why,
        level=level,
        proposed_by=User.objects.get(email=email),
        proposed_at=_at(today - timedelta(days=ago)),
    )


def _skill(said):
    category = Category.objects.order_by("name").first()
    source = "proposed by Boston"
    return Skill.objects.create(
        name=said[1], description=said[2], category=category, source=source
    )


def _decide(chief, proposal, **outcome):
    for name, value in outcome.items():
        setattr(proposal, name, value)
    proposal.decided_by = chief
    proposal.decided_at = proposal.proposed_at + timedelta(days=2)
    proposal.save()


def _make_gaps(chief, today):
    """Searches nothing came of."""
    for words, times in HANDLED:
        HandledSearch.objects.create(
            words=words,
            key=normalise_key(words),
            times_asked=times,
            first_asked_on=today - timedelta(days=90),
            last_asked_on=today - timedelta(days=30),
            outcome=HandledSearch.Outcome.DISMISSED,
            handled_by=chief,
            handled_at=_at(today - timedelta(days=28)),
        )


def _at(day):
    return timezone.make_aware(datetime.combine(day, time(10, 20)))
