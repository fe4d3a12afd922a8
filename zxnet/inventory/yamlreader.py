"""YAML, strictly: one plain document, no surprises, and every value knows its line and column.

The subset is what people mean: mappings with string keys, sequences, scalars. Anchors, aliases, tags,
merge keys, several documents and duplicate keys are refused (an alias is the way to a YAML bomb). Plain
scalars follow YAML 1.2's core schema, so `no` is a word and `010` is refused, not eight.

Built on the events of libyaml (PyYAML's C parser), in one pass: no node tree is kept, and positions go
into one array an item, because a county may have 10,000 units.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from typing import Any

import yaml

from zxnet.errors import InvalidInput
from zxnet.problems import Place, Problem, shown

__all__ = ["Document", "Marks", "Path", "parse"]

Path = tuple[str | int, ...]

MAX_DEPTH = 12
_COLUMNS = 4096  # a packed position is line * _COLUMNS + column

_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_ZERO_INT = re.compile(r"[-+]?0[0-9_]+|0[xob][0-9A-Fa-f_]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+")
_CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}

_shapes: dict[tuple[Path, ...], tuple[Path, ...]] = {}


@dataclass(frozen=True, slots=True)
class Marks:
    """Where the values of one item stand. Items of the same shape share their tuple of paths."""

    file: str
    shape: tuple[Path, ...]
    spots: array[int]

    def find(self, path: Path) -> Place:
        """The place of the value at `path`, or of the nearest value that encloses it."""
        while True:
            if path in self.shape:
                spot = self.spots[self.shape.index(path)]
                return Place(self.file, spot // _COLUMNS, spot % _COLUMNS)
            if not path:
                return Place(self.file)
            path = path[:-1]


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file. `items` holds the marks of each element of a top-level list: ("townships", 3)."""

    file: str
    value: dict[str, Any]
    marks: Marks
    items: dict[Path, Marks]
    keys: dict[Path, Place]
    """Places of the keys, by their path; filled only when asked for (`parse(…, keys=True)`)."""

    def find(self, path: Path) -> Place:
        """Place of a value by its whole path from the top of the file."""
        item = self.items.get(path[:2])
        return item.find(path[2:]) if item is not None else self.marks.find(path)


class _Reader:
    """One pass over the events of one file."""

    def __init__(self, file: str, text: str, *, keys: bool) -> None:
        self.file = file
        self.events = yaml.CLoader(text)
        self.problems: list[Problem] = []
        self.keys: dict[Path, Place] | None = {} if keys else None
        self.items: dict[Path, Marks] = {}
        self.paths: list[Path] = []
        self.spots: array[int] = array("Q")

    def place(self, event: Any) -> Place:
        return Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def refuse(self, event: Any, code: str, **params: str) -> None:
        if len(self.problems) < 50:
            self.problems.append(Problem(code, self.place(event), params))

    def mark(self, path: Path, event: Any) -> None:
        at = event.start_mark
        self.paths.append(path)
        self.spots.append((at.line + 1) * _COLUMNS + min(at.column + 1, _COLUMNS - 1))

    def close_marks(self) -> Marks:
        shape = tuple(self.paths)
        marks = Marks(self.file, _shapes.setdefault(shape, shape), self.spots)
        self.paths, self.spots = [], array("Q")
        return marks

    def document(self) -> Document:
        events = self.events
        events.get_event()  # stream start
        start = events.get_event()
        if isinstance(start, yaml.StreamEndEvent):
            raise InvalidInput(Problem("yaml.empty", Place(self.file)))
        first: Any = events.get_event()
        if not isinstance(first, yaml.MappingStartEvent):
            raise InvalidInput(Problem("yaml.not_a_mapping", self.place(first)))
        value = self.mapping(first, (), (), 1)
        events.get_event()  # document end
        after = events.get_event()
        if not isinstance(after, yaml.StreamEndEvent):
            self.refuse(after, "yaml.documents")
        if self.problems:
            raise InvalidInput(*self.problems)
        return Document(self.file, value, self.close_marks(), self.items, self.keys or {})

    def node(self, event: Any, path: Path, whole: Path, depth: int) -> Any:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self.mark(path, event)
            return self.scalar(event)
        if kind is yaml.AliasEvent:
            self.refuse(event, "yaml.alias")
            return None
        if depth > MAX_DEPTH:
            raise InvalidInput(*self.problems, Problem("yaml.too_deep", self.place(event)))
        if kind is yaml.MappingStartEvent:
            return self.mapping(event, path, whole, depth)
        return self.sequence(event, path, whole, depth)

    def plain(self, event: Any) -> None:
        """Refuse what the subset leaves out."""
        if event.anchor is not None:
            self.refuse(event, "yaml.anchor")
        if event.tag is not None:
            self.refuse(event, "yaml.tag", tag=shown(event.tag))

    def scalar(self, event: Any) -> Any:
        self.plain(event)
        text: str = event.value
        if not event.implicit[0]:  # quoted or block: a string as it stands
            return text
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        head = text[0]
        if head in "+-.0123456789":
            if _INT.fullmatch(text):
                return int(text) if len(text) < 20 else text
            if _ZERO_INT.fullmatch(text):
                self.refuse(event, "yaml.octal", value=shown(text))
            elif _FLOAT.fullmatch(text):
                return float(text)
        return text

    def mapping(self, event: Any, path: Path, whole: Path, depth: int) -> dict[str, Any]:
        self.plain(event)
        self.mark(path, event)
        result: dict[str, Any] = {}
        get_event = self.events.get_event
        while True:
            key_event: Any = get_event()
            kind = type(key_event)
            if kind is yaml.MappingEndEvent:
                return result
            if kind is not yaml.ScalarEvent:
                raise InvalidInput(*self.problems, Problem("yaml.key", self.place(key_event)))
            key: str = key_event.value
            self.plain(key_event)
            if key in result:
                self.refuse(key_event, "yaml.duplicate_key", key=shown(key))
            elif key == "<<":
                self.refuse(key_event, "yaml.merge")
            if self.keys is not None:
                self.keys.setdefault((*whole, key), self.place(key_event))
            result[key] = self.node(get_event(), (*path, key), (*whole, key), depth + 1)

    def sequence(self, event: Any, path: Path, whole: Path, depth: int) -> list[Any]:
        self.plain(event)
        self.mark(path, event)
        result: list[Any] = []
        get_event = self.events.get_event
        top = depth == 2  # a list directly under a top-level key: its items keep their own marks
        if top:
            outer = self.paths, self.spots
        while True:
            item = get_event()
            if type(item) is yaml.SequenceEndEvent:
                break
            index = len(result)
            if top:
                self.paths, self.spots = [], array("Q")
                result.append(self.node(item, (), (*whole, index), depth + 1))
                self.items[(*whole, index)] = self.close_marks()
            else:
                result.append(self.node(item, (*path, index), (*whole, index), depth + 1))
        if top:
            self.paths, self.spots = outer
        return result


def parse(file: str, text: str, *, keys: bool = False) -> Document:
    """Parse one file's text. Raises InvalidInput with every problem found, each at its place."""
    try:
        return _Reader(file, text, keys=keys).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        reason = " ".join(part for part in (error.context, error.problem) if part)
        raise InvalidInput(Problem("yaml.syntax", place, {"reason": shown(reason, 120)})) from error
    except (yaml.YAMLError, UnicodeEncodeError) as error:  # characters that no YAML may hold
        raise InvalidInput(Problem("yaml.syntax", Place(file), {"reason": shown(error, 120)})) from error
