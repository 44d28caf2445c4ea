"""A plan with something of every row of the table, and a version that changes it."""

from disaster_recovery.merging.plan_merge import Outcome
from disaster_recovery.models import PlanObject
from disaster_recovery.plans import adaptations, drafts
from disaster_recovery.updates import workflow
from disaster_recovery.updates.choices import Choice
from disaster_recovery.updates.comparison import compare, item_fingerprint
from tests.plans import make_generic

OLD = (
    ("section", "as-it-was", {"body": "Same"}),
    ("section", "new-words", {"body": "Old words"}),
    ("section", "ours-only", {"body": "Generic"}),
    ("section", "both-alike", {"body": "Generic"}),
    ("section", "both", {"body": "One\n\nTwo\n\nThree"}),
    ("section", "clash", {"body": "Ring the desk"}),
    ("section", "away", {"body": "Away"}),
    ("section", "away-changed", {"body": "Away"}),
    ("section", "goes", {"body": "Goes"}),
    ("section", "goes-adapted", {"body": "Goes"}),
    ("service", "network", {"rto": 480}),
)
NEW = (
    ("section", "as-it-was", {"body": "Same"}),
    ("section", "new-words", {"body": "New words"}),
    ("section", "comes", {"body": "Comes", "title": "What comes"}),
    ("section", "ours-only", {"body": "Generic"}),
    ("section", "both-alike", {"body": "Alike"}),
    ("section", "both", {"body": "One\n\nTwo\n\nThree, new"}),
    ("section", "clash", {"body": "Ring the hotline"}),
    ("section", "away", {"body": "Away"}),
    ("section", "away-changed", {"body": "Away, changed"}),
    ("section", "flood", {"title": "Flood defence", "body": "Pumps"}),
    ("service", "network", {"rto": 360}),
)
ADAPTED = {
    "ours-only": "Ours",
    "both-alike": "Alike",
    "both": "One, ours\n\nTwo\n\nThree",
    "clash": "Ring the neighbours",
    "goes-adapted": "Ours",
}
# What is open of each, once the update is taken up.
EXPECTED = {
    "new-words": Outcome.FAST_FORWARD,
    "comes": Outcome.ADD,
    "both": Outcome.MERGED,
    "clash": Outcome.CONFLICT,
    "away-changed": Outcome.REMOVED_CHANGED,
    "goes": Outcome.REMOVE,
    "goes-adapted": Outcome.ADAPTED_BUT_REMOVED,
    "flood": Outcome.SIMILAR,
    "network": Outcome.CONFLICT,
}


def make_old():
    return make_generic("1.0.0", OLD)


def make_new(old):
    return make_generic("1.1.0", NEW, based_on=old)


def make_adapted(by, partner, old):
    """A draft with something of every row of the table."""
    made = drafts.adopt(by=by, partner=partner, generic=old, values={})
    for key, body in ADAPTED.items():
        write(by, made, key, body=body)
    write(by, made, "network", rto=240, tier=2)
    for key in ("away", "away-changed"):
        adaptations.leave_out(by=by, thing=row(made, key), reason="Not here")
    said = {"title": "Flood defences", "body": "Sandbags"}
    adaptations.add_own(by=by, edition=made, kind="section", fields=said)
    return made


def take_up(by, draft, new):
    update = workflow.open_update(plan=draft.plan, generic=new)
    return workflow.begin(by=by, update=update)


def write(by, draft, key, **said):
    thing = row(draft, key)
    adaptations.adapt(by=by, thing=thing, fields={"title": key.capitalize(), **said})


def row(draft, key):
    return PlanObject.objects.get(edition=draft, key=key)


def items(update):
    return compare(workflow.newest_edition(update.plan), update.generic).merge.by_name


def outcomes(update):
    return {key: i.outcome for (_, key), i in items(update).items() if not i.is_settled}


def decide(update, by, key, choice, *, kind="section", seen=None, **asked):
    seen = seen or item_fingerprint(items(update)[kind, key])
    chosen = Choice(choice, **asked)
    decided = workflow.decide(
        by=by, update=update, name=(kind, key), seen=seen, choice=chosen
    )
    return decided.decision


def settle_all(update, by):
    """Decide on everything, in every way."""
    choices = {"clash": "kept", "network": "kept", "flood": "declined"}
    choices |= {"goes-adapted": "kept", "both": "merged"}
    for key in EXPECTED:
        kind = "service" if key == "network" else "section"
        choice = choices.get(key, "accepted")
        decide(update, by, key, choice, kind=kind, reason="Because")
