"""All tables, so that the metadata is complete wherever it is imported."""

from storage.tables import (
    dossiers,
    drafts,
    late_lists,
    learning,
    notices,
    quotas,
    registers,
    talk,
    tokens,
    work,
)

__all__ = [
    "dossiers",
    "drafts",
    "late_lists",
    "learning",
    "notices",
    "quotas",
    "registers",
    "talk",
    "tokens",
    "work",
]
