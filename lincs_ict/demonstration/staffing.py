"""How many people each partner has in each post."""

_COUNTY = {
    "head": 1,
    "manager": 2,
    "service": 1,
    "desk lead": 2,
    "desk": 5,
    "apprentice": 2,
    "desktop lead": 1,
    "desktop": 3,
    "infrastructure": 2,
    "storage": 1,
    "linux": 1,
    "network lead": 1,
    "networks": 2,
    "telephony": 1,
    "security lead": 1,
    "security": 2,
    "m365": 2,
    "cloud": 1,
    "databases": 1,
    "data": 1,
    "developer lead": 1,
    "developer": 1,
    "web": 1,
    "maps": 1,
    "county applications": 2,
    "projects": 1,
}
_POLICE = {
    "head": 1,
    "manager": 1,
    "service": 1,
    "desk lead": 1,
    "desk": 5,
    "desktop": 2,
    "infrastructure": 1,
    "servers": 1,
    "networks": 2,
    "security lead": 1,
    "security": 1,
    "databases": 1,
    "police applications": 3,
    "information": 1,
}
_HOSPITALS = {
    "head": 1,
    "manager": 1,
    "service": 1,
    "desk lead": 1,
    "desk": 4,
    "sites": 3,
    "desktop": 2,
    "servers": 2,
    "storage": 1,
    "networks": 2,
    "security": 1,
    "databases": 1,
    "health applications": 3,
    "projects": 1,
}
_TRUST = {
    "manager": 1,
    "desk lead": 1,
    "desk": 3,
    "sites": 2,
    "infrastructure": 1,
    "servers": 1,
    "networks": 1,
    "m365": 1,
    "security": 1,
    "data": 1,
    "health applications": 2,
}
_DISTRICT = {
    "manager": 1,
    "infrastructure": 1,
    "network officer": 1,
    "desk lead": 1,
    "desk": 1,
}

STAFFING: dict[str, dict[str, int]] = {
    "north-kesteven": _DISTRICT | {"web": 1},
    "south-kesteven": _DISTRICT | {"applications": 1},
    "east-lindsey": _DISTRICT | {"applications": 1, "apprentice": 1},
    "west-lindsey": _DISTRICT | {"m365": 1, "applications": 1, "desk lead": 0},
    "south-holland": _DISTRICT | {"applications": 1},
    "boston": _DISTRICT | {"applications": 1},
    "lincoln": _DISTRICT | {"applications": 1, "maps": 1},
    "lincolnshire": _COUNTY,
    "lincolnshire-police": _POLICE,
    "ulth": _HOSPITALS,
    "lpft": _TRUST | {"projects": 1, "information": 1, "developer": 1},
    "lchs": _TRUST,
}


def vacancies(slug: str, taken: list[str]) -> list[str]:
    """The posts of a partner that are still to be filled, in order."""
    left = list(taken)
    open_posts = []
    for post, count in STAFFING[slug].items():
        for _ in range(count):
            if post in left:
                left.remove(post)
            else:
                open_posts.append(post)
    return open_posts
