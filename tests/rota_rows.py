"""Who meets what at the addresses of the rota."""

from tests.access import HIDDEN, LED_AWAY, SHOWN
from tests.access_table import (
    KEEPERS,
    MEMBERS,
    OF_BOSTON,
    OF_LINCOLN,
    POSTED,
    PUBLIC,
    TAKERS,
    row,
    same,
)
from tests.rota_keeping_rows import KEEPING

_OWN = row(OF_BOSTON, OF_LINCOLN)
_NOT_YET = tuple(
    {role: LED_AWAY if met == SHOWN else met for role, met in met_by.items()}
    for met_by in _OWN
)
DUTIES = {
    "rota/duties/<int:duty>/": MEMBERS,
    "rota/duties/<int:duty>/cover/": _OWN,
    # It has not begun: who keeps it is led to the duty.
    "rota/duties/<int:duty>/correct/": _NOT_YET,
    "rota/duties/<int:duty>/exchange/": _OWN,
    "rota/people/<int:person>/unable/": _OWN,
    # A change of another kind.
    "rota/changes/<int:change>/vacated/": row((), otherwise=HIDDEN),
    "rota/<slug:rota>/assign/": _OWN,
    "rota/<slug:rota>/planner/": _OWN,
}
SWAPS = {
    "rota/duties/<int:duty>/swap/": _OWN,
    "rota/swaps/": MEMBERS,
    "rota/swaps/export.csv": TAKERS,
    # An open request is for everybody whose partner is in the rota.
    "rota/swaps/<int:swap>/": row(OF_BOSTON | {"staff"}, OF_LINCOLN, otherwise=HIDDEN),
    "rota/swaps/<int:swap>/withdraw/": POSTED,
}
# Figures for meetings: readers take them too.
REPORTS = {"rota/fairness/": MEMBERS, "rota/fairness/export.csv": MEMBERS}
ON_CALL = {
    "rota/on-call/": MEMBERS,
    "on-call/<str:token>/": PUBLIC,
    "rota/<slug:rota>/week/": MEMBERS,
    "rota/<slug:rota>/week.csv": TAKERS,
    "rota/api/": MEMBERS,
    # A telephone system brings a token of its own.
    "rota/api/on-call/": same("401"),
    "rota/addresses/": row(KEEPERS),
    "rota/addresses/<int:address>/withdraw/": POSTED,
}
FEEDS = {
    # Whoever has the address; of one that leads nowhere the tests of feeds tell.
    "rota/feeds/<str:words>/duties.ics": PUBLIC,
    "rota/my-calendar/": MEMBERS,
    "rota/my-calendar/<int:address>/withdraw/": POSTED,
}
CALENDAR = {
    "rota/calendar/": MEMBERS,
    "rota/calendar.csv": TAKERS,
    "rota/gaps/": MEMBERS,
    "rota/gaps.csv": MEMBERS,
    "rota/mine/": MEMBERS,
    "rota/mine.csv": MEMBERS,
    "rota/duties/<int:duty>/confirm/": POSTED,
}
ROTA = CALENDAR | FEEDS | DUTIES | SWAPS | REPORTS | ON_CALL | KEEPING
