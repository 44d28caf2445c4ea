"""Keeps secrets in the database so that a copy of it alone opens nothing."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Unreadable(ValueError):
    """Sealed under a key that this site no longer has."""


def seal(text: str) -> str:
    """The text as it may be stored."""
    return _lock().encrypt(text.encode()).decode()


def unseal(stored: str) -> str:
    """The text that was sealed. Raises Unreadable if no key of ours opens it."""
    try:
        return _lock().decrypt(stored.encode()).decode()
    except InvalidToken as error:
        raise Unreadable(
            "Sealed under another SECRET_KEY: put the old one into SECRET_KEY_FALLBACKS"
        ) from error


def _lock():
    """The newest key seals; older ones still open."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(key)) for key in keys])


def _key(secret):
    # SECRET_KEY is long and random, so one hash of it is key enough.
    digest = hashlib.sha256(b"lincs_ict.sealing:" + secret.encode()).digest()
    return base64.urlsafe_b64encode(digest)
