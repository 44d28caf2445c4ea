"""Text in the one form it is stored in, whatever a browser or editor sent."""

import unicodedata


def normalised(text: str) -> str:
    """NFC, lines ending in LF without trailing spaces, no empty lines around."""
    text = unicodedata.normalize("NFC", text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    # Not by a pattern, which would start again at each space of a long run.
    return "\n".join(line.rstrip(" \t") for line in lines).strip("\n")
