"""Turn pydantic's errors into ours: a place, what was expected, the nearest known name."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from zxnet.inventory.yamlreader import Document, Path
from zxnet.problems import Problem, nearest, shown

__all__ = ["problems", "unknown_key"]

_TYPES = {
    "int_type": "schema.integer",
    "int_from_float": "schema.integer",
    "string_type": "schema.text",
    "bool_type": "schema.boolean",
    "list_type": "schema.list",
    "tuple_type": "schema.list",
    "dict_type": "schema.mapping",
    "dataclass_type": "schema.mapping",
}
_LENGTHS = {"too_short": "schema.too_short", "too_long": "schema.too_long"}
_BOUNDS = {
    "greater_than_equal": ("≥", "ge"),
    "less_than_equal": ("≤", "le"),
    "greater_than": (">", "gt"),
    "less_than": ("<", "lt"),
}

_UNKNOWN = {"unexpected_keyword_argument", "extra_forbidden"}
_MISSING = {"missing", "missing_argument", "missing_keyword_only_argument"}


def problems(error: ValidationError, model: Any, document: Document, prefix: Path) -> list[Problem]:
    """One Problem for each error; `prefix` is the path of the validated value in its file."""
    found = (dict(e) for e in error.errors(include_url=False))
    return [_problem(e, model, document, prefix) for e in found if not _repeats(e)]


def _repeats(error: dict[str, Any]) -> bool:
    """Whether a list is called too short only because its elements, reported on their own, are wrong."""
    return error["type"] == "too_short" and bool(len(error["input"]) >= error["ctx"]["min_length"])


def _problem(error: dict[str, Any], model: Any, document: Document, prefix: Path) -> Problem:
    kind, path = error["type"], error["loc"]
    whole = (*prefix, *path)
    if kind in _UNKNOWN:
        return unknown_key(model, document, prefix, path)
    if kind in _MISSING:
        return Problem("schema.missing", document.find(whole[:-1]), {"key": _dotted(path)})
    code, params = _wrong_value(kind, error)
    return Problem(
        code, document.find(whole), {"path": _dotted(path), "got": shown(error["input"]), **params}
    )


def unknown_key(model: Any, document: Document, prefix: Path, path: Path) -> Problem:
    """A key that `model` does not have; `path` ends with it."""
    whole = (*prefix, *path)
    known = _known_keys(model, path[:-1])
    params = {"key": shown(path[-1]), "known": ", ".join(known), "nearest": nearest(str(path[-1]), known)}
    return Problem("schema.unknown", document.keys.get(whole, document.find(whole)), params)


def _wrong_value(kind: str, error: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """Message code and its own parameters for a value that is there but wrong."""
    context = error.get("ctx", {})
    if kind == "zxnet":
        return error["msg"], {k: str(v) for k, v in context.items()}
    if kind in _BOUNDS:
        sign, name = _BOUNDS[kind]
        return "schema.range", {"bound": f"{sign} {context[name]}"}
    if kind == "literal_error":
        words = [a or b for a, b in re.findall(r"'([^']*)'|(\d+)", context["expected"])]
        return "schema.choice", {"choices": ", ".join(words), "nearest": nearest(str(error["input"]), words)}
    if kind == "string_pattern_mismatch":
        return "schema.pattern", {"pattern": context["pattern"]}
    if kind in _LENGTHS:
        return _LENGTHS[kind], {"count": str(context.get("min_length", context.get("max_length")))}
    return _TYPES.get(kind, "schema.invalid"), {}


def _dotted(path: Path) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


@cache
def _schema(model: Any) -> dict[str, Any]:
    return TypeAdapter(model).json_schema(by_alias=True)


def _known_keys(model: Any, path: Path) -> list[str]:
    """The keys allowed at `path`, read from the model's own JSON Schema."""
    schema = _schema(model)
    definitions = schema.get("$defs", {})

    def resolve(node: dict[str, Any]) -> dict[str, Any]:
        for option in node.get("anyOf", ()):
            if option.get("type") != "null":
                return resolve(option)
        return resolve(definitions[node["$ref"].rsplit("/", 1)[1]]) if "$ref" in node else node

    node = resolve(schema)
    for part in path:
        if isinstance(part, int):
            prefix = node.get("prefixItems", [])
            node = resolve(prefix[part] if part < len(prefix) else node.get("items", {}))
        else:
            node = resolve(node.get("properties", {}).get(part, {}))
    return sorted(k for k in node.get("properties", {}) if k != "kind" or model.__name__ != "Unit")
