"""`zxnet check`"""

from __future__ import annotations

import typer

from zxnet.cli.command import command
from zxnet.cli.context import Context
from zxnet.status import Status


@command("check", example="zxnet check")
def check(ctx: typer.Context) -> Status:
    """Validate everything you own: every error at once, as file:line:column: message."""
    from zxnet.project import check_project

    context: Context = ctx.obj
    inventory, allocations, problems = check_project(context.project)
    errors = sum(p.severity == "error" for p in problems)
    if context.json:
        context.print_json([p.as_json(context.lang) for p in problems])
    else:
        context.print_problems(problems)
        if errors:
            context.note(context.say("check.failed", errors=errors, warnings=len(problems) - errors))
        elif inventory is not None:
            units = len(inventory.units)
            devices = len(inventory.facility_devices)
            context.note(context.say("check.passed", units=units, devices=devices, warnings=len(problems)))
            if allocations is not None and allocations.changed:
                context.note(context.say("ledger.in_memory", count=len(allocations.new)))
    return Status.INVALID if errors else Status.DONE
