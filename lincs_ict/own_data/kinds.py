"""What can be held about somebody: every kind of record that names a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models import Field, Model, Q, QuerySet
from post_office.models import Email

from disaster_recovery.models import (
    Offer,
    PlanDecision,
    PlanEdition,
    PlanEditor,
    PlanPack,
)
from partners.models import (
    Absence,
    Appointment,
    CorrectionRequest,
    Disclosure,
    Invitation,
    Reminder,
    SecondFactorReset,
    StaffMember,
    Transfer,
    User,
    WorkingDay,
)
from rota.models import Duty, RotationMember, RotaToken, Swap, SwapAsked
from skills.models import (
    Certification,
    HandledSearch,
    ImportBatch,
    ImportRow,
    LearningWish,
    SkillHeld,
    SkillProposal,
)

# What records carry for the machine's sake: in the copy, but on no page.
EVERYWHERE = frozenset({"version", "key"})


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record, and by which of its fields it is somebody's.

    `key` names its file in the copy. `secret` fields are told nowhere, `technical`
    ones in the copy only. Where the history is another's too, it is not told.
    """

    key: str
    title: str
    model: type[Model]
    by: tuple[str, ...] = ("staff",)
    secret: frozenset[str] = frozenset()
    technical: frozenset[str] = frozenset()
    has_history: bool = True

    def of(self, user: User) -> QuerySet:
        """The rows that are about this login or its person."""
        return _any(self.model, dict(self.owners(user)))

    def owners(self, user: User) -> Iterator[tuple[str, int]]:
        """The fields that say whose it is, and whom they must name."""
        ids = {StaffMember: user.standing.staff_id, User: user.pk}
        for name in self.by:
            field = self.model._meta.get_field(name)
            whose = ids[field.related_model or self.model]
            if whose:
                yield name, whose

    def fields(self) -> list[Field]:
        """What is told of such a row; that it is theirs goes without saying."""
        unsaid = {*self.secret, *(self.by if len(self.by) == 1 else ())}
        return [
            field
            for field in self.model._meta.concrete_fields
            if not (field.generated or field.name in unsaid)
        ]

    def is_on_page(self, field: Field) -> bool:
        return not (field.primary_key or field.name in EVERYWHERE | self.technical)


def _any(model, conditions):
    if not conditions:
        return model._default_manager.none()
    wanted = reduce(or_, (Q(**{name: pk}) for name, pk in conditions.items()))
    return model._default_manager.filter(wanted)


# Keys and codes of a second factor open the login, so they leave the site nowhere.
_SECRETS = frozenset({"data"})

