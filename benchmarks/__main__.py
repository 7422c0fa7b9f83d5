"""``python -m benchmarks [name …]``: run the benchmarks named, or all of them."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import benchmarks


def main() -> None:
    """Import each module of this folder and run its ``main()``."""
    known = sorted(m.name for m in pkgutil.iter_modules(benchmarks.__path__) if not m.name.startswith("_"))
    wanted = sys.argv[1:] or known
    if unknown := set(wanted) - set(known):
        sys.exit(f"no benchmark named {', '.join(sorted(unknown))}; there are: {', '.join(known)}")
    for name in wanted:
        importlib.import_module(f"benchmarks.{name}").main()


main()
