"""Messages that were not read as they were meant, to teach the reader with."""

from __future__ import annotations

import json

import click

from domain.phrases import say
from dondoc.compose import open_database
from dondoc.terminal import print_json, settings, tell


@click.command(name="cases")
@click.option("--taken", type=int, multiple=True, help="these are in the lexicon or the tests now")
@click.option("--dropped", type=int, multiple=True, help="nothing can be learnt from these")
@click.option("--all", "everything", is_flag=True, help="settled ones too")
@click.option(
    "--as-tests", is_flag=True, help="as labelled lines for tests/domain/reading/replies_cases.jsonl"
)
@click.option("--json", "as_json", is_flag=True)
def COMMAND(
    taken: tuple[int, ...], dropped: tuple[int, ...], everything: bool, as_tests: bool, as_json: bool
) -> None:
    """List what people corrected; docs/replies.md says how a case becomes a word of the lexicon."""
    with open_database(settings()).begin() as uow:
        settled = uow.cases.settle(taken, "taken") + uow.cases.settle(dropped, "dropped")
        cases = uow.cases.all(open_only=not everything)
    if settled:
        tell(say("Cases settled: {number}.", number=settled), err=True)
    shown = [
        {
            "id": c.id,
            "day": c.day.isoformat(),
            "said": c.said,
            "read": c.read,
            "meant": c.meant,
            "state": c.state,
        }
        for c in cases
    ]
    if as_json:
        print_json(shown)
        return
    for case in cases:
        if as_tests:
            wanted = {k: v for k, v in case.meant.items() if v not in (None, [])}
            click.echo(json.dumps({"text": case.said, "expect": wanted}, ensure_ascii=False))
        else:
            read, meant = (json.dumps(dict(x), ensure_ascii=False) for x in (case.read, case.meant))
            click.echo(f"{case.id:>4}  {case.said}\n      ✗ {read}\n      ✓ {meant}")
    if not cases:
        tell(say("There is nothing to learn from at the moment."), err=True)
