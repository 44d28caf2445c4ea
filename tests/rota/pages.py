"""Reading the form of a page, to post it back with something changed."""

from html.parser import HTMLParser

from tests.support.reading import text_of


class _Form(HTMLParser):
    """What a browser would post of the first form in `main` that is posted."""

    def __init__(self):
        super().__init__()
        self.values, self.is_in_main, self.state = {}, False, "before"
        self.select, self.text, self.several = "", "", {}

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.is_in_main = self.is_in_main or tag == "main"
        if tag == "form" and self.is_in_main and self.state == "before":
            self.state = "in" if attrs.get("method") == "post" else "before"
        elif self.state == "in":
            getattr(self, f"_{tag}", lambda attrs: None)(attrs)

    def handle_endtag(self, tag):
        if tag == "form" and self.state == "in":
            self.state = "after"
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.text = ""

    def handle_data(self, data):
        if self.text:
            self.values[self.text] = data.strip()

    def _input(self, attrs):
        kind, value = attrs.get("type", "text"), attrs.get("value", "")
        if kind == "checkbox" and "checked" in attrs:
            self._add(attrs["name"], attrs.get("value", "on"))
        elif kind == "hidden":
            self._add(attrs["name"], value)
        elif kind not in ("checkbox", "radio") or "checked" in attrs:
            self.values[attrs["name"]] = value

    def _add(self, name, value):
        """One of several of a name, or the only one."""
        self.several.setdefault(name, []).append(value)
        several = self.several[name]
        self.values[name] = several if len(several) > 1 else value

    def _select(self, attrs):
        self.select = attrs["name"]

    def _option(self, attrs):
        if "selected" in attrs or self.select not in self.values:
            self.values[self.select] = attrs.get("value", "")

    def _textarea(self, attrs):
        self.text = attrs["name"]
        self.values[self.text] = ""


def typed(client, page) -> dict:
    """What a browser would post back of a page, by its address or as answered."""
    answer = client.get(page) if isinstance(page, str) else page
    form = _Form()
    form.feed(text_of(answer))
    form.values.pop("csrfmiddlewaretoken", None)
    return form.values


def confirmed(client, address, posted):
    """Save what was typed, read what would change, and save that; both answers."""
    shown = client.post(address, posted)
    return shown, client.post(address, typed(client, shown))
