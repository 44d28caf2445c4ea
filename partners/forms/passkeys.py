"""What a browser says of passkeys: read with care, for anybody may send anything."""

from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError

from partners.accounts.adapter import InPostBackend

NOT_RIGHT = (
    "The passkey was not accepted: try again, or go on with your password and a code"
)
CLOSED = "This login is closed: ask your coordinator"
# What the readers of allauth and fido2 raise for what no browser says.
MALFORMED = (TypeError, ValueError, KeyError, AttributeError)


class PasskeyForm:
    """A mixin: whatever is wrong with what was sent is told in one sentence."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        messages = self.fields["credential"].error_messages
        messages |= dict.fromkeys(("required", "invalid"), NOT_RIGHT)

    def add_error(self, field, error):
        super().add_error(field, ValidationError(_said(error)))


def _said(error):
    sentences = error.messages if isinstance(error, ValidationError) else [str(error)]
    return CLOSED if CLOSED in sentences else NOT_RIGHT


class AddForm(PasskeyForm, webauthn.AddWebAuthnForm):
    """A passkey that was made, and what to call it."""

    name = forms.CharField(max_length=60, required=False)

    def clean(self):
        try:
            return super().clean()
        except MALFORMED as error:
            raise ValidationError(NOT_RIGHT) from error


class _Shown(PasskeyForm):
    def clean_credential(self):
        try:
            return super().clean_credential()
        except MALFORMED as error:
            raise ValidationError(NOT_RIGHT) from error


class AuthenticateForm(_Shown, webauthn.AuthenticateWebAuthnForm):
    """A passkey shown after the password."""


class ReauthenticateForm(_Shown, webauthn.ReauthenticateWebAuthnForm):
    """A passkey shown once more, before something that matters."""


class LoginForm(_Shown, webauthn.LoginWebAuthnForm):
    """A passkey shown instead of the password."""

    def clean_credential(self):
        passkey = super().clean_credential()
        if not InPostBackend().user_can_authenticate(passkey.user):
            raise ValidationError(CLOSED)
        return passkey
