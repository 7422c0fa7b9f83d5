"""All tables, so that the metadata is complete wherever it is imported."""

from storage.tables import learning, notices, registers, talk, work

__all__ = ["learning", "notices", "registers", "talk", "work"]
