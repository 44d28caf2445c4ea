"""Plain makers of records: sensible unless told otherwise, and each its own."""

from datetime import UTC, date, datetime, time
from hashlib import sha256
from itertools import count

from partners.models import (
    Absence,
    Appointment,
    BankHoliday,
    CorrectionRequest,
    IdentityProvider,
    Invitation,
    Partner,
    SecondFactorReset,
    Site,
    StaffMember,
    Transfer,
    User,
    WorkingDay,
)
from skills.matching.text import normalise_key
from skills.models import (
    Alias,
    Category,
    Certification,
    HandledSearch,
    ImportBatch,
    LearningWish,
    Skill,
    SkillHeld,
    SkillMerge,
    SkillProposal,
    SkillRelation,
    UnansweredSearch,
)

LONG_AGO = date(2020, 1, 1)
CONFIRMED = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
_number = count(1)


def make_partner(short_name=None, **fields):
    short_name = short_name or f"Partner {next(_number)}"
    return Partner.objects.create(
        short_name=short_name,
        **{
            "name": f"{short_name} Council",
            "slug": short_name.lower().replace(" ", "-"),
            "kind": Partner.Kind.DISTRICT,
            "service_desk_telephone": "01632 960100",
            "out_of_hours_telephone": "01632 960199",
        }
        | fields,
    )


def make_site(partner, name="Town Hall", **fields):
    return Site.objects.create(partner=partner, name=name, **fields)


def make_person(partner=None, name=None, **fields):
    number = next(_number)
    return StaffMember.objects.create(
        partner=partner or make_partner(),
        name=name or f"Person {number}",
        **{"work_email": f"person{number}@council.example", "post": "ICT officer"}
        | fields,
    )


def make_user(email=None, password=None, person=None):
    """A login, and the link to its person where there is one."""
    email = email or f"login{next(_number)}@council.example"
    user = User.objects.create_user(email, password)
    if person:
        person.user = user
        person.save()
    return user


def appoint(user, role, partner=None, since=LONG_AGO, **fields):
    made = Appointment.objects.create(
        user=user, role=role, partner=partner, since=since, **fields
    )
    # A new role ended the login's sessions: whoever signs in next knows it.
    user.refresh_from_db(fields=["session_edition"])
    return made


def make_category(name="Networks"):
    return Category.objects.get_or_create(name=name)[0]


def make_skill(name=None, category="Networks", **fields):
    name = name or f"Skill {next(_number)}"
    return Skill.objects.create(name=name, category=make_category(category), **fields)


def make_alias(skill, text, kind=Alias.Kind.OTHER, **fields):
    return Alias.objects.create(skill=skill, text=text, kind=kind, **fields)


def make_relation(skill, other, kind=SkillRelation.Kind.BROADER, **fields):
    return SkillRelation.objects.create(skill=skill, other=other, kind=kind, **fields)


def make_held(person, skill, level=2, **fields):
    return SkillHeld.objects.create(staff=person, skill=skill, level=level, **fields)


def make_wish(person, skill, **fields):
    return LearningWish.objects.create(staff=person, skill=skill, **fields)


def make_certification(person, name="PRINCE2 Practitioner", **fields):
    return Certification.objects.create(staff=person, name=name, **fields)


def make_absence(person, begins_on, ends_on=None, cover=None):
    return Absence.objects.create(
        staff=person, begins_on=begins_on, ends_on=ends_on, cover=cover
    )


def make_transfer(person, to_partner, **fields):
    fields = {"from_partner": person.partner} | fields
    return Transfer.objects.create(staff=person, to_partner=to_partner, **fields)


def make_correction(person, what="My telephone is out of date", **fields):
    return CorrectionRequest.objects.create(staff=person, what=what, **fields)


def make_invitation(person, words="", **fields):
    """An invitation whose message was never written, of these words for a token."""
    digest = sha256((words or f"token {next(_number)}").encode()).digest()
    return Invitation.objects.create(
        staff=person, **{"email": person.work_email, "digest": digest} | fields
    )


def make_reset(person, by=None, reason="Lost the telephone"):
    fields = {"reason": reason, "reset_by": by or make_user()}
    return SecondFactorReset.objects.create(staff=person, **fields)


def make_holiday(on, name="Bank holiday", **fields):
    return BankHoliday.objects.create(on=on, name=name, **fields)


def make_provider(partner=None, hush="hush", **fields):
    """A partner's way to sign in, in use unless told otherwise."""
    partner = partner or make_partner()
    said = {"name": f"{partner.short_name} account", "client_id": "our-client"}
    said |= {"issuer": "https://sign-in.example/tenant", "is_active": True}
    provider = IdentityProvider(partner=partner, **said | fields)
    provider.secret = hush
    provider.save()
    return provider


def make_working_week(person, days=range(1, 6), starts_at="09:00", ends_at="17:00"):
    """Monday to Friday, nine to five, unless told otherwise."""
    hours = {
        "starts_at": time.fromisoformat(starts_at),
        "ends_at": time.fromisoformat(ends_at),
    }
    return WorkingDay.objects.bulk_create(
        WorkingDay(staff=person, weekday=day, **hours) for day in days
    )


def make_proposal(name="Kubernetes", by=None, **fields):
    said = {"description": "What it is", "why": "Why it is missed"} | fields
    return SkillProposal.objects.create(name=name, proposed_by=by, **said)


def make_merge(from_skill=None, into_skill=None, **fields):
    """The record of a merge alone: no row of either skill is touched."""
    return SkillMerge.objects.create(
        from_skill=from_skill or make_skill(),
        into_skill=into_skill or make_skill(),
        **fields,
    )


def make_gap(words, times=1, **fields):
    return UnansweredSearch.objects.create(
        words=words,
        **{"key": normalise_key(words), "times_asked": times, "last_asked_on": LONG_AGO}
        | fields,
    )


def make_handled(words, outcome="dismissed", **fields):
    counted = {"times_asked": 2, "first_asked_on": LONG_AGO, "last_asked_on": LONG_AGO}
    counted |= {"words": words, "key": normalise_key(words), "outcome": outcome}
    return HandledSearch.objects.create(**counted | fields)


def make_batch(partner, person=None, **fields):
    """A checked file; with a person, one row that would change their post."""
    batch = ImportBatch.objects.create(
        partner=partner,
        **{"kind": "people", "file_name": "people.csv", "state": "checked", "checks": 1}
        | {"rows_total": 1, "rows_changed": 1}
        | fields,
    )
    if person:
        batch.rows.create(
            line=2,
            cells={"work_email": person.work_email, "post": "Manager"},
            outcome="changed",
            label=person.name,
            target=person.pk,
            version=person.version,
            values={"post": "Manager"},
            old={"post": person.post},
            changes=[["Post", person.post, "Manager"]],
        )
    return batch
