"""Read a project's files into an Inventory, collecting every problem instead of stopping at the first."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter, ValidationError

from zxnet.errors import InvalidInput
from zxnet.inventory import explain, source
from zxnet.inventory.county import County
from zxnet.inventory.facilities import Facilities
from zxnet.inventory.inventory import Inventory
from zxnet.inventory.source import inside
from zxnet.inventory.tiers import TierFile
from zxnet.inventory.units import Unit
from zxnet.inventory.yamlreader import Document, Marks, parse
from zxnet.problems import Place, Problem, nearest, shown

__all__ = ["ANY_UNIT", "COUNTY", "FACILITIES", "TIERS", "UNIT_FILES", "Loaded", "adapter", "load"]

COUNTY = "inventory/county.yaml"
FACILITIES = "inventory/facilities.yaml"
TIERS = "tiers.yaml"
LEDGER = "inventory/ledger.lock"
UNIT_FILES = {"townships": "township", "departments": "department"}
"""File (or folder) name under inventory/ and top-level key → kind of its units."""

ANY_UNIT = "*"

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*\.yaml")

_MODELS: dict[str, Any] = {COUNTY: County, FACILITIES: Facilities, TIERS: TierFile}


@cache
def adapter(model: Any) -> TypeAdapter[Any]:
    """The validator of a dataclass; building one takes milliseconds, so each is built once."""
    return TypeAdapter(model)


@dataclass
class Loaded:
    """What could be read. `inventory` is None when a file the rest depends on is unusable."""

    inventory: Inventory | None = None
    problems: list[Problem] = field(default_factory=list)
    broken_units: set[str] = field(default_factory=set)
    """Ids of units left out because of their own errors: others may still refer to them.

    `ANY_UNIT` is among them when a whole file could not be read.
    """


def load(project: FilePath, overlay: Mapping[str, str] = MappingProxyType({})) -> Loaded:
    """Read every file of the project. Never raises for bad input: problems are in the result.

    `overlay` has the text of files as they would be: an edit is checked before it is written.
    """

    def read_text(project: FilePath, file: str) -> str:
        return overlay[file] if file in overlay else source.read_text(project, file)

    result = Loaded()
    inputs: dict[str, str] = {}
    values: dict[str, Any] = {}
    documents: dict[str, Document] = {}
    for file, model in _MODELS.items():
        try:
            text = read_text(project, file)
            inputs[file] = _sha256(text)
            document = parse(file, text)
            documents[file] = document
            values[file] = adapter(model).validate_python(document.value)
        except InvalidInput as error:
            result.problems += error.problems
        except ValidationError as error:
            result.problems += explain.problems(error, model, parse(file, text, keys=True), ())
    units: dict[str, Unit] = {}
    marks: dict[str, Marks] = {}
    for file, kind, problem in _unit_files(project):
        if problem is not None:
            result.problems.append(problem)
            result.broken_units.add(ANY_UNIT)
            continue
        try:
            text = read_text(project, file)
            inputs[file] = _sha256(text)
            _read_units(file, kind, text, units, marks, result)
        except InvalidInput as error:
            result.problems += error.problems
            result.broken_units.add(ANY_UNIT)
    if not units and not result.problems:
        result.problems.append(Problem("unit.none", Place("inventory")))
    if len(values) == len(_MODELS):
        result.inventory = Inventory(
            county=values[COUNTY],
            tiers=values[TIERS].tiers,
            network=values[FACILITIES],
            units=dict(sorted(units.items())),
            unit_marks=marks,
            documents=documents,
            inputs=dict(sorted(inputs.items())),
        )
    return result


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _unit_files(project: FilePath) -> Iterator[tuple[str, str, Problem | None]]:
    """(file, top-level key, None) for each unit file; stray files in inventory/ come as problems."""
    try:
        folder = inside(project, "inventory")
        names = _names(folder, "inventory") if folder.is_dir() else []
    except InvalidInput as error:
        yield "inventory", "", error.problems[0]
        return
    expected = ["county.yaml", "facilities.yaml", "ledger.lock"]
    for key in UNIT_FILES:
        expected += [f"{key}.yaml", key]
    for name in names:
        file = f"inventory/{name}"
        key = name.removesuffix(".yaml")
        if key in UNIT_FILES and name.endswith(".yaml"):
            yield file, key, None
        elif name in UNIT_FILES:
            yield from _unit_folder(project, file, name)
        elif name not in expected and not name.startswith("."):
            params = {"known": ", ".join(sorted(expected)), "nearest": nearest(name, expected)}
            yield file, "", Problem("file.unexpected", Place(shown(file)), params)


def _unit_folder(project: FilePath, folder: str, key: str) -> Iterator[tuple[str, str, Problem | None]]:
    try:
        names = _names(inside(project, folder), folder)
    except InvalidInput as error:
        yield folder, "", error.problems[0]
        return
    for name in names:
        file = f"{folder}/{name}"
        if _FILE_NAME.fullmatch(name):
            yield file, key, None
        elif not name.startswith("."):
            yield file, "", Problem("file.name", Place(shown(file)))


def _names(folder: FilePath, relative: str) -> list[str]:
    """Names in a folder, sorted. Raises InvalidInput when it cannot be read."""
    try:
        return sorted(p.name for p in folder.iterdir())
    except NotADirectoryError as error:
        raise InvalidInput(Problem("file.not_a_folder", Place(relative))) from error
    except OSError as error:
        params = {"reason": error.strerror or ""}
        raise InvalidInput(Problem("file.unreadable", Place(relative), params)) from error


def _read_units(
    file: str, key: str, text: str, units: dict[str, Unit], marks: dict[str, Marks], result: Loaded
) -> None:
    document = parse(file, text)
    extra = [k for k in document.value if k != key]
    for name in extra:
        params = {"key": shown(name), "known": key, "nearest": nearest(name, [key])}
        result.problems.append(Problem("schema.unknown", document.find((name,)), params))
    entries = document.value.get(key)
    if not isinstance(entries, list):
        params = {"path": key, "got": shown(entries)}
        result.problems.append(Problem("schema.list", document.find((key,)), params))
        result.broken_units.add(ANY_UNIT)
        return
    validate = adapter(Unit).validate_python
    kind = UNIT_FILES[key]
    detailed: Document | None = None
    for index, entry in enumerate(entries):
        path = (key, index)
        wrong: list[Problem] = []
        if isinstance(entry, dict):
            if "kind" in entry:  # the file says it
                detailed = detailed or parse(file, text, keys=True)
                wrong.append(explain.unknown_key(Unit, detailed, path, ("kind",)))
            entry["kind"] = kind
        try:
            unit = validate(entry)
        except ValidationError as error:
            detailed = detailed or parse(file, text, keys=True)
            wrong += explain.problems(error, Unit, detailed, path)
        if wrong:
            result.problems += wrong
            if isinstance(entry, dict) and isinstance(entry.get("id"), str):
                result.broken_units.add(entry["id"])
            continue
        known = marks.get(unit.id)
        if known is not None:
            params = {"id": unit.id, "first": str(known.find(("id",)))}
            result.problems.append(Problem("unit.duplicate", document.items[path].find(("id",)), params))
            result.broken_units.add(unit.id)
            continue
        units[unit.id] = unit
        marks[unit.id] = document.items[path]
