"""The services in which partners keep their people's accounts, as records."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from partners.models import IdentityProvider
from tests.constraints import assert_guarded, assert_sentence, constraints_of
from tests.factories import make_partner, make_provider

ADDRESS, WHOLE = sorted(
    name
    for name in constraints_of(IdentityProvider)
    if name.endswith(("is_safe", "when_in_use"))
)


def provider(**fields):
    fields = {"name": "Council account", "partner": make_partner()} | fields
    return IdentityProvider(**fields)


@pytest.mark.parametrize(
    "issuer",
    [
        "http://sign-in.example/tenant",
        "https://sign-in.example/tenant?one=two",
        "https://name:password@sign-in.example/",
        "javascript:alert(1)",
        "http://127.0.0.1.sign-in.example/",
    ],
)
def test_an_address_that_others_could_read_is_refused(db, issuer):
    assert_sentence((ADDRESS, provider(issuer=issuer)))
    assert_guarded((ADDRESS, provider(issuer=issuer)))


def test_only_what_is_whole_can_be_switched_on(db):
    assert_sentence((WHOLE, provider(is_active=True)))
    assert_guarded((WHOLE, provider(is_active=True)))


def test_a_half_filled_provider_may_wait_switched_off(db):
    provider().full_clean()


def test_outside_the_tests_even_this_machine_needs_https(db, settings):
    waiting = provider(issuer="http://127.0.0.1:9400")
    waiting.full_clean()
    settings.PRIVATE = False
    with pytest.raises(ValidationError, match="begins with https"):
        waiting.full_clean()


def test_the_secret_is_sealed_and_opens_again(boston):
    kept = IdentityProvider.objects.get(pk=make_provider(boston, "hush").pk)
    assert "hush" not in kept.sealed_secret
    assert kept.secret == "hush"


def test_the_history_knows_no_secret(boston):
    make_provider(boston)
    fields = {f.name for f in IdentityProvider.pgh_event_model._meta.fields}
    assert "issuer" in fields
    assert "sealed_secret" not in fields


def test_a_partner_has_one_provider(boston):
    make_provider(boston)
    with pytest.raises(ValidationError, match="has its provider already"):
        provider(partner=boston).full_clean()


def test_in_use_are_those_switched_on_of_partners_who_are_here(boston, lincoln):
    gone = make_partner("Gone", left_on=date(2026, 1, 1))
    make_provider(gone)
    make_provider(lincoln, is_active=False)
    here = make_provider(boston)
    assert [*IdentityProvider.objects.in_use()] == [here]


def test_only_the_partnership_coordinator_keeps_providers(
    boston, coordinator, partnership_coordinator
):
    kept = make_provider(boston)
    assert not IdentityProvider.objects.editable_by(coordinator).exists()
    assert [*IdentityProvider.objects.editable_by(partnership_coordinator)] == [kept]


def test_the_browser_is_told_the_origin_alone(boston):
    kept = make_provider(boston, issuer="https://sign-in.example:8443/tenant/v2.0")
    assert kept.origin == "https://sign-in.example:8443"
