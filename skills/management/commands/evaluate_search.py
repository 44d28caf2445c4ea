"""Measures how well the search finds what people mean."""

import json
from pathlib import Path
from typing import NamedTuple

from django.core.management.base import BaseCommand, CommandError

from partners.spreadsheets.table import UnreadableFile
from skills.catalogue import loaded
from skills.catalogue.files import read_table
from skills.matching import evaluation
from skills.models import Skill

COLUMNS = ("query", "relevant_skills", "must_not_outrank", "kind")
HEADER = ("Kind", "n", "hit@1", "hit@5", "MRR")
OVERALL = "overall"


class Found(NamedTuple):
    """A skill the page would show for a query, and whether it would be sure."""

    skill_name: str
    is_confident: bool


class Command(BaseCommand):
    """Runs the page's own matching over judged queries and scores what it finds."""

    help = "Score the search over a file of queries and the skills they should find."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="Columns apart by tabs")
        parser.add_argument("--json", action="store_true", help="For a program to read")

    def handle(self, *args, **options):
        names = dict(Skill.objects.values_list("pk", "name"))
        if not names:
            raise CommandError("The catalogue is empty: run load_catalogue first")
        rows = _rows(options["file"])
        self._warn_of_unknown(rows, set(names.values()))
        report = evaluation.report(rows, _search(names))
        if options["json"]:
            self.stdout.write(json.dumps(report))
        else:
            self.stdout.write("\n".join(_table(report)))

    def _warn_of_unknown(self, rows, known):
        named = {
            name.strip() for row in rows for name in row["relevant_skills"].split("|")
        }
        if unknown := sorted(named - known - {""}):
            said = ", ".join(unknown[:5])
            self.stderr.write(f"{len(unknown)} skills are not in the catalogue: {said}")


def _rows(path):
    try:
        return read_table(path, COLUMNS, delimiter="\t")
    except UnreadableFile as error:
        raise CommandError(str(error)) from error


def _search(names):
    """The page's reading of a query: all it would ask for or suggest, best first."""
    catalogue = loaded.catalogue()
    return lambda query: [
        Found(names[match.skill_id], match.is_confident)
        for match in catalogue.read(query).ranked()
    ]


def _table(report):
    kinds = sorted(report, key=lambda kind: (kind == OVERALL, kind))
    width = max(map(len, (*kinds, HEADER[0])))
    yield f"{HEADER[0]:{width}} " + "".join(f"{name:>8}" for name in HEADER[1:])
    for kind in kinds:
        row = report[kind]
        scores = (row["hit_at_1"], row["hit_at_5"], row["mrr"])
        figures = "".join(f"{score:8.3f}" for score in scores)
        yield f"{kind:{width}} {row['n']:8}{figures}"
