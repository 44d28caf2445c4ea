"""Pages as people read them: a line break in a template is no more than a space."""

import re


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())
