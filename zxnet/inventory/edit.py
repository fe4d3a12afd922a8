"""Edit a YAML file as a careful person would: change one value, keep every comment and the order.

Pure text surgery on the spans the parser reports: only the bytes of the value change. A new key goes
where the model's own order wants it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import yaml

from zxnet.errors import InvalidInput
from zxnet.inventory.units import Unit
from zxnet.problems import Place, Problem, shown

__all__ = ["add_unit", "flow", "set_value"]


def flow(value: Any) -> str:
    """A value as YAML on one line, quoted only where it must be."""
    text = yaml.safe_dump(
        value, default_flow_style=True, allow_unicode=True, width=10_000, sort_keys=False
    ).strip(" \n")
    return text.removesuffix("...").strip(" \n")


def parse_value(text: str) -> str:
    """A value typed on the command line, as the YAML to write. Raises InvalidInput when it is none.

    YAML that stands on one line is taken as it is (`12`, `{tier: …}`, `[a, b]`); any other text is
    quoted.
    """
    if "\n" in text or "\r" in text:
        raise InvalidInput(Problem("argument.one_line", Place("<argument>"), {"value": shown(text)}))
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return flow(text)
    if node is None or "#" in text:
        return flow(text)
    block = isinstance(node, (yaml.MappingNode, yaml.SequenceNode)) and not node.flow_style
    return flow(text) if block else text.strip(" ")


@dataclass(frozen=True, slots=True)
class _Place:
    """A mapping found in the text, and the node of the wanted key in it, if it is there."""

    mapping: yaml.MappingNode
    key: Any  # yaml.Node, None when the key is absent
    value: Any


def _lookup(mapping: yaml.MappingNode, key: str) -> _Place:
    for key_node, value_node in mapping.value:
        if key_node.value == key:
            return _Place(mapping, key_node, value_node)
    return _Place(mapping, None, None)


def set_value(file: str, text: str, unit_id: str, path: tuple[str, ...], value: str | None) -> str:
    """The text with one value of a unit replaced, added, or (value None) removed.

    `value` is YAML. Raises InvalidInput when the path runs through something that is not a mapping.
    """
    mapping = _unit(text, unit_id)
    for depth, key in enumerate(path):
        place = _lookup(mapping, key)
        last = depth == len(path) - 1
        if place.value is None or (not last and place.value.tag.endswith(":null")):
            if value is None:
                return text
            nested = value
            for missing in reversed(path[depth + 1 :]):
                nested = f"{{{missing}: {nested}}}"
            if place.value is not None:
                return _replace(text, place, nested)
            return _insert(text, mapping, key, nested, top=depth == 0)
        if last:
            return _remove(text, place) if value is None else _replace(text, place, value)
        if not isinstance(place.value, yaml.MappingNode):
            params = {"path": ".".join(path[: depth + 1])}
            raise InvalidInput(Problem("argument.not_a_mapping", Place(file), params))
        mapping = place.value
    return text


def add_unit(text: str, key: str, entry: dict[str, Any]) -> str:
    """The text with a unit appended to the list under `key`; the entry's order is kept."""
    root: Any = yaml.compose(text, Loader=yaml.CSafeLoader)
    sequence = _lookup(root, key).value
    indent = sequence.start_mark.column if sequence.value else 0
    lines = [f"{name}: {flow(value)}" for name, value in entry.items()]
    pad = " " * indent
    block = f"{pad}- {lines[0]}\n" + "".join(f"{pad}  {line}\n" for line in lines[1:])
    if not text.endswith("\n"):
        text += "\n"
    gap = "\n" if "\n\n" in text[sequence.start_mark.index :] else ""
    return text + gap + block


def _unit(text: str, unit_id: str) -> yaml.MappingNode:
    root: Any = yaml.compose(text, Loader=yaml.CSafeLoader)
    for _, sequence in root.value:
        for item in sequence.value:
            found = _lookup(item, "id")
            if found.value is not None and found.value.value == unit_id:
                return item  # type: ignore[no-any-return]
    raise KeyError(unit_id)


def _replace(text: str, place: _Place, value: str) -> str:
    start, end = place.value.start_mark.index, _end(text, place.value)
    colon = text.index(":", place.key.end_mark.index) + 1
    line_end = text.find("\n", colon, start)
    if line_end >= 0:  # a block below its key: the value moves up, a comment beside the key stays
        return f"{text[:colon]} {value}{text[colon:line_end].rstrip()}{text[end:]}"
    gap = " " if start == colon else ""
    return text[:start] + gap + value + text[end:]


def _end(text: str, node: yaml.Node) -> int:
    """Where a value ends: block collections and plain scalars may claim the white space after them."""
    end: int = node.end_mark.index
    while end > node.start_mark.index and text[end - 1] in " \n\r":
        end -= 1
    return end


def _insert(text: str, mapping: yaml.MappingNode, key: str, value: str, *, top: bool) -> str:
    if mapping.flow_style:
        end = mapping.end_mark.index - 1
        separator = ", " if mapping.value else ""
        return f"{text[:end]}{separator}{key}: {value}{text[end:]}"
    order = _order() if top else []
    rank = order.index(key) if key in order else len(order)
    before = [pair for pair in mapping.value if pair[0].value in order and order.index(pair[0].value) < rank]
    _, node = (before or mapping.value)[-1]
    line_end = text.find("\n", _end(text, node))
    at = len(text) if line_end < 0 else line_end + 1
    newline = "" if line_end >= 0 else "\n"
    return f"{text[:at]}{newline}{' ' * mapping.value[0][0].start_mark.column}{key}: {value}\n{text[at:]}"


def _remove(text: str, place: _Place) -> str:
    start, end = place.key.start_mark.index, _end(text, place.value)
    if place.mapping.flow_style:
        rest = text[end:].lstrip(" ")
        if rest.startswith(","):
            return text[:start] + rest[1:].lstrip(" ")
        return text[:start].rstrip(" ").removesuffix(",") + text[end:]
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    return text[:line_start] + (text[line_end + 1 :] if line_end >= 0 else "")


def _order() -> list[str]:
    return ["class" if f.name == "user_class" else f.name for f in fields(Unit)]
