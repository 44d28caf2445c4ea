"""The lanes of a calendar as SVG: places are attributes, colours are classes.

A month holds some hundred bars: drawn here, because a template in a loop would take
ten times as long. Everything that people wrote is escaped.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from html import escape

from rota.drawing.timeline import Bar, Duty, Label, Mark, Scale, draw, text_width

PICTURE = 1054  # units from the left edge to the right
_LABELS, _BAR, _BELOW = 20, 26, 6  # room for labels, height of a bar, room under it
_HEAD = 62
COLOURS = 8
_SATURDAY = 5


def scale_of(first: date, days: int) -> Scale:
    """The scale of a picture that shows so many days."""
    return Scale(first, days, PICTURE / days)


def lane(
    duties: Iterable[Duty],
    scale: Scale,
    *,
    name: str,
    now: datetime,
    holidays: Mapping[date, str],
    hours: int = 0,
) -> str:
    """One lane; `hours` draws a line every so many hours of a day."""
    bars, labels = draw(duties, scale, now)
    top = _LABELS if labels else _BELOW
    height = top + _BAR + _BELOW
    parts = [_ground(scale, height, holidays, hours)]
    x_now = scale.place(now)
    if 0 <= x_now <= scale.width:
        parts.append(f'<path class="app-lane__now" d="M{x_now} 0V{height}"/>')
    parts += [_bar(bar, top) for bar in bars]
    parts += [_label(label) for label in labels]
    return (
        f'<svg class="app-lane" viewBox="0 0 {PICTURE} {height}" role="group"'
        f' aria-label="{escape(name)}">{"".join(parts)}</svg>'
    )


def _days(scale: Scale) -> Iterator[tuple[date, float]]:
    for number in range(scale.days):
        yield scale.first + timedelta(number), round(number * scale.day_width, 1)


def _ground(
    scale: Scale, height: int, holidays: Mapping[date, str], hours: int, top: int = 0
) -> str:
    """Weekends and bank holidays, and the lines between days."""
    width, parts = round(scale.day_width, 1), []
    for day, x in _days(scale):
        is_weekend = day.weekday() >= _SATURDAY
        kind = "holiday" if day in holidays else "weekend" if is_weekend else ""
        if kind:
            parts.append(
                f'<rect class="app-lane__{kind}" x="{x}" y="{top}" width="{width}"'
                f' height="{height - top}"/>'
            )
        for hour in range(hours, 24, hours) if hours else ():
            at = round(x + scale.day_width * hour / 24, 1)
            parts.append(f'<path class="app-lane__hour" d="M{at} {top}V{height}"/>')
        week = " app-lane__week" if day.weekday() == 0 else ""
        parts.append(f'<path class="app-lane__day{week}" d="M{x} {top}V{height}"/>')
    return "".join(parts)


def _bar(bar: Bar, top: int) -> str:
    duty = bar.duty
    is_gap = duty.mark == Mark.GAP
    colour = "gap" if is_gap else f"ink-{duty.colour % COLOURS}"
    grow = 4 if bar.is_on_top else 0
    parts = [
        _rectangle(
            bar,
            top,
            "app-duty app-duty--gap" if is_gap else f"app-duty app-{colour}",
            grow,
        )
    ]
    if is_gap:
        parts.append(_rectangle(bar, top, "app-duty__hatch", grow))
    else:
        parts += [_foot(bar, top), _initials(bar, top)]
    state = " app-bar-link--past" * bar.is_past + " app-bar-link--now" * bar.is_now
    touch = max(bar.width, 24)
    hit = (
        f'<rect class="app-duty__hit" x="{round(bar.x + (bar.width - touch) / 2, 1)}"'
        f' y="{top - 2}" width="{round(touch, 1)}" height="{_BAR + 4}"/>'
    )
    tag = f'a href="{escape(duty.href)}"' if duty.href else 'g role="img"'
    return (
        f'<{tag} class="app-bar-link{state}"><title>{escape(duty.title)}</title>'
        f"{hit}{''.join(parts)}</{tag[0]}>"
    )


def _rectangle(bar: Bar, top: int, css: str, grow: int) -> str:
    # What goes on outside the picture has no rounded end at its edge.
    before, after = 8 * bar.begins_before, 8 * bar.ends_after
    inset = 0 if bar.is_on_top else 0.5
    x = round(bar.x - before + inset, 1)
    width = round(max(bar.width + before + after - 2 * inset, 3), 1)
    return (
        f'<rect class="{css}" x="{x}" y="{top - grow}" width="{width}"'
        f' height="{_BAR + 2 * grow}" rx="3"/>'
    )


def _foot(bar: Bar, top: int) -> str:
    """The dashed or dotted foot that tells people of one colour apart."""
    kind = bar.duty.colour // COLOURS % 3
    if not kind or bar.width <= 8:
        return ""
    y, ink = top + _BAR - 4, bar.duty.colour % COLOURS
    return (
        f'<path class="app-duty__foot app-foot-{kind} app-ink-{ink}-text"'
        f' d="M{round(bar.x + 4, 1)} {y}H{round(bar.x + bar.width - 4, 1)}"/>'
    )


def _initials(bar: Bar, top: int) -> str:
    if not bar.text:
        return ""
    ink = bar.duty.colour % COLOURS
    return (
        f'<text class="app-duty__text app-ink-{ink}-text" x="{bar.text_x}"'
        f' y="{top + 17}" aria-hidden="true">{escape(bar.text)}</text>'
    )


def _label(label: Label) -> str:
    x, css, icon = label.x + 2, "app-lane__label", ""
    if label.mark:
        bad = " app-lane__label--gap" * (label.mark == Mark.GAP)
        css += f" app-lane__label--mark{bad}"
        icon = (
            f'<use class="app-lane__icon{bad}" href="#icon-{label.mark}" x="{label.x}"'
            ' y="3" width="13" height="13"/>'
        )
        x = label.x + 16
    return (
        f'{icon}<text class="{css}" x="{x}" y="14" aria-hidden="true">'
        f"{escape(label.text)}</text>"
    )


def head(
    scale: Scale,
    *,
    now: datetime,
    clock: str,
    holidays: Mapping[date, str],
    hours: int = 0,
) -> str:
    """The days above the lanes, bank holidays by name, and now, as `clock` says it."""
    parts = [_ground(scale, _HEAD, holidays, 0, top=20)]
    parts += [_day(day, x, scale, now, hours) for day, x in _days(scale)]
    parts += [_holidays(scale, holidays), _now(scale, now, clock)]
    return (
        f'<svg class="app-lane app-lane--head" viewBox="0 0 {PICTURE} {_HEAD}"'
        f' aria-hidden="true">{"".join(parts)}</svg>'
    )


def _holidays(scale: Scale, holidays: Mapping[date, str]) -> str:
    """The names of bank holidays, as far as one leaves room for the next."""
    parts, taken = [], 0.0
    for day, x in _days(scale):
        name = holidays.get(day, "")
        at = round(min(x + 3, PICTURE - text_width(name) - 2), 1)
        if name and at >= taken:
            taken = at + text_width(name) + 6
            parts.append(
                f'<text class="app-head__holiday" x="{at}" y="14">{escape(name)}</text>'
            )
    return "".join(parts)


def _day(day: date, x: float, scale: Scale, now: datetime, hours: int) -> str:
    middle = round(x + scale.day_width / 2, 1)
    is_today = day == now.date()
    css = "app-head__day" + " app-head__day--today" * is_today
    half = min(60, scale.day_width / 2)
    today = (
        f'<rect class="app-head__today" x="{round(middle - half, 1)}" y="21"'
        f' width="{round(2 * half, 1)}" height="{20 if hours else 36}" rx="4"/>'
    ) * is_today
    if not hours:
        return (
            f'{today}<text class="{css}" x="{middle}" y="35">{day:%a}</text>'
            f'<text class="{css} app-head__number" x="{middle}" y="52">{day.day}</text>'
        )
    times = "".join(
        f'<text class="app-head__hour" x="{round(x + scale.day_width * hour / 24, 1)}"'
        f' y="57">{hour}:00</text>'
        for hour in range(hours, 24, hours)
    )
    name = f"{day:%A} {day.day}"
    return f'{today}<text class="{css}" x="{middle}" y="36">{name}</text>{times}'


def _now(scale: Scale, now: datetime, clock: str) -> str:
    x = scale.place(now)
    if not 0 <= x <= scale.width:
        return ""
    text = f"Now, {clock}"
    at = round(min(x + 4, PICTURE - text_width(text) - 2), 1)
    return (
        f'<path class="app-lane__now" d="M{x} 57V{_HEAD}M{x} 3V20"/>'
        f'<text class="app-head__now" x="{at}" y="14">{escape(text)}</text>'
    )


def badge(initials: str, colour: int) -> str:
    """The initials in their colour, for the legend and the list."""
    kind, ink = colour // COLOURS % 3, f"app-ink-{colour % COLOURS}"
    line = f'<path class="app-duty__foot app-foot-{kind} {ink}-text" d="M4 18H26"/>'
    foot = line if kind else ""
    return (
        '<svg class="app-badge" width="30" height="22" aria-hidden="true">'
        f'<rect class="app-duty {ink}" x=".5" y=".5" width="29" height="21"'
        f' rx="3"/><text class="app-duty__text {ink}-text" x="15" y="15">'
        f"{escape(initials)}</text>{foot}</svg>"
    )
