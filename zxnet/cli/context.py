"""What every command has: the global options, and the two ways to speak, people's and programs'."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from zxnet.problems import Problem, message

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["Context"]


@dataclass(frozen=True)
class Context:
    """Global options. Human output and JSON go to stdout, progress and notes to stderr."""

    project: Path
    json: bool
    lang: Literal["en", "zh"]
    verbosity: int

    def say(self, code: str, **params: object) -> str:
        """A sentence of the catalogue in the chosen language."""
        return message(code, self.lang, {k: str(v) for k, v in params.items()})[0]

    def print(self, text: str = "") -> None:
        print(text)

    def note(self, text: str) -> None:
        """Progress and remarks: stderr, silent with -q and with --json."""
        if self.verbosity >= 0:
            print(text, file=sys.stderr)

    def print_json(self, value: Any) -> None:
        json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")

    def print_problems(self, problems: Iterable[Problem], *, stream: Any = None) -> None:
        """One line a problem, its hint below, indented: what editors and people both can read."""
        out = stream or sys.stdout
        for problem in problems:
            word = self.say(f"severity.{problem.severity}")
            print(f"{problem.place}: {word}: {problem.message(self.lang)}", file=out)
            hint = problem.hint(self.lang)
            if hint:
                print(f"    {hint}", file=out)

    def console(self, *, stderr: bool = False) -> Console:
        from rich.console import Console

        return Console(stderr=stderr, highlight=False)

    def print_table(self, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[str]]) -> None:
        """A table that fits the terminal; columns are (heading, "left", "right" or "wrap").

        Only columns that wrap give way when the terminal is narrow: ids and figures are never cut.
        """
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, header_style="bold")
        for heading, align in columns:
            justify: Literal["left", "right"] = "right" if align == "right" else "left"
            table.add_column(heading, justify=justify, no_wrap=align != "wrap", overflow="fold")
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        self.console().print(table)
