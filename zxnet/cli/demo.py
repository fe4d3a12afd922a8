"""`zxnet demo`"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zxnet.cli.command import command
from zxnet.cli.context import Context
from zxnet.status import Status

if TYPE_CHECKING:
    from zxnet.summary import Summary


@command("demo", example="zxnet demo")
def demo(
    ctx: typer.Context,
    output: Annotated[Path, typer.Option("-o", "--output", help="The build folder.")] = Path("build"),
) -> Status:
    """The whole journey on this machine: check, tiers, render, and the county in numbers."""
    from zxnet.cli.check import check
    from zxnet.cli.render import render
    from zxnet.cli.tiers import tiers
    from zxnet.project import open_project
    from zxnet.summary import summarise

    context: Context = ctx.obj
    _step(context, "check", "zxnet check")
    if check(ctx) is not Status.DONE:
        return Status.INVALID
    _step(context, "tiers", "zxnet tiers")
    tiers(ctx, None)
    _step(context, "render", f"zxnet render -o {output}")
    render(ctx, None, output, locked=False, jobs=1)
    project = open_project(context.project)
    _step(context, "summary", "")
    _summary(context, summarise(project))
    _sample(context, output, max(project.network.plan.sites))
    return Status.DONE


def _step(context: Context, name: str, shown: str) -> None:
    heading = context.say(f"demo.{name}")
    context.print(f"\n── {heading}" + (f"  $ {shown}" if shown else "") + "\n")


def _summary(context: Context, summary: Summary) -> None:
    def listed(counts: dict[str, int]) -> str:
        return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))

    rows = [
        ("units", f"{listed(summary.kinds)}; {summary.terminals} {context.say('demo.terminals')}"),
        ("states", listed(summary.states)),
        ("access", listed({f"{t}/{m}": c for (t, m), c in summary.access.items()})),
        ("devices", listed({f"{f}/{p}": c for (f, p), c in summary.devices.items()})),
        ("tunnels", str(summary.tunnels)),
        ("circuits", str(summary.circuits)),
        ("zones", listed(summary.zones)),
        ("numbers", ", ".join(f"{pool} {given}/{size}" for pool, (given, size) in summary.pools.items())),
    ]
    context.print_table([("", "left"), ("", "wrap")], [(context.say(f"demo.row.{k}"), v) for k, v in rows])


def _sample(context: Context, output: Path, unit: str) -> None:
    """Where to look next: one unit's files."""
    files = sorted(p.relative_to(output) for p in (output / unit).rglob("*") if p.is_file())
    context.print()
    context.print(context.say("demo.look", folder=output / unit))
    for file in files:
        context.print(f"    {file}")
