"""An update of a plan to a newer generic version: opened, begun, decided, closed."""

from dataclasses import dataclass, replace

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from disaster_recovery.content import cleaning
from disaster_recovery.content.objects import Name
from disaster_recovery.models import (
    GenericVersion,
    Plan,
    PlanDecision,
    PlanEdition,
    PlanUpdate,
)
from disaster_recovery.plans import drafts
from disaster_recovery.updates.choices import (
    Choice,
    ChoiceInContext,
    refuse_declining,
    resolve_choice,
)
from disaster_recovery.updates.comparison import (
    Comparison,
    Versions,
    compare,
    item_fingerprint,
)
from disaster_recovery.updates.locked_update import (
    LockedUpdate,
    count,
    lock_update,
    newest_edition,
)
from partners.models import User

MOVED_ON = (
    "Somebody else decided on this or changed it in the plan. Look at what it says "
    "now, and decide again if you still need to"
)
IN_REVIEW = (
    "The plan is in review, so it cannot be changed: send it back first, or wait until "
    "it is approved"
)


@transaction.atomic
def open_update(
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
    count(update, compare(edition, generic, versions))
    update.changes += decided
    if update.open_items or update.pk:
        update.save()
        return update
    return None


def _is_newer(version, other):
    return (version.major, version.minor, version.patch) > (
        other.major,
        other.minor,
        other.patch,
    )


@transaction.atomic
def begin(*, by: User, update: PlanUpdate) -> PlanUpdate:
    """Begin the review of an update: in the draft there is, or in a new one.

    What needs no decision is written there. Raises PermissionDenied, and
    ValidationError where the plan is in review.
    """
    drafts.refuse_others(by, update.plan.partner_id)
    update = lock_update(update)
    edition = newest_edition(update.plan)
    if not edition.is_open:
        edition = drafts.start_draft(by=by, plan=update.plan)
    elif not edition.is_draft:
        raise ValidationError(IN_REVIEW)
    draft = drafts.held(by, edition)
    if update.begun_at is None:
        update.begun_at, update.begun_by = timezone.now(), by
    with pghistory.context(user=by.pk):
        LockedUpdate(by, update, draft).settle()
    return update


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, and the comparison with what is left to decide."""

    decision: PlanDecision
    comparison: Comparison


@transaction.atomic
def decide(
    *,
    by: User,
    update: PlanUpdate,
    name: Name,
    seen: str,
    choice: Choice,
    shown: Comparison | None = None,
) -> Decided:
    """Settle one change as chosen, and record who did.

    `seen` is the fingerprint of the item that was looked at: whoever comes second is
    refused. `shown` saves a merge where nothing has changed since it was made. Raises
    PermissionDenied and ValidationError with a sentence, by field for values.
    """
    locked = LockedUpdate.of(by, update)
    comparison = locked.compare(shown)
    item = comparison.merge.by_name.get(name)
    if item is None or item.is_settled or item_fingerprint(item) != seen:
        raise ValidationError(MOVED_ON)
    reason = cleaning.text(" ".join(choice.reason.split()), most=500)
    choice = replace(choice, reason=reason)
    with pghistory.context(user=by.pk):
        if choice.choice == PlanDecision.Choice.DECLINED:
            refuse_declining(item, choice.reason)
        else:
            result = resolve_choice(
                ChoiceInContext(by, locked.draft, comparison, item, choice)
            )
            # Rows may have got another key.
            comparison = comparison.with_rows_of(locked.draft)
            locked.apply(comparison, item, result, is_read=True)
        decision = locked.record(item, choice)
        return Decided(decision, locked.settle())


@transaction.atomic
def accept_untouched(*, by: User, update: PlanUpdate) -> int:
    """Accept every change to what nobody changed here; how many there were.

    What waits for something else that is open stays open.
    """
    locked = LockedUpdate.of(by, update)
    comparison = locked.compare()
    accepted = [
        item
        for item in comparison.merge.open
        if item.is_bulk_acceptable and not item.waits_for
    ]
    with pghistory.context(user=by.pk):
        for item in accepted:
            locked.apply(comparison, item, item.result, is_read=False)
            locked.record(item, Choice(PlanDecision.Choice.BULK))
        if accepted:
            locked.settle()
    return len(accepted)


@transaction.atomic
def delete_draft(*, by: User, edition: PlanEdition) -> None:
    """Delete a draft, and with it what was accepted of an update: that is open again.

    A plan of which nothing was ever approved is deleted with its draft.
    """
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=edition.plan_id)
    drafts.discard_draft(by=by, edition=edition)
    update = plan.updates.order_by("opened_at", "pk").last()
    remaining = newest_edition(plan)
    if remaining is None:
        with pghistory.context(user=by.pk):
            plan.delete()
    if update is None or remaining is None:
        return
    update.begun_at = update.begun_by = None
    update.changes = update.open_items = 0
    count(update, compare(remaining, update.generic))
    update.closed_at = None if update.open_items else update.closed_at
    with pghistory.context(user=by.pk):
        update.save()
