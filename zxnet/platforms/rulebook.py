"""Rulebooks: every command zxnet may write, as commented data, one YAML file a platform.

An entry says in which view a command stands, its syntax, what it defines and refers to, what it
opens, where the syntax comes from and whether that was verified (`syntax.py` has the language).
Rendering refuses a line that no entry allows; diff, patch, drivers and simulated devices read the same
entries.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Literal

import yaml

from zxnet.platforms.syntax import TYPES, compile_syntax, first_token

__all__ = ["Command", "Rulebook", "Style", "Violation", "load_rulebook"]

Style = Literal["indent", "braces", "lines", "ini", "verbatim"]


_NOTHING: dict[str, tuple[Command, ...]] = {}
_REMEMBERED = 5_000
"""Lines remembered a view: every constant one, without keeping a huge county's addresses in memory."""


@dataclass(frozen=True, slots=True)
class Command:
    """One rulebook entry; `pattern` matches the whole line without its indentation."""

    view: str
    syntax: str
    pattern: re.Pattern[str]
    enters: str
    kind: Literal["config", "exec", "hidden"]
    defines: dict[str, str]
    refers: dict[str, str]
    source: tuple[str, ...]
    status: Literal["verified", "unverified"]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one kind of text of the platform nests, and the view its outermost lines stand in."""

    root: str
    style: Style
    comment: str


@dataclass(frozen=True, slots=True)
class Violation:
    line: int
    text: str
    view: str


@dataclass(frozen=True, slots=True)
class Rulebook:
    platform: str
    sources: dict[str, str]
    dialects: dict[str, Dialect]
    commands: tuple[Command, ...]
    _index: dict[str, dict[str, tuple[Command, ...]]]
    remembered: defaultdict[str, dict[str, Command]] = field(
        default_factory=lambda: defaultdict(dict), compare=False
    )

    def match(self, view: str, line: str) -> Command | None:
        """The entry that allows `line` (no indentation) in `view`, or None.

        Answers are remembered: most lines of a county are the same on every device.
        """
        seen = self.remembered[view]
        found = seen.get(line)
        if found is not None:
            return found
        by_token = self._index.get(view, _NOTHING)
        for command in by_token.get(line.partition(" ")[0]) or by_token.get("", ()):
            if command.pattern.fullmatch(line):
                if len(seen) < _REMEMBERED:
                    seen[line] = command
                return command
        return None

    def walk(
        self, dialect: str, text: str, *, unknown: bool = False
    ) -> Iterator[tuple[int, str, str, Command | None]]:
        """(line number, view, line, entry or None) for each command line; `unknown`: those without."""
        from zxnet.platforms.nesting import WALKERS

        known = self.dialects[dialect]
        return WALKERS[known.style](self, known, text, unknown=unknown)

    def violations(self, dialect: str, text: str) -> list[Violation]:
        """Lines of `text` that no entry allows, in order. Raises KeyError on an unknown dialect."""
        return [Violation(n, line, view) for n, view, line, _ in self.walk(dialect, text, unknown=True)]


# --- loading ----------------------------------------------------------------------------------


def parse_rulebook(text: str) -> Rulebook:
    """Build a rulebook from its YAML. Raises ValueError naming the entry that is wrong."""
    raw: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    types = {**TYPES, **raw.get("types", {})}
    sources: dict[str, str] = raw["sources"]
    commands: list[Command] = []
    index: dict[str, dict[str, list[Command]]] = {}
    for entry in raw["commands"]:
        unknown = entry.keys() - _KEYS
        if unknown:
            raise ValueError(f"{raw['platform']}: unknown key {sorted(unknown)} in {entry}")
        source = entry["source"]
        command = Command(
            view=entry["view"],
            syntax=entry["syntax"],
            pattern=compile_syntax(entry["syntax"], types),
            enters=entry.get("enters", ""),
            kind=entry.get("kind", "config"),
            defines=entry.get("defines", {}),
            refers=entry.get("refers", {}),
            source=(source,) if isinstance(source, str) else tuple(source),
            status=entry["status"],
        )
        for name in command.source:
            if name not in sources:
                raise ValueError(f"{raw['platform']}: {command.syntax!r} names the unknown source {name!r}")
        for name in (*command.defines.values(), *command.refers.values()):
            if name not in command.pattern.groupindex:
                raise ValueError(f"{raw['platform']}: {command.syntax!r} has no value <{name}>")
        commands.append(command)
        index.setdefault(command.view, {}).setdefault(first_token(command.syntax), []).append(command)
    for by_token in index.values():  # entries that begin with a value are tried after those of the word
        for token in by_token.keys() - {""}:
            by_token[token] += by_token.get("", [])
    return Rulebook(
        platform=raw["platform"],
        sources=sources,
        dialects={k: Dialect(v["root"], v["style"], v["comment"]) for k, v in raw["dialects"].items()},
        commands=tuple(commands),
        _index={view: {t: tuple(c) for t, c in by.items()} for view, by in index.items()},
    )


_KEYS = {"view", "syntax", "enters", "kind", "defines", "refers", "source", "status", "note"}


@cache
def load_rulebook(platform: str) -> Rulebook:
    """The rulebook zxnet ships for a platform. Raises FileNotFoundError when there is none."""
    return parse_rulebook(
        resources.files("zxnet.platforms").joinpath(platform, "rulebook.yaml").read_text("utf-8")
    )
