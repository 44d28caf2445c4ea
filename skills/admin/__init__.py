from . import catalogue, held, people, relations

__all__ = ["catalogue", "held", "people", "relations"]
