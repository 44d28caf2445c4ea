"""Secrets in a plan: a warning for passwords, a refusal for keys and tokens."""

import re
from collections.abc import Iterable
from typing import Any

INSTEAD = "Remove it, and say where the safe is instead"
_KEYS = (
    ("a private key", r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----"),
    ("a private key", r"PuTTY-User-Key-File-\d"),
    ("a cloud access key", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    ("a cloud access key", r"\bAIza[0-9A-Za-z_-]{35}\b"),
    ("a cloud access key", r"\bAccountKey=[0-9A-Za-z+/]{40,}={0,2}"),
    ("an access token", r"\bgh[pousr]_[0-9A-Za-z]{30,}"),
    ("an access token", r"\bgithub_pat_[0-9A-Za-z_]{30,}"),
    ("an access token", r"\bglpat-[0-9A-Za-z_-]{20,}"),
    ("an access token", r"\bxox[abposr]-[0-9A-Za-z-]{10,}"),
    ("an access token", r"\bsk[-_](?:live[-_])?[0-9A-Za-z_-]{20,}"),
    ("an access token", r"\beyJ[0-9A-Za-z_-]{8,500}\.eyJ[0-9A-Za-z_-]{8,3000}\."),
    ("a password in an address", r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]+:[^\s/@]+@"),
)
_REFUSED = [(what, re.compile(pattern)) for what, pattern in _KEYS]
# “Password: x”, “pwd=x”, “PIN is 1234”; not “password: see the safe”, nor a heading.
_NAMED = (
    r"\b(?:pass(?:word|wd|code|phrase)|pwd|pin(?: code)?|community string|"
    r"pre-?shared key|psk|secret(?: key)?|api key)\b\W{0,3}(?:\s+is\b)?"
    r"\s*[:=][\s“\"'`*]*(?P<value>[^\s“”\"'`*,;]{3,})"
)
_STATED = r"\b(?:password|passphrase|passcode|PIN) is [“\"'`*]*(?P<value>\S{4,})"
_WARNED = [re.compile(_NAMED, re.IGNORECASE), re.compile(_STATED)]
_HARMLESS = re.compile(
    r"(?:in|see|ask|kept|held|stored|changed|reset|not|none|never|the|with|by|at|on|"
    r"sealed|required|needed|known|{{.*|<.*|\[.*|_+|\.+|-+|…+)\.?",
    re.IGNORECASE,
)


def refusal(texts: Iterable[Any]) -> str:
    """The sentence that refuses texts with a key or token in them, or nothing."""
    for text in texts_in(texts):
        for what, pattern in _REFUSED:
            if pattern.search(text):
                return f"There is {what} in this text. {INSTEAD}"
    return ""


def warning(texts: Iterable[Any]) -> str:
    """The sentence that warns of what looks like a password, or nothing.

    It names the line and not the word, because warnings are shown and kept.
    """
    for text in texts_in(texts):
        for number, line in enumerate(text.splitlines(), start=1):
            matches = (m for pattern in _WARNED for m in pattern.finditer(line))
            if any(not _HARMLESS.fullmatch(match["value"]) for match in matches):
                return (
                    f"Line {number} looks like a password. {INSTEAD}. "
                    "If it is not one, tick the box and save again"
                )
    return ""


def texts_in(values: Iterable[Any]) -> Iterable[str]:
    """The texts among values, including those in lists."""
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from texts_in(value)
