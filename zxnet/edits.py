"""Edits of the project by command: made in memory, checked as a whole, written only when they hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from zxnet.errors import InvalidInput
from zxnet.inventory.edit import add_unit, parse_value, set_value
from zxnet.inventory.inventory import Inventory
from zxnet.inventory.load import UNIT_FILES, load
from zxnet.inventory.source import read_text
from zxnet.problems import Place, Problem, nearest, shown
from zxnet.project import (
    Project,
    check_project,
    open_project,
    refuse_ledger_change,
    write_atomically,
    write_ledger,
)

__all__ = ["new_unit", "set_unit"]


def set_unit(root: Path, unit: str, changes: Sequence[tuple[str, str | None]], *, locked: bool) -> str:
    """Set (or with None remove) keys of a unit, e.g. `order.tier`. Returns the file that was written.

    All changes are made together: a state and its date go in one step. Raises InvalidInput when the
    project would have an error it does not have now.
    """
    inventory = load(root).inventory
    if inventory is None or unit not in inventory.units:
        known = inventory.units if inventory else ()
        params = {"name": shown(unit), "nearest": nearest(unit, known)}
        raise InvalidInput(Problem("argument.unit", Place("<argument>"), params))
    file = inventory.of_unit(unit).file
    text = read_text(root, file)
    for key, value in changes:
        yaml_value = None if value is None else parse_value(value)
        text = set_value(file, text, unit, tuple(key.split(".")), yaml_value)
    return _write(root, file, text, locked=locked)


def new_unit(root: Path, kind: str, entry: dict[str, Any], *, locked: bool) -> str:
    """Append a unit to the file of its kind. Returns the file. Raises InvalidInput as `set_unit`."""
    key = next(name for name, of in UNIT_FILES.items() if of == kind)
    file = f"inventory/{key}.yaml"
    text = read_text(root, file)
    return _write(root, file, add_unit(text, key, entry), locked=locked)


def as_of(root: Path) -> str:
    """The project's only today, for the dates of a new unit."""
    inventory: Inventory | None = load(root).inventory
    if inventory is None:
        raise InvalidInput(*load(root).problems)
    return inventory.county.as_of.isoformat()


def _write(root: Path, file: str, text: str, *, locked: bool) -> str:
    def errors(problems: list[Problem]) -> list[Problem]:
        return [p for p in problems if p.severity == "error"]

    before = {(p.code, tuple(p.params.items())) for p in errors(check_project(root)[2])}
    after = errors(check_project(root, {file: text})[2])
    new = [p for p in after if (p.code, tuple(p.params.items())) not in before]
    if new:
        raise InvalidInput(*new)
    if locked and not after:
        refuse_ledger_change(_overlaid(root, file, text))
    write_atomically(root / file, text)
    if not after:
        write_ledger(open_project(root))
    return file


def _overlaid(root: Path, file: str, text: str) -> Project:
    from zxnet.design import design

    inventory, allocations, problems = check_project(root, {file: text})
    assert inventory is not None  # without errors there is an inventory
    assert allocations is not None
    return Project(root, inventory, allocations, design(inventory, allocations), problems)
