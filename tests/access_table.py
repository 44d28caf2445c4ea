"""Who meets what at every address: the first of each pair is of Boston's thing."""

from tests.about_me_access import ABOUT_ME
from tests.access import HIDDEN, LED_AWAY, NOT_READ, REFUSED, SHOWN, SIGN_IN
from tests.own_access import MINE
from tests.proposals_access import PROPOSALS
from tests.recovery_access import RECOVERY

# Who asks. “Ours” keeps Boston's records, “theirs” Lincoln's; staff are Boston's.
OUTSIDE = ("nobody", "leaver", "stranger")
INSIDE = ("staff", "reader", "ours", "theirs", "chief")
ROLES = OUTSIDE + INSIDE
EVERYBODY, KEEPERS = set(INSIDE), {"ours", "theirs", "chief"}
OF_BOSTON, OF_LINCOLN, CHIEF = {"ours", "chief"}, {"theirs", "chief"}, {"chief"}


def row(boston, lincoln=None, otherwise=REFUSED, beyond=None):
    """Who is shown the page of Boston's thing, and of Lincoln's; what others meet.

    `beyond` is what meets those who keep records, but not this one.
    """
    outside = {"nobody": SIGN_IN, "leaver": SIGN_IN, "stranger": REFUSED}
    others = {"staff": otherwise, "reader": otherwise}
    others |= dict.fromkeys(KEEPERS, beyond or otherwise)
    return tuple(
        outside | others | dict.fromkeys(shown, SHOWN)
        for shown in (boston, boston if lincoln is None else lincoln)
    )


def same(outcome_, **others):
    """The same for all roles but those named."""
    return ({role: others.get(role, outcome_) for role in ROLES},) * 2


PUBLIC = same(SHOWN)
MEMBERS, TAKERS = row(EVERYBODY), row(EVERYBODY - {"reader"})
OWN_PARTNER, CHIEF_ONLY = row(OF_BOSTON, OF_LINCOLN), row(CHIEF)
# Pages that take a form and have nothing to read.
POSTED = same(NOT_READ, nobody=SIGN_IN, leaver=SIGN_IN, stranger=REFUSED)
# Who is signed in has nothing to do at the door; who is not, nothing behind it.
DOOR = {"stranger": REFUSED, **dict.fromkeys(INSIDE, LED_AWAY)}
SIGNED_IN = {"nobody": SIGN_IN, "leaver": SIGN_IN}

