"""A newer generic version taken up by a plan: begun, decided change by change, done."""

from dataclasses import replace

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from disaster_recovery.content import cleaning
from disaster_recovery.merging.plan_merge import MergeItem, Outcome
from disaster_recovery.models import (
    GenericVersion,
    Plan,
    PlanDecision,
    PlanEdition,
    PlanUpdate,
)
from disaster_recovery.plans import drafts
from disaster_recovery.updates import applying
from disaster_recovery.updates.choices import (
    Choice,
    ChoiceInContext,
    refuse_declining,
    resolve_choice,
)
from disaster_recovery.updates.comparison import Versions, compare, item_fingerprint
from partners.models import User

Name = tuple[str, str]
DONE = "Every change of this version is dealt with already"
MOVED_ON = (
    "Somebody decided on this meanwhile, or changed it in the plan: look at what it "
    "says now, and decide again if that is still needed"
)
TAKE_UP_FIRST = "Take the update up first: then there is a draft to decide in"
IN_REVIEW = (
    "The plan is in review, so nothing in it changes: send it back first, or wait "
    "until it is approved"
)


@transaction.atomic
def bring(
    *, plan: Plan, generic: GenericVersion, versions: Versions | None = None
) -> PlanUpdate | None:
    """Open an update of a plan, or point the open one to a still newer version.

    None where the plan has nothing to compare with, or nothing is new. Neither the
    plan nor any base is changed. Doing it again adds nothing.
    """
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    edition = newest_edition(plan)
    update = plan.updates.still_open().first()
    if edition is None or (update and not _is_newer(generic, update.generic)):
        return update
    if update is None:
        if edition.generic and not _is_newer(generic, edition.generic):
            return None
        update = PlanUpdate(plan=plan)
    update.generic, decided = generic, update.decided
    update.changes = 0
    _count(update, compare(edition, generic, versions))
    update.changes += decided
    if update.open_items or update.pk:
        update.save()
        return update
    return None


def newest_edition(plan: Plan) -> PlanEdition | None:
    """The draft or what is in review; else what is in force."""
    editions = plan.editions.exclude(state=PlanEdition.State.SUPERSEDED)
    return editions.select_related("generic").order_by("number").last()


def _is_newer(one, other):
    return _number(one) > _number(other)


def _number(version):
    return version.major, version.minor, version.patch


def _count(update, found):
    """Write down what is open; there are never fewer changes than that."""
    still = found.merge.open
    update.open_items = len(still)
    update.untouched = sum(item.is_bulk_acceptable for item in still)
    update.conflicts = sum(item.is_conflict for item in still)
    update.changes = max(update.changes, update.open_items)


@transaction.atomic
def begin(*, by: User, update: PlanUpdate) -> PlanUpdate:
    """Take an update up: in the draft there is, or in a new one.

    What needs no decision is written there. Raises PermissionDenied, and
    ValidationError where the plan is in review.
    """
    drafts.refuse_others(by, update.plan.partner_id)
    update = _held_update(update)
    edition = newest_edition(update.plan)
    if not edition.is_open:
        edition = drafts.start_draft(by=by, plan=update.plan)
    elif not edition.is_draft:
        raise ValidationError(IN_REVIEW)
    draft = drafts.held(by, edition)
    if update.begun_at is None:
        update.begun_at, update.begun_by = timezone.now(), by
    versions = Versions()
    with pghistory.context(user=by.pk):
        found = compare(draft, update.generic, versions)
        _settle(by, update, draft, found, versions)
    return update


def _held_update(update):
    # The plan first, as whoever brings a newer version holds it.
    Plan.objects.select_for_update(of=("self",)).get(pk=update.plan_id)
    rows = PlanUpdate.objects.select_for_update(of=("self",))
    update = rows.select_related("plan__partner", "generic").get(pk=update.pk)
    if update.closed_at:
        raise ValidationError(DONE)
    return update


def _settle(by, update, draft, found, versions):
    """Move the bases that nobody has to decide on, count, and close what is done."""
    same = []
    for item in found.merge.items:
        row = found.row_of(item)
        if not (item.moves_base and row) or row.base_id == update.generic_id:
            continue
        if item.outcome is Outcome.NOTHING and not item.superseded:
            same.append(row.pk)
        else:
            _write(by, update, draft, found, item, item.result)
    draft.contents.filter(pk__in=same).update(base=update.generic, edited_by=by)
    _count(update, compare(draft, update.generic, versions))
    if not update.open_items:
        update.closed_at = timezone.now()
        draft.generic = update.generic
        draft.save()
    update.save()


