"""How text is kept: one way to write it, whatever the browser or the editor sent."""

import unicodedata


def normalised(text: str) -> str:
    """NFC, lines ended by LF alone, no blanks at their ends, no empty lines around."""
    text = unicodedata.normalize("NFC", text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    # Not by a pattern: it would look again from each blank of a long run of them.
    return "\n".join(line.rstrip(" \t") for line in lines).strip("\n")
