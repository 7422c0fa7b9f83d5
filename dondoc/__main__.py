"""The command line: one file a command in ``dondoc/cli``, found by name when it is called."""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys

import click

import dondoc.cli
from domain.errors import BadInput, Refusal
from dondoc.logs import set_up_logs
from dondoc.terminal import speak


class Commands(click.Group):
    """Loads a command's file only when it is asked for, so that start-up stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every file in the folder, ``import_`` shown as ``import``."""
        return sorted(m.name.rstrip("_") for m in pkgutil.iter_modules(dondoc.cli.__path__))

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The file's COMMAND; a file without one fails loudly."""
        if name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"dondoc.cli.{'import_' if name == 'import' else name}")
        command: click.Command = module.COMMAND
        return command


@click.command(cls=Commands)
@click.version_option(package_name="dondoc", message="%(prog)s %(version)s")
def cli() -> None:
    """dondoc follows up the work a province assigns, until it is done."""


def main() -> None:
    """Run a command. Exit status 2 for bad input, 1 for a failure, the reason on standard error."""
    set_up_logs()
    try:
        cli(prog_name="dondoc")
    except BadInput as error:
        _fail(error, 2)
    except Refusal as error:
        _fail(error, 1)


def _fail(error: Refusal, status: int) -> None:
    sentence = speak(error.phrase)
    if "--json" in sys.argv:
        click.echo(json.dumps({"error": error.code, "message": sentence}, ensure_ascii=False), err=True)
    else:
        click.echo(sentence, err=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