def _write(by, update, draft, found, item, result, is_read=None):
    applying.apply_decision(
        by=by,
        draft=draft,
        found=found,
        item=item,
        result=result,
        generic=update.generic,
        is_read=is_read,
    )


@transaction.atomic
def decide(
    *, by: User, update: PlanUpdate, name: Name, seen: str, choice: Choice
) -> PlanDecision:
    """Settle one change as chosen, and write down who did.

    `seen` is the seal of the item that was looked at: whoever comes second is refused.
    Raises PermissionDenied and ValidationError with a sentence, by field for values.
    """
    versions = Versions()
    update, draft, found = _opened(by, update, versions)
    item = found.merge.by_name.get(name)
    if item is None or item.is_settled or item_fingerprint(item) != seen:
        raise ValidationError(MOVED_ON)
    choice = replace(choice, reason=_reason(choice.reason))
    with pghistory.context(user=by.pk):
        if choice.choice == PlanDecision.Choice.DECLINED:
            refuse_declining(item, choice.reason)
        else:
            result = resolve_choice(ChoiceInContext(by, draft, found, item, choice))
            # Rows may have got another key.
            found = compare(draft, update.generic, versions)
            _write(by, update, draft, found, item, result, is_read=True)
        decision = _note(by, update, item, choice)
        found = compare(draft, update.generic, versions)
        _settle(by, update, draft, found, versions)
    return decision


def _opened(by, update, versions):
    drafts.refuse_others(by, update.plan.partner_id)
    update = _held_update(update)
    edition = newest_edition(update.plan)
    if edition is None or not edition.is_open or update.begun_at is None:
        raise ValidationError(TAKE_UP_FIRST)
    draft = drafts.held(by, edition)
    return update, draft, compare(draft, update.generic, versions)


def _reason(typed):
    return cleaning.text(" ".join(typed.split()), most=500)


def _note(by, update, item, choice):
    return PlanDecision.objects.create(
        update=update,
        generic=update.generic,
        kind=item.kind,
        key=item.key,
        title=title_of(item),
        outcome=item.outcome,
        choice=choice.choice,
        declined=[*item.declines]
        if choice.choice == PlanDecision.Choice.DECLINED
        else [],
        reason=choice.reason,
        decided_by=by,
    )


def title_of(item: MergeItem) -> str:
    """What an object is called: here, else in the new version, else as it was."""
    three = (item.ours, item.theirs, item.base)
    told = (one.fields.get("title") for one in three if one)
    return str(next((title for title in told if title), item.key))[:300]


@transaction.atomic
def accept_untouched(*, by: User, update: PlanUpdate) -> int:
    """Take every change of what nobody touched here; how many there were.

    What waits for something else that is open stays open.
    """
    versions = Versions()
    update, draft, found = _opened(by, update, versions)
    taken = [i for i in found.merge.open if i.is_bulk_acceptable and not i.waits_for]
    with pghistory.context(user=by.pk):
        for item in taken:
            _write(by, update, draft, found, item, item.result, is_read=False)
            _note(by, update, item, Choice(PlanDecision.Choice.BULK))
        if taken:
            found = compare(draft, update.generic, versions)
            _settle(by, update, draft, found, versions)
    return len(taken)


@transaction.atomic
def delete_draft(*, by: User, edition: PlanEdition) -> None:
    """Give a draft up, and with it what was taken of an update: that is open again.

    A plan of which nothing was ever approved goes with its draft, to be begun anew.
    """
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=edition.plan_id)
    drafts.discard_draft(by=by, edition=edition)
    update = plan.updates.order_by("opened_at", "pk").last()
    left = newest_edition(plan)
    if left is None:
        with pghistory.context(user=by.pk):
            plan.delete()
    if update is None or left is None:
        return
    update.begun_at = update.begun_by = None
    update.changes = update.open_items = 0
    _count(update, compare(left, update.generic))
    update.closed_at = None if update.open_items else update.closed_at
    with pghistory.context(user=by.pk):
        update.save()
