"""Where a report goes: a file, or standard output for what can be read there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from domain.errors import BadInput, Refusal
from domain.phrases import say, verbatim
from dondoc.terminal import tell


def write_out(report: str | bytes | dict[str, Any], out: Path | None) -> None:
    """Write a report; one JSON document for a dict. Bytes need a file. Raises BadInput and Refusal."""
    if isinstance(report, dict):
        report = json.dumps(report, ensure_ascii=False, indent=2) + "\n"
    if out is None:
        if isinstance(report, bytes):
            raise BadInput(say("This format is a file: please name it with --out."), code="no_file")
        click.echo(report, nl=False)
        return
    try:
        out.write_bytes(report.encode() if isinstance(report, str) else report)
    except OSError as error:
        raise Refusal(say("{file} cannot be written.", file=verbatim(str(out))), code="unwritable") from error
    tell(say("Written to {file}.", file=verbatim(str(out))), err=True)
