"""The forms of the second factor, in plain English."""

from allauth.account import forms as account
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from partners.accounts.second_factor import note_use
from partners.forms.plain_english import AccountForm, PlainEnglishForm

TOO_MANY = "There were too many tries. Wait five minutes, then try again"
# Keyed by the codes of allauth, whose own words are vaguer.
SENTENCES = {
    "incorrect_code": (
        "This code is not right, or it was used already. Wait until your app shows "
        "the next one, or enter a recovery code you have not used"
    ),
    "incorrect_password": "The password is not right: enter it again",
    "too_many_login_attempts": TOO_MANY,
    "rate_limited": TOO_MANY,
}


class SecondFactorForm(AccountForm):
    """What the forms of the second factor share."""

    labels = {"code": "Code"}
    hints = {"code": "Six digits from your app, or one of your recovery codes"}
    sentences = SENTENCES


class UsedOnceForm(SecondFactorForm):
    """Reads a code while nobody else reads one of the same login."""

    def clean_code(self):
        refusal = None
        with transaction.atomic():
            locked = Authenticator.objects.select_for_update().order_by("pk")
            list(locked.filter(user=self.user))
            try:
                return super().clean_code()
            except ValidationError as error:
                # Raised further out: that this was tried is to be kept.
                refusal = error
        raise refusal


class AuthenticateForm(UsedOnceForm, base.AuthenticateForm):
    """The code, after the password."""


class ReauthenticateForm(UsedOnceForm, base.ReauthenticateForm):
    """The code once more, before something that matters."""


class PasswordAgainForm(SecondFactorForm, account.ReauthenticateForm):
    """The password once more, before something that matters."""

    labels = {"password": "Password"}
    hints = {}


class SetUpForm(SecondFactorForm, totp.ActivateTOTPForm):
    """The first code of an app: it proves that the key arrived."""

    hints = {"code": "Six digits"}
    sentences = SENTENCES | {
        "incorrect_code": (
            "This code is not right. Enter the newest one your app shows for Shared "
            "ICT support, and check that the clock of your telephone is right"
        )
    }

    def clean_code(self):
        code = super().clean_code()
        note_use(self.user, code)
        return code


class ResetForm(PlainEnglishForm, forms.Form):
    """Why somebody's second factor is reset."""

    reason = forms.CharField(
        max_length=500,
        help_text="For example, a lost telephone, and how you know that it is them",
    )
    called = {"reason": "a reason"}
