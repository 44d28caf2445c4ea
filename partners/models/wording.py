"""Keys by which names are sorted and found, whatever their accents and capitals."""

from django.db.models import F, Func, Value
from django.db.models.functions import Concat, Lower


class Decomposed(Func):
    """Text with accents taken apart from their letters."""

    template = "normalize(%(expressions)s, NFKD)"


class WithoutMarks(Func):
    """Decomposed text with its combining marks dropped."""

    template = r"regexp_replace(%(expressions)s, '[\u0300-\u036f]', '', 'g')"


def PlainKey(*fields):
    """Lower-case letters without accents, of one or several fields, or of a value."""
    parts = [F(fields[0]) if isinstance(fields[0], str) else fields[0]]
    for field in fields[1:]:
        parts += [Value(" "), F(field)]
    text = Concat(*parts) if len(parts) > 1 else parts[0]
    return Lower(WithoutMarks(Decomposed(text)))
