"""Which number to ring now for somebody, and whose it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colleague:
    """What is known today of a person one may want to ring."""

    name: str
    number: str
    is_away: bool = False
    is_at_work: bool | None = None

    @property
    def answers(self) -> bool:
        """Whether ringing them now is worth a try."""
        return bool(self.number) and not self.is_away and self.is_at_work is not False


@dataclass(frozen=True, slots=True)
class Desk:
    """A partner's service desk, and the number outside its hours."""

    partner: str
    telephone: str
    out_of_hours: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class NumberToCall:
    """A telephone number (empty if none is recorded), whose it is, and why."""

    number: str
    whose: str
    why: str


def number_to_ring(
    person: Colleague, cover: Colleague | None, desk: Desk
) -> NumberToCall:
    """Own number while at work; if away, the cover's; else the service desk's.

    `is_at_work` None means that no hours are recorded: then the own number is tried.
    """
    if person.answers:
        return NumberToCall(person.number, person.name, "")
    if person.is_away and cover and cover.answers:
        return NumberToCall(cover.number, cover.name, f"covers for {person.name}")
    return _desk(person, desk)


def _desk(person, desk):
    why = _why(person)
    if not desk.is_open and desk.out_of_hours:
        return NumberToCall(desk.out_of_hours, f"{desk.partner} out of hours", why)
    if not desk.telephone and person.number:
        return NumberToCall(person.number, person.name, why)
    return NumberToCall(desk.telephone, f"{desk.partner} service desk", why)


def _why(person):
    if person.is_away:
        return f"{person.name} is away"
    if person.is_at_work is False:
        return f"{person.name} is not at work now"
    return f"no number is recorded for {person.name}"
