"""Merging two skills, and taking the merge back; retiring one, and bringing it back."""

from collections.abc import Iterable, Iterator

import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from partners.models import StaffMember, User
from skills.bulk_update import blocks, kept, update
from skills.catalogue.merge_plan import (
    MODELS,
    Deed,
    Kind,
    Plan,
    columns_of,
    refuse_unlike,
)
from skills.catalogue.merge_report import edited_since, renumber
from skills.catalogue.names import refuse_others
from skills.models import Alias, MergedRow, Skill, SkillHeld, SkillMerge
from skills.models.held import HELD

ONE_LEVEL = "skills.SkillHeld:confirm_one_level"
CHANGED = (
    "One of the two skills or its records has changed, so "
    "nothing is merged yet: check what would happen now, then "
    "merge"
)
UNDONE = "Somebody else has already undone this merge"


class EditedSince(Exception):
    """Rows that somebody edited since the merge."""

    def __init__(self, rows: list[MergedRow]):
        super().__init__(f"{len(rows)} rows")
        self.rows = rows


@transaction.atomic
def merge(
    *, by: User, from_skill: Skill, into_skill: Skill, fingerprint: str
) -> SkillMerge:
    """Make one skill of two, exactly as the preview with this fingerprint said.

    Raises PermissionDenied, and ValidationError with a sentence where the two cannot
    be merged or something of theirs was changed meanwhile.
    """
    refuse_others(by)
    from_skill, into_skill = _locked(from_skill.pk, into_skill.pk)
    refuse_unlike(from_skill, into_skill)
    plan = Plan(from_skill, into_skill, is_final=True)
    if plan.fingerprint != fingerprint:
        raise ValidationError(CHANGED)
    with pghistory.context(user=by.pk):
        done = _record(plan, by)
        _keep(done, _carried_out(plan))
        _retire_into(plan)
    return done


def _locked(*ids):
    """The skills, as nobody else can change or use them until the transaction ends."""
    found = Skill.objects.filter(pk__in=ids).order_by("pk").select_for_update()
    by_id = {skill.pk: skill for skill in found}
    return [by_id[pk] for pk in ids]


def _record(plan, by):
    return SkillMerge.objects.create(
        from_skill=plan.from_skill,
        into_skill=plan.into_skill,
        merged_by=by,
        was_retired_on=plan.from_skill.retired_on,
        followers=[skill.pk for skill in plan.followers],
        moved=len(plan.moved),
        both=len(plan.both),
        wishes=len(plan.wishes),
        certificates=len(plan.certificates),
        names=len(plan.names),
    )


def _carried_out(plan: Plan) -> Iterator[MergedRow]:
    """Writes a thousand rows at a time, and tells what each of them was."""
    yield from _dropped(Kind.HELD, [both.theirs for both in plan.both])
    yield from _joined([both for both in plan.both if both.is_changed])
    alike = [both.ours for both in plan.both if not both.is_changed]
    yield from _told(Kind.HELD, Deed.JOINED, alike, {})
    yield from _dropped(Kind.WISH, plan.dropped_wishes)
    yield from _dropped(Kind.NAME, plan.dropped_names)
    into = plan.into_skill.pk
    yield from _moved(Kind.HELD, plan.moved, into)
    yield from _moved(Kind.WISH, plan.moved_wishes, into)
    yield from _moved(Kind.CERTIFICATE, plan.certificates, into)
    yield from _moved(Kind.NAME, plan.moved_names, into)
    if plan.adds_name:
        name = Alias.objects.create(
            skill=plan.into_skill,
            text=plan.from_skill.name,
            kind=Alias.Kind.FORMER,
            source="merged",
        )
        yield MergedRow(kind=Kind.NAME, deed=Deed.ADDED, target=name.pk, version=1)


def _dropped(kind, rows):
    for block in blocks(rows):
        MODELS[kind].objects.filter(pk__in=[row.pk for row in block]).delete()
    return _told(kind, Deed.DROPPED, rows, {})


def _moved(kind, rows, into):
    places = [(row.pk, into) for row in rows]
    left = update(MODELS[kind], ["skill_id"], places, version="version")
    return _told(kind, Deed.MOVED, rows, left)


def _joined(people):
    rows = [(both.ours.pk, *(both.result[name] for name in HELD)) for both in people]
    # The level and its confirmation come from the same row, so they stay together.
    with pgtrigger.ignore(ONE_LEVEL):
        left = update(SkillHeld, HELD, rows, version="version")
    return _told(Kind.HELD, Deed.JOINED, [both.ours for both in people], left)


def _told(kind, deed, rows, left) -> Iterable[MergedRow]:
    return [
        MergedRow(
            kind=kind,
            deed=deed,
            target=row.pk,
            before=_before(row),
            version=left.get(row.pk),
        )
        for row in rows
    ]


def _before(row):
    told = {name: kept(value) for name, value in columns_of(row).items()}
    return told | {"version": row.version}


