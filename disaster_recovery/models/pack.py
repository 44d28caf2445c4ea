"""Packs: copies of an approved plan to print and keep where there is no network."""

import pgtrigger
from django.db import models
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Length
from django.db.models.lookups import Exact, LessThanOrEqual
from django.utils import timezone

from partners.models import User

from .plan import Plan, PlanEdition

PACK_STAYS = "disaster_recovery_planpack_stays"
FILE_STAYS = "disaster_recovery_packfile_stays"
MOST_BYTES = 20 * 1024 * 1024
# Contacts are emptied when somebody in them is made anonymous; nothing else changes.
_STAYS = f"""
    IF TG_OP = 'UPDATE' AND NEW.contacts = '{{}}'::jsonb
       AND to_jsonb(NEW) - 'contacts' IS NOT DISTINCT FROM to_jsonb(OLD) - 'contacts'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a pack that was made stays as it is'
        USING ERRCODE = 'integrity_constraint_violation',
              CONSTRAINT = '{PACK_STAYS}';
"""
# The file of a pack goes with its contacts: no caller can forget it.
_EMPTY_FILE = """
    UPDATE disaster_recovery_packfile SET content = '' WHERE pack_id = NEW.id;
    RETURN NULL;
"""
_FILE_STAYS = f"""
    IF TG_OP = 'UPDATE' AND NEW.content = ''
       AND to_jsonb(NEW) - 'content' IS NOT DISTINCT FROM to_jsonb(OLD) - 'content'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the file of a pack stays as it is'
        USING ERRCODE = 'integrity_constraint_violation',
              CONSTRAINT = '{FILE_STAYS}';
"""


class PlanPackQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Each variant for its audience.

        Full: the plan's coordinators. Duty: the partner's own people. Partner:
        coordinators of any partner. Public: everybody who has signed in.
        """
        standing = user.standing
        kept = Plan.objects.editable_by(user).order_by().values("pk")
        own = Plan.objects.visible_to(user).order_by().values("pk")
        seen = Q(variant=PlanPack.Variant.PUBLIC) | Q(edition__plan__in=kept)
        seen |= Q(variant=PlanPack.Variant.DUTY, edition__plan__in=own)
        if standing.coordinates:
            seen |= Q(variant=PlanPack.Variant.PARTNER)
        return self.filter(seen)


class PlanPack(models.Model):
    """One copy of an approved edition, with the contacts as they were that day.

    `fingerprint` is the SHA-256 of the ZIP. Once its contacts are emptied the pack is
    still listed, but cannot be downloaded.
    """

    class Variant(models.TextChoices):
        FULL = "full", "Full copy: everything, for the emergency box"
        DUTY = "duty", "Duty copy: for whoever is on call, with work numbers"
        PARTNER = "partner", "Partner copy: for partners who come to help"
        PUBLIC = "public", "Public copy: no numbers, names or places"

    edition = models.ForeignKey(PlanEdition, models.PROTECT, related_name="packs")
    variant = models.CharField(max_length=7, choices=Variant)
    copy_number = models.PositiveIntegerField("copy")
    contacts = models.JSONField(default=dict)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("made", default=timezone.now)
    fingerprint = models.CharField(max_length=64)

    objects = PlanPackQuerySet.as_manager()
    trigger_sentences = {PACK_STAYS: "A pack cannot be changed"}

    class Meta:
        verbose_name = "pack"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "variant", "copy_number"],
                name="%(app_label)s_%(class)s_copy_is_unique",
                violation_error_message=(
                    "Somebody else has just made this copy: make another one"
                ),
            ),
            models.CheckConstraint(
                condition=Q(copy_number__gte=1),
                name="%(app_label)s_%(class)s_copies_count_from_one",
                violation_error_message="Copies are numbered from 1",
            ),
            models.CheckConstraint(
                condition=Q(fingerprint__regex="^[0-9a-f]{64}$"),
                name="%(app_label)s_%(class)s_has_a_fingerprint",
                violation_error_message="A pack needs the fingerprint of its file",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="closed_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=_STAYS,
            ),
            pgtrigger.Trigger(
                name="empties_its_file",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__contacts={}),
                func=_EMPTY_FILE,
            ),
        ]

    def __str__(self):
        return f"{self.edition}: {self.variant} pack, copy {self.copy_number}"


class PackFile(models.Model):
    """The ZIP of a pack, byte for byte as it was made.

    It is written once, with the pack. When the pack's contacts are emptied, its
    content is emptied too; `sha256` remains.
    """

    pack = models.OneToOneField(PlanPack, models.PROTECT, related_name="file")
    content = models.BinaryField()
    sha256 = models.CharField("SHA-256", max_length=64)

    trigger_sentences = {FILE_STAYS: "The file of a pack cannot be changed"}

    class Meta:
        verbose_name = "pack file"
        constraints = [
            models.CheckConstraint(
                condition=Q(content=b"")
                | Q(
                    Exact(
                        Func(
                            Func(F("content"), function="sha256"),
                            Value("hex"),
                            function="encode",
                            output_field=TextField(),
                        ),
                        F("sha256"),
                    )
                ),
                name="%(app_label)s_%(class)s_has_its_fingerprint",
                violation_error_message="The fingerprint does not match the file",
            ),
            models.CheckConstraint(
                condition=Q(LessThanOrEqual(Length("content"), MOST_BYTES)),
                name="%(app_label)s_%(class)s_size_is_limited",
                violation_error_message="A pack can be at most 20 MB",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="closed_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=_FILE_STAYS,
            )
        ]

    def __str__(self):
        return f"File of {self.pack}"
