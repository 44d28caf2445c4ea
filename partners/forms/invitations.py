"""What somebody who is invited fills in."""

from partners.forms.plain_english import HOW_TO_CHOOSE, SetPasswordForm


class InvitedForm(SetPasswordForm):
    """The first password of somebody who was invited."""

    labels = {"password1": "Password", "password2": "Password again"}
    hints = {"password1": HOW_TO_CHOOSE}