def _keep(done, rows):
    whole = list(rows)
    for row in whole:
        row.merge = done
    MergedRow.objects.bulk_create(whole, batch_size=1000)


def _retire_into(plan):
    """Those merged into the skill before go along: nothing leads to what is gone."""
    into = plan.into_skill
    followers = [skill.pk for skill in plan.followers]
    Skill.objects.filter(pk__in=followers).update(merged_into=into)
    Skill.objects.filter(pk=plan.from_skill.pk).update(
        merged_into=into, retired_on=plan.from_skill.retired_on or timezone.localdate()
    )


@transaction.atomic
def undo(*, by: User, merge: SkillMerge, leaves_edited: bool = False) -> SkillMerge:
    """Put every row back that nobody edited since.

    Raises PermissionDenied, ValidationError with a sentence where it cannot be undone,
    and EditedSince unless what was edited is to be left as it is.
    """
    refuse_others(by)
    done = SkillMerge.objects.select_for_update().get(pk=merge.pk)
    if done.undone_at:
        raise ValidationError(UNDONE)
    from_skill, into_skill = _locked(done.from_skill_id, done.into_skill_id)
    if from_skill.merged_into_id != into_skill.pk:
        raise ValidationError(
            f"“{into_skill}” has since been merged into another skill: "
            "undo that merge first"
        )
    edited, untouched = edited_since(done)
    if edited and not leaves_edited:
        raise EditedSince(edited)
    _forget_logins_that_are_gone(untouched)
    with pghistory.context(user=by.pk):
        _bring_out(done)
        _put_back(done, untouched)
        done.undone_at, done.undone_by = timezone.now(), by
        done.left_alone = len(edited)
        done.save()
    return done


def _forget_logins_that_are_gone(rows):
    confirmed = [row.before for row in rows if row.before.get("confirmed_by_id")]
    ids = {before["confirmed_by_id"] for before in confirmed}
    here = {*User.objects.filter(pk__in=ids).values_list("pk", flat=True)}
    for before in confirmed:
        if before["confirmed_by_id"] not in here:
            before["confirmed_by_id"] = None


def _bring_out(done):
    """The skill stands by itself again, and what had been merged into it follows."""
    Skill.objects.filter(pk=done.from_skill_id).update(
        merged_into=None, retired_on=done.was_retired_on
    )
    followers = Skill.objects.filter(pk__in=done.followers)
    followers.filter(merged_into=done.into_skill_id).update(
        merged_into=done.from_skill_id
    )


def _put_back(done, rows):
    for kind, model in MODELS.items():
        of = {deed: [] for deed in Deed}
        for row in rows:
            if row.kind == kind:
                of[row.deed].append(row)
        for block in blocks([row.target for row in of[Deed.ADDED]]):
            model.objects.filter(pk__in=block).delete()
        places = [(row.target, done.from_skill_id) for row in of[Deed.MOVED]]
        left = update(model, ["skill_id"], places, version="version")
        renumber(of[Deed.MOVED], left)
        _make_again(model, of[Deed.DROPPED])
    changed = [row for row in rows if row.deed == Deed.JOINED and row.version]
    joined = [_as_before(row) for row in changed]
    with pgtrigger.ignore(ONE_LEVEL):
        left = update(SkillHeld, HELD, joined, version="version")
    renumber(changed, left)


def _as_before(row):
    return (row.target, *(row.before[name] for name in HELD))


def _make_again(model, rows):
    """The rows that were dropped, under their old keys, of people still recorded."""
    ids = {row.before["staff_id"] for row in rows if "staff_id" in row.before}
    people = {*StaffMember.objects.filter(pk__in=ids).values_list("pk", flat=True)}
    model.objects.bulk_create(
        (
            model(pk=row.target, **row.before)
            for row in rows
            if row.before.get("staff_id") in {None, *people}
        ),
        batch_size=1000,
    )


@transaction.atomic
def retire(*, by: User, skill: Skill, version: int) -> Skill:
    """Offer a skill no more; who holds it keeps it. Raises as `bring_back` does."""
    skill = _as_read(by, skill, version)
    skill.retired_on = skill.retired_on or timezone.localdate()
    return _saved(by, skill)


@transaction.atomic
def bring_back(*, by: User, skill: Skill, version: int) -> Skill:
    """Offer a retired skill again.

    Raises PermissionDenied, and ValidationError with a sentence where somebody was
    first or the skill is merged into another.
    """
    skill = _as_read(by, skill, version)
    skill.retired_on = None
    skill.full_clean()
    return _saved(by, skill)


def _as_read(by, skill, version):
    refuse_others(by)
    (found,) = _locked(skill.pk)
    if found.version != version:
        raise ValidationError(
            "Somebody else has changed this skill: check what it says now"
        )
    return found


def _saved(by, skill):
    with pghistory.context(user=by.pk):
        skill.save()
    return skill