TABLE = {
    "": ({**row(EVERYBODY)[0], **dict.fromkeys(INSIDE, LED_AWAY)},) * 2,
    "healthz": PUBLIC,
    "help/": PUBLIC,
    "privacy/": PUBLIC,
    "accessibility/": PUBLIC,
    "skills/": MEMBERS,
    "skills/export.csv": TAKERS,
    "skills/people/<int:pk>/": MEMBERS,
    "skills/people/<int:pk>/history/": OWN_PARTNER,
    "skills/people/<int:pk>/history.csv": OWN_PARTNER,
    "skills/catalogue/": MEMBERS,
    "skills/catalogue/<int:pk>/": MEMBERS,
    "skills/catalogue/<int:pk>/export.csv": TAKERS,
    "skills/catalogue/<int:pk>/history/": CHIEF_ONLY,
    "skills/catalogue/<int:pk>/history.csv": CHIEF_ONLY,
    "skills/partners/": MEMBERS,
    "skills/partners/<slug:slug>/": MEMBERS,
    "skills/partners/<slug:slug>/export.csv": TAKERS,
    "skills/partners/<slug:slug>/history/": OWN_PARTNER,
    "skills/partners/<slug:slug>/history.csv": OWN_PARTNER,
    "skills/people/<int:pk>/transfer/": OWN_PARTNER,
    "skills/people/<int:pk>/second-factor/": OWN_PARTNER,
    "skills/transfers/": row(KEEPERS),
    "skills/transfers/export.csv": row(KEEPERS),
    "skills/transfers/<int:pk>/": row(OF_BOSTON, OF_LINCOLN, beyond=HIDDEN),
    "skills/transfers/<int:pk>/accept/": POSTED,
    "skills/transfers/<int:pk>/decline/": POSTED,
    "skills/transfers/<int:pk>/withdraw/": POSTED,
    # Who keeps one partner only is led to it.
    "skills/our-people/": ({**row(KEEPERS)[0], "ours": LED_AWAY, "theirs": LED_AWAY},)
    * 2,
    "skills/partners/<slug:slug>/people/": OWN_PARTNER,
    "skills/partners/<slug:slug>/people/export.csv": OWN_PARTNER,
    "skills/partners/<slug:slug>/people/confirm/": POSTED,
    "skills/partners/<slug:slug>/people/ask/": POSTED,
    "skills/partners/<slug:slug>/people/leave/": POSTED,
    "skills/unanswered-searches/": CHIEF_ONLY,
    "skills/unanswered-searches/export.csv": CHIEF_ONLY,
    # The demonstration is switched on for this walk.
    "outbox/": row(CHIEF, otherwise=HIDDEN),
    "accounts/login/": same(SHOWN, **DOOR),
    "accounts/": row(EVERYBODY),
    "accounts/sessions/": row(EVERYBODY),
    "invitations/accept/<str:token>/": same(LED_AWAY),
    "invitations/accept/": PUBLIC,
    "invitations/": row(KEEPERS),
    "invitations/export.csv": row(KEEPERS),
    "invitations/<int:pk>/again/": POSTED,
    "invitations/<int:pk>/withdraw/": POSTED,
    "skills/people/<int:pk>/invite/": POSTED,
    "skills/partners/<slug:slug>/people/invite/": POSTED,
    "accounts/logout/": same(SHOWN, **SIGNED_IN),
    "accounts/signup/": same(SHOWN, **DOOR),
    # What is not begun here cannot be finished: the providers are switched off.
    "accounts/organisation/": same(SHOWN, **DOOR),
    "accounts/connections/": same(SHOWN, stranger=REFUSED, **SIGNED_IN),
    "accounts/oidc/cancelled/": PUBLIC,
    "accounts/oidc/<slug:provider_id>/login/": same(NOT_READ),
    "accounts/oidc/<slug:provider_id>/login/callback/": same(HIDDEN),
    "accounts/password/change/": same(SHOWN, **SIGNED_IN),
    "accounts/password/set/": same(LED_AWAY, **SIGNED_IN),
    "accounts/password/reset/": same(SHOWN),
    "accounts/password/reset/done/": same(SHOWN),
    r"accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": PUBLIC,
    "accounts/password/reset/key/done/": PUBLIC,
    "accounts/reauthenticate/": same(SHOWN, **SIGNED_IN),
    "accounts/second-factor/": MEMBERS,
    # The cast has no second factor set up, and entered its password long ago.
    "accounts/second-factor/authenticate/": same(SIGN_IN, **DOOR),
    "accounts/second-factor/passkeys/login/": same(SIGN_IN, **DOOR),
    "admin/": row(KEEPERS),
    "admin/login/": row((), beyond=LED_AWAY),
    "admin/autocomplete/": row(()),
    "admin/jsi18n/": row(KEEPERS),
    "admin/logout/": row((), beyond=LED_AWAY),
    r"admin/^(?P<app_label>partners|rota|skills)/$": row(KEEPERS),
    r"admin/(?P<url>.*)$": row((), beyond=HIDDEN),
}
SECOND_FACTOR = {
    **dict.fromkeys(("reauthenticate/", "app/set-up/"), LED_AWAY),
    **dict.fromkeys(("app/remove/", "recovery-codes/"), HIDDEN),
    "recovery-codes/download/": HIDDEN,
    "recovery-codes/new/": LED_AWAY,
    "passkeys/": SHOWN,
    **dict.fromkeys(("passkeys/add/", "passkeys/<int:pk>/remove/"), LED_AWAY),
    "passkeys/reauthenticate/": LED_AWAY,
}
TABLE |= {
    f"accounts/second-factor/{page}": same(met, stranger=REFUSED, **SIGNED_IN)
    for page, met in SECOND_FACTOR.items()
}
FILES = "skills/partners/<slug:slug>/imports/"
FILE_PAGES = ("", "new/", "template.csv", "template.xlsx")
TABLE |= {f"{FILES}{page}": OWN_PARTNER for page in FILE_PAGES}
# Whose files are of no concern is not told that they are there.
BATCH, POSTED = (
    row(OF_BOSTON, OF_LINCOLN, otherwise=HIDDEN),
    row((), otherwise=NOT_READ),
)
TABLE |= {f"skills/imports/<int:pk>/{page}": BATCH for page in ("", "rows.csv")}
STEPS = ("confirm", "recheck", "undo", "discard")
TABLE |= {f"skills/imports/<int:pk>/{step}/": POSTED for step in STEPS}
ONE, OWN = "<path:object_id>/", (OF_BOSTON, OF_LINCOLN)


