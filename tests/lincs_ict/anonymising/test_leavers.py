"""Who left long ago has no name in any table, and everything else is as it was."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from post_office.models import Email, Log

from lincs_ict.anonymising import leavers, mentions
from partners import refusals
from partners.mail import queue
from partners.models import (
    Absence,
    Anonymisation,
    Disclosure,
    StaffMember,
    Transfer,
    User,
)
from skills.models import SkillHeld, SkillProposal
from tests.factories import (
    LONG_AGO,
    make_absence,
    make_batch,
    make_certification,
    make_gap,
    make_held,
    make_person,
    make_proposal,
    make_reset,
    make_site,
    make_skill,
    make_transfer,
    make_user,
)

NAME, BEFORE, POST = "Xanthippe O’Quillon", "Xanthippe Vermouth", "Keeper of quokkas"
EMAIL, OLD_EMAIL = "xanthippe@council.example", "x.vermouth@council.example"
TELEPHONE, MOBILE = "01632 960987", "07700 900987"
CERTIFICATE, AWARDER = "Licensed quokka handler", "Guild of quokkas"
SAID = f'Ask "{NAME}"\n{NAME} <{EMAIL}> on {TELEPHONE}'
CANARIES = (NAME, BEFORE, POST, EMAIL, OLD_EMAIL, TELEPHONE, MOBILE)
CANARIES += (CERTIFICATE, AWARDER, "quokka", "Xanthippe")
GONE = timezone.localdate() - timedelta(days=91)


@pytest.fixture
def leaver(boston, lincoln):
    """Somebody with a mention in every table that keeps one."""
    person = make_person(boston, BEFORE, work_email=OLD_EMAIL, post=POST)
    make_user(OLD_EMAIL, "secret", person)
    person.base_site = make_site(boston)
    person.name, person.work_email, person.telephone = NAME, EMAIL, TELEPHONE
    person.mobile = MOBILE
    person.save()
    User.objects.filter(pk=person.user_id).update(email=EMAIL)
    person.user.emailaddress_set.create(email=EMAIL)
    person.user.socialaccount_set.create(provider="partner-1", uid=NAME)
    make_certification(person, CERTIFICATE, awarded_by=AWARDER)
    make_held(person, make_skill("VPN"), 3)
    make_absence(person, LONG_AGO, LONG_AGO, cover=make_person(boston))
    _talked_about(person, lincoln)
    StaffMember.objects.filter(pk=person.pk).update(left_on=GONE)
    person.refresh_from_db()
    return person


def _talked_about(person, lincoln):
    note = {"note": SAID, "state": "declined", "answer": SAID}
    make_transfer(person, lincoln, **note)
    by, keeper = person.user, make_user()
    make_proposal("Quantum", by, why=f"{NAME} needs it")
    decided = {"decided_by": keeper, "decided_at": timezone.now(), "reason": SAID}
    make_proposal("Quarks", by, why="We lack it", state="declined", **decided)
    make_batch(person.partner, person)
    make_gap(NAME)
    searched = {"filters": {"q": [NAME, SAID]}, "what": f"people: {NAME}"}
    Disclosure.objects.create(kind="export", staff_ids=[person.pk], **searched)
    for to in (EMAIL, OLD_EMAIL, "somebody@council.example"):
        _write_to(to)
    RecoveryCodes.activate(by)
    make_reset(person, reason=SAID)
    store = SessionStore()
    store[SESSION_KEY] = str(by.pk)
    store.create()


def _write_to(to):
    about = {"name": NAME, "sender": NAME, "address": "https://ict.example/"}
    email = queue.add_message(
        to=to, subject=f"About {NAME}", template="asked_to_confirm", context=about
    )
    Log.objects.create(email=email, status=1, message=f"{EMAIL} unknown")


COLUMNS = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public'
      AND data_type IN ('text', 'character varying', 'character', 'json', 'jsonb',
                        'ARRAY', 'bytea', 'USER-DEFINED')
"""


