"""Firefox' policies.json, judged by the schema inside the installed Firefox.

Quirks of that schema, from its own `$comment` and PolicySchemaValidator.sys.mjs:

- `format: moz-url` means "the WHATWG URL parser accepts it"; jsonschema knows no such format, so it is given.
- Unknown policies and unknown properties are allowed by JSON Schema's rules, but Firefox reports the policy.
- A list entry that does not fit is dropped with a log line instead of failing the policy; here it fails.
- Before validating, Firefox turns 0/1 and "true"/"false" into booleans; a rendered file must not need that.
"""

import json
import re
import zipfile
from functools import cache

from jsonschema import Draft7Validator, FormatChecker
from support import component

_formats = FormatChecker(())


@_formats.checks("moz-url")
def _is_url(value: object) -> bool:
    """Absolute, with a host where the scheme has one: as much of WHATWG's parser as our URLs need."""
    return not isinstance(value, str) or bool(
        re.fullmatch(r"(?:https?://[^/\s]+(?:/\S*)?|(?:about|file|data):\S+)", value)
    )


def check(text: str) -> str | None:
    """The first thing Firefox would report in about:policies, or None."""
    try:
        document = json.loads(text)
    except ValueError as error:
        return f"not JSON: {error}"
    if list(document) != ["policies"]:
        return "the document is not {policies: {…}}"
    for name, value in document["policies"].items():
        schema = _validators().get(name)
        if schema is None:
            return f"{name}: this Firefox knows no such policy"
        for error in schema.iter_errors(value):
            return f"{name}{error.json_path[1:]}: {error.message}"
    return None


@cache
def _validators() -> dict[str, Draft7Validator]:
    archive = component("/usr/lib/firefox-esr/browser/omni.ja", package="firefox-esr")
    with zipfile.ZipFile(archive) as omni:
        schema = json.loads(omni.read("modules/policies/policies-schema.json"))
    _close(schema)
    return {
        name: Draft7Validator(policy | {"definitions": schema["definitions"]}, format_checker=_formats)
        for name, policy in schema["properties"].items()
    }


def _close(schema: object) -> None:
    """Refuse properties an object schema does not name, as Firefox does after validating."""
    if isinstance(schema, list):
        for item in schema:
            _close(item)
    elif isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            schema.setdefault("additionalProperties", False)
        for value in schema.values():
            _close(value)
