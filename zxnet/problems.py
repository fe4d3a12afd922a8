"""What is wrong with something the user owns: where, what, what was expected, what to do.

A `Problem` is data; its sentence is looked up by code in `messages/<lang>.yaml` only when it is shown,
so every problem exists in both languages and the JSON output is the same in each.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

__all__ = ["Place", "Problem", "message", "nearest"]

Severity = Literal["error", "warning"]
Lang = Literal["en", "zh"]


class Place(NamedTuple):
    """A spot in a file of the project; line and column count from 1, 0 = the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `params` fill the message's braces; they are already plain text."""

    code: str
    place: Place
    params: dict[str, str] = field(default_factory=dict)
    severity: Severity = "error"

    def message(self, lang: Lang = "en") -> str:
        return message(self.code, lang, self.params)[0]

    def hint(self, lang: Lang = "en") -> str:
        """What to do about it; "" when the message says it all."""
        hint = message(self.code, lang, self.params)[1]
        near = self.params.get("nearest", "")
        suggestion = message("nearest", lang, self.params)[0] if near else ""
        return " ".join(part for part in (suggestion, hint) if part)

    def as_json(self, lang: Lang = "en") -> dict[str, object]:
        return {
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "severity": self.severity,
            "code": self.code,
            "message": self.message(lang),
            "hint": self.hint(lang),
        }


@cache
def _catalogue(lang: Lang) -> dict[str, list[str]]:
    import yaml

    folder = resources.files("zxnet.messages")
    entries: dict[str, str | list[str]] = {}
    for file in (f"{lang}.yaml", f"cli.{lang}.yaml"):
        entries |= yaml.load(folder.joinpath(file).read_text("utf-8"), Loader=yaml.CSafeLoader)
    return {code: [entry, ""] if isinstance(entry, str) else entry for code, entry in entries.items()}


def message(code: str, lang: Lang, params: dict[str, str]) -> tuple[str, str]:
    """(sentence, hint) of a message code with its parameters in place. Raises KeyError on an unknown code."""
    sentence, hint = _catalogue(lang)[code]
    return sentence.format_map(params), hint.format_map(params)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known name most like `word`, or "" when none is close: for "did you mean"."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return close[0] if close else ""


def shown(value: object, limit: int = 60) -> str:
    """A value as it may stand in a message: one line, control characters spelt out, cut to `limit`."""
    if isinstance(value, (dict, list)):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = value if isinstance(value, str) else "null" if value is None else str(value)
    if isinstance(value, bool):
        text = text.lower()
    text = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    return text if len(text) <= limit else text[: limit - 1] + "…"
