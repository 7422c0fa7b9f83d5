"""Reports of the command line: one file each, with ``TITLE`` and a click ``COMMAND``, found when asked for."""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    """What a report can be written as."""

    TEXT = "text"
    JSON = "json"
    XLSX = "xlsx"
    DOCX = "docx"
    PNG = "png"
