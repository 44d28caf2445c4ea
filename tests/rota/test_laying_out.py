"""Laying out one rota, which is read first, and all of them by the worker."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from partners import jobs
from partners.models import Job
from rota.duties import generation, generation_job
from rota.models import Duty, DutyChange, LayingOut, Rota
from tests.factories import make_user
from tests.rota.pages import typed
from tests.rota_makers import make_crew, make_laying_out, make_rota, utc
from tests.support.reading import text_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = date(2026, 12, 20)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_now")]


@pytest.fixture
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def chief(client_of, partnership_coordinator):
    return client_of(partnership_coordinator)


@pytest.fixture
def run(partnership_coordinator):
    return generation_job.start_generation(by=partnership_coordinator, last_day=DAY)


def asked(chief, rota, day="20+12+2026"):
    return chief.get(f"/rota/{rota.slug}/lay-out/?last_day={day}")


def test_what_would_come_is_shown_and_nothing_written(chief):
    rota, people = make_crew()
    answer = asked(chief, rota)
    assert "0 duties go and 28 come" in text_of(answer)
    gained = {s.who: len(s.gained) for s in answer.context["shares"]}
    assert sum(gained.values()) == 28
    assert {*gained} == {person.name for person in people}
    assert Duty.objects.count() == 0


def test_what_was_read_is_laid_out(chief, partnership_coordinator):
    rota, _ = make_crew()
    address = f"/rota/{rota.slug}/lay-out/"
    answer = chief.post(address, typed(chief, asked(chief, rota)))
    change = DutyChange.objects.get()
    assert answer.headers["Location"] == f"/rota/changes/{change.pk}/"
    assert change.made_by == partnership_coordinator
    assert change.why == "Duties created until 20 December 2026"
    assert rota.duties.current().count() == 28
    again = asked(chief, rota)
    assert "No duties change" in text_of(again)
    assert "Create these duties" not in text_of(again)


def test_what_nobody_has_read_is_not_laid_out(chief):
    rota, people = make_crew()
    read = typed(chief, asked(chief, rota))
    rota.rotations.get().members.get(staff=people[1]).delete()
    answer = chief.post(f"/rota/{rota.slug}/lay-out/", read)
    assert "The duties changed while you were reading" in text_of(answer)
    assert Duty.objects.count() == 0
    chief.post(f"/rota/{rota.slug}/lay-out/", typed(chief, answer))
    assert Duty.objects.count() == 28


def test_posted_twice_it_is_laid_out_once(chief):
    rota, _ = make_crew()
    read = typed(chief, asked(chief, rota))
    for _ in range(2):
        chief.post(f"/rota/{rota.slug}/lay-out/", read)
    assert DutyChange.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("22+11+2026", "The last day has passed"),
        ("1+1+2029", "at most two years"),
        ("31+12+9999", "at most two years"),
        ("x%00", "Enter the last day as a date"),
        ("", "Enter the last day"),
    ],
)
def test_a_last_day_that_is_no_use_is_said(chief, day, sentence):
    rota, _ = make_crew()
    answer = asked(chief, rota, day)
    assert sentence in text_of(answer)
    assert "There is a problem" in text_of(answer)
    posted = chief.post(
        f"/rota/{rota.slug}/lay-out/", {"last_day": day.replace("+", " ")}
    )
    assert sentence in posted.text
    assert Duty.objects.count() == 0


def test_all_rotas_are_laid_out_by_the_worker(chief, partnership_coordinator):
    first, second = make_crew()[0], make_crew()[0]
    answer = chief.post("/rota/lay-out-all/", {"last_day": "20 12 2026"})
    run = LayingOut.objects.get()
    assert answer.headers["Location"] == f"/rota/lay-out-all/{run.pk}/"
    page = text_of(chief.get(answer.headers["Location"]))
    assert "waiting for its turn" in page
    assert 'http-equiv="refresh"' in page
    jobs.work_once()
    assert [r.duties.current().count() for r in (first, second)] == [28, 28]
    page = text_of(chief.get(answer.headers["Location"]))
    assert "56 duties laid out, 0 replaced" in page
    assert "in 2 of 2 rotas" in page
    assert 'http-equiv="refresh"' not in page
    assert {c.made_by for c in DutyChange.objects.all()} == {partnership_coordinator}


def test_how_far_it_is_is_told(chief, run):
    make_crew()
    Job.objects.update(done=3, total=7)
    assert "3 of 7 rotas" in text_of(chief.get(f"/rota/lay-out-all/{run.pk}/"))


def test_a_rota_that_cannot_be_is_said_and_keeps_no_other_back(chief, run, monkeypatch):
    (bad, _), (good, _) = make_crew(), make_crew()
    whole = generation.generate

    def generate(*, rota, **others):
        if rota == bad:
            raise ValidationError("Somebody is on duty elsewhere")
        return whole(rota=rota, **others)

    monkeypatch.setattr(generation, "generate", generate)
    jobs.work_once()
    assert good.duties.current().count() == 28
    page = text_of(chief.get(f"/rota/lay-out-all/{run.pk}/"))
    assert f"{bad.name}</a>: Somebody is on duty elsewhere" in page
    assert "in 1 of 2 rotas" in page


def test_a_rota_that_closes_is_laid_out_until_then_and_a_closed_one_is_not(run):
    rota, _ = make_crew()
    gone, _ = make_crew()
    Rota.objects.filter(pk=rota.pk).update(closed_on=date(2026, 11, 30))
    Rota.objects.filter(pk=gone.pk).update(closed_on=date(2026, 11, 1))
    jobs.work_once()
    assert rota.duties.latest("starts_at").starts_at == utc("2026-11-29 17:00")
    assert gone.duties.count() == 0
    run.refresh_from_db()
    assert (run.rotas, run.refusals) == (1, [])


def test_done_again_after_a_break_it_counts_once(run):
    make_crew()
    generation_job.work(run.pk, jobs.Progress())
    generation_job.work(run.pk, jobs.Progress())
    run.refresh_from_db()
    assert (run.made, run.changed, run.state) == (28, 1, "done")


def test_given_up_it_says_so(chief, run):
    generation_job.give_up(run.pk, "Tried")
    page = text_of(chief.get(f"/rota/lay-out-all/{run.pk}/"))
    assert "This stopped early" in page


def test_one_at_a_time(chief, run):
    with pytest.raises(IntegrityError), generation_job.transaction.atomic():
        generation_job.start_generation(by=run.asked_by, last_day=DAY)
    answer = chief.post("/rota/lay-out-all/", {"last_day": "20 12 2026"})
    assert "Duties are already being created for all rotas" in text_of(answer)


@pytest.mark.parametrize("day", ["22 11 2026", "1 1 2029", "", "\0"])
def test_a_last_day_of_all_that_is_no_use_is_said(chief, day):
    answer = chief.post("/rota/lay-out-all/", {"last_day": day})
    assert "There is a problem" in text_of(answer)
    assert LayingOut.objects.count() == 0


def test_only_the_partnership_coordinator_lays_all_out():
    with pytest.raises(PermissionDenied):
        generation_job.start_generation(by=make_user(), last_day=DAY)


def test_the_list_asks_as_often_for_many_as_for_one(
    chief, django_assert_max_num_queries
):
    counted = []
    for number in (1, 19):
        for _ in range(number):
            make_laying_out()
        with django_assert_max_num_queries(20) as asked:
            chief.get("/rota/lay-out-all/")
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_a_preview_asks_as_often_for_many_as_for_few(
    chief, django_assert_max_num_queries
):
    counted = []
    for number in (1, 20):
        rota, _ = make_crew(number)
        with django_assert_max_num_queries(40) as asked_for:
            asked(chief, rota)
        counted.append(len(asked_for))
    assert counted[0] == counted[1]
    assert make_rota().duties.count() == 0