# A new model with a key to a person or a login belongs here, or below.
KINDS = (
    Kind("record", "Your record", StaffMember, ("id",), technical=frozenset({"user"})),
    Kind(
        "login",
        "Your login",
        User,
        ("id",),
        secret=frozenset({"password", "session_edition"}),
    ),
    Kind("login-e-mails", "E-mails of your login", EmailAddress, ("user",)),
    Kind(
        "connections",
        "Accounts of your organisation that sign you in",
        SocialAccount,
        ("user",),
        technical=frozenset({"uid", "extra_data"}),
    ),
    Kind(
        "browsers",
        "Where you signed in",
        UserSession,
        ("user",),
        secret=frozenset({"session_key", "data"}),
        has_history=False,
    ),
    Kind("second-factor", "Your second factor", Authenticator, ("user",), _SECRETS),
    Kind("second-factor-resets", "Resets of your second factor", SecondFactorReset),
    Kind("roles", "Your roles", Appointment, ("user",)),
    Kind("working-days", "Working days", WorkingDay),
    Kind("absences", "Absences", Absence),
    Kind("covers", "Absences you cover", Absence, ("cover",), has_history=False),
    Kind("skills-held", "Skills held", SkillHeld),
    Kind("wishes", "What you want to learn", LearningWish),
    Kind("certificates", "Certificates", Certification),
    Kind("transfers", "Transfers", Transfer),
    Kind(
        "duties",
        "Duties on rotas",
        Duty,
        technical=frozenset({"uid", "made_by", "replaced_by"}),
        has_history=False,
    ),
    Kind(
        "swaps-asked",
        "Duties you were asked to take",
        SwapAsked,
        has_history=False,
    ),
    Kind(
        "swaps",
        "Duties you asked others to take, or took",
        Swap,
        ("asked_by", "accepted_by"),
        technical=frozenset({"change"}),
        has_history=False,
    ),
    Kind("rotations", "Rotations you take turns in", RotationMember),
    Kind(
        "rota-addresses",
        "Secret addresses of your calendar",
        RotaToken,
        ("staff", "made_by"),
        secret=frozenset({"digest", "shown"}),
        has_history=False,
    ),
    Kind("corrections", "Requests for correction", CorrectionRequest),
    Kind("reminders", "Reminders", Reminder),
    Kind(
        "invitations",
        "Invitations to sign in",
        Invitation,
        secret=frozenset({"digest"}),
        technical=frozenset({"message"}),
        has_history=False,
    ),
    Kind("proposals", "Skills you proposed", SkillProposal, ("proposed_by",)),
    Kind(
        "imports",
        "Files you brought in",
        ImportBatch,
        ("uploaded_by", "applied_by", "undone_by"),
        technical=frozenset(
            {"sha256", "checks", "checked_at", "rows_unchanged", "is_partial"}
        ),
    ),
    Kind(
        "plan-editions",
        "Editions of recovery plans you began, sent for review or approve",
        PlanEdition,
        ("started_by", "submitted_by", "approver"),
        technical=frozenset({"fingerprint"}),
    ),
    Kind(
        "plans-edited",
        "Recovery plans you changed",
        PlanEditor,
        ("user",),
        has_history=False,
    ),
    Kind(
        "plan-decisions",
        "What you decided when the generic recovery plan changed",
        PlanDecision,
        ("decided_by",),
        technical=frozenset({"declined"}),
        has_history=False,
    ),
    Kind(
        "plan-packs",
        "Packs of recovery plans you made",
        PlanPack,
        ("made_by",),
        # The contacts are other people's.
        secret=frozenset({"contacts"}),
        technical=frozenset({"fingerprint"}),
        has_history=False,
    ),
    Kind(
        "plan-offers",
        "What you offered to the generic recovery plan",
        Offer,
        ("offered_by",),
    ),
    Kind(
        "searches", "Unanswered searches you dealt with", HandledSearch, ("handled_by",)
    ),
)
# Fields that name somebody in what is held about another, and why that is not told.
OF_OTHERS = {
    "partners.StaffMember.user": "both ends are told: the record and the login",
    "partners.StaffMember.confirmed_by": "a colleague’s record, which you confirmed",
    "skills.SkillHeld.confirmed_by": "a colleague’s level, which you confirmed",
    "skills.SkillProposal.decided_by": "a colleague’s proposal, which you decided",
    "partners.Invitation.invited_by": "a colleague’s invitation, which you sent",
    "partners.Invitation.withdrawn_by": "a colleague’s invitation, which you took back",
    "skills.SkillMerge.merged_by": "the catalogue’s, which you put in order",
    "skills.SkillMerge.undone_by": "the catalogue’s, which you put in order",
    "partners.SecondFactorReset.reset_by": "a colleague’s, which you reset",
    "rota.Swap.answered_by": "a colleague’s request, which you answered",
    "rota.LayingOut.asked_by": "all rotas’, which you had laid out",
    "rota.DutyChange.made_by": "colleagues’ duties, which you arranged",
    "disaster_recovery.GenericVersion.published_by": "the partnership’s generic plan",
    "disaster_recovery.Offer.answered_by": "a partner’s offer, which you answered",
    "disaster_recovery.PlanUpdate.begun_by": "a partner’s plan, told by edition",
    "disaster_recovery.PlanObject.edited_by": "a partner’s plan, told by edition",
    "disaster_recovery.PlanParameter.edited_by": "a partner’s plan, told by edition",
    "admin.LogEntry.user": "nothing is ever written there",
    "pghistory.MiddlewareEvents.user": "a view of the histories, told as history",
}


# These grow without end, and have pages of their own.
TAKEN = Kind(
    "taken",
    "What you opened or took away",
    Disclosure,
    ("by",),
    secret=frozenset({"staff_ids"}),
)
OPENED = Kind(
    "opened", "Who opened your details", Disclosure, (), secret=frozenset({"staff_ids"})
)
MESSAGES = Kind(
    "messages",
    "Messages sent to you",
    Email,
    (),
    secret=frozenset({"bcc", "context", "headers", "template"}),
    technical=frozenset(
        {
            *("from_email", "html_message", "recipient_delivery_status", "priority"),
            *("last_updated", "scheduled_time", "expires_at", "message_id"),
            *("number_of_retries", "backend_alias"),
        }
    ),
)
IMPORTED = Kind(
    "imported",
    "Rows about you in files brought in",
    ImportRow,
    (),
    technical=frozenset({"values", "old", "target", "applied_version"}),
)
