"""What a page of the directory says, as its tests read it."""

import html
import re

PAGE = "/skills/"


def names(response):
    """The people found, in order."""
    return [result.person.name for result in response.context["results"]]


def text(response):
    """What the page says, without its markup."""
    body = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(body).split())
