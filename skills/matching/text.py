"""How words are cut, folded and weighed before they are compared."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

KEY_LENGTH = 120
LONGEST_QUERY = 200
MOST_WORDS = 24
_MOST_DROPPED = 12

# "+", "#" and "." are kept only where they tell two skills apart: C++, C#, .NET.
WORD = re.compile(
    r"(?<![^\W_])\.?[^\W_]+(?:['’`][^\W_]+)*(?:\.[^\W_]+)*"
    r"(?:\+\+|\+(?![^\W_])|(?<=(?<![^\W_])[^\W_])#)?"
)
# "C ++" and "C #" are C++ and C#, never C.
_APART = re.compile(r"(?<=(?<![^\W_])[^\W_])\s+(?=\+\+|#)")
_APOSTROPHES = str.maketrans("", "", "'’`")
_MARKUP = re.compile(r"</?(?:script|img|svg|iframe)\b[^>]*>?", re.IGNORECASE)
_ATTACHED_VERSION = re.compile(r"([a-z]{2,})[-.]?v?(\d+(?:\.\d+)*)")
_VERSION = re.compile(r"v?\d+(\.\d+)*|r2|x64|x86|sp\d")

_STOP_WORDS = """
a about all an and any anybody anyone anything are as at be by can could do does find
for from has have how i in into is it its know knows looking me my need needs not of
on or our out per please s should some somebody someone something that the their them
there they this to up us using via want we what when where which who with would you
your
"""
STOPWORDS = frozenset(_STOP_WORDS.split())
# Words that say what is done with a skill or what kind of thing it is, not which.
_GENERIC_WORDS = """
admin administer administration administrator advice analyst apis app application apps
assist basic best browser build carry client code coding computer computers computing
conduct conf config configuration configure configuring course create daemon data
database databases db deploy deployment design develop developer developing
development device devices different edition engine engineer engineering ensure
enterprise environment equipment error errors execute experience expert expertise
extension file files fix framework hardware help ict implement implementing
information install installation installing instance issue issues knowledge language
latest library maintain maintaining maintenance manage managed management manager
managing module new officer online operate operations other package perform platform
plugin plugins practice practices principles pro problem problems product professional
program programme programming provide query question questions repair request requests
server servers service services setting settings setup site skill skills software
solution solutions specialist stack suite support system systems technical technician
technique techniques technologies technology tool toolkit tools training troubleshoot
troubleshooting upgrade use user users utilise various version work working
"""
GENERIC = frozenset(_GENERIC_WORDS.split())
_VENDORS_WORDS = """
adobe amazon apache apple atlassian broadcom cisco citrix dell esri google hcl hp ibm
microsoft mozilla oracle redhat sap sun symantec veritas vmware
"""
VENDORS = frozenset(_VENDORS_WORDS.split())
_SAME = {
    "aws": "amazon", "emc": "dell", "hpe": "hp", "ms": "microsoft", "msft": "microsoft",
    "centre": "center", "licence": "license", "programme": "program",
    "catalogue": "catalog", "fibre": "fiber", "defence": "defense", "colour": "color",
    "behaviour": "behavior", "analyse": "analyze", "organisation": "organization",
    "artefact": "artifact", "grey": "gray", "cheque": "check", "labour": "labor",
    "dialogue": "dialog", "practise": "practice",
}  # fmt: skip
_PLURAL_KEPT = ("ss", "us", "is", "os", "as", "ies", "ows")
_SUFFIXES = (
    "isations", "izations", "isation", "ization", "ations", "ation", "ements",
    "ement", "ments", "ment", "ings", "ing", "ators", "ator", "ers", "er", "ed", "ion",
    "ise", "ize", "ate", "ities", "ity", "es", "e", "al", "y",
)  # fmt: skip


def visible(text: str) -> str:
    """Text in one width, without what cannot be seen; line ends stay."""
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFKC", text.replace("♯", "#"))
    return "".join(map(_visible, text))


def _visible(letter: str) -> str:
    kind = unicodedata.category(letter)
    if letter == "\n" or kind[0] not in "CM":
        return letter
    return " " if kind == "Cc" else ""


def written_words(text: str) -> list[str]:
    """The words of visible text as they were typed; "&" is "and"."""
    return WORD.findall(_APART.sub("", text.replace("&", " and ")))


def normalise_case(word: str) -> str:
    """One word without case, accents and apostrophes."""
    word = word.casefold()
    if not word.isascii():
        word = unicodedata.normalize("NFD", word)
        word = "".join(c for c in word if unicodedata.category(c) != "Mn")
    return word.translate(_APOSTROPHES)


def tokens(text: str) -> list[str]:
    """Cut text into folded words: "Node.js & C#" → node.js, and, c#."""
    return [normalise_case(word) for word in written_words(visible(text))]


def normalise_key(text: str) -> str:
    """The key under which a name is stored and looked up.

    Case, accents, spaces, hyphens and other signs do not count; "+", "#" and "."
    stay where they tell skills apart. Never longer than `KEY_LENGTH` letters.
    """
    return "".join(tokens(text))[:KEY_LENGTH]


def is_version(word: str) -> bool:
    return _VERSION.fullmatch(word) is not None


def without_version(word: str) -> str:
    """The word without a version attached to it: python3 → python."""
    found = _ATTACHED_VERSION.fullmatch(word)
    return found.group(1) if found else word


@lru_cache(maxsize=20_000)
def canonical_spelling(word: str) -> str:
    """One spelling for British and American, vendor's short names, and plurals."""
    word = _singular(_SAME.get(word, word))
    word = _SAME.get(word, word)
    if len(word) > 6:
        word = re.sub("is(e|ed|ing|er|ation)$", r"iz\1", word)
    return word


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses", "uses")) and len(word) > 5:
        return word[:-2]
    return word if word.endswith(_PLURAL_KEPT) else word[:-1]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The part that manage, managing and management share; short words stay."""
    word = canonical_spelling(word)
    if not word.isalpha():
        return word
    return "analy" if word.startswith("analy") else _shorn(_shorn(word))


def _shorn(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


@dataclass(frozen=True, slots=True)
class Span:
    """Words side by side, folded and as typed, and where in the query they stand."""

    words: tuple[str, ...]
    typed: tuple[str, ...]
    start: int = 0
    is_field: bool = False  # written like the name of a field: first_name

    @classmethod
    def of(cls, text: str) -> "Span":
        typed = tuple(written_words(text))
        is_field = "_" in text.strip() and " " not in text.strip()
        return cls(tuple(map(normalise_case, typed)), typed, is_field=is_field)

    def __len__(self) -> int:
        return len(self.words)

    @property
    def text(self) -> str:
        return " ".join(self.typed)

    @property
    def places(self) -> range:
        return range(self.start, self.start + len(self))

    def cut(self, start: int, end: int) -> "Span":
        return Span(self.words[start:end], self.typed[start:end], self.start + start)


def limited(query: str) -> tuple[str, list[str]]:
    """As much of a query as is read, and the words beyond that (a dozen at most)."""
    text = _MARKUP.sub(" ", visible(query[: 10 * LONGEST_QUERY]))
    kept = text[:LONGEST_QUERY]
    if len(text) > LONGEST_QUERY:
        kept = kept[: max(map(kept.rfind, " ,;\n")) + 1] or kept
    ends = [found.end() for found in WORD.finditer(kept)]
    if len(ends) > MOST_WORDS:
        kept = kept[: ends[MOST_WORDS - 1]]
    return kept, written_words(text[len(kept) :])[:_MOST_DROPPED]
