"""What was seen of a name in a query: the words, and the phrase they make."""

from dataclasses import dataclass

from skills.matching.exact import Name


@dataclass(frozen=True, slots=True)
class WordMatch:
    """A known word that a typed word reaches, how nearly and in what way."""

    word: str
    likeness: float
    stands_alone: bool = True  # sure enough without other words beside it
    is_close: bool = False
    is_doubtful: bool = False  # a good word as it stands, put right all the same


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """A name in which typed words were seen."""

    name: Name
    covered: float  # part of what was typed that the name holds, by weight
    alike: float  # the same, less what had to be corrected
    filled: float  # part of the name that was typed, by weight
    is_head: bool  # the name begins with a word typed
    is_makers: bool  # it begins with the maker's name, and few names do
    is_close: bool  # a word had to be corrected
    is_doubtful: bool  # that word was an everyday one
    stands_alone: bool  # every word is sure without the others
    found: frozenset[int]  # places of the words seen
    score: float
