"""Where somebody is signed in: told to them, ended by them, ended for want of use."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import F
from django.utils import timezone

from partners.models import User

IDLE = timedelta(hours=12)
PACE = timedelta(minutes=5)
USED_AT = "used_at"

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """One browser in which somebody is signed in."""

    session: UserSession
    is_this_one: bool

    @property
    def browser(self) -> str:
        return browser(self.session.user_agent)


def browser(user_agent: str) -> str:
    """What a browser says of itself, in words: “Firefox on Windows”."""
    name = _first(_BROWSERS, user_agent)
    system = _first(_SYSTEMS, user_agent)
    if name and system:
        return f"{name} on {system}"
    return name or system or "Unknown browser"


def _first(known, text):
    return next((name for sign, name in known if sign in text), "")


def is_idle(session, now: datetime) -> bool:
    """Whether a session has not been used for twelve hours."""
    used_at = session.get(USED_AT)
    return used_at is not None and now.timestamp() - used_at > IDLE.total_seconds()


def note_use(session, now: datetime) -> None:
    """Remember that a session is used, every five minutes at most."""
    if now.timestamp() - session.get(USED_AT, 0) < PACE.total_seconds():
        return
    session[USED_AT] = int(now.timestamp())
    UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=now)


def places(user: User, session_key: str | None) -> list[Place]:
    """Where the login is signed in now, this browser first: two queries."""
    found = UserSession.objects.filter(user=user).order_by("-last_seen_at", "-pk")
    kept = {row.session_key: row for row in found}
    alive = Session.objects.filter(pk__in=kept, expire_date__gt=timezone.now())
    here = [kept[row.pk] for row in alive if _is_of(user, row)]
    here.sort(key=lambda row: row.last_seen_at, reverse=True)
    here.sort(key=lambda row: row.session_key != session_key)
    return [Place(row, row.session_key == session_key) for row in here]


def _is_of(user, session):
    """Whether it still opens the door: not since a changed password or role."""
    held = session.get_decoded()
    return held.get("_auth_user_hash") == user.get_session_auth_hash()


def end(*, user: User, session_id: int) -> bool:
    """Sign this login out of one browser; False where it was signed out already."""
    session = UserSession.objects.filter(user=user, pk=session_id).first()
    if session:
        session.end()
    return bool(session)


def end_all(*, user: User) -> None:
    """Sign this login out everywhere, wherever it was signed in from."""
    User.objects.filter(pk=user.pk).update(session_edition=F("session_edition") + 1)
    for session in UserSession.objects.filter(user=user):
        session.end()


def tidy_up() -> int:
    """Forget the sessions that are over, and the browsers they were in; how many."""
    over, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    alive = Session.objects.values("pk")
    UserSession.objects.exclude(session_key__in=alive).delete()
    return over