def records(*, opened, added, changed=None, deleted=(), taken="", history=SHOWN):
    """The rows of one table of the administration, with who may do what in it.

    `changed` says who may change Boston's thing, and who Lincoln's.
    """
    changed = changed or (opened, opened)
    beyond = LED_AWAY if opened == KEEPERS else REFUSED
    rows = {"": row(opened), "add/": row(added)}
    rows |= {f"{ONE}change/": row(*changed, beyond=beyond)}
    rows |= {ONE: told(row(*changed, beyond=beyond), LED_AWAY)}
    rows |= {f"{ONE}history/": told(row(*changed, beyond=HIDDEN), history)}
    rows |= {f"{ONE}delete/": removed(deleted)}
    rows |= {f"{file}.csv": row(KEEPERS) for file in taken.split()}
    return rows | {f"{file}.xlsx": row(KEEPERS) for file in taken.split()}


def removed(deleted):
    """Who may delete one's own meets nothing elsewhere; who may not is told no."""
    return row(*deleted, beyond=LED_AWAY) if deleted == OWN else row(deleted)


def told(outcomes, instead):
    """The same rows, where something else is met instead of the page."""
    return tuple(
        {role: instead if met == SHOWN else met for role, met in thing.items()}
        for thing in outcomes
    )


RECORDS = {
    "partners/partner": records(
        opened=KEEPERS, added=CHIEF, changed=OWN, deleted=CHIEF
    ),
    "partners/bankholiday": records(
        opened=KEEPERS, added=KEEPERS, changed=OWN, deleted=OWN
    ),
    "partners/user": records(opened=CHIEF, added=CHIEF, deleted=CHIEF),
    "partners/identityprovider": records(opened=CHIEF, added=CHIEF, deleted=CHIEF),
    "partners/disclosure": records(opened=CHIEF, added=(), history=HIDDEN),
    "partners/staffmember": records(
        opened=KEEPERS,
        added=KEEPERS,
        changed=OWN,
        deleted=CHIEF,
        taken="export absences",
        history=LED_AWAY,
    ),
    "skills/skillheld": records(
        opened=KEEPERS, added=KEEPERS, changed=OWN, deleted=OWN, taken="export"
    ),
    "skills/category": records(opened=CHIEF, added=CHIEF, deleted=CHIEF),
    "skills/skillrelation": records(opened=CHIEF, added=CHIEF, deleted=CHIEF),
    "skills/skill": records(opened=KEEPERS, added=CHIEF, deleted=CHIEF, taken="export"),
    "skills/unansweredsearch": records(
        opened=CHIEF, added=(), deleted=CHIEF, history=HIDDEN
    ),
}
TABLE |= (
    MINE
    | PROPOSALS
    | {
        f"admin/{table}/{page}": outcomes
        for table, rows in RECORDS.items()
        for page, outcomes in rows.items()
    }
)
TABLE |= ABOUT_ME | RECOVERY
