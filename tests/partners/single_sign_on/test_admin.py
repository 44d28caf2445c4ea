"""The partnership coordinator sets up a partner's provider."""

import pytest
from allauth.socialaccount.models import SocialAccount

from partners.models import IdentityProvider
from tests.factories import make_partner, make_provider

LIST = "/admin/partners/identityprovider/"


@pytest.fixture
def chief(client_of, partnership_coordinator):
    return client_of(partnership_coordinator)


def fields(**more):
    said = {"name": "Boston account", "issuer": "", "client_id": "", "new_secret": ""}
    return said | {"edition": 1} | more


def save(chief, provider, **more):
    said = fields(issuer=provider.issuer, client_id=provider.client_id)
    return chief.post(f"{LIST}{provider.pk}/change/", said | more)


def text(response):
    return response.content.decode()


def test_a_name_is_enough_to_begin_with(chief, boston):
    said = fields(partner=boston.pk)
    page = chief.post(f"{LIST}add/", said | {"_continue": 1}, follow=True)
    made = IdentityProvider.objects.get()
    assert not made.is_active
    way_back = f"http://127.0.0.1:8000/accounts/oidc/{made.key}/login/callback/"
    assert way_back in text(page)


def test_what_is_missing_is_asked_for_field_by_field(chief, boston):
    page = text(chief.post(f"{LIST}add/", fields(partner=boston.pk, is_active="on")))
    assert "Enter the address of the provider before" in page
    assert "Enter the client ID before" in page
    assert "Enter the client secret before" in page


def test_the_secret_is_kept_when_it_is_not_entered_again(chief, provider):
    assert save(chief, provider, is_active="on").status_code == 302
    provider.refresh_from_db()
    assert provider.secret == "hush"


def test_a_new_secret_takes_the_place_of_the_old_one(chief, provider):
    save(chief, provider, is_active="on", new_secret="newer")
    provider.refresh_from_db()
    assert provider.secret == "newer"


def test_the_secret_is_shown_nowhere(chief, provider):
    page = text(chief.get(f"{LIST}{provider.pk}/change/"))
    again = text(save(chief, provider, edition=9, name="", new_secret="typed secret"))
    behind = text(save(chief, provider, edition=0, name="New", new_secret="typed it"))
    history = text(chief.get(f"{LIST}{provider.pk}/history/"))
    for shown in (page, again, behind, history):
        assert "typed" not in shown
        assert "hush" not in shown
        assert provider.sealed_secret not in shown


def test_an_address_where_no_provider_answers_is_refused(chief, provider):
    page = text(save(chief, provider, issuer="http://127.0.0.1:9/", is_active="on"))
    assert "The provider does not answer" in page


def test_an_address_that_calls_itself_otherwise_is_refused(chief, provider, server):
    lie = server.about(issuer="https://another.example")
    server.lie("/.well-known/openid-configuration", lie)
    page = text(save(chief, provider, is_active="on"))
    assert "calls itself “https://another.example”" in page


def test_switching_off_asks_nobody(chief, provider, server):
    server.lie("/.well-known/openid-configuration", {}, status=500)
    assert save(chief, provider).status_code == 302
    provider.refresh_from_db()
    assert not provider.is_active


def test_another_client_ends_the_connections(chief, provider, connect, staff_user):
    connect(staff_user)
    save(chief, provider, is_active="on")
    assert SocialAccount.objects.exists()
    provider.refresh_from_db()
    save(chief, provider, is_active="on", client_id="other", edition=provider.version)
    assert not SocialAccount.objects.exists()


def test_removing_the_provider_ends_the_connections(
    chief, provider, connect, staff_user
):
    connect(staff_user)
    chief.post(f"{LIST}{provider.pk}/delete/", {"post": "yes"})
    assert not IdentityProvider.objects.exists()
    assert not SocialAccount.objects.exists()


def test_a_provider_stays_with_its_partner(chief, provider):
    save(chief, provider, partner=make_partner().pk, is_active="on")
    partner_id = provider.partner_id
    provider.refresh_from_db()
    assert provider.partner_id == partner_id


def test_a_partners_coordinator_is_turned_away(client_of, coordinator, lincoln):
    kept = make_provider(lincoln)
    keeping = client_of(coordinator)
    assert keeping.get(LIST).status_code == 403
    assert save(keeping, kept, name="Mine").status_code == 403


def test_switching_off_signs_out_who_came_by_it(
    chief, provider, connect, staff_user, client_of
):
    connect(staff_user)
    client = client_of(staff_user)
    assert client.get("/help/").context["user"].is_authenticated
    save(chief, provider)
    assert not client.get("/help/").context["user"].is_authenticated
    assert SocialAccount.objects.exists()
