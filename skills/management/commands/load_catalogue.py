"""Adds to the catalogue what the files have and the database never had."""

from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, transaction

from partners.spreadsheets.table import UnreadableFile
from skills.catalogue import files
from skills.models import Alias, Category, Skill, SkillRelation

DATA = Path(__file__).resolve().parents[2] / "data"
WORDS = ("added", "unchanged", "changed here and left alone", "collided")
ADDED, UNCHANGED, LEFT_ALONE, COLLIDED = WORDS


class Command(BaseCommand):
    """Starts the catalogue, and completes it after an upgrade."""

    help = (
        "Load the catalogue: skills, aliases and relations. Only what is missing is "
        "added: what was changed or removed here since is left alone."
    )

    def add_arguments(self, parser):
        parser.add_argument("--skills", type=Path, default=DATA / "vocabulary.csv")
        parser.add_argument("--aliases", type=Path, default=DATA / "aliases.csv")
        parser.add_argument("--relations", type=Path, default=DATA / "relations.csv")

    @transaction.atomic
    def handle(self, *args, **options):
        skills, aliases, relations = _read(options)
        self.report("Skills", add_skills(skills))
        self.report("Aliases", add_aliases(aliases))
        self.report("Relations", add_relations(relations))

    def report(self, what, counts):
        said = ", ".join(f"{counts[word]:,} {word}" for word in WORDS)
        self.stdout.write(f"{what}: {said}")


def _read(paths):
    try:
        skills = files.read_skills(paths["skills"])
        codes = {row.code for row in skills}
        aliases = files.read_aliases(paths["aliases"], codes)
        return skills, aliases, files.read_relations(paths["relations"], codes)
    except UnreadableFile as error:
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


def add_relations(rows) -> Counter:
    """Add the relations these pairs of skills never had; count what became of each."""
    skills = dict(Skill.objects.exclude(code=None).values_list("code", "pk"))
    columns = ("skill_id", "other_id", "kind")
    here = {_pair(*row): row for row in SkillRelation.objects.values_list(*columns)}
    known = {_pair(*row) for row in _history(SkillRelation).values_list(*columns)}
    counts = Counter()
    for row in rows:
        relation = _relation(row, skills)
        fate = _fate_of_relation(relation, here, known)
        counts[COLLIDED if fate == ADDED and not _is_added(relation) else fate] += 1
    return counts


def _pair(skill_id, other_id, kind=""):
    return frozenset((skill_id, other_id))


def _relation(row, skills):
    """The relation of a row; None where one of its skills was removed here."""
    ends = skills.get(row.code), skills.get(row.other)
    if None in ends:
        return None
    if row.kind == SkillRelation.Kind.RELATED:
        ends = sorted(ends)
    source = row.source or "field knowledge"
    return SkillRelation(
        skill_id=ends[0], other_id=ends[1], kind=row.kind, source=source
    )


def _fate_of_relation(relation, here, known):
    if relation is None:
        return LEFT_ALONE
    same = (relation.skill_id, relation.other_id, relation.kind)
    pair = _pair(*same)
    if pair in here:
        return UNCHANGED if here[pair] == same else LEFT_ALONE
    return LEFT_ALONE if pair in known else ADDED


def _is_added(relation):
    """Whether it stands now: what people said here meanwhile may be against it."""
    try:
        with transaction.atomic():
            relation.save(force_insert=True)
    except IntegrityError:
        return False
    return True
