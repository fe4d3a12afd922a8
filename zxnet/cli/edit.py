"""`zxnet new unit` and `zxnet set`"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from zxnet.cli.app import app
from zxnet.cli.command import command
from zxnet.cli.context import Context
from zxnet.status import Status

group = typer.Typer(help="Make something new.", rich_markup_mode=None, no_args_is_help=True)
app.add_typer(group, name="new")

Locked = Annotated[bool, typer.Option("--locked", help="Fail if the ledger would change.")]


@group.callback()
def new() -> None:
    """Make something new."""


@command("set", example="zxnet set poji state suspended dates.suspended 2008-12-15")
def set_(
    ctx: typer.Context,
    unit: Annotated[str, typer.Argument(help="Unit id.")],
    changes: Annotated[
        list[str],
        typer.Argument(metavar="KEY VALUE…", help="Dotted key and new value (YAML on one line), in pairs."),
    ],
    unset: Annotated[bool, typer.Option("--unset", help="The arguments are keys: remove them.")] = False,
    locked: Locked = False,
) -> Status:
    """Change values of a unit, all in one step; comments and order stay.

    Refused, with nothing written, if the project would be invalid.
    """
    from zxnet.edits import set_unit
    from zxnet.errors import InvalidInput
    from zxnet.problems import Place, Problem

    context: Context = ctx.obj
    pairs: list[tuple[str, str | None]]
    if unset:
        pairs = [(key, None) for key in changes]
    elif len(changes) % 2:
        raise InvalidInput(Problem("argument.pairs", Place("<argument>"), {"last": changes[-1]}))
    else:
        pairs = list(zip(changes[::2], changes[1::2], strict=True))
    file = set_unit(context.project, unit, pairs, locked=locked)
    context.note(context.say("edit.written", file=file))
    return Status.DONE


@command(
    "unit",
    group=group,
    example="zxnet new unit tiyuju --name 县体育局 --name-en 'Sports Bureau' --terminals 9 "
    "--platform linux --model x86-4p --release debian-12",
)
def unit(
    ctx: typer.Context,
    unit_id: Annotated[str, typer.Argument(metavar="ID", help="2–16 lower-case letters and digits.")],
    name: Annotated[str, typer.Option(help="Chinese name.")],
    name_en: Annotated[str, typer.Option(help="English name.")],
    terminals: Annotated[int, typer.Option(help="Number of terminals.")],
    platform: Annotated[str, typer.Option(help="Platform of the CPE.")],
    model: Annotated[str, typer.Option(help="Model of the CPE.")],
    release: Annotated[str, typer.Option(help="Release of the CPE.")],
    kind: Annotated[str, typer.Option(help="township or department.")] = "department",
    user_class: Annotated[str, typer.Option("--class", help="User class A–F.")] = "A",
    responsible: Annotated[str, typer.Option(help="Responsible post, no person.")] = "办公室主任",
    technician: Annotated[str, typer.Option(help="Technician's post, no person.")] = "信息员",
    place: Annotated[str, typer.Option(help="Where the demarcation point is.")] = "机房",
    locked: Locked = False,
) -> Status:
    """Add a planned unit to the inventory and give it its numbers."""
    from zxnet.edits import as_of, new_unit
    from zxnet.errors import InvalidInput
    from zxnet.inventory.load import UNIT_FILES
    from zxnet.problems import Place, Problem, nearest, shown

    context: Context = ctx.obj
    if kind not in UNIT_FILES.values():
        params = {"got": shown(kind), "nearest": nearest(kind, UNIT_FILES.values())}
        raise InvalidInput(Problem("argument.kind", Place("<argument>"), params))
    entry: dict[str, Any] = {
        "id": unit_id,
        "name": name,
        "name_en": name_en,
        "state": "planned",
        "terminals": terminals,
        "class": user_class,
        "posts": {"responsible": responsible, "technician": technician},
        "demarcation": {"place": place},
        "cpe": {"platform": platform, "model": model, "release": release},
        "dates": {"planned": as_of(context.project)},
    }
    file = new_unit(context.project, kind, entry, locked=locked)
    context.note(context.say("edit.added", unit=unit_id, file=file))
    return Status.DONE
