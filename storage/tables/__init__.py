"""All tables, so that the metadata is complete wherever it is imported."""

from storage.tables import learning, registers, talk, work

__all__ = ["learning", "registers", "talk", "work"]
