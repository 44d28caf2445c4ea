"""Signing in with the account of one's organisation, in a browser."""

import pytest
from allauth.socialaccount.models import SocialAccount

from partners.models import User
from partners.single_sign_on.adapter import named
from tests.browser.audit import shuts_out
from tests.browser.conftest import ROLES
from tests.browser.states import LEAD, STAFF
from tests.factories import make_provider
from tests.provider import real_provider

pytestmark = pytest.mark.browser
ORGANISATION = "/accounts/organisation/"
WAYS = [{"java_script_enabled": True}, {"java_script_enabled": False}]


@pytest.fixture(scope="module")
def provider(site, django_db_blocker):
    """The provider of the member of staff, who is connected with it."""
    with real_provider() as issuer, django_db_blocker.unblock():
        user = User.objects.get(email=ROLES[STAFF].email)
        made = make_provider(user.person.partner, issuer=issuer)
        uid = named(issuer, made.client_id, "staff-there")
        SocialAccount.objects.create(user=user, provider=made.key, uid=uid)
        yield made


def goes(page, subject):
    """From the choice of one's organisation to its own page, and back."""
    page.select_option("#id_organisation", index=1)
    with page.expect_navigation():
        page.get_by_role("button", name="Continue").click()
    page.fill("input[name=sub]", subject)
    with page.expect_navigation():
        page.get_by_role("button", name="Authorize").click()


@pytest.mark.parametrize("kind", WAYS, ids=["with script", "without"])
def test_there_and_back(visitor, provider, kind):
    page = visitor.opens("/accounts/login/?next=/help/", **kind)
    page.click("text=Use your organisation’s account")
    goes(page, "staff-there")
    assert page.url.endswith("/help/")
    assert page.locator(".app-account button").count() == 1
    assert visitor.refused == []


def test_somebody_unknown_reads_what_to_do(visitor, provider):
    page = visitor.opens(ORGANISATION)
    goes(page, "stranger-there")
    assert "Open the link in your invitation first" in page.inner_text("main")
    assert shuts_out(page) == {}


def test_the_choice_shuts_nobody_out(visitor, provider):
    page = visitor.opens(ORGANISATION)
    with page.expect_navigation():
        page.get_by_role("button", name="Continue").click()
    assert "Choose your organisation" in page.inner_text(".govuk-error-summary")
    assert shuts_out(page) == {}


@pytest.mark.parametrize(
    ("role", "address", "said"),
    [
        (STAFF, "/accounts/connections/", "Ways to sign in"),
        (LEAD, "/admin/partners/identityprovider/add/", "Add identity provider"),
        (None, "/accounts/oidc/cancelled/", "You stopped signing in"),
    ],
)
def test_the_other_pages_shut_nobody_out(visitor, provider, role, address, said):
    page = visitor.opens(address, role)
    assert page.inner_text("h1") == said
    assert shuts_out(page) == {}


def test_an_answer_that_fails_shuts_nobody_out(visitor, provider):
    page = visitor.opens(f"/accounts/oidc/{provider.key}/login/callback/?state=old")
    assert page.inner_text("h1") == "Signing in did not work"
    assert shuts_out(page) == {}
