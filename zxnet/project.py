"""Open a project: read, check, allocate, design. What every command does first, in one place."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from zxnet.allocate.allocations import Allocations, allocate, pool_sizes
from zxnet.allocate.ledger import Ledger, doubles, format_ledger, parse_ledger, settle
from zxnet.design import Network, design
from zxnet.errors import InvalidInput, Refused
from zxnet.inventory.check import check
from zxnet.inventory.inventory import Inventory
from zxnet.inventory.load import LEDGER, load
from zxnet.inventory.source import read_text
from zxnet.problems import Place, Problem

__all__ = [
    "Project",
    "check_project",
    "open_project",
    "read_ledger",
    "refuse_ledger_change",
    "write_atomically",
    "write_ledger",
]


@dataclass(frozen=True)
class Project:
    """A valid project, designed. `warnings` are for showing; errors never get here."""

    root: Path
    inventory: Inventory
    allocations: Allocations
    network: Network
    warnings: list[Problem]


def read_ledger(root: Path) -> tuple[Ledger, list[Problem], str]:
    """(ledger, problems, text); an absent ledger is an empty one."""
    if not (root / LEDGER).exists():
        return Ledger(), [], ""
    try:
        text = read_text(root, LEDGER)
    except InvalidInput as error:
        return Ledger(), list(error.problems), ""
    ledger, problems = parse_ledger(text, LEDGER)
    return ledger, problems, text


def check_project(
    root: Path, overlay: Mapping[str, str] = MappingProxyType({})
) -> tuple[Inventory | None, Allocations | None, list[Problem]]:
    """Everything that is wrong with a project, in file order, and what could be made of it."""
    loaded = load(root, overlay)
    problems = list(loaded.problems)
    ledger, ledger_problems, _ = read_ledger(root)
    problems += ledger_problems
    for pool, slot, owners in doubles(ledger):
        params = {"pool": pool, "slot": str(slot), "owners": ", ".join(owners)}
        problems.append(Problem("ledger.double", Place(LEDGER), params))
    allocations = None
    if loaded.inventory is not None:
        problems += check(loaded.inventory, loaded.broken_units)
        if not any(p.severity == "error" for p in problems):
            try:
                allocations = allocate(loaded.inventory, ledger)
            except InvalidInput as error:
                problems += error.problems
    return loaded.inventory, allocations, sorted(problems, key=lambda p: (p.place, p.code))


def open_project(root: Path) -> Project:
    """Read and design the project in `root`. Raises InvalidInput with every error it has."""
    inventory, allocations, problems = check_project(root)
    errors = [p for p in problems if p.severity == "error"]
    if errors or inventory is None or allocations is None:
        raise InvalidInput(*errors)
    return Project(root, inventory, allocations, design(inventory, allocations), problems)


def ledger_sha256(ledger: Ledger) -> str:
    return hashlib.sha256(format_ledger(ledger).encode()).hexdigest()


def refuse_ledger_change(project: Project) -> None:
    """`--locked`: raises Refused when the ledger on disk is not the one this inventory needs."""
    given = project.allocations
    if given.changed:
        params = {"count": str(len(given.new)), "first": " ".join(given.new[0]) if given.new else "-"}
        raise Refused(Problem("ledger.locked", Place(LEDGER), params))


def write_ledger(project: Project) -> None:
    """Put the ledger on disk if it changed."""
    if project.allocations.changed:
        write_atomically(project.root / LEDGER, format_ledger(project.allocations.ledger))


def write_atomically(path: Path, text: str) -> None:
    """Replace a file's text in one step, so that a killed process leaves the old one or the new one."""
    staging = path.with_name(f".{path.name}.new-{os.getpid()}")
    try:
        with staging.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            staging.chmod(path.stat().st_mode & 0o777)
        staging.replace(path)
    finally:
        staging.unlink(missing_ok=True)


def settle_ledger(root: Path) -> list[tuple[str, str]]:
    """Take doubles away from all but one owner and write the ledger; who lost gets a new number at once.

    Raises InvalidInput when the project or the ledger has other errors.
    """
    ledger, problems, _ = read_ledger(root)
    loaded = load(root)
    if loaded.inventory is None or loaded.problems or problems:
        raise InvalidInput(*loaded.problems, *problems)
    settled, lost = settle(ledger, pool_sizes(loaded.inventory))
    if lost:
        given = allocate(loaded.inventory, settled)
        write_atomically(root / LEDGER, format_ledger(given.ledger))
    return lost
