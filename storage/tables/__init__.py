"""All tables, so that the metadata is complete wherever it is imported."""

from storage.tables import registers, talk, work

__all__ = ["registers", "talk", "work"]
