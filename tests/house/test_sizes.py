"""Sizes that stayed readable; past them, look for the missing noun."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("domain", "storage", "locales", "bot", "scheduler", "web", "dondoc")
FILES = sorted(
    p
    for folder in FOLDERS
    for p in (ROOT / folder).rglob("*.py")
    if "migrations/versions" not in p.as_posix()
)
LIMITS = {"bot/channels/": 200, "bot/commands/": 120, "domain/reminders/": 80}


def limit(path: Path) -> int:
    name = path.relative_to(ROOT).as_posix()
    return next((size for prefix, size in LIMITS.items() if name.startswith(prefix)), 300)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_file_and_functions_are_short(path: Path) -> None:
    source = path.read_text("utf-8")
    lines = source.count("\n")
    assert lines <= limit(path), f"{lines} lines; at most {limit(path)}"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= 45, f"{node.name} has {length} lines (40, and 5 for a long signature)"


def test_files_of_tests_and_benchmarks_are_short() -> None:
    others = [p for folder in ("tests", "benchmarks") for p in (ROOT / folder).rglob("*.py")]
    lines = {p.relative_to(ROOT).as_posix(): p.read_text("utf-8").count("\n") for p in others}
    assert lines
    assert {name: count for name, count in lines.items() if count > 300} == {}
