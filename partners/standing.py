"""What a login may do: the roles of a user, reduced to questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

COORDINATOR = "coordinator"
PARTNERSHIP_COORDINATOR = "partnership coordinator"
READER = "reader"


@dataclass(frozen=True, slots=True)
class Standing:
    """The roles somebody holds today; the default is a stranger's."""

    staff_id: int | None = None
    partner_id: int | None = None
    coordinates: frozenset[int] = frozenset()
    is_partnership_coordinator: bool = False
    is_reader: bool = False

    @classmethod
    def of(
        cls,
        appointments: Iterable[tuple[str, int | None]],
        *,
        staff_id: int | None = None,
        partner_id: int | None = None,
    ) -> Self:
        """From (role, partner id) pairs and the person behind the login, if any."""
        held = set(appointments)
        roles = {role for role, _ in held}
        return cls(
            staff_id=staff_id,
            partner_id=partner_id,
            coordinates=frozenset(p for role, p in held if role == COORDINATOR and p),
            is_partnership_coordinator=PARTNERSHIP_COORDINATOR in roles,
            is_reader=READER in roles,
        )

    @property
    def is_stranger(self) -> bool:
        """Signed in, but nothing here is theirs to see."""
        return not (self.staff_id or self.may_administer or self.is_reader)

    @property
    def may_administer(self) -> bool:
        """Whether the administration is open at all."""
        return self.is_partnership_coordinator or bool(self.coordinates)

    @property
    def is_only_reader(self) -> bool:
        """A reader and nothing else: no mobile numbers, no lists to take away."""
        return self.is_reader and not (self.staff_id or self.may_administer)

    @property
    def sees_mobiles(self) -> bool:
        """Whether mobile numbers that nobody hides are shown."""
        return not (self.is_stranger or self.is_only_reader)

    def sees_mobile_of(self, person) -> bool:
        """Whether this person's mobile number is shown, dialled or handed over.

        A hidden one is for its owner and their coordinators; `person` tells its pk,
        partner_id and is_mobile_hidden.
        """
        if not person.is_mobile_hidden:
            return self.sees_mobiles
        is_own = self.staff_id is not None and self.staff_id == person.pk
        return is_own or self.coordinates_partner(person.partner_id)

    @property
    def exports_people(self) -> bool:
        """Whether search results may be taken away as CSV."""
        return not (self.is_stranger or self.is_only_reader)

    def coordinates_partner(self, partner_id: int | None) -> bool:
        """Whether this partner's records are theirs to keep."""
        return self.is_partnership_coordinator or partner_id in self.coordinates
