"""Who meets what where rotas are kept: by the partnership coordinator."""

from tests.access_table import (
    CHIEF,
    CHIEF_ONLY,
    MEMBERS,
    OWN_PARTNER,
    TAKERS,
    records,
)

_KEPT = "rota/<slug:rota>/"
KEEPING = {
    "rota/": MEMBERS,
    "rota/export.csv": MEMBERS,
    "rota/add/": CHIEF_ONLY,
    "rota/lay-out-all/": CHIEF_ONLY,
    "rota/lay-out-all/<int:run>/": CHIEF_ONLY,
    "rota/changes/<int:change>/": MEMBERS,
    "rota/changes/<int:change>/undo/": OWN_PARTNER,
    _KEPT: MEMBERS,
    f"{_KEPT}changes/": MEMBERS,
    f"{_KEPT}changes.csv": TAKERS,
    f"{_KEPT}history/": OWN_PARTNER,
    f"{_KEPT}history.csv": OWN_PARTNER,
}
_PAGES = (
    *("change/", "close/", "lay-out/", "members/<int:member>/"),
    *("blocks/add/", "blocks/<int:block>/", "blocks/<int:block>/remove/"),
    *("hours/add/", "hours/<int:demand>/", "hours/<int:demand>/remove/"),
    *("rotations/add/", "rotations/<int:rotation>/"),
    *("rotations/<int:rotation>/order/", "rotations/<int:rotation>/remove/"),
)
KEEPING |= {f"{_KEPT}{page}": CHIEF_ONLY for page in _PAGES}
_TABLES = ("rota", "demandtemplate", "rotation", "rotationmember", "block")
RECORDS = {
    f"admin/rota/{table}/{page}": outcomes
    for table in _TABLES
    for page, outcomes in records(opened=CHIEF, added=CHIEF, deleted=CHIEF).items()
}
KEEPING |= RECORDS
