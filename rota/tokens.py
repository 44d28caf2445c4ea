"""Secret addresses: made and shown once, known again by their hash, withdrawn."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from partners.models import Partner, StaffMember, User
from rota.models import Rota, RotaToken

Kind = RotaToken.Kind
OF_ALL = (Kind.SWITCHBOARD, Kind.TELEPHONY)


def digest(words: str) -> bytes:
    """What is kept of a secret address."""
    return sha256(words.encode()).digest()


def may_make(
    user: User,
    *,
    kind: str,
    staff: StaffMember | None = None,
    partner: Partner | None = None,
) -> bool:
    """Whether a login may make such an address: own, of its partners, or of all."""
    standing = user.standing
    if standing.is_partnership_coordinator:
        return True
    if kind == Kind.OWN:
        is_own = standing.staff_id is not None and staff.pk == standing.staff_id
        return is_own or standing.coordinates_partner(staff.partner_id)
    if partner is not None:
        return standing.coordinates_partner(partner.pk)
    return kind == Kind.ROTA and bool(standing.coordinates)


@transaction.atomic
def make(
    *,
    by: User,
    kind: str,
    label: str = "",
    staff: StaffMember | None = None,
    rota: Rota | None = None,
    partner: Partner | None = None,
) -> tuple[RotaToken, str]:
    """A new address and its secret words, which are known to nobody afterwards.

    Raises PermissionDenied for who may not make it.
    """
    if not may_make(by, kind=kind, staff=staff, partner=partner):
        raise PermissionDenied
    words = secrets.token_urlsafe(24)
    address = RotaToken(kind=kind, label=label, digest=digest(words), made_by=by)
    address.staff, address.rota, address.partner = staff, rota, partner
    address.save()
    return address, words


@transaction.atomic
def withdraw(*, by: User, address: RotaToken) -> RotaToken:
    """Let an address lead nowhere from now on; once is enough."""
    if not RotaToken.objects.editable_by(by).filter(pk=address.pk).exists():
        raise PermissionDenied
    RotaToken.objects.in_force().filter(pk=address.pk).update(revoked_at=timezone.now())
    address.refresh_from_db()
    return address


def find_calendar(words: str) -> RotaToken | None:
    """The calendar in force that has these words, unless whose it is has left."""
    found = RotaToken.objects.in_force().calendars().of_those_here()
    found = found.filter(digest=digest(words))
    return found.select_related("staff__partner", "rota", "partner").first()


def note_shown(address: RotaToken, text: bytes) -> datetime:
    """Since when, to the second, an address has shown this; and that it was used.

    What is new is later than what was before, by a second at least: so nobody who
    asks by the second is told that nothing changed when something did.
    """
    hashed = sha256(text).digest()
    is_new = bytes(address.shown or b"") != hashed
    if is_new or address.last_used_on != timezone.localdate():
        _note(address, hashed)
    return address.shown_since


@transaction.atomic
def _note(address, hashed):
    kept = RotaToken.objects.select_for_update().filter(pk=address.pk)
    before = kept.get()
    is_new = bytes(before.shown or b"") != hashed
    since = before.shown_since
    if is_new:
        now = timezone.now().replace(microsecond=0)
        since = max(now, since + timedelta(seconds=1)) if since else now
    address.shown_since = since
    kept.update(shown=hashed, shown_since=since, last_used_on=timezone.localdate())
