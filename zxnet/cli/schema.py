"""`zxnet schema`"""

from __future__ import annotations

from typing import Annotated

import typer

from zxnet.cli.command import command
from zxnet.cli.context import Context
from zxnet.status import Status


@command("schema", example="zxnet schema townships > townships.json")
def schema(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(help="county, facilities, townships, departments or tiers.")
    ] = None,
) -> Status:
    """Print the JSON Schema of a file of the inventory, or of all of them by name."""
    from zxnet.errors import InvalidInput
    from zxnet.inventory.schema import SCHEMAS, json_schema
    from zxnet.problems import Place, Problem, nearest, shown

    context: Context = ctx.obj
    if name is None:
        context.print_json({known: json_schema(known) for known in SCHEMAS})
        return Status.DONE
    if name not in SCHEMAS:
        params = {"name": shown(name), "known": ", ".join(SCHEMAS), "nearest": nearest(name, SCHEMAS)}
        raise InvalidInput(Problem("argument.schema", Place("<argument>"), params))
    context.print_json(json_schema(name))
    return Status.DONE
