"""Who does which kind of job, and one job done with a beating heart."""

import logging
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

from django.db import connection
from django.utils import timezone

from partners.models.job import LEASE, MOST_ATTEMPTS, Job

logger = logging.getLogger(__name__)

BEAT = 2.0
GAVE_UP = (
    f"This was tried {MOST_ATTEMPTS} times and broke off each time. Nothing of it was "
    "kept: try again, and tell the partnership coordinator if it happens again"
)


@dataclass(slots=True)
class Progress:
    """How far a job is; the heart beside it writes this down."""

    done: int = 0
    total: int = 0

    def of(self, done: int, total: int) -> None:
        self.done, self.total = done, total


@dataclass(frozen=True, slots=True)
class Handler:
    """What does a kind of job, and what to do once it is given up."""

    work: Callable[[int, Progress], None]
    give_up: Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class _Handlers:
    of_kind: dict[str, Handler] = field(default_factory=dict)
    daily: list[Callable[[], object]] = field(default_factory=list)


_known = _Handlers()


def register(kind: str, work, give_up) -> None:
    """Called by the apps above as they get ready, so that none is imported here."""
    _known.of_kind[kind] = Handler(work, give_up)


def register_daily(work: Callable[[], object]) -> None:
    """What each worker does as it starts and every morning: safe to do at once."""
    if work not in _known.daily:
        _known.daily.append(work)


def do_daily_work() -> None:
    """Do all of it: what breaks off keeps neither the rest nor jobs waiting."""
    for work in _known.daily:
        try:
            work()
        except Exception:
            logger.exception("Daily work broke off: %s", work.__qualname__)


def enqueue(kind: str, target: int) -> Job:
    """One job; called in the transaction that it belongs to."""
    return Job.objects.create(kind=kind, target=target)


def work_once() -> bool:
    """Do the next job, if there is one; whether there was."""
    job = Job.objects.claim()
    if job is None:
        return False
    if job.attempts > MOST_ATTEMPTS:
        _give_up(job)
        return True
    progress = Progress()
    try:
        with _heart(job.pk, progress):
            _known.of_kind[job.kind].work(job.target, progress)
    except Exception:
        logger.exception("A job broke off: %s", job)
        _try_again(job)
    else:
        _finish(job, Job.State.DONE)
    return True


def _try_again(job):
    if job.attempts >= MOST_ATTEMPTS:
        _give_up(job)
        return
    Job.objects.filter(pk=job.pk).update(state=Job.State.WAITING, held_until=None)


def _give_up(job):
    _finish(job, Job.State.FAILED, GAVE_UP)
    handler = _known.of_kind.get(job.kind)
    if handler:
        handler.give_up(job.target, GAVE_UP)


def _finish(job, state, error=""):
    Job.objects.filter(pk=job.pk).update(
        state=state, error=error, finished_at=timezone.now(), held_until=None
    )


@contextmanager
def _heart(pk, progress):
    """Beside the work, in a connection of its own, say that it goes on."""
    stop = Event()
    heart = Thread(target=_beat, args=(pk, progress, stop), daemon=True)
    heart.start()
    try:
        yield
    finally:
        stop.set()
        heart.join()


def _beat(pk, progress, stop):
    try:
        while not stop.wait(BEAT):
            Job.objects.filter(pk=pk, state=Job.State.RUNNING).update(
                held_until=timezone.now() + LEASE,
                done=min(progress.done, progress.total),
                total=progress.total,
            )
    except Exception:
        logger.exception("The heart of a job stopped")
    finally:
        connection.close()
