"""The third version of the generic plan in the demonstration: changes of every kind."""

from disaster_recovery.generic_plan import versions
from disaster_recovery.models import GenericVersion
from disaster_recovery.updates import delivery
from partners.jobs import Progress
from partners.models import User

NOTES = """What the county learned from the floods of last winter.

- **A new scenario, flood,** and a new task list for moving equipment upstairs.
- **A new section on working through the night.**
- **Data protection is needed by every partner** from now on.
- Clearer words in mutual aid, communications, lessons and two scenarios.
- The list of words, two forms and the intranet are gone."""
FLOOD = """Water comes with a warning, or through the ceiling without one.

1. Ring the flood line and {{incident_room}}.
2. Switch off what stands lowest; carry what you can above the line of the last one.
3. Photograph everything before it is moved."""
STORE = (
    "What is bought in a hurry is kept in two places; {{recovery_box}} has the list."
)
ASKING = "Ask early, and ask the nearest first."
# Put at the end of a section, for all partners.
ADDED = {
    "communications": "**After a flood,** say first which buildings are shut.",
    "scenario-telephony": "Ring the operator’s emergency line, and not the help desk.",
    "lessons": "Send what you learned to the other partners within a month.",
    "backups": "Keep one copy above the highest flood on record.",
    "exercises": "Every second exercise begins with the server room under water.",
}


GONE = "intranet"


def publish_third(by: User) -> GenericVersion:
    """Draft, change and publish 1.2.0, and bring it to every plan there is."""
    draft = versions.start_draft(by=by)
    for key, words in ADDED.items():
        _edit(by, draft, key, lambda body, words=words: f"{body}\n\n{words}")
    _edit(by, draft, "mutual-aid", lambda body: with_first(body, ASKING))
    _edit(by, draft, "data-protection", is_mandatory=True)
    _edit(by, draft, "planning", kind="service", rto=36 * 60)
    for task in draft.contents.filter(kind="task", fields__restores__contains=[GONE]):
        left = [key for key in task.fields["restores"] if key != GONE]
        _edit(by, draft, task.key, kind="task", restores=left)
    for kind, key in REMOVED:
        thing = draft.contents.get(kind=kind, key=key)
        versions.remove_object(by=by, thing=thing)
    for key, fields in NEW.items():
        versions.add_object(by=by, draft=draft, kind="section", key=key, fields=fields)
    made = versions.publish(by=by, draft=draft, number=(1, 2, 0), notes=NOTES)
    delivery.work(made.pk, Progress())
    return made


REMOVED = (
    ("section", "appendix-words"),
    ("section", "appendix-damage"),
    ("section", "appendix-sign-off"),
    ("service", GONE),
)
NEW = {
    "scenario-flood": {
        "title": "Flood of the server room",
        "parent": "scenarios",
        "body": FLOOD,
    },
    "night-shift": {
        "title": "Working through the night",
        "parent": "exercises",
        "body": "Whoever works after midnight is relieved at eight, and driven home.",
    },
    "emergency-store": {
        "title": "Emergency store",
        "parent": "provision",
        "body": STORE,
    },
}


def with_first(body: str, words: str) -> str:
    """A text with its first paragraph in other words."""
    _, gap, rest = body.partition("\n\n")
    return words + gap + rest


def _edit(by, draft, key, change=None, kind="section", **said):
    thing = draft.contents.get(kind=kind, key=key)
    fields = {**thing.fields, **said}
    if change:
        fields["body"] = change(fields["body"])
    versions.edit_object(by=by, thing=thing, fields=fields)
