"""Forms in plain English: what went wrong says what to do."""

from allauth.account import forms as account
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.formats import get_format

from partners.accounts.adapter import InPostBackend

STOCK_REQUIRED = forms.Field.default_error_messages["required"]


class PlainEnglishForm:
    """A mixin that says what to do wherever a field has no words of its own."""

    # The browser's own bubbles neither stay nor reach everybody.
    use_required_attribute = False
    whose = ""
    # What a field is called within a sentence, where its label reads badly there.
    called = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.name_fields()
        for name, field in self.fields.items():
            label = _within_a_sentence(str(field.label or name.replace("_", " ")))
            label = self.called.get(name, f"{self.whose} {label}".strip())
            _say_what_to_do(field, label)

    def name_fields(self):
        """Where fields that somebody else made are given other labels."""


def _within_a_sentence(label):
    """The label with a small first letter, save an abbreviation's."""
    is_abbreviation = label[:2].isupper() or label[1:2].isdigit()
    return label if is_abbreviation else label[:1].lower() + label[1:]


# The first that fits: a number with decimals is a kind of whole number to Django.
_FORMS_OF = (
    (forms.EmailField, "Enter {} in the form name@partner.gov.uk"),
    (forms.URLField, "Enter {} as a web address, like https://www.gov.uk"),
    (forms.SlugField, "Write {} with letters, digits and hyphens only"),
    (forms.DecimalField, "Enter {} as a number, like 0.6"),
    (forms.IntegerField, "Enter {} as a whole number"),
    (forms.DurationField, "Enter {} as hours, minutes and seconds, like 16:00:00"),
    (forms.TimeField, "Enter {} as a time, like 9:30 or 17:00"),
)
_LIMITS = {
    "max_length": "Shorten {} to %(limit_value)d characters or fewer",
    "null_characters_not_allowed": "Remove the invisible characters from {}",
    "max_digits": "Shorten {} to %(max)d digits or fewer",
    "max_whole_digits": "Shorten {} to %(max)d digits before the point or fewer",
    "max_decimal_places": "Shorten {} to %(max)d digits after the point or fewer",
    "invalid_choice": "Choose {} from the list",
}


def _say_what_to_do(field, label):
    own = field.error_messages
    if own["required"] == STOCK_REQUIRED:
        own["required"] = _missing(field, label)
    if not isinstance(field, forms.FileField):
        own |= {code: sentence.format(label) for code, sentence in _LIMITS.items()}
    for kind, sentence in _FORMS_OF:
        if isinstance(field, kind):
            own["invalid"] = sentence.format(label)
            break
    if isinstance(field, forms.DateField):
        _ask_for_a_date(field, label)
    if isinstance(field, forms.CharField) and not field.widget.is_hidden:
        _keep_to_one_line(field, label)


def _missing(field, label):
    if isinstance(field, forms.BooleanField):
        return f"Tick “{field.label or label}”"
    if hasattr(field, "choices") or isinstance(field, forms.FileField):
        return f"Choose {label}"
    return f"Enter {label}"


def _ask_for_a_date(field, label):
    field.input_formats = [*get_format("DATE_INPUT_FORMATS"), "%d %m %Y"]
    field.error_messages["invalid"] = f"Enter {label} as a date, like 22 11 2026"
    field.help_text = field.help_text or "For example, 22 11 2026"


def _keep_to_one_line(field, label):
    """A name with a line break would begin a new line of a message's head."""
    if isinstance(field.widget, forms.TextInput):
        sentence = f"Write {label} on one line"
        field.validators.append(
            RegexValidator(
                r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]", sentence, inverse_match=True
            )
        )


HOW_TO_CHOOSE = (
    "At least 12 characters. Three random words are easy to remember and hard to guess."
)
# Keyed by the codes of allauth, whose own words are vaguer.
SENTENCES = {
    "email_password_mismatch": "The e-mail or the password is not right: check both",
    "too_many_login_attempts": (
        "There were too many tries with this e-mail. Wait five minutes, then try "
        "again, or reset your password"
    ),
    "enter_current_password": "The current password is not right: enter it again",
    "password_too_short": "Make the new password at least %(min_length)d characters",
    "password_too_common": "Choose a password that fewer people use",
    "password_too_similar": "Choose a password that is less like your e-mail",
    "password_entirely_numeric": "Put letters in the new password, not digits alone",
}


class AccountForm(PlainEnglishForm):
    """What the forms around passwords share: labels, hints and plain words."""

    whose = "your"
    labels = {}
    hints = {}
    sentences = SENTENCES

    def name_fields(self):
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels[name]
            field.help_text = self.hints.get(name, "")

    def add_error(self, field, error):
        super().add_error(field, _reworded(error, self.sentences))


def _reworded(error, own):
    if not isinstance(error, ValidationError) or hasattr(error, "error_dict"):
        return error
    sentences = [
        ValidationError(own.get(one.code, one.message), one.code, one.params)
        for one in error.error_list
    ]
    return ValidationError(sentences)


class LoginForm(AccountForm, account.LoginForm):
    """Who signs in, with which password."""

    labels = {"login": "Work e-mail", "password": "Password"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def clean(self):
        cleaned = super().clean()
        # allauth goes on with those its backend turned away, to tell them why.
        if self.user and not InPostBackend().user_can_authenticate(self.user):
            raise ValidationError("This login is closed: ask your coordinator")
        return cleaned


class ChangePasswordForm(AccountForm, account.ChangePasswordForm):
    """A new password for somebody who knows the current one."""

    labels = {
        "oldpassword": "Current password",
        "password1": "New password",
        "password2": "New password again",
    }
    hints = {"password1": HOW_TO_CHOOSE}


class SetPasswordForm(AccountForm, account.SetPasswordForm):
    """A first password for somebody signed in without one."""

    labels = {"password1": "New password", "password2": "New password again"}
    hints = {"password1": HOW_TO_CHOOSE}


class ResetPasswordForm(AccountForm, account.ResetPasswordForm):
    """Whom to send a link for choosing a new password."""

    labels = {"email": "Work e-mail"}

    def clean_email(self):
        email = super().clean_email()
        may_enter = InPostBackend().user_can_authenticate
        self.users = [user for user in self.users if may_enter(user)]
        return email


class ResetPasswordKeyForm(AccountForm, account.ResetPasswordKeyForm):
    """A new password for somebody who followed the link in the e-mail."""

    labels = {"password1": "New password", "password2": "New password again"}
    hints = {"password1": HOW_TO_CHOOSE}
