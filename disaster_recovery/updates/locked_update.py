"""An update somebody is working on: its rows locked, compared, written and counted."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils import timezone

from disaster_recovery.content.objects import Local
from disaster_recovery.merging.outcomes import MergeItem, Outcome
from disaster_recovery.models import Plan, PlanDecision, PlanEdition, PlanUpdate
from disaster_recovery.plans import drafts
from disaster_recovery.updates import applying
from disaster_recovery.updates.choices import Choice
from disaster_recovery.updates.comparison import (
    Comparison,
    Versions,
    compare_rows,
    read_inputs,
)
from partners.models import User

DONE = "This update is finished: every change has been decided"
REVIEW_FIRST = "Choose “Review the update” first, so that there is a draft to change"


def newest_edition(plan: Plan) -> PlanEdition | None:
    """The draft or the edition in review; else the one in force."""
    editions = plan.editions.exclude(state=PlanEdition.State.SUPERSEDED)
    return editions.select_related("generic").order_by("number").last()


def title_of(item: MergeItem) -> str:
    """The title of an object: here, else in the new version, else as it was."""
    three = (item.ours, item.theirs, item.base)
    titles = (thing.fields.get("title") for thing in three if thing)
    return str(next((title for title in titles if title), item.key))[:300]


def count(update: PlanUpdate, comparison: Comparison) -> None:
    """Note how much is open; there are never fewer changes than that."""
    items = comparison.merge.open
    update.open_items = len(items)
    update.untouched = sum(item.is_bulk_acceptable for item in items)
    update.conflicts = sum(item.is_conflict for item in items)
    update.changes = max(update.changes, update.open_items)


def lock_update(update: PlanUpdate) -> PlanUpdate:
    """The update, locked; raises ValidationError if it is finished."""
    # The plan first, as opening an update locks it.
    Plan.objects.select_for_update(of=("self",)).get(pk=update.plan_id)
    rows = PlanUpdate.objects.select_for_update(of=("self",))
    update = rows.select_related("plan__partner", "generic").get(pk=update.pk)
    if update.closed_at:
        raise ValidationError(DONE)
    return update


@dataclass(frozen=True, slots=True)
class LockedUpdate:
    """An update and its draft, both locked, and whoever works on them."""

    by: User
    update: PlanUpdate
    draft: PlanEdition
    versions: Versions = field(default_factory=Versions)

    @classmethod
    def of(cls, by: User, update: PlanUpdate) -> "LockedUpdate":
        """Raises PermissionDenied, and ValidationError before its review begins."""
        drafts.refuse_others(by, update.plan.partner_id)
        update = lock_update(update)
        edition = newest_edition(update.plan)
        if edition is None or not edition.is_open or update.begun_at is None:
            raise ValidationError(REVIEW_FIRST)
        return cls(by, update, drafts.held(by, edition))

    def compare(self, shown: Comparison | None = None) -> Comparison:
        """The merge as it is now: the one that was shown, if nothing has changed."""
        inputs = read_inputs(self.draft, self.update.generic)
        if shown and shown.inputs.are_as_in(inputs):
            return shown
        return compare_rows(inputs, self.versions)

    def apply(
        self,
        comparison: Comparison,
        item: MergeItem,
        result: Local | None,
        *,
        is_read: bool | None = None,
    ) -> None:
        applying.apply_decision(
            by=self.by,
            draft=self.draft,
            comparison=comparison,
            item=item,
            result=result,
            generic=self.update.generic,
            is_read=is_read,
        )

    def record(self, item: MergeItem, choice: Choice) -> PlanDecision:
        is_declined = choice.choice == PlanDecision.Choice.DECLINED
        return PlanDecision.objects.create(
            update=self.update,
            generic=self.update.generic,
            kind=item.kind,
            key=item.key,
            title=title_of(item),
            outcome=item.outcome,
            choice=choice.choice,
            declined=[*item.declines] if is_declined else [],
            reason=choice.reason,
            decided_by=self.by,
        )

    def settle(self) -> Comparison:
        """Move the bases that need no decision, count, and close a finished update."""
        comparison = self.compare()
        if self._move_settled_bases(comparison):
            comparison = self.compare()
        update, draft = self.update, self.draft
        count(update, comparison)
        if not update.open_items:
            update.closed_at = timezone.now()
            draft.generic = update.generic
            draft.save()
        update.save()
        return comparison

    def _move_settled_bases(self, comparison):
        """Whether there was any base to move."""
        update, unchanged, changed = self.update, [], []
        for item in comparison.merge.items:
            row = comparison.row_of(item)
            if not (item.moves_base and row) or row.base_id == update.generic_id:
                continue
            if item.outcome is Outcome.NOTHING and not item.superseded:
                unchanged.append(row.pk)
            else:
                changed.append(item)
        for item in changed:
            self.apply(comparison, item, item.result)
        rows = self.draft.contents.filter(pk__in=unchanged)
        rows.update(base=update.generic, edited_by=self.by)
        return bool(changed or unchanged)
