"""The words for what an update changes: one set for pages, CSV files and e-mails."""

from collections.abc import Mapping

from disaster_recovery.merging.field_merge import Verdict
from disaster_recovery.merging.outcomes import Outcome

OUTCOMES: Mapping[str, str] = {
    Outcome.FAST_FORWARD: "Changed in the generic plan only",
    Outcome.MERGED: "Changed in both places and combined: check the result",
    Outcome.CONFLICT: "Changed in both places: choose one",
    Outcome.REMOVED_CHANGED: "Left out of your plan, and changed in the generic plan",
    Outcome.MADE_MANDATORY: "Left out of your plan, but now every partner needs it",
    Outcome.REMOVE: "Removed from the generic plan",
    Outcome.REPLACED: "Removed from the generic plan and replaced by others",
    Outcome.NEEDED: "Removed from the generic plan, but your plan still needs it",
    Outcome.ADAPTED_BUT_REMOVED: "Removed from the generic plan, but you adapted it",
    Outcome.ADD: "New in the generic plan",
    Outcome.SIMILAR: "New in the generic plan, and similar to one of your own",
}
VERDICTS: Mapping[str, str] = {
    Verdict.OURS: "Changed in your plan only",
    Verdict.THEIRS: "Changed in the generic plan only",
    Verdict.CONVERGED: "The same change in both places",
    Verdict.MERGED: "Changed in both places and combined",
    Verdict.DECLINED: "Declined before",
    Verdict.CONFLICT: "Changed in both places: choose one",
}
ACCEPT, KEEP, COMBINE = "accepted", "kept", "merged"
_GENERIC = (ACCEPT, "Use the generic version")
_YOURS = (KEEP, "Keep your version")
_REMOVE = (ACCEPT, "Remove it from your plan")
_AS_OWN = (KEEP, "Keep it as your own")
BUTTONS: Mapping[str, tuple[tuple[str, str], ...]] = {
    Outcome.FAST_FORWARD: ((ACCEPT, "Accept the change"), _YOURS),
    Outcome.MERGED: ((COMBINE, "Use the combined version"), _GENERIC, _YOURS),
    Outcome.CONFLICT: (_GENERIC, _YOURS),
    Outcome.REMOVED_CHANGED: ((KEEP, "Continue to leave it out"), (ACCEPT, "Add it")),
    Outcome.MADE_MANDATORY: ((ACCEPT, "Add it"),),
    Outcome.REMOVE: (_REMOVE, _AS_OWN),
    Outcome.REPLACED: (_REMOVE, _AS_OWN),
    Outcome.NEEDED: (_AS_OWN,),
    Outcome.ADAPTED_BUT_REMOVED: (_AS_OWN, _REMOVE),
    Outcome.ADD: ((ACCEPT, "Add it to your plan"),),
    Outcome.SIMILAR: ((ACCEPT, "Keep both"),),
}
SIMPLE_CHOICES = ("accepted", "kept", "merged", "declined")
# The ways to settle a change that ask for something; some are open from the start.
FORMS: dict[str, dict[str, object]] = {
    "linked": {
        "summary": "Link it with one of your own",
        "button": "Link them",
        "is_open": True,
    },
    "kept": {
        "summary": "It does not apply to us",
        "button": "Does not apply to us",
        "is_open": True,
    },
    "edited": {"summary": "Edit it myself", "button": "Save"},
    "declined": {
        "summary": "Decline the change",
        "button": "Decline the change",
        "hint": (
            "Your plan stays as it is. You are asked again only if the generic plan "
            "changes this once more."
        ),
    },
}
