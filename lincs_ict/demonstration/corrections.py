"""Requests for correction: one is answered, and two wait."""

from lincs_ict.demonstration.logins import LOGINS
from lincs_ict.demonstration.people import Person
from lincs_ict.demonstration.roles import keepers
from partners.models import CorrectionRequest, Disclosure
from partners.people import corrections

CALLUM = LOGINS[3].email
RUBY = "Ruby Thackeray"
WAITING = "My base site is wrong: since the office move I work from the other building."
HOURS = "I have worked Tuesday to Friday since September, not Monday to Thursday."
ANSWERED = "My post should read senior officer; it changed in the spring."
ANSWER = "Your letter of appointment gives the post as it is here: ask your manager."


def make_corrections(people: list[Person]) -> None:
    """Callum waits for a second answer, and Ruby for a first."""
    [callum] = [p.staff for p in people if p.staff.work_email == CALLUM]
    kept_by = {slug: keeper.user for slug, keeper in keepers(people).items()}
    keeper = kept_by[callum.partner.slug]
    earlier = corrections.ask(by=callum.user, what=ANSWERED)
    declined = CorrectionRequest.State.DECLINED
    corrections.answer(by=keeper, request=earlier, state=declined, answer=ANSWER)
    corrections.ask(by=callum.user, what=WAITING)
    [ruby] = [p.staff for p in people if p.staff.name == RUBY]
    CorrectionRequest.objects.create(staff=ruby, what=HOURS)
    _opened(callum, keeper)


def _opened(person, by):
    """Somebody looked the person up, and took away a list with them in it."""
    Disclosure.objects.create(by=by, kind="page", what="person", staff_ids=[person.pk])
    Disclosure.objects.create(
        by=by,
        kind="export",
        what="search",
        filters={"q": ["service desk"], "level": ["2"]},
        staff_ids=[person.pk],
    )
