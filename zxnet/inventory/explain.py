"""Turn pydantic's errors into ours: a place, what was expected, the nearest known name."""

from __future__ import annotations

import re
from typing import Any

from pydantic import TypeAdapter, ValidationError

from zxnet.inventory.yamlreader import Document, Path
from zxnet.problems import Problem, nearest, shown

__all__ = ["problems"]

_TYPES = {
    "int_type": "integer",
    "int_from_float": "integer",
    "float_type": "number",
    "string_type": "text",
    "bool_type": "boolean",
    "list_type": "list",
    "tuple_type": "list",
    "dict_type": "mapping",
    "dataclass_type": "mapping",
}
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
    return [_problem(dict(e), model, document, prefix) for e in error.errors(include_url=False)]


def _problem(error: dict[str, Any], model: Any, document: Document, prefix: Path) -> Problem:
    kind, path = error["type"], error["loc"]
    whole = (*prefix, *path)
    if kind in _UNKNOWN:
        known = _known_keys(model, path[:-1])
        params = {"key": shown(path[-1]), "known": ", ".join(known), "nearest": nearest(str(path[-1]), known)}
        return Problem("schema.unknown", document.keys.get(whole, document.find(whole)), params)
    if kind in _MISSING:
        return Problem("schema.missing", document.find(whole[:-1]), {"key": _dotted(path)})
    code, params = _wrong_value(kind, error)
    return Problem(
        code, document.find(whole), {"path": _dotted(path), "got": shown(error["input"]), **params}
    )


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
    if kind in {"too_short", "too_long"}:
        return f"schema.{kind}", {"count": str(context.get("min_length", context.get("max_length")))}
    return "schema.type", {"expected": _TYPES.get(kind, kind)}


def _dotted(path: Path) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def _known_keys(model: Any, path: Path) -> list[str]:
    """The keys allowed at `path`, read from the model's own JSON Schema."""
    schema = TypeAdapter(model).json_schema(by_alias=True)
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
