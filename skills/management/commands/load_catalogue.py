"""Adds to the catalogue what the files have and the database never had."""

from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from skills import imports
from skills.models import Alias, Category, Skill

DATA = Path(__file__).resolve().parents[2] / "data"
WORDS = ("added", "unchanged", "changed here and left alone", "collided")
ADDED, UNCHANGED, LEFT_ALONE, COLLIDED = WORDS


class Command(BaseCommand):
    """Starts the catalogue, and completes it after an upgrade."""

    help = (
        "Load the catalogue of skills and aliases. Only what is missing is added: "
        "what was changed or removed here since is left alone."
    )

    def add_arguments(self, parser):
        parser.add_argument("--skills", type=Path, default=DATA / "vocabulary.csv")
        parser.add_argument("--aliases", type=Path, default=DATA / "aliases.csv")

    @transaction.atomic
    def handle(self, *args, **options):
        skills, aliases = _read(options["skills"], options["aliases"])
        self.report("Skills", add_skills(skills))
        self.report("Aliases", add_aliases(aliases))

    def report(self, what, counts):
        said = ", ".join(f"{counts[word]:,} {word}" for word in WORDS)
        self.stdout.write(f"{what}: {said}")


def _read(skills_path, aliases_path):
    try:
        skills = imports.read_skills(skills_path)
        codes = {row.code for row in skills}
        return skills, imports.read_aliases(aliases_path, codes)
    except imports.UnreadableFile as error:
        raise CommandError(str(error)) from error


def _history(model):
    """The rows of history of one kind of record: also of those since removed."""
    return model._meta.get_field("events").related_model.objects.order_by()


def add_skills(rows) -> Counter:
    """Add the skills that were never here; count what became of every row."""
    here = {skill.code: skill for skill in Skill.objects.select_related("category")}
    keys = set(Skill.objects.values_list("key", flat=True))
    known = set(_history(Skill).values_list("code", flat=True))
    fate = {row: _fate_of_skill(row, here, known, keys) for row in rows}
    new = [row for row in rows if fate[row] == ADDED]
    categories = _categories({row.category for row in new})
    Skill.objects.bulk_create(_skill(row, categories[row.category]) for row in new)
    return Counter(fate.values())


def _fate_of_skill(row, here, known, keys):
    if skill := here.get(row.code):
        is_same = (skill.name, skill.kind) == (row.name, row.kind)
        same_place = skill.category.name == row.category
        return UNCHANGED if is_same and same_place else LEFT_ALONE
    if row.code in known:
        return LEFT_ALONE
    return COLLIDED if row.key in keys else ADDED


def _categories(names):
    here = set(Category.objects.values_list("name", flat=True))
    missing = sorted(names - here)
    if missing:
        Category.objects.bulk_create(Category(name=name) for name in missing)
    return {category.name: category for category in Category.objects.all()}


def _skill(row, category):
    return Skill(
        code=row.code,
        name=row.name,
        key=row.key,
        category=category,
        kind=row.kind,
        source=row.source,
        source_reference=row.reference,
        licence=row.licence,
    )


def add_aliases(rows) -> Counter:
    """Add the aliases their skills never had; count what became of every row."""
    skills = dict(Skill.objects.exclude(code=None).values_list("code", "pk"))
    here = _aliases_by_key(Alias.objects)
    known = set(_history(Alias).values_list("skill_id", "key"))
    counts, new = Counter(), {}
    for row in rows:
        place = (skills.get(row.code), row.key)
        fate = COLLIDED if place in new else _fate_of_alias(row, place, here, known)
        counts[fate] += 1
        if fate == ADDED:
            new[place] = row
    if new:
        Alias.objects.bulk_create(
            _alias(row, skill_id) for (skill_id, _), row in new.items()
        )
    return counts


def _aliases_by_key(aliases):
    columns = aliases.values_list("skill_id", "key", "text", "kind")
    return {(skill_id, key): same for skill_id, key, *same in columns}


def _fate_of_alias(row, place, here, known):
    if place in here:
        return UNCHANGED if here[place] == [row.text, row.kind] else LEFT_ALONE
    # Its skill was removed here, or the alias itself was.
    return LEFT_ALONE if place[0] is None or place in known else ADDED


def _alias(row, skill_id):
    return Alias(
        skill_id=skill_id,
        text=row.text,
        key=row.key,
        kind=row.kind,
        source=row.source or "field knowledge",
        source_address=row.address,
    )
