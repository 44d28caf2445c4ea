"""How an effect is told on a page: for each person, and duty by duty."""

from rota.duties.preview import Effect

MOST_TOLD = 60


def told(effect: Effect) -> dict:
    """What the pages of an effect show of it."""
    lines = [("Goes", d) for d in effect.replaced] + [("Comes", d) for d in effect.made]
    lines.sort(key=lambda line: (line[1].starts_at, line[1].role, line[1].place))
    shares = effect.shares()
    names = {id(d): s for s in shares for d in (*s.gained, *s.lost)}
    told = [(word, duty, names[id(duty)]) for word, duty in lines[:MOST_TOLD]]
    return {
        "effect": effect,
        "shares": shares,
        "lines": told,
        "more": max(len(lines) - MOST_TOLD, 0),
        "clashes": effect.clashes(),
    }
