"""Which skill a cell names: by its name or an alias, never by a guess."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from skills.imports.row import Draft
from skills.matching.catalogue import Catalogue, Grade
from skills.matching.text import normalise_key, tokens

_MOST_GUESSES = 200
_NEAREST = 3


class SkillNames:
    """Everything skills are called, retired ones too."""

    def __init__(
        self,
        skills: Iterable[tuple[int, str, str, bool]],
        aliases: Iterable[tuple[int, str]],
        catalogue: Catalogue,
    ):
        """From (id, name, key, is retired) and (skill id, key)."""
        self._names: dict[int, str] = {}
        self._current: dict[str, int] = {}
        self._retired: dict[str, int] = {}
        for pk, name, key, is_retired in skills:
            self._names[pk] = name
            (self._retired if is_retired else self._current)[key] = pk
        current = {*self._current.values()}
        self._aliases: Mapping[str, set[int]] = defaultdict(set)
        for pk, key in aliases:
            if pk in current:
                self._aliases[key].add(pk)
        self._catalogue = catalogue
        self._met: dict[str, tuple[int | None, str]] = {}
        self._guesses = 0

    def name_of(self, pk: int | None) -> str:
        return self._names.get(pk, "")

    def read(self, draft: Draft, holds: Callable[[int], bool]) -> int | None:
        """The skill a row names; a retired one only if the person `holds` it."""
        text = draft.cell("skill")
        if not text:
            draft.refuse("skill", "Enter the skill by a name the catalogue knows")
            return None
        retired = self._retired.get(normalise_key(text))
        if retired and holds(retired):
            return retired
        if text not in self._met:
            self._met[text] = self._meaning(text)
        skill, sentence = self._met[text]
        if sentence:
            draft.refuse("skill", sentence)
        return skill

    def _meaning(self, text):
        """The skill, or None with a sentence that lists what it may be."""
        key = normalise_key(text)
        if key in self._current:
            return self._current[key], ""
        found = self._aliases.get(key) or self._by_key(text)
        if len(found) == 1:
            return next(iter(found)), ""
        if found:
            names = " or ".join(sorted(map(self.name_of, found)))
            return None, f"This can mean several skills: write {names}"
        if key in self._retired:
            return None, self._advised(text, "This skill has been retired")
        return None, self._advised(text, "No skill is called this")

    def _by_key(self, text):
        words = tokens(text)[:24]
        matches = self._catalogue.by_key(words) if words else []
        return {m.skill_id for m in matches if m.grade is Grade.EXACT}

    def _advised(self, text, sentence):
        self._guesses += 1
        # To guess takes time: a whole column of nonsense is not worth it.
        if self._guesses > _MOST_GUESSES or not tokens(text):
            return f"{sentence}: look it up in the catalogue"
        near = self._catalogue.find(text[:200], limit=_NEAREST)
        names = ", ".join(self.name_of(match.skill_id) for match in near)
        if not names:
            return f"{sentence}: look it up in the catalogue"
        return f"{sentence}: the nearest are {names}"
