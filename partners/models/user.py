"""Logins. The person behind a login is a StaffMember."""

import pgtrigger
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from partners.standing import Standing

from .appointment import keeps_a_way_in, keeps_one_coordinator
from .versioned import recorded


class UserManager(BaseUserManager):
    """Makes logins; roles are appointed, never set on the login."""

    use_in_migrations = True

    def create_user(self, email, password=None):
        user = self.model(email=self.normalize_email(email))
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


@recorded(exclude=["password", "last_login", "session_edition"])
class User(AbstractUser):
    """A login and nothing more."""

    username = None
    first_name = None
    last_name = None
    groups = None
    user_permissions = None
    is_superuser = False
    email = models.EmailField(
        "work e-mail",
        unique=True,
        error_messages={"unique": "There is already a login with this e-mail"},
    )

    # Counted up where every session is to end: on a changed role, for one.
    session_edition = models.PositiveIntegerField(default=1, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta:
        verbose_name = "login"
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="%(app_label)s_%(class)s_email_is_unique",
                violation_error_message="There is already a login with this e-mail",
            )
        ]
        triggers = [
            keeps_one_coordinator(
                pgtrigger.Update,
                pgtrigger.Q(old__is_active=True, new__is_active=False),
                login="id",
            ),
            keeps_a_way_in(
                pgtrigger.Q(old__is_active=True, new__is_active=False), login="id"
            ),
            pgtrigger.Trigger(
                name="editions_only_rise",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                # A login read before its sessions were ended does not revive them.
                func="""
                    NEW.session_edition =
                        GREATEST(NEW.session_edition, OLD.session_edition);
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return self.email

    @property
    def is_staff(self):
        """Whether the administration is open to this login."""
        return self.is_active and self.standing.may_administer

    @cached_property
    def standing(self) -> Standing:
        """What this login may do today, read once a request."""
        person = getattr(self, "person", None)
        if not self.is_active or (person and not person.is_in_post()):
            return Standing()
        held = self.appointments.in_force().values_list("role", "partner_id")
        return Standing.of(
            held,
            staff_id=person and person.pk,
            partner_id=person and person.partner_id,
        )

    def _get_session_auth_hash(self, secret=None):
        """A session ends with the password or the edition it was begun under."""
        said = f"{self.password}|{self.session_edition}"
        hashed = salted_hmac("partners.session", said, secret, algorithm="sha256")
        return hashed.hexdigest()

    def get_full_name(self):
        person = getattr(self, "person", None)
        return person.name if person else self.email

    def get_short_name(self):
        return self.get_full_name()

    def has_perm(self, perm, obj=None):
        """Never by Django's own permissions: what one may do is in `standing`."""
        return False

    def has_module_perms(self, app_label):
        return False
