"""Judging how sure a find is: from what was seen to a graded match."""

from collections.abc import Sequence
from dataclasses import replace
from os.path import commonprefix

from skills.matching.common_words import content, is_everyday, is_stopword
from skills.matching.exact import ExactMatch, Name, Relaxation
from skills.matching.match import Grade, Match
from skills.matching.phrase_match import PhraseMatch
from skills.matching.text import VENDORS, canonical_spelling

# Each grade has its own band of scores, so that scores never contradict grades.
_BANDS = {
    Grade.EXACT: (0.9, 1.0),
    Grade.INITIALS: (0.85, 0.9),
    Grade.WORDS: (0.6, 0.85),
    Grade.CLOSE: (0.4, 0.6),
    Grade.LOOSE: (0.0, 0.4),
}
_COVERED = 0.8
_FILLED_BY_MORE = 0.3
_FILLED_BY_ORDINARY = 0.6
_FILLED_BY_NOISE = 0.85
_ALIKE = 0.72
_SHARED = 5
_SHARED_PART = 0.7


def graded(grade: Grade, value: float, name: Name, typed: Sequence[str]) -> Match:
    """A match whose score is `value` (0 to 1) within the band of its grade."""
    low, high = _BANDS[grade]
    score = round(low + (high - low) * min(max(value, 0.0), 1.0), 4)
    return Match(name.skill_id, grade, score, name.text, name.kind, " ".join(typed))


def score_exact_match(
    hit: ExactMatch, words: Sequence[str], typed: Sequence[str]
) -> Match:
    """An exact key is exact, unless generic words or versions had to be dropped.

    An everyday word that is not quite the name is only a suggestion: "team" is
    not Microsoft Teams.
    """
    is_everyday_talk = all(is_everyday(w) or is_stopword(w) for w in words)
    if _is_far(words, hit, is_everyday_talk):
        return graded(Grade.LOOSE, hit.score, hit.name, typed)
    is_inflected = len(words) == 1 and hit.loss & Relaxation.ENDING
    if not hit.loss & Relaxation.GENERIC and not is_inflected:
        return graded(Grade.EXACT, 1 - 4 * (1 - hit.score), hit.name, typed)
    is_doubtful = is_everyday_talk and not hit.loss & Relaxation.VENDOR
    grade = Grade.LOOSE if is_doubtful else Grade.WORDS
    credit = 0.15 if hit.name.kind == "name" else 0.02
    return graded(grade, hit.score + credit, hit.name, typed)


def _is_far(words: Sequence[str], hit: ExactMatch, is_everyday_talk: bool) -> bool:
    """Is a name too unlike the words, although they share a key?"""
    if is_everyday_talk and (len(words) == 1 or hit.name.kind != "name"):
        return bool(
            hit.loss & ~(Relaxation.VENDOR | Relaxation.GENERIC | Relaxation.VERSION)
        )
    if len(words) > 1 or not hit.loss & Relaxation.ENDING:
        return False
    shared = max(len(commonprefix([words[0], known])) for known in hit.name.words)
    return shared < max(_SHARED, _SHARED_PART * len(words[0]))


def score_phrase_match(
    seen: PhraseMatch, words: Sequence[str], typed: Sequence[str]
) -> Match:
    return graded(_grade(seen, words), seen.score, seen.name, typed)


def _grade(seen: PhraseMatch, words: Sequence[str]) -> Grade:
    distinctive = [at for at in sorted(seen.found) if not is_stopword(words[at])]
    found = [words[at] for at in distinctive or sorted(seen.found)]
    if seen.is_doubtful:
        return Grade.LOOSE
    is_covered = seen.alike >= _ALIKE and seen.covered >= _COVERED
    if not is_covered or not _is_enough(seen, found, words):
        return Grade.LOOSE
    return Grade.CLOSE if seen.is_close else Grade.WORDS


def _is_enough(seen: PhraseMatch, found: list[str], words: Sequence[str]) -> bool:
    if all(map(is_stopword, found)):
        return seen.filled >= _FILLED_BY_NOISE and not seen.is_close
    if all(canonical_spelling(word) in VENDORS for word in found):
        return len(content(words)) == 1 and seen.is_makers
    if all(map(is_everyday, found)):
        is_full = seen.filled >= _FILLED_BY_ORDINARY and not seen.is_close
        return is_full and len(found) > 1 and seen.name.kind == "name"
    if len(found) > 1:
        return seen.filled >= _FILLED_BY_MORE
    return seen.stands_alone and seen.filled >= _least_filled(seen)


def _least_filled(seen: PhraseMatch) -> float:
    """How much of a name one word must fill to mean it."""
    if seen.name.kind != "name":
        return 0.85 if seen.is_close else 0.7
    if seen.is_close:
        return 0.55
    return 0.5 if seen.is_head else 0.7


def loosened(match: Match, share: float = 0.9) -> Match:
    """The same match as a suggestion only."""
    if match.grade is Grade.LOOSE:
        return match
    low, high = _BANDS[match.grade]
    value = (match.score - low) / (high - low) * share
    low, high = _BANDS[Grade.LOOSE]
    score = round(low + (high - low) * value, 4)
    return replace(match, grade=Grade.LOOSE, score=min(score, match.score))


def fullness(match: Match) -> float:
    """How good a match is within its own grade (0 to 1)."""
    low, high = _BANDS[match.grade]
    return (match.score - low) / (high - low)
