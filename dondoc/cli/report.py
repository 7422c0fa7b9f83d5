"""Reports by name; without a name, the list of them."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

import click

import dondoc.reports
from dondoc.terminal import print_json, speak

_NOT_REPORTS = {"out"}


class Reports(click.Group):
    """Loads a report's file only when it is asked for; a file without its constants fails loudly."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every report there is a file for."""
        return names()

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The file's COMMAND."""
        if name not in names():
            return None
        command: click.Command = load(name).COMMAND
        return command


def names() -> list[str]:
    """The reports' names."""
    files = {m.name for m in pkgutil.iter_modules(dondoc.reports.__path__)} - _NOT_REPORTS
    return sorted(name.replace("_", "-") for name in files)


def load(name: str) -> ModuleType:
    """One report's file."""
    return importlib.import_module(f"dondoc.reports.{name.replace('-', '_')}")


@click.group(name="report", cls=Reports, invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="the list as JSON")
@click.pass_context
def COMMAND(ctx: click.Context, as_json: bool) -> None:
    """Write a report; without a name, list them."""
    if ctx.invoked_subcommand:
        return
    found = [(name, load(name)) for name in names()]
    if as_json:
        print_json(
            [
                {"name": name, "title": speak(m.TITLE), "formats": [f.value for f in m.FORMS]}
                for name, m in found
            ]
        )
        return
    for name, module in found:
        click.echo(f"{name:<12} {speak(module.TITLE)} ({', '.join(f.value for f in module.FORMS)})")
