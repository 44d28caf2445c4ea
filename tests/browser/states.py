"""Every page of ours, and every state in which somebody may meet it."""

from dataclasses import dataclass

LEAD = "Partnership coordinator"
KEEPER = "Coordinator of Boston"
STAFF = "Member of staff"
READER = "Reader (senior sponsor)"
STRANGER = "stranger@council.example"
TOO_MUCH = "&".join(f"x{n}=1" for n in range(1_001))


@dataclass(frozen=True, slots=True)
class State:
    """An address somebody opens, as whom, and what they do there."""

    role: str | None
    address: str
    types: dict[str, str] | None = None
    says: str = ""


def nobody(address, types=None, says=""):
    return State(None, address, types, says)


def searched(address, says):
    return State(STAFF, f"/skills/?{address}", None, says)


SIGN_IN = {
    "sign in": nobody("/accounts/login/", None, "Demo logins"),
    "sign in, empty": nobody("/accounts/login/", {}, "Enter your work e-mail"),
    "sign in, wrong": nobody(
        "/accounts/login/",
        {"login": "a@b.example", "password": "wrong"},
        "The e-mail or the password is not right",
    ),
    "sign up": nobody("/accounts/signup/", None, "given by coordinators"),
    "sign out": State(STAFF, "/accounts/logout/", None, "Do you want to sign out?"),
    "forgotten": nobody("/accounts/password/reset/", None, "Send the link"),
    "forgotten, empty": nobody("/accounts/password/reset/", {}, "Enter your work"),
    "forgotten, sent": nobody("/accounts/password/reset/done/", None, "Look at your"),
    "old link": nobody("/accounts/password/reset/key/1-a-b/", None, "not work any"),
    "chosen": nobody("/accounts/password/reset/key/done/", None, "is changed"),
    "change": State(STAFF, "/accounts/password/change/", None, "Change your"),
    "change, wrong": State(
        STAFF, "/accounts/password/change/", {"oldpassword": "x"}, "There is a problem"
    ),
    "first password": State(STRANGER, "/accounts/password/set/", None, "no password"),
    "first password, empty": State(STRANGER, "/accounts/password/set/", {}, "problem"),
}

SEARCH = {
    "search, untouched": searched("", "Who can help?"),
    "search, one term": searched("q=SCCM", "former name"),
    "search, two terms": searched("q=vmware%2C+backup", "All of these"),
    "search, two meanings": searched("q=AD", "can mean several"),
    "search, misspelled": searched("q=exchnge", "Nothing matches"),
    "search, filtered": searched(
        "q=vpn&level=2&willing=1&partner=boston&sort=name", "Remove filter"
    ),
    "search, page two": searched("page=2", "Previous"),
    "search, nobody left": searched(
        "q=cobol&partner=boston&level=4&teach=1&confirmed=1", "Nobody"
    ),
    "search, nothing": searched("q=bin+day", "Nothing found"),
    "search, unknown filter": searched("q=vpn&partner=nowhere", "There is no"),
    "search, no such page": searched("q=vpn&page=999", "There is no page 999"),
    "search, far too long": searched(f"q={'antidisestablish' * 20}", "Not read"),
    "search, reader": State(READER, "/skills/?q=vpn", None, "people"),
}

DIRECTORY = {
    "person": State(STAFF, "/skills/people/{person}/", None, "Certificates"),
    "person, away": State(STAFF, "/skills/people/{away}/", None, "covers"),
    "person, own": State(STAFF, "/skills/people/{colleague}/", None, "Ring now"),
    "person, kept": State(KEEPER, "/skills/people/{kept}/", None, "Change this record"),
    "person, history": State(
        LEAD, "/skills/people/{kept}/history/", None, "History of"
    ),
    "catalogue": State(STAFF, "/skills/catalogue/", None, "Skills in the catalogue"),
    "catalogue, one shelf": State(
        STAFF, "/skills/catalogue/?category={category}", None, "VMware vSphere"
    ),
    "skill": State(LEAD, "/skills/catalogue/{skill}/", None, "By partner and level"),
    "skill, unheld": State(STAFF, "/skills/catalogue/{unheld}/", None, "Nobody in"),
    "skill, history": State(
        LEAD, "/skills/catalogue/{skill}/history/", None, "History of"
    ),
    "partners": State(STAFF, "/skills/partners/", None, "Out of hours"),
    "partner": State(LEAD, "/skills/partners/{partner}/", None, "Service desk"),
    "partner, history": State(
        LEAD, "/skills/partners/{partner}/history/", None, "History of"
    ),
    "gaps": State(LEAD, "/skills/unanswered-searches/", None, "Unanswered searches"),
    "outbox": State(LEAD, "/outbox/", None, "Messages of this demonstration"),
}

