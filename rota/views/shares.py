"""How an effect is told on a page: for each person, and duty by duty."""

from rota.duties.preview import Effect

MOST_SHOWN = 60


def effect_context(effect: Effect) -> dict:
    """What the pages of an effect show of it."""
    lines = [("Goes", d) for d in effect.replaced] + [("Comes", d) for d in effect.made]
    lines.sort(key=lambda line: (line[1].starts_at, line[1].role, line[1].place))
    shares = effect.shares()
    names = {id(d): s for s in shares for d in (*s.gained, *s.lost)}
    shown = [(word, duty, names[id(duty)]) for word, duty in lines[:MOST_SHOWN]]
    return {
        "effect": effect,
        "shares": shares,
        "lines": shown,
        "more": max(len(lines) - MOST_SHOWN, 0),
        "clashes": effect.clashes(),
    }
