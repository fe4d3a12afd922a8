"""`zxnet tiers`"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from zxnet.cli.command import command
from zxnet.cli.context import Context
from zxnet.status import Status

if TYPE_CHECKING:
    from zxnet.inventory.inventory import Inventory
    from zxnet.inventory.tiering import TierRow


@command("tiers", example="zxnet tiers wufeng poji")
def tiers(
    ctx: typer.Context,
    units: Annotated[list[str] | None, typer.Argument(help="Unit ids; all units if none is given.")] = None,
) -> Status:
    """Show the tier each unit requires and has ordered, the margin to the next one, and why."""
    from zxnet.inventory.tiering import below_fibre_goal, tier_rows
    from zxnet.project import open_project
    from zxnet.select import select_units

    context: Context = ctx.obj
    inventory = open_project(context.project).inventory
    rows = tier_rows(inventory, select_units(inventory, units or []))
    if context.json:
        context.print_json([_json(context, row) for row in rows])
        return Status.DONE
    _table(context, rows, verbose=bool(units) or context.verbosity > 0)
    _summary(context, inventory, rows)
    if not units:
        late = below_fibre_goal(inventory)
        if late:
            by = inventory.county.fibre_goal.by
            context.print(context.say("tiers.fibre_goal", count=len(late), by=by))
    return Status.DONE


def _json(context: Context, row: TierRow) -> dict[str, object]:
    return {
        "unit": row.unit.id,
        "name": row.unit.name.raw,
        "kind": row.unit.kind,
        "terminals": row.unit.terminals,
        "tier": row.tier.id,
        "medium": row.medium,
        "down_kbps": row.down_kbps,
        "up_kbps": row.up_kbps,
        "ordered": row.ordered,
        "margin": row.margin,
        "fee": {"per": row.tier.fee.per, "amount": row.tier.fee.amount},
        "reason": _reason(context, row),
    }


def _reason(context: Context, row: TierRow) -> str:
    code, params = row.reason
    parts = [context.say(code, **params)]
    parts.append(context.say("tiers.margin" if row.following else "tiers.top", **params))
    if row.ordered is None:
        parts.append(context.say("tiers.not_ordered"))
    elif row.differs:
        parts.append(context.say("tiers.differs", **params))
    return " ".join(parts)


def _table(context: Context, rows: list[TierRow], *, verbose: bool) -> None:
    heads = ["unit", "name", "terminals", "required", "medium", "rate", "ordered", "margin"]
    align = {"terminals": "right", "rate": "right", "margin": "right", "name": "wrap"}
    columns = [(context.say(f"tiers.head.{h}"), align.get(h, "left")) for h in heads]
    table = []
    for row in rows:
        cells = [
            row.unit.id,
            row.unit.name.raw,
            str(row.unit.terminals),
            row.tier.id,
            row.medium,
            f"{_rate(row.down_kbps)}/{_rate(row.up_kbps)}",
            "–" if row.ordered is None else "≠" if row.differs else "✓",
            f"+{row.margin}" if row.margin is not None else "",
        ]
        table.append(cells)
    context.print_table(columns, table)
    told = [row for row in rows if verbose or row.differs]
    if told:
        context.print()
    for row in told:
        context.print(f"{row.unit.id}: {_reason(context, row)}")


def _rate(kbps: int) -> str:
    """2M, 512k: as contracts say it, 1M being 1,024 kbit/s."""
    return f"{kbps // 1024}M" if kbps % 1024 == 0 else f"{kbps}k"


def _summary(context: Context, inventory: Inventory, rows: list[TierRow]) -> None:
    counts = {tier.id: 0 for tier in inventory.tiers}
    for row in rows:
        counts[row.tier.id] += 1
    each = ", ".join(f"{tier} {count}" for tier, count in counts.items() if count)
    context.print()
    context.print(
        context.say(
            "tiers.summary",
            units=len(rows),
            each=each,
            differ=sum(row.differs for row in rows),
            unordered=sum(row.ordered is None for row in rows),
        )
    )
