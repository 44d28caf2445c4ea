"""What shuts somebody out of a page, as the browser itself finds it."""

from axe_playwright_python.sync_playwright import Axe

AXE = Axe().axe_script
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
# Colours are the same at any width, and looking at them takes longest.
NARROW = RULES | {"rules": {"color-contrast": {"enabled": False}}}
_SCROLLED = "document.documentElement.scrollWidth - window.innerWidth"
_SEEN = """() => {
    const box = document.activeElement;
    const ticked = ['radio', 'checkbox'].includes(box.type);
    const drawn = ticked ? box.labels[0] : box;
    const style = getComputedStyle(drawn, ticked ? '::before' : null);
    const outline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth);
    return Boolean(outline) || style.boxShadow !== 'none';
}"""


def failures(page, rules=RULES):
    """The rules of WCAG 2.2 AA this page breaks, with where it does."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    broken = page.evaluate("rules => axe.run(rules).then(r => r.violations)", rules)
    return {rule["id"]: [node["target"] for node in rule["nodes"]] for rule in broken}


def shuts_out(page):
    """What keeps people away from a page, wide and on the narrowest telephone."""
    found = {"wide": failures(page)}
    page.set_viewport_size({"width": 320, "height": 640})
    found["narrow"] = failures(page, NARROW)
    found["sideways"] = max(0, page.evaluate(_SCROLLED))
    return {where: what for where, what in found.items() if what}


def is_focus_seen(page):
    """Whether one can see which thing on the page the keyboard is at."""
    return page.evaluate(_SEEN)


def tab_to(page, selector, most=150):
    """Press Tab until the thing is reached, seeing at each step where one is."""
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate("s => document.activeElement.matches(s)", selector)
        assert is_focus_seen(page), page.evaluate("document.activeElement.outerHTML")
        if at:
            return
    raise AssertionError(f"{selector} is not reached with the keyboard")
