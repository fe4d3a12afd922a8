"""JSON Schema (draft 2020-12) of every file the user owns, from the models that validate them.

`docs/schema/` holds them for editors; a test keeps the files and the models the same.
"""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from zxnet.inventory.county import County
from zxnet.inventory.facilities import Facilities
from zxnet.inventory.load import UNIT_FILES
from zxnet.inventory.tiers import TierFile
from zxnet.inventory.units import Unit

__all__ = ["SCHEMAS", "json_schema"]

SCHEMAS = ("county", "facilities", *UNIT_FILES, "tiers")

_WHOLE: dict[str, Any] = {"county": County, "facilities": Facilities, "tiers": TierFile}


def json_schema(name: str) -> dict[str, Any]:
    """The schema of one file. Raises KeyError for an unknown name."""
    if name in _WHOLE:
        schema = TypeAdapter(_WHOLE[name]).json_schema(by_alias=True)
    else:
        unit = TypeAdapter(Unit).json_schema(by_alias=True)
        unit["properties"].pop("kind")  # the file says it
        definitions = unit.pop("$defs")
        schema = {
            "type": "object",
            "properties": {name: {"type": "array", "items": unit}},
            "required": [name],
            "additionalProperties": False,
            "$defs": definitions,
        }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"zxnet {name}", **schema}
