"""Work too long for a page: done once, found again, given up with a sentence."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from partners import jobs
from partners.models import Job
from partners.models.job import MOST_ATTEMPTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch):
    """What was worked on and given up; “digging” is the kind of work."""
    seen = []
    monkeypatch.setattr(jobs, "_known", jobs._Handlers())
    jobs.register(
        "digging",
        lambda target, progress: seen.append(("dug", target)),
        lambda target, sentence: seen.append((sentence, target)),
    )
    return seen


def break_off(monkeypatch, seen):
    def work(target, progress):
        raise RuntimeError("the spade broke")

    jobs.register("digging", work, lambda target, said: seen.append((said, target)))


def test_jobs_are_done_in_order_and_once(done):
    jobs.enqueue("digging", 1), jobs.enqueue("digging", 2)
    call_command("work", once=True)
    call_command("work", once=True)
    assert done == [("dug", 1), ("dug", 2)]
    assert {job.state for job in Job.objects.all()} == {"done"}


def test_without_jobs_there_is_nothing_to_do(done):
    assert jobs.work_once() is False


def test_a_job_waits_once(done):
    jobs.enqueue("digging", 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        jobs.enqueue("digging", 1)


def test_a_job_that_breaks_off_is_tried_again_and_given_up(done, monkeypatch, caplog):
    break_off(monkeypatch, done)
    job = jobs.enqueue("digging", 1)
    for _ in range(MOST_ATTEMPTS):
        assert jobs.work_once()
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == ("failed", 3, jobs.GAVE_UP)
    assert done == [(jobs.GAVE_UP, 1)]
    assert jobs.work_once() is False
    assert "the spade broke" in caplog.text


def test_the_job_of_a_worker_that_fell_silent_is_found_again(done):
    jobs.enqueue("digging", 1)
    assert Job.objects.claim()
    assert jobs.work_once() is False
    Job.objects.update(held_until=timezone.now() - timedelta(seconds=1))
    assert jobs.work_once()
    assert done == [("dug", 1)]


def test_a_job_that_kills_its_workers_is_given_up(done):
    jobs.enqueue("digging", 1)
    silent = timezone.now() - timedelta(seconds=1)
    Job.objects.update(state="running", held_until=silent, attempts=MOST_ATTEMPTS)
    assert jobs.work_once()
    assert done == [(jobs.GAVE_UP, 1)]


def test_the_worker_tidies_up_as_it_starts(done):
    jobs.register_daily(lambda: done.append("tidied"))
    call_command("work", once=True)
    assert done == ["tidied"]


def test_daily_work_that_breaks_off_keeps_nothing_else_waiting(done):
    jobs.register_daily(lambda: 1 / 0)
    jobs.register_daily(lambda: done.append("tidied"))
    jobs.enqueue("digging", 1)
    call_command("work", once=True)
    assert done == ["tidied", ("dug", 1)]


@pytest.mark.django_db(transaction=True)
def test_a_heart_says_how_far_the_work_is(done, monkeypatch):
    monkeypatch.setattr(jobs, "BEAT", 0.01)
    job = jobs.enqueue("digging", 1)

    def work(target, progress):
        progress.of(3, 7)
        for _ in range(1000):
            job.refresh_from_db()
            if job.done:
                return

    jobs.register("digging", work, None)
    jobs.work_once()
    assert (job.done, job.total, job.state) == (3, 7, "running")
    job.refresh_from_db()
    assert job.state == "done"
