from . import catalogue, held, people

__all__ = ["catalogue", "held", "people"]
