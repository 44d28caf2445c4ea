"""Reading a table somebody uploaded."""

from collections.abc import Mapping

from partners.table import Column, Row, UnreadableFile

__all__ = ["Column", "Row", "UnreadableFile", "read_table"]


def read_table(data: bytes, file_name: str, columns: Mapping[str, Column]) -> list[Row]:
    """The rows of a CSV or XLSX file; raises UnreadableFile with a sentence."""
    raise NotImplementedError
