"""How text is kept: one way to write it, whatever the browser or the editor sent."""

import re
import unicodedata

_BLANKS = re.compile(r"[ \t]+$", re.MULTILINE)


def normalised(text: str) -> str:
    """NFC, lines ended by LF alone, no blanks at their ends, no empty lines around."""
    text = unicodedata.normalize("NFC", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _BLANKS.sub("", text).strip("\n")
