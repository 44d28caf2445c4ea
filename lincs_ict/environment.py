"""What the environment says, read so that a wrong value stops with a sentence."""

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()


def switch(name: str) -> bool:
    """On or off; off unless it is said."""
    value = env.str(name, default="off").strip().lower()
    if value not in {"on", "off"}:
        raise ImproperlyConfigured(f"{name} is “{value}”: set it to on or off")
    return value == "on"


def needed(name: str, explanation: str) -> str:
    """A value that has no default."""
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"{name} is missing: {explanation}")
    return value


def whole_number(name: str, default: int) -> int:
    value = env.str(name, default=str(default))
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} is “{value}”: set it to a whole number")
    return int(value)