def columns_with_mentions():
    """Every column of every table that still says something of the person."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        for table, column in cursor.fetchall():
            text = f'"{table}" WHERE "{column}"::text'
            asked = f"SELECT count(*) FROM {text} ILIKE ANY(%s)"  # noqa: S608 - ours
            cursor.execute(asked, [[f"%{canary}%" for canary in CANARIES]])
            found += [f"{table}.{column}"] if cursor.fetchone()[0] else []
    return found


def run(**options):
    call_command("anonymise_leavers", **options)


def test_the_search_for_mentions_finds_them_all_before(leaver):
    assert len(columns_with_mentions()) > 20


def test_no_mention_is_left_in_any_column_of_any_table(leaver):
    run()
    assert columns_with_mentions() == []


def test_the_person_reads_as_somebody_who_left(leaver):
    run()
    leaver.refresh_from_db()
    assert leaver.name == f"Former member of staff {leaver.pk}"
    assert leaver.work_email == f"former-{leaver.pk}@anonymised.invalid"
    assert leaver.base_site is None
    assert leaver.anonymised_on == timezone.localdate()


def test_the_login_is_closed_for_good(leaver):
    run()
    user = User.objects.get(pk=leaver.user_id)
    assert not user.is_active
    assert not user.has_usable_password()
    assert not Session.objects.exists()
    assert not Authenticator.objects.exists()


def test_skills_held_and_cover_are_kept(leaver):
    run()
    assert [*SkillHeld.objects.values_list("skill__name", "level")] == [("VPN", 3)]
    assert Absence.objects.get().cover is not None


def test_messages_to_the_person_go_and_others_lose_the_name(leaver):
    run()
    email = Email.objects.get()
    assert email.to == ["somebody@council.example"]
    assert email.subject == f"About Former member of staff {leaver.pk}"


def test_what_was_decided_stays_decided(leaver):
    run()
    transfer = Transfer.objects.get()
    assert (transfer.state, transfer.note) == ("declined", mentions.REMOVED)
    proposal = SkillProposal.objects.get(name="Quarks")
    assert (proposal.state, proposal.why) == ("declined", "We lack it")
    assert proposal.reason.startswith('Ask "Former member of staff')


def test_it_is_written_down_how_many_rows_it_was(leaver):
    run()
    done = Anonymisation.objects.get(staff_id=leaver.pk)
    assert done.rows["partners_staffmember"] == 1
    assert done.rows["partners_staffmemberevent"] >= 4
    assert done.rows["skills_certificationevent"] == 2


def test_a_second_run_finds_nothing_to_do(leaver):
    run()
    version = StaffMember.objects.get(pk=leaver.pk).version
    run()
    assert StaffMember.objects.get(pk=leaver.pk).version == version
    assert Anonymisation.objects.count() == 1


def test_a_dry_run_only_counts(leaver, capsys):
    run(dry_run=True)
    assert "1 leavers, and nothing was changed" in capsys.readouterr().out
    leaver.refresh_from_db()
    assert leaver.name == NAME


@pytest.mark.parametrize(("ago", "expected"), [(90, 0), (91, 1), (None, 0)])
def test_only_after_ninety_days(boston, ago, expected):
    day = timezone.localdate() - timedelta(days=ago) if ago else None
    make_person(boston, left_on=day)
    assert len(leavers.due()) == expected


def test_a_namesake_is_left_alone(leaver, boston):
    namesake = make_person(boston, NAME, telephone=TELEPHONE, post=POST)
    make_certification(namesake, CERTIFICATE)
    make_batch(boston, namesake)
    gap = make_proposal("Quarry", why=f"{NAME} needs it")
    run()
    namesake.refresh_from_db()
    gap.refresh_from_db()
    assert (namesake.name, namesake.telephone, namesake.post) == (NAME, TELEPHONE, POST)
    assert namesake.certifications.get().name == CERTIFICATE
    assert gap.why == f"{NAME} needs it"


def test_longer_words_are_not_cut(leaver):
    proposal = make_proposal("Quarry", why=f"Like {NAME}ism or a{EMAIL}")
    run()
    proposal.refresh_from_db()
    assert proposal.why == f"Like {NAME}ism or a{EMAIL}"


@pytest.mark.parametrize(
    "change",
    [{"left_on": None}, {"name": "Back Again"}, {"anonymised_on": None}],
    ids=["back", "named", "undone"],
)
def test_an_anonymous_record_stays_so(leaver, change):
    run()
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        StaffMember.objects.filter(pk=leaver.pk).update(**change)


def test_only_leavers_are_anonymised(boston):
    person = make_person(boston)
    with pytest.raises(DatabaseError, match="anonymised_after_leaving"):
        StaffMember.objects.filter(pk=person.pk).update(anonymised_on=GONE)


def test_an_anonymous_record_is_on_no_list(leaver, partnership_coordinator):
    kept = StaffMember.objects.editable_by(partnership_coordinator)
    assert leaver in kept
    run()
    assert leaver not in kept.all()


def test_what_was_done_is_never_undone(leaver):
    run()
    with pytest.raises(DatabaseError, match="Cannot update or delete"):
        Anonymisation.objects.all().delete()


def test_a_refusal_says_what_to_do(leaver):
    run()
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        StaffMember.objects.filter(pk=leaver.pk).update(left_on=None)
    assert refusals.sentence(refusal.value).endswith("record if they are back")


@pytest.mark.parametrize("days", ["-1", "99999999999"])
def test_absurd_days_are_refused(db, days):
    with pytest.raises(CommandError, match="from 0 to 36500"):
        call_command("anonymise_leavers", "--days", days)


def test_one_refusal_does_not_keep_the_others(boston, capsys, monkeypatch):
    first, _ = [make_person(boston, left_on=GONE) for _ in range(2)]
    names = {first.pk: "x" * 500}
    monkeypatch.setattr(leavers, "pseudonym", lambda pk: names.get(pk, "Former"))
    run()
    assert "1 of 2 leavers anonymised" in capsys.readouterr().out
