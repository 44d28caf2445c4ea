"""Who may sign in: those who are invited, in post, and nobody else."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.urls import reverse
from django.utils import timezone

from partners.accounts.sessions import note_use
from partners.models import User


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """Sign-in without sign-up."""

    def is_open_for_signup(self, request):
        return False

    def login(self, request, user):
        """A session counts as used from its first moment."""
        super().login(request, user)
        note_use(request.session, timezone.now())

    def get_password_change_redirect_url(self, request):
        """Home, where the message says it worked: an empty form looks wrong."""
        return reverse("home")


class InPostBackend(AuthenticationBackend):
    """Recognises a login only while its person is in post."""

    def user_can_authenticate(self, user):
        return super().user_can_authenticate(user) and _is_in_post(user)

    def get_user(self, user_id):
        """The login of a session, with its person and partner in one query."""
        user = User.objects.select_related("person__partner").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


def _is_in_post(user):
    person = getattr(user, "person", None)
    return person is None or person.is_in_post()
