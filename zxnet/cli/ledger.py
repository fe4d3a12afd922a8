"""`zxnet ledger settle`"""

from __future__ import annotations

import typer

from zxnet.cli.app import app
from zxnet.cli.command import command
from zxnet.cli.context import Context
from zxnet.status import Status

group = typer.Typer(help="The numbers given out.", rich_markup_mode=None, no_args_is_help=True)
app.add_typer(group, name="ledger")


@group.callback()
def ledger() -> None:
    """The numbers given out (inventory/ledger.lock)."""


@command("settle", example="zxnet ledger settle", group=group)
def settle(ctx: typer.Context) -> Status:
    """After a merge: give each number to one owner only, and say who gets a new one."""
    from zxnet.project import settle_ledger

    context: Context = ctx.obj
    lost = settle_ledger(context.project)
    if context.json:
        context.print_json([{"pool": pool, "owner": owner} for pool, owner in lost])
    elif not lost:
        context.note(context.say("ledger.nothing_to_settle"))
    for pool, owner in lost:
        context.note(context.say("ledger.settled", pool=pool, owner=owner))
    return Status.DONE
