"""The catalogue as this process holds it, to read searches by."""

from django.db.models import Count, Sum

from partners.models import Partner
from skills.matching.catalogue import Catalogue, CatalogueAlias, CatalogueSkill
from skills.models import Alias, Skill, catalogue_edition

_held: dict[str, object] = {}


def catalogue() -> Catalogue:
    """The process's copy of the catalogue, read again when its edition changes."""
    edition = _edition()
    if _held.get("edition") != edition:
        _held["catalogue"] = _read_catalogue()
        _held["edition"] = edition
    return _held["catalogue"]


def _edition():
    partners = Partner.objects.current().aggregate(Count("pk"), Sum("version"))
    return (catalogue_edition(), *partners.values())


def _read_catalogue():
    skills = Skill.objects.current().order_by("pk")
    rows = skills.values_list("pk", "name", "category__name")
    aliases = Alias.objects.filter(skill__in=skills).order_by("pk")
    partners = Partner.objects.current().values_list("pk", "name", "short_name")
    return Catalogue(
        [CatalogueSkill(*row) for row in rows],
        [CatalogueAlias(*row) for row in aliases.values_list("skill", "text", "kind")],
        {pk: names for pk, *names in partners},
    )
