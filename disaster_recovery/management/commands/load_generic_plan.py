"""Publishes the versions of the generic recovery plan that come with the software."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from disaster_recovery.generic_plan import files, shipped
from disaster_recovery.models import GenericVersion

DRAFT = (
    "There is a draft of the generic plan: publish it or give it up first. Nothing was "
    "loaded"
)


class Command(BaseCommand):
    """Adds the shipped versions that are not there; changes nothing else."""

    help = (
        "Publish the versions of the generic recovery plan that come with the "
        "software, where they are not there yet."
    )

    @transaction.atomic
    def handle(self, *args, **options):
        for folder in files.SHIPPED:
            said = files.read(files.DATA / folder)
            number = ".".join(map(str, said.number))
            self.stdout.write(f"Version {number}: {self._load(said)}")

    def _load(self, said):
        names = ("major", "minor", "patch")
        number = dict(zip(names, said.number, strict=True))
        published = GenericVersion.objects.published()
        if published.filter(**number).exists():
            return "here already"
        newest = published.newest_first().first()
        if newest and said.number < (newest.major, newest.minor, newest.patch):
            return f"left out, for version {newest.number} is newer"
        if GenericVersion.objects.exclude(pk__in=published).exists():
            raise CommandError(DRAFT)
        shipped.load(shipped.of_contents(said))
        return "published"
