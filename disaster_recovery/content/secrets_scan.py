"""What must not stand in a plan: passwords are warned of, keys and tokens refused."""

import re
from collections.abc import Iterable
from typing import Any

INSTEAD = "Take it out, and say where the safe is in which it is kept"
_KEYS = (
    ("a private key", r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----"),
    ("a private key", r"PuTTY-User-Key-File-\d"),
    ("an access key of a cloud", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    ("an access key of a cloud", r"\bAIza[0-9A-Za-z_-]{35}\b"),
    ("an access key of a cloud", r"\bAccountKey=[0-9A-Za-z+/]{40,}={0,2}"),
    ("an access token", r"\bgh[pousr]_[0-9A-Za-z]{30,}"),
    ("an access token", r"\bgithub_pat_[0-9A-Za-z_]{30,}"),
    ("an access token", r"\bglpat-[0-9A-Za-z_-]{20,}"),
    ("an access token", r"\bxox[abposr]-[0-9A-Za-z-]{10,}"),
    ("an access token", r"\bsk[-_](?:live[-_])?[0-9A-Za-z_-]{20,}"),
    ("an access token", r"\beyJ[0-9A-Za-z_-]{8,}\.eyJ[0-9A-Za-z_-]{8,}\.[\w-]*"),
    ("a password within an address", r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]+:[^\s/@]+@"),
)
_REFUSED = [(what, re.compile(pattern)) for what, pattern in _KEYS]
# “Password: x”, “pwd=x”, “PIN is 1234”; not “password: see the safe”, nor a heading.
_NAMED = (
    r"\b(?:pass(?:word|wd|code|phrase)|pwd|pin(?: code)?|community string|"
    r"pre-?shared key|psk|secret(?: key)?|api key)\b\W{0,3}(?:\s+is\b)?"
    r"\s*[:=][\s“\"'`*]*(?P<said>[^\s“”\"'`*,;]{3,})"
)
_SAID_TO_BE = r"\b(?:password|passphrase|passcode|PIN) is [“\"'`*]*(?P<said>\S{4,})"
_WARNED = [re.compile(_NAMED, re.IGNORECASE), re.compile(_SAID_TO_BE)]
_HARMLESS = re.compile(
    r"(?:in|see|ask|kept|held|stored|changed|reset|not|none|never|the|with|by|at|on|"
    r"sealed|required|needed|known|{{.*|<.*|\[.*|_+|\.+|-+|…+)\.?",
    re.IGNORECASE,
)


def refusal(texts: Iterable[Any]) -> str:
    """The sentence that refuses texts with a key or a token in them, or nothing."""
    for text in texts_in(texts):
        for what, pattern in _REFUSED:
            if pattern.search(text):
                return f"There is {what} in this text. {INSTEAD}"
    return ""


def warning(texts: Iterable[Any]) -> str:
    """The sentence that warns of what looks like a password, or nothing.

    It names the line and not the word, for warnings are shown and kept.
    """
    for text in texts_in(texts):
        for number, line in enumerate(text.splitlines(), start=1):
            if _looks_like_a_password(line):
                return (
                    f"Line {number} looks as if it held a password. {INSTEAD}. "
                    "If it is none, tick the box and save again"
                )
    return ""


def _looks_like_a_password(line):
    found = (match for pattern in _WARNED for match in pattern.finditer(line))
    return any(not _HARMLESS.fullmatch(match["said"]) for match in found)


def texts_in(values: Iterable[Any]) -> Iterable[str]:
    """The texts among values, those within lists too."""
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from texts_in(value)