TRANSFERS = {
    "transfers": State(KEEPER, "/skills/transfers/", None, "Waiting for an answer"),
    "transfer": State(KEEPER, "/skills/transfers/{transfer}/", None, "Withdraw"),
    "release": State(KEEPER, "/skills/people/{kept}/transfer/", None, "stays at"),
    "release, empty": State(
        KEEPER, "/skills/people/{kept}/transfer/", {}, "Choose the new partner"
    ),
    "partner, history, not understood": State(
        LEAD, "/skills/partners/boston/history/?since=soon", None, "as a date"
    ),
}

AROUND = {
    "help": nobody("/help/", None, "What the search understands"),
    "privacy": nobody("/privacy/", None, "Your rights"),
    "accessibility": nobody("/accessibility/", None, "What does not work yet"),
    "400": State(STAFF, f"/skills/?{TOO_MUCH}", None, "was not understood"),
    "403": State(
        STAFF, "/skills/unanswered-searches/", None, "You may not open this page"
    ),
    "403, stranger": State(STRANGER, "/skills/", None, "not in the directory"),
    "404": State(STAFF, "/nowhere/", None, "Page not found"),
    "404, nobody": nobody("/nowhere/", None, "Page not found"),
}

PROPOSE, PROPOSAL = "/skills/catalogue/propose/", "/skills/proposals/{proposal}/"
ALIASES, GAP, WHY = (
    "/skills/catalogue/{skill}/aliases/",
    "/skills/unanswered-searches/{gap}/",
    "/skills/why/",
)
UNKNOWN = {"alias-skill": "qqqq"}
PROPOSALS = {
    "propose": State(STAFF, PROPOSE, None, "What you have proposed"),
    "propose, empty": State(STAFF, PROPOSE, {}, "Enter the name of the skill"),
    "propose, near": State(STAFF, PROPOSE, {"name": "exchnge"}, "Is it one of these?"),
    "proposals": State(LEAD, "/skills/proposals/?state=all", None, "Declined"),
    "proposals, none": State(LEAD, "/skills/proposals/?state=x", None, "no state"),
    "proposal": State(LEAD, PROPOSAL, None, "Is it a new skill?"),
    "proposal, wrong": State(LEAD, PROPOSAL, UNKNOWN, "No skill is called"),
    "proposal, decided": State(LEAD, "/skills/proposals/{declined}/", None, "Outcome"),
    "aliases": State(LEAD, ALIASES, None, "Add another name"),
    "aliases, both": State(LEAD, ALIASES, {"text": "Microsoft Hyper-V"}, "means both"),
    "gap": State(LEAD, GAP, None, "Another name of a skill"),
    "gap, wrong": State(LEAD, GAP, UNKNOWN, "No skill is called"),
    "handled": State(LEAD, "/skills/unanswered-searches/handled/", None, "Dismissed"),
    "why": State(STAFF, WHY, None, "Ask about yourself"),
    "why, empty": State(STAFF, f"{WHY}?q=vpn&person=", None, "Enter the name"),
    "why, nobody": State(STAFF, f"{WHY}?q=vpn&person=qq", None, "nobody called"),
    "why, several": State(LEAD, f"{WHY}?q=vpn&person=an", None, "Who is it?"),
    "why, told": State(
        LEAD, f"{WHY}?q=vpn&level=4&today=1&person={{kept}}", None, "not turn up"
    ),
    "why, there": State(LEAD, f"{WHY}?q=hyper-v&person={{kept}}", None, "position"),
}

STATES = SIGN_IN | SEARCH | DIRECTORY | TRANSFERS | PROPOSALS | AROUND
