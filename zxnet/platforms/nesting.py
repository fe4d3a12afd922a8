"""How lines nest in each kind of config text, so that a line can be looked up in its view.

One walker per style. Each yields (line number, view, line, rulebook entry or None), with `unknown` only
those without an entry, and never raises on odd text: a line whose view is unknown is looked up in "" and
so comes back as None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zxnet.platforms.rulebook import Command, Dialect, Rulebook

__all__ = ["WALKERS"]

Walk = Iterator[tuple[int, str, str, "Command | None"]]


def _indent(book: Rulebook, dialect: Dialect, text: str, *, unknown: bool) -> Walk:
    """VRP, Comware, IOS, FRR: a view's lines are indented below the line that opens it."""
    comment, match, remembered = dialect.comment, book.match, book.remembered
    view, depth = dialect.root, -1  # where the line stands, and how deep the line that opened it stood
    outer: list[tuple[str, int]] = []
    opens, last = "", 0  # the view the line before opens, and how deep it stood
    number = 0
    for raw in text.split("\n"):
        number += 1
        line = raw.lstrip(" ")
        if not line or line[0] == comment:
            continue
        own = len(raw) - len(line)
        if own > last:
            outer.append((view, depth))
            view, depth = opens, last
        else:
            while own <= depth:
                view, depth = outer.pop()
        command = remembered[view].get(line) or match(view, line)
        if command is None:
            yield number, view, line, None
            opens = ""
        else:
            if not unknown:
                yield number, view, line, command
            opens = command.enters
        last = own


def _braces(book: Rulebook, dialect: Dialect, text: str, *, unknown: bool) -> Walk:
    """swanctl, nftables, keepalived: `name {` … `}`, one statement a line."""
    stack = [dialect.root]
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith(dialect.comment):
            continue
        if line == "}":
            if len(stack) == 1:
                yield number, stack[-1], line, None
            else:
                stack.pop()
            continue
        command = book.match(stack[-1], line)
        if command is None or not unknown:
            yield number, stack[-1], line, command
        if line.endswith("{"):
            stack.append(command.enters if command else "")


def _lines(book: Rulebook, dialect: Dialect, text: str, *, unknown: bool) -> Walk:
    """sysctl, pppd, tc and ip batches: every line for itself."""
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if line and not line.startswith(dialect.comment):
            command = book.match(dialect.root, line)
            if command is None or not unknown:
                yield number, dialect.root, line, command


def _ini(book: Rulebook, dialect: Dialect, text: str, *, unknown: bool) -> Walk:
    """Systemd units: `[Section]` opens a view, named by its command's `enters`."""
    view = ""
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith(dialect.comment):
            continue
        if line.startswith("["):
            place, command = dialect.root, book.match(dialect.root, line)
            view = command.enters if command else ""
        else:
            place, command = view, book.match(view, line)
        if command is None or not unknown:
            yield number, place, line, command


def _verbatim(_book: Rulebook, _dialect: Dialect, _text: str, *, unknown: bool) -> Walk:  # noqa: ARG001
    """Scripts whose templates hold no value at all: the template is the rule (tests hold it to that)."""
    return iter(())


WALKERS: dict[str, Callable[..., Walk]] = {
    "indent": _indent,
    "braces": _braces,
    "lines": _lines,
    "ini": _ini,
    "verbatim": _verbatim,
}
